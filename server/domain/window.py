"""A window and what it has to do."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, NamedTuple

from server.domain.rows import changed
from server.domain.units import SECOND


class WindowState(StrEnum):
    CLOSED = "closed"
    OPEN = "open"
    PAUSED = "paused"
    DRAINING = "draining"


WINDOW_WORDS: dict[WindowState, tuple[str, str]] = {
    WindowState.CLOSED: ("关闭", "closed"),
    WindowState.OPEN: ("开放", "open"),
    WindowState.PAUSED: ("暂停", "paused"),
    WindowState.DRAINING: ("收号", "draining"),
}


class Window(NamedTuple):
    """A row of the windows table. `waiting_*` count its own line exactly; `busy_*` the one at the counter."""

    number: int
    state: str
    clerk: str | None
    clerk_name: str | None
    reason: str | None
    ticket_id: int | None
    busy_seconds: int
    busy_since: int | None
    waiting_count: int
    waiting_seconds: int
    state_since: int
    opened_at: int | None
    last_action_at: int

    def but(self, **changes: Any) -> Window:
        """The window with some fields changed. KeyError for a field it does not have."""
        return changed(self, changes)

    @property
    def takes_new(self) -> bool:
        return self.state == WindowState.OPEN

    @property
    def calls(self) -> bool:
        """May press next: open, or draining its own line."""
        return self.state in (WindowState.OPEN, WindowState.DRAINING)

    def work(self, now: int) -> int:
        """Expected seconds until this window would be free of all it has: its line plus the rest at the counter."""
        if self.busy_since is None:
            return self.waiting_seconds
        elapsed = max(0, (now - self.busy_since) // SECOND)
        return self.waiting_seconds + max(0, self.busy_seconds - elapsed)


FIELDS = Window._fields
