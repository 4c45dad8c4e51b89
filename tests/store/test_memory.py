"""What a writer remembers from step to step is never older than the hall."""

from __future__ import annotations

from pathlib import Path

import pytest

from server.domain.ticket import Ticket
from server.journey import counter
from server.store import Store
from server.store.transaction import Tx
from tests.scene import Scene, clerk
from tests.store_fixtures import HALL, FakeClock, database, open_again

STATE = "SELECT state FROM windows WHERE hall_id = ? AND number = 1"


def _windows(tx: Tx, _: None, now: int) -> tuple[str, str]:
    """Window 1 as the step sees it, and as the row has it."""
    return tx.windows.get(1).state, tx.db.value(STATE, (HALL,))


def _one_more(tx: Tx, _: None, now: int) -> None:
    tx.windows.shift(1, 1, 60)


def _people(tx: Tx, _: None, now: int) -> tuple[int, int]:
    sql = "SELECT waiting_count FROM windows WHERE hall_id = ? AND number = 1"
    return tx.windows.get(1).waiting_count, tx.db.value(sql, (HALL,))


def test_two_instances_take_turns_and_each_sees_what_the_other_did(kind: str, tmp_path: Path, clock: FakeClock) -> None:
    with (
        database(kind) as url,
        open_again(tmp_path, url, clock) as here,
        open_again(tmp_path, url, clock) as there,
    ):
        here.ensure_hall(HALL)
        Scene(here, clock)
        for people in range(1, 5):  # no event, no id, within one microsecond: only the count of commits tells
            (here if people % 2 else there).write(HALL, _one_more)
            assert here.write(HALL, _people) == there.write(HALL, _people) == (people, people)


def test_a_step_that_fails_leaves_nothing_to_remember(store: Store, clock: FakeClock) -> None:
    def opens_and_fails(tx: Tx, _: None, now: int) -> None:
        counter.open_window(tx, counter.WindowRequest(clerk(1), 1), now)
        tx.queues.id_for((1, 2, 4))
        raise LookupError

    def queues(tx: Tx) -> dict[int, tuple[int, ...]]:
        return dict(tx.queues.members())

    Scene(store, clock).open(2)
    with pytest.raises(LookupError):
        store.write(HALL, opens_and_fails)
    assert store.write(HALL, _windows) == ("closed", "closed")
    assert store.write(HALL, lambda tx, _, now: queues(tx)) == store.read(HALL, queues)


def test_who_is_at_a_counter_is_remembered_as_the_row_has_it(store: Store, clock: FakeClock) -> None:
    hall = Scene(store, clock)
    hall.open(1)
    ticket = hall.take()
    called = hall.next(1)
    assert called and called.id == ticket.id

    def two_copies(tx: Tx, _: None, now: int) -> Ticket:
        first, second = tx.tickets.get(ticket.id), tx.tickets.get(ticket.id)
        tx.tickets.set(first, told_ahead=7)
        tx.tickets.set(second, told_seconds=9)  # knows nothing of the 7
        return tx.tickets.get(ticket.id)

    def fails(tx: Tx, _: None, now: int) -> None:
        tx.tickets.set(tx.tickets.get(ticket.id), told_ahead=1)
        raise LookupError

    def row(tx: Tx) -> Ticket:
        return tx.tickets.get(ticket.id)

    assert store.write(HALL, two_copies) == store.read(HALL, row)
    with pytest.raises(LookupError):
        store.write(HALL, fails)
    kept = store.write(HALL, lambda tx, _, now: row(tx))
    assert (kept.told_ahead, kept.told_seconds) == (7, 9)
    assert kept == store.read(HALL, row)


def test_a_stop_and_a_lesson_are_known_to_the_next_step(store: Store, clock: FakeClock) -> None:
    Scene(store, clock)

    def looked(tx: Tx, _: None, now: int) -> tuple[bool, tuple[int, int]]:
        return tx.stops.of("B") is not None, tx.learned.seen("section:B")

    def stop(tx: Tx, _: None, now: int) -> None:
        tx.stops.put("", "停", "stopped", "staff:x", now)
        tx.learned.add("section:B", 60)

    def fails(tx: Tx, _: None, now: int) -> None:
        tx.stops.remove("")
        tx.learned.add("section:B", 60)
        assert looked(tx, _, now) == (False, (2, 120))
        raise LookupError

    assert store.write(HALL, looked) == (False, (0, 0))
    store.write(HALL, stop)
    assert store.write(HALL, looked) == (True, (1, 60))
    with pytest.raises(LookupError):
        store.write(HALL, fails)
    assert store.write(HALL, looked) == (True, (1, 60))
