"""The store as its callers see it: answers, refusals, and who is told after a commit."""

from __future__ import annotations

import logging
import threading
from pathlib import Path

import pytest

from server.store import HallUnknown, Store, StoreClosed, StoreUnavailable, Tx
from server.store.db import writes
from tests.store.conftest import refuse, say
from tests.store_fixtures import HALL, FakeClock, make_store


def test_a_step_gets_its_request_its_time_and_answers(store: Store, clock: FakeClock) -> None:
    def step(tx: Tx, request: dict[str, int], now: int) -> tuple[int, int, str]:
        return request["a"] + 1, now, tx.hall_id

    assert store.write(HALL, step, {"a": 1}) == (2, clock.now, HALL)


def test_the_error_of_a_step_is_raised_to_its_caller_alone(store: Store) -> None:
    with pytest.raises(ValueError, match="refused"):
        store.write(HALL, refuse)
    assert store.write(HALL, say, "fine") == 1


def test_listeners_hear_of_commits_with_events_and_one_that_fails_harms_nobody(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    heard: list[str] = []
    gate = threading.Event()

    def fails(hall_id: str) -> None:
        raise RuntimeError("listener")

    store.on_commit(lambda hall_id: (heard.append(hall_id), gate.set())[1])
    store.on_commit(fails)
    store.write(HALL, lambda tx, _, now: tx.new_id())
    with pytest.raises(ValueError, match="refused"):
        store.write(HALL, refuse)
    with caplog.at_level(logging.ERROR):
        store.write(HALL, say, "a")
        assert gate.wait(10)
        store.write(HALL, lambda tx, _, now: None)  # the writer is past its listeners
    assert heard == [HALL]
    assert "a listener failed" in caplog.text


def test_ensuring_a_hall_again_changes_nothing(store: Store) -> None:
    epoch = store.read(HALL, lambda rx: rx.hall.epoch)
    store.ensure_hall(HALL)
    assert store.read(HALL, lambda rx: rx.hall.epoch) == epoch
    with pytest.raises(HallUnknown):
        store.write("nowhere", say, "a")


def test_a_closed_store_says_so(kind: str, tmp_path: Path, clock: FakeClock) -> None:
    with make_store(kind, tmp_path, clock) as store:
        store.close()
        with pytest.raises(StoreClosed):
            store.write(HALL, say, "a")
        with pytest.raises(StoreClosed):
            store.read(HALL, lambda rx: rx.hall)


def test_why_the_store_failed_is_in_the_log(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    def lose(tx: Tx, _: None, now: int) -> None:
        tx.db.rollback()  # as a full disk or a lost server does
        raise OSError("gone")

    with caplog.at_level(logging.ERROR), pytest.raises(StoreUnavailable):
        store.write(HALL, lose)
    assert "not saved" in caplog.text
    assert "gone" in caplog.text
    assert store.write(HALL, say, "after") == 1


def test_a_read_that_fails_does_not_spoil_the_next(store: Store) -> None:
    def fails(rx: Tx) -> None:
        rx.db.one("SELECT a FROM nowhere")

    for _ in range(3):
        with pytest.raises(Exception, match="nowhere"):
            store.read(HALL, fails)
    assert store.read(HALL, lambda rx: rx.hall.seq) == 0


def test_a_refusal_has_both_languages() -> None:
    for refusal in (StoreUnavailable(), StoreClosed(), HallUnknown(hall="x")):
        assert refusal.message_zh
        assert refusal.message_en
        assert refusal.status >= 400


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("SELECT 1", False),
        ("  select deleted FROM t", False),
        ("WITH a AS (SELECT 1) SELECT * FROM a", False),
        ("WITH a AS (SELECT 1) UPDATE t SET x = 1 RETURNING x", True),
        ("INSERT INTO t VALUES (1) RETURNING x", True),
        ("DELETE FROM t", True),
    ],
)
def test_statements_that_write_are_told_from_those_that_read(sql: str, expected: bool) -> None:
    assert writes(sql) is expected
