"""What travels to the screens, and who may hear it. Nothing personal is ever in it."""

from __future__ import annotations

from typing import Any

from server.domain.actor import Role
from server.domain.units import iso
from server.store.events import Event

NAMESPACE = "/hall"
STREAM = "hall"
HALL_ROOM = "hall"

# A screen further behind than this gets a snapshot.
MOST_MISSED = 200

DESKS = frozenset({Role.GUIDE, Role.CLERK, Role.MANAGER, Role.ADMIN, Role.EDITOR, Role.APPROVER, Role.HEAD})
SCREENS = frozenset({Role.DISPLAY, Role.KIOSK, Role.PAD}) | DESKS
PHONES = frozenset({Role.CITIZEN})

# Every message the server sends, and who may receive it. The hub refuses to send any other.
SENT: dict[str, frozenset[Role]] = {"snapshot": SCREENS, "event": SCREENS, "again": SCREENS, "ticket": PHONES}
# Every message a client may send, and who may send it.
RECEIVED: dict[str, frozenset[Role]] = {
    "connect": SCREENS | PHONES,
    "disconnect": SCREENS | PHONES,
    "shown": frozenset({Role.DISPLAY, Role.MANAGER, Role.ADMIN}),
}


def ticket_room(ticket_id: int) -> str:
    return f"ticket:{ticket_id}"


def envelope(event: Event, epoch: str) -> dict[str, Any]:
    """One committed event as it travels. Seqs have no gaps, so the event before is always `seq - 1`."""
    return {
        "epoch": epoch,
        "stream": STREAM,
        "seq": event.seq,
        "prev": event.seq - 1,
        "type": event.type,
        "at": iso(event.at),
        "data": event.data,
    }
