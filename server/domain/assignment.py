"""Which window a ticket is given: at once, the open able one with the fewest expected seconds of work."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from server.domain.reason import Reason
from server.domain.ticket import Ticket
from server.domain.units import minutes_up
from server.domain.window import Window


@dataclass(frozen=True, slots=True)
class Assignment:
    """`window` None: nobody able is open; the ticket waits for the first able window that opens."""

    window: int | None
    reason: Reason


NOBODY_OPEN = Assignment(
    None,
    Reason("暂无开放窗口可办，开窗后即安排", "no window that can serve this is open yet; placed as soon as one opens"),
)


def least_loaded(windows: Iterable[Window], now: int) -> Window | None:
    """The window with the least work; equal work: a free counter, then the shorter line, then the lower number."""
    return min(windows, key=lambda w: (w.work(now), w.ticket_id is not None, w.waiting_count, w.number), default=None)


def assign(windows: Iterable[Window], now: int) -> Assignment:
    """Choose among the able windows that take new tickets."""
    best = least_loaded((w for w in windows if w.takes_new), now)
    if best is None:
        return NOBODY_OPEN
    minutes = minutes_up(best.work(now))
    if minutes == 0 and best.ticket_id is None:
        words = Reason(f"{best.number}号窗口：现在空闲", f"window {best.number}: free now")
    elif minutes == 0:  # its customer takes longer than expected
        words = Reason(f"{best.number}号窗口：即将空闲", f"window {best.number}: free soon")
    else:
        words = Reason(
            f"{best.number}号窗口：预计等候最短，{minutes} 分钟",
            f"window {best.number}: shortest expected wait, {minutes} min",
        )
    return Assignment(best.number, words)


def with_one_more(window: Window, seconds: int) -> Window:
    """The window after a ticket of so many seconds joined its line."""
    return window.but(waiting_count=window.waiting_count + 1, waiting_seconds=window.waiting_seconds + seconds)


def rehome(
    line: Sequence[Ticket], able: Mapping[int, Sequence[int]], windows: dict[int, Window], now: int
) -> list[Assignment]:
    """Give a whole line new windows, in rank order, each to the least loaded of `able[ticket.queue_id]`.

    `windows` are the other windows as they stand (the line's seconds are not in them any more).
    """
    windows = dict(windows)
    given = []
    for ticket in sorted(line, key=lambda t: t.place):
        choice = assign((windows[n] for n in able[ticket.queue_id] if n in windows), now)
        if choice.window is not None:
            windows[choice.window] = with_one_more(windows[choice.window], ticket.seconds)
        given.append(choice)
    return given


def drain_line(
    line: Sequence[Ticket], able: Mapping[int, Sequence[int]], own: Window, windows: dict[int, Window], now: int
) -> list[int]:
    """Which window each of a draining window's line should wait at: its own unless another is sooner free.

    Serves out the line (收号) without making anyone wait longer than elsewhere.
    """
    windows = {n: w for n, w in windows.items() if n != own.number and w.takes_new}
    own = own.but(waiting_count=0, waiting_seconds=0)
    places = []
    for ticket in sorted(line, key=lambda t: t.place):
        other = least_loaded((windows[n] for n in able[ticket.queue_id] if n in windows), now)
        if other is not None and other.work(now) < own.work(now):
            windows[other.number] = with_one_more(other, ticket.seconds)
            places.append(other.number)
        else:
            own = with_one_more(own, ticket.seconds)
            places.append(own.number)
    return places
