"""Who may touch this very case, task, list, reminder or authorization: what every route that names one declares.

Each is `right(rx, by, id)` and returns or raises. A step judges again what its own move needs, and what the state allows.
"""

from __future__ import annotations

from server.domain.actor import Actor, Role
from server.domain.cases.state import CaseState
from server.journey.cases import approving, handing_over, parties, pre_review, supervising
from server.journey.cases.authorizing import check_department
from server.journey.cases.drafting import in_hands_of, takes_in
from server.store.transaction import Tx


def part(rx: Tx, by: Actor, case: int) -> None:
    """The counter in every case, departments in those they decide. Raises CaseUnknown, NotYourDepartment."""
    parties.require_part(rx, by, rx.cases.get(case))


def opens_paper(rx: Tx, by: Actor, case: int, file: int) -> None:
    """As `part`; and of another part of its bundle a department has the result that it waits for.

    Raises CaseUnknown, NotYourDepartment.
    """
    parties.require_may_open(rx, by, rx.cases.get(case), file)


def in_own_hands(rx: Tx, by: Actor, case: int) -> None:
    """Its first handler and leaders; any clerk while nobody holds it. Raises CaseUnknown, NotYourCase, NotSubmitted."""
    in_hands_of(rx.cases.get(case), by)


def goes_on(rx: Tx, by: Actor, case: int) -> None:
    """As `in_own_hands`; and with what was told to be corrected before acceptance, who sits at a window.

    Raises CaseUnknown, NotYourCase, NotSubmitted.
    """
    takes_in(rx, rx.cases.get(case), by)


def pre_reviews(rx: Tx, by: Actor, case: int) -> None:
    """Clerks, and the department that pre-reviews it. Raises CaseUnknown, OtherDepartmentsReview."""
    pre_review.may_review(rx.cases.get(case), by)


def turns_back(rx: Tx, by: Actor, case: int) -> None:
    """Who pre-reviews it; at the window, who has it in hand, or a head of its department.

    Raises CaseUnknown, OtherDepartmentsReview, NotYourCase, NotSubmitted.
    """
    found = rx.cases.get(case)
    pre_review.may_review(found, by)
    if found.at != CaseState.PRE_REVIEW and not by.has(Role.HEAD):
        in_hands_of(found, by)


def reads_in_clear(rx: Tx, by: Actor, case: int) -> None:
    """Clerks, and every department that decides a part. Raises CaseUnknown, OtherDepartmentsReview."""
    found = rx.cases.get(case)
    if by.department not in {task.department for task in rx.tasks.of_case(found.id)}:
        pre_review.may_review(found, by)


def adds_papers(rx: Tx, by: Actor, case: int) -> None:
    """Who has a part in it, and a pad that was asked for a signature. Raises CaseUnknown, NotYourDepartment, NotAskedToSign."""
    found = rx.cases.get(case)
    if by.is_staff or not by.has(Role.PAD):
        parties.require_part(rx, by, found)
    else:
        parties.require_may_add(rx, by, found, parties.SIGNATURE)


def decides(rx: Tx, by: Actor, task: int) -> None:
    """The task's department. Raises TaskUnknown, OtherDepartment."""
    approving.own_task(rx, by, task)


def signs(rx: Tx, by: Actor, handover: int) -> None:
    """Windows and guides, and the list's department. Raises HandoverUnknown, OtherDepartment."""
    made = rx.handovers.get(handover)
    if by.department and not by.has(Role.CLERK, Role.GUIDE):
        check_department(by, made.department)


def sends(rx: Tx, by: Actor, handover: int) -> None:
    """The side the papers are with. Raises HandoverUnknown, HandoverNotYours."""
    made = rx.handovers.get(handover)
    handing_over.check_sender(by, made.direction, made.department)


def receives(rx: Tx, by: Actor, handover: int) -> None:
    """The other side, and never whoever sent it. Raises HandoverUnknown, HandoverNotYours."""
    handing_over.check_receiver(by, rx.handovers.get(handover))


def reminded(rx: Tx, by: Actor, reminder: int) -> None:
    """Whom it was given to. Raises ReminderUnknown."""
    supervising.own_reminder(rx, by, reminder)


def authorizes(rx: Tx, by: Actor, authorization: int) -> None:
    """The department that gave it. Raises AuthorizationUnknown, OtherDepartment."""
    check_department(by, rx.authorizations.get(authorization).department)
