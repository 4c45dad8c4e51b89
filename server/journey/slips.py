"""Beside the steps: what a slip says, whose slip may be printed again, and what is told when none came out.

Nothing here touches a printer; a slip that fails never touches its ticket.
"""

from __future__ import annotations

from dataclasses import dataclass

from server.domain.actor import Actor
from server.domain.slip import (
    PhoneTailMissing,
    PrinterFailed,
    Slip,
    SlipNeedsGuide,
    SlipNotFound,
    TicketEnded,
    about,
    things_to_bring,
)
from server.domain.ticket import LIVE, WORDS, State, Ticket
from server.domain.units import MINUTE, local
from server.journey import outlook
from server.journey.alarms import clear_alarm, raise_alarm
from server.journey.cases.precheck_views import bundle_of
from server.store.transaction import Tx

KIND = "printer"


@dataclass(frozen=True, slots=True)
class Failure:
    """A printer of the hall file that printed nothing, and why."""

    printer: str
    name: str
    why: PrinterFailed


def slip_of(rx: Tx, ticket_id: int) -> Slip:
    """What the ticket's slip says at this moment. Raises TicketUnknown, TicketEnded."""
    ticket = rx.tickets.get(ticket_id)
    if ticket.state not in LIVE:
        zh, en = WORDS[State(ticket.state)]
        raise TicketEnded(number=ticket.number, state_zh=zh, state_en=en)
    file, item = rx.rules.file, rx.rules.items.get(ticket.item or "")
    matter = bundle_of(rx, ticket) or item
    section = rx.rules.sections.get(ticket.section)
    waiting = ticket.state == State.WAITING
    expected = outlook.outlook_of(rx, ticket) if waiting else None
    zh, en = _where(ticket)
    later = rx.now - ticket.taken_at > MINUTE
    return Slip(
        hall=file.hall.name,
        hall_en=file.hall.name_en,
        number=ticket.number,
        priority=next((c.name for c in file.priority.classes if c.id == ticket.priority), ""),
        window=zh,
        window_en=en,
        ahead=expected.ahead if expected else None,
        wait=about(expected.minutes) if expected else "",
        section=section.name if section else ticket.section,
        section_en=section.name_en if section else "",
        item=matter.name if matter else "",
        item_en=matter.name_en if matter else "",
        bring=things_to_bring(item.bring) if item and matter is item else (),
        link=f"{rx.link_base}/t/{ticket.link}",
        phone=ticket.phone_mask or "",
        taken=f"{local(ticket.taken_at, rx.rules.zone):%Y-%m-%d %H:%M}",
        reprinted=f"{local(rx.now, rx.rules.zone):%H:%M}" if later else "",
        note=file.slip.note,
    )


def _where(ticket: Ticket) -> tuple[str, str]:
    number = ticket.window_number
    if ticket.state == State.NO_SHOW:
        return "已过号，请到导服台恢复排队", "Missed its call: please go to the guide desk"
    if ticket.state != State.WAITING:
        return f"请到{number}号窗口", f"Please go to window {number}"
    if number is None:
        return "开窗后安排窗口，以叫号为准", "A window will be assigned; the call decides"
    return f"预计{number}号窗口，以叫号为准", f"Probably window {number}; the call decides"


def ticket_to_reprint(rx: Tx, by: Actor, number: str, phone_tail: str | None) -> int:
    """The live ticket of today with this number; at a kiosk only for whoever knows the phone's last four digits.

    Raises SlipNotFound (also for a wrong tail), SlipNeedsGuide, PhoneTailMissing.
    """
    if not by.is_staff and phone_tail is None:
        raise PhoneTailMissing
    ticket = rx.tickets.number_of_day(rx.hall.business_day, number)
    if ticket is None or ticket.state not in LIVE:
        raise SlipNotFound
    if by.is_staff:
        return ticket.id
    if not ticket.phone_mask:
        raise SlipNeedsGuide
    if ticket.phone_mask[-4:] != phone_tail:
        raise SlipNotFound
    return ticket.id


def printer_failed(tx: Tx, failure: Failure, now: int) -> None:
    """The attendant is told, once for each cause."""
    why, subject = failure.why, f"printer:{failure.printer}"
    data = {"printer": failure.name, "cause": why.code, "do": why.do_zh, "do_en": why.do_en}
    open_one = tx.alarms.find(KIND, subject)
    if open_one is not None and open_one.data != data:
        clear_alarm(tx, KIND, subject)
    raise_alarm(tx, KIND, subject, data)


def is_alarmed(rx: Tx, printer: str) -> bool:
    return rx.alarms.find(KIND, f"printer:{printer}") is not None


def printer_works(tx: Tx, printer: str, now: int) -> None:
    """A slip came out: whatever was wrong is over."""
    clear_alarm(tx, KIND, f"printer:{printer}")
