"""SQL of ratings of a case (好差评 after the result was issued): one a case."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from server.domain.cases.issue import AT_THE_WINDOW

if TYPE_CHECKING:
    from server.store.db import Row
    from server.store.transaction import Tx

_COLUMNS = "case_id, day, score, tags, comment, channel, department, owner, item_id, at"


@dataclass(frozen=True, slots=True)
class CaseEvaluation:
    """What a citizen said of a case; `day` is the day it was issued, `at` µs UTC."""

    case_id: int
    day: str
    score: int
    tags: tuple[str, ...]
    comment: str
    channel: str
    department: str
    owner: str | None
    item_id: str
    at: int


def _evaluation(row: Row) -> CaseEvaluation:
    values: dict[str, Any] = {name: row[name] for name in _COLUMNS.split(", ")}
    return CaseEvaluation(**{**values, "tags": tuple(json.loads(row["tags"]))})


class CaseEvaluations:
    """Ratings of cases of one hall, inside one transaction."""

    def __init__(self, tx: Tx) -> None:
        self.db, self.hall = tx.db, tx.hall_id

    def add(self, said: CaseEvaluation) -> None:
        """Conflict when the case has one."""
        values: dict[str, Any] = {name: getattr(said, name) for name in _COLUMNS.split(", ")}
        values["tags"] = json.dumps(said.tags, ensure_ascii=False)
        self.db.execute(
            f"INSERT INTO case_evaluations (hall_id, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (self.hall, *values.values()),
        )

    def of_case(self, case_id: int) -> CaseEvaluation | None:
        row = self.db.one(
            f"SELECT {_COLUMNS} FROM case_evaluations WHERE hall_id = ? AND case_id = ?", (self.hall, case_id)
        )
        return None if row is None else _evaluation(row)

    def of_days(self, first: str, last: str) -> list[CaseEvaluation]:
        """Of cases issued in those days, both included; newest first."""
        rows = self.db.all(
            f"SELECT {_COLUMNS} FROM case_evaluations WHERE hall_id = ? AND day BETWEEN ? AND ? ORDER BY at DESC, case_id DESC",
            (self.hall, first, last),
        )
        return [_evaluation(row) for row in rows]

    def issued(self, since: int, until: int) -> int:
        """Matters whose result reached the citizen then, times µs; without those handed out in the visit that brought
        them, which are rated as the visit."""
        return int(
            self.db.value(
                "SELECT COUNT(*) FROM cases WHERE hall_id = ? AND parent_id IS NULL AND state IN ('collected', 'closed')"
                " AND ended_at >= ? AND ended_at < ? AND NOT EXISTS (SELECT 1 FROM case_results r WHERE"
                " r.hall_id = cases.hall_id AND r.case_id = cases.id AND (r.proof = ? OR r.state = 'returned'))",
                (self.hall, since, until, AT_THE_WINDOW),
            )
        )
