"""The one way a case changes its state: a conditional UPDATE, a line in its history, an event for the screens."""

from __future__ import annotations

from typing import Any

from server.domain.actor import SYSTEM, Actor
from server.domain.cases.record import Case
from server.domain.cases.state import CASE_MOVES, CaseState, TaskState
from server.domain.cases.words import ended_because
from server.journey.alarms import clear_alarm
from server.journey.cases import notices
from server.journey.cases.board_numbers import number_of
from server.journey.cases.items import waiting_for
from server.journey.cases.parts import drop_parts
from server.store.transaction import Tx

S = CaseState
PRE_REVIEW_ALARM = "pre_review_overdue"
ENDS = frozenset({S.COLLECTED, S.CLOSED, S.REFUSED, S.WITHDRAWN, S.TERMINATED})
STOPPED_FOR_GOOD = frozenset({S.WITHDRAWN, S.TERMINATED})
UNDECIDED = frozenset({S.WITHDRAWN, S.TERMINATED})
"""Ends on which the departments have no say any more."""
DECISIONS = frozenset({S.APPROVED, S.REJECTED})


def move(
    tx: Tx, case: Case, to: CaseState, by: Actor, action: str, data: dict[str, Any], now: int, **columns: Any
) -> Case:
    """Move a case; `data` goes to its history, `columns` are set in the same UPDATE. The event has no personal field.

    A decision and an end set `decided_at`, `decision` and `ended_at` by themselves; a case withdrawn or terminated drops
    its departments' open tasks; the parent of a bundle follows its children, and a part its result. Raises CaseMoved.
    """
    if to in DECISIONS:
        columns = {"decided_at": now, "decision": to.value, **columns}
    if to in ENDS:
        columns = {"ended_at": now, **columns}
    if to in UNDECIDED:
        drop_parts(tx, case.id, now)
    was = case.state
    case = tx.cases.move(case, to, **columns)
    tx.cases.note(case.id, by.id, by.name, action, data, was, case.state)
    tell_case(tx, action, case, was)
    if was == S.PRE_REVIEW:
        clear_alarm(tx, PRE_REVIEW_ALARM, f"case:{case.id}")
    if to in STOPPED_FOR_GOOD:
        _wind_up(tx, case)
    if case.parent_id is not None:
        if case.start_day is not None:
            _tell_waiting(tx, case, to, now)
        _follow(tx, case.parent_id, by, now)
    return case


def _tell_waiting(tx: Tx, made: Case, to: CaseState, now: int) -> None:
    """The parts of the bundle that wait for what this one makes have it now, or end with it: it will never be."""
    if to not in DECISIONS and (to not in ENDS or made.decision is not None):
        return
    for case in waiting_for(tx, made):
        if to == S.APPROVED and case.at not in ENDS:
            note(tx, case, SYSTEM, "result_here", {"item": made.name, "code": made.code})
        elif to != S.APPROVED and case.decision is None and S.TERMINATED in CASE_MOVES[case.at]:
            reason = ended_because("part", name=made.name)
            move(tx, case, S.TERMINATED, SYSTEM, "terminated", {"reason": reason}, now, end_reason=reason)
            notices.tell(tx, case, "terminated", now)


def note(tx: Tx, case: Case, by: Actor, action: str, data: dict[str, Any], *, told: bool = True) -> None:
    """Something happened to a case that stays where it is: a line in its history and, if `told`, an event."""
    tx.cases.note(case.id, by.id, by.name, action, data, case.state, case.state)
    if told:
        tell_case(tx, action, case, case.state)


def tell_case(tx: Tx, action: str, case: Case, was: str | None) -> None:
    """Append `case.<action>`; no personal field: every screen hears it and it is kept for ever."""
    data = {
        "id": case.id,
        "code": number_of(tx, case),
        "item": case.item_id,
        "department": case.department,
        "from": was,
        "to": case.state,
    }
    tx.events.append(f"case.{action}", data, window=case.window_number)


def _wind_up(tx: Tx, case: Case) -> None:
    """Departments need not decide any more, and no clock stands."""
    for task in tx.tasks.of_case(case.id):
        if task.open:
            tx.tasks.move(task, TaskState.DROPPED)
    tx.cases.run_clock(case.id, tx.rules.day.isoformat())


def _follow(tx: Tx, parent_id: int, by: Actor, now: int) -> None:
    """The parent of a bundle (一件事) is decided when its last child is, and closed when its last child has ended."""
    parent, children = tx.cases.get(parent_id), tx.cases.children(parent_id)
    states = {one.at for one in children}
    if states & {S.DRAFT, S.PRE_REVIEW, S.AWAITING_VISIT}:
        return
    decided = all(one.decision is not None or one.at in ENDS for one in children)
    if parent.at in (S.ACCEPTED, S.REVIEWING) and not any(one.decision for one in children) and states <= ENDS:
        to = S.TERMINATED if S.TERMINATED in states else S.WITHDRAWN
        move(tx, parent, to, by, str(to), {"by_children": True}, now)
        return
    if parent.at in (S.ACCEPTED, S.REVIEWING) and decided:
        to = S.APPROVED if any(one.decision == S.APPROVED for one in children) else S.REJECTED
        parent = move(tx, parent, to, by, "decided", {"by_children": True}, now)
    if states <= ENDS and S.CLOSED in CASE_MOVES[parent.at]:
        move(tx, parent, S.CLOSED, by, "closed", {"by_children": True}, now)
