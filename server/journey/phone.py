"""Step 2: the phone of a ticket is left, corrected or removed; later notices go to the new one."""

from __future__ import annotations

from dataclasses import dataclass

from server.domain import identity
from server.domain.actor import Actor
from server.domain.masking import mask_phone
from server.domain.ticket import LIVE, State, Ticket
from server.journey import line
from server.journey.taking import TooManyTickets
from server.journey.words import tell
from server.store.tickets import moved
from server.store.transaction import Tx


@dataclass(frozen=True, slots=True)
class PhoneRequest:
    """`phone` None removes it."""

    by: Actor
    ticket: int
    phone: str | None


@line.changes_lines
def change_phone(tx: Tx, request: PhoneRequest, now: int) -> Ticket:
    """Correct the phone of a live ticket. Raises PhoneInvalid, TooManyTickets, TicketMoved."""
    ticket = tx.tickets.get(request.ticket)
    if ticket.state not in LIVE:
        raise moved(ticket)
    phone = identity.phone_number(request.phone) if request.phone else None
    person = tx.vault.fingerprint(phone) if phone else None
    if person is not None and person != ticket.person:
        others = [t for t in tx.tickets.live_of_person(person) if t.id != ticket.id and t.state != State.NO_SHOW]
        if len(others) >= tx.rules.file.limits.per_phone and not request.by.is_staff:
            raise TooManyTickets(count=len(others), numbers="、".join(t.number for t in others))
    line.leave(tx, ticket)
    held = int(ticket.state == State.WAITING and line.at_a_counter(tx, person, ticket.id))
    ticket = tx.tickets.set(
        ticket,
        person=person,
        phone_hash=person,
        phone_box=tx.vault.seal(phone) if phone else None,
        phone_mask=mask_phone(phone) if phone else None,
        held=held,
    )
    line.enter(tx, ticket)
    tell(tx, "phone_changed", ticket, ticket.state)
    tx.audit.add(request.by.id, "ticket.phone_changed", f"ticket:{ticket.id}", {"phone": ticket.phone_mask})
    return ticket
