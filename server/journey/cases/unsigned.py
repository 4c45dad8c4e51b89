"""Papers nobody signed for by the end of the day: one alarm a case, which names it (材料当日交接)."""

from __future__ import annotations

from datetime import date

from server.domain.cases.handover import LineState, is_late
from server.domain.units import local
from server.journey.alarms import clear_alarm, raise_alarm, raised
from server.journey.cases.board_numbers import number_of
from server.journey.cases.contacts import contacts_of
from server.store.handovers import Handover
from server.store.transaction import Tx

KIND = "handover_unsigned"


def late_lines(rx: Tx) -> dict[str, Handover]:
    """Alarm subject → the list on which a case should be signed for by now and is not."""
    now = local(rx.now, rx.rules.zone)
    found: dict[str, Handover] = {}
    for made in rx.handovers.unsigned(now.date().isoformat()):
        if is_late(date.fromisoformat(made.business_day), now, rx.rules.file.handover.signed_by):
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
