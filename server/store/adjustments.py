"""SQL of requests to change published items (动态调整)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from server.domain.catalogue.adjustment import (
    ADJUSTMENT_MOVES,
    ADJUSTMENT_WORDS,
    About,
    Adjustment,
    AdjustmentAnswered,
    AdjustmentState,
    AdjustmentUnknown,
    Flaw,
)

if TYPE_CHECKING:
    from server.store.db import Row
    from server.store.transaction import Tx

COLUMNS = (
    "id, item_id, version, flaw, about, text, law, law_from, due_day, state, asked_at, asked_by, asked_by_name, asked_from,"
    " answer, answered_at, answered_by_name, draft"
)
MOST = 100


def _of(row: Row) -> Adjustment:
    values = {name: row[name] for name in COLUMNS.split(", ")}
    return Adjustment(
        **{
            **values,
            "flaw": Flaw(row["flaw"]),
            "about": About(row["about"]),
            "state": AdjustmentState(row["state"]),
            "law_from": date.fromisoformat(row["law_from"]) if row["law_from"] else None,
            "due_day": date.fromisoformat(row["due_day"]),
        }
    )


class Adjustments:
    """The requests of one hall, inside one transaction."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx
        self.db, self.hall = tx.db, tx.hall_id

    def add(self, **values: Any) -> Adjustment:
        """A new one, open. `values`: its columns but id, state and what an answer sets."""
        found = {"id": self._tx.new_id(), **values}
        marks = ", ".join("?" * (len(found) + 1))
        self.db.execute(
            f"INSERT INTO adjustments (hall_id, {', '.join(found)}) VALUES ({marks})", (self.hall, *found.values())
        )
        return self.get(found["id"])

    def get(self, adjustment_id: int) -> Adjustment:
        """Raises AdjustmentUnknown."""
        found = self._all(" AND id = ?", adjustment_id)
        if not found:
            raise AdjustmentUnknown()
        return found[0]

    def waiting(self) -> list[Adjustment]:
        """Open ones, due first."""
        return self._all(" AND state = 'open' ORDER BY due_day, id")

    def late(self, today: str) -> list[Adjustment]:
        """Open ones whose day is past, the oldest first."""
        return self._all(" AND state = 'open' AND due_day < ? ORDER BY due_day, id", today)

    def asked_by(self, staff: str) -> list[Adjustment]:
        """One's own, the last first."""
        return self._all(f" AND asked_by = ? ORDER BY id DESC LIMIT {MOST}", staff)

    def of_item(self, item_id: str) -> list[Adjustment]:
        """Of an item, the last first."""
        return self._all(f" AND item_id = ? ORDER BY id DESC LIMIT {MOST}", item_id)

    def move(self, one: Adjustment, to: AdjustmentState, **more: Any) -> Adjustment:
        """Raises AdjustmentAnswered where the move is not allowed, or somebody made another meanwhile."""
        values = {"state": to.value, **more}
        sets = ", ".join(f"{name} = ?" for name in values)
        moved = to in ADJUSTMENT_MOVES[one.state] and self.db.execute(
            f"UPDATE adjustments SET {sets} WHERE hall_id = ? AND id = ? AND state = ?",
            (*values.values(), self.hall, one.id, one.state.value),
        )
        if not moved:
            zh, en = ADJUSTMENT_WORDS[self.get(one.id).state]
            raise AdjustmentAnswered(state_zh=zh, state_en=en)
        return self.get(one.id)

    def taken_into(self, item_id: str, version: int) -> list[Adjustment]:
        """Accepted ones that this version is to fulfil."""
        return self._all(" AND item_id = ? AND draft = ? AND state = 'accepted' ORDER BY id", item_id, version)

    def _all(self, where: str, *values: Any) -> list[Adjustment]:
        return [
            _of(row)
            for row in self.db.all(f"SELECT {COLUMNS} FROM adjustments WHERE hall_id = ?{where}", (self.hall, *values))
        ]
