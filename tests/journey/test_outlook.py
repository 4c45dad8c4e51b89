"""What those who wait are told, and when issuing stops for the day."""

from __future__ import annotations

import pytest

from server.domain.hours import FullForToday
from server.journey.views import ticket_view
from tests.journey.test_taking import monday_at
from tests.scene import MANAGER, Scene, small_hall


def test_with_no_window_open_those_who_wait_are_still_counted_ahead(hall: Scene) -> None:
    first, _second, third = hall.take(), hall.take(), hall.take()
    shown = hall.read(ticket_view, third.id)
    assert (shown["ahead"], shown["expected_minutes"]) == (2, None)
    assert third.told_ahead == 2 and hall.read(ticket_view, first.id)["ahead"] == 0


def test_a_draining_window_helps_with_its_own_line_and_only_with_that(hall: Scene) -> None:
    hall.open(1, 2)
    for _ in range(6):
        hall.take(item="id-card")
    hall.next(1)
    hall.next(2)
    hall.drain(1)
    assert (hall.window(1).waiting_count, hall.window(2).waiting_count) == (2, 2)
    ticket = hall.take(item="id-card")
    # 40 minutes of work ahead and one mean (8) for two windows, not for one alone
    assert hall.read(ticket_view, ticket.id)["expected_minutes"] == 28
    hall.next(1, finish=True)
    hall.next(1, finish=True)
    assert hall.read(ticket_view, ticket.id)["expected_minutes"] == 28


def test_towards_closing_time_draining_windows_do_not_stop_issuing_too_early(hall: Scene) -> None:
    hall.reload(small_hall(hours={"enforce": True}))
    monday_at(hall, 16, 0)
    hall.open(1, 2)
    for _ in range(6):
        hall.take(item="id-card")
    hall.next(1)
    hall.next(2)
    hall.drain(1)
    monday_at(hall, 16, 15)
    assert hall.take(item="id-card").window_number == 2


def test_with_no_window_open_issuing_stops_when_all_able_windows_together_could_not_serve_the_line(hall: Scene) -> None:
    hall.reload(small_hall(hours={"enforce": True}))
    monday_at(hall, 16, 30)
    for _ in range(6):  # an hour of work for three windows, and ten minutes for oneself
        hall.take(item="id-card")
    with pytest.raises(FullForToday):
        hall.take(item="id-card")
    hall.open(1, 2, 3)
    hall.check_counters()


def test_with_every_window_paused_the_wait_is_not_known_and_nobody_is_told_otherwise(hall: Scene) -> None:
    hall.open(1)
    ticket = hall.take(phone="13812341234")
    hall.pause(1, "无人值守", by=MANAGER, force=True)
    shown = hall.read(ticket_view, ticket.id)
    assert (shown["window"], shown["expected_minutes"]) == (None, None)
    hall.open(2)
    assert hall.read(ticket_view, ticket.id)["expected_minutes"] == 0


def test_the_issue_section_goes_by_its_own_lunch_shift(hall: Scene) -> None:
    rows = [w.model_dump() for w in small_hall().windows]
    rows[4]["lunch"] = True
    hall.reload(small_hall(windows=rows, hours={"enforce": True}))
    monday_at(hall, 12, 30)
    assert hall.take("pickup").number == "C001"
