"""SQL of the day's figures, from the tickets' own times. Sums and times in µs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from server.store.db import Row
    from server.store.transaction import Tx


class Figures:
    """Counts and means of one business day."""

    def __init__(self, tx: Tx) -> None:
        self.db, self.hall, self.day = tx.db, tx.hall_id, tx.rules.day.isoformat()

    def window(self, number: int) -> Row:
        """served, no_shows, and the means service, wait and the longest wait of a window."""
        return self._of("window_number", number)

    def clerk(self, clerk: str) -> Row:
        """The same of a clerk, at whatever windows."""
        return self._of("clerk", clerk)

    def _of(self, column: str, value: int | str) -> Row:
        return self.db.all(
            "SELECT COUNT(CASE WHEN state = 'done' THEN 1 END) AS served,"
            " COUNT(CASE WHEN state = 'no_show' THEN 1 END) AS no_shows,"
            " AVG(CASE WHEN state = 'done' AND start_inferred = 0 AND end_reason IS NULL"
            " THEN ended_at - started_at - parked_total END) AS service,"
            " AVG(CASE WHEN first_called_at IS NOT NULL THEN first_called_at - taken_at END) AS wait,"
            " MAX(CASE WHEN first_called_at IS NOT NULL THEN first_called_at - taken_at END) AS longest"
            f" FROM tickets WHERE hall_id = ? AND business_day = ? AND {column} = ? AND called_at IS NOT NULL",
            (self.hall, self.day, value),
        )[0]

    def whole_hall(self) -> Row:
        """taken, served, waiting, no_shows, cancelled, and the means wait and whole (from taking to the end)."""
        return self.db.all(
            "SELECT COUNT(*) AS taken, COUNT(CASE WHEN state = 'done' THEN 1 END) AS served,"
            " COUNT(CASE WHEN state = 'waiting' THEN 1 END) AS waiting,"
            " COUNT(CASE WHEN state = 'no_show' THEN 1 END) AS no_shows,"
            " COUNT(CASE WHEN state = 'cancelled' THEN 1 END) AS cancelled,"
            " AVG(CASE WHEN first_called_at IS NOT NULL THEN first_called_at - taken_at END) AS wait,"
            " AVG(CASE WHEN state = 'done' THEN ended_at - taken_at END) AS whole"
            " FROM tickets WHERE hall_id = ? AND business_day = ?",
            (self.hall, self.day),
        )[0]

    def section_lines(self) -> dict[str, tuple[int, int | None]]:
        """Per section: how many wait, and when the first of them took a number."""
        rows = self.db.all(
            "SELECT section, COUNT(*) AS people, MIN(taken_at) AS first FROM tickets"
            " WHERE hall_id = ? AND state = 'waiting' GROUP BY section",
            (self.hall,),
        )
        return {row["section"]: (int(row["people"]), row["first"]) for row in rows}
