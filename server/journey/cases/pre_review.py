"""Step 4: what came online is looked at before anybody comes (网上预审), within its limit; then it goes on by itself."""

from __future__ import annotations

from dataclasses import dataclass

from server.domain.actor import SYSTEM, Actor, Role
from server.domain.cases.record import Case
from server.domain.cases.state import CaseState
from server.domain.catalogue.model import Kind
from server.domain.refusals import Refusal
from server.domain.units import local
from server.journey.cases import deadlines, notices
from server.journey.cases.intake import fit, take_in
from server.journey.cases.items import matter
from server.journey.cases.moves import move
from server.store.cases import case_moved
from server.store.transaction import Tx

S = CaseState


class OtherDepartmentsReview(Refusal):
    status, code = 403, "other_departments_review"
    zh = "这个申请由{department}预审，您不属于该部门。"
    en = "This application is pre-reviewed by {department}, which is not your department."


@dataclass(frozen=True, slots=True)
class PassRequest:
    by: Actor
    case: int
    note: str = ""


def may_review(case: Case, by: Actor) -> None:
    """Its own department's people, clerks and leaders. Raises OtherDepartmentsReview."""
    if by.leads or by.has(Role.CLERK):
        return
    if by.department != case.department:
        raise OtherDepartmentsReview(department=case.department)


def pass_pre_review(tx: Tx, request: PassRequest, now: int) -> Case:
    """Raises CaseMoved, OtherDepartmentsReview, FormIncomplete, SituationOpen."""
    case = tx.cases.get(request.case)
    may_review(case, request.by)
    if case.at != S.PRE_REVIEW:
        raise case_moved(case)
    return go_on(tx, case, request.by, "pre_review_passed", request.note.strip(), now)


def go_on(tx: Tx, case: Case, by: Actor, action: str, note: str, now: int) -> Case:
    """全流程: accepted by itself, every checkpoint looked at; 半流程: the papers are to be brought to a window."""
    if case.kind == Kind.ONLINE_FULL:
        return _accept(tx, case, by, action, note, now)
    facts = {"note": note, deadlines.LIMIT: tx.rules.file.cases.visit_days}
    case = move(tx, case, S.AWAITING_VISIT, by, action, facts, now, pre_review_due=None)
    notices.tell(tx, case, "awaiting_visit", now)
    return case


def _accept(tx: Tx, case: Case, by: Actor, action: str, note: str, now: int) -> Case:
    fit(tx, case)  # before anything is written: when its limit is over, nobody undoes what a refusal leaves behind
    one = matter(tx, case)
    ticks = frozenset((material.id, point.id) for material in one.materials for point in material.checkpoints)
    tx.cases.note(case.id, by.id, by.name, action, {"note": note}, case.state, case.state)
    case = tx.cases.set(case, ticks=ticks, pre_review_due=None)
    return take_in(tx, case, by, None, now)


LAW_DAYS = 5
"""行政许可法 第三十二条: what is missing is told within five working days, else the application counts as taken."""
STUCK = "pre_review_stuck"


def lapsed_by_law(rx: Tx, case: Case) -> bool:
    """Has nobody said a word for so long that it goes on whatever the hall wishes? Not what could not go on when it was tried."""
    due = deadlines.promise(rx, LAW_DAYS, local(case.state_since, rx.rules.zone).date())
    tried = any(line.action == STUCK and line.at >= case.state_since for line in rx.cases.history(case.id))
    return due is not None and due.day < deadlines.today(rx) and not tried


def overdue(tx: Tx, case: Case, now: int) -> Case | None:
    """Its limit is over: it goes on by itself (默认通过), and its history says so; None where the hall only reminds, as
    long as the law lets it."""
    if tx.rules.file.cases.pre_review_overdue == "remind" and not lapsed_by_law(tx, case):
        return None
    return go_on(tx, case, SYSTEM, "pre_review_lapsed", "逾期未预审，默认通过", now)
