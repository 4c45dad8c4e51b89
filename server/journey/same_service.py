"""一次服务评价一次: what was decided at the window and handed out there belongs to the visit that brought it, so one rating
is both the visit's and the case's. A result issued another day is a service of its own."""

from __future__ import annotations

from server.domain.cases.issue import AT_THE_WINDOW
from server.domain.cases.record import Case
from server.domain.ticket import Ticket
from server.store.case_evaluations import CaseEvaluation
from server.store.evaluations import Evaluation
from server.store.transaction import Tx


def rated_as_visit(rx: Tx, case: Case) -> Evaluation | None:
    """What was said of the visit in which the case was handed out."""
    if case.ticket_id is None or not _handed_out_there(rx, case):
        return None
    return rx.evaluations.of_ticket(case.ticket_id)


def rated_as_case(rx: Tx, ticket: Ticket) -> CaseEvaluation | None:
    """What was said of a case that was handed out in this visit."""
    there = (one for one in rx.cases.of_ticket(ticket.id) if _handed_out_there(rx, one))
    return next((said for one in there if (said := rx.case_evaluations.of_case(one.id))), None)


def _handed_out_there(rx: Tx, case: Case) -> bool:
    result = rx.results.find(case.id)
    return result is not None and result.proof == AT_THE_WINDOW
