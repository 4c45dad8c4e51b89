"""部门具备快递送达条件的，也可直接邮寄: a department gives the result to the courier itself, past the issue window."""

from __future__ import annotations

from dataclasses import dataclass

from server.domain.actor import Actor
from server.domain.cases.courier import CourierState
from server.domain.cases.issue import NotToBeMailed, ResultState
from server.domain.cases.record import Case
from server.journey.cases import issuing
from server.journey.cases.approving import own_task
from server.journey.cases.authorizing import check_department
from server.journey.cases.handing_over import under_way
from server.store.results import Result
from server.store.tasks import Task
from server.store.transaction import Tx


@dataclass(frozen=True, slots=True)
class MailRequest:
    """`waybill`: from the slip the department filled in."""

    by: Actor
    task: int
    waybill: str


def may_mail(rx: Tx, by: Actor, case: Case) -> bool:
    """By the department that decides the case, as long as its result went nowhere else."""
    wanted = case.at in issuing.DECIDED and case.delivery == issuing.COURIER and not case.is_bundle
    return wanted and (by.leads or by.department == case.department) and not under_way(rx, case)


def mail(tx: Tx, request: MailRequest, now: int) -> Task:
    """On its way to the citizen, who is told the waybill; nobody asks a gateway about a slip filled in by hand, so the
    issue window notes when it was delivered or came back.

    Raises TaskUnknown, OtherDepartment, NotToBeMailed, CaseMoved.
    """
    task = own_task(tx, request.by, request.task)
    case = tx.cases.get(task.case_id)
    check_department(request.by, case.department)
    if not may_mail(tx, request.by, case):
        raise NotToBeMailed(code=case.code or f"#{case.id}")
    waybill = request.waybill.strip().upper()
    order = issuing.want_courier(tx, case, request.by)
    tx.couriers.move(order, CourierState.CANCELLED, waybill=waybill)  # as at the issue window: no gateway is asked
    title = issuing.title_of(tx, case)
    tx.results.add(
        Result(
            case.id,
            title,
            ResultState.WAITING,
            arrived_at=now,
            arrived_by=request.by.id,
            department=case.department,
        )
    )
    issuing.send_off(tx, case, request.by, waybill, now)
    return task
