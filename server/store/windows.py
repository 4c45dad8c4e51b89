"""SQL of windows: their state, who sits there, and exact counters of their line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from server.domain.refusals import Refusal
from server.domain.window import FIELDS, Window
from server.store.tickets import marks

if TYPE_CHECKING:
    from server.store.transaction import Tx


class WindowMoved(Refusal):
    status, code = 409, "window_moved"
    zh = "{window}号窗口刚刚有变化，请再看一眼后重试。"
    en = "Window {window} has just changed. Please look again and retry."


_SELECT = f"SELECT {', '.join(FIELDS)} FROM windows WHERE hall_id = ?"


class Windows:
    """Windows of one hall, inside one transaction. Rows exist for every window of the hall file."""

    def __init__(self, tx: Tx) -> None:
        self.db, self.hall, self.tx = tx.db, tx.hall_id, tx
        self._seen = tx.memory.windows  # as they stand: a step holds the hall's lock

    def _read(self, where: str, params: Iterable[Any] = ()) -> list[Window]:
        rows = self.db.all(_SELECT + where, (self.hall, *params))
        windows = [Window._make(row) for row in rows]
        self._seen.update((w.number, w) for w in windows)
        return windows

    def get(self, number: int) -> Window:
        """Raises WindowUnknown (server.domain.hall)."""
        self.tx.rules.window(number)
        return self.some([number])[0]

    def all(self) -> list[Window]:
        return self._read(" ORDER BY number")

    def some(self, numbers: Iterable[int]) -> list[Window]:
        """Those of these windows that exist; each is read once (memory.py)."""
        numbers = list(numbers)
        unseen = [n for n in numbers if n not in self._seen]
        if unseen:
            self._seen.update(dict.fromkeys(unseen))
            self._read(f" AND number IN ({marks(unseen)})", unseen)
        return [w for n in numbers if (w := self._seen[n]) is not None]

    def ensure(self, numbers: Iterable[int], now: int) -> None:
        """A row for every window of the hall file."""
        for number in numbers:
            self.db.execute(
                "INSERT INTO windows (hall_id, number, state, state_since) VALUES (?, ?, 'closed', ?)"
                " ON CONFLICT (hall_id, number) DO NOTHING",
                (self.hall, number, now),
            )
        self._seen.clear()

    def set(self, window: Window, **changes: Any) -> Window:
        """Change a window if its state and customer are as seen. Raises WindowMoved."""
        assignments = ", ".join(f"{name} = ?" for name in changes)
        count = self.db.execute(
            f"UPDATE windows SET {assignments} WHERE hall_id = ? AND number = ? AND state = ?"
            " AND COALESCE(ticket_id, 0) = ?",
            (*changes.values(), self.hall, window.number, window.state, window.ticket_id or 0),
        )
        if count != 1:
            raise WindowMoved(window=window.number)
        seen = self._seen.get(window.number) or window  # its counters may have moved since `window` was read
        self._seen[window.number] = seen.but(**changes)
        return window.but(**changes)

    def shift(self, number: int, people: int, seconds: int) -> None:
        """Add to (or take from) the counters of a window's line."""
        self.db.execute(
            "UPDATE windows SET waiting_count = waiting_count + ?, waiting_seconds = waiting_seconds + ?"
            " WHERE hall_id = ? AND number = ?",
            (people, seconds, self.hall, number),
        )
        seen = self._seen.get(number)
        if seen is not None:
            self._seen[number] = seen.but(
                waiting_count=seen.waiting_count + people,
                waiting_seconds=seen.waiting_seconds + seconds,
            )
