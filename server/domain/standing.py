"""What everybody who waits may be told, worked out in one pass over all lines: the same as asking for each alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from server.domain.promise import Outlook, outlook
from server.domain.window import Window


@dataclass(frozen=True, slots=True)
class Place:
    """One who stands in line: `seconds` of expected service; `window` None while no able window is open."""

    ticket: int
    queue: int
    window: int | None
    section: str
    seconds: int


@dataclass(frozen=True, slots=True)
class Lines:
    """All lines of the hall at one moment. `places` by rank; `queues` the windows able to serve each queue."""

    places: Sequence[Place]
    windows: Sequence[Window]
    queues: Mapping[int, Sequence[int]]
    section_means: Mapping[str, int]
    mean_seconds: int


@dataclass(slots=True)
class _Queue:
    """The windows that call for a queue, and who was passed so far: `people` in their lines, `own` in the queue."""

    calling: list[Window]
    open: list[Window] = field(init=False)
    free: int = field(init=False)
    draining: list[int] = field(init=False)
    people: int = 0
    seconds: int = 0
    own: int = 0

    def __post_init__(self) -> None:
        self.open = [w for w in self.calling if w.takes_new]
        self.free = sum(w.ticket_id is None for w in self.open)
        self.draining = [w.number for w in self.calling if not w.takes_new and w.waiting_count]


def standings(lines: Lines) -> Iterator[tuple[Place, Outlook]]:
    """Each place in line with what its holder is told, by rank. Pause between two as you like."""
    by_number = {w.number: w for w in lines.windows if w.calls}
    queues = {q: _Queue([by_number[n] for n in able if n in by_number]) for q, able in lines.queues.items()}
    served_by: dict[int, list[_Queue]] = {n: [] for n in by_number}
    for queue in queues.values():
        for window in queue.calling:
            served_by[window.number].append(queue)
    passed = dict.fromkeys(by_number, 0)  # seconds in each line
    for place in lines.places:
        queue = queues[place.queue]
        yield place, _told(queue, place, passed, lines.section_means.get(place.section, lines.mean_seconds))
        queue.own += 1
        if place.window in passed:
            passed[place.window] += place.seconds
            for other in served_by[place.window]:
                other.people += 1
                other.seconds += place.seconds


def _told(queue: _Queue, place: Place, passed: Mapping[int, int], mean: int) -> Outlook:
    serving, free, draining = len(queue.open), queue.free, queue.draining
    if place.window in draining:  # a draining window still serves those in its own line
        own = next(w for w in queue.calling if w.number == place.window)
        serving, free = serving + 1, free + (own.ticket_id is None)
        draining = [n for n in draining if n != place.window]
    if not serving:
        return Outlook(queue.own, None)
    theirs = sum(passed[n] for n in draining)
    return outlook(queue.people, queue.seconds, mean, serving, free, len(draining), theirs)
