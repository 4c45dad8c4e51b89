"""What the manager should know now: one open alarm a (kind, subject)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from server.store.db import Row

if TYPE_CHECKING:
    from server.store.transaction import Tx

_COLUMNS = "id, kind, subject, data, raised_at, seen_by"


@dataclass(frozen=True, slots=True)
class Alarm:
    """An alarm not yet cleared; `raised_at` in microseconds UTC; `seen_by` an actor's name."""

    id: int
    kind: str
    subject: str
    data: dict[str, Any]
    raised_at: int
    seen_by: str | None


def _alarm(row: Row) -> Alarm:
    return Alarm(row[0], row[1], row[2], json.loads(row[3]), row[4], row[5])


class Alarms:
    """The hall's alarms. Writes no events: the step that raises or clears one appends what screens should see."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    def open(self, kind: str, subject: str, data: dict[str, Any] | None = None) -> Alarm | None:
        """Raise an alarm; None when that one is open already (its data stays)."""
        if self.find(kind, subject) is not None:
            return None
        tx = self._tx
        alarm = Alarm(tx.new_id(), kind, subject, data or {}, tx.now, None)
        tx.db.execute(
            "INSERT INTO alarms (hall_id, id, kind, subject, data, raised_at) VALUES (?, ?, ?, ?, ?, ?)",
            (tx.hall_id, alarm.id, kind, subject, json.dumps(alarm.data, ensure_ascii=False), tx.now),
        )
        return alarm

    def clear(self, kind: str, subject: str) -> Alarm | None:
        """End an alarm; the alarm, or None when none was open."""
        alarm = self.find(kind, subject)
        if alarm is not None:
            self._tx.db.execute(
                "UPDATE alarms SET cleared_at = ? WHERE hall_id = ? AND id = ?",
                (self._tx.now, self._tx.hall_id, alarm.id),
            )
        return alarm

    def find(self, kind: str, subject: str) -> Alarm | None:
        """The open alarm of that kind about that subject."""
        row = self._tx.db.one(
            f"SELECT {_COLUMNS} FROM alarms WHERE hall_id = ? AND kind = ? AND subject = ? AND cleared_at IS NULL",
            (self._tx.hall_id, kind, subject),
        )
        return None if row is None else _alarm(row)

    def current(self) -> list[Alarm]:
        """All open alarms, newest first."""
        rows = self._tx.db.all(
            f"SELECT {_COLUMNS} FROM alarms WHERE hall_id = ? AND cleared_at IS NULL ORDER BY raised_at DESC, id DESC",
            (self._tx.hall_id,),
        )
        return [_alarm(row) for row in rows]

    def seen(self, id: int, by: str) -> bool:
        """Note who saw it first; False when there is no such open alarm or it was seen before."""
        return (
            self._tx.db.execute(
                "UPDATE alarms SET seen_by = ? WHERE hall_id = ? AND id = ? AND cleared_at IS NULL AND seen_by IS NULL",
                (by, self._tx.hall_id, id),
            )
            == 1
        )
