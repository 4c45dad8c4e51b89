"""SQL of reminders (督办): who was reminded of which case, and when they saw it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from server.store.db import Row
    from server.store.transaction import Tx

_COLUMNS = "id, case_id, kind, level, recipient, day, at, seen_at, seen_by, by_id, note"


@dataclass(frozen=True, slots=True)
class Reminder:
    """`recipient` is "staff:<username>", "department:<name>", "head:<department>" or "manager"; times µs UTC.

    `kind` is a ReminderKind, for somebody's own urging with a number behind it ("urged:2").
    """

    id: int
    case_id: int
    kind: str
    level: str
    recipient: str
    day: str
    at: int
    seen_at: int | None
    seen_by: str | None
    by_id: str
    note: str


def _reminder(row: Row) -> Reminder:
    return Reminder(**{name: row[name] for name in _COLUMNS.split(", ")})


class Reminders:
    """The reminders of one hall, inside one transaction."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx
        self.db, self.hall = tx.db, tx.hall_id

    def add(
        self, case_id: int, kind: str, level: str, recipient: str, day: str, by: str = "system", note: str = ""
    ) -> bool:
        """False when that one was given before."""
        tx = self._tx
        known = self.db.value(
            "SELECT 1 FROM case_reminders WHERE hall_id = ? AND case_id = ? AND kind = ? AND level = ? AND recipient = ?",
            (self.hall, case_id, kind, level, recipient),
        )
        if known is not None:
            return False
        self.db.execute(
            f"INSERT INTO case_reminders (hall_id, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL, ?, ?)",
            (self.hall, tx.new_id(), case_id, kind, level, recipient, day, tx.now, by, note),
        )
        return True

    def of_case(self, case_id: int) -> list[Reminder]:
        return self._all(" AND case_id = ? ORDER BY id", (case_id,))

    def of_cases(self, case_ids: Sequence[int]) -> dict[int, list[Reminder]]:
        """case → its reminders, oldest first."""
        found: dict[int, list[Reminder]] = {case: [] for case in case_ids}
        for start in range(0, len(case_ids), 500):
            part = case_ids[start : start + 500]
            marks = ", ".join("?" * len(part))
            for one in self._all(f" AND case_id IN ({marks}) ORDER BY id", part):
                found[one.case_id].append(one)
        return found

    def given(self, case_ids: Sequence[int]) -> set[tuple[int, str, str]]:
        """(case, kind, level) of what was given about these cases."""
        found: set[tuple[int, str, str]] = set()
        for start in range(0, len(case_ids), 500):
            part = case_ids[start : start + 500]
            marks = ", ".join("?" * len(part))
            rows = self.db.all(
                f"SELECT DISTINCT case_id, kind, level FROM case_reminders WHERE hall_id = ? AND case_id IN ({marks})",
                (self.hall, *part),
            )
            found |= {(int(row[0]), row[1], row[2]) for row in rows}
        return found

    def of_recipients(self, recipients: Sequence[str], limit: int = 100) -> list[Reminder]:
        """Unseen first, then newest."""
        marks = ", ".join("?" * len(recipients))
        return self._all(
            f" AND recipient IN ({marks}) ORDER BY CASE WHEN seen_at IS NULL THEN 0 ELSE 1 END, id DESC LIMIT ?",
            (*recipients, limit),
        )

    def find(self, reminder_id: int) -> Reminder | None:
        rows = self._all(" AND id = ?", (reminder_id,))
        return rows[0] if rows else None

    def seen(self, reminder_id: int, by: str) -> bool:
        """False when it was seen before."""
        return 1 == self.db.execute(
            "UPDATE case_reminders SET seen_at = ?, seen_by = ? WHERE hall_id = ? AND id = ? AND seen_at IS NULL",
            (self._tx.now, by, self.hall, reminder_id),
        )

    def _all(self, where: str, params: Iterable[Any]) -> list[Reminder]:
        rows = self.db.all(f"SELECT {_COLUMNS} FROM case_reminders WHERE hall_id = ?{where}", (self.hall, *params))
        return [_reminder(row) for row in rows]
