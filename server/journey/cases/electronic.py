"""制发电子证照: the department's result of a wholly online case as a file, which the citizen opens on the own page."""

from __future__ import annotations

from server.domain.actor import Actor, Role
from server.domain.cases.issue import ResultNotElectronic, ResultTypeRefused
from server.domain.cases.record import Case
from server.domain.cases.state import CaseState
from server.domain.cases.supervision import ReminderKind
from server.domain.catalogue.model import Kind
from server.journey.cases import notices
from server.journey.cases.issuing import needs_issue
from server.journey.cases.items import waiting_for
from server.journey.cases.moves import move
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


def awaits_result(case: Case) -> bool:
    """Approved, to be issued as a file alone, and the file is not there: the department owes it."""
    return case.at == CaseState.APPROVED and not needs_issue(case)


def finish(tx: Tx, case: Case, by: Actor, now: int) -> Case:
    """Closed, and the citizen told, once it is approved and its result is there, whichever comes last."""
    if not awaits_result(case) or all(one.purpose != RESULT for one in tx.files.of(f"case:{case.id}")):
        return case
    case = move(tx, case, CaseState.CLOSED, by, "closed", {"online": True}, now)
    notices.tell(tx, case, "approved", now)
    return case


def ask_anew(tx: Tx, case: Case, by: Actor) -> None:
    """Its only result was taken back after the citizen was told: the department, and its head, are to put up another."""
    if (
        case.at != CaseState.CLOSED
        or needs_issue(case)
        or any(one.purpose == RESULT for one in tx.files.of(f"case:{case.id}"))
    ):
        return
    times = sum(one.kind.startswith(f"{ReminderKind.RESULT}:") for one in tx.reminders.of_case(case.id)) // 2 + 1
    for level, name in (("holder", f"department:{case.department}"), ("head", f"head:{case.department}")):
        tx.reminders.add(case.id, f"{ReminderKind.RESULT}:{times}", level, name, tx.rules.day.isoformat(), by.id)
