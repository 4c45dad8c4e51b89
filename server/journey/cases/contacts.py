"""交接联络人: whom each department names for its papers; reminded first of a list that is not signed."""

from __future__ import annotations

from datetime import date

from config.hall_behind import HandoverContact
from server.domain.actor import SYSTEM
from server.domain.cases.handover import IN, remind_now
from server.domain.cases.supervision import ReminderKind
from server.domain.units import local
from server.journey.cases.moves import note
from server.store.handovers import Handover
from server.store.transaction import Tx


def contacts_of(rx: Tx, department: str) -> list[HandoverContact]:
    """As the hall file names them, the first to be called first."""
    return [one for one in rx.rules.file.handover.contacts if one.department == department]


def recipients_of(rx: Tx, department: str) -> list[str]:
    """Who is reminded on their pages: the contacts' accounts that are open; where there is none, the whole department."""
    accounts = [rx.staff.find(one.staff) for one in contacts_of(rx, department) if one.staff]
    found = [f"staff:{account.username}" for account in accounts if account is not None and account.active]
    return found or [f"department:{department}"]


def lists_to_remind(rx: Tx) -> list[tuple[Handover, int]]:
    """(list, its first case) whose slot has passed without both signatures and whose contact was not reminded.

    What comes to the issue window waits for the hall's own people, whom the alarm tells.
    """
    now, minutes = local(rx.now, rx.rules.zone), rx.rules.file.handover.remind_minutes
    found: list[tuple[Handover, int]] = []
    for made in rx.handovers.unsigned(now.date().isoformat()):
        if made.direction == IN or not remind_now(date.fromisoformat(made.business_day), made.slot, now, minutes):
            continue
        lines = rx.handovers.lines(made.id)
        if lines and not any(kind == _kind(made) for _, kind, _ in rx.reminders.given([lines[0].case_id])):
            found.append((made, lines[0].case_id))
    return found


def remind_contacts(tx: Tx, now: int) -> None:
    """Once a list; the reminder hangs on its first case and leads to the list."""
    for made, first in lists_to_remind(tx):
        count = len(tx.handovers.lines(made.id))
        words = f"{made.department} {made.business_day} {made.slot} 的交接清单（{count} 件）还没有双方签字，请尽快交接"
        names = recipients_of(tx, made.department)
        for name in names:
            tx.reminders.add(first, _kind(made), "contact", name, tx.rules.day.isoformat(), note=words)
        data = {"kind": str(ReminderKind.HANDOVER), "level": "contact", "recipients": names, "handover": made.id}
        note(tx, tx.cases.get(first), SYSTEM, "reminded", data)


def _kind(made: Handover) -> str:
    return f"{ReminderKind.HANDOVER}:{made.id}"
