"""What the wall, the kiosk and the manager see of the whole hall. Nothing personal in the first three."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from config.hall_file import Hours, Item
from server.domain.alarm_words import alarm_words
from server.domain.learning import expected_seconds
from server.domain.promise import outlook
from server.domain.search import search_items
from server.domain.ticket import State, Ticket
from server.domain.units import MINUTE, iso, minutes_up
from server.domain.window import Window
from server.journey.evaluation_views import day_counts
from server.journey.figures import hall_day, section_lines
from server.journey.supervising import forgotten
from server.journey.views import username, window_json
from server.store.transaction import Tx

Json = dict[str, Any]
SHOWN_CALLS = (State.CALLED, State.SERVING, State.DONE, State.PARKED)


def stops_json(tx: Tx) -> list[Json]:
    """Where issuing is stopped; section None is the whole hall."""
    return [
        {
            "section": row["section"] or None,
            "message_zh": row["message_zh"],
            "message_en": row["message_en"],
            "since": iso(row["since"]),
        }
        for row in tx.stops.all()
    ]


def _call_json(ticket: Ticket, calling: bool) -> Json:
    return {
        "id": ticket.id,
        "number": ticket.number,
        "window": ticket.window_number,
        "section": ticket.section,
        "at": iso(ticket.called_at),
        "calls": ticket.calls,
        "state": str(ticket.state),
        "calling": calling,
    }


def _calls(tx: Tx) -> list[Json]:
    recent = tx.rules.file.calls.recent
    tickets = tx.tickets.recent_calls(tx.rules.day.isoformat(), recent * 3)
    shown = [t for t in tickets if t.state in SHOWN_CALLS][:recent]
    return [_call_json(t, t.state == State.CALLED) for t in shown]


def board_view(tx: Tx) -> Json:
    """The call board: last calls newest first, waiting per section, windows, no-shows, stops."""
    at_counter = {t.id: t for t in tx.tickets.in_states([State.CALLED, State.SERVING])}
    waiting = dict.fromkeys(tx.rules.sections, 0) | tx.tickets.waiting_by_section()
    missed = sorted(tx.tickets.in_states([State.NO_SHOW]), key=lambda t: t.no_show_at or 0, reverse=True)
    return {
        "seq": tx.events.last_seq(),
        "epoch": tx.hall.epoch,
        "now": iso(tx.now),
        "calls": _calls(tx),
        "waiting": waiting,
        "windows": [
            {
                "number": w.number,
                "kind": tx.rules.windows[w.number].kind,
                "name": tx.rules.windows[w.number].name,
                "area": tx.rules.windows[w.number].area,
                "state": str(w.state),
                **_counter_json(at_counter.get(w.ticket_id or 0)),
            }
            for w in tx.windows.all()
            if w.number in tx.rules.windows
        ],
        "no_shows": [
            {"id": t.id, "number": t.number, "section": t.section, "window": t.window_number, "at": iso(t.no_show_at)}
            for t in missed[:30]
        ],
        "stops": stops_json(tx),
    }


def _counter_json(ticket: Ticket | None) -> Json:
    return {"ticket": ticket and ticket.number, "ticket_state": None if ticket is None else str(ticket.state)}


def hall_view(tx: Tx, items: bool = True) -> Json:
    """The hall's sections, windows, items, and what a kiosk needs to say before a number is taken.

    Without `items` a catalogue of a thousand is not sent to screens that ask after every event.
    """
    rules, file = tx.rules, tx.rules.file
    windows = tx.windows.all()
    lines = section_lines(tx)
    return {
        "id": file.hall.id,
        "name": file.hall.name,
        "name_en": file.hall.name_en,
        "time_zone": file.hall.time_zone,
        "demo": file.demo,
        "sections": [
            {
                "id": s.id,
                "name": s.name,
                "name_en": s.name_en,
                "letter": s.letter,
                "kind": s.kind,
                "item_required": not rules.whole_section[s.id],
                **_section_outlook(tx, s.id, windows, lines.get(s.id, (0, None))[0]),
            }
            for s in file.sections
        ],
        "windows": [
            {
                **{name: value for name, value in window_json(tx, w).items() if name in _PUBLIC_WINDOW},
                "items": list(rules.windows[w.number].items),
            }
            for w in windows
            if w.number in rules.windows
        ],
        "items": _items_json(tx, file.items if items else ()),
        "priorities": [
            {"id": c.id, "name": c.name, "name_en": c.name_en, "min_age": c.min_age} for c in file.priority.classes
        ],
        "areas": [{"id": a.id, "name": a.name, "voice": a.voice} for a in file.areas],
        "hours": _hours_json(file.hours),
        "stops": stops_json(tx),
        "seq": tx.events.last_seq(),
    }


def _hours_json(hours: Hours) -> Json:
    return {
        "weekly": {str(day): list(spans) for day, spans in hours.weekly.items()},
        "lunch_shift": list(hours.lunch_shift),
        "enforce": hours.enforce,
    }


_PUBLIC_WINDOW = ("number", "kind", "name", "area", "sections", "state")


def _section_outlook(tx: Tx, section: str, windows: list[Window], waiting: int) -> Json:
    able = tx.rules.whole_section[section] or {
        n for i in tx.rules.file.items if i.section == section for n in tx.rules.item_windows[i.id]
    }
    open_ones = [w for w in windows if w.number in able and w.takes_new]
    seconds = sum(w.waiting_seconds for w in open_ones)
    people = sum(w.waiting_count for w in open_ones)
    free = sum(w.ticket_id is None for w in open_ones)
    expected = outlook(people, seconds, tx.rules.section_means[section], len(open_ones), free)
    return {"waiting": waiting, "open_windows": len(open_ones), "expected_minutes": expected.minutes}


def _items_json(tx: Tx, items: Iterable[Item]) -> list[Json]:
    learned = tx.learned.all()
    return [_item_json(tx, item, *learned.get(f"item:{item.id}", (0, 0))) for item in items]


def _item_json(tx: Tx, item: Item, visits: int, seconds: int) -> Json:
    """`expected_minutes` is what the hall has learned of it, as in a ticket."""
    expected = expected_seconds(tx.rules.file_seconds(item.section, item.id), visits, seconds)
    return {
        "id": item.id,
        "name": item.name,
        "name_en": item.name_en,
        "section": item.section,
        "department": item.department,
        "initials": item.initials,
        "expected_minutes": minutes_up(expected),
        "offered": bool(tx.rules.item_windows[item.id]),
        "version": tx.rules.versions.get(item.id),
    }


def items_view(tx: Tx, text: str = "", section: str | None = None, limit: int = 60) -> Json:
    """Items found by words or pinyin initials."""
    pool = [i for i in tx.rules.file.items if section is None or i.section == section]
    return {"items": _items_json(tx, search_items(pool, text, limit))}


def manager_view(tx: Tx) -> Json:
    """The manager's live page: windows, lines, longest wait, alarms, notices, stops, totals."""
    now, windows, lines = tx.now, tx.windows.all(), section_lines(tx)
    busy = {t.id: t for t in tx.tickets.in_states([State.CALLED, State.SERVING])}
    long = {t.id for t in forgotten(tx, now)}
    stopped = {stop["section"] for stop in stops_json(tx)}
    midnight = now - 24 * 60 * MINUTE
    return {
        "windows": [_managed(tx, w, busy.get(w.ticket_id or 0), long) for w in windows],
        "sections": [
            {
                "id": s.id,
                "name": s.name,
                "name_en": s.name_en,
                "letter": s.letter,
                **_section_outlook(tx, s.id, windows, lines.get(s.id, (0, None))[0]),
                "longest_wait_minutes": _waited(lines.get(s.id, (0, None))[1], now),
                "stopped": s.id in stopped or None in stopped,
            }
            for s in tx.rules.file.sections
        ],
        "alarms": [alarm_json(a) for a in tx.alarms.current()],
        "notices": tx.notices.counts(midnight),
        "stops": stops_json(tx),
        "totals": hall_day(tx),
        "evaluations": day_counts(tx),
        "now": iso(now),
        "seq": tx.events.last_seq(),
        "epoch": tx.hall.epoch,
        "version": tx.hall.file_version,
    }


def _waited(first: int | None, now: int) -> int:
    return 0 if first is None else max(0, (now - first) // MINUTE)


def _managed(tx: Tx, window: Window, ticket: Ticket | None, long: set[int]) -> Json:
    current = None
    if ticket is not None:
        since = ticket.started_at or ticket.called_at
        current = {
            "id": ticket.id,
            "number": ticket.number,
            "state": str(ticket.state),
            "since": iso(since),
            "expected_minutes": minutes_up(ticket.seconds),
            "forgotten": ticket.id in long,
        }
    return {**window_json(tx, window), "ticket": current, "last_action_at": iso(window.last_action_at or None)}


def alarm_json(alarm: Any) -> Json:
    words = alarm_words(alarm.kind, alarm.data)
    return {
        "id": alarm.id,
        "kind": alarm.kind,
        "subject": alarm.subject,
        "zh": words.zh,
        "en": words.en,
        "data": alarm.data,
        "raised_at": iso(alarm.raised_at),
        "seen_by": username(alarm.seen_by),
    }


def snapshot_view(tx: Tx) -> Json:
    """What a screen of the hall starts from: the board, at `seq`."""
    board = board_view(tx)
    return {
        "epoch": board["epoch"],
        "stream": "hall",
        "seq": board["seq"],
        "board": board,
        "no_shows": board["no_shows"],
        "stops": board["stops"],
        "now": board["now"],
    }
