"""Whether anything was lost: what must hold of a hall's tables after any number of days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from server.domain.ticket import LIVE
from server.store.chain import verify_chain
from server.store.events import Event
from server.store.transaction import Tx
from tests.scene import check_counters

PAGE = 5000
LEAVES = ("finished", "no_show", "parked", "transferred", "cancelled", "expired")  # a ticket is at a counter no more
COMES = ("called", "unparked")


@dataclass(frozen=True, slots=True)
class Found:
    """What was looked at; everything in it holds, or `check` would have raised."""

    tickets: int
    events: int
    notices: int
    calls: int

    @property
    def sentence(self) -> str:
        return (
            f"no ticket lost, counters exact, {self.calls:,} calls each to one window, numbers unique a day,"
            f" {self.notices:,} notices unique, hash chain of {self.events:,} events whole"
        )


def check(rx: Tx, taken: int) -> Found:
    """Raises AssertionError at the first thing that does not hold."""
    check_counters(rx)
    assert sum(window.waiting_count for window in rx.windows.all()) == 0
    states = _counted(rx, "SELECT state, COUNT(*) AS n FROM tickets WHERE hall_id = ? GROUP BY state")
    assert sum(states.values()) == taken, (states, taken)
    # Somebody who missed the call may keep the number until the next day's first step.
    left = {state: states.get(state.value, 0) for state in LIVE if state.value != "no_show"}
    assert not any(left.values()), left
    _none(
        rx,
        "SELECT business_day, number FROM tickets WHERE hall_id = ? GROUP BY business_day, number HAVING COUNT(*) > 1",
    )
    _none(rx, "SELECT ticket_id, kind FROM notices WHERE hall_id = ? GROUP BY ticket_id, kind HAVING COUNT(*) > 1")
    day_counts = rx.db.value("SELECT SUM(value) FROM day_counts WHERE hall_id = ? AND name = 'taken'", (rx.hall_id,))
    assert day_counts == taken, (day_counts, taken)
    # Whoever left a phone and was called has been told of both.
    _none(
        rx,
        "SELECT t.id FROM tickets t WHERE t.hall_id = ? AND t.phone_box IS NOT NULL AND t.first_called_at IS NOT NULL"
        " AND 3 <> (SELECT COUNT(*) FROM notices n WHERE n.hall_id = t.hall_id AND n.ticket_id = t.id) LIMIT 1",
    )
    chain = verify_chain(rx)
    assert chain.intact, chain.broken_at
    notices = rx.db.value("SELECT COUNT(*) FROM notices WHERE hall_id = ?", (rx.hall_id,))
    return Found(taken, chain.events, notices, _calls(rx, states.get("done", 0)))


def _counted(rx: Tx, sql: str) -> dict[str, int]:
    return {row[0]: int(row["n"]) for row in rx.db.all(sql, (rx.hall_id,))}


def _none(rx: Tx, sql: str) -> None:
    rows = rx.db.all(sql, (rx.hall_id,))
    assert not rows, [tuple(row) for row in rows[:5]]


def _calls(rx: Tx, done: int) -> int:
    """Walk the log: nobody is at two counters, no counter has two people, everybody is taken and finished once."""
    at: dict[int, int] = {}  # ticket → window
    calls, seen = 0, Counter[tuple[int, str]]()
    for event in _events(rx):
        kind = event.type.removeprefix("ticket.")
        if event.ticket is None or not event.type.startswith("ticket."):
            continue
        if kind in ("taken", "finished"):
            seen[event.ticket, kind] += 1
        if kind in COMES:
            assert event.ticket not in at, event
            assert event.window is not None and event.window not in at.values(), event
            at[event.ticket] = event.window
            calls += 1
        elif kind in LEAVES:
            at.pop(event.ticket, None)
    assert not at, at
    assert set(seen.values()) <= {1}, seen.most_common(3)
    assert sum(kind == "finished" for _, kind in seen) == done
    return calls


def _events(rx: Tx) -> Iterator[Event]:
    seq = 0
    while events := rx.events.after(seq, PAGE):
        yield from events
        seq = events[-1].seq
