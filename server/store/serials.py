"""SQL of the serials in unified case codes (统一申报编码): never given twice, not even after a backup was restored.

A restored database has forgotten the codes given since its backup; whoever restores it gives the hall another epoch. From
then on every serial that was counted before, or whose day or year was under way, goes on past a gap. The gap's width
comes from the epoch, so that the same backup restored twice does not go on from the same place.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from server.domain.codes import serial_gap

if TYPE_CHECKING:
    from server.store.transaction import Tx


class Serials:
    """The serials of one hall, inside one transaction. A scope is a year, or a national item code and a day."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx
        self.db, self.hall = tx.db, tx.hall_id

    def next(self, scope: str, began: date, digits: int) -> int:
        """The next serial of a scope whose year or day began then, from 1; of so many digits, or one more at the end."""
        epoch = self._tx.hall.epoch
        known = self.db.one("SELECT last, epoch FROM case_serials WHERE hall_id = ? AND scope = ?", (self.hall, scope))
        last = 0 if known is None else int(known["last"])
        forgotten = self._noted(epoch) >= began.isoformat() if known is None else known["epoch"] != epoch
        last += 1 + (serial_gap(epoch, digits) if forgotten else 0)
        self.db.execute(
            "INSERT INTO case_serials (hall_id, scope, last, epoch) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (hall_id, scope) DO UPDATE SET last = excluded.last, epoch = excluded.epoch",
            (self.hall, scope, last, epoch),
        )
        return last

    def _noted(self, epoch: str) -> str:
        """The day (ISO) on which this epoch was first met here; "" for the one the hall began with."""
        day = self.db.value("SELECT since_day FROM hall_epochs WHERE hall_id = ? AND epoch = ?", (self.hall, epoch))
        if day is None:
            day = self._tx.rules.day.isoformat()
            self.db.execute(
                "INSERT INTO hall_epochs (hall_id, epoch, since_day) VALUES (?, ?, ?)", (self.hall, epoch, day)
            )
        return str(day)
