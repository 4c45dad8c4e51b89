"""SQL of learned service times: visits and their capped seconds, an item, a section or a bundle a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from server.store.transaction import Tx


class Learned:
    """`subject` is "item:<id>", "section:<id>" or "bundle:<id>"."""

    def __init__(self, tx: Tx) -> None:
        self.db, self.hall, self._known = tx.db, tx.hall_id, tx.memory.learned

    def seen(self, subject: str) -> tuple[int, int]:
        """(visits, seconds) learned so far."""
        known = self._known.get(subject)
        if known is None:
            sql = "SELECT visits, seconds FROM learned WHERE hall_id = ? AND subject = ?"
            row = self.db.one(sql, (self.hall, subject))
            known = self._known[subject] = (0, 0) if row is None else (int(row[0]), int(row[1]))
        return known

    def all(self) -> dict[str, tuple[int, int]]:
        """subject → (visits, seconds), of whatever has been learned."""
        rows = self.db.all("SELECT subject, visits, seconds FROM learned WHERE hall_id = ?", (self.hall,))
        return {row["subject"]: (int(row["visits"]), int(row["seconds"])) for row in rows}

    def add(self, subject: str, seconds: int) -> None:
        row = self.db.one(
            "INSERT INTO learned (hall_id, subject, visits, seconds) VALUES (?, ?, 1, ?)"
            " ON CONFLICT (hall_id, subject) DO UPDATE SET visits = learned.visits + 1,"
            " seconds = learned.seconds + excluded.seconds RETURNING visits, seconds",
            (self.hall, subject, seconds),
        )
        assert row is not None
        self._known[subject] = int(row[0]), int(row[1])
