"""Events and audit: gapless, chained, and a change shows. Idempotency, alarms, hall files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from config.hall_file import HallFile, load_hall
from server.store import Conflict, HallNotLoaded, Store, Tx
from server.store.chain import ChainReport, verify_chain
from tests.store.conftest import Bench, say
from tests.store_fixtures import HALL, FakeClock


def tamper(sql: str) -> Any:
    return lambda tx, _, now: tx.db.execute(sql)


def with_logs(store: Store) -> None:
    for word in ("a", "b", "c"):
        store.write(HALL, say, word)
        store.audit(HALL, "staff:ann", "phone.read", word, {"why": "asked"})


def test_both_chains_verify_from_end_to_end(store: Store) -> None:
    with_logs(store)
    assert store.read(HALL, verify_chain) == ChainReport(3, 3, {})


@pytest.mark.parametrize(
    ("sql", "broken"),
    [
        ("UPDATE events SET data = '{}' WHERE seq = 2", {"events": 2}),
        ("UPDATE events SET at = at + 1 WHERE seq = 3", {"events": 3}),
        ("DELETE FROM events WHERE seq = 1", {"events": 1}),
        ("DELETE FROM events WHERE seq = 3", {"events": 3}),
        ("DELETE FROM events", {"events": 1}),
        ("UPDATE audit SET actor = 'staff:bob' WHERE seq = 1", {"audit": 1}),
        ("DELETE FROM audit WHERE seq = 3", {"audit": 3}),
        ("DELETE FROM audit WHERE seq = 2", {"audit": 2}),
    ],
)
def test_a_changed_or_missing_row_shows(store: Store, sql: str, broken: dict[str, int]) -> None:
    with_logs(store)
    store.write(HALL, tamper(sql))
    assert store.read(HALL, verify_chain).broken_at == broken


def test_a_row_of_another_hall_does_not_fit_the_chain(store: Store) -> None:
    store.ensure_hall("other")
    store.write(HALL, say, "a")
    store.write("other", say, "a")
    ours, theirs = (store.read(h, lambda rx: rx.hall.event_hash) for h in (HALL, "other"))
    assert ours != theirs


def test_events_are_read_back_as_they_were_written(store: Store, clock: FakeClock) -> None:
    def step(tx: Tx, _: None, now: int) -> None:
        tx.events.append("ticket.called", {"number": "A001", "窗口": 3}, ticket=7, window=3)
        tx.events.append("window.opened", {}, window=3)

    store.write(HALL, step)
    first, second = store.read(HALL, lambda rx: rx.events.after(0))
    assert (first.seq, first.at, first.type, first.ticket, first.window) == (1, clock.now, "ticket.called", 7, 3)
    assert first.data == {"number": "A001", "窗口": 3}
    assert second.ticket is None
    assert store.read(HALL, lambda rx: [e.seq for e in rx.events.after(1)]) == [2]
    assert store.read(HALL, lambda rx: [e.seq for e in rx.events.of_ticket(7)]) == [1]
    assert store.read(HALL, lambda rx: rx.events.last_seq()) == 2


def test_audit_needs_no_hall_lock_and_is_read_newest_first(store: Store) -> None:
    with_logs(store)
    lines = store.read(HALL, lambda rx: rx.audit.newest(2))
    assert [(line.seq, line.subject, line.data) for line in lines] == [
        (3, "c", {"why": "asked"}),
        (2, "b", {"why": "asked"}),
    ]
    assert store.read(HALL, lambda rx: [line.seq for line in rx.audit.after(1)]) == [2, 3]


def test_a_step_may_write_audit_too(bench: Bench) -> None:
    bench.run(lambda tx, _, now: tx.audit.add("staff:ann", "phone.changed", "ticket:1"))
    assert bench.read(verify_chain) == ChainReport(0, 1, {})


def test_an_answer_given_is_kept_until_pruned(store: Store, clock: FakeClock) -> None:
    keep = ("staff:ann", "key-1", "hash", 201, json.dumps({"id": 1}))
    store.write(HALL, lambda tx, _, now: tx.idempotency.add(*keep))
    assert store.read(HALL, lambda rx: rx.idempotency.find("staff:ann", "key-1")) == ("hash", 201, '{"id": 1}')
    assert store.read(HALL, lambda rx: rx.idempotency.find("staff:bob", "key-1")) is None
    with pytest.raises(Conflict):
        store.write(HALL, lambda tx, _, now: tx.idempotency.add(*keep))
    assert store.write(HALL, lambda tx, _, now: tx.idempotency.prune(clock.now)) == 0
    assert store.write(HALL, lambda tx, _, now: tx.idempotency.prune(clock.now + 1)) == 1


def test_one_alarm_a_subject_until_it_is_cleared(store: Store) -> None:
    def raise_it(tx: Tx, _: None, now: int) -> Any:
        return tx.alarms.open("sms_down", "gateway", {"failures": 3})

    first = store.write(HALL, raise_it)
    assert first is not None and first.data == {"failures": 3}
    assert store.write(HALL, raise_it) is None
    assert store.write(HALL, lambda tx, _, now: tx.alarms.seen(first.id, "王经理"))
    assert not store.write(HALL, lambda tx, _, now: tx.alarms.seen(first.id, "李经理"))
    (open_now,) = store.read(HALL, lambda rx: rx.alarms.current())
    assert (open_now.kind, open_now.subject, open_now.seen_by) == ("sms_down", "gateway", "王经理")
    assert store.write(HALL, lambda tx, _, now: tx.alarms.clear("sms_down", "gateway")) == open_now
    assert store.write(HALL, lambda tx, _, now: tx.alarms.clear("sms_down", "gateway")) is None
    again = store.write(HALL, raise_it)
    assert again is not None and again.id > first.id


@pytest.fixture(scope="module")
def demo() -> HallFile:
    return load_hall(Path("config/demo"))


def test_a_hall_file_is_kept_by_version_and_the_same_one_keeps_its_version(store: Store, demo: HallFile) -> None:
    with pytest.raises(HallNotLoaded):
        store.read(HALL, lambda rx: rx.rules)
    assert store.write(HALL, lambda tx, _, now: tx.halls.save(demo, "staff:ann")) == 1
    assert store.write(HALL, lambda tx, _, now: tx.halls.save(demo, "staff:ann")) == 1
    other = demo.model_copy(update={"hall": demo.hall.model_copy(update={"name": "另一厅"})})
    assert store.write(HALL, lambda tx, _, now: tx.halls.save(other, "staff:ann")) == 2
    assert store.read(HALL, lambda rx: rx.halls.load(1)) == demo
    assert store.read(HALL, lambda rx: rx.halls.load()) == other
    assert store.read(HALL, lambda rx: rx.rules.file.hall.name) == "另一厅"


def test_rules_turn_with_the_business_day_of_the_halls_time_zone(
    store: Store, demo: HallFile, clock: FakeClock
) -> None:
    store.write(HALL, lambda tx, _, now: tx.halls.save(demo, "staff:ann"))
    morning = store.read(HALL, lambda rx: rx.rules)
    assert store.read(HALL, lambda rx: rx.rules) is morning  # built once
    clock.advance(24 * 3600)
    assert (store.read(HALL, lambda rx: rx.rules).day - morning.day).days == 1


def test_a_version_rolled_back_is_not_remembered(bench: Bench, demo: HallFile) -> None:
    wrong = demo.model_copy(update={"hall": demo.hall.model_copy(update={"name": "写错了"})})

    def save_and_fail(tx: Tx, _: Any, now: int) -> None:
        tx.halls.save(wrong, "staff:ann")
        assert tx.rules.file.hall.name == "写错了"
        raise ValueError("changed my mind")

    bench.run(save_and_fail, lambda tx, _, now: tx.halls.save(demo, "staff:ann"))
    assert bench.read(lambda rx: rx.rules.file.hall.name) == demo.hall.name
