"""Step 5, at its end: the citizen says how it went (好差评), on the window's pad or on the phone; once a service.

One ticket is one service, however often it was transferred or parked: the window that finished it is rated. What was
said goes into no event: the hall's stream reaches every screen, and no clerk may learn whose score it was.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from server.domain import evaluation as rule
from server.domain.actor import Actor
from server.domain.masking import mask_within
from server.domain.ticket import State, Ticket
from server.domain.units import iso
from server.domain.window import Window
from server.store.evaluations import Evaluation
from server.store.transaction import Tx

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class EvaluateRequest:
    """`window`: the pad's own; None for the citizen's page. `score` 1–5, `tags` ids of the hall file."""

    by: Actor
    ticket: int
    score: int
    tags: tuple[str, ...] = ()
    comment: str = ""
    window: int | None = None


def evaluate(tx: Tx, request: EvaluateRequest, now: int) -> Evaluation:
    """Keep the citizen's score.

    Raises StaffCannotEvaluate, EvaluationNotYet, NothingToEvaluate, EvaluatedAlready, EvaluationTooLate,
    NotThisWindows, EvaluationTagUnknown, EvaluationTagsNotLow, TicketUnknown.
    """
    rule.check_who(request.by)
    ticket = tx.tickets.get(request.ticket)
    if request.window is not None and ticket.window_number != request.window:
        raise rule.NotThisWindows(number=ticket.number, window=request.window)
    rule.check_state(ticket.number, ticket.state)
    if tx.evaluations.of_ticket(ticket.id) is not None:
        raise rule.EvaluatedAlready(number=ticket.number)
    _check_time(tx, ticket, request.window, now)
    tags = rule.checked_tags(request.score, request.tags, (tag.id for tag in tx.rules.file.evaluation.tags))
    channel: Literal["pad", "phone"] = "phone" if request.window is None else "pad"
    return tx.evaluations.add(ticket, request.score, tags, mask_within(request.comment.strip()), channel)


def _check_time(tx: Tx, ticket: Ticket, window: int | None, now: int) -> None:
    offered = tx.rules.file.evaluation
    ended = ticket.ended_at or 0
    if window is None:
        if now > rule.phone_until(ended, offered.phone_days):
            raise rule.EvaluationTooLate(number=ticket.number)
        return
    # Not only the last one: a clerk could finish the next in haste while somebody writes down why.
    if now > rule.pad_closes(ended, offered.pad_seconds):
        raise rule.EvaluationTooLate(number=ticket.number)


def link_evaluation(tx: Tx, ticket: Ticket) -> Json | None:
    """What the citizen's own page shows: may it be rated still, and what was said. None where nothing was served."""
    if ticket.state != State.DONE:
        return None
    offered = tx.rules.file.evaluation
    given = tx.evaluations.of_ticket(ticket.id)
    in_time = tx.now <= rule.phone_until(ticket.ended_at or 0, offered.phone_days)
    return {
        "open": given is None and in_time,
        "score": None if given is None else given.score,
        "tags": tags_json(tx),
    }


def pad_view(tx: Tx, number: int) -> Json:
    """What the pad of a window shows. Raises WindowUnknown."""
    tx.rules.window(number)
    window = tx.windows.get(number)
    return {
        "window": number,
        "state": str(window.state),
        "clerk_name": window.clerk_name,
        "invitation": _invitation(tx, window),
        "tags": tags_json(tx),
        "seconds": tx.rules.file.evaluation.pad_seconds,
        "now": iso(tx.now),
    }


def _invitation(tx: Tx, window: Window) -> Json | None:
    """The service last finished at a window, while its citizen may still be there and has not rated it."""
    last = tx.evaluations.last_finished(window.number, tx.rules.day.isoformat())
    if last is None:
        return None
    ticket = tx.tickets.get(last)
    until = rule.pad_until(ticket.ended_at or 0, tx.rules.file.evaluation.pad_seconds)
    if tx.now >= until or tx.evaluations.of_ticket(last) is not None:
        return None
    item = tx.rules.items.get(ticket.item or "")
    section = tx.rules.sections.get(ticket.section)
    name = tx.rules.name_of(ticket.section, ticket.item)
    return {
        "ticket": ticket.id,
        "number": ticket.number,
        "item": name,
        "item_en": (item.name_en if item else section.name_en if section else "") or name,
        "clerk_name": _clerk_name(tx, ticket, window),
        "until": iso(until),
    }


def _clerk_name(tx: Tx, ticket: Ticket, window: Window) -> str:
    """Whoever served, who may have left the window meanwhile."""
    if ticket.clerk == window.clerk and window.clerk_name:
        return window.clerk_name
    account = tx.staff.find((ticket.clerk or "").removeprefix("staff:"))
    return account.name if account else ""


def tags_json(tx: Tx) -> list[Json]:
    """The reasons offered under a low score."""
    return [{"id": tag.id, "name": tag.name, "name_en": tag.name_en} for tag in tx.rules.file.evaluation.tags]


def given_json(given: Evaluation) -> Json:
    """The answer to whoever rated: nothing but what they said."""
    return {"score": given.score, "at": iso(given.at)}
