"""What a writer remembers from step to step is never older than the hall."""

from __future__ import annotations

from pathlib import Path

import pytest

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
