"""Whoever does not collect a result is told again, some days apart and not for ever; then it goes back."""

from __future__ import annotations

from server.domain.actor import SYSTEM
from server.domain.cases.courier import CourierState
from server.domain.cases.issue import ResultState, remind_again
from server.domain.cases.record import Case
from server.domain.cases.state import CaseState
from server.domain.units import HOUR
from server.journey.cases import notices
from server.journey.cases.handing_over import list_back
from server.journey.cases.moves import move, note
from server.store.results import Result
from server.store.transaction import Tx

DAY = 24 * HOUR
NOBODY_COMES = frozenset({CourierState.CANCELLED, CourierState.RETURNED, CourierState.DELIVERED})
"""Parcels for which no courier is to come any more: the citizen collects."""


def told_or_returned(rx: Tx) -> bool:
    """Is there a result to remind of, or to give back?"""
    return bool(uncollected(rx) or forgotten(rx))


def uncollected(rx: Tx) -> list[Result]:
    """Results whose next reminder is due now."""
    issue, now = rx.rules.file.issue, rx.now
    found = rx.results.to_remind(now - issue.remind_days * DAY, issue.reminders)
    return [
        one
        for one in found
        if remind_again(one.arrived_at or now, one.reminded_at, one.reminders, issue.remind_days, issue.reminders, now)
    ]


def remind_to_collect(tx: Tx, now: int) -> int:
    """Write the SMS; how many results."""
    due = uncollected(tx)
    for result in due:
        case = tx.cases.get(result.case_id)
        times = result.reminders + 1
        tx.results.change(result, reminders=times, reminded_at=now)
        if _courier_comes(tx, case) or result.pickup_box is None:
            continue
        # Counted over the case's life: after a parcel came back `times` begins anew, and no SMS is written twice.
        ever = sum(line.action == "collect_reminded" for line in tx.cases.history(case.id)) + 1
        notices.tell(tx, case, "reminder", now, repeat=ever, pickup=tx.vault.open(result.pickup_box))
        note(tx, case, SYSTEM, "collect_reminded", {"times": times})
    return len(due)


def forgotten(rx: Tx) -> list[Result]:
    """Results nobody has collected for [issue] keep_days."""
    return rx.results.to_return(rx.now - rx.rules.file.issue.keep_days * DAY)


def give_back(tx: Tx, now: int) -> int:
    """Back to the department: the shelf is free, its code opens nothing any more, the case is closed. How many."""
    found = forgotten(tx)
    for result in found:
        case = tx.cases.get(result.case_id)
        data = {"department": result.department, "shelf": result.shelf, "days": tx.rules.file.issue.keep_days}
        tx.results.change(result, state=ResultState.RETURNED, shelf=None, pickup_hash=None, pickup_box=None)
        case = move(tx, case, CaseState.CLOSED, SYSTEM, "returned", data, now)
        list_back(tx, case, result.department, now)
        notices.tell(tx, case, "returned", now)
    return len(found)


def _courier_comes(tx: Tx, case: Case) -> bool:
    order = tx.couriers.of_case(case.id)
    return order is not None and order.state not in NOBODY_COMES
