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
from server.journey.same_service import rated_as_case
from server.store.case_evaluations import CaseEvaluation
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
    if _said(tx, ticket) is not None:
        raise rule.EvaluatedAlready(number=ticket.number)
    _check_time(tx, ticket, request.window, now)
    tags = rule.checked_tags(request.score, request.tags, (tag.id for tag in tx.rules.file.evaluation.tags))
    channel: Literal["pad", "phone"] = "phone" if request.window is None else "pad"
    return tx.evaluations.add(ticket, request.score, tags, mask_within(request.comment.strip()), channel)


def _said(tx: Tx, ticket: Ticket) -> Evaluation | CaseEvaluation | None:
    """Of the visit; or of a case that was handed out in it."""
    return tx.evaluations.of_ticket(ticket.id) or rated_as_case(tx, ticket)


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
    given = _said(tx, ticket)
    in_time = tx.now <= rule.phone_until(ticket.ended_at or 0, offered.phone_days)
    return {
        "open": given is None and in_time,
        "score": None if given is None else given.score,
        "tags": tags_json(tx),
    }


def tags_json(tx: Tx) -> list[Json]:
    """The reasons offered under a low score."""
    return [{"id": tag.id, "name": tag.name, "name_en": tag.name_en} for tag in tx.rules.file.evaluation.tags]


def given_json(given: Evaluation) -> Json:
    """The answer to whoever rated: nothing but what they said."""
    return {"score": given.score, "at": iso(given.at)}
