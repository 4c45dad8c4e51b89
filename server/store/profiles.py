"""SQL of profiles (自助填表): a citizen's own particulars, kept with consent, found by phone or ID number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from server.domain.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from server.store.transaction import Tx


class ProfileUnknown(Refusal):
    status, code = 404, "profile_unknown"
    zh = "没有保存过的个人信息，请直接填写。"
    en = "No particulars are kept. Please fill the form in."


@dataclass(frozen=True, slots=True)
class Profile:
    """`form_box`: the sealed form. `consent_version`: of the words agreed to, "" before they had one. Times µs UTC."""

    id: int
    applicant: str
    identity_hash: str
    phone_hash: str
    form_box: str
    consent_at: int
    used_at: int
    consent_version: str


_COLUMNS = "id, applicant, identity_hash, phone_hash, form_box, consent_at, used_at, consent_version"


class Profiles:
    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    def put(self, applicant: str, identity_hash: str, phone_hash: str, form_box: str, consent_version: str) -> None:
        """Keep it in place of the same person's former one."""
        tx = self._tx
        tx.db.execute(
            f"INSERT INTO profiles (hall_id, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (hall_id, applicant, identity_hash) DO UPDATE SET phone_hash = excluded.phone_hash,"
            " form_box = excluded.form_box, consent_at = excluded.consent_at, used_at = excluded.used_at,"
            " consent_version = excluded.consent_version",
            (tx.hall_id, tx.new_id(), applicant, identity_hash, phone_hash, form_box, tx.now, tx.now, consent_version),
        )

    def get(self, profile_id: int) -> Profile:
        """Raises ProfileUnknown."""
        found = self._all(" AND id = ?", (profile_id,))
        if not found:
            raise ProfileUnknown()
        return found[0]

    def of_phone(self, fingerprint: str) -> list[Profile]:
        """Last used first."""
        return self._all(" AND phone_hash = ? ORDER BY used_at DESC, id DESC", (fingerprint,))

    def of_identity(self, fingerprint: str) -> list[Profile]:
        return self._all(" AND identity_hash = ? ORDER BY used_at DESC, id DESC", (fingerprint,))

    def used(self, profile_id: int) -> None:
        self._tx.db.execute(
            "UPDATE profiles SET used_at = ? WHERE hall_id = ? AND id = ?",
            (self._tx.now, self._tx.hall_id, profile_id),
        )

    def correct(self, profile_id: int, form_box: str) -> None:
        """What was agreed to stays agreed to."""
        self._tx.db.execute(
            "UPDATE profiles SET form_box = ? WHERE hall_id = ? AND id = ?", (form_box, self._tx.hall_id, profile_id)
        )

    def remove(self, profile_id: int) -> None:
        self._tx.db.execute("DELETE FROM profiles WHERE hall_id = ? AND id = ?", (self._tx.hall_id, profile_id))

    def _all(self, where: str, params: Iterable[Any]) -> list[Profile]:
        rows = self._tx.db.all(f"SELECT {_COLUMNS} FROM profiles WHERE hall_id = ?{where}", (self._tx.hall_id, *params))
        return [Profile(*list(row)) for row in rows]
