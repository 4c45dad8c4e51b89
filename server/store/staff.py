"""Staff accounts: who they are, what they may do, and how often they mistyped their password."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from server.store.transaction import Tx


@dataclass(frozen=True, slots=True)
class Account:
    """A row of the staff table. `roles` and `windows` are parsed; times are µs UTC."""

    username: str
    name: str
    roles: tuple[str, ...]
    windows: tuple[int, ...]
    department: str
    password_hash: str
    active: bool
    failures: int
    locked_until: int
    created_at: int


COLUMNS = "username, name, roles, windows, department, password_hash, active, failures, locked_until, created_at"


def _account(row: Any) -> Account:
    return Account(
        username=row["username"],
        name=row["name"],
        roles=tuple(filter(None, row["roles"].split(","))),
        windows=tuple(int(n) for n in row["windows"].split(",") if n),
        department=row["department"],
        password_hash=row["password_hash"],
        active=bool(row["active"]),
        failures=row["failures"],
        locked_until=row["locked_until"],
        created_at=row["created_at"],
    )


class Staff:
    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    def find(self, username: str) -> Account | None:
        row = self._tx.db.one(
            f"SELECT {COLUMNS} FROM staff WHERE hall_id = ? AND username = ?", (self._tx.hall_id, username)
        )
        return _account(row) if row else None

    def all(self) -> list[Account]:
        rows = self._tx.db.all(f"SELECT {COLUMNS} FROM staff WHERE hall_id = ? ORDER BY username", (self._tx.hall_id,))
        return [_account(row) for row in rows]

    def closed(self) -> set[str]:
        """Actor ids of the accounts that were closed."""
        rows = self._tx.db.all("SELECT username FROM staff WHERE hall_id = ? AND active = 0", (self._tx.hall_id,))
        return {f"staff:{row[0]}" for row in rows}

    def add(
        self,
        username: str,
        name: str,
        roles: Iterable[str],
        windows: Iterable[int],
        password_hash: str,
        department: str = "",
    ) -> bool:
        """False when the user name is taken; nothing is changed then."""
        return bool(
            self._tx.db.execute(
                "INSERT INTO staff (hall_id, username, name, roles, windows, password_hash, department, created_at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (hall_id, username) DO NOTHING",
                (
                    self._tx.hall_id,
                    username,
                    name,
                    ",".join(roles),
                    ",".join(map(str, windows)),
                    password_hash,
                    department,
                    self._tx.now,
                ),
            )
        )

    def set_duties(
        self, username: str, name: str, roles: Iterable[str], windows: Iterable[int], department: str = ""
    ) -> None:
        self._tx.db.execute(
            "UPDATE staff SET name = ?, roles = ?, windows = ?, department = ? WHERE hall_id = ? AND username = ?",
            (name, ",".join(roles), ",".join(map(str, windows)), department, self._tx.hall_id, username),
        )

    def set_password(self, username: str, password_hash: str) -> None:
        """Also opens a locked account: whoever set the password means it to be used."""
        self._tx.db.execute(
            "UPDATE staff SET password_hash = ?, failures = 0, locked_until = 0 WHERE hall_id = ? AND username = ?",
            (password_hash, self._tx.hall_id, username),
        )

    def set_active(self, username: str, active: bool) -> None:
        self._tx.db.execute(
            "UPDATE staff SET active = ? WHERE hall_id = ? AND username = ?",
            (int(active), self._tx.hall_id, username),
        )

    def failed(self, username: str, limit: int, locked_until: int) -> int:
        """Count a wrong password; the `limit`-th in a row locks the account. Returns failures so far."""
        self._tx.db.execute(
            "UPDATE staff SET failures = failures + 1,"
            " locked_until = CASE WHEN failures + 1 >= ? THEN ? ELSE locked_until END"
            " WHERE hall_id = ? AND username = ?",
            (limit, locked_until, self._tx.hall_id, username),
        )
        account = self.find(username)
        return account.failures if account else 0

    def forgive(self, username: str) -> None:
        """Start counting wrong passwords anew."""
        self._tx.db.execute(
            "UPDATE staff SET failures = 0, locked_until = 0 WHERE hall_id = ? AND username = ?"
            " AND (failures > 0 OR locked_until > 0)",
            (self._tx.hall_id, username),
        )
