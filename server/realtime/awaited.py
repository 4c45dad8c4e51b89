"""Calls that no wall has shown yet: found by seq and by ticket, and in the order in which they fall due.

At a busy hall some hundred are under way at any moment, and each event asks about one of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from config.hall_model import Area
from server.store.events import Event


@dataclass(slots=True)
class Call:
    """A call nobody has answered yet. `moot`: the person came or is gone, so that it need not be announced again."""

    event: Event
    area: Area
    due: int
    repeated: bool = False
    moot: bool = False


class Awaited:
    """All are given the same patience, so whichever was added last falls due last. One call a ticket."""

    def __init__(self) -> None:
        self._calls: dict[int, Call] = {}  # seq → call, the first due first
        self._by_ticket: dict[int | None, int] = {}

    def add(self, call: Call) -> bool:
        """Wait for this one, last; an earlier call of the same ticket is not waited for any longer.

        Whether it is the only one: then whoever waits for the first to fall due must look again.
        """
        before = self._by_ticket.get(call.event.ticket)
        if before is not None:
            self.drop(before)
        self._calls[call.event.seq] = call
        self._by_ticket[call.event.ticket] = call.event.seq
        return len(self._calls) == 1

    def get(self, seq: int) -> Call | None:
        return self._calls.get(seq)

    def drop(self, seq: int) -> None:
        call = self._calls.pop(seq, None)
        if call is not None and self._by_ticket.get(call.event.ticket) == seq:
            del self._by_ticket[call.event.ticket]

    def moot(self, ticket: int) -> None:
        """The person came, or is gone."""
        seq = self._by_ticket.get(ticket)
        if seq is not None:
            self._calls[seq].moot = True

    def clear(self) -> None:
        self._calls.clear()
        self._by_ticket.clear()

    def due(self, now: int) -> Iterator[Call]:
        """Those whose time has come, the first first; each must be dropped or added anew before the next is asked for."""
        while (first := self.first()) is not None and first.due <= now:
            yield first

    def first(self) -> Call | None:
        """The next to fall due."""
        return next(iter(self._calls.values()), None)
