"""Whoever does not collect a result is told again, some days apart and not for ever."""

from __future__ import annotations

from server.domain.actor import SYSTEM
from server.domain.cases.issue import remind_again
from server.domain.units import HOUR
from server.journey.cases import notices
from server.journey.cases.issuing import COURIER
from server.journey.cases.moves import note
from server.store.results import Result
from server.store.transaction import Tx


def uncollected(rx: Tx) -> list[Result]:
    """Results whose next reminder is due now."""
    issue, now = rx.rules.file.issue, rx.now
    found = rx.results.to_remind(now - issue.remind_days * 24 * HOUR, issue.reminders)
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
        if case.delivery == COURIER or result.pickup_box is None:
            continue
        notices.tell(tx, case, "reminder", now, repeat=times, pickup=tx.vault.open(result.pickup_box))
        note(tx, case, SYSTEM, "collect_reminded", {"times": times})
    return len(due)
