"""Step 4: an application is not accepted (不予受理), or withdrawn by the applicant."""

from __future__ import annotations

from dataclasses import dataclass

from server.domain.actor import Actor
from server.domain.cases.form import FormIncomplete
from server.domain.cases.record import Case
from server.domain.cases.state import CASE_MOVES, CaseState
from server.domain.refusals import Refusal
from server.journey.cases import notices
from server.journey.cases.drafting import in_hands_of, whole
from server.journey.cases.intake import new_code
from server.journey.cases.items import matters
from server.journey.cases.moves import move
from server.journey.cases.particulars import form_of
from server.store.cases import case_moved
from server.store.transaction import Tx

S = CaseState


class RefusalReasonMissing(Refusal):
    status, code = 422, "refusal_reason_missing"
    zh = "不予受理必须写明理由，请选择或填写。"
    en = "An application is not refused without a reason. Choose or write one."


class RefusalReasonUnknown(Refusal):
    status, code = 422, "refusal_reason_unknown"
    zh = "“{reason}”不在这个事项的不予受理情形中，请另写在“其他理由”里。"
    en = "“{reason}” is not among the item's reasons. Write it as another reason."


class WithdrawalReasonMissing(Refusal):
    status, code = 422, "withdrawal_reason_missing"
    zh = "请写明申请人为什么撤回。"
    en = "Say why the applicant withdraws."


@dataclass(frozen=True, slots=True)
class RefuseRequest:
    """`reasons` of the item's own; `other` in the clerk's words."""

    by: Actor
    case: int
    reasons: tuple[str, ...] = ()
    other: str = ""


@dataclass(frozen=True, slots=True)
class WithdrawRequest:
    by: Actor
    case: int
    reason: str


def refuse(tx: Tx, request: RefuseRequest, now: int) -> Case:
    """不予受理: a written notice with the reasons and the remedies.

    Raises RefusalReasonMissing, RefusalReasonUnknown, FormIncomplete (the applicant's name), NotYourCase, CaseMoved,
    OtherDepartmentsReview.
    """
    case = tx.cases.get(request.case)
    from server.journey.cases.pre_review import may_review

    may_review(case, request.by)
    if case.at != S.PRE_REVIEW:
        whole(case)
        in_hands_of(case, request.by)
    if S.REFUSED not in CASE_MOVES[case.at] or case.start_day is not None:
        raise case_moved(case)
    known = {reason for one in matters(tx, case) for reason in one.item.refusal_reasons}
    for reason in request.reasons:
        if reason not in known:
            raise RefusalReasonUnknown(reason=reason)
    reasons = [*dict.fromkeys(request.reasons), *filter(None, [request.other.strip()])]
    if not reasons:
        raise RefusalReasonMissing()
    form = form_of(tx, case)
    if not form.name:
        field = {"field": "name", "message_zh": "请先填写申请人。", "message_en": "Fill in the applicant's name first."}
        raise FormIncomplete(count=1, labels_zh="申请人", labels_en="applicant's name", fields=[field])
    facts = {"reasons": reasons, "remedies": tx.rules.file.cases.remedies}
    words = "；".join(reasons)
    for child in tx.cases.children(case.id):
        move(tx, child, S.REFUSED, request.by, "refused", facts, now, end_reason=words)
    columns = {"code": case.code or new_code(tx, case), "end_reason": words}
    case = move(tx, case, S.REFUSED, request.by, "refused", facts, now, **columns)
    notices.tell(tx, case, "refused", now)
    return case


def withdraw(tx: Tx, request: WithdrawRequest, now: int) -> Case:
    """撤回, at any window or by the citizen, until it is decided. Raises WithdrawalReasonMissing, CaseMoved."""
    case = tx.cases.get(request.case)
    whole(case)
    if not request.reason.strip():
        raise WithdrawalReasonMissing()
    if S.WITHDRAWN not in CASE_MOVES[case.at]:
        raise case_moved(case)
    return end_all(tx, case, S.WITHDRAWN, request.by, "withdrawn", request.reason.strip(), now)


def end_all(tx: Tx, case: Case, to: CaseState, by: Actor, action: str, reason: str, now: int) -> Case:
    """End a case undecided; a bundle with those of its children that may still end so."""
    children = [one for one in tx.cases.children(case.id) if to in CASE_MOVES[one.at]]
    for child in reversed(children):  # whoever waits for another part's result before that part, which would end it
        move(tx, child, to, by, action, {"reason": reason}, now, end_reason=reason)
    was, case = case.at, tx.cases.get(case.id)
    if case.at != was:  # the parent has followed its last child: to the same end, or, where one was decided, to that
        return tx.cases.set(case, end_reason=reason)
    return move(tx, case, to, by, action, {"reason": reason}, now, end_reason=reason)
