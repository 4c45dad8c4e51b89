"""SQL of prechecks: what the guide or the citizen's phone found before the number was called; one a ticket, a row an item."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from server.domain.cases.record import Ticks
from server.domain.json_text import to_json

if TYPE_CHECKING:
    from server.store.db import Row
    from server.store.transaction import Tx


@dataclass(frozen=True, slots=True)
class Precheck:
    """What was found of one item. `bundle`: the 一件事 it is part of. `answers` question → chosen; `situation` where they
    lead, if they lead that far; `ticks` as the item itself calls them; `at` µs UTC."""

    ticket_id: int
    item_id: str
    bundle: str | None
    item_version: int
    answers: dict[str, Any]
    situation: str | None
    ticks: Ticks
    note: str
    by_id: str
    by_name: str
    at: int


_NAMES = tuple(field.name for field in fields(Precheck))
_COLUMNS = ", ".join(_NAMES)


class Prechecks:
    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    def put(self, ticket_id: int, parts: Sequence[Precheck]) -> None:
        """Keep them in place of the ticket's former ones."""
        self._tx.db.execute("DELETE FROM prechecks WHERE hall_id = ? AND ticket_id = ?", (self._tx.hall_id, ticket_id))
        for one in parts:
            values: dict[str, Any] = {name: getattr(one, name) for name in _NAMES}
            values |= {"answers": to_json(one.answers), "ticks": json.dumps(sorted(one.ticks), ensure_ascii=False)}
            self._tx.db.execute(
                f"INSERT INTO prechecks (hall_id, {_COLUMNS}) VALUES (?{', ?' * len(_NAMES)})",
                (self._tx.hall_id, *values.values()),
            )

    def of_ticket(self, ticket_id: int) -> list[Precheck]:
        """One, or one an item of the bundle; none where nothing was found."""
        rows = self._tx.db.all(
            f"SELECT {_COLUMNS} FROM prechecks WHERE hall_id = ? AND ticket_id = ? ORDER BY item_id",
            (self._tx.hall_id, ticket_id),
        )
        return [_precheck(row) for row in rows]

    def bundle_of(self, ticket_id: int, item_id: str | None) -> str | None:
        """The bundle a ticket was taken for, as long as it is still about an item of it."""
        if item_id is None:
            return None
        row = self._tx.db.one(
            "SELECT bundle FROM prechecks WHERE hall_id = ? AND ticket_id = ? AND item_id = ?",
            (self._tx.hall_id, ticket_id, item_id),
        )
        return None if row is None else row["bundle"]

    def bundles_of(self, items: Mapping[int, str | None]) -> dict[int, str]:
        """Of these tickets and the items they are about, those taken for a bundle."""
        if not items:
            return {}
        rows = self._tx.db.all(
            "SELECT ticket_id, item_id, bundle FROM prechecks WHERE hall_id = ? AND bundle IS NOT NULL"
            f" AND ticket_id IN ({', '.join('?' * len(items))})",
            (self._tx.hall_id, *items),
        )
        return {row["ticket_id"]: row["bundle"] for row in rows if items[row["ticket_id"]] == row["item_id"]}


def _precheck(row: Row) -> Precheck:
    values: dict[str, Any] = {name: row[name] for name in _NAMES}
    values["answers"] = json.loads(values["answers"])
    values["ticks"] = frozenset((m, c) for m, c in json.loads(values["ticks"]))
    return Precheck(**values)
