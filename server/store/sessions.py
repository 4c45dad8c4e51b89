"""Staff sessions. Only the SHA-256 of a token is kept, so a stolen database opens nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from server.store.transaction import Tx


@dataclass(frozen=True, slots=True)
class Session:
    """A live session with its account as it is now, so that a role taken away is gone at once."""

    token_hash: str
    csrf: str
    seen_at: int
    username: str
    name: str
    roles: tuple[str, ...]
    windows: tuple[int, ...]
    department: str


class Sessions:
    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    def add(self, token_hash: str, username: str, csrf: str) -> None:
        now = self._tx.now
        self._tx.db.execute(
            "INSERT INTO sessions (token_hash, hall_id, username, csrf, created_at, seen_at) VALUES (?, ?, ?, ?, ?, ?)",
            (token_hash, self._tx.hall_id, username, csrf, now, now),
        )

    def find(self, token_hash: str) -> Session | None:
        """The session, unless it was ended or its account is no longer active."""
        row = self._tx.db.one(
            "SELECT s.csrf, s.seen_at, a.username, a.name, a.roles, a.windows, a.department FROM sessions s"
            " JOIN staff a ON a.hall_id = s.hall_id AND a.username = s.username"
            " WHERE s.token_hash = ? AND s.hall_id = ? AND s.ended_at IS NULL AND a.active = 1",
            (token_hash, self._tx.hall_id),
        )
        if row is None:
            return None
        return Session(
            token_hash=token_hash,
            csrf=row["csrf"],
            seen_at=row["seen_at"],
            username=row["username"],
            name=row["name"],
            roles=tuple(filter(None, row["roles"].split(","))),
            windows=tuple(int(n) for n in row["windows"].split(",") if n),
            department=row["department"],
        )

    def busy_at_window(self, username: str) -> tuple[bool, int]:
        """Whether a window of this clerk has a customer, and when (µs) one of theirs was last worked."""
        row = self._tx.db.one(
            "SELECT COUNT(ticket_id) AS customers, COALESCE(MAX(last_action_at), 0) AS worked_at"
            " FROM windows WHERE hall_id = ? AND clerk = ?",
            (self._tx.hall_id, f"staff:{username}"),
        )
        return (bool(row["customers"]), int(row["worked_at"])) if row else (False, 0)

    def touch(self, token_hash: str, at: int) -> None:
        self._tx.db.execute(
            "UPDATE sessions SET seen_at = ? WHERE token_hash = ? AND hall_id = ? AND seen_at < ?",
            (at, token_hash, self._tx.hall_id, at),
        )

    def end(self, token_hash: str, at: int) -> bool:
        return bool(
            self._tx.db.execute(
                "UPDATE sessions SET ended_at = ? WHERE token_hash = ? AND hall_id = ? AND ended_at IS NULL",
                (at, token_hash, self._tx.hall_id),
            )
        )

    def end_all_of(self, username: str, at: int) -> int:
        """After a new password or when an account is closed. Returns how many were ended."""
        return self._tx.db.execute(
            "UPDATE sessions SET ended_at = ? WHERE hall_id = ? AND username = ? AND ended_at IS NULL",
            (at, self._tx.hall_id, username),
        )

    def prune(self, before: int) -> int:
        """Forget sessions not seen since `before` (µs UTC)."""
        return self._tx.db.execute("DELETE FROM sessions WHERE hall_id = ? AND seen_at < ?", (self._tx.hall_id, before))
