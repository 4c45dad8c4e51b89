"""SQL of the number counters and of the day's counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from server.store.transaction import Tx


class Numbers:
    """Counters that restart each business day, a row a section."""

    def __init__(self, tx: Tx) -> None:
        self.db, self.hall = tx.db, tx.hall_id

    def next(self, business_day: str, section: str) -> int:
        """One more than the last value of the day, which it now is."""
        value = self.db.value(
            "INSERT INTO numbers (hall_id, business_day, section, last) VALUES (?, ?, ?, 1)"
            " ON CONFLICT (hall_id, business_day, section) DO UPDATE SET last = numbers.last + 1 RETURNING last",
            (self.hall, business_day, section),
        )
        return int(value)

    def put(self, business_day: str, section: str, value: int) -> None:
        self.db.execute(
            "INSERT INTO numbers (hall_id, business_day, section, last) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (hall_id, business_day, section) DO UPDATE SET last = excluded.last",
            (self.hall, business_day, section, value),
        )

    def count(self, business_day: str, section: str, name: str) -> int:
        value = self.db.value(
            "SELECT value FROM day_counts WHERE hall_id = ? AND business_day = ? AND section = ? AND name = ?",
            (self.hall, business_day, section, name),
        )
        return int(value or 0)

    def add(self, business_day: str, section: str, name: str, by: int = 1) -> None:
        self.db.execute(
            "INSERT INTO day_counts (hall_id, business_day, section, name, value) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (hall_id, business_day, section, name)"
            " DO UPDATE SET value = day_counts.value + excluded.value",
            (self.hall, business_day, section, name, by),
        )
