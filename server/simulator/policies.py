"""Who goes where and who is called: the hall's own rules, and three yardsticks to hold them against."""

from __future__ import annotations

import random
from abc import ABC, abstractmethod
from collections.abc import Iterable

from server.domain.assignment import assign
from server.domain.claiming import claim
from server.domain.promise import Outlook, outlook
from server.domain.ticket import Ticket
from server.domain.window import Window
from server.simulator.floor import Floor, Line
from server.simulator.trace import SEED


class Policy(ABC):
    """One for a day; `fairness` in µs."""

    def __init__(self, floor: Floor, fairness: int) -> None:
        self.floor = floor
        self.fairness = fairness

    @abstractmethod
    def place(self, ticket: Ticket, now: int) -> int | None:
        """The window of a ticket that begins to wait or lost its window; None: of no window for now."""

    @abstractmethod
    def next(self, window: int) -> Ticket | None:
        """Whom a free window calls."""

    @abstractmethod
    def tell(self, ticket: Ticket, mean: int) -> Outlook:
        """What the kiosk tells about a ticket that has its window and is about to join."""

    def _tell(self, ticket: Ticket, mean: int, lines: Iterable[Line], windows: list[Window]) -> Outlook:
        people, seconds = self.floor.work_before(lines, ticket.place)
        taking = [w for w in windows if w.takes_new]
        return outlook(people, seconds, mean, len(taking), sum(w.ticket_id is None for w in taking))


class Yichuang(Policy):
    """The hall's dispatcher: server.domain's assign, claim and outlook, used as server.journey uses them."""

    def place(self, ticket: Ticket, now: int) -> int | None:
        return assign(self.floor.able(ticket), now).window

    def next(self, window: int) -> Ticket | None:
        own = self.floor.first(self.floor.lines[window])
        found = claim(window, own, self.floor.heads(window), self.fairness)
        return None if found is None else found.ticket

    def tell(self, ticket: Ticket, mean: int) -> Outlook:
        windows = [w for w in self.floor.able(ticket) if w.calls]
        return self._tell(ticket, mean, (self.floor.lines[w.number] for w in windows), windows)


class Pooled(Policy):
    """One line: a free window takes whoever ranks first among all it can serve. Nothing is planned at the kiosk."""

    def place(self, ticket: Ticket, now: int) -> int | None:
        return None

    def next(self, window: int) -> Ticket | None:
        return min(self.floor.heads(window), key=lambda t: t.place, default=None)

    def tell(self, ticket: Ticket, mean: int) -> Outlook:
        lines = (self.floor.queues[q] for q in self.floor.neighbours(ticket.queue_id))
        return self._tell(ticket, mean, lines, self.floor.able(ticket))


class Fixed(Yichuang):
    """The window chosen at the kiosk stays: each window calls its own line only."""

    def next(self, window: int) -> Ticket | None:
        return self.floor.first(self.floor.lines[window])

    def tell(self, ticket: Ticket, mean: int) -> Outlook:
        if ticket.window_number is None:
            return Outlook(0, None)
        window = self.floor.windows[ticket.window_number]
        return self._tell(ticket, mean, [self.floor.lines[window.number]], [window])


class Random(Fixed):
    """Any open window that can serve, drawn with a fixed seed, for good."""

    def __init__(self, floor: Floor, fairness: int) -> None:
        super().__init__(floor, fairness)
        self.dice = random.Random(SEED)

    def place(self, ticket: Ticket, now: int) -> int | None:
        takes = [w.number for w in self.floor.able(ticket) if w.takes_new]
        return self.dice.choice(takes) if takes else None


POLICIES: dict[str, type[Policy]] = {"yichuang": Yichuang, "pooled": Pooled, "fixed": Fixed, "random": Random}
