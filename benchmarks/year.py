"""A whole 衢州 year: 177,000 tickets over 62 windows, through the real steps, on SQLite and on PostgreSQL.

Every working day from 08:30 people come as they do (a morning and an afternoon peak), take numbers, are called, served,
parked, transferred, miss their call, come back or leave; at the end of each day every window closes. The clock is
virtual, the transactions are real: what different people do within two minutes shares a commit, as it would in a busy
hall. Every number that was planned must be issued; a press or a cancellation that comes too late is refused and counted. At the end benchmarks/invariants.py looks whether anything was lost.
On Saturdays PostgreSQL is tidied by VACUUM ANALYZE, not counted: autovacuum, where it is on, does so on wall time, and here a week
passes in seconds.
"""

from __future__ import annotations

import heapq
import itertools
import os
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import Any

import psycopg

from benchmarks.batches import HALL, KIOSK, MANAGER, START, Bench, Step, bench, clerk
from benchmarks.invariants import check
from benchmarks.many_waiting import demo_hall
from benchmarks.report import SHARE, Row, Say, quick
from config.hall_file import HallFile
from server.domain.refusals import Refusal
from server.domain.ticket import Ticket
from server.domain.units import HOUR, MINUTE, SECOND
from server.journey import calling, counter, ending, housekeeping, moving, serving, taking
from tests.store_fixtures import postgres_schema, postgres_url

NAME = "A year of 衢州"

# What a clerk presses; one after the other, and each waits for the answer.
AT_WINDOW = {"open", "close", "next", "start", "finish", "recall", "no_show", "park", "unpark", "transfer"}

TICKETS, WINDOWS, DAYS = 177_000, 62, 250
DAY = 24 * HOUR
OPENS = HOUR // 2  # after START, which is eight o'clock
TOGETHER = 2 * MINUTE  # steps this close share a batch, one of each window: none of them waits for another's answer
LOOKS = 20 * MINUTE  # how often a clerk without people presses "next" all the same
WITH_PHONE = 0.7
FINISHES = 0.3  # of the services end with "finish" and a breath, the others with "next"


def measure(say: Say) -> list[Row]:
    rows = []
    share = float(os.environ.get(SHARE) or (0.01 if quick() else 1))
    for kind in ("sqlite", "postgres"):
        if kind == "postgres" and not postgres_url():
            say("no PostgreSQL answers here: left out")
            continue
        made = postgres_schema() if kind == "postgres" else nullcontext("")
        with tempfile.TemporaryDirectory() as name, made as url, bench(Path(name), town_hall(), url) as hall:
            tidy = partial(_vacuum, url) if url else int
            rows.append(_year(hall, {"sqlite": "SQLite", "postgres": "PostgreSQL"}[kind], share, tidy, say))
    return rows


def _vacuum(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as admin:
        tables = admin.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()").fetchall()
        admin.execute(f"VACUUM (ANALYZE) {', '.join(name for (name,) in tables)}")


def _year(hall: Bench, engine: str, share: float, tidy: Callable[[], object], say: Say) -> Row:
    year = Year(hall, seed=1)
    days = max(2, round(DAYS * share))
    per_day = TICKETS // DAYS
    began = said = time.monotonic()
    for day in range(days):
        year.day(START + (day // 5 * 7 + day % 5) * DAY, per_day)
        if day % 5 == 4:
            tidy()
        if time.monotonic() - said > 15 or day == days - 1:
            said = time.monotonic()
            left = (said - began) / (day + 1) * (days - day - 1)
            speed = year.taken / hall.wall
            say(f"{engine}: day {day + 1}/{days}, {year.taken:,} tickets, {speed:.0f} a second, {left:.0f} s to go")
    assert year.taken == days * per_day, f"{year.taken:,} numbers issued, {days * per_day:,} planned"
    own = time.monotonic() - began - hall.wall
    began = time.monotonic()
    tidy()
    found = hall.store.read(HALL, check, year.taken)
    say(f"{engine}: {found.sentence} ({time.monotonic() - began:.0f} s)")
    detail = (
        f"{year.taken:,} tickets in {days} days, each one issued, over {WINDOWS} windows; {hall.steps:,} steps in"
        f" {hall.batches:,} commits ({hall.steps / hall.wall:.0f} steps a second), {year.late} presses that came too late;"
        f" {hall.wall:.0f} s, the benchmark's own {own:.0f} s not counted; {found.sentence}"
    )
    return Row(
        f"Tickets a second, from taking to finishing, {engine}", year.taken / hall.wall, None, detail, "a second"
    )


def town_hall() -> HallFile:
    """The demo hall with 62 windows instead of 40: the last 22 stand beside the first."""
    data = demo_hall().model_dump()
    first = data["windows"]
    more = [w | {"number": number} for number, w in zip(range(len(first) + 1, WINDOWS + 1), first, strict=False)]
    data["windows"] = [*first, *more]
    return HallFile.model_validate(data)


class Year:
    """People and clerks with a fixed seed. An appointment in the calendar is (when, order, what, with what)."""

    def __init__(self, hall: Bench, seed: int) -> None:
        self.hall, self.dice = hall, random.Random(seed)
        self.file = town_hall()
        self.numbers = [w.number for w in self.file.windows]
        self.sections = [s.id for s in self.file.sections]
        self.minutes = {item.id: item.minutes for item in self.file.items}
        self.people = self.taken = self.late = 0
        self._idle: dict[int, int] = {}  # window → since when its clerk has had nobody to call
        self._seen: set[int] = set()  # tickets called
        self._order = itertools.count()
        self._calendar: list[tuple[int, int, str, Any]] = []

    def day(self, morning: int, people: int) -> None:
        """One working day, from opening to the last window closed."""
        self._plan(morning, "tick", None)
        for number in self.numbers:
            self._plan(morning + OPENS - MINUTE, "open", number)
            self._plan(morning + OPENS + self.dice.randrange(60) * SECOND, "next", number)
        for arrival in self._arrivals(morning, people):
            self._plan(arrival, "take", None)
        self._closing = morning + 10 * HOUR
        while self._calendar:
            self._together()

    def _arrivals(self, morning: int, people: int) -> Iterator[int]:
        """Two peaks, at half past nine and at three."""
        for _ in range(people):
            peak, width = (1.5, 0.8) if self.dice.random() < 0.6 else (7, 0.8)
            hours = min(8.5, max(0.5, self.dice.gauss(peak, width)))
            yield morning + int(hours * HOUR)

    def _plan(self, at: int, what: str, who: Any) -> None:
        heapq.heappush(self._calendar, (at, next(self._order), what, who))

    def _together(self) -> None:
        """What is due now, in one go; then what follows from the answers."""
        due = self._due()
        jobs = self.hall.run([self._step(what, who) for _, _, what, who in due], [at for at, *_ in due])
        for (at, _, what, who), job in zip(due, jobs, strict=True):
            if job.error is not None:
                # Two people meant the same minute: a press that comes too late is refused by name, and changes nothing.
                if not isinstance(job.error, Refusal) or what == "take":
                    raise job.error
                self.late += 1
                if what == "next":
                    self._plan(at + MINUTE, "next", who)
                continue
            self._follow(at, what, who, job.result)

    def _due(self) -> list[tuple[int, int, str, Any]]:
        """What people and clerks do within the next two minutes, up to a clerk's second press."""
        until = self._calendar[0][0] + TOGETHER
        due, busy = [], set()
        while self._calendar and self._calendar[0][0] < until:
            at, order, what, who = self._calendar[0]
            if self._is_past(what, who):
                heapq.heappop(self._calendar)
                continue
            if what == "look":
                what, who = "next", who[0]
            if what in AT_WINDOW and who in busy:
                break
            heapq.heappop(self._calendar)
            if what in AT_WINDOW:
                busy.add(who)
                self._idle.pop(who, None)
            due.append((at, order, what, who))
        return due

    def _is_past(self, what: str, who: Any) -> bool:
        """Who was called does not cancel any more, and a clerk who has called somebody looks for nobody."""
        return (what == "cancel" and who in self._seen) or (what == "look" and self._idle.get(who[0]) != who[1])

    def _step(self, what: str, who: Any) -> Step:
        if what == "take":
            return taking.take_number, self._person()
        if what == "tick":
            return housekeeping.tick, None
        if what in ("cancel", "return"):
            step = ending.cancel_ticket if what == "cancel" else ending.return_ticket
            return step, ending.TicketRequest(MANAGER, who, "")
        by = clerk(who)
        return {
            "open": (counter.open_window, counter.WindowRequest(by, who)),
            "close": (counter.close_window, counter.LeaveRequest(MANAGER, who, force=True)),
            "next": (calling.call_next, calling.NextRequest(by, who, True)),
            "start": (serving.start_service, serving.AtWindow(by, who)),
            "finish": (serving.finish_service, serving.FinishRequest(by, who)),
            "recall": (calling.recall, calling.RecallRequest(by, who)),
            "no_show": (serving.mark_no_show, serving.AtWindow(by, who)),
            "park": (serving.park, serving.AtWindow(by, who)),
            "unpark": (serving.unpark, serving.UnparkRequest(by, who)),
            "transfer": (moving.transfer, moving.TransferRequest(by, window=who, section="general")),
        }[what]

    def _person(self) -> taking.TakeRequest:
        """Somebody else each time, most with a phone; half know their item."""
        self.people += 1
        phone = f"13{self.people:09d}" if self.dice.random() < WITH_PHONE else None
        if self.dice.random() < 0.5:
            return taking.TakeRequest(KIOSK, item=self.dice.choice(self.file.items).id, phone=phone)
        return taking.TakeRequest(KIOSK, section=self.dice.choice(self.sections), phone=phone)

    def _follow(self, at: int, what: str, who: Any, result: Any) -> None:
        """What the one who pressed does next, and the idle clerk who sees somebody come into the line."""
        if what == "take":
            self.taken += 1
            if self.dice.random() < 0.02:
                self._plan(at + 5 * MINUTE, "cancel", result.id)
        elif what == "next":
            self._called(at, who, result)
        elif what == "no_show" and self.dice.random() < 0.5:
            self._plan(at + 3 * MINUTE, "return", result.id)
        if what in ("take", "return", "transfer") and self._idle.pop(result.window_number, None) is not None:
            self._plan(at + MINUTE, "next", result.window_number)

    def _called(self, at: int, window: int, ticket: Ticket | None) -> None:
        """The next presses at this window. With nobody to call it waits for somebody; after closing it closes."""
        self._idle.pop(window, None)
        if ticket is None:
            if at >= self._closing:
                self._plan(at + MINUTE, "close", window)
            else:
                self._idle[window] = at
                self._plan(min(at + LOOKS, self._closing), "look", (window, at))
            return
        self._seen.add(ticket.id)
        fate = self.dice.random() if at < self._closing - HOUR else 1  # the last hour is for finishing
        if fate < 0.06:
            missed = fate < 0.03
            self._plan(at + MINUTE, "recall" if missed else "start", window)
            self._plan(at + 2 * MINUTE, "no_show" if missed else "transfer", window)
            self._plan(at + 3 * MINUTE, "next", window)
            return
        served = at + max(4 * MINUTE, int(self.dice.lognormvariate(0, 0.5) * self._minutes(ticket) * MINUTE))
        self._plan(at + MINUTE, "start", window)
        if fate < 0.08:
            self._plan(at + 2 * MINUTE, "park", window)
            self._plan(served - MINUTE, "unpark", window)
        if self.dice.random() < FINISHES:
            self._plan(served, "finish", window)
            served += MINUTE
        self._plan(served, "next", window)

    def _minutes(self, ticket: Ticket) -> float:
        return self.minutes[ticket.item] if ticket.item else ticket.seconds / 60
