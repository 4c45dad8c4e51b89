"""A citizen's own page, opened by the link on the slip or in the SMS. The link is the only proof."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from server.access.links import link_token
from server.access.refusals import LinkUnknown, TooManyRequests
from server.domain.actor import Actor, Role
from server.domain.hall import ItemNotOffered
from server.domain.ticket import Ticket
from server.journey import views
from server.journey.ending import ReturnedTooOften, TicketRequest, cancel_ticket, return_ticket
from server.store.tickets import TicketMoved, TicketUnknown
from server.web.access import ANYONE
from server.web.api.commands import command
from server.web.api.hall_schemas import Link
from server.web.api.routing import Reply, Routes
from server.web.api.schemas import Nothing
from server.web.context import services
from server.web.guard import client_address, identities

if TYPE_CHECKING:
    from server.store.transaction import Tx

routes = Routes("links")
REFUSALS = (LinkUnknown, TooManyRequests)


def _ticket_of(rx: Tx, token: str) -> int | None:
    try:
        return rx.tickets.by_link(token).id
    except TicketUnknown:
        return None


def holder(token: str) -> tuple[str, Actor, int]:
    """The token as stored, the citizen who holds it, and the ticket. Guessing is slowed down per address."""
    guesses = services().access.limits.wrong_links
    guesses.check(client_address())
    try:
        stored = link_token(token)
        ticket = services().store.read(services().hall_id, _ticket_of, stored)
        if ticket is None:
            raise LinkUnknown
    except LinkUnknown:
        guesses.count(client_address())
        raise
    return stored, Actor(f"citizen:{ticket}", "群众", frozenset({Role.CITIZEN})), ticket


@routes.get("/links/{token}", ANYONE, summary="我的号票 My ticket", answers={200: Link}, refusals=REFUSALS)
def see(token: str) -> Reply:
    """Where the holder of this link stands. Whoever is signed in as staff is not told the score."""
    stored, _, _ = holder(token)
    view = services().store.read(services().hall_id, views.link_view, stored)
    if view["evaluation"] and any(one.actor.is_staff for one in identities()):
        view["evaluation"]["score"] = None
    return 200, view


@routes.post(
    "/links/{token}/cancel",
    ANYONE,
    summary="取消我的号 Give my number up",
    body=Nothing,
    answers={200: Link},
    refusals=(*REFUSALS, TicketMoved),
)
def cancel(token: str, body: Nothing) -> Reply:
    """Before service begins."""
    return _run(token, body, cancel_ticket)


@routes.post(
    "/links/{token}/return",
    ANYONE,
    summary="过号返回 I missed my call",
    body=Nothing,
    answers={200: Link},
    refusals=(*REFUSALS, TicketMoved, ReturnedTooOften, ItemNotOffered),
)
def come_back(token: str, body: Nothing) -> Reply:
    """Back in line behind the third waiting."""
    return _run(token, body, return_ticket)


def _run(token: str, body: Nothing, step: Any) -> Reply:
    stored, citizen, ticket = holder(token)

    def render(tx: Tx, _: Ticket) -> Any:
        return views.link_view(tx, stored)

    return command(step, TicketRequest(by=citizen, ticket=ticket), body, render, by=citizen)
