"""限时办结、统一督办: who is late, who stands, and whom the hall reminds: the holder, the head, then the manager."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from server.domain.actor import SYSTEM, Actor, Role
from server.domain.cases.record import Case
from server.domain.cases.state import RUNNING
from server.domain.cases.supervision import (
    Level,
    Light,
    ReminderKind,
    light,
    reminders_due,
    result_reminders,
    yellow_from,
)
from server.domain.refusals import Refusal
from server.domain.units import local
from server.journey.alarms import clear_alarm, raise_alarm, raised
from server.journey.cases.board_numbers import number_of
from server.journey.cases.electronic import awaits_result
from server.journey.cases.moves import note
from server.journey.cases.particulars import ELECTRONIC
from server.store.cases import case_moved
from server.store.reminders import Reminder
from server.store.tasks import Task
from server.store.transaction import Tx


class ReminderUnknown(Refusal):
    status, code = 404, "reminder_unknown"
    zh = "没有这条提醒，请刷新页面。"
    en = "There is no such reminder. Reload the page."


MANAGER = "manager"
OVERDUE_ALARM = "case_overdue"


@dataclass(frozen=True, slots=True)
class RemindRequest:
    """督办 by hand: to those who hold it, or their heads."""

    by: Actor
    case: int
    to: Literal["holder", "head"]
    note: str


@dataclass(frozen=True, slots=True)
class SeenRequest:
    by: Actor
    reminder: int


def days_left(rx: Tx, case: Case) -> int | None:
    """Working days after today until the case is due; negative: so many late. None: no limit runs."""
    if case.due_day is None or case.at not in RUNNING:
        return None
    known: dict[str, int] = rx.scratch.setdefault("days_left", {})
    if case.due_day not in known:
        known[case.due_day] = rx.working_days().left(rx.rules.day, date.fromisoformat(case.due_day))
    return known[case.due_day]


def light_of(rx: Tx, case: Case) -> Light:
    return light(case.at, days_left(rx, case), _yellow(rx, case))


def _yellow(rx: Tx, case: Case) -> int:
    """So many working days before its end its limit is nearly over."""
    limit = case.promised_days
    if case.is_bundle and case.start_day and case.due_day:  # no limit of its own: to the end of its last part's
        limit = rx.working_days().used(date.fromisoformat(case.start_day), date.fromisoformat(case.due_day))
    return yellow_from(limit, rx.rules.file.cases.yellow_days)


def recipients(rx: Tx, case: Case, tasks: Iterable[Task], level: Level) -> list[str]:
    """Whom a reminder of a case goes to: of every department that has still to decide, or owes its electronic result.

    The head hears it in the place of a holder whose account is closed, and with the holder while nobody answers for the
    case, its first handler having left.
    """
    found: list[str] = []
    closed = _closed_accounts(rx) if level == "holder" else set()
    tasks = list(tasks)
    if not tasks and level == "holder" and case.owner is not None and case.owner not in closed:
        found.append(case.owner)  # to be decided at the window: its clerk holds it
    if not tasks and level == "head":
        found.append(f"head:{case.department}")
    for task in (one for one in tasks if one.open or awaits_result(case)):
        head = f"head:{task.department}"
        if level == "holder" and task.holder not in closed:
            found.append(task.holder or f"department:{task.department}")
        if level == "head" or task.holder in closed or case.owner in closed:
            found.append(head)
    return list(dict.fromkeys(found)) if level != "manager" else [MANAGER]


def _closed_accounts(rx: Tx) -> set[str]:
    if "closed_accounts" not in rx.scratch:
        rx.scratch["closed_accounts"] = rx.staff.closed()
    found: set[str] = rx.scratch["closed_accounts"]
    return found


def own_names(by: Actor) -> list[str]:
    """The recipients an actor reads for."""
    names = [by.id]
    if by.department and by.has(Role.APPROVER, Role.HEAD):
        names.append(f"department:{by.department}")
    if by.department and by.has(Role.HEAD):
        names.append(f"head:{by.department}")
    if by.leads:
        names.append(MANAGER)
    return names


def nearly_due(rx: Tx) -> list[Case]:
    """Running cases that may be yellow, and all that are red, first due first."""
    horizon = rx.working_days().due(rx.rules.day, rx.rules.file.cases.yellow_days)
    assert horizon is not None, "no stops were given"
    return [case for case in rx.cases.due_by(horizon.day.isoformat()) if not case.is_bundle]


def reminders_to_give(rx: Tx) -> list[tuple[Case, str, Level]]:
    """(case, kind, level) of what should have been said by now and was not; nothing on the day it was taken in."""
    today = rx.rules.day.isoformat()
    wanted = [
        (case, reminders_due(case.at, days_left(rx, case), _yellow(rx, case)))
        for case in nearly_due(rx)
        if case.start_day != today
    ]
    wanted += [(case, result_reminders(_waited(rx, case))) for case in rx.case_lists.results_awaited(ELECTRONIC)]
    given = rx.reminders.given([case.id for case, _ in wanted])
    return [
        (case, str(one.kind), one.level)
        for case, due in wanted
        for one in due
        if (case.id, str(one.kind), one.level) not in given
    ]


def _waited(rx: Tx, case: Case) -> int:
    """Working days since the decision."""
    return rx.working_days().used(local(case.decided_at or rx.now, rx.rules.zone).date(), rx.rules.day)


def give_reminders(tx: Tx, now: int) -> int:
    """Give them, each once; how many."""
    count = 0
    for case, kind, level in reminders_to_give(tx):
        names = recipients(tx, case, tx.tasks.of_case(case.id), level) or [MANAGER]
        fresh = [one for one in names if tx.reminders.add(case.id, kind, level, one, tx.rules.day.isoformat())]
        if fresh:
            note(tx, case, SYSTEM, "reminded", {"kind": kind, "level": level, "recipients": fresh})
            count += len(fresh)
    return count


def overdue(rx: Tx) -> dict[str, Case]:
    """Alarm subject → running case past its day."""
    today = rx.rules.day.isoformat()
    return {
        f"case:{case.id}": case
        for case in rx.cases.due_by(today)
        if (case.due_day or today) < today and not case.is_bundle
    }


def mind_overdue(tx: Tx, now: int) -> None:
    """One alarm a case past its day, until it is decided or its clock stands."""
    late = overdue(tx)
    open_now = raised(tx, OVERDUE_ALARM)
    for subject in late.keys() - open_now:
        case = late[subject]
        raise_alarm(
            tx,
            OVERDUE_ALARM,
            subject,
            {
                "code": number_of(tx, case),
                "item_name": case.name,
                "department": case.department,
                "due_day": case.due_day,
            },
        )
    for subject in open_now - late.keys():
        clear_alarm(tx, OVERDUE_ALARM, subject)


def remind(tx: Tx, request: RemindRequest, now: int) -> list[Reminder]:
    """督办 by a manager, or by a head in the own department. Raises CaseUnknown, CaseMoved."""
    case = tx.cases.get(request.case)
    tasks = tx.tasks.of_case(case.id)
    own = tasks if request.by.leads else [task for task in tasks if task.department == request.by.department]
    names = recipients(tx, case, own, request.to) if own or not tasks else []
    if not names:
        raise case_moved(case)
    before = {one.kind for one in tx.reminders.of_case(case.id) if one.kind.startswith(ReminderKind.URGED)}
    kind = f"{ReminderKind.URGED}:{len(before) + 1}"
    for name in names:
        tx.reminders.add(case.id, kind, request.to, name, tx.rules.day.isoformat(), request.by.id, request.note)
    note(tx, case, request.by, "urged", {"level": request.to, "recipients": names, "note": request.note})
    return tx.reminders.of_case(case.id)


def own_reminder(rx: Tx, by: Actor, reminder: int) -> Reminder:
    """Raises ReminderUnknown for one that was given to others."""
    found = rx.reminders.find(reminder)
    if found is None or found.recipient not in own_names(by):
        raise ReminderUnknown()
    return found


def seen(tx: Tx, request: SeenRequest, now: int) -> Reminder:
    """The reader has seen it. Raises ReminderUnknown."""
    found = own_reminder(tx, request.by, request.reminder)
    tx.reminders.seen(found.id, request.by.id)
    again = tx.reminders.find(found.id)
    assert again is not None
    return again
