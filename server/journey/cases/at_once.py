"""Step 4: 即办件，前台一人通办: a clerk whom the department lets do so decides at the window and hands the result out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from server.domain.actor import Actor
from server.domain.cases.record import Case
from server.domain.cases.special import ReasonsMissing
from server.domain.cases.state import CaseState
from server.domain.catalogue.model import Kind
from server.domain.refusals import Refusal
from server.journey.cases import issuing
from server.journey.cases.authorizing import require_authorized
from server.journey.cases.awaiting import need_results
from server.journey.cases.drafting import in_hands_of
from server.journey.cases.items import departments, matter
from server.journey.cases.moves import move
from server.journey.counter import held_by
from server.store.cases import case_moved
from server.store.transaction import Tx

S = CaseState


class NotInstant(Refusal):
    status, code = 409, "not_instant"
    zh = "“{item}”不是前台一人通办的即办件，由部门审批。"
    en = "“{item}” is not decided at the window; its department decides."


@dataclass(frozen=True, slots=True)
class AtOnceRequest:
    """`window`: where it is decided and handed out. A rejection needs `reasons`. `without_result`: why to approve a part of a
    bundle before what another part makes is there."""

    by: Actor
    case: int
    window: int
    decision: Literal["approved", "rejected"] = "approved"
    opinion: str = ""
    reasons: tuple[str, ...] = ()
    without_result: str = ""


def decide_at_once(tx: Tx, request: AtOnceRequest, now: int) -> Case:
    """Raises NotInstant, NotAuthorized, NotYourWindow, NotYourCase, CaseMoved, ReasonsMissing, ResultAwaited."""
    window = held_by(tx, request.by, request.window)
    case = tx.cases.get(request.case)
    one = matter(tx, case)
    if one.item.kind != Kind.INSTANT_SINGLE:
        raise NotInstant(item=case.name)
    in_hands_of(case, request.by)
    require_authorized(tx, request.by, departments(one.item), case.item_id, case.name)
    if case.at != S.ACCEPTED or tx.tasks.of_case(case.id):
        raise case_moved(case)
    said = need_results(one, request.without_result) if request.decision == "approved" else {}
    reasons = [reason.strip() for reason in request.reasons if reason.strip()]
    if request.decision == "rejected" and not reasons:
        raise ReasonsMissing()
    facts = {"opinion": request.opinion.strip(), "reasons": reasons, "at_window": window.number, **said}
    if reasons:
        facts["remedies"] = tx.rules.file.cases.remedies
    words = "；".join(reasons) or None
    case = move(
        tx, case, CaseState(request.decision), request.by, request.decision, facts, now,
        window_number=window.number, end_reason=words,
    )  # fmt: skip
    if case.delivery == issuing.COURIER:  # whoever wants it sent has gone: the parcel is ordered now
        issuing.at_window(tx, case, request.by, window.number, now)
        issuing.want_courier(tx, case, request.by)
        case = tx.cases.get(case.id)
    return case
