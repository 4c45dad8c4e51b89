"""SQL of the working-day calendar: the published years, as imported."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from server.domain.working_days import WorkingDays, published_year

if TYPE_CHECKING:
    from server.store.transaction import Tx


@dataclass(frozen=True, slots=True)
class HolidayYear:
    """A year as it was imported; `imported_at` µs UTC."""

    year: int
    imported_at: int
    imported_by: str


@lru_cache(maxsize=64)
def _year(body: str) -> WorkingDays:
    return published_year(json.loads(body))


_LAST_DAYS = (
    "SELECT MAX(due_day) FROM cases WHERE hall_id = ? AND state IN ('accepted','reviewing')",
    "SELECT MAX(deferral_due) FROM cases WHERE hall_id = ? AND deferral_due IS NOT NULL"
    " AND state IN ('accepted','reviewing','suspended','correction')",
    "SELECT MAX(correction_due) FROM cases WHERE hall_id = ? AND state = 'correction'",
    "SELECT MAX(pre_review_due) FROM cases WHERE hall_id = ? AND state = 'pre_review'",
)
"""The last day of each kind of limit under way."""


class Holidays:
    """The published years of one hall, inside one transaction."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    def working_days(self) -> WorkingDays:
        """All years joined; the week's own rhythm where nothing is published."""
        days = WorkingDays()
        for row in self._tx.db.all("SELECT body FROM holiday_years WHERE hall_id = ? ORDER BY year", self._key):
            days = days.joined(_year(row["body"]))
        return days

    def years(self) -> list[HolidayYear]:
        rows = self._tx.db.all(
            "SELECT year, imported_at, imported_by FROM holiday_years WHERE hall_id = ? ORDER BY year", self._key
        )
        return [HolidayYear(row["year"], row["imported_at"], row["imported_by"]) for row in rows]

    def put(self, year: int, file: dict[str, Any], by: str) -> bool:
        """Keep a year's file in place of what was known of it; False when it says what was known already."""
        tx, body = self._tx, json.dumps({"year": year, "days": file["days"]}, ensure_ascii=False)
        known = tx.db.value("SELECT body FROM holiday_years WHERE hall_id = ? AND year = ?", (tx.hall_id, year))
        if known == body:
            return False
        tx.db.execute(
            "INSERT INTO holiday_years (hall_id, year, body, imported_at, imported_by) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (hall_id, year) DO UPDATE SET body = excluded.body, imported_at = excluded.imported_at,"
            " imported_by = excluded.imported_by",
            (tx.hall_id, year, body, tx.now, by),
        )
        return True

    def missing(self, today: date) -> list[int]:
        """Years that limits of cases under way run into and nobody has published; from December on the next one, too."""
        known = {one.year for one in self.years()}
        last = max((self._tx.db.value(query, self._key) or "" for query in _LAST_DAYS), default="")
        wanted = set(range(today.year, int(last[:4]) + 1)) if last else set()
        if today.month == 12:
            wanted.add(today.year + 1)
        return sorted(wanted - known)

    @property
    def _key(self) -> tuple[str]:
        return (self._tx.hall_id,)
