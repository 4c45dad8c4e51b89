"""SQL of ratings of a case (好差评 after the result was issued): one a case."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
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
        if row is None:
            return None
        values: dict[str, Any] = {name: row[name] for name in _COLUMNS.split(", ")}
        return CaseEvaluation(**{**values, "tags": tuple(json.loads(row["tags"]))})
