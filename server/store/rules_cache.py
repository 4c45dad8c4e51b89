"""The hall's rules of the day, built once a (hall file, catalogue, business day)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from config.hall_file import HallFile
    from server.domain.catalogue.in_hall import Published
    from server.domain.hall import HallRules

_MICRO = 1_000_000
_KEPT = 8


Version = tuple[int, int]
"""Of the hall file, and of the catalogue."""


def build_rules(
    file: HallFile, now: int, published: Callable[[date], Iterable[Published]] = lambda day: ()
) -> tuple[int, int, HallRules]:
    """(start, end, rules) of the business day that `now` falls in, by the hall's time zone.

    `published` gives what the catalogue has of that day.
    """
    from server.domain.hall import HallRules

    zone = ZoneInfo(file.hall.time_zone)
    day = datetime.fromtimestamp(now // _MICRO, UTC).astimezone(zone).date()
    start, end = (
        int(datetime(d.year, d.month, d.day, tzinfo=zone).timestamp()) * _MICRO for d in (day, day + timedelta(days=1))
    )
    return start, end, HallRules.build(file, day, published(day))


class RulesCache:
    """Rules by (hall, version), for the spans they hold. Plain dictionaries: safe to share between threads."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, Version], dict[int, tuple[int, int, HallRules]]] = {}

    def find(self, hall_id: str, version: Version, now: int) -> HallRules | None:
        for start, end, rules in list(self._kept.get((hall_id, version), {}).values()):
            if start <= now < end:
                return rules
        return None

    def keep(self, hall_id: str, version: Version, entry: tuple[int, int, HallRules]) -> None:
        """Only for versions that are committed: a version number rolled back may come again with another file."""
        if len(self._kept) > _KEPT:
            self._kept.clear()
        days = self._kept.setdefault((hall_id, version), {})
        if len(days) > _KEPT:
            days.clear()
        days[entry[0]] = entry
