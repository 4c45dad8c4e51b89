"""Who signed in, read or changed personal data: its own hash chain, off the hall's lock."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from server.domain.json_text import to_json
from server.store.chain import link

if TYPE_CHECKING:
    from server.store.transaction import Tx


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One line of the audit; `at` in microseconds UTC."""

    seq: int
    at: int
    actor: str
    action: str
    subject: str
    data: dict[str, Any]


class Audit:
    """The hall's audit log."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    def add(self, actor_id: str, action: str, subject: str, data: dict[str, Any] | None = None) -> int:
        """Write one line; its seq. The chain's row is locked until the transaction ends."""
        tx = self._tx
        head = tx.db.one(
            "INSERT INTO audit_chain (hall_id, seq, hash) VALUES (?, 1, '')"
            " ON CONFLICT (hall_id) DO UPDATE SET seq = audit_chain.seq + 1 RETURNING seq, hash",
            (tx.hall_id,),
        )
        assert head is not None
        seq, previous = head[0], head[1]
        body = to_json(data or {})
        digest = link(previous, tx.hall_id, seq, tx.now, actor_id, action, subject, body)
        tx.db.execute(
            "INSERT INTO audit (hall_id, seq, at, actor, action, subject, data, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (tx.hall_id, seq, tx.now, actor_id, action, subject, body, digest),
        )
        tx.db.execute("UPDATE audit_chain SET hash = ? WHERE hall_id = ?", (digest, tx.hall_id))
        return int(seq)

    def after(self, seq: int, limit: int = 200) -> list[AuditEntry]:
        """Lines newer than `seq`, oldest first."""
        rows = self._tx.db.all(
            "SELECT seq, at, actor, action, subject, data FROM audit WHERE hall_id = ? AND seq > ? ORDER BY seq LIMIT ?",
            (self._tx.hall_id, seq, limit),
        )
        return [AuditEntry(r[0], r[1], r[2], r[3], r[4], json.loads(r[5])) for r in rows]

    def newest(self, limit: int = 200) -> list[AuditEntry]:
        """The last lines, newest first."""
        rows = self._tx.db.all(
            "SELECT seq, at, actor, action, subject, data FROM audit WHERE hall_id = ? ORDER BY seq DESC LIMIT ?",
            (self._tx.hall_id, limit),
        )
        return [AuditEntry(r[0], r[1], r[2], r[3], r[4], json.loads(r[5])) for r in rows]
