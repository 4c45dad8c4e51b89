"""The hall's own log as a trace: who came on a day, and when its windows were really open."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from config.hall_file import HallFile
from server.domain.catalogue.in_hall import overlaid
from server.domain.hall import HallRules
from server.domain.hours import Span
from server.domain.refusals import Refusal
from server.domain.ticket import State, Ticket
from server.domain.units import MINUTE, local, moment
from server.simulator.figures import Tally
from server.simulator.layout import Subject, joined, zone_of
from server.simulator.trace import COLUMNS, CREDITED, Visit
from server.store import Store, Vault, open_store
from server.store.errors import DatabaseTooNew
from server.store.history import History, hall_ids
from server.store.sqlite import FILE_NAME
from server.store.transaction import Tx

NO_KEY = Vault(bytes(32))
"""Nothing sealed is read here, so the hall's key is not asked for."""


class CannotReplay(Exception):
    """Why there is nothing to replay, as one sentence in both languages."""


@dataclass(frozen=True, slots=True)
class PastDay:
    """What the log says of one business day."""

    file: HallFile
    day: date
    visits: list[Visit]
    shifts: dict[int, list[Span]]
    learned: dict[Subject, tuple[int, int]]
    as_it_was: Tally


def read_day(data: Path, database_url: str, day: date) -> PastDay:
    """Raises CannotReplay."""
    if not database_url and not (data / FILE_NAME).exists():
        raise CannotReplay(f"{data} 里没有大厅的数据库（{FILE_NAME}）。There is no hall's database in {data}.")
    try:
        store = open_store(data_dir=data, database_url=database_url, clock=lambda: 0, vault=NO_KEY, tokens=lambda: "")
    except (Refusal, DatabaseTooNew) as reason:
        raise CannotReplay(str(reason)) from reason
    try:
        halls = store.read("", hall_ids)
        if len(halls) != 1:
            raise CannotReplay(
                f"数据库里有 {len(halls)} 座大厅，应有一座。The database holds {len(halls)} halls, not one."
            )
        return _read(store, halls[0], day)
    except Refusal as reason:
        raise CannotReplay(str(reason)) from reason
    finally:
        store.close()


def _read(store: Store, hall_id: str, day: date) -> PastDay:
    def read(rx: Tx) -> PastDay:
        history, file = History(rx), overlaid(rx.halls.load(), rx.catalogue.all_in_force(day))
        tickets = history.tickets(day.isoformat())
        if not tickets:
            known = "、".join(f"{d} ({people})" for d, people in history.days()[-14:]) or "—"
            raise CannotReplay(
                f"{day} 没有人取号；有记录的日子：{known}。Nobody came on {day}; days on record: {known}."
            )
        zone = zone_of(file)
        rules = HallRules.build(file, day)
        subjects: set[Subject] = {(t.section, t.item) for t in tickets}
        learned = {(s, i): rx.learned.seen(f"item:{i}" if i else f"section:{s}") for s, i in subjects}
        midnight = datetime.combine(day, time(), zone)
        whole = Span(moment(midnight), moment(midnight + timedelta(days=1)))
        visits = [visit_of(n, t, day) for n, t in enumerate(tickets, 1) if _known(rules, t)]
        shifts = shifts_of(history.window_events(whole.end), whole)
        return PastDay(file, day, visits, shifts, learned, _as_it_was(tickets))

    return store.read(hall_id, read)


def _known(rules: HallRules, ticket: Ticket) -> bool:
    """Is what the ticket was for still in the hall file?"""
    return bool(rules.able_or_none(ticket.section, ticket.item))


def visit_of(number: int, ticket: Ticket, day: date) -> Visit:
    """A ticket as a row of a trace: served ones with their time, those who went with their patience."""
    service = patience = None
    if ticket.state == State.DONE and ticket.ended_at is not None:
        started = ticket.started_at or ticket.called_at or ticket.ended_at
        service = max(0, ticket.ended_at - started - ticket.parked_total)
    elif ticket.first_called_at is not None and ticket.no_shows:
        patience = ticket.first_called_at - ticket.taken_at
    elif ticket.state == State.CANCELLED and ticket.ended_at is not None:
        patience = ticket.ended_at - ticket.taken_at
    priority, credit = 0, 0
    if ticket.priority is not None and ticket.rank_at < ticket.taken_at:
        priority, credit = int(CREDITED), ticket.taken_at - ticket.rank_at
    return Visit(
        number,
        day,
        ticket.taken_at,
        ticket.section,
        ticket.item,
        service,
        patience,
        priority,
        credit,
        ticket.person,
    )


def shifts_of(events: Iterable[tuple[int, str, int]], day: Span) -> dict[int, list[Span]]:
    """When each window was open within the day."""
    since: dict[int, int] = {}
    shifts: dict[int, list[Span]] = {}
    for at, kind, window in events:
        if kind == "window.opened":
            since.setdefault(window, at)
        elif window in since:
            _add(shifts, window, since.pop(window), at, day)
    for window, at in since.items():
        _add(shifts, window, at, day.end, day)
    return shifts


def _add(shifts: dict[int, list[Span]], window: int, start: int, end: int, day: Span) -> None:
    start, end = max(start, day.start), min(end, day.end)
    if start < end:
        shifts.setdefault(window, []).append(Span(start, end))


def with_open(shifts: Mapping[int, Sequence[Span]], numbers: Iterable[int]) -> dict[int, Sequence[Span]]:
    """The shifts, with these windows too whenever any window was open."""
    whole = joined(shifts.values())
    return {**shifts, **dict.fromkeys(numbers, whole)}


def _as_it_was(tickets: Sequence[Ticket]) -> Tally:
    """What the day's own waits were."""
    tally = Tally()
    for ticket in tickets:
        if ticket.state != State.DONE or ticket.first_called_at is None:
            tally.gave_up += 1
            continue
        window = ticket.window_number or 0
        end, start = ticket.ended_at or 0, ticket.started_at or ticket.first_called_at
        tally.served(ticket, window, ticket.first_called_at - ticket.taken_at, max(0, end - start))
    tally.windows = tuple(sorted(tally.busy))
    tally.overtaken, tally.overtaken_5min = _overtaken(tickets)
    return tally


def _overtaken(tickets: Sequence[Ticket]) -> tuple[int, int]:
    """(how many were overtaken, by more than five minutes), by rank, both waiting for the same windows."""
    ended = {t.id: t.first_called_at or t.ended_at for t in tickets}
    calls = [t for t in tickets if t.first_called_at is not None]
    any_at_all = far = 0
    for ticket in tickets:
        until = ended[ticket.id]
        by = [
            other.rank_at - ticket.rank_at
            for other in calls
            if other.queue_id == ticket.queue_id
            and other.place > ticket.place
            and ticket.taken_at <= (other.first_called_at or 0)
            and (until is None or (other.first_called_at or 0) < until)
        ]
        any_at_all += bool(by)
        far += max(by, default=0) > Tally.FIVE_MINUTES
    return any_at_all, far


def export(visits: Sequence[Visit], path: Path, zone: ZoneInfo) -> None:
    """Write visits as a trace. People are numbered anew: nothing in it tells who they are."""
    people: dict[str, str] = {}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for visit in visits:
            person = people.setdefault(visit.person, f"p{len(people) + 1}") if visit.person else ""
            writer.writerow(
                [
                    _clock(visit.at, zone),
                    visit.section,
                    _minutes(visit.service),
                    _minutes(visit.patience),
                    visit.priority,
                    person,
                    visit.item or "",
                    _minutes(visit.credit or None),
                ]
            )


def _clock(at: int, zone: ZoneInfo) -> str:
    return local(at, zone).replace(tzinfo=None).isoformat(timespec="milliseconds")


def _minutes(micros: int | None) -> str:
    return "" if micros is None else f"{micros / MINUTE:.4f}".rstrip("0").rstrip(".")
