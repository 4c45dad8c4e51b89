"""A department's workbench: its tasks, due first, and every decision about them."""

from __future__ import annotations

from typing import Any

from server.domain.actor import Role
from server.domain.cases import special as why
from server.domain.cases.authorization import OtherDepartment
from server.domain.cases.intake import SecondCorrection
from server.domain.cases.issue import NotToBeMailed
from server.journey.cases import approving, mailing, rights, suspending, task_views
from server.journey.cases.correcting import CorrectionEmpty, CorrectionMaterialUnknown, Wanted
from server.journey.cases.unmasking import UnmaskTaskRequest, unmask_task
from server.store.cases import CaseMoved
from server.store.tasks import Task
from server.store.transaction import Tx
from server.web.access import LEADERS
from server.web.api.commands import command
from server.web.api.routing import Reply, Routes
from server.web.api.schemas import Nothing
from server.web.api.task_schemas import (
    Approve,
    ClearForm,
    Correction,
    Mail,
    NoteGiven,
    ReasonGiven,
    Reject,
    Suspend,
    TaskDetail,
    TaskRow,
    TasksQuery,
    Workbench,
)
from server.web.context import actor, services

routes = Routes("tasks")
DECIDERS = (Role.APPROVER, Role.HEAD, *LEADERS)
TASK = (why.TaskUnknown, OtherDepartment, why.TaskMoved)
WORK = (*TASK, why.TaskHeldByOther, why.NotYetReceived, why.CaseStands, CaseMoved)


@routes.get("/tasks", DECIDERS, summary="审批工作台 A department's tasks", query=TasksQuery, answers={200: Workbench})
def list_(query: TasksQuery) -> Reply:
    """By their due day, so red first; what is still on its way comes after what is there, what stands comes last."""
    by = actor()
    department = (query.department or by.department) if by.leads else by.department
    return 200, services().store.read(services().hall_id, task_views.workbench, department, query.state)


@routes.get(
    "/tasks/{task}",
    DECIDERS,
    may=rights.decides,
    summary="审批详情 A task",
    answers={200: TaskDetail},
    refusals=TASK[:2],
)
def see(task: int) -> Reply:
    """The case as it was taken in, with the form masked."""
    return 200, services().store.read(services().hall_id, task_views.detail, actor(), task)


@routes.post("/tasks/{task}/hold", DECIDERS, may=rights.decides,
             summary="接件办理 Take a task", body=Nothing, answers={200: TaskRow},
             refusals=(*TASK, why.TaskHeldByOther))  # fmt: skip
def hold(task: int, body: Nothing) -> Reply:
    """One approver works on it; the head of the department may take it over."""
    return command(approving.hold, approving.TaskRequest(actor(), task), body, _row)


@routes.post("/tasks/{task}/release", DECIDERS, may=rights.decides,
             summary="退回待办 Give a task back", body=Nothing, answers={200: TaskRow},
             refusals=(*TASK, why.TaskHeldByOther))  # fmt: skip
def release(task: int, body: Nothing) -> Reply:
    """Anybody of the department may take it then."""
    return command(approving.release, approving.TaskRequest(actor(), task), body, _row)


@routes.post("/tasks/{task}/unmask", DECIDERS, may=rights.decides,
             summary="查看完整信息 Read the form in clear", body=ReasonGiven,
             answers={200: ClearForm}, refusals=TASK[:2], replayed=False)  # fmt: skip
def unmask(task: int, body: ReasonGiven) -> Reply:
    """Noted in the case's history and in the audit, with the reason. Its answer is never kept: it is in clear."""
    by = actor()
    form = services().store.write(services().hall_id, unmask_task, UnmaskTaskRequest(by, task, body.reason))
    services().store.audit(services().hall_id, by.id, "case.unmask", f"task:{task}", {"reason": body.reason})
    return 200, {"form": form}


@routes.post("/tasks/{task}/approve", DECIDERS, may=rights.decides,
             summary="同意 Approve", body=Approve, answers={200: TaskRow},
             refusals=(*WORK, why.DeferralOpen, why.ResultAwaited))  # fmt: skip
def approve(task: int, body: Approve) -> Reply:
    """The case is approved when the last of its departments approves. A part of a bundle waits for what another part makes,
    unless `without_result` says why not."""
    wanted = approving.DecideRequest(
        actor(), task, approve=True, opinion=body.opinion, without_result=body.without_result
    )
    return command(approving.decide, wanted, body, _row)


@routes.post("/tasks/{task}/reject", DECIDERS, may=rights.decides,
             summary="不同意 Reject", body=Reject, answers={200: TaskRow},
             refusals=(*WORK, why.ReasonsMissing))  # fmt: skip
def reject(task: int, body: Reject) -> Reply:
    """With its reasons; ends the case for all its departments. The citizen is told the reasons and the remedies."""
    wanted = approving.DecideRequest(actor(), task, approve=False, opinion=body.opinion, reasons=tuple(body.reasons))
    return command(approving.decide, wanted, body, _row)


@routes.post("/tasks/{task}/correction", DECIDERS, may=rights.decides,
             summary="一次性告知补正 Ask for correction", body=Correction,
             answers={200: TaskRow},
             refusals=(*WORK, SecondCorrection, CorrectionEmpty, CorrectionMaterialUnknown))  # fmt: skip
def correction(task: int, body: Correction) -> Reply:
    """Everything at once, once; the clock stands. A second time needs the head of the department and a reason."""
    items = tuple(Wanted(one.material, one.text) for one in body.items)
    wanted = suspending.CorrectRequest(actor(), task, items, body.reason)
    return command(suspending.correct, wanted, body, _row_of(task))


@routes.post("/tasks/{task}/suspend", DECIDERS, may=rights.decides,
             summary="特别程序 Suspend for a special procedure", body=Suspend,
             answers={200: TaskRow}, refusals=(*WORK, why.SpecialUnknown))  # fmt: skip
def suspend(task: int, body: Suspend) -> Reply:
    """A hearing, an inspection, an expert review …: those days do not count (行政许可法 第四十五条)."""
    wanted = suspending.SuspendRequest(actor(), task, body.kind, body.reason)
    return command(suspending.suspend, wanted, body, _row_of(task))


@routes.post("/tasks/{task}/resume", DECIDERS, may=rights.decides,
             summary="恢复计时 Resume", body=NoteGiven, answers={200: TaskRow},
             refusals=(*TASK, why.NotSuspended, CaseMoved))  # fmt: skip
def resume(task: int, body: NoteGiven) -> Reply:
    """The due day is later by the working days that the clock stood."""
    wanted = approving.TaskRequest(actor(), task, body.note)
    return command(suspending.resume, wanted, body, _row_of(task))


@routes.post("/tasks/{task}/dispatch", DECIDERS, may=rights.decides,
             summary="部门直接邮寄 Mail the result", body=Mail, answers={200: TaskRow},
             refusals=(*TASK[:2], NotToBeMailed, CaseMoved))  # fmt: skip
def dispatch(task: int, body: Mail) -> Reply:
    """A department that can gives a decided case's result to the courier itself, instead of to the issue window."""
    return command(mailing.mail, mailing.MailRequest(actor(), task, body.waybill), body, _row)


def _row(tx: Tx, task: Task) -> Any:
    return task_views.one_row(tx, task)


def _row_of(task: int) -> Any:
    def render(tx: Tx, _: Any) -> Any:
        return task_views.one_row(tx, tx.tasks.get(task))

    return render
