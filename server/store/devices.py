"""Paired screens: kiosks, displays and pads. One row from the first code to revocation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from server.store.transaction import Tx

COLUMNS = (
    "id, role, name, area, pairing_code, pairing_expires, token_hash, csrf, created_at, paired_at, paired_by,"
    " seen_at, revoked_at, window_number"
)


@dataclass(frozen=True, slots=True)
class Device:
    """A row of the devices table; times are µs UTC.

    Before it is paired `token_hash` is NULL and `csrf` holds the hash of the pairing secret. A paired device whose
    screen has not fetched its token yet has `paired_at` but no `token_hash`.
    """

    id: str
    role: str
    name: str
    area: str | None
    pairing_code: str | None
    pairing_expires: int | None
    token_hash: str | None
    csrf: str | None
    created_at: int
    paired_at: int | None
    paired_by: str | None
    seen_at: int | None
    revoked_at: int | None
    window_number: int | None = None  # a pad's


def _device(row: Any) -> Device:
    return Device(**{name.strip(): row[name.strip()] for name in COLUMNS.split(",")})


class Devices:
    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    def _one(self, where: str, params: tuple[Any, ...]) -> Device | None:
        row = self._tx.db.one(
            f"SELECT {COLUMNS} FROM devices WHERE hall_id = ? AND {where}", (self._tx.hall_id, *params)
        )
        return _device(row) if row else None

    def find(self, device_id: str) -> Device | None:
        return self._one("id = ?", (device_id,))

    def by_token(self, token_hash: str) -> Device | None:
        return self._one("token_hash = ? AND revoked_at IS NULL", (token_hash,))

    def by_code(self, code: str, now: int) -> Device | None:
        """The screen that shows this code and is not paired yet."""
        return self._one(
            "pairing_code = ? AND pairing_expires > ? AND paired_at IS NULL AND revoked_at IS NULL", (code, now)
        )

    def all(self) -> list[Device]:
        """Paired and revoked ones, newest first; screens that only asked for a code are left out."""
        rows = self._tx.db.all(
            f"SELECT {COLUMNS} FROM devices WHERE hall_id = ? AND paired_at IS NOT NULL ORDER BY paired_at DESC, id",
            (self._tx.hall_id,),
        )
        return [_device(row) for row in rows]

    def ask(self, device_id: str, role: str, name: str, code: str, secret_hash: str, expires: int) -> None:
        """A new screen shows its code."""
        self._tx.db.execute(
            "INSERT INTO devices (hall_id, id, role, name, pairing_code, pairing_expires, csrf, created_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (self._tx.hall_id, device_id, role, name, code, expires, secret_hash, self._tx.now),
        )

    def pair(
        self, device_id: str, role: str, name: str, area: str | None, window: int | None, by: str, expires: int
    ) -> bool:
        """Somebody typed the code; the screen has until `expires` to fetch its token. `window`: whose pad it is."""
        return bool(
            self._tx.db.execute(
                "UPDATE devices SET role = ?, name = ?, area = ?, window_number = ?, paired_at = ?, paired_by = ?,"
                " pairing_code = NULL, pairing_expires = ? WHERE hall_id = ? AND id = ? AND paired_at IS NULL",
                (role, name, area, window, self._tx.now, by, expires, self._tx.hall_id, device_id),
            )
        )

    def arm(self, device_id: str, token_hash: str, csrf: str) -> bool:
        """Give a paired screen its token, once."""
        return bool(
            self._tx.db.execute(
                "UPDATE devices SET token_hash = ?, csrf = ?, pairing_expires = NULL, seen_at = ?"
                " WHERE hall_id = ? AND id = ? AND paired_at IS NOT NULL AND token_hash IS NULL"
                " AND revoked_at IS NULL",
                (token_hash, csrf, self._tx.now, self._tx.hall_id, device_id),
            )
        )

    def touch(self, device_id: str, at: int) -> None:
        self._tx.db.execute(
            "UPDATE devices SET seen_at = ? WHERE hall_id = ? AND id = ?", (at, self._tx.hall_id, device_id)
        )

    def revoke(self, device_id: str) -> bool:
        """The token is forgotten, so that nothing can bring it back."""
        return bool(
            self._tx.db.execute(
                "UPDATE devices SET revoked_at = ?, token_hash = NULL, pairing_code = NULL"
                " WHERE hall_id = ? AND id = ? AND revoked_at IS NULL",
                (self._tx.now, self._tx.hall_id, device_id),
            )
        )

    def prune(self, now: int) -> int:
        """Forget screens whose code ran out before anybody typed it."""
        return self._tx.db.execute(
            "DELETE FROM devices WHERE hall_id = ? AND paired_at IS NULL AND pairing_expires < ?",
            (self._tx.hall_id, now),
        )
