"""Step 5: 首办责任: who took a case in sees it to its end; handing it on is recorded."""

from __future__ import annotations

from dataclasses import dataclass

from server.access.refusals import StaffUnknown
from server.domain.actor import Actor, Role
from server.domain.cases.record import Case
from server.domain.refusals import Refusal
from server.journey.cases.drafting import in_hands_of, whole
from server.journey.cases.moves import ENDS, note
from server.store.cases import case_moved
from server.store.transaction import Tx


class HandOnReasonMissing(Refusal):
    status, code = 422, "hand_on_reason_missing"
    zh = "移交首办责任要写明理由。"
    en = "Say why the case is handed on."


class HandOnNotClerk(Refusal):
    status, code = 422, "hand_on_not_clerk"
    zh = "{name}不是窗口受理人员，请移交给窗口人员。"
    en = "{name} is not a clerk. Hand the case on to one."


@dataclass(frozen=True, slots=True)
class HandOnRequest:
    """`to` is the user name of the clerk who takes it over."""

    by: Actor
    case: int
    to: str
    reason: str


def hand_on(tx: Tx, request: HandOnRequest, now: int) -> Case:
    """Raises NotYourCase, StaffUnknown, HandOnNotClerk, HandOnReasonMissing, CaseMoved, ChildOfBundle."""
    case = tx.cases.get(request.case)
    whole(case)
    in_hands_of(case, request.by)
    if case.at in ENDS:
        raise case_moved(case)
    if not request.reason.strip():
        raise HandOnReasonMissing()
    account = tx.staff.find(request.to)
    if account is None or not account.active:
        raise StaffUnknown(username=request.to)
    if Role.CLERK not in account.roles:
        raise HandOnNotClerk(name=account.name)
    was = {"from": case.owner, "from_name": case.owner_name}
    facts = {**was, "to": f"staff:{account.username}", "to_name": account.name, "reason": request.reason.strip()}
    for one in [case, *tx.cases.children(case.id)]:
        changed = tx.cases.set(one, owner=facts["to"], owner_name=account.name)
        note(tx, changed, request.by, "handed_on", facts)
    return tx.cases.get(case.id)
