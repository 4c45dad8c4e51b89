"""Who of those at work has a part in a case: the counter in every one, a department's people in their own."""

from __future__ import annotations

from server.domain.actor import Actor, Role
from server.domain.cases.issue import NotAskedToSign, ResultState
from server.domain.cases.record import Case
from server.journey.cases.awaiting import may_open_result
from server.journey.cases.electronic import RESULT, require_result
from server.journey.catalogue.rights import NotYourDepartment
from server.store.transaction import Tx

SIGNATURE = "signature"


def has_part(rx: Tx, by: Actor, case: Case) -> bool:
    """Any window takes in any matter, so clerks, guides and leaders have; approvers and heads where they decide."""
    if by.leads or by.has(Role.CLERK, Role.GUIDE):
        return True
    if not by.department or not by.has(Role.APPROVER, Role.HEAD):
        return False
    if by.department == case.department:
        return True
    parts = [case, *rx.cases.children(case.id)] if case.is_bundle else [case]
    tasks = (task for one in parts for task in rx.tasks.of_case(one.id))
    return by.department in {*(one.department for one in parts), *(task.department for task in tasks)}


def require_part(rx: Tx, by: Actor, case: Case) -> None:
    """Raises NotYourDepartment."""
    if not has_part(rx, by, case):
        raise NotYourDepartment(department=case.department)


def require_may_open(rx: Tx, by: Actor, case: Case, file: int) -> None:
    """A paper of the case, or the result that a part of the own department's waits for. Raises NotYourDepartment."""
    if not may_open_result(rx, by.department, case, file):
        require_part(rx, by, case)


def require_may_add(rx: Tx, by: Actor, case: Case, purpose: str) -> None:
    """A pad adds the signature its own window has asked for, and nothing else; a department its electronic result.

    Raises NotYourDepartment, NotAskedToSign, ResultNotElectronic.
    """
    if by.is_staff or not by.has(Role.PAD):
        require_part(rx, by, case)
        if purpose == RESULT:
            require_result(rx, by, case)
        return
    result = rx.results.find(case.id)
    asked = result is not None and result.state == ResultState.WAITING and bool(result.collector_mask)
    here = result is not None and (not by.windows or result.window_number in by.windows)
    if purpose != SIGNATURE or not asked or not here:
        raise NotAskedToSign()
