"""好差评 after the result was issued: once a case, by its own link or on the issue window's pad."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from server.domain import evaluation as rule
from server.domain.actor import Actor
from server.domain.cases.record import Case
from server.domain.cases.state import CaseState
from server.domain.masking import mask_within
from server.domain.units import iso, local, moment
from server.journey.evaluating import tags_json
from server.journey.same_service import rated_as_visit
from server.store.case_evaluations import CaseEvaluation
from server.store.evaluations import Evaluation
from server.store.transaction import Tx

MOST_TOLD = 200
ISSUED = frozenset({CaseState.COLLECTED, CaseState.CLOSED})


@dataclass(frozen=True, slots=True)
class EvaluateCaseRequest:
    """`window`: the pad's own; None for the citizen's page. `score` 1–5, `tags` ids of the hall file."""

    by: Actor
    case: int
    score: int
    tags: tuple[str, ...] = ()
    comment: str = ""
    window: int | None = None


def evaluate_case(tx: Tx, request: EvaluateCaseRequest, now: int) -> CaseEvaluation:
    """Keep what the citizen said of a case. It goes into no event and into no history that clerks read.

    Raises StaffCannotEvaluate, CaseUnknown, EvaluationNotYet, EvaluatedAlready, EvaluationTooLate, NotThisWindows,
    EvaluationTagUnknown, EvaluationTagsNotLow.
    """
    rule.check_who(request.by)
    case = tx.cases.get(request.case)
    name = case.code or f"#{case.id}"
    if case.at not in ISSUED:
        raise rule.EvaluationNotYet(number=name)
    if _said(tx, case) is not None:
        raise rule.EvaluatedAlready(number=name)
    _check_time(tx, case, request.window, now)
    offered = tx.rules.file.evaluation
    tags = rule.checked_tags(request.score, request.tags, (tag.id for tag in offered.tags))
    issued = local(case.ended_at or now, tx.rules.zone).date().isoformat()
    said = CaseEvaluation(
        case.id,
        issued,
        request.score,
        tags,
        mask_within(request.comment.strip()),
        "phone" if request.window is None else "pad",
        case.department,
        case.owner,
        case.item_id,
        now,
    )
    tx.case_evaluations.add(said)
    return said


def may_evaluate(rx: Tx, case: Case) -> bool:
    """May the case's own page still ask?"""
    in_time = rx.now <= rule.phone_until(case.ended_at or 0, rx.rules.file.evaluation.phone_days)
    return case.at in ISSUED and in_time and _said(rx, case) is None


def _said(rx: Tx, case: Case) -> CaseEvaluation | Evaluation | None:
    """Of the case; or of the visit that it was handed out in."""
    return rx.case_evaluations.of_case(case.id) or rated_as_visit(rx, case)


def rating_json(rx: Tx, case: Case) -> dict[str, Any]:
    """What the case's own page shows: may it be rated still, and what was said."""
    said = _said(rx, case)
    return {
        "open": may_evaluate(rx, case),
        "score": None if said is None else said.score,
        "item_name": case.name,
        "tags": tags_json(rx),
    }


def rating_report(rx: Tx, first: str, last: str, words: bool) -> dict[str, Any]:
    """What citizens said of cases issued in those days: levels, departments, and with `words` every low score or comment."""
    found = rx.case_evaluations.of_days(first, last)
    scores = [one.score for one in found]
    by_department: dict[str, list[int]] = {}
    for one in found:
        by_department.setdefault(one.department, []).append(one.score)
    told = [one for one in found if words and (one.score <= rule.LOW or one.comment)][:MOST_TOLD]
    cases = rx.case_lists.by_ids([one.case_id for one in told])
    tags = {tag["id"]: tag for tag in tags_json(rx)}
    return {
        "first": first,
        "last": last,
        "issued": rx.case_evaluations.issued(_midnight(rx, first), _midnight(rx, last, 1)),
        "rated": len(found),
        "scores": [
            {"score": score, "zh": zh, "en": en, "count": scores.count(score)}
            for score, (zh, en) in rule.SCORES.items()
        ],
        "departments": [
            {"department": name, "ratings": len(given), "average": sum(given) / len(given)}
            for name, given in sorted(by_department.items())
        ],
        "said": [
            {
                "case": one.case_id,
                "code": cases[one.case_id].code,
                "item_name": cases[one.case_id].name,
                "department": one.department,
                "day": one.day,
                "at": iso(one.at),
                "score": one.score,
                "tags": [tags.get(key, {"id": key, "name": key, "name_en": key}) for key in one.tags],
                "comment": one.comment,
                "channel": one.channel,
            }
            for one in told
        ],
    }


def _midnight(rx: Tx, day: str, more: int = 0) -> int:
    """When that day of the hall begins, or the one `more` days later."""
    return moment(datetime.combine(date.fromisoformat(day) + timedelta(days=more), time.min, rx.rules.zone))


def _check_time(tx: Tx, case: Case, window: int | None, now: int) -> None:
    offered, ended = tx.rules.file.evaluation, case.ended_at or 0
    name = case.code or f"#{case.id}"
    if window is None:
        if now > rule.phone_until(ended, offered.phone_days):
            raise rule.EvaluationTooLate(number=name)
        return
    result = tx.results.find(case.id)
    if result is None or result.window_number != window:
        raise rule.NotThisWindows(number=name, window=window)
    if now > rule.pad_closes(ended, offered.pad_seconds):
        raise rule.EvaluationTooLate(number=name)
