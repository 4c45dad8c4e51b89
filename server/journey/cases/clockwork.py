"""What time brings behind the counter: lists fill, unsigned papers, late cases and late answers are told, reminders go out."""

from __future__ import annotations

from server.journey.alarms import raised
from server.journey.cases import contacts, handing_over, leaving, reminding, supervising, unsigned
from server.journey.catalogue import adjusting
from server.store.transaction import Tx


def due(rx: Tx) -> bool:
    """Is there anything for `tick`? A few indexed reads, so that a quiet hall writes nothing."""
    if not rx.hall.file_version:
        return False
    if (
        handing_over.unlisted(rx)
        or contacts.lists_to_remind(rx)
        or unsigned.unsigned_change(rx)
        or reminding.told_or_returned(rx)
        or leaving.left_change(rx)
        or adjusting.late_change(rx)
    ):
        return True
    return raised(rx, supervising.OVERDUE_ALARM) != supervising.overdue(rx).keys() or bool(
        supervising.reminders_to_give(rx)
    )


def tick(tx: Tx, _: object, now: int) -> None:
    """Called every few seconds, when something is due."""
    handing_over.fill(tx, now)
    contacts.remind_contacts(tx, now)
    unsigned.mind_unsigned(tx, now)
    supervising.give_reminders(tx, now)
    supervising.mind_overdue(tx, now)
    reminding.remind_to_collect(tx, now)
    reminding.give_back(tx, now)
    leaving.mind_left(tx, now)
    adjusting.mind_late(tx, now)
