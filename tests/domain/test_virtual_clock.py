"""The dispatcher's rules on a virtual clock, without store or server: fair and short, compared with one pooled line."""

from __future__ import annotations

import heapq
import random
from collections.abc import Callable
from statistics import mean

from server.domain.assignment import assign, with_one_more
from server.domain.claiming import claim
from server.domain.ticket import Ticket
from server.domain.units import MINUTE, SECOND
from server.domain.window import Window
from tests.domain.test_rules import ticket, window

WINDOWS, MEAN = 6, 300
Picker = Callable[[int, dict[int, Ticket]], Ticket | None]


def arrivals(seed: int, load: float, people: int = 1500) -> list[tuple[int, int]]:
    """(arrival µs, service seconds) of one long day, exponential both."""
    dice, now, rows = random.Random(seed), 0.0, []
    for _ in range(people):
        now += dice.expovariate(load * WINDOWS / MEAN)
        rows.append((int(now * SECOND), max(30, int(dice.expovariate(1 / MEAN)))))
    return rows


class VirtualHall:
    """Six windows, the real rules `assign` and `claim`, and time that jumps from event to event."""

    def __init__(self, pooled: bool) -> None:
        self.pooled = pooled
        self.windows = {n: window(n) for n in range(1, WINDOWS + 1)}
        self.waiting: dict[int, Ticket] = {}
        self.waits: dict[int, int] = {}
        self.overtaken: set[int] = set()

    def run(self, rows: list[tuple[int, int]]) -> VirtualHall:
        events = [(at, 0, i, seconds) for i, (at, seconds) in enumerate(rows, 1)]
        heapq.heapify(events)
        while events:
            now, kind, key, seconds = heapq.heappop(events)
            if kind == 0:
                choice = assign(self.windows.values(), now).window
                self.waiting[key] = ticket(key, now, choice, seconds=MEAN)
                self.windows[choice] = with_one_more(self.windows[choice], MEAN)
                self.service = getattr(self, "service", {})
                self.service[key] = seconds
            else:
                self.windows[key] = self.windows[key].but(ticket_id=None, busy_since=None, busy_seconds=0)
            for free in [w.number for w in self.windows.values() if w.ticket_id is None]:
                called = self.call(free, now)
                if called is not None:
                    heapq.heappush(events, (now + self.service[called.id] * SECOND, 1, free, 0))
        return self

    def call(self, number: int, now: int) -> Ticket | None:
        by_rank = sorted(self.waiting.values(), key=lambda t: t.place)
        own = next((t for t in by_rank if t.window_number == number), None)
        head = by_rank[:1]
        if self.pooled:
            chosen = head[0] if head else None
        else:
            found = claim(number, own, head, MEAN * SECOND // 3)
            chosen = None if found is None else found.ticket
        if chosen is None:
            return None
        del self.waiting[chosen.id]
        self.overtaken |= {t.id for t in by_rank if chosen.rank_at - t.rank_at > 5 * MINUTE}
        home: Window = self.windows[chosen.window_number or 0]
        self.windows[home.number] = with_one_more(home.but(waiting_count=home.waiting_count - 2), -MEAN)
        self.windows[number] = self.windows[number].but(ticket_id=chosen.id, busy_since=now, busy_seconds=MEAN)
        self.waits[chosen.id] = now - chosen.rank_at
        return chosen


def test_the_wait_is_the_pooled_lines_within_a_few_percent_and_nobody_is_overtaken_by_five_minutes() -> None:
    for seed, load in [(1, 0.7), (2, 0.85), (3, 0.95)]:
        rows = arrivals(seed, load)
        ours, pooled = VirtualHall(False).run(rows), VirtualHall(True).run(rows)
        assert len(ours.waits) == len(pooled.waits) == len(rows)
        assert mean(ours.waits.values()) <= 1.03 * mean(pooled.waits.values())
        assert max(ours.waits.values()) <= 1.10 * max(pooled.waits.values())
        assert len(ours.overtaken) <= 0.005 * len(rows)
        assert all(w.waiting_count == 0 and w.waiting_seconds == 0 for w in ours.windows.values())
