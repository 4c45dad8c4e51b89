"""SQL of prechecks: what the guide or the citizen's phone found before the number was called; one a ticket."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from server.domain.cases.record import Ticks
from server.store.chain import to_json

if TYPE_CHECKING:
    from server.store.transaction import Tx


@dataclass(frozen=True, slots=True)
class Precheck:
    """`answers` question → chosen; `situation` where they lead, if they lead that far; `at` µs UTC."""

    ticket_id: int
    item_id: str
    item_version: int
    answers: dict[str, Any]
    situation: str | None
    ticks: Ticks
    note: str
    by_id: str
    by_name: str
    at: int


_COLUMNS = "ticket_id, item_id, item_version, answers, situation, ticks, note, by_id, by_name, at"


class Prechecks:
    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    def put(self, one: Precheck) -> Precheck:
        """Keep it in place of the ticket's former one."""
        names = _COLUMNS.split(", ")
        values = {name: getattr(one, name) for name in names}
        values |= {"answers": to_json(one.answers), "ticks": json.dumps(sorted(one.ticks), ensure_ascii=False)}
        self._tx.db.execute(
            f"INSERT INTO prechecks (hall_id, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            f" ON CONFLICT (hall_id, ticket_id) DO UPDATE SET {', '.join(f'{n} = excluded.{n}' for n in names[1:])}",
            (self._tx.hall_id, *values.values()),
        )
        return one

    def of_ticket(self, ticket_id: int) -> Precheck | None:
        row = self._tx.db.one(
            f"SELECT {_COLUMNS} FROM prechecks WHERE hall_id = ? AND ticket_id = ?", (self._tx.hall_id, ticket_id)
        )
        if row is None:
            return None
        values: dict[str, Any] = {name: row[name] for name in _COLUMNS.split(", ")}
        values["answers"] = json.loads(values["answers"])
        values["ticks"] = frozenset((m, c) for m, c in json.loads(values["ticks"]))
        return Precheck(**values)
