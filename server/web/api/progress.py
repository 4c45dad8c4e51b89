"""进度公示: the board for everybody, and one's own case by its code and the phone's last four digits."""

from __future__ import annotations

from typing import Any

from server.access.links import link_token
from server.access.refusals import LinkUnknown, PadElsewhere, PadNeedsWindow, TooManyRequests
from server.domain import evaluation as said
from server.domain.actor import Actor, Role
from server.domain.cases.tries import ProgressLocked, ProgressUnknown
from server.domain.refusals import Refusal
from server.domain.units import iso
from server.journey.cases import progress
from server.journey.cases.evaluating_case import EvaluateCaseRequest, evaluate_case, rating_json, rating_report
from server.store.case_evaluations import CaseEvaluation
from server.store.cases import CaseUnknown
from server.store.transaction import Tx
from server.web.access import ANYONE, LEADERS, STAFF
from server.web.api.commands import command
from server.web.api.evaluation_schemas import Given, ReportQuery
from server.web.api.issue_schemas import (
    CaseRating,
    CaseRatings,
    EvaluateCase,
    LookUp,
    OwnProgress,
    PadSaidOfCase,
    ProgressBoard,
    ProgressQuery,
)
from server.web.api.pad import own_window
from server.web.api.routing import Reply, Routes
from server.web.context import actor, services
from server.web.errors import error_body
from server.web.guard import client_address, identities

routes = Routes("progress")
CITIZEN = Actor("anyone", "群众", frozenset({Role.CITIZEN}))
RATED = (
    said.StaffCannotEvaluate,
    said.EvaluationNotYet,
    said.EvaluatedAlready,
    said.EvaluationTooLate,
    said.EvaluationTagUnknown,
    said.EvaluationTagsNotLow,
)


@routes.get(
    "/progress", ANYONE, summary="进度公示 The progress board", query=ProgressQuery, answers={200: ProgressBoard}
)
def board(query: ProgressQuery) -> Reply:
    """Items, departments, states and days; applicants by their masks, cases by their 公示号."""
    return 200, services().store.read(services().hall_id, progress.board, query.department)


@routes.post("/progress/lookup", ANYONE, summary="查询我的办件 My own case", body=LookUp, answers={200: OwnProgress},
             refusals=(ProgressUnknown, ProgressLocked, TooManyRequests))  # fmt: skip
def look_up(body: LookUp) -> Reply:
    """By the code on the receipt and the last four digits of the phone. Five wrong tries lock the code for a while,
    and many codes are not tried fast from one address."""
    guesses = services().access.limits.wrong_links
    guesses.check(client_address())
    wanted = progress.LookupRequest(body.code, body.last4)

    def render(tx: Tx, found: Any) -> Any:
        return error_body(found) if isinstance(found, Refusal) else found

    answer = command(progress.look_up, wanted, body, render, _status, by=CITIZEN)
    if answer.status_code != 200:
        guesses.count(client_address())
    return answer


@routes.get("/case-evaluations", LEADERS, summary="办件评价情况 How cases were rated", query=ReportQuery,
            answers={200: CaseRatings}, refusals=(said.EvaluationDaysWrong,))  # fmt: skip
def ratings(query: ReportQuery) -> Reply:
    """Of cases issued in those days: the five levels, departments, and with `words` low scores and comments. Who
    reads words is audited."""
    today = services().store.read(services().hall_id, lambda rx: rx.rules.day)
    first, last = said.checked_days(query.first, query.last, today)
    shown = services().store.read(services().hall_id, rating_report, first, last, query.words)
    if shown["said"]:
        data = {"rows": len(shown["said"])}
        services().store.audit(services().hall_id, actor().id, "case_evaluations.read", f"days:{first}/{last}", data)
    return 200, shown


@routes.get("/case-evaluations/{token}", ANYONE, summary="能否评价 May a case be rated", answers={200: CaseRating},
            refusals=(LinkUnknown, TooManyRequests))  # fmt: skip
def rating(token: str) -> Reply:
    """For the case's own page. Whoever is signed in as staff is not told the score."""
    case = _case_of(token)
    shown = services().store.read(services().hall_id, lambda rx: rating_json(rx, rx.cases.get(case)))
    if any(one.actor.is_staff for one in identities()):
        shown["score"] = None
    return 200, shown


@routes.post("/case-evaluations", ANYONE, summary="办件评价 Rate a case", body=EvaluateCase, answers={201: Given},
             refusals=(LinkUnknown, TooManyRequests, *RATED))  # fmt: skip
def rate(body: EvaluateCase) -> Reply:
    """Once a case, after its result was issued, with the link in the SMS."""
    for one in identities():
        said.check_who(one.actor)
    case = _case_of(body.token)
    citizen = Actor(f"citizen:case:{case}", "群众", frozenset({Role.CITIZEN}))
    wanted = EvaluateCaseRequest(citizen, case, body.score, tuple(body.tags), body.comment)
    return command(evaluate_case, wanted, body, _given, 201, by=citizen)


@routes.post("/pad/case-evaluations", (Role.PAD, *STAFF), summary="评价器评价办件 Rate a case on the pad", body=PadSaidOfCase,
             answers={201: Given},
             refusals=(*RATED, said.NotThisWindows, CaseUnknown, PadNeedsWindow, PadElsewhere))  # fmt: skip
def rate_on_pad(body: PadSaidOfCase) -> Reply:
    """At the window that has just handed the result over. Staff are refused by name."""
    by = actor()
    said.check_who(by)
    window = own_window(body.window)
    wanted = EvaluateCaseRequest(by, body.case, body.score, tuple(body.tags), body.comment, window)
    return command(evaluate_case, wanted, body, _given, 201)


def _given(tx: Tx, given: CaseEvaluation) -> Any:
    return {"score": given.score, "at": iso(given.at)}


def _case_of(token: str) -> int:
    """Guessing links is slowed down for each address."""
    guesses = services().access.limits.wrong_links
    guesses.check(client_address())
    try:
        stored = link_token(token)
        return services().store.read(services().hall_id, _by_link, stored)
    except (LinkUnknown, CaseUnknown):
        guesses.count(client_address())
        raise LinkUnknown from None


def _by_link(rx: Tx, link: str) -> int:
    return rx.cases.by_link(link).id


def _status(result: Any) -> int:
    return result.status if isinstance(result, Refusal) else 200
