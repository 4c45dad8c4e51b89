"""SQL of past days: who came and which windows were open, for replaying a day. Reads only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from server.domain.ticket import FIELDS, Ticket

if TYPE_CHECKING:
    from server.store.transaction import Tx


def hall_ids(rx: Tx) -> list[str]:
    """The halls of this database."""
    return [row["id"] for row in rx.db.all("SELECT id FROM hall ORDER BY id")]


class History:
    """The log of one hall, inside one transaction."""

    def __init__(self, tx: Tx) -> None:
        self.db, self.hall = tx.db, tx.hall_id

    def days(self) -> list[tuple[str, int]]:
        """Every business day on which somebody came, and how many."""
        rows = self.db.all(
            "SELECT business_day, COUNT(*) AS people FROM tickets WHERE hall_id = ?"
            " GROUP BY business_day ORDER BY business_day",
            (self.hall,),
        )
        return [(row["business_day"], int(row["people"])) for row in rows]

    def tickets(self, business_day: str) -> list[Ticket]:
        """The tickets of a day, in the order of taking."""
        rows = self.db.all(
            f"SELECT {', '.join(FIELDS)} FROM tickets WHERE hall_id = ? AND business_day = ? ORDER BY taken_at, id",
            (self.hall, business_day),
        )
        return [Ticket._make(row) for row in rows]

    def window_events(self, until: int) -> list[tuple[int, str, int]]:
        """(at, type, window) of everything windows did before `until`, oldest first."""
        rows = self.db.all(
            "SELECT at, type, window_number FROM events WHERE hall_id = ? AND at < ? AND window_number IS NOT NULL"
            " AND type IN ('window.opened', 'window.paused', 'window.closed') ORDER BY seq",
            (self.hall, until),
        )
        return [(row["at"], row["type"], row["window_number"]) for row in rows]
