"""What the log says of a step. No personal fields: it is shown on walls and kept for ever."""

from __future__ import annotations

from typing import Any

from server.domain.reason import Reason
from server.domain.ticket import Ticket
from server.domain.window import Window
from server.store.transaction import Tx


def said(reason: Reason | None) -> dict[str, Any]:
    return {} if reason is None else {"reason": {"zh": reason.zh, "en": reason.en}}


def tell(tx: Tx, kind: str, ticket: Ticket, was: str | None, *, reason: Reason | None = None, **more: Any) -> None:
    """Append `ticket.<kind>`; `was` is the state before, so that screens can keep counts."""
    data = {
        "id": ticket.id,
        "number": ticket.number,
        "section": ticket.section,
        "window": ticket.window_number,
        "from": was,
        "to": str(ticket.state),
        "calls": ticket.calls,
        **said(reason),
        **more,
    }
    tx.events.append(f"ticket.{kind}", data, ticket=ticket.id, window=ticket.window_number)


def tell_window(tx: Tx, kind: str, window: Window, **more: Any) -> None:
    """Append `window.<kind>`."""
    data = {"window": window.number, "state": str(window.state), "ticket": window.ticket_id, **more}
    tx.events.append(f"window.{kind}", data, window=window.number)
