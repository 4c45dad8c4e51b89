"""Step 9: what time alone brings: a new day, left-over tickets, alarms for people nobody looks after."""

from __future__ import annotations

from typing import Any

from server.domain.ticket import State
from server.domain.units import HOUR, MINUTE
from server.domain.window import WindowState
from server.journey import ending, line
from server.journey.alarms import clear_alarm, raise_alarm
from server.journey.catalogue.publishing import turn_day
from server.journey.step import changes_lines
from server.journey.supervising import forgotten
from server.store.transaction import Tx

KEEP_ANSWERS = 48 * HOUR


def due(rx: Tx) -> bool:
    """Is there anything for `tick` to change? A cheap read, so that a quiet hall writes nothing."""
    now = rx.now
    return rx.hall.business_day != rx.rules.day.isoformat() or _alarms(rx, now) != {
        (a.kind, a.subject) for a in rx.alarms.current() if a.kind in KINDS
    }


KINDS = ("deserted_window", "forgotten_serving", "stranded", "holidays_missing")


def _alarms(tx: Tx, now: int) -> set[tuple[str, str]]:
    found = {("forgotten_serving", f"ticket:{t.id}") for t in forgotten(tx, now)}
    deserted = tx.rules.file.calls.deserted_minutes * MINUTE
    for window in tx.windows.all():
        idle = window.state == WindowState.OPEN and window.ticket_id is None and window.waiting_count > 0
        if idle and now - window.last_action_at >= deserted:
            first = tx.tickets.head_of_line(window.number)
            if first is not None and now - (first.assigned_at or first.taken_at) >= deserted:
                found.add(("deserted_window", f"window:{window.number}"))
    if tx.tickets.homeless(1):
        found.add(("stranded", "hall"))
    found |= {("holidays_missing", f"year:{year}") for year in tx.holidays.missing(tx.rules.day)}
    return found


@changes_lines
def tick(tx: Tx, request: object, now: int) -> None:
    """Called every few seconds: a new day begins (server.journey.step), and alarms are minded."""
    _mind_alarms(tx, now)


def new_day(tx: Tx, now: int) -> None:
    """End what a past day left over, never someone being served."""
    day, last_day = tx.rules.day.isoformat(), tx.hall.business_day
    tx.locked_hall.business_day = day
    for ticket in tx.tickets.left_over(day):
        # read again: the end of one ticket frees its holder's others
        ending.expire(tx, tx.tickets.get(ticket.id), "当日未办，次日失效", now)
    _close_forgotten_windows(tx, now)
    tx.idempotency.prune(now - KEEP_ANSWERS)
    turn_day(tx, last_day, now)
    line.touch(tx, *tx.rules.windows)


def _close_forgotten_windows(tx: Tx, now: int) -> None:
    """A window nobody closed yesterday would be given people in the morning, and keep its clerk from another."""
    untouched = tx.rules.file.calls.forgotten_minutes * MINUTE
    for window in tx.windows.all():
        empty = window.ticket_id is None and window.waiting_count == 0
        if window.state != WindowState.CLOSED and empty and now - window.last_action_at >= untouched:
            line.shut(tx, window, now)


def _mind_alarms(tx: Tx, now: int) -> None:
    wanted = _alarms(tx, now)
    current = {(a.kind, a.subject) for a in tx.alarms.current() if a.kind in KINDS}
    for kind, subject in wanted - current:
        raise_alarm(tx, kind, subject, _facts(tx, kind, subject))
    for kind, subject in current - wanted:
        clear_alarm(tx, kind, subject)


def _facts(tx: Tx, kind: str, subject: str) -> dict[str, Any]:
    if kind == "stranded":
        return {"waiting": len(tx.tickets.homeless())}
    number = int(subject.split(":")[1])
    if kind == "holidays_missing":
        return {"year": number}
    if kind == "deserted_window":
        return {"window": number, "waiting": tx.windows.get(number).waiting_count}
    ticket = tx.tickets.get(number)
    return {"number": ticket.number, "window": ticket.window_number, "serving": ticket.state == State.SERVING}
