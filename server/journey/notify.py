"""The three SMS of a visit (seed 003: 取号成功后、即将办理时、叫号办理时), written with the event that causes them.

A fourth only where the third has become untrue: another window calls after a transfer or a return.
"""

from __future__ import annotations

from typing import Final

from server.domain.promise import Outlook
from server.domain.ticket import Ticket
from server.store.notices import Kind
from server.store.transaction import Tx

TURN: Final[tuple[Kind, ...]] = ("soon", "called", "called_again")  # those about a turn that may pass


def _params(tx: Tx, ticket: Ticket, ahead: int, minutes: int | None) -> dict[str, str]:
    section = tx.rules.sections.get(ticket.section)
    return {
        "number": ticket.number,
        "window": "" if ticket.window_number is None else str(ticket.window_number),
        "ahead": str(ahead),
        "minutes": "待定" if minutes is None else str(minutes),
        "section": section.name if section else ticket.section,
        "link": f"{tx.link_base}/t/{ticket.link}",
        "hall": tx.rules.file.hall.name,
    }


def taken(tx: Tx, ticket: Ticket, expected: Outlook, soon_already: bool) -> bool:
    """Notice one. Due already: it says so, and two is stored as merged. False when it was written before."""
    if ticket.phone_box is None:
        return False
    params = _params(tx, ticket, expected.ahead, expected.minutes)
    written = tx.notices.add(
        ticket.id,
        "taken",
        params,
        template="taken_soon" if soon_already else "taken",
        phone_mask=ticket.phone_mask,
    )
    if soon_already and written is not None:
        tx.notices.add(ticket.id, "soon", params, state="merged", phone_mask=ticket.phone_mask)
    return written is not None


def soon(tx: Tx, ticket: Ticket, expected: Outlook) -> None:
    """Notice two: nearly your turn."""
    if ticket.phone_box is not None:
        params = _params(tx, ticket, expected.ahead, expected.minutes)
        tx.notices.add(ticket.id, "soon", params, phone_mask=ticket.phone_mask)


def no_longer_true(tx: Tx, ticket: Ticket) -> None:
    """The ticket waits elsewhere now: what was about to be sent of a turn or a call is taken back."""
    for kind in TURN:
        tx.notices.drop(ticket.id, kind, "moved")


def called(tx: Tx, ticket: Ticket) -> None:
    """Notice three. Notice two that was not sent yet is no longer true.

    Who was already sent to one window and is called to another is told so, once.
    """
    if ticket.phone_box is None:
        return
    params = _params(tx, ticket, 0, 0)
    if not tx.notices.drop(ticket.id, "soon", "called first"):
        tx.notices.add(ticket.id, "soon", params, state="dropped", phone_mask=ticket.phone_mask)
    written = tx.notices.add(ticket.id, "called", params, phone_mask=ticket.phone_mask)
    if written is None and not tx.notices.names_window(ticket.id, "called", params):
        tx.notices.add(ticket.id, "called_again", params, template="called", phone_mask=ticket.phone_mask)
