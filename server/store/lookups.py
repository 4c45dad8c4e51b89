"""SQL of wrong tries: at a case's progress, and at pickup codes of a window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from server.domain.cases.tries import Tries

if TYPE_CHECKING:
    from server.store.transaction import Tx


class Lookups:
    """`subject` is a fingerprint or "<what>:<id>", never a code in clear."""

    def __init__(self, tx: Tx) -> None:
        self.db, self.hall = tx.db, tx.hall_id

    def of(self, subject: str) -> Tries:
        row = self.db.one(
            "SELECT tries, last_at, locked_until FROM lookup_tries WHERE hall_id = ? AND subject = ?",
            (self.hall, subject),
        )
        return Tries() if row is None else Tries(int(row[0]), int(row[1]), int(row[2]))

    def put(self, subject: str, tries: Tries) -> None:
        self.db.execute(
            "INSERT INTO lookup_tries (hall_id, subject, tries, last_at, locked_until) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (hall_id, subject) DO UPDATE SET tries = excluded.tries, last_at = excluded.last_at,"
            " locked_until = excluded.locked_until",
            (self.hall, subject, tries.tries, tries.last_at, tries.locked_until),
        )

    def forgive(self, subject: str) -> None:
        self.db.execute("DELETE FROM lookup_tries WHERE hall_id = ? AND subject = ?", (self.hall, subject))

    def prune(self, before: int) -> int:
        """Forget what was tried last before then and is not locked; how many."""
        return self.db.execute(
            "DELETE FROM lookup_tries WHERE hall_id = ? AND last_at < ? AND locked_until < ?",
            (self.hall, before, before),
        )
