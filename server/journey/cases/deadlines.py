"""A case's working days: when it is due, and the days on which its clock stands."""

from __future__ import annotations

from datetime import date

from server.domain.actor import SYSTEM, Actor
from server.domain.cases.record import Case
from server.domain.cases.state import RUNNING, CaseState
from server.domain.units import local
from server.domain.working_days import DueDate, Stop
from server.journey.cases.items import matter, waiting_for
from server.store.transaction import Tx

EVERY = 1_000_000
LIMIT = "days"
"""Of the line of a case's history that begins a wait: its working days."""
AWAITING = "awaiting"
"""Why a clock stands: that of another part of the bundle, whose result is waited for, does."""


def today(tx: Tx) -> date:
    """The hall's day."""
    return tx.rules.day


def promise(tx: Tx, days: int, start: date, stops: tuple[Stop, ...] = ()) -> DueDate | None:
    """The last of so many working days after `start`; None while the clock stands."""
    return tx.working_days().due(start, days, stops)


def limit(tx: Tx, days: int) -> str:
    """The last of so many working days from today, as an ISO day."""
    due = promise(tx, days, today(tx))
    assert due is not None
    return due.day.isoformat()


WAITS = ("deferral_due", "correction_due", "pre_review_due")
"""Days of a case besides the promised one, which has a flag of its own."""


def is_provisional(rx: Tx, day: str | None) -> bool:
    """Does this ISO day lie in a year whose holidays nobody has published yet?"""
    return day is not None and not rx.working_days().published(date.fromisoformat(day))


def provisional(rx: Tx, case: Case) -> list[str]:
    """Which of the case's other days are (暂定)."""
    return [name for name in WAITS if is_provisional(rx, getattr(case, name))]


def stop(tx: Tx, case: Case, kind: str, reason: str, by: Actor, now: int) -> Case:
    """The clock stands from the end of today; the case has no due day meanwhile. Nothing to do before acceptance.

    With it stand the clocks of the parts of its bundle that wait for its result: one joint limit, moved as a whole.
    """
    if case.start_day is None or any(one.until_day is None for one in tx.cases.clock_stops(case.id)):
        return case
    tx.cases.stop_clock(case.id, kind, reason, today(tx).isoformat(), by.id)
    for part in waiting_for(tx, case):
        if part.at in RUNNING:
            stop(tx, part, AWAITING, f"等待“{case.name}”的结果", by, now)
    return tx.cases.set(case, due_day=None)


def recount(tx: Tx, by: Actor) -> int:
    """The calendar has changed: running cases are due by the new one. What changed stands in each case's history; how
    many did. While a clock stands there is nothing to count but the day to put right what was asked for."""
    changed = _recount_waits(tx, by)
    for case in tx.cases.in_states(sorted(RUNNING), EVERY):
        if case.start_day is None or case.due_day is None or case.is_bundle:
            continue
        due = promise(tx, case.promised_days, date.fromisoformat(case.start_day), tuple(tx.cases.stops(case.id)))
        if due is None or (due.day.isoformat(), due.provisional) == (case.due_day, case.due_provisional):
            continue
        kept = tx.cases.set(case, due_day=due.day.isoformat(), due_provisional=due.provisional)
        data = {"was": case.due_day, "due_day": kept.due_day, "provisional": due.provisional}
        tx.cases.note(case.id, by.id, by.name, "recounted", data, case.state, case.state)
        _tell_whole(tx, case)
        changed += 1
    return changed


def _recount_waits(tx: Tx, by: Actor) -> int:
    """Days until which a correction or a pre-review is waited for; never earlier than was told."""
    changed = 0
    for case in tx.cases.in_states([CaseState.CORRECTION, CaseState.PRE_REVIEW], EVERY):
        correcting = case.at == CaseState.CORRECTION
        name, limits = "correction_due" if correcting else "pre_review_due", tx.rules.file.cases
        told = getattr(case, name)
        if told is None:
            continue
        days = _days_told(tx, case, limits.correction_days if correcting else limits.pre_review_days)
        due = promise(tx, days, local(case.state_since, tx.rules.zone).date())
        if due is None or due.day.isoformat() <= told:
            continue
        tx.cases.set(case, **{name: due.day.isoformat()})
        data = {"was": told, "due_day": due.day.isoformat(), "provisional": due.provisional}
        tx.cases.note(case.id, by.id, by.name, "recounted", data, case.state, case.state)
        changed += 1
    return changed


def _days_told(rx: Tx, case: Case, now: int) -> int:
    """The working days that were in force when this wait began; `now`: today's, for one from before they were noted."""
    began = [line for line in rx.cases.history(case.id) if line.to_state == case.state and LIMIT in line.data]
    return int(began[-1].data[LIMIT]) if began else now


def visit_days(rx: Tx, case: Case) -> int:
    """Calendar days an online application waits for its papers: those of today, never fewer than were told."""
    today_s = rx.rules.file.cases.visit_days
    return max(today_s, _days_told(rx, case, today_s))


def run(tx: Tx, case: Case, now: int) -> Case:
    """The clock runs on from the end of today; the due day is later by the working days that it stood."""
    if case.start_day is None:
        return case
    tx.cases.run_clock(case.id, today(tx).isoformat())
    due = promise(tx, case.promised_days, date.fromisoformat(case.start_day), tuple(tx.cases.stops(case.id)))
    assert due is not None, "no stop is open any more"
    case = tx.cases.set(case, due_day=due.day.isoformat(), due_provisional=due.provisional)
    _tell_whole(tx, case)
    for part in waiting_for(tx, case):
        if part.at in RUNNING and _why_it_stands(tx, part) == AWAITING:
            run(tx, part, now)
    standing = [] if case.is_bundle else [one.made_by for one in matter(tx, case).awaited if not one.here]
    for made_by in standing:
        if _why_it_stands(tx, made_by):
            case = stop(tx, case, AWAITING, f"等待“{made_by.name}”的结果", SYSTEM, now)
    return case


def _why_it_stands(tx: Tx, case: Case) -> str | None:
    """The kind of the stop that is open."""
    return next((one.kind for one in tx.cases.clock_stops(case.id) if one.until_day is None), None)


def _tell_whole(tx: Tx, case: Case) -> None:
    """A bundle (一件事) is due with the last of its parts; it has no limit of its own to count."""
    if case.parent_id is None:
        return
    parent = tx.cases.get(case.parent_id)
    parts = [one for one in tx.cases.children(parent.id) if one.due_day is not None]
    if parent.at in RUNNING and parts:
        last = max(one.due_day or "" for one in parts)
        tx.cases.set(parent, due_day=last, due_provisional=any(one.due_provisional for one in parts))
