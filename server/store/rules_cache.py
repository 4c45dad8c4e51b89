"""The hall's rules of the day, built once a (hall file version, business day)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from config.hall_file import HallFile
    from server.domain.hall import HallRules

_MICRO = 1_000_000
_KEPT = 8


def build_rules(file: HallFile, now: int) -> tuple[int, int, HallRules]:
    """(start, end, rules) of the business day that `now` falls in, by the hall's time zone."""
    from server.domain.hall import HallRules

    zone = ZoneInfo(file.hall.time_zone)
    day = datetime.fromtimestamp(now // _MICRO, UTC).astimezone(zone).date()
    start, end = (
        int(datetime(d.year, d.month, d.day, tzinfo=zone).timestamp()) * _MICRO for d in (day, day + timedelta(days=1))
    )
    return start, end, HallRules.build(file, day)


class RulesCache:
    """Rules by (hall, version), for the spans they hold. Plain dictionaries: safe to share between threads."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, int], dict[int, tuple[int, int, HallRules]]] = {}

    def find(self, hall_id: str, version: int, now: int) -> HallRules | None:
        for start, end, rules in list(self._kept.get((hall_id, version), {}).values()):
            if start <= now < end:
                return rules
        return None

    def keep(self, hall_id: str, version: int, entry: tuple[int, int, HallRules]) -> None:
        """Only for versions that are committed: a version number rolled back may come again with another file."""
        if len(self._kept) > _KEPT:
            self._kept.clear()
        days = self._kept.setdefault((hall_id, version), {})
        if len(days) > _KEPT:
            days.clear()
        days[entry[0]] = entry
