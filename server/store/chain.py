"""Hash chains: each row of a log carries a hash over itself and the one before, so a changed log shows."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from server.domain.json_text import to_bytes
from server.store.db import Row

if TYPE_CHECKING:
    from server.store.transaction import Tx

_PAGE = 1000


def link(previous: str, *fields: Any) -> str:
    """The hash of a row, given the hash of the row before ('' for the first)."""
    return hashlib.sha256(to_bytes([previous, *fields])).hexdigest()


@dataclass(frozen=True, slots=True)
class ChainReport:
    """`broken_at`: log name → first seq that does not fit; empty = both logs are as they were written."""

    events: int
    audit: int
    broken_at: dict[str, int]

    @property
    def intact(self) -> bool:
        return not self.broken_at


def verify_chain(rx: Tx) -> ChainReport:
    """Walk both logs of a hall from the first row to the heads kept in `hall` and `audit_chain`."""
    broken: dict[str, int] = {}
    hall = rx.hall
    events = _walk(rx, "events", "at, type, ticket_id, window_number, data", hall.seq, hall.event_hash, broken)
    head = rx.db.one("SELECT seq, hash FROM audit_chain WHERE hall_id = ?", (rx.hall_id,))
    last, end = (head[0], head[1]) if head is not None else (0, "")
    audit = _walk(rx, "audit", "at, actor, action, subject, data", last, end, broken)
    return ChainReport(events, audit, broken)


def _walk(rx: Tx, table: str, columns: str, last: int, end: str, broken: dict[str, int]) -> int:
    """Rows seen before the first that does not fit, or all of them."""
    seen, expected, previous = 0, 0, ""
    while True:
        rows: list[Row] = rx.db.all(
            f"SELECT seq, hash, {columns} FROM {table} WHERE hall_id = ? AND seq > ? ORDER BY seq LIMIT {_PAGE}",
            (rx.hall_id, expected),
        )
        for row in rows:
            seq, found, *fields = row
            if seq != expected + 1 or found != link(previous, rx.hall_id, seq, *fields):
                broken[table] = expected + 1
                return seen
            seen, expected, previous = seen + 1, seq, found
        if len(rows) < _PAGE:
            break
    if expected != last or previous != end:
        broken[table] = expected + 1
    return seen
