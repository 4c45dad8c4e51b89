"""SQL of courier orders, and what their sender claims."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from server.domain.cases.courier import AT_WORK, COURIER_MOVES, CourierState, CourierUnknown

if TYPE_CHECKING:
    from server.store.db import Row
    from server.store.transaction import Tx

_COLUMNS = (
    "id, case_id, gateway, state, address_box, address_mask, order_no, waybill, slip_file, track, error, attempts,"
    " due_at, created_at, created_by, updated_at"
)
_NAMES = [name.strip() for name in _COLUMNS.split(",")]
_WORK = ", ".join(f"'{state}'" for state in sorted(AT_WORK))


@dataclass(frozen=True, slots=True)
class CourierOrder:
    """A parcel. `track` [{"at": "…", "zh": "…"}] oldest first; times µs UTC; `due_at`: when its sender looks next."""

    id: int
    case_id: int
    gateway: str
    state: CourierState
    address_box: str
    address_mask: str
    order_no: str | None
    waybill: str | None
    slip_file: int | None
    track: tuple[dict[str, str], ...]
    error: str | None
    attempts: int
    due_at: int
    created_at: int
    created_by: str
    updated_at: int


def _order(row: Row) -> CourierOrder:
    values: dict[str, Any] = {name: row[name] for name in _NAMES}
    return CourierOrder(**{**values, "state": CourierState(row["state"]), "track": tuple(json.loads(row["track"]))})


class Couriers:
    """Courier orders of one hall, inside one transaction."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx
        self.db, self.hall = tx.db, tx.hall_id

    def add(self, case_id: int, address: str, mask: str, by: str) -> CourierOrder:
        """A parcel to be ordered; `address` is JSON, sealed here."""
        now, new = self._tx.now, self._tx.new_id()
        box = self._tx.vault.seal(address)
        self.db.execute(
            "INSERT INTO courier_orders (hall_id, id, case_id, gateway, state, address_box, address_mask, due_at, created_at,"
            " created_by, updated_at) VALUES (?, ?, ?, '', ?, ?, ?, ?, ?, ?, ?)",
            (self.hall, new, case_id, str(CourierState.WANTED), box, mask, now, now, by, now),
        )
        return self.get(new)

    def get(self, order_id: int) -> CourierOrder:
        """Raises CourierUnknown."""
        rows = self._all(" AND id = ?", (order_id,))
        if not rows:
            raise CourierUnknown()
        return rows[0]

    def of_case(self, case_id: int) -> CourierOrder | None:
        """The latest of a case."""
        rows = self._all(" AND case_id = ? ORDER BY id DESC LIMIT 1", (case_id,))
        return rows[0] if rows else None

    def next_due(self) -> int | None:
        """When there is something to do next; None when nothing is at work."""
        due: int | None = self.db.value(
            f"SELECT MIN(due_at) FROM courier_orders WHERE hall_id = ? AND state IN ({_WORK})", (self.hall,)
        )
        return due

    def due(self, limit: int) -> list[CourierOrder]:
        """What is to be done now, oldest wish first."""
        return self._all(f" AND state IN ({_WORK}) AND due_at <= ? ORDER BY due_at, id LIMIT ?", (self._tx.now, limit))

    def in_state(self, state: CourierState) -> list[CourierOrder]:
        return self._all(" AND state = ? ORDER BY id", (str(state),))

    def move(self, order: CourierOrder, to: CourierState, **columns: Any) -> CourierOrder | None:
        """To a later state (or its own), setting columns; None when it is elsewhere by now or may not go there."""
        if to != order.state and to not in COURIER_MOVES[order.state]:
            return None
        columns = {**columns, "updated_at": self._tx.now}
        sets = "".join(f", {name} = ?" for name in columns)
        stored = {**columns}
        if "track" in stored:
            stored["track"] = json.dumps(stored["track"], ensure_ascii=False)
        done = self.db.execute(
            f"UPDATE courier_orders SET state = ?{sets} WHERE hall_id = ? AND id = ? AND state = ?",
            (str(to), *stored.values(), self.hall, order.id, str(order.state)),
        )
        return replace(order, state=to, **columns) if done == 1 else None

    def _all(self, where: str, params: Iterable[Any] = ()) -> list[CourierOrder]:
        rows = self.db.all(f"SELECT {_COLUMNS} FROM courier_orders WHERE hall_id = ?{where}", (self.hall, *params))
        return [_order(row) for row in rows]
