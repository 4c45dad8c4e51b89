"""SQL of stopped issuing: a section's sentence, or the whole hall's (section '')."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from server.store.db import Row
    from server.store.transaction import Tx

WHOLE_HALL = ""


class Stops:
    """Where numbers are not issued now, and the sentence that says so."""

    def __init__(self, tx: Tx) -> None:
        self.db, self.hall, self._memory = tx.db, tx.hall_id, tx.memory

    def all(self) -> list[Row]:
        if self._memory.stops is None:
            self._memory.stops = self.db.all(
                "SELECT section, message_zh, message_en, by_whom, since FROM stops WHERE hall_id = ? ORDER BY section",
                (self.hall,),
            )
        return self._memory.stops

    def of(self, section: str) -> Row | None:
        """The stop that holds for a section: its own, or the whole hall's."""
        found = {stop["section"]: stop for stop in self.all()}
        return found.get(section) or found.get(WHOLE_HALL)

    def put(self, section: str, zh: str, en: str, by: str, now: int) -> None:
        self._memory.stops = None
        self.db.execute(
            "INSERT INTO stops (hall_id, section, message_zh, message_en, by_whom, since) VALUES (?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (hall_id, section) DO UPDATE SET message_zh = excluded.message_zh,"
            " message_en = excluded.message_en, by_whom = excluded.by_whom, since = excluded.since",
            (self.hall, section, zh, en, by, now),
        )

    def remove(self, section: str) -> bool:
        self._memory.stops = None
        return self.db.execute("DELETE FROM stops WHERE hall_id = ? AND section = ?", (self.hall, section)) > 0
