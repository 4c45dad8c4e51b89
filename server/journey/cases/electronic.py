"""制发电子证照: the department's result of a wholly online case as a file, which the citizen opens on the own page."""

from __future__ import annotations

from server.domain.actor import Actor, Role
from server.domain.cases.issue import ResultNotElectronic, ResultTypeRefused
from server.domain.cases.record import Case
from server.domain.cases.state import CaseState
from server.domain.catalogue.model import Kind
from server.journey.cases.items import waiting_for
from server.journey.catalogue.rights import NotYourDepartment
from server.store.files import StoredFile
from server.store.transaction import Tx

RESULT = "result"
TYPES = frozenset({"application/pdf", "application/ofd", "image/jpeg", "image/png"})
UNDER_REVIEW = frozenset({CaseState.ACCEPTED, CaseState.REVIEWING, CaseState.SUSPENDED})


def decides(rx: Tx, by: Actor, case: Case) -> bool:
    """One of the departments that decide the case, or a leader for them; never the window."""
    if by.leads:
        return True
    departments = {case.department, *(task.department for task in rx.tasks.of_case(case.id))}
    return by.has(Role.APPROVER, Role.HEAD) and by.department in departments


def takes_result(rx: Tx, case: Case) -> bool:
    """Of a wholly online case, and of a part of a bundle that another part waits for. Before the decision, so that the citizen has it at once, or after an approval."""
    if case.is_bundle or (case.kind != Kind.ONLINE_FULL and not waiting_for(rx, case)):
        return False
    return case.at in UNDER_REVIEW or case.decision == CaseState.APPROVED


def require_result(rx: Tx, by: Actor, case: Case) -> None:
    """May this person add (or take back) a result of the case now? Raises NotYourDepartment, ResultNotElectronic."""
    if not decides(rx, by, case):
        raise NotYourDepartment(department=case.department)
    if not takes_result(rx, case):
        raise ResultNotElectronic(code=case.code or f"#{case.id}")


def check_type(media_type: str) -> None:
    """Raises ResultTypeRefused."""
    if media_type not in TYPES:
        raise ResultTypeRefused()


def shown_to_citizen(case: Case, file: StoredFile) -> bool:
    """A result is nobody's before the approval: until then the department may decide otherwise."""
    return file.purpose != RESULT or case.decision == CaseState.APPROVED
