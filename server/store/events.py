"""What happened in the hall: append-only, no personal fields, gapless `seq`, hash-chained."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from server.domain.json_text import from_json, to_json
from server.store.chain import link
from server.store.db import Row

if TYPE_CHECKING:
    from server.store.transaction import Tx

_COLUMNS = "seq, at, type, ticket_id, window_number, data"


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened; `at` in microseconds UTC. The event before it has seq − 1."""

    seq: int
    at: int
    type: str
    ticket: int | None
    window: int | None
    data: dict[str, Any]


def _event(row: Row) -> Event:
    return Event(row[0], row[1], row[2], row[3], row[4], from_json(row[5]))


class Events:
    """The hall's event log."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    def append(self, type: str, data: dict[str, Any], *, ticket: int | None = None, window: int | None = None) -> int:
        """Write one event, at the step's time; its seq."""
        tx = self._tx
        hall = tx.locked_hall
        seq = hall.seq + 1
        body = to_json(data)
        digest = link(hall.event_hash, tx.hall_id, seq, tx.now, type, ticket, window, body)
        tx.db.execute(
            "INSERT INTO events (hall_id, seq, at, type, ticket_id, window_number, data, hash)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (tx.hall_id, seq, tx.now, type, ticket, window, body, digest),
        )
        hall.seq, hall.event_hash = seq, digest
        return seq

    def last_seq(self) -> int:
        """The seq of the newest event; 0 before the first."""
        return self._tx.hall.seq

    def after(self, seq: int, limit: int = 200) -> list[Event]:
        """Events newer than `seq`, oldest first."""
        rows = self._tx.db.all(
            f"SELECT {_COLUMNS} FROM events WHERE hall_id = ? AND seq > ? ORDER BY seq LIMIT ?",
            (self._tx.hall_id, seq, limit),
        )
        return [_event(row) for row in rows]

    def of_ticket(self, ticket: int) -> list[Event]:
        """A ticket's story, oldest first."""
        rows = self._tx.db.all(
            f"SELECT {_COLUMNS} FROM events WHERE hall_id = ? AND ticket_id = ? ORDER BY seq",
            (self._tx.hall_id, ticket),
        )
        return [_event(row) for row in rows]
