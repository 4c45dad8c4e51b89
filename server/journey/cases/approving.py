"""审查决定: a department takes a task, and approves or rejects; jointly where several have a part (并联审批)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from server.domain.actor import Actor, Role
from server.domain.cases.record import Case
from server.domain.cases.special import CaseStands, DeferralOpen, NotYetReceived, ReasonsMissing, TaskHeldByOther
from server.domain.cases.state import CASE_WORDS, CaseState, TaskState, joint_result
from server.journey.cases import electronic, issuing, notices
from server.journey.cases.authorizing import check_department
from server.journey.cases.awaiting import need_results
from server.journey.cases.items import matter
from server.journey.cases.moves import move, note
from server.journey.cases.parts import drop_parts
from server.store.tasks import Task
from server.store.transaction import Tx

DECIDING = frozenset({CaseState.ACCEPTED, CaseState.REVIEWING})
"""States in which departments decide."""


@dataclass(frozen=True, slots=True)
class TaskRequest:
    by: Actor
    task: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class DecideRequest:
    """`reasons` are needed for a rejection, `opinion` is for the department's own record. `without_result`: why to approve a
    part of a bundle before what another part makes is there."""

    by: Actor
    task: int
    approve: bool
    opinion: str = ""
    reasons: tuple[str, ...] = ()
    without_result: str = ""


def hold(tx: Tx, request: TaskRequest, now: int) -> Task:
    """Take a task. Raises TaskUnknown, OtherDepartment, TaskHeldByOther, TaskMoved."""
    task = tx.tasks.need_open(own_task(tx, request.by, request.task))
    if task.holder == request.by.id:
        return task
    if task.holder is not None and not (request.by.leads or request.by.has(Role.HEAD)):
        raise TaskHeldByOther(holder=task.holder_name)
    before = task.holder_name
    task = tx.tasks.set(task, holder=request.by.id, holder_name=request.by.name)
    _tell(tx, "task.held", task, request.by, {"before": before} if before else {})
    return task


def release(tx: Tx, request: TaskRequest, now: int) -> Task:
    """Give a task back to the department. Raises TaskUnknown, OtherDepartment, TaskHeldByOther, TaskMoved."""
    task = tx.tasks.need_open(own_task(tx, request.by, request.task))
    if task.holder not in (None, request.by.id) and not (request.by.leads or request.by.has(Role.HEAD)):
        raise TaskHeldByOther(holder=task.holder_name)
    task = tx.tasks.set(task, holder=None, holder_name="")
    _tell(tx, "task.released", task, request.by, {})
    return task


def decide(tx: Tx, request: DecideRequest, now: int) -> Task:
    """The department's decision; the case's too when it is the last, or a rejection.

    Raises TaskUnknown, OtherDepartment, NotYetReceived, TaskHeldByOther, CaseStands, DeferralOpen, ReasonsMissing,
    TaskMoved, CaseMoved.
    """
    task, case = working(tx, request.by, request.task)
    reasons = tuple(filter(None, (reason.strip() for reason in request.reasons)))
    said: dict[str, Any] = {}
    if request.approve:
        if case.deferral_due is not None:
            raise DeferralOpen(due=case.deferral_due)
        said = need_results(matter(tx, case), request.without_result)
        reasons = ()
    elif not reasons:
        raise ReasonsMissing()
    to = TaskState.APPROVED if request.approve else TaskState.REJECTED
    holder = {} if task.holder else {"holder": request.by.id, "holder_name": request.by.name}
    decided = {"decided_at": now, "decided_by": request.by.id, "opinion": request.opinion.strip()}
    task = tx.tasks.move(task, to, reasons=reasons, **decided, **holder)
    _tell(tx, f"task.{to}", task, request.by, {"opinion": task.opinion, "reasons": list(reasons), **said})
    settle(tx, case, request.by, reasons, now)
    return task


def settle(tx: Tx, case: Case, by: Actor, reasons: tuple[str, ...], now: int) -> Case:
    """The case's decision, when its departments' make one; what the others had still to do is dropped."""
    tasks = tx.tasks.of_case(case.id)
    result = joint_result([one.state for one in tasks])
    if result is None:
        return case
    drop_parts(tx, case.id, now)
    if case.at == CaseState.ACCEPTED:  # all that was looked at went without papers
        case = move(tx, case, CaseState.REVIEWING, by, "received", {}, now)
    data: dict[str, Any] = {"reasons": list(reasons)} if result == CaseState.REJECTED else {}
    if result == CaseState.REJECTED:
        data["rights"] = tx.rules.file.cases.remedies
    case = move(tx, case, result, by, str(result), data, now, end_reason="；".join(reasons) or None)
    if electronic.awaits_result(case):  # told once there is something to open
        return electronic.finish(tx, case, by, now)
    notices.tell(tx, case, "rejected" if result == CaseState.REJECTED else "approved", now)
    if not issuing.needs_issue(case):
        case = move(tx, case, CaseState.CLOSED, by, "closed", {"online": True}, now)
    return case


def own_task(tx: Tx, by: Actor, task_id: int) -> Task:
    """A task of the actor's department. Raises TaskUnknown, OtherDepartment."""
    task = tx.tasks.get(task_id)
    check_department(by, task.department)
    return task


def working(tx: Tx, by: Actor, task_id: int, states: Collection[CaseState] = DECIDING) -> tuple[Task, Case]:
    """A task that this person may work on now, and its case, which is in one of these states.

    Raises TaskUnknown, OtherDepartment, NotYetReceived, TaskHeldByOther, CaseStands, TaskMoved.
    """
    task = tx.tasks.need_open(own_task(tx, by, task_id))
    if task.state == TaskState.ON_ITS_WAY:
        raise NotYetReceived()
    if task.holder not in (None, by.id) and not (by.leads or by.has(Role.HEAD)):
        raise TaskHeldByOther(holder=task.holder_name)
    case = tx.cases.get(task.case_id)
    if case.at not in states:
        zh, en = CASE_WORDS[case.at]
        raise CaseStands(state_zh=zh, state_en=en)
    return task, case


def _tell(tx: Tx, kind: str, task: Task, by: Actor, data: dict[str, Any]) -> None:
    """Into the case's history; the screens are told no more than that something of the department changed."""
    case = tx.cases.get(task.case_id)
    note(tx, case, by, kind.replace(".", "_"), {"department": task.department, **data}, told=False)
    tx.events.append(kind, {"id": task.id, "case": case.id, "department": task.department, "state": str(task.state)})
