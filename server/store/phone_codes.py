"""SQL of one-time codes sent to phones: one a phone, kept as a fingerprint."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from server.store.transaction import Tx


@dataclass(frozen=True, slots=True)
class PhoneCode:
    """Times µs UTC; `tries`: wrong ones so far; `sends`: codes sent to the phone since `since`."""

    code_hash: str
    sent_at: int
    tries: int
    used_at: int | None
    sends: int
    since: int


class PhoneCodes:
    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    def put(self, phone_hash: str, code_hash: str, sends: int, since: int) -> None:
        """In place of the phone's former code."""
        self._tx.db.execute(
            "INSERT INTO phone_codes (hall_id, phone_hash, code_hash, sent_at, tries, sends, since)"
            " VALUES (?, ?, ?, ?, 0, ?, ?) ON CONFLICT (hall_id, phone_hash) DO UPDATE SET"
            " code_hash = excluded.code_hash, sent_at = excluded.sent_at, tries = 0, used_at = NULL,"
            " sends = excluded.sends, since = excluded.since",
            (self._tx.hall_id, phone_hash, code_hash, self._tx.now, sends, since),
        )

    def find(self, phone_hash: str) -> PhoneCode | None:
        row = self._tx.db.one(
            "SELECT code_hash, sent_at, tries, used_at, sends, since FROM phone_codes WHERE hall_id = ? AND phone_hash = ?",
            (self._tx.hall_id, phone_hash),
        )
        return None if row is None else PhoneCode(*list(row))

    def missed(self, phone_hash: str) -> None:
        self._tx.db.execute(
            "UPDATE phone_codes SET tries = tries + 1 WHERE hall_id = ? AND phone_hash = ?",
            (self._tx.hall_id, phone_hash),
        )

    def use(self, phone_hash: str) -> None:
        self._tx.db.execute(
            "UPDATE phone_codes SET used_at = ? WHERE hall_id = ? AND phone_hash = ?",
            (self._tx.now, self._tx.hall_id, phone_hash),
        )
