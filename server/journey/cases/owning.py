"""Step 5: 首办责任: who took a case in sees it to its end; handing it on is recorded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from server.access.refusals import StaffUnknown
from server.domain.actor import Actor, Role
from server.domain.cases.record import Case
from server.domain.cases.state import CaseState
from server.domain.refusals import Refusal
from server.domain.ticket import Ticket
from server.domain.window import Window
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


class Holder(NamedTuple):
    """A clerk who has cases in hand: the actor's id, and the name that screens show."""

    id: str
    name: str


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
    to, reason = Holder(f"staff:{account.username}", account.name), request.reason.strip()
    for one in [case, *tx.cases.children(case.id)]:
        _give(tx, one, to, request.by, reason)
    return tx.cases.get(case.id)


def drafts_follow(tx: Tx, ticket: Ticket, window: Window, by: Actor) -> None:
    """What was begun for a number and not handed in goes to the clerk who serves that number now: they go on with it."""
    if window.clerk is None:
        return
    to = Holder(window.clerk, window.clerk_name or window.clerk)
    for case in tx.cases.of_ticket(ticket.id):
        if case.at == CaseState.DRAFT and case.owner not in (None, to.id):
            reason = f"号码 {ticket.number} 改由{window.number}号窗口办理"
            _give(tx, case, to, by, reason, window_number=window.number)


def _give(tx: Tx, case: Case, to: Holder, by: Actor, reason: str, **columns: Any) -> None:
    facts = {"from": case.owner, "from_name": case.owner_name, "to": to.id, "to_name": to.name, "reason": reason}
    changed = tx.cases.set(case, owner=to.id, owner_name=to.name, **columns)
    note(tx, changed, by, "handed_on", facts)
