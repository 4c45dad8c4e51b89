"""What a writer remembers of a hall from step to step: rows that every step asks for and few steps change.

It holds as long as nobody else has written. Every writer locks the hall's row first and counts its commits there
(`HallRow.writes`), so the row tells. A step that fails after it wrote makes the writer forget: it may have
remembered what was undone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from server.domain.ticket import LIVE, State
from server.store.hall_row import HallRow

if TYPE_CHECKING:
    from server.domain.ticket import Ticket
    from server.domain.window import Window
    from server.store.db import Row

Front = tuple[str, int]
"""("line", window), ("queue", queue), or ("untold", queue): those of a queue not yet told that the turn is near."""

MOST_PEOPLE = 5_000  # then all are asked for again


class Fronts:
    """Who stands first, by line and queue; None = nobody. What is not in `first` was not asked for."""

    __slots__ = ("first",)

    def __init__(self) -> None:
        self.first: dict[Front, Ticket | None] = {}

    def unknown(self, kind: str, numbers: Iterable[int]) -> list[int]:
        return [n for n in numbers if (kind, n) not in self.first]

    def added(self, ticket: Ticket) -> None:
        """A ticket was taken: it stands first where nobody was, or where its rank is before theirs."""
        if ticket.state != State.WAITING or ticket.held:
            return
        fronts: list[Front] = [("queue", ticket.queue_id)]
        if not ticket.told:
            fronts.append(("untold", ticket.queue_id))
        if ticket.window_number is not None:
            fronts.append(("line", ticket.window_number))
        for front in fronts:
            if front in self.first:
                there = self.first[front]
                if there is None or ticket.place < there.place:
                    self.first[front] = ticket

    def moved(self, before: Ticket, after: Ticket) -> None:
        """A ticket was changed. Where it waits now is asked for anew: `after` may be older than its row in other fields."""
        if after.state == State.WAITING and not after.held:
            self.first.clear()
        elif before.state == State.WAITING:
            for front in [f for f, there in self.first.items() if there is not None and there.id == before.id]:
                del self.first[front]


class People:
    """The live tickets of a person, by fingerprint and id. Whoever is not in `held` was not asked for."""

    __slots__ = ("held",)

    def __init__(self) -> None:
        self.held: dict[str, dict[int, Ticket]] = {}

    def unknown(self, marks: Iterable[str]) -> list[str]:
        if len(self.held) > MOST_PEOPLE:
            self.held.clear()
        return [mark for mark in dict.fromkeys(marks) if mark not in self.held]

    def keep(self, marks: Iterable[str], tickets: Sequence[Ticket]) -> None:
        """What was read of these people."""
        for mark in marks:
            self.held[mark] = {t.id: t for t in tickets if mark in (t.person, t.phone_hash)}

    def added(self, ticket: Ticket) -> None:
        for mark in {ticket.person, ticket.phone_hash}:
            if mark is not None and mark in self.held:
                self.held[mark][ticket.id] = ticket

    def moved(self, before: Ticket, after: Ticket, changes: Mapping[str, Any]) -> None:
        """A ticket was changed. Whoever has none left is known to have none."""
        for mark in {before.person, before.phone_hash, after.person, after.phone_hash}:
            if mark is None or mark not in self.held:
                continue
            theirs = self.held[mark]
            known = theirs.get(before.id)
            if known is None or "person" in changes or "phone_hash" in changes:
                del self.held[mark]
            elif after.state not in LIVE:
                del theirs[before.id]
            else:
                theirs[before.id] = after if known is before else known.but(**changes)


@dataclass(slots=True)
class Memory:
    """`windows`: number → its row, or None where there is none. `queues`: id → its windows; None before it was read.

    `at_counters`: id → ticket, of those called or being served. `learned`: subject → visits and seconds.
    `stops`: all of them; None before they were read. `fronts`, `people`: see above.
    """

    windows: dict[int, Window | None] = field(default_factory=dict)
    queues: dict[int, tuple[int, ...]] | None = None
    at_counters: dict[int, Ticket] = field(default_factory=dict)
    learned: dict[str, tuple[int, int]] = field(default_factory=dict)
    stops: list[Row] | None = None
    fronts: Fronts = field(default_factory=Fronts)
    people: People = field(default_factory=People)


class Memories:
    """Those of one writer, by hall."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[HallRow, Memory]] = {}  # with the row as it was committed
        self._now: dict[str, Memory] = {}  # in the transaction under way

    def begin(self, hall_id: str, row: HallRow) -> None:
        """The hall's row was locked and read."""
        then, memory = self._kept.get(hall_id, (None, None))
        self._now[hall_id] = memory if memory is not None and then == row else Memory()

    def of(self, hall_id: str) -> Memory:
        return self._now.setdefault(hall_id, Memory())

    def forget(self, hall_id: str) -> None:
        """A step was undone."""
        self._now[hall_id] = Memory()

    def keep(self, halls: dict[str, HallRow]) -> None:
        """The transaction has ended well, with these rows."""
        self._kept = {hall_id: (row.copy(), self._now[hall_id]) for hall_id, row in halls.items()}
        self._now = {}

    def clear(self) -> None:
        """The transaction was lost."""
        self._kept, self._now = {}, {}
