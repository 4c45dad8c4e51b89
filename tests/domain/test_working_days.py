"""Deadlines run on working days: weekends that work, holidays that do not, a clock that stops."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from server.domain.working_days import DueDate, HolidayFileInvalid, Stop, WorkingDays, published_year

# 国务院办公厅关于2026年部分节假日安排的通知: days off and weekend days worked.
OFF = {
    "元旦": ("01-01", "01-02", "01-03"),
    "春节": tuple(f"02-{day}" for day in range(15, 24)),
    "清明节": ("04-04", "04-05", "04-06"),
    "劳动节": tuple(f"05-0{day}" for day in range(1, 6)),
    "端午节": ("06-19", "06-20", "06-21"),
    "中秋节": ("09-25", "09-26", "09-27"),
    "国庆节": tuple(f"10-0{day}" for day in range(1, 8)),
}
ON = ("01-04", "02-14", "02-28", "05-09", "09-20", "10-10")
FILE = {
    "year": 2026,
    "days": [
        *({"name": name, "date": f"2026-{day}", "isOffDay": True} for name, days in OFF.items() for day in days),
        *({"name": "调休", "date": f"2026-{day}", "isOffDay": False} for day in ON),
    ],
}
HALL = published_year(FILE)


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("start", "limit", "due"),
    [
        ("2026-11-16", 5, "2026-11-23"),  # over an ordinary weekend
        ("2026-11-20", 0, "2026-11-20"),  # an instant matter: the same day
        ("2026-02-13", 1, "2026-02-14"),  # a Saturday that works
        ("2026-02-13", 2, "2026-02-24"),  # the whole Spring Festival
        ("2026-02-27", 1, "2026-02-28"),  # the Saturday that makes it up
        ("2026-09-18", 1, "2026-09-20"),  # a Sunday that works
        ("2026-09-24", 3, "2026-09-30"),
        ("2026-09-30", 3, "2026-10-10"),  # National Day week, then a Saturday that works
        ("2026-05-08", 1, "2026-05-09"),
        ("2026-10-03", 1, "2026-10-08"),  # begun on a day off
    ],
)
def test_a_limit_counts_the_days_the_hall_works(start: str, limit: int, due: str) -> None:
    assert HALL.due(day(start), limit) == DueDate(day(due), provisional=False)


def test_a_date_past_the_last_published_year_is_provisional() -> None:
    assert HALL.due(day("2026-12-30"), 1) == DueDate(day("2026-12-31"), provisional=False)
    assert HALL.due(day("2026-12-31"), 1) == DueDate(day("2027-01-01"), provisional=True)
    assert WorkingDays().due(day("2026-11-20"), 5) == DueDate(day("2026-11-27"), provisional=True)


def test_days_on_which_the_clock_stands_do_not_count() -> None:
    start = day("2026-11-16")
    assert HALL.due(start, 5, [Stop(day("2026-11-18"))]) is None
    # Tuesday and Wednesday were used; the answer came on Thursday a week later: Friday, Monday, Tuesday are left.
    stopped = [Stop(day("2026-11-18"), day("2026-11-26"))]
    assert HALL.due(start, 5, stopped) == DueDate(day("2026-12-01"), provisional=False)
    assert HALL.used(start, day("2026-11-26"), stopped) == 2
    assert HALL.used(start, day("2026-12-01"), stopped) == 5


def test_two_stops_that_overlap_are_counted_once() -> None:
    stops = [Stop(day("2026-11-17"), day("2026-11-20")), Stop(day("2026-11-18"), day("2026-11-24"))]
    assert HALL.due(day("2026-11-16"), 2, stops) == DueDate(day("2026-11-25"), provisional=False)


@pytest.mark.parametrize(
    ("today", "due", "left"),
    [
        ("2026-02-13", "2026-02-24", 2),
        ("2026-02-24", "2026-02-24", 0),
        ("2026-02-25", "2026-02-13", -3),
        ("2026-10-01", "2026-09-30", -1),  # late from the holiday's first day, not still due “today”
        ("2026-10-08", "2026-09-30", -1),
    ],
)
def test_what_is_left_of_a_limit_is_told_in_working_days(today: str, due: str, left: int) -> None:
    assert HALL.left(day(today), day(due)) == left


def test_every_limit_ends_on_a_working_day_and_uses_exactly_its_days() -> None:
    for ordinal in range(day("2026-01-01").toordinal(), day("2026-11-01").toordinal()):
        start = date.fromordinal(ordinal)
        for limit in (1, 2, 7, 20):
            due = HALL.due(start, limit)
            assert due and HALL.works(due.day) and HALL.used(start, due.day) == limit


def test_the_next_year_joins_the_calendar_and_a_corrected_year_replaces_the_old() -> None:
    later = published_year({"year": 2027, "days": [{"name": "元旦", "date": "2027-01-01", "isOffDay": True}]})
    both = HALL.joined(later)
    assert both.due(day("2026-12-31"), 1) == DueDate(day("2027-01-04"), provisional=False)
    assert both.works(day("2026-02-14"))
    again = published_year({"year": 2026, "days": [{"name": "元旦", "date": "2026-01-01", "isOffDay": True}]})
    corrected = HALL.joined(again).joined(later)
    assert not corrected.works(day("2026-02-14")) and corrected.works(day("2026-01-02"))
    assert corrected.years == {2026, 2027}


def new_year_of(year: int) -> dict[str, Any]:
    """As holiday-cn publishes a year whose first holiday begins in the December before (its 2019.json does)."""
    before = [(f"{year - 1}-12-29", False), (f"{year - 1}-12-30", True), (f"{year - 1}-12-31", True)]
    days = [*before, (f"{year}-01-01", True), (f"{year}-02-02", False), (f"{year}-02-04", True)]
    return {
        "$schema": "https://example.org/schema.json",
        "year": year,
        "papers": ["http://www.gov.cn/zhengce/content/2018-12/06/content_5346276.htm"],
        "days": [{"name": "元旦", "date": day, "isOffDay": off} for day, off in days],
    }


def test_a_file_that_begins_in_the_december_before_goes_before_the_older_one_on_those_days_alone() -> None:
    year = published_year({"year": 2018, "days": [
        {"name": "国庆节", "date": "2018-10-01", "isOffDay": True},
        {"name": "加班", "date": "2018-12-30", "isOffDay": False},
    ]})  # fmt: skip
    later = published_year(new_year_of(2019))
    both = year.joined(later)
    assert (both.years, later.years) == ({2018, 2019}, {2019})
    assert both.works(day("2018-12-29")), "a Saturday that is worked"
    assert not both.works(day("2018-12-30")) and not both.works(day("2018-12-31")), "the later file knows better"
    assert not both.works(day("2018-10-01")) and both.names[day("2018-12-30")] == "元旦"
    assert both.due(day("2018-12-28"), 2) == DueDate(day("2019-01-02"), provisional=False)
    assert later.due(day("2018-12-28"), 2) == DueDate(day("2019-01-02"), provisional=True), "2018 is not published"


def test_the_january_of_a_year_is_what_its_own_file_says_once_it_is_there() -> None:
    early = published_year({"year": 2026, "days": [{"name": "元旦", "date": "2027-01-04", "isOffDay": True}]})
    assert not early.works(day("2027-01-04")) and early.due(day("2026-12-31"), 2) == DueDate(day("2027-01-05"), True)
    assert early.joined(published_year(new_year_of(2027))).works(day("2027-01-04"))


@pytest.mark.parametrize(
    ("file", "place"),
    [
        ([], "year"),
        ({"year": "2026", "days": []}, "year"),
        ({"year": 2026, "days": []}, "放假日"),
        ({"year": 2026, "days": [{"date": "2026-13-01", "isOffDay": True}]}, "第 1 条"),
        ({"year": 2026, "days": [{"date": "2026-01-01", "isOffDay": "yes"}]}, "第 1 条"),
        ({"year": 2026, "days": [{"date": "2025-01-01", "isOffDay": True}]}, "不在 2026 年"),
        ({"year": 2026, "days": [{"date": "2025-11-30", "isOffDay": True}]}, "相邻的月份"),
        ({"year": 2026, "days": [{"date": "2027-02-01", "isOffDay": True}]}, "相邻的月份"),
        ({"year": 2026, "days": [{"date": "2026-01-01", "isOffDay": v} for v in (True, False)]}, "既放假又上班"),
    ],
)
def test_a_wrong_holiday_file_is_refused_with_the_entry_named(file: object, place: str) -> None:
    with pytest.raises(HolidayFileInvalid) as refused:
        published_year(file)
    assert place in refused.value.message_zh
