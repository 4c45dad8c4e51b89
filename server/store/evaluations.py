"""SQL of evaluations (好差评): one row a ticket, for ever. `business_day` is the day of the service, not of the tap."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from server.domain.evaluation import LOW

if TYPE_CHECKING:
    from server.domain.ticket import Ticket
    from server.store.db import Row
    from server.store.transaction import Tx

_COLUMNS = "ticket_id, business_day, score, tags, comment, channel, window_number, clerk, section, item, at"


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What a citizen said; `at` µs UTC, `channel` "pad" or "phone". `number` is the ticket's, where it was joined."""

    ticket_id: int
    business_day: str
    score: int
    tags: tuple[str, ...]
    comment: str
    channel: str
    window_number: int | None
    clerk: str | None
    section: str
    item: str | None
    at: int
    number: str = ""


def _row(kept: Evaluation) -> list[Any]:
    """The columns' values, in their order; `_evaluation` reads them back."""
    values: dict[str, Any] = {name: getattr(kept, name) for name in _COLUMNS.split(", ")}
    return list({**values, "tags": json.dumps(kept.tags, ensure_ascii=False)}.values())


def _evaluation(row: Row, number: str = "") -> Evaluation:
    values: dict[str, Any] = {name: row[name] for name in _COLUMNS.split(", ")}
    return Evaluation(**{**values, "tags": tuple(json.loads(row["tags"]))}, number=number)


class Evaluations:
    """The evaluations of one hall, inside one transaction."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx
        self.db, self.hall = tx.db, tx.hall_id

    def add(self, ticket: Ticket, score: int, tags: tuple[str, ...], comment: str, channel: str) -> Evaluation:
        """Keep what was said. Conflict when the ticket has one already."""
        kept = Evaluation(
            ticket.id,
            ticket.business_day,
            score,
            tags,
            comment,
            channel,
            ticket.window_number,
            ticket.clerk,
            ticket.section,
            ticket.item,
            self._tx.now,
        )
        self.db.execute(
            f"INSERT INTO evaluations (hall_id, id, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (self.hall, self._tx.new_id(), *_row(kept)),
        )
        return kept

    def of_ticket(self, ticket_id: int) -> Evaluation | None:
        row = self.db.one(
            f"SELECT {_COLUMNS} FROM evaluations WHERE hall_id = ? AND ticket_id = ?", (self.hall, ticket_id)
        )
        return None if row is None else _evaluation(row)

    def last_finished(self, window: int, business_day: str) -> int | None:
        """The ticket last finished at a window that day, but for those the manager cleared away."""
        found = self.db.value(
            "SELECT id FROM tickets WHERE hall_id = ? AND business_day = ? AND window_number = ?"
            " AND called_at IS NOT NULL AND state = 'done' AND end_reason IS NULL ORDER BY ended_at DESC, id DESC LIMIT 1",
            (self.hall, business_day, window),
        )
        return None if found is None else int(found)

    # What the manager reads; days are business days, both included

    def counts(self, first: str, last: str) -> dict[int, int]:
        """score → how many."""
        rows = self.db.all(
            "SELECT score, COUNT(*) AS times FROM evaluations WHERE hall_id = ? AND business_day BETWEEN ? AND ?"
            " GROUP BY score",
            (self.hall, first, last),
        )
        return {int(row["score"]): int(row["times"]) for row in rows}

    def finished(self, first: str, last: str) -> int:
        """How many services ended in those days: what could have been rated."""
        return int(
            self.db.value(
                "SELECT COUNT(*) FROM tickets WHERE hall_id = ? AND business_day BETWEEN ? AND ? AND state = 'done'",
                (self.hall, first, last),
            )
        )

    def of_windows(self, first: str, last: str, at_least: int) -> list[tuple[int, int, float]]:
        """(window, ratings, mean score) of the windows with at least so many ratings."""
        rows = self.db.all(
            "SELECT window_number, COUNT(*) AS times, SUM(score) AS total FROM evaluations WHERE hall_id = ?"
            " AND business_day BETWEEN ? AND ? AND window_number IS NOT NULL GROUP BY window_number"
            " HAVING COUNT(*) >= ? ORDER BY window_number",
            (self.hall, first, last, at_least),
        )
        return [(int(r["window_number"]), int(r["times"]), int(r["total"]) / int(r["times"])) for r in rows]

    def low(self, first: str, last: str, limit: int) -> list[Evaluation]:
        """Low scores with their numbers, newest first."""
        return self._joined(" AND e.score <= ? ORDER BY e.at DESC, e.id DESC LIMIT ?", first, last, LOW, limit)

    def remarks(self, first: str, last: str, limit: int) -> list[Evaluation]:
        """What contented citizens wrote, newest first."""
        where = " AND e.score > ? AND e.comment <> '' ORDER BY e.at DESC, e.id DESC LIMIT ?"
        return self._joined(where, first, last, LOW, limit)

    def all(self, first: str, last: str) -> list[Evaluation]:
        """Every one with its number, oldest first."""
        return self._joined(" ORDER BY e.at, e.id", first, last)

    def _joined(self, rest: str, first: str, last: str, *more: Any) -> list[Evaluation]:
        columns = ", ".join(f"e.{name} AS {name}" for name in _COLUMNS.split(", "))
        rows = self.db.all(
            f"SELECT {columns}, t.number AS number FROM evaluations e"
            " JOIN tickets t ON t.hall_id = e.hall_id AND t.id = e.ticket_id"
            f" WHERE e.hall_id = ? AND e.business_day BETWEEN ? AND ?{rest}",
            (self.hall, first, last, *more),
        )
        return [_evaluation(row, row["number"]) for row in rows]
