"""The demo hall, and what loading gives."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest

from config.check import advice
from config.hall_file import HallFile, load_hall
from config.wording import KINDS, length, longest
from tests.config.conftest import DEMO, HallFolder

WEDNESDAY = dt.date(2026, 11, 25)


@pytest.fixture(scope="module")
def hall() -> HallFile:
    return load_hall(DEMO)


def test_the_demo_hall_has_the_size_of_quzhous(hall: HallFile) -> None:
    assert [section.letter for section in hall.sections] == list("ABCDEFGH")
    assert Counter(section.kind for section in hall.sections) == {"intake": 6, "issue": 1, "agency": 1}
    assert len(hall.windows) >= 32 and {window.kind for window in hall.windows} == {"intake", "issue", "agency"}
    assert [window.number for window in hall.windows] == list(range(1, len(hall.windows) + 1))
    assert len(hall.items) >= 130 and {item.section for item in hall.items} == {section.id for section in hall.sections}


def test_every_demo_item_is_served_by_a_window_every_day(hall: HallFile) -> None:
    days = [WEDNESDAY + dt.timedelta(days=offset) for offset in range(0, 400, 10)]
    assert [item.id for item in hall.items for day in days if not hall.windows_for(item, day)] == []


def test_every_demo_sms_fits_into_one_message_at_its_longest(hall: HallFile) -> None:
    for kind in KINDS:
        worst = longest(
            hall.sms,
            kind,
            hall_name=hall.hall.name,
            section_names=[section.name for section in hall.sections],
            windows=[window.number for window in hall.windows],
        )
        assert worst.startswith("【衢州政务】") and length(worst) <= 70, worst


def test_the_demo_hall_needs_no_advice(hall: HallFile) -> None:
    assert advice(hall, WEDNESDAY) == []


def test_the_demo_serves_at_any_hour_and_waits_five_seconds_between_calls(hall: HallFile) -> None:
    assert hall.demo and not hall.hours.enforce
    assert (hall.calls.seconds_between, hall.calls.before_no_show) == (5, 2)


def test_a_serviceman_ranks_first_and_age_counts_from_seventy(hall: HallFile) -> None:
    classes = {kind.id: kind for kind in hall.priority.classes}
    assert [kind.id for kind in hall.priority.classes if kind.first] == ["serviceman"]
    assert classes["elderly"].min_age == 70


def test_a_hall_survives_being_kept_as_json(hall: HallFile) -> None:
    assert HallFile.model_validate_json(hall.model_dump_json()) == hall


def test_dated_services_count_on_their_days_both_ends_included(hall: HallFile) -> None:
    item = next(item for item in hall.items if item.id == "medical-resident-enrol")
    assert hall.windows_for(item, dt.date(2026, 9, 30)) == [30, 31, 32, 33, 34, 35]
    assert hall.windows_for(item, dt.date(2026, 10, 1)) == [9, 30, 31, 32, 33, 34, 35]
    assert hall.windows_for(item, dt.date(2027, 2, 28)) == [9, 30, 31, 32, 33, 34, 35]
    assert hall.windows_for(item, dt.date(2027, 3, 1)) == [30, 31, 32, 33, 34, 35]


def test_an_item_with_services_is_not_offered_outside_their_dates(demo: HallFolder) -> None:
    hall = demo.change("services.csv", "food-licence-new,4-9,,\n", "").load()
    item = next(item for item in hall.items if item.id == "food-licence-new")
    assert hall.windows_for(item, WEDNESDAY) == [34, 35]
    assert hall.windows_for(item, dt.date(2027, 4, 1)) == []
    assert any("从 2027-04-01 起不再办理" in note for note in advice(hall, dt.date(2027, 3, 20)))
    assert any("今天不办理 food-licence-new" in note for note in advice(hall, dt.date(2027, 4, 1)))


def test_two_service_rows_on_one_day_add_up(hall: HallFile) -> None:
    item = next(item for item in hall.items if item.id == "food-licence-new")
    assert hall.windows_for(item, WEDNESDAY) == [4, 5, 6, 7, 8, 9, 34, 35]


def test_the_lunch_shift_runs_on_full_days_only(hall: HallFile) -> None:
    saturday, sunday = dt.date(2026, 11, 28), dt.date(2026, 11, 29)
    assert hall.hours.spans_on(WEDNESDAY) == [(510, 720), (840, 1050)]
    assert hall.hours.lunch_on(WEDNESDAY) == [(720, 840)]
    assert (hall.hours.spans_on(saturday), hall.hours.lunch_on(saturday)) == ([(540, 720)], [])
    assert hall.hours.spans_on(sunday) == []
    assert hall.hours.spans_on(dt.date(2027, 1, 1)) == []
    assert hall.hours.spans_on(dt.date(2026, 10, 10)) == [(510, 720), (840, 1050)]
