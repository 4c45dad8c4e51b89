"""What a writer remembers of a hall from step to step: rows that every step asks for and few steps change.

It holds as long as nobody else has written. Every writer locks the hall's row first and counts its commits there
(`HallRow.writes`), so the row tells. A step that fails makes the writer forget: it may have remembered what was undone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from server.store.hall_row import HallRow

if TYPE_CHECKING:
    from server.domain.ticket import Ticket
    from server.domain.window import Window
    from server.store.db import Row


@dataclass(slots=True)
class Memory:
    """`windows`: number → its row, or None where there is none. `queues`: id → its windows; None before it was read.

    `at_counters`: id → ticket, of those called or being served. `learned`: subject → visits and seconds.
    `stops`: all of them; None before they were read.
    """

    windows: dict[int, Window | None] = field(default_factory=dict)
    queues: dict[int, tuple[int, ...]] | None = None
    at_counters: dict[int, Ticket] = field(default_factory=dict)
    learned: dict[str, tuple[int, int]] = field(default_factory=dict)
    stops: list[Row] | None = None


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
