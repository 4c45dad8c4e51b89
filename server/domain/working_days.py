"""Working days: the days on which a deadline runs, from the published holidays and make-up days.

A legal limit in working days leaves out the day it begins on and all days off (行政许可法 第八十二条: 不含法定节假日).
A year nobody has published yet is not guessed: a date in it is provisional.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from server.domain.refusals import Refusal

SATURDAY = 5
LONGEST_LIMIT = 2_000  # working days: eight years


class HolidayFileInvalid(Refusal):
    status, code = 422, "holiday_file_invalid"
    zh = "节假日文件有误：{wrong_zh}。请导入国务院办公厅公布的当年安排（JSON：year、days[date, isOffDay]）。"
    en = "The holiday file is wrong: {wrong_en}. Import the published file of the year (year, days[date, isOffDay])."


@dataclass(frozen=True, slots=True)
class DueDate:
    """The last day of a limit. `provisional`: it counts days of a year whose holidays are not published."""

    day: date
    provisional: bool


@dataclass(frozen=True, slots=True)
class Stop:
    """The clock stands from the end of `since` to the end of `until` (None: still): those days do not count."""

    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """The hall's calendar. `years` are the published ones; `off` and `on` go before the week's own rhythm.

    `off`: weekdays that are holidays; `on`: weekend days that are worked.
    """

    years: frozenset[int] = frozenset()
    off: frozenset[date] = frozenset()
    on: frozenset[date] = frozenset()
    names: Mapping[date, str] = field(default_factory=dict)

    def works(self, day: date) -> bool:
        """Is `day` a working day, as far as is published?"""
        if day in self.on:
            return True
        return day.weekday() < SATURDAY and day not in self.off

    def published(self, day: date) -> bool:
        """Is the year of `day` published? Else a limit that ends on it is provisional."""
        return day.year in self.years

    def due(self, start: date, limit: int, stops: Iterable[Stop] = ()) -> DueDate | None:
        """The last day of `limit` working days that begin after `start`; None while the clock stands.

        A limit of 0 is the same day. Raises ValueError for a negative limit or one over LONGEST_LIMIT.
        """
        if not 0 <= limit <= LONGEST_LIMIT:
            raise ValueError(f"a limit of {limit} working days")
        stopped = tuple(stops)
        if any(stop.until is None for stop in stopped):
            return None
        day, left, provisional = start, limit, start.year not in self.years
        while left:
            day += timedelta(days=1)
            provisional = provisional or day.year not in self.years
            if self.works(day) and not _stands(day, stopped):
                left -= 1
        return DueDate(day, provisional)

    def used(self, start: date, today: date, stops: Iterable[Stop] = ()) -> int:
        """Working days of a limit gone by at the end of `today`."""
        stopped = tuple(stops)
        days = (start + timedelta(days=n) for n in range(1, (today - start).days + 1))
        return sum(1 for day in days if self.works(day) and not _stands(day, stopped))

    def left(self, today: date, due: date) -> int:
        """Working days from tomorrow to `due`; negative: so many late, from the first day after it, worked or not."""
        if due >= today:
            return self.used(today, due)
        return -max(self.used(due, today), 1)

    def next_working(self, day: date) -> date:
        """`day` itself when it is worked, else the next that is."""
        while not self.works(day):
            day += timedelta(days=1)
        return day

    def joined(self, other: WorkingDays) -> WorkingDays:
        """Both calendars, joined in the order of their years: `other` goes before this one in its own years, and on the
        days it names of another year (元旦 begins in the December before)."""
        named = other.off | other.on

        def kept(days: Iterable[date]) -> frozenset[date]:
            return frozenset(day for day in days if day.year not in other.years and day not in named)

        names = {day: self.names[day] for day in kept(self.names)}
        return WorkingDays(
            self.years | other.years, kept(self.off) | other.off, kept(self.on) | other.on, {**names, **other.names}
        )


def _stands(day: date, stops: tuple[Stop, ...]) -> bool:
    return any(stop.since < day and (stop.until is None or day <= stop.until) for stop in stops)


def published_year(file: object) -> WorkingDays:
    """The calendar of one published year: `{"year": 2026, "days": [{"name", "date", "isOffDay"}]}`.

    A year's file may name days of the December before (that of 2019 has 2018-12-29 to 31) and of the January after.
    Raises HolidayFileInvalid with the entry named.
    """
    if not isinstance(file, dict) or not isinstance(file.get("year"), int) or not isinstance(file.get("days"), list):
        raise HolidayFileInvalid(wrong_zh="缺少 year 或 days", wrong_en="year or days is missing")
    year: int = file["year"]
    off: set[date] = set()
    on: set[date] = set()
    names: dict[date, str] = {}
    for place, entry in enumerate(file["days"], 1):
        day, is_off, name = _entry(entry, place, year)
        (off if is_off else on).add(day)
        names[day] = name
    if not off:
        raise HolidayFileInvalid(wrong_zh="没有一个放假日", wrong_en="not one day off")
    if off & on:
        twice = min(off & on).isoformat()
        raise HolidayFileInvalid(wrong_zh=f"{twice} 既放假又上班", wrong_en=f"{twice} is both off and worked")
    return WorkingDays(frozenset({year}), frozenset(off), frozenset(on), names)


def _entry(entry: object, place: int, year: int) -> tuple[date, bool, str]:
    try:
        assert isinstance(entry, dict)
        day = date.fromisoformat(str(entry["date"]))
        is_off = entry["isOffDay"]
        assert isinstance(is_off, bool)
    except (AssertionError, KeyError, ValueError):
        raise HolidayFileInvalid(
            wrong_zh=f"第 {place} 条缺日期或 isOffDay", wrong_en=f"entry {place} lacks a date or isOffDay"
        ) from None
    if not date(year - 1, 12, 1) <= day <= date(year + 1, 1, 31):
        raise HolidayFileInvalid(
            wrong_zh=f"第 {place} 条 {day} 不在 {year} 年，也不在前后相邻的月份",
            wrong_en=f"entry {place}, {day}, is neither in {year} nor in the month before or after it",
        )
    return day, is_off, str(entry.get("name", ""))
