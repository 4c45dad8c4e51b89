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


def test_two_instances_take_turns_and_each_sees_what_the_other_did(kind: str, tmp_path: Path, clock: FakeClock) -> None:
    with (
        database(kind) as url,
        open_again(tmp_path, url, clock) as here,
        open_again(tmp_path, url, clock) as there,
    ):
        here.ensure_hall(HALL)
        mine, other = Scene(here, clock), Scene(there, clock)
        for _ in range(3):  # within one microsecond of the clock: only the count of commits tells
            mine.open(1)
            assert there.write(HALL, _windows) == here.write(HALL, _windows) == ("open", "open")
            other.close(1)
            assert here.write(HALL, _windows) == there.write(HALL, _windows) == ("closed", "closed")


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
