"""After a restored backup no case gets a code that another got in the lost time; on both stores."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from server.domain.codes import SerialsExhausted, serial_gap, unified_code
from server.store.transaction import Tx
from tests.scene import Scene

YEAR, DIGITS = date(2026, 1, 1), 6


def restored(hall: Scene, epoch: str, *, forget: bool = False) -> None:
    """The database is that of a backup again, and says so; `forget`: one from before today's first code."""

    def step(tx: Tx, _: Any, now: int) -> None:
        tx.hall.epoch = epoch
        if forget:
            tx.db.execute("DELETE FROM case_serials WHERE hall_id = ?", (tx.hall_id,))

    hall.write(step, None)


def serials(hall: Scene, scope: str = "2026", began: date = YEAR, times: int = 2) -> list[int]:
    return hall.write(lambda tx, _, now: [tx.serials.next(scope, began, DIGITS) for _ in range(times)], None)


def test_a_year_that_was_counted_goes_on_past_a_gap_and_then_one_by_one(hall: Scene) -> None:
    assert serials(hall) == [1, 2]
    restored(hall, "second")
    gap = serial_gap("second", DIGITS)
    assert serials(hall) == [3 + gap, 4 + gap] and gap >= 50_000
    assert serials(hall, times=1) == [5 + gap], "only the first after the restore leaves the gap"


def test_the_same_backup_restored_twice_does_not_go_on_from_the_same_place(hall: Scene) -> None:
    restored(hall, "second", forget=True)
    first = serials(hall)
    restored(hall, "third", forget=True)
    assert not {*first} & {*serials(hall)}


def test_a_day_under_way_leaves_the_gap_though_its_count_was_forgotten_and_the_next_day_begins_at_one(
    hall: Scene,
) -> None:
    today = hall.read(lambda rx: rx.rules.day)
    restored(hall, "second", forget=True)
    assert serials(hall, f"item:{today}", today, 1) == [1 + serial_gap("second", DIGITS)]
    assert serials(hall, f"other:{today}", today, 1) == [1 + serial_gap("second", DIGITS)]
    hall.wait(minutes=24 * 60)
    tomorrow = hall.read(lambda rx: rx.rules.day)
    assert tomorrow > today and serials(hall, f"item:{tomorrow}", tomorrow) == [1, 2]


def test_a_hall_that_was_never_restored_begins_at_one(hall: Scene) -> None:
    hall.store.ensure_hall(hall.read(lambda rx: rx.hall_id))
    today = hall.read(lambda rx: rx.rules.day)
    assert serials(hall, f"item:{today}", today) == [1, 2] and serials(hall) == [1, 2]


def test_a_short_serial_leaves_room_for_several_restores_and_then_says_that_it_is_used_up() -> None:
    gaps = [serial_gap(epoch, 4) for epoch in "abcdefgh"]
    assert all(500 <= gap < 1_000 for gap in gaps) and len(set(gaps)) > 4
    with pytest.raises(SerialsExhausted):
        unified_code("{year}{hall}{serial:4}{check}", "330800", 2026, 10_000)
