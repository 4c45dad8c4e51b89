"""The evaluation pad of a window: what it shows, and the score a citizen taps on it."""

from __future__ import annotations

from server.access.refusals import PadElsewhere, PadNeedsWindow
from server.domain import evaluation as rule
from server.domain.actor import Role
from server.domain.hall import WindowUnknown
from server.journey.evaluating import EvaluateRequest, evaluate, given_json
from server.journey.inviting import pad_view
from server.store.tickets import TicketUnknown
from server.web.access import LEADERS, STAFF
from server.web.api.commands import command
from server.web.api.evaluation_schemas import Given, Pad, PadQuery, PadSaid
from server.web.api.evaluations import SAID
from server.web.api.routing import Reply, Routes
from server.web.context import actor, services

routes = Routes("pad")


def own_window(asked: int | None) -> int:
    """The window this pad stands at; one that is not paired (the demo's account) must name it."""
    who = actor()
    own = next(iter(who.windows), None) if who.has(Role.PAD) else None
    if own is not None and asked not in (None, own):
        raise PadElsewhere(own=own, window=asked)
    window = own or asked
    if window is None:
        raise PadNeedsWindow
    return window


@routes.get(
    "/pad",
    (Role.PAD, *LEADERS),
    summary="评价器 What a window's pad shows",
    query=PadQuery,
    answers={200: Pad},
    refusals=(PadNeedsWindow, PadElsewhere, WindowUnknown),
)
def see(query: PadQuery) -> Reply:
    """`invitation` is the service last finished at the window, or at an issue window the case whose result was handed
    over last, while it may be rated and was not. Nobody's tap before `until` means 未评价: nothing is kept."""
    return 200, services().store.read(services().hall_id, pad_view, own_window(query.window))


@routes.post(
    "/pad/evaluations",
    (Role.PAD, *STAFF),
    summary="评价器上的评价 A score tapped on the pad",
    body=PadSaid,
    answers={201: Given},
    refusals=(
        rule.StaffCannotEvaluate,
        PadNeedsWindow,
        PadElsewhere,
        TicketUnknown,
        rule.NotThisWindows,
        rule.EvaluationNotYet,
        rule.NothingToEvaluate,
        *SAID,
    ),
)
def rate(body: PadSaid) -> Reply:
    """Only for a service just finished at the pad's own window, once, until shortly after the countdown. Staff are
    refused by name."""
    rule.check_who(actor())
    wanted = EvaluateRequest(actor(), body.ticket, body.score, tuple(body.tags), body.comment, own_window(body.window))
    return command(evaluate, wanted, body, lambda tx, given: given_json(given), 201)
