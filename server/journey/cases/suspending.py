"""特别程序: a hearing, an inspection, an expert review; the clock stands meanwhile (行政许可法 第四十五条)."""

from __future__ import annotations

from dataclasses import dataclass

from server.domain.actor import Actor
from server.domain.cases.record import Case
from server.domain.cases.special import SPECIAL, NotSuspended, SpecialUnknown
from server.domain.cases.state import CaseState
from server.journey.cases import deadlines, notices
from server.journey.cases.approving import DECIDING, TaskRequest, own_task, working
from server.journey.cases.authorizing import check_department
from server.journey.cases.correcting import Wanted, ask
from server.journey.cases.moves import move
from server.store.transaction import Tx

ASKING = DECIDING | {CaseState.CORRECTION}
"""States in which a department may ask for correction."""


@dataclass(frozen=True, slots=True)
class SuspendRequest:
    by: Actor
    task: int
    kind: str
    reason: str


@dataclass(frozen=True, slots=True)
class CorrectRequest:
    """一次性告知 by a department; `reason`: why a second time."""

    by: Actor
    task: int
    items: tuple[Wanted, ...]
    reason: str = ""


def suspend(tx: Tx, request: SuspendRequest, now: int) -> Case:
    """The clock of the whole case stands from the end of today, for all its departments.

    Raises SpecialUnknown, and what `working` raises.
    """
    if request.kind not in SPECIAL:
        raise SpecialUnknown(kind=request.kind)
    task, case = working(tx, request.by, request.task)
    zh, en = SPECIAL[request.kind]
    if case.at == CaseState.ACCEPTED:
        case = move(tx, case, CaseState.REVIEWING, request.by, "received", {}, now)
    data = {"kind": request.kind, "zh": zh, "en": en, "reason": request.reason, "department": task.department}
    case = move(tx, case, CaseState.SUSPENDED, request.by, "suspended", data, now)
    case = deadlines.stop(tx, case, request.kind, request.reason, request.by, now)
    notices.tell_step(tx, case, "suspended", now)
    return case


def resume(tx: Tx, request: TaskRequest, now: int) -> Case:
    """The procedure is over: the clock runs on, the due day is later. Its own department says so, or a manager.

    Raises TaskUnknown, OtherDepartment, NotSuspended.
    """
    task = own_task(tx, request.by, request.task)
    case = tx.cases.get(task.case_id)
    if case.at != CaseState.SUSPENDED:
        raise NotSuspended()
    check_department(request.by, stopped_by(tx, case))
    data = {"note": request.note, "department": task.department}
    case = move(tx, case, CaseState.REVIEWING, request.by, "resumed", data, now)
    case = deadlines.run(tx, case, now)
    notices.tell_step(tx, case, "resumed", now)
    return case


def stopped_by(rx: Tx, case: Case) -> str:
    """The department whose special procedure the case waits for."""
    last = next(one for one in reversed(rx.cases.history(case.id)) if one.action == "suspended")
    return str(last.data["department"])


def correct(tx: Tx, request: CorrectRequest, now: int) -> Case:
    """Everything that is missing, told at once by the department; once, but for a supervisor's second time.

    A department of a joint approval finds something while the applicant still puts right what another asked for: its
    supervisor tells that, too, and does not wait. Raises SecondCorrection, CorrectionEmpty, and what `working` raises.
    """
    _, case = working(tx, request.by, request.task, ASKING)
    if case.at == CaseState.ACCEPTED:
        case = move(tx, case, CaseState.REVIEWING, request.by, "received", {}, now)
    return ask(tx, case, request.by, request.items, request.reason, now)
