"""Step 2: the phone of a ticket is left, corrected or removed; later notices go to the new one."""

from __future__ import annotations

from dataclasses import dataclass

from server.domain import identity
from server.domain.actor import Actor
from server.domain.masking import mask_phone
from server.domain.ticket import LIVE, State, Ticket
from server.journey import line, notify, outlook
from server.journey.step import changes_lines
from server.journey.taking import check_holds
from server.journey.words import tell
from server.store.tickets import moved
from server.store.transaction import Tx


@dataclass(frozen=True, slots=True)
class PhoneRequest:
    """`phone` None removes it; `reason`: staff's, to go past the limits."""

    by: Actor
    ticket: int
    phone: str | None
    reason: str = ""


@changes_lines
def change_phone(tx: Tx, request: PhoneRequest, now: int) -> Ticket:
    """Correct the phone of a live ticket; the first phone of a waiting one gets notice one.

    Raises PhoneInvalid, SameItemTwice, TooManyTickets, TicketMoved.
    """
    before = tx.tickets.get(request.ticket)
    if before.state not in LIVE:
        raise moved(before)
    phone = None if request.phone is None else identity.phone_number(request.phone)
    mark = tx.vault.fingerprint(phone) if phone else None
    if mark is not None and mark != before.phone_hash and not (request.by.is_staff and request.reason.strip()):
        held = [t for t in tx.tickets.live_of_person(mark) if t.id != before.id]
        check_holds(tx, held, before.section, before.item)
    known_by_id = before.person != before.phone_hash
    changed = tx.tickets.set(
        before,
        person=before.person if known_by_id else mark,
        phone_hash=mark,
        phone_box=tx.vault.seal(phone) if phone else None,
        phone_mask=mask_phone(phone) if phone else None,
    )
    for other in line.others(tx, before):
        line.settle(tx, other, now)
    line.settle_others(tx, changed, now)
    ticket = line.settle(tx, changed, now)
    tell(tx, "phone_changed", ticket, ticket.state)
    if before.phone_box is None and phone is not None and ticket.state == State.WAITING:
        ticket = _first_phone(tx, ticket)
    tx.audit.add(request.by.id, "ticket.phone_changed", f"ticket:{ticket.id}", {"phone": ticket.phone_mask})
    return ticket


def _first_phone(tx: Tx, ticket: Ticket) -> Ticket:
    """Notice one, late; and two in it when the turn is near, else in its time."""
    expected = outlook.outlook_of(tx, ticket)
    soon_already = outlook.is_soon(tx, expected) and not ticket.held
    said = notify.taken(tx, ticket, expected, soon_already)
    return tx.tickets.set(ticket, told=int(soon_already and said))
