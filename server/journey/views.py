"""What the screens show of tickets and lines: reads that return plain JSON values, nothing written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from config.hall_model import Dispatch
from server.domain import promise
from server.domain.promise import Outlook
from server.domain.reason import Reason
from server.domain.ticket import LIVE, WORDS, State, Ticket
from server.domain.units import MINUTE, SECOND, iso, minutes_up
from server.domain.window import Window
from server.journey import outlook
from server.journey.cases.precheck_views import bundle_of
from server.journey.evaluating import link_evaluation
from server.journey.figures import clerk_day, window_day
from server.store.transaction import Tx

WHOLE_LINE = 200
Json = dict[str, Any]


def _names(tx: Tx, ticket: Ticket) -> tuple[str, str | None]:
    section = tx.rules.sections.get(ticket.section)
    item = tx.rules.items.get(ticket.item) if ticket.item else None
    return section.name if section else ticket.section, item.name if item else None


def username(actor_id: str | None) -> str | None:
    """The staff name behind an actor id, as screens show it."""
    return None if actor_id is None else actor_id.removeprefix("staff:")


_TIMES = ("taken_at", "called_at", "started_at", "parked_at", "ended_at")


def ticket_view(tx: Tx, ticket_id: int, link: bool = True) -> Json:
    """A ticket for staff and for whoever took it. Raises TicketUnknown.

    `link=False` for those at the counter: whoever holds the link speaks for the citizen, and rates for them. Once the
    ticket has ended nobody else needs it, either: there is no slip to hand over, but a score to be seen.
    """
    ticket = tx.tickets.get(ticket_id)
    bundle = bundle_of(tx, ticket)
    shown = ticket_json(tx, ticket, link=link)
    return shown if bundle is None else {**shown, "item_name": bundle.name}


def taken_json(tx: Tx, ticket: Ticket, link: bool = True) -> Json:
    """A ticket that this step has taken: its holder is told what the step found."""
    return ticket_json(tx, ticket, Outlook(ticket.told_ahead or 0, ticket.told_seconds), link)


def ticket_json(tx: Tx, ticket: Ticket, expected: Outlook | None = None, link: bool = True) -> Json:
    """The same of a row that was just read or written; `expected` where it is known."""
    section_name, item_name = _names(tx, ticket)
    if expected is None:
        expected = outlook.outlook_of(tx, ticket) if ticket.state == State.WAITING else Outlook(0, 0)
    reasons = ticket.reasons
    called = ticket.window_number if ticket.state in (State.CALLED, State.SERVING, State.PARKED, State.DONE) else None
    zh, en = WORDS[State(ticket.state)]
    return {
        "id": ticket.id,
        "number": ticket.number,
        "section": ticket.section,
        "section_name": section_name,
        "item": ticket.item,
        "item_name": item_name,
        "window": ticket.window_number,
        "planned_window": ticket.planned_window,
        "called_window": called,
        "ahead": expected.ahead,
        "expected_minutes": expected.minutes,
        "state": str(ticket.state),
        "state_zh": zh,
        "state_en": en,
        "held": bool(ticket.held),
        "link": f"{tx.link_base}/t/{ticket.link}" if link and ticket.state in LIVE else None,
        "reason": reasons.zh,
        "reason_en": reasons.en,
        "channel": ticket.channel,
        "calls": ticket.calls,
        "priority": ticket.priority,
        "priority_reason": ticket.priority_reason,
        "phone": ticket.phone_mask,
        "service_minutes": minutes_up(ticket.seconds),
        "no_shows": ticket.no_shows,
        "end_reason": ticket.end_reason,
        "parked_seconds": ticket.parked_total // SECOND,
        **{name: iso(getattr(ticket, name)) for name in _TIMES},
    }


def link_view(tx: Tx, token: str) -> Json:
    """What a citizen's page shows of its own ticket. Raises TicketUnknown."""
    ticket = tx.tickets.by_link(token)
    view = ticket_json(tx, ticket)
    shown = (
        "number section section_name window called_window ahead expected_minutes state state_zh state_en"
        " held calls phone taken_at called_at started_at ended_at no_shows"
    )
    return {
        **{name: view[name] for name in shown.split()},
        **_matter(tx, ticket),
        "soon": _is_soon(tx, view),
        "hall": tx.rules.file.hall.name,
        "hall_en": tx.rules.file.hall.name_en,
        "may_cancel": view["state"] in ("waiting", "called", "no_show"),
        "may_return": view["state"] == "no_show" and view["no_shows"] <= tx.rules.file.calls.returns,
        "evaluation": link_evaluation(tx, ticket) if ticket.state == State.DONE else None,
    }


def _matter(tx: Tx, ticket: Ticket) -> Json:
    """What a ticket is about, in both languages, and where its page asks the questions of it."""
    section = tx.rules.sections.get(ticket.section)
    bundle = bundle_of(tx, ticket)
    matter = bundle or (tx.rules.items.get(ticket.item) if ticket.item else None)
    return {
        "section_name_en": section.name_en if section else None,
        "item_name": matter.name if matter else None,
        "item_name_en": matter.name_en if matter else None,
        "guide": ticket.item if ticket.item in tx.rules.versions else None,
        "bundle": bundle.id if bundle else None,
        "applied_online": ticket.channel == "online",
    }


def _is_soon(tx: Tx, view: Json) -> bool:
    """Whether the holder should come near now: by the rule that sends notice two."""
    minutes = view["expected_minutes"]
    if view["state"] != State.WAITING or view["held"] or minutes is None:
        return False
    expected = Outlook(view["ahead"], minutes * 60)
    return bool(outlook_json(tx.rules.file.dispatch, expected)["soon"])


def outlook_json(dispatch: Dispatch, expected: Outlook) -> Json:
    """All of `link_view` that others' moves change while its ticket waits in line."""
    minutes = expected.minutes
    told = Outlook(expected.ahead, None if minutes is None else minutes * 60)
    soon = promise.soon(told, dispatch.soon_ahead, int(dispatch.soon_minutes * 60))
    return {"ahead": expected.ahead, "expected_minutes": minutes, "soon": soon}


def lines_json(tx: Tx, tickets: Sequence[Ticket], now: int) -> list[Json]:
    """Rows of a line; a number taken for a 一件事 is called by its title, as on its slip."""
    found = tx.prechecks.bundles_of({ticket.id: ticket.item for ticket in tickets})
    titles = {one.id: one.name for one in tx.bundles.all()} if found else {}
    return [line_json(tx, ticket, now, titles.get(found.get(ticket.id, ""))) for ticket in tickets]


def line_json(tx: Tx, ticket: Ticket, now: int, title: str | None = None) -> Json:
    """One row of a line."""
    section_name, item_name = _names(tx, ticket)
    return {
        "id": ticket.id,
        "number": ticket.number,
        "section": ticket.section,
        "section_name": section_name,
        "item_name": title or item_name,
        "state": str(ticket.state),
        "window": ticket.window_number,
        "waited_minutes": max(0, (now - ticket.taken_at) // MINUTE),
        "priority": ticket.priority,
        "rank_reason": Reason.load(ticket.rank_reason).zh,
        "rank_reason_en": Reason.load(ticket.rank_reason).en,
        "taken_at": iso(ticket.taken_at),
        "held": bool(ticket.held),
        "phone": ticket.phone_mask,
        "no_shows": ticket.no_shows,
    }


def line_view(tx: Tx, state: str = "waiting", section: str | None = None, limit: int = 500) -> Json:
    """Tickets in a state, by rank, for the guide and the manager."""
    tickets = tx.tickets.in_states([State(state)])
    if section is not None:
        tickets = [t for t in tickets if t.section == section]
    return {"tickets": lines_json(tx, tickets[:limit], tx.now)}


def decisions_view(tx: Tx, ticket_id: int) -> Json:
    """Why this window, why this place: every decision about a ticket, oldest first."""
    ticket = tx.tickets.get(ticket_id)
    place = Reason.load(ticket.rank_reason)
    rows = [{"at": iso(ticket.taken_at), "type": "rank", "zh": place.zh, "en": place.en}]
    for event in tx.events.of_ticket(ticket_id):
        words = event.data.get("reason")
        if words:
            rows.append({"at": iso(event.at), "type": event.type, "zh": words["zh"], "en": words["en"]})
    return {"ticket": ticket.id, "number": ticket.number, "decisions": rows}


def notices_view(tx: Tx, ticket_id: int, link: bool = True) -> list[Json]:
    """The three SMS of a ticket and how each fared; without the citizen's link for those at the counter."""
    ticket = tx.tickets.get(ticket_id)
    secret, open_ = ticket.link, link and ticket.state in LIVE

    def shown(text: str) -> str:
        return text if open_ else text.replace(secret, "*" * len(secret))

    return [
        {
            "kind": n.kind,
            "state": n.state,
            "at": iso(n.created_at),
            "text": shown(n.text),
            "template_id": n.template_id,
            "params": {name: shown(value) for name, value in n.params.items()},
            "phone": n.phone_mask,
            "attempts": n.attempts,
            "error_code": n.error_code,
            "sent_at": iso(n.sent_at),
            "delivered_at": iso(n.delivered_at),
        }
        for n in tx.notices.of_ticket(ticket_id)
    ]


def window_json(tx: Tx, window: Window) -> Json:
    """A window as clerks and managers see it."""
    known = tx.rules.windows.get(window.number)
    return {
        "number": window.number,
        "kind": known.kind if known else "intake",
        "name": known.name if known else "",
        "area": known.area if known else "",
        "sections": list(known.sections) if known else [],
        "state": str(window.state),
        "clerk": username(window.clerk),
        "clerk_name": window.clerk_name,
        "reason": window.reason,
        "state_since": iso(window.state_since),
        "waiting": window.waiting_count,
        "waiting_minutes": minutes_up(window.waiting_seconds),
    }


def terminal_view(tx: Tx, number: int) -> Json:
    """Everything a window terminal shows. Raises WindowUnknown."""
    window, now = tx.windows.get(number), tx.now
    calls = tx.rules.file.calls
    parked = [
        t
        for t in tx.tickets.in_states([State.PARKED])
        if t.window_number == number or (window.clerk is not None and t.clerk == window.clerk)
    ]
    missed = tx.tickets.in_states([State.NO_SHOW], number)
    return {
        "window": window_json(tx, window),
        "ticket": None if window.ticket_id is None else ticket_view(tx, window.ticket_id, link=False),
        "line": lines_json(tx, tx.tickets.line(number, WHOLE_LINE), now),
        "whole_line": lines_json(tx, tx.tickets.queued(tx.queues.of_window(number), WHOLE_LINE), now),
        "parked": lines_json(tx, parked, now),
        "no_shows": lines_json(tx, missed, now),
        "today": window_day(tx, number) if window.clerk is None else clerk_day(tx, window.clerk),
        "rules": {"no_show_after_calls": calls.before_no_show, "seconds_between": calls.seconds_between},
        "now": iso(now),
        "seq": tx.events.last_seq(),
        "epoch": tx.hall.epoch,
    }
