"""The calendar of working days: imported each year, missed in time, never guessed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from server.domain.units import moment
from server.domain.working_days import HolidayFileInvalid
from server.journey.catalogue.holidays import ImportHolidays, holidays_view, import_holidays
from tests.case_rows import a_case
from tests.case_scene import Cases
from tests.journey.catalogue_scene import ADMIN
from tests.scene import Scene
from tests.store_fixtures import FakeClock

SPRING = [{"name": "春节", "date": f"2026-02-{day}", "isOffDay": True} for day in range(16, 24)]
MADE_UP = [{"name": "春节", "date": "2026-02-28", "isOffDay": False}]


def year_file(year: int = 2026) -> dict[str, Any]:
    days = [{**one, "date": one["date"].replace("2026", str(year))} for one in [*SPRING, *MADE_UP]]
    return {"year": year, "days": days}


def bring_in(hall: Scene, file: object) -> int:
    return hall.write(import_holidays, ImportHolidays(ADMIN, file))


def alarms(hall: Scene) -> list[str]:
    return [one.subject for one in hall.read(lambda rx: rx.alarms.current()) if one.kind == "holidays_missing"]


def test_limits_are_counted_on_the_imported_calendar(hall: Scene) -> None:
    assert hall.read(lambda rx: rx.working_days().due(date(2026, 2, 13), 1)).provisional
    assert bring_in(hall, year_file()) == 2026
    due = hall.read(lambda rx: rx.working_days().due(date(2026, 2, 13), 5))
    assert (due.day, due.provisional) == (date(2026, 2, 28), False), "after the holiday, the Saturday that is worked"
    seen = hall.read(holidays_view)
    assert (seen["years"], seen["missing"]) == ([2026], [])
    assert seen["days"][-1] == {"date": "2026-02-28", "name": "春节", "works": True}


def test_the_year_imported_again_replaces_what_was_known_of_it(hall: Scene) -> None:
    bring_in(hall, year_file())
    bring_in(hall, {"year": 2026, "days": SPRING[:1]})
    assert hall.read(lambda rx: rx.working_days().works(date(2026, 2, 17)))
    assert not hall.read(lambda rx: rx.working_days().works(date(2026, 2, 16)))


def test_a_file_of_something_else_changes_nothing_and_names_the_entry(hall: Scene) -> None:
    bring_in(hall, year_file())
    with pytest.raises(HolidayFileInvalid, match="第 9 条"):
        bring_in(hall, {"year": 2026, "days": [*SPRING, {"date": "2026-13-01", "isOffDay": True}]})
    assert hall.read(lambda rx: rx.working_days().on) == {date(2026, 2, 28)}


def test_from_december_on_the_next_years_file_is_asked_for_until_it_is_there(hall: Scene, clock: FakeClock) -> None:
    bring_in(hall, year_file())
    hall.tick()
    assert alarms(hall) == []
    clock.now = moment_of("2026-12-01T09:00:00+08:00")
    hall.tick()
    assert alarms(hall) == ["year:2027"]
    bring_in(hall, year_file(2027))
    assert alarms(hall) == []
    hall.tick()
    assert alarms(hall) == []


def test_a_limit_that_runs_into_a_year_nobody_published_asks_for_its_file_at_once(hall: Scene) -> None:
    bring_in(hall, year_file())
    hall.write(lambda tx, _, now: a_case(tx, due_day="2027-01-05", due_provisional=True), None)
    hall.tick()
    assert alarms(hall) == ["year:2027"]


def test_a_provisional_due_day_is_counted_anew_when_the_year_is_published(hall: Scene, clock: FakeClock) -> None:
    clock.now = moment_of("2026-12-28T09:00:00+08:00")
    desk = Cases(hall)
    case = desk.accepted()
    assert (case.due_day, case.due_provisional) == ("2027-01-04", True), "5 working days, as far as is published"
    hall.tick()
    assert alarms(hall) == ["year:2027"]
    new_year = {"year": 2027, "days": [{"name": "元旦", "date": "2027-01-01", "isOffDay": True}]}
    bring_in(hall, new_year)
    counted = desk.get(case)
    assert (counted.due_day, counted.due_provisional) == ("2027-01-05", False)
    assert desk.actions(case)[-1] == "recounted"
    bring_in(hall, {**new_year, "days": [*new_year["days"], {"name": "元旦", "date": "2027-01-02", "isOffDay": False}]})
    assert desk.get(case).due_day == "2027-01-04", "a correction of the year counts, too"


def test_a_years_file_that_begins_in_december_moves_what_is_due_then_whichever_is_imported_last(
    hall: Scene, clock: FakeClock
) -> None:
    clock.now = moment_of("2026-12-25T09:00:00+08:00")
    bring_in(hall, year_file())
    desk = Cases(hall)
    case = desk.accepted()
    assert (case.due_day, case.due_provisional) == ("2027-01-01", True)
    days = [("2026-12-30", True), ("2026-12-31", True), ("2027-01-01", True), ("2027-01-02", False)]
    bring_in(hall, {"year": 2027, "days": [{"name": "元旦", "date": day, "isOffDay": off} for day, off in days]})
    assert (desk.get(case).due_day, desk.get(case).due_provisional) == ("2027-01-05", False)
    bring_in(hall, {**year_file(), "days": [*SPRING, {"name": "?", "date": "2026-12-31", "isOffDay": False}]})
    assert desk.get(case).due_day == "2027-01-05", "2026 corrected: 2027's file still knows its own holiday better"
    assert "2026-12-31" in [one["date"] for one in hall.read(holidays_view)["days"] if not one["works"]]


def moment_of(text: str) -> int:
    return moment(datetime.fromisoformat(text))
