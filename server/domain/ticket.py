"""A ticket: one citizen's place in the hall today, its states and the legal moves between them."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, NamedTuple

from server.domain.reason import Reason, both
from server.domain.rows import changed


class State(StrEnum):
    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    PARKED = "parked"
    NO_SHOW = "no_show"
    DONE = "done"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


LIVE = (State.WAITING, State.CALLED, State.SERVING, State.PARKED, State.NO_SHOW)
"""States in which a number is still in somebody's hand, so it is not issued again."""

AT_WINDOW = (State.CALLED, State.SERVING)
"""States in which a ticket occupies a window."""

MOVES: dict[State, frozenset[State]] = {
    State.WAITING: frozenset({State.WAITING, State.CALLED, State.CANCELLED, State.EXPIRED}),
    State.CALLED: frozenset(
        {State.CALLED, State.SERVING, State.DONE, State.NO_SHOW, State.WAITING, State.CANCELLED, State.EXPIRED}
    ),
    State.SERVING: frozenset({State.DONE, State.PARKED, State.WAITING, State.EXPIRED}),
    State.PARKED: frozenset({State.SERVING, State.WAITING, State.CANCELLED, State.EXPIRED}),
    State.NO_SHOW: frozenset({State.WAITING, State.CANCELLED, State.EXPIRED}),
    State.DONE: frozenset(),
    State.CANCELLED: frozenset(),
    State.EXPIRED: frozenset(),
}

WORDS: dict[State, tuple[str, str]] = {
    State.WAITING: ("等候中", "waiting"),
    State.CALLED: ("已叫号", "called"),
    State.SERVING: ("办理中", "being served"),
    State.PARKED: ("已挂起", "parked"),
    State.NO_SHOW: ("已过号", "missed its call"),
    State.DONE: ("已办结", "finished"),
    State.CANCELLED: ("已取消", "cancelled"),
    State.EXPIRED: ("已失效", "expired"),
}


class Ticket(NamedTuple):
    """A row of the tickets table, in the order of its columns. Times are µs UTC, `seconds` the expected service, flags 0/1."""

    id: int
    business_day: str
    number: str
    section: str
    item: str | None
    state: str
    channel: str
    queue_id: int
    rank_at: int
    seconds: int
    link: str
    taken_by: str
    taken_at: int
    window_number: int | None = None
    planned_window: int | None = None
    wish_window: int | None = None
    held: int = 0
    told: int = 0
    priority: str | None = None
    priority_reason: str | None = None
    granted_by: str | None = None
    override_reason: str | None = None
    reason: str = "{}"
    rank_reason: str = "{}"
    person: str | None = None
    phone_hash: str | None = None
    phone_box: str | None = None
    phone_mask: str | None = None
    told_ahead: int | None = None
    told_seconds: int | None = None
    assigned_at: int | None = None
    first_called_at: int | None = None
    called_at: int | None = None
    calls: int = 0
    started_at: int | None = None
    start_inferred: int = 0
    ended_at: int | None = None
    end_reason: str | None = None
    parked_at: int | None = None
    parked_total: int = 0
    no_shows: int = 0
    no_show_at: int | None = None
    transfers: int = 0
    clerk: str | None = None
    visits: int = 1

    def but(self, **changes: Any) -> Ticket:
        """The ticket with some fields changed. KeyError for a field it does not have."""
        return changed(self, changes)

    @property
    def place(self) -> tuple[int, int]:
        """The place in line: smaller is earlier; ties by id."""
        return self.rank_at, self.id

    @property
    def in_line(self) -> bool:
        """Counted in a window's line: waiting, not held, and given a window."""
        return self.state == State.WAITING and not self.held and self.window_number is not None

    @property
    def reasons(self) -> Reason:
        """Why this window and why this place, in one."""
        return both(self.reason, self.rank_reason)


FIELDS = Ticket._fields
