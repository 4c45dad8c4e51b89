"""Tickets: take, look, cancel, return, correct the phone, move."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from server.access.refusals import NotAllowed
from server.domain import hours
from server.domain.actor import Actor
from server.domain.hall import ItemNotOffered, ItemRequired, ItemUnknown, SectionUnknown
from server.domain.identity import IdNumberInvalid, PhoneInvalid
from server.domain.ticket import Ticket as TicketRow
from server.journey import moving, taking, views
from server.journey.ending import ReturnedTooOften, TicketRequest, cancel_ticket, return_ticket
from server.journey.phone import PhoneRequest, change_phone
from server.store.bundles import BundleUnknown
from server.store.catalogue_rows import ItemNotPublished
from server.store.tickets import TicketMoved, TicketUnknown
from server.web.access import STAFF, TAKERS
from server.web.api.commands import command
from server.web.api.routing import Reply, Routes
from server.web.api.schemas import Decisions, LineQuery, Move, Phone, Reason, Take, Ticket, TicketLines
from server.web.context import actor, services

if TYPE_CHECKING:
    from server.store.transaction import Tx

routes = Routes("tickets")


def shown_to(by: Actor) -> Callable[[Tx, TicketRow], Any]:
    """A ticket as the API answers it: the row as its step left it (every test's scene checks that it is).

    Clerks do not get the citizen's link.
    """
    link = not by.only_clerk
    return lambda tx, ticket: views.ticket_json(tx, ticket, link=link)


@routes.post(
    "/tickets",
    TAKERS,
    summary="取号 Take a number",
    body=Take,
    answers={201: Ticket},
    refusals=(
        SectionUnknown,
        ItemUnknown,
        BundleUnknown,
        ItemNotPublished,
        ItemRequired,
        ItemNotOffered,
        taking.ChoiceMissing,
        taking.ItemElsewhere,
        PhoneInvalid,
        IdNumberInvalid,
        taking.IssuingStopped,
        hours.IssuingClosed,
        hours.FullForToday,
        taking.TooManyTickets,
        taking.SameItemTwice,
        taking.PriorityUnknown,
        taking.PriorityNotAllowed,
        taking.ReasonMissing,
        taking.OverrideNotAllowed,
    ),
)
def take(body: Take) -> Reply:
    """Choose a section, an item or a bundle. The answer says the number, the planned window, how many are ahead and about how
    long it will take. Nothing is issued when anything is refused."""
    who = actor()
    channel = body.channel or ("guide" if who.is_staff else "kiosk")
    wanted = taking.TakeRequest(by=who, **{**dict(body), "channel": channel})
    link = not who.only_clerk
    return command(taking.take_number, wanted, body, lambda tx, ticket: views.taken_json(tx, ticket, link), 201)


@routes.get("/tickets", STAFF, summary="号票列表 Tickets in a line", query=LineQuery, answers={200: TicketLines})
def list_tickets(query: LineQuery) -> Reply:
    """Live tickets of one state, by rank, in one section or in all."""
    lines = services().store.read(services().hall_id, views.line_view, query.state, query.section)
    return 200, lines


@routes.get("/tickets/{ticket}", TAKERS, summary="查看号票 A ticket", answers={200: Ticket}, refusals=(TicketUnknown,))
def see(ticket: int) -> Reply:
    """Staff see every ticket; a kiosk sees those it issued."""
    services().store.read(services().hall_id, check_own, ticket, actor())
    return 200, services().store.read(services().hall_id, views.ticket_view, ticket, not actor().only_clerk)


@routes.get(
    "/tickets/{ticket}/decisions",
    STAFF,
    summary="调度理由 Why this window, why this place",
    answers={200: Decisions},
    refusals=(TicketUnknown,),
)
def decisions(ticket: int) -> Reply:
    """Every decision made about the ticket, oldest first, in words."""
    return 200, services().store.read(services().hall_id, views.decisions_view, ticket)


@routes.post(
    "/tickets/{ticket}/cancel",
    TAKERS,
    summary="取消 Give the number up",
    body=Reason,
    answers={200: Ticket},
    refusals=(TicketUnknown, TicketMoved),
)
def cancel(ticket: int, body: Reason) -> Reply:
    """Before service begins."""
    wanted = TicketRequest(by=actor(), ticket=ticket, reason=body.reason or "")
    return command(_own(cancel_ticket), wanted, body, shown_to(actor()))


@routes.post(
    "/tickets/{ticket}/return",
    TAKERS,
    summary="过号返回 Back after a missed call",
    body=Reason,
    answers={200: Ticket},
    refusals=(TicketUnknown, TicketMoved, ReturnedTooOften, ItemNotOffered),
)
def come_back(ticket: int, body: Reason) -> Reply:
    """Back in line behind the third waiting; twice at most (the hall file may say otherwise)."""
    wanted = TicketRequest(by=actor(), ticket=ticket, reason=body.reason or "")
    return command(_own(return_ticket), wanted, body, shown_to(actor()))


@routes.post(
    "/tickets/{ticket}/phone",
    TAKERS,
    summary="更改手机号 Correct the phone",
    body=Phone,
    answers={200: Ticket},
    refusals=(TicketUnknown, TicketMoved, PhoneInvalid, taking.SameItemTwice, taking.TooManyTickets),
)
def phone(ticket: int, body: Phone) -> Reply:
    """Later notices go to the new phone; null removes it."""
    return command(
        _own(change_phone), PhoneRequest(actor(), ticket, body.phone, body.reason or ""), body, shown_to(actor())
    )


@routes.post(
    "/tickets/{ticket}/transfer",
    STAFF,
    summary="转移 Move to another section, item or window",
    body=Move,
    answers={200: Ticket},
    refusals=(TicketUnknown, TicketMoved, moving.TargetMissing, moving.TargetNotOpen, moving.MoveNotAllowed),
)
def move(ticket: int, body: Move) -> Reply:
    """The place in line is kept. Managers and guides move anybody, clerks whom they serve."""
    wanted = moving.TransferRequest(
        by=actor(), ticket=ticket, section=body.section, item=body.item, to_window=body.window
    )
    return command(moving.transfer, wanted, body, shown_to(actor()))


def check_own(rx: Tx, ticket: int, by: Actor) -> None:
    """A kiosk knows ids of what it issued; it may not try others. `by` is passed in: a step runs off the request."""
    if not by.is_staff and rx.tickets.get(ticket).taken_by != by.id:
        raise NotAllowed


def _own(step: Any) -> Any:
    def checked(tx: Tx, request: Any, now: int) -> TicketRow:
        check_own(tx, request.ticket, request.by)
        result: TicketRow = step(tx, request, now)
        return result

    return checked
