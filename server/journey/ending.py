"""Step 7: a ticket is cancelled or expires, or its holder comes back after a missed call."""

from __future__ import annotations

from dataclasses import dataclass

from server.domain import rank
from server.domain.actor import Actor
from server.domain.hall import ItemNotOffered
from server.domain.reason import Reason
from server.domain.refusals import Refusal
from server.domain.ticket import AT_WINDOW, State, Ticket
from server.journey import line
from server.journey.counter import NotYourWindow
from server.journey.step import changes_lines
from server.journey.taking import check_holds
from server.journey.words import tell
from server.store.notices import KINDS
from server.store.tickets import moved
from server.store.transaction import Tx


class ReturnedTooOften(Refusal):
    status, code = 409, "returned_too_often"
    zh = "{number} 已过号 {times} 次，不能再恢复，请重新取号。"
    en = "{number} missed its call {times} times and cannot come back. Please take a new number."


@dataclass(frozen=True, slots=True)
class TicketRequest:
    by: Actor
    ticket: int
    reason: str = ""


@changes_lines
def cancel_ticket(tx: Tx, request: TicketRequest, now: int) -> Ticket:
    """The citizen (or staff for them) gives the number up; a clerk not one called to another's window.

    Raises TicketMoved once service has begun or ended, NotYourWindow.
    """
    ticket = tx.tickets.get(request.ticket)
    if ticket.state == State.CANCELLED:
        return ticket
    if ticket.state == State.CALLED and request.by.only_clerk and ticket.clerk != request.by.id:
        raise NotYourWindow(window=ticket.window_number)
    _give_green_share_back(tx, ticket)
    return _end(tx, ticket, State.CANCELLED, "cancelled", request.reason.strip() or request.by.name, now)


def _give_green_share_back(tx: Tx, ticket: Ticket) -> None:
    """A place of the green channel given up before any call does not count towards the section's share."""
    used = ticket.first_called_at is not None or ticket.transfers > 0
    if ticket.priority is not None and ticket.rank_at < ticket.taken_at and not used:
        tx.numbers.add(ticket.business_day, ticket.section, "green", -1)


def expire(tx: Tx, ticket: Ticket, why: str, now: int) -> Ticket:
    """A left-over ticket ends, with the reason."""
    return _end(tx, ticket, State.EXPIRED, "expired", why, now)


def _end(tx: Tx, ticket: Ticket, to: State, kind: str, why: str, now: int) -> Ticket:
    was = ticket.state
    line.leave(tx, ticket)
    ended = tx.tickets.move(ticket, to, ended_at=now, end_reason=why, held=0)
    if was in AT_WINDOW:
        for window in tx.windows.some([ticket.window_number or 0]):
            if window.ticket_id == ticket.id:
                line.free_counter(tx, window, now)
    tell(tx, kind, ended, was)
    for notice in KINDS:
        tx.notices.drop(ticket.id, notice, kind)
    line.settle_others(tx, ended, now)
    return ended


@changes_lines
def return_ticket(tx: Tx, request: TicketRequest, now: int) -> Ticket:
    """Back after a no-show: behind the third waiting (cfg), so many times at most (cfg).

    Whoever took other numbers meanwhile keeps to the limits, unless staff give a reason.
    Raises ReturnedTooOften, SameItemTwice, TooManyTickets, TicketMoved, and ItemNotOffered when a new hall file ended what it is for.
    """
    ticket = tx.tickets.get(request.ticket)
    calls = tx.rules.file.calls
    if ticket.state != State.NO_SHOW:
        raise moved(ticket)
    if ticket.no_shows > calls.returns:
        raise ReturnedTooOften(number=ticket.number, times=ticket.no_shows)
    if not (request.by.is_staff and request.reason.strip()):
        check_holds(tx, line.others(tx, ticket), ticket.section, ticket.item)
    if not tx.rules.able_or_none(ticket.section, ticket.item):
        raise ItemNotOffered(item=tx.rules.name_of(ticket.section, ticket.item))
    first = tx.tickets.queued([ticket.queue_id], calls.return_behind)
    for window in line.able(tx, ticket):
        first += tx.tickets.line(window, calls.return_behind)
    ranks = [t.rank_at for t in {t.id: t for t in first}.values()]
    place = rank.returner(ticket.rank_at, ranks, calls.return_behind)
    ticket = tx.tickets.set(
        ticket, rank_at=place.rank_at, rank_reason=Reason.load(ticket.rank_reason).and_(place.reason).dump()
    )
    return line.back_in_line(tx, ticket, now, Reason(), "returned")
