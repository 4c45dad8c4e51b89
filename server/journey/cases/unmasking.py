"""A form in clear, for those who decide: with a reason, kept in the case's history."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from server.domain.actor import Actor
from server.journey.cases.approving import own_task
from server.journey.cases.moves import note
from server.journey.cases.particulars import form_of
from server.store.transaction import Tx


@dataclass(frozen=True, slots=True)
class UnmaskTaskRequest:
    by: Actor
    task: int
    reason: str


def unmask_task(tx: Tx, request: UnmaskTaskRequest, now: int) -> dict[str, Any]:
    """The basic form of a task's case. Raises TaskUnknown, OtherDepartment."""
    task = own_task(tx, request.by, request.task)
    case = tx.cases.get(task.case_id)
    data = {"reason": request.reason, "department": task.department}
    note(tx, case, request.by, "unmasked", data, told=False)
    return form_of(tx, case).model_dump(mode="json")
