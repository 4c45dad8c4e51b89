"""A result that is not right goes back from the issue window to its department, which sends it in again."""

from __future__ import annotations

from server.domain.actor import Actor
from server.domain.cases.courier import CourierCannotMove, CourierState
from server.domain.cases.issue import ResultState, TakeBackReasonMissing
from server.domain.cases.record import Case
from server.domain.cases.state import CaseState
from server.journey.cases import issuing, notices
from server.journey.cases.collecting import stop_courier
from server.journey.cases.handing_over import list_back
from server.journey.cases.moves import move
from server.store.transaction import Tx


def may_take_back(rx: Tx, by: Actor, case: Case) -> bool:
    """Does its department's page offer it: while the result waits on a shelf."""
    if case.at != CaseState.AT_ISSUE or not (by.leads or by.department == case.department):
        return False
    result = rx.results.find(case.id)
    return result is not None and result.state == ResultState.WAITING and result.shelf is not None


def take_back(tx: Tx, request: issuing.CaseRequest, now: int) -> Case:
    """Off the shelf and onto the next list back, signed by both sides; its pickup code opens nothing any more, and the
    citizen is told. The decision stands. `note`: what is wrong.

    Raises CaseUnknown, ResultNotHere, CourierCannotMove, TakeBackReasonMissing.
    """
    case = tx.cases.get(request.case)
    result = issuing.waiting(tx, case)
    if result.shelf is None:  # in the hands of the clerk who has just decided it: there is no department to go back to
        raise issuing.not_here(case, result)
    if not request.note.strip():
        raise TakeBackReasonMissing()
    order = tx.couriers.of_case(case.id)
    if order is not None and order.state == CourierState.ORDERING:
        raise CourierCannotMove(order.state)
    stop_courier(tx, case)
    tx.results.remove(result)
    data = {"department": result.department, "shelf": result.shelf, "reason": request.note.strip()}
    to = CaseState(case.decision or CaseState.APPROVED)
    case = move(tx, case, to, request.by, "taken_back", data, now, decided_at=case.decided_at)
    list_back(tx, case, result.department, now)
    notices.tell_step(tx, case, "taken_back", now)
    return case
