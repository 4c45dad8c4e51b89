"""Units of time inside the hall: integer microseconds UTC; durations of service in whole seconds."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE


def local(at: int, zone: ZoneInfo) -> datetime:
    """The moment `at` (µs UTC) on the hall's clock."""
    return datetime.fromtimestamp(at / SECOND, UTC).astimezone(zone)


def moment(when: datetime) -> int:
    """Microseconds UTC of an aware datetime."""
    return int(when.timestamp() * SECOND)


def iso(at: int | None) -> str | None:
    """ISO-8601 UTC with milliseconds, as the API shows times; None stays None."""
    if at is None:
        return None
    return f"{_second(at // SECOND)}.{at % SECOND // 1000:03d}Z"


@lru_cache(maxsize=4096)  # an answer names the same few moments again and again
def _second(at: int) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%S")


def day_words(day: date) -> str:
    """As papers write it: 2026年12月1日."""
    return f"{day.year}年{day.month}月{day.day}日"


def minutes_up(seconds: float) -> int:
    """Whole minutes, rounded up: a citizen is never told less than expected."""
    return max(0, -int(-seconds // 60))
