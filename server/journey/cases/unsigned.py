"""Papers nobody signed for by the end of the day: one alarm a case, which names it (材料当日交接)."""

from __future__ import annotations

from datetime import date, datetime, time

from server.domain.cases.handover import LineState, is_late
from server.domain.units import local, moment
from server.journey.alarms import clear_alarm, raise_alarm, raised
from server.journey.cases.board_numbers import number_of
from server.journey.cases.contacts import contacts_of
from server.store.handovers import Handover
from server.store.transaction import Tx

KIND = "handover_unsigned"


def late_lines(rx: Tx) -> dict[str, Handover]:
    """Alarm subject → the list on which a case should be signed for by now and is not.

    What was taken in after the day's last slot is on a later day's list, and was to be there that day all the same.
    """
    now, day_end = local(rx.now, rx.rules.zone), rx.rules.file.handover.signed_by
    morning = moment(datetime.combine(now.date(), time(), rx.rules.zone))
    before = rx.now + 1 if is_late(now.date(), now, day_end) else morning
    found = {f"case:{case}": made for case, made in rx.handovers.undelivered(before)}
    for made in rx.handovers.unsigned(now.date().isoformat()):
        if is_late(date.fromisoformat(made.business_day), now, day_end):
            for line in rx.handovers.lines(made.id):
                if line.state != LineState.RECEIVED:
                    found[f"case:{line.case_id}"] = made
    return found


def unsigned_change(rx: Tx) -> bool:
    """Do the alarms differ from what is unsigned?"""
    return late_lines(rx).keys() != raised(rx, KIND)


def mind_unsigned(tx: Tx, now: int) -> None:
    late, known = late_lines(tx), raised(tx, KIND)
    for subject in late.keys() - known:
        made, case = late[subject], tx.cases.get(int(subject.removeprefix("case:")))
        facts = {"code": number_of(tx, case), "item_name": case.name, "department": made.department}
        names = [one.name for one in contacts_of(tx, made.department)]
        if names:
            facts |= {"why": "contact", "contact": "、".join(names)}
        raise_alarm(tx, KIND, subject, {**facts, "slot": f"{made.business_day} {made.slot}", "handover": made.id})
    for subject in known - late.keys():
        clear_alarm(tx, KIND, subject)
