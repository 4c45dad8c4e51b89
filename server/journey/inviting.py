"""What a window's pad asks about: the service last finished there, or at an issue window the result last handed over.

One visit is asked about once: who collects a result rates the case, and the ticket that brought them to the issue window
is not asked about as well (its own page still takes a rating).
"""

from __future__ import annotations

from typing import Any

from server.domain import evaluation as rule
from server.domain.ticket import Ticket
from server.domain.units import SECOND, iso
from server.domain.window import Window
from server.journey.cases.board_numbers import number_of
from server.journey.cases.items import name_en
from server.journey.evaluating import tags_json
from server.journey.same_service import rated_as_case
from server.store.results import Result
from server.store.transaction import Tx

Json = dict[str, Any]


def pad_view(rx: Tx, number: int) -> Json:
    """What the pad of a window shows. Raises WindowUnknown."""
    rx.rules.window(number)
    window = rx.windows.get(number)
    return {
        "window": number,
        "state": str(window.state),
        "clerk_name": window.clerk_name,
        "invitation": _invitation(rx, window),
        "tags": tags_json(rx),
        "seconds": rx.rules.file.evaluation.pad_seconds,
        "now": iso(rx.now),
    }


def _invitation(rx: Tx, window: Window) -> Json | None:
    """What ended last at a window, while its citizen may still be there and has not rated it."""
    last = rx.evaluations.last_finished(window.number, rx.rules.day.isoformat())
    ticket = None if last is None else rx.tickets.get(last)
    result = _handed_over(rx, window.number)
    began = 0 if ticket is None else ticket.started_at or ticket.called_at or 0
    if result is not None and (result.collected_at or 0) >= began:
        return _of_case(rx, result, window)
    return None if ticket is None else _of_ticket(rx, ticket, window)


def _handed_over(rx: Tx, number: int) -> Result | None:
    """At an issue window; a result that its own window has just decided belongs to the service that is rated there."""
    if rx.rules.window(number).kind != "issue":
        return None
    return rx.results.last_handed_over(number, rx.now - _seconds(rx) * SECOND)


def _seconds(rx: Tx) -> int:
    return rx.rules.file.evaluation.pad_seconds


def _of_ticket(rx: Tx, ticket: Ticket, window: Window) -> Json | None:
    until = rule.pad_until(ticket.ended_at or 0, _seconds(rx))
    if rx.now >= until or rx.evaluations.of_ticket(ticket.id) is not None or rated_as_case(rx, ticket) is not None:
        return None
    item = rx.rules.items.get(ticket.item or "")
    section = rx.rules.sections.get(ticket.section)
    name = rx.rules.name_of(ticket.section, ticket.item)
    return {
        "ticket": ticket.id,
        "case": None,
        "number": ticket.number,
        "item": name,
        "item_en": (item.name_en if item else section.name_en if section else "") or name,
        "clerk_name": _clerk_name(rx, ticket.clerk, window),
        "until": iso(until),
    }


def _of_case(rx: Tx, result: Result, window: Window) -> Json | None:
    until = rule.pad_until(result.collected_at or 0, _seconds(rx))
    if rx.now >= until or rx.case_evaluations.of_case(result.case_id) is not None:
        return None
    case = rx.cases.get(result.case_id)
    return {
        "ticket": None,
        "case": case.id,
        "number": number_of(rx, case),
        "item": case.name,
        "item_en": name_en(rx, case) or case.name,
        "clerk_name": _clerk_name(rx, result.handed_by, window),
        "until": iso(until),
    }


def _clerk_name(rx: Tx, clerk: str | None, window: Window) -> str:
    """Whoever served, who may have left the window meanwhile."""
    if clerk == window.clerk and window.clerk_name:
        return window.clerk_name
    account = rx.staff.find((clerk or "").removeprefix("staff:"))
    return account.name if account else ""
