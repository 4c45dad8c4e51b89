"""SQL of the authorization register (授权委托). Rows are never deleted: who could decide then stays known."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from server.domain.cases.authorization import Authorization, AuthorizationUnknown

if TYPE_CHECKING:
    from server.store.db import Row
    from server.store.transaction import Tx

_COLUMNS = "id, department, staff, items, document, from_day, to_day, made_at, made_by, revoked_at, revoked_by"


def _authorization(row: Row) -> Authorization:
    values: dict[str, Any] = {name: row[name] for name in _COLUMNS.split(", ")}
    return Authorization(**{**values, "items": tuple(json.loads(row["items"]))})


class Authorizations:
    """The register of one hall, inside one transaction."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx
        self.db, self.hall = tx.db, tx.hall_id

    def add(
        self,
        department: str,
        staff: str,
        items: tuple[str, ...],
        document: str,
        from_day: str,
        to_day: str | None,
        by: str,
    ) -> Authorization:
        tx = self._tx
        made = Authorization(tx.new_id(), department, staff, items, document, from_day, to_day, tx.now, by)
        self.db.execute(
            "INSERT INTO authorizations (hall_id, id, department, staff, items, document, from_day, to_day, made_at, made_by)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                self.hall, made.id, department, staff, json.dumps(items, ensure_ascii=False), document,
                from_day, to_day, tx.now, by,
            ),
        )  # fmt: skip
        return made

    def get(self, authorization_id: int) -> Authorization:
        """Raises AuthorizationUnknown."""
        rows = self._all(" AND id = ?", (authorization_id,))
        if not rows:
            raise AuthorizationUnknown()
        return rows[0]

    def of_staff(self, username: str) -> list[Authorization]:
        return self._all(" AND staff = ? ORDER BY id", (username,))

    def of_department(self, department: str | None) -> list[Authorization]:
        """Newest first; None: of all departments."""
        if department is None:
            return self._all(" ORDER BY id DESC")
        return self._all(" AND department = ? ORDER BY id DESC", (department,))

    def revoke(self, authorization_id: int, by: str) -> bool:
        """False when it was revoked before."""
        return 1 == self.db.execute(
            "UPDATE authorizations SET revoked_at = ?, revoked_by = ? WHERE hall_id = ? AND id = ? AND revoked_at IS NULL",
            (self._tx.now, by, self.hall, authorization_id),
        )

    def _all(self, where: str, params: Iterable[Any] = ()) -> list[Authorization]:
        rows = self.db.all(f"SELECT {_COLUMNS} FROM authorizations WHERE hall_id = ?{where}", (self.hall, *params))
        return [_authorization(row) for row in rows]
