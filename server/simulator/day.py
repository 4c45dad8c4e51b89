"""One day under one policy: time jumps from event to event, and after each the free windows call."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Sequence

from server.domain import learning
from server.domain.refusals import Refusal
from server.domain.ticket import Ticket
from server.domain.window import WindowState
from server.simulator.figures import Tally
from server.simulator.floor import WAITING, Floor
from server.simulator.layout import Layout
from server.simulator.policies import Policy
from server.simulator.trace import Visit

# What happens at the same moment, in this order: whoever's patience ends as a window gets free is still called.
PAUSE, FINISH, OPEN, ARRIVE, GIVE_UP = range(5)
SHORTEST = 30
"""As server.journey.line: a ticket is expected to take at least so many seconds."""


class Day:
    """Run once. The hall begins empty, knowing only what `layout.learned` says."""

    def __init__(self, layout: Layout, policy: type[Policy], tally: Tally) -> None:
        self.layout, self.tally = layout, tally
        self.floor = Floor(layout.windows)
        self.policy = policy(self.floor, layout.fairness)
        self.learned = dict(layout.learned)
        self.events: list[tuple[int, int, int]] = []  # (at, what, ticket or window)
        self.visits: dict[int, Visit] = {}
        self.called: dict[int, Ticket] = {}  # by window
        self.overtaken: dict[int, int] = {}  # ticket → the most it was overtaken by, µs of rank
        self.last_close: dict[int, int] = {}
        self.closing: set[int] = set()

    def run(self, visits: Sequence[Visit], progress: Callable[[int], None] = lambda came: None) -> None:
        """Everybody of the day, until the last is served or gone. `progress(came)` now and then."""
        self.visits = dict(enumerate(visits, 1))
        self._open_windows()
        for number, visit in self.visits.items():
            self.events.append((visit.at, ARRIVE, number))
        heapq.heapify(self.events)
        acts = {
            PAUSE: self._pause,
            FINISH: self._finish,
            OPEN: self._open,
            ARRIVE: self._arrive,
            GIVE_UP: self._give_up,
        }
        while self.events:
            now, what, number = heapq.heappop(self.events)
            self._call_free(acts[what](number, now), now)
            if what == ARRIVE and number % 500 == 0:
                progress(number)
        self.tally.unserved += len(self.floor.waiting)
        self.tally.overtaken += len(self.overtaken)
        self.tally.overtaken_5min += sum(by > Tally.FIVE_MINUTES for by in self.overtaken.values())

    def _open_windows(self) -> None:
        for number in self.layout.windows:
            spans = self.layout.duty.get(number)
            if spans is None and not self.layout.duty:
                self.floor.set_state(number, WindowState.OPEN)
            for span in spans or ():
                self.events += [(span.start, OPEN, number), (span.end, PAUSE, number)]
                self.last_close[number] = span.end

    # What happens: each returns the windows that may have somebody to call now, in the order in which they do

    def _arrive(self, number: int, now: int) -> Iterable[int]:
        ticket = self._ticket(number, self.visits[number], now)
        if ticket is None:
            self.tally.refused += 1
            return ()
        self.floor.enter(ticket)
        patience = self.visits[number].patience
        if patience is not None:
            heapq.heappush(self.events, (now + patience, GIVE_UP, number))
        return self._by_home(ticket)

    def _ticket(self, number: int, visit: Visit, now: int) -> Ticket | None:
        """A number with its window and what the kiosk tells; None when the hall issues none."""
        layout, floor = self.layout, self.floor
        try:
            able = layout.able(visit.section, visit.item)
            ticket = Ticket(
                id=number,
                business_day=visit.day.isoformat(),
                number=str(number),
                section=visit.section,
                item=visit.item,
                state=WAITING,
                channel="kiosk",
                queue_id=floor.queue_id(able),
                rank_at=now - visit.credit,
                seconds=self._expected(visit),
                link="",
                taken_by="trace",
                taken_at=now,
                held=int(floor.busy_elsewhere(visit.person)),
                person=visit.person,
            )
            window = self.policy.place(ticket, now)
            ticket = ticket.but(window_number=window, planned_window=window)
            told = self.policy.tell(ticket, layout.mean(visit.section))
            layout.issuing(now, able, (told.seconds or 0) + ticket.seconds)
        except Refusal:
            return None
        return ticket.but(told_seconds=None if told.minutes is None else told.minutes * 60)

    def _expected(self, visit: Visit) -> int:
        seen = self.learned.get((visit.section, visit.item), (0, 0))
        seconds = self.layout.file_seconds(visit.section, visit.item)
        return max(SHORTEST, learning.expected_seconds(seconds, *seen))

    def _give_up(self, number: int, now: int) -> Iterable[int]:
        ticket = self.floor.waiting.get(number)
        if ticket is not None:
            self.floor.leave(ticket)
            self.tally.gave_up += 1
        return ()

    def _finish(self, window: int, now: int) -> Iterable[int]:
        ticket = self.called.pop(window)
        let_go = self.floor.finish(ticket, window)
        self._learn(self.visits[ticket.id])
        for other in let_go:
            home = other.window_number
            if home is None or not self.floor.windows[home].takes_new:
                self.floor.move(other, self.policy.place(other, now))
        others = self._able(let_go)
        if window in self.closing:
            others = [*others, *self._pause(window, now)]
        return [window, *others]

    def _able(self, tickets: Iterable[Ticket]) -> list[int]:
        """The windows that can serve one of these."""
        return sorted({n for ticket in tickets for n in self.floor.members[ticket.queue_id]})

    def _learn(self, visit: Visit) -> None:
        file_seconds = self.layout.file_seconds(visit.section, visit.item)
        seconds = learning.counted(file_seconds, 0, visit.service or 0, 0, False, 1)
        if seconds is not None:
            subject = (visit.section, visit.item)
            visits, so_far = self.learned.get(subject, (0, 0))
            self.learned[subject] = visits + 1, so_far + seconds

    def _open(self, window: int, now: int) -> Iterable[int]:
        self.floor.set_state(window, WindowState.OPEN)
        for ticket in self.floor.homeless():
            if window in self.floor.members[ticket.queue_id]:
                self.floor.move(ticket, self.policy.place(ticket, now))
        return (window,)

    def _pause(self, window: int, now: int) -> Iterable[int]:
        """Its line goes to other windows. For the day only when nobody would be left without any."""
        if now >= self.last_close[window]:
            self.closing.add(window)
            if self._needed(window):
                return ()
        self.floor.set_state(window, WindowState.PAUSED)
        held = [t for t in self.floor.waiting.values() if t.held and t.window_number == window]
        moved = sorted(self.floor.line(window) + held, key=lambda t: t.place)
        for ticket in moved:
            self.floor.move(ticket, self.policy.place(ticket, now))
        return self._able(moved)

    def _needed(self, window: int) -> bool:
        """Does somebody wait whom only this window, of those open, can serve?"""
        for ticket in self.floor.waiting.values():
            able = self.floor.members[ticket.queue_id]
            if window in able and not any(self.floor.windows[n].takes_new for n in able if n != window):
                return True
        return False

    # Calling

    def _by_home(self, ticket: Ticket) -> list[int]:
        """The windows that can serve a newcomer: the planned one first, then by number."""
        home = ticket.window_number
        return sorted(self.floor.members[ticket.queue_id], key=lambda n: (n != home, n))

    def _call_free(self, candidates: Iterable[int], now: int) -> None:
        for window in candidates:
            if self.floor.is_free(window):
                ticket = self.policy.next(window)
                if ticket is not None:
                    self._call(ticket, window, now)

    def _call(self, ticket: Ticket, window: int, now: int) -> None:
        self.floor.call(ticket, window, now)
        self.called[window] = ticket
        for queue in self.floor.queues_of[window]:
            for rank_at, passed in self.floor.queues[queue].before(ticket.place):
                self.overtaken[passed] = max(self.overtaken.get(passed, 0), ticket.rank_at - rank_at)
        service = self.visits[ticket.id].service or 0
        self.tally.served(ticket, window, now - ticket.taken_at, service)
        heapq.heappush(self.events, (now + service, FINISH, window))
