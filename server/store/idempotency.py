"""Answers already given, by (actor, Idempotency-Key): a retried command gets the same answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from server.store.transaction import Tx


class Idempotency:
    """Kept answers of a hall. `body_hash` is the hash of the request's body, `body` the answer's JSON text, sealed."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    def find(self, actor: str, key: str) -> tuple[str, int, str] | None:
        """(body_hash, status, body) of the answer given before, or None."""
        row = self._tx.db.one(
            "SELECT body_hash, status, body FROM idempotency WHERE hall_id = ? AND actor = ? AND key = ?",
            (self._tx.hall_id, actor, key),
        )
        return None if row is None else (row[0], row[1], row[2])

    def add(self, actor: str, key: str, body_hash: str, status: int, body: str) -> None:
        """Keep an answer. Conflict when one is kept under that key."""
        self._tx.db.execute(
            "INSERT INTO idempotency (hall_id, actor, key, body_hash, status, body, at) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (self._tx.hall_id, actor, key, body_hash, status, body, self._tx.now),
        )

    def prune(self, before: int) -> int:
        """Forget answers given before that time (microseconds UTC); how many."""
        return self._tx.db.execute("DELETE FROM idempotency WHERE hall_id = ? AND at < ?", (self._tx.hall_id, before))
