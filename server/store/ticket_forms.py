"""SQL of forms filled in for a number (自助填表): one a ticket, sealed, gone when deleted or when its time is up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from server.domain.ticket import LIVE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from server.store.transaction import Tx


@dataclass(frozen=True, slots=True)
class TicketForm:
    """`key_hash`: of the secret held by the phone that began it; `phone_hash`: of a phone confirmed for it, if any.

    `form_box` is what is being typed, `sent_box` what was sent to the window, sealed both. `used_at`: a case was filled in
    from it. Times µs UTC.
    """

    ticket_id: int
    key_hash: str
    phone_hash: str | None
    identity_hash: str | None
    form_box: str
    sent_box: str | None
    revision: int
    consent_at: int
    consent_version: str
    saved_at: int
    sent_at: int | None
    used_at: int | None


_NAMES = tuple(TicketForm.__slots__)
_COLUMNS = ", ".join(_NAMES)
_OVER = f"NOT EXISTS (SELECT 1 FROM tickets t WHERE t.hall_id = f.hall_id AND t.id = f.ticket_id AND t.state IN ({', '.join('?' * len(LIVE))}))"


class TicketForms:
    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    def put(self, one: TicketForm) -> TicketForm:
        """Keep it in place of the ticket's former one."""
        self._tx.db.execute(
            f"INSERT INTO ticket_forms (hall_id, {_COLUMNS}) VALUES ({', '.join('?' * (len(_NAMES) + 1))})"
            f" ON CONFLICT (hall_id, ticket_id) DO UPDATE SET {', '.join(f'{n} = excluded.{n}' for n in _NAMES[1:])}",
            (self._tx.hall_id, *(getattr(one, name) for name in _NAMES)),
        )
        return one

    def find(self, ticket_id: int) -> TicketForm | None:
        found = self._all("AND ticket_id = ?", (ticket_id,))
        return found[0] if found else None

    def of_identity(self, fingerprint: str) -> list[TicketForm]:
        return self._all("AND identity_hash = ? ORDER BY ticket_id", (fingerprint,))

    def remove(self, ticket_id: int) -> None:
        self._tx.db.execute(
            "DELETE FROM ticket_forms WHERE hall_id = ? AND ticket_id = ?", (self._tx.hall_id, ticket_id)
        )

    def left_over(self, before: int) -> list[int]:
        """Tickets that have ended and whose form was last saved before that time (µs UTC)."""
        rows = self._tx.db.all(
            f"SELECT f.ticket_id FROM ticket_forms f WHERE f.hall_id = ? AND f.saved_at < ? AND {_OVER}",
            (self._tx.hall_id, before, *sorted(LIVE)),
        )
        return [int(row["ticket_id"]) for row in rows]

    def _all(self, where: str, params: Iterable[Any]) -> list[TicketForm]:
        rows = self._tx.db.all(
            f"SELECT {_COLUMNS} FROM ticket_forms WHERE hall_id = ? {where}", (self._tx.hall_id, *params)
        )
        return [TicketForm(*list(row)) for row in rows]
