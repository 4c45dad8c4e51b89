"""The virtual hall: its windows, the lines before them, and who waits, is held or is at a counter."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable

from server.domain.assignment import with_one_more
from server.domain.ticket import State, Ticket
from server.domain.window import Window, WindowState

Place = tuple[int, int]


class Line:
    """Places of waiting tickets, in order, and their expected seconds."""

    __slots__ = ("places", "seconds")

    def __init__(self) -> None:
        self.places: list[Place] = []
        self.seconds = 0

    def add(self, ticket: Ticket) -> None:
        insort(self.places, ticket.place)
        self.seconds += ticket.seconds

    def remove(self, ticket: Ticket) -> None:
        del self.places[bisect_left(self.places, ticket.place)]
        self.seconds -= ticket.seconds

    def before(self, place: Place) -> list[Place]:
        return self.places[: bisect_left(self.places, place)]


class Floor:
    """Changes only through its methods, so that every line and counter stays exact."""

    def __init__(self, windows: Iterable[int]) -> None:
        closed = WindowState.CLOSED.value
        self.windows = {n: Window(n, closed, None, None, None, None, 0, None, 0, 0, 0, None, 0) for n in windows}
        self.waiting: dict[int, Ticket] = {}  # held ones too
        self.lines = {number: Line() for number in self.windows}
        self.queues: dict[int, Line] = {}
        self.members: dict[int, tuple[int, ...]] = {}
        self.queues_of: dict[int, list[int]] = {number: [] for number in self.windows}
        self.at_counter: dict[str, int] = {}
        self._of_person: dict[str, set[int]] = {}
        self._ids: dict[tuple[int, ...], int] = {}
        self._neighbours: dict[int, list[int]] = {}

    # Queues

    def queue_id(self, able: tuple[int, ...]) -> int:
        """The queue of exactly these windows."""
        found = self._ids.get(able)
        if found is None:
            found = self._ids[able] = len(self._ids) + 1
            self.members[found] = able
            self.queues[found] = Line()
            self._neighbours.clear()
            for number in able:
                self.queues_of[number].append(found)
        return found

    def able(self, ticket: Ticket) -> list[Window]:
        """The windows that can serve a ticket."""
        return [self.windows[n] for n in self.members[ticket.queue_id]]

    def neighbours(self, queue_id: int) -> list[int]:
        """The queues that share a window with this one."""
        if queue_id not in self._neighbours:
            mine = set(self.members[queue_id])
            self._neighbours[queue_id] = [q for q, members in self.members.items() if mine.intersection(members)]
        return self._neighbours[queue_id]

    def first(self, line: Line) -> Ticket | None:
        return self.waiting[line.places[0][1]] if line.places else None

    def heads(self, window: int) -> list[Ticket]:
        """The first of each queue a window serves."""
        lines = (self.queues[q] for q in self.queues_of[window])
        return [self.waiting[line.places[0][1]] for line in lines if line.places]

    def work_before(self, lines: Iterable[Line], place: Place) -> tuple[int, int]:
        """(people, expected seconds) before a place in these lines."""
        people = seconds = 0
        for line in lines:
            first = bisect_left(line.places, place)
            people += first
            if 2 * first < len(line.places):
                seconds += self._seconds(line.places[:first])
            else:  # what stands behind is less
                seconds += line.seconds - self._seconds(line.places[first:])
        return people, seconds

    def _seconds(self, places: Iterable[Place]) -> int:
        return sum(self.waiting[number].seconds for _, number in places)

    # Tickets

    def enter(self, ticket: Ticket) -> None:
        """A ticket begins to wait, or waits on after a change."""
        self.waiting[ticket.id] = ticket
        if ticket.person is not None:
            self._of_person.setdefault(ticket.person, set()).add(ticket.id)
        if ticket.held:
            return
        self.queues[ticket.queue_id].add(ticket)
        if ticket.window_number is not None:
            self.lines[ticket.window_number].add(ticket)
            self.windows[ticket.window_number] = with_one_more(self.windows[ticket.window_number], ticket.seconds)

    def leave(self, ticket: Ticket) -> None:
        """A ticket waits no more (or is about to change)."""
        del self.waiting[ticket.id]
        if ticket.person is not None:
            self._of_person[ticket.person].discard(ticket.id)
        if ticket.held:
            return
        self.queues[ticket.queue_id].remove(ticket)
        if ticket.window_number is not None:
            self.lines[ticket.window_number].remove(ticket)
            home = self.windows[ticket.window_number]
            self.windows[home.number] = home.but(
                waiting_count=home.waiting_count - 1, waiting_seconds=home.waiting_seconds - ticket.seconds
            )

    def move(self, ticket: Ticket, window: int | None) -> None:
        """Give a waiting ticket another window, or none."""
        if window != ticket.window_number:
            self.leave(ticket)
            self.enter(ticket.but(window_number=window))

    def hold_others(self, ticket: Ticket, held: bool) -> list[Ticket]:
        """Hold (or let go) what else this person waits for; those changed."""
        if ticket.person is None:
            return []
        if held:
            self.at_counter[ticket.person] = self.at_counter.get(ticket.person, 0) + 1
        else:
            self.at_counter[ticket.person] -= 1
            if self.at_counter[ticket.person]:
                return []
        own = (self.waiting[number] for number in sorted(self._of_person.get(ticket.person, ())))
        others = [other for other in own if bool(other.held) != held]
        changed = []
        for other in others:
            self.leave(other)
            changed.append(other.but(held=int(held)))
            self.enter(changed[-1])
        return changed

    def busy_elsewhere(self, person: str | None) -> bool:
        return person is not None and self.at_counter.get(person, 0) > 0

    # Windows

    def set_state(self, number: int, state: WindowState) -> None:
        self.windows[number] = self.windows[number].but(state=state.value)

    def is_free(self, number: int) -> bool:
        window = self.windows[number]
        return window.calls and window.ticket_id is None

    def call(self, ticket: Ticket, number: int, now: int) -> list[Ticket]:
        """Bring a waiting ticket to a free counter; the person's other tickets are held."""
        self.leave(ticket)
        self.windows[number] = self.windows[number].but(
            ticket_id=ticket.id, busy_seconds=ticket.seconds, busy_since=now
        )
        return self.hold_others(ticket, True)

    def finish(self, ticket: Ticket, number: int) -> list[Ticket]:
        """Free the counter; the tickets the person may now be called with."""
        self.windows[number] = self.windows[number].but(ticket_id=None, busy_seconds=0, busy_since=None)
        return self.hold_others(ticket, False)

    def homeless(self) -> list[Ticket]:
        """Waiting without a window, by rank."""
        found = [t for t in self.waiting.values() if t.window_number is None and not t.held]
        return sorted(found, key=lambda t: t.place)

    def line(self, number: int) -> list[Ticket]:
        return [self.waiting[i] for _, i in self.lines[number].places]


WAITING = State.WAITING.value
