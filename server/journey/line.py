"""The lines before the windows: who stands where, exact counters, and who is told that the turn is near."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import wraps
from typing import TypeVar

from server.domain import assignment, learning
from server.domain.promise import Outlook, outlook, soon
from server.domain.reason import Reason
from server.domain.ticket import State, Ticket
from server.domain.window import Window
from server.journey import notify
from server.journey.words import tell
from server.store.transaction import Tx

Request = TypeVar("Request")
Result = TypeVar("Result")

NEAR_THE_FRONT = 200
SHORTEST = 30
"""A ticket is expected to take at least so many seconds, which bounds how far notice two must look ahead."""


def changes_lines(step: Callable[[Tx, Request, int], Result]) -> Callable[[Tx, Request, int], Result]:
    """A step that may change a line, a skill or a window: at its end, tell whose turn is near."""

    @wraps(step)
    def run(tx: Tx, request: Request, now: int) -> Result:
        result = step(tx, request, now)
        tell_soon(tx, now)
        return result

    return run


def touch(tx: Tx, *windows: int | None) -> None:
    """These windows' lines changed in this step."""
    tx.scratch.setdefault("touched", set()).update(w for w in windows if w is not None)


def able(tx: Tx, ticket: Ticket) -> tuple[int, ...]:
    """The windows that can serve a ticket."""
    return tx.queues.members()[ticket.queue_id]


def expected_seconds(tx: Tx, section: str, item: str | None) -> int:
    """Learned seconds of service for a ticket of this item, or of the whole section."""
    subject = f"item:{item}" if item is not None else f"section:{section}"
    file_seconds = tx.rules.file_seconds(section, item)
    return max(SHORTEST, learning.expected_seconds(file_seconds, *tx.learned.seen(subject)))


def leave(tx: Tx, ticket: Ticket) -> None:
    """Take a ticket out of its window's counters. Call before its row changes."""
    if ticket.in_line and ticket.window_number is not None:
        tx.windows.shift(ticket.window_number, -1, -ticket.seconds)
        touch(tx, ticket.window_number)


def enter(tx: Tx, ticket: Ticket) -> None:
    """Count a ticket in its window's line. Call after its row changed."""
    if ticket.in_line and ticket.window_number is not None:
        tx.windows.shift(ticket.window_number, 1, ticket.seconds)
        touch(tx, ticket.window_number)


def place(tx: Tx, ticket: Ticket, window: int | None, reason: Reason, now: int, kind: str = "rehomed") -> Ticket:
    """Put a waiting ticket at a window (or at none), with the reason."""
    leave(tx, ticket)
    was = ticket.window_number
    ticket = tx.tickets.set(ticket, window_number=window, reason=reason.dump(), assigned_at=now)
    enter(tx, ticket)
    tell(tx, kind, ticket, ticket.state, reason=reason, from_window=was)
    return ticket


def choose(tx: Tx, ticket: Ticket, now: int) -> assignment.Assignment:
    """The least loaded open window that can serve a ticket."""
    return assignment.assign(tx.windows.some(able(tx, ticket)), now)


def rehome(tx: Tx, tickets: Sequence[Ticket], now: int) -> int:
    """Give waiting tickets new windows, in rank order; returns how many were left without one."""
    tickets = sorted(tickets, key=lambda t: t.place)
    standing = {w.number: w for w in tx.windows.all()}
    for ticket in tickets:
        if ticket.in_line and ticket.window_number is not None:
            own = standing[ticket.window_number]
            standing[own.number] = replace(
                own, waiting_count=own.waiting_count - 1, waiting_seconds=own.waiting_seconds - ticket.seconds
            )
    queues = tx.queues.members()
    choices = assignment.rehome(tickets, queues, standing, now)
    for ticket, choice in zip(tickets, choices, strict=True):
        if choice.window != ticket.window_number:
            place(tx, ticket, choice.window, choice.reason, now)
    return sum(choice.window is None for choice in choices)


def queue_for(tx: Tx, section: str, item: str | None, wish: int | None = None) -> int:
    """The queue of a ticket; a wish for one window is a queue of that window alone."""
    return tx.queues.id_for((wish,) if wish is not None else tx.rules.able_or_none(section, item))


# While a person is being served, their other tickets are held, rank kept.


def hold_others(tx: Tx, ticket: Ticket) -> None:
    for other in _others(tx, ticket):
        if other.state == State.WAITING and not other.held:
            leave(tx, other)
            tx.tickets.set(other, held=1)


def release_others(tx: Tx, ticket: Ticket, now: int) -> None:
    """The person is free again: their held tickets go back to their places."""
    if at_a_counter(tx, ticket.person, ticket.id):
        return
    for other in _others(tx, ticket):
        if other.state == State.WAITING and other.held:
            free = tx.tickets.set(other, held=0)
            enter(tx, free)
            home = free.window_number
            if home is None or not any(w.takes_new for w in tx.windows.some([home])):
                rehome(tx, [free], now)


def at_a_counter(tx: Tx, person: str | None, except_ticket: int) -> bool:
    """Is this person called or being served with another ticket?"""
    if person is None:
        return False
    live = tx.tickets.live_of_person(person)
    return any(t.state in (State.CALLED, State.SERVING) for t in live if t.id != except_ticket)


def _others(tx: Tx, ticket: Ticket) -> list[Ticket]:
    if ticket.person is None:
        return []
    return [o for o in tx.tickets.live_of_person(ticket.person) if o.id != ticket.id]


# What the citizen is told.


def calling_windows(tx: Tx, numbers: Iterable[int]) -> list[Window]:
    return [w for w in tx.windows.some(numbers) if w.calls]


def outlook_of(tx: Tx, ticket: Ticket) -> Outlook:
    """What a waiting ticket's holder is told now.

    Counts from the nearer end: those before, or where they are many the counters less those behind.
    """
    windows = calling_windows(tx, able(tx, ticket))
    people, seconds = tx.tickets.before([w.number for w in windows], ticket.place, NEAR_THE_FRONT)
    if people < NEAR_THE_FRONT:
        return _outlook(tx, ticket, windows, people, seconds)
    return outlook_at_the_end(tx, ticket)


def outlook_at_the_end(tx: Tx, ticket: Ticket) -> Outlook:
    """The same for one who has just joined: what stands behind is few, so counters less those behind.

    Costs the same however many wait.
    """
    windows = calling_windows(tx, able(tx, ticket))
    behind, behind_seconds = tx.tickets.behind([w.number for w in windows], ticket.place)
    own = 1 if ticket.in_line and any(w.number == ticket.window_number for w in windows) else 0
    people = sum(w.waiting_count for w in windows) - behind - own
    seconds = sum(w.waiting_seconds for w in windows) - behind_seconds - own * ticket.seconds
    return _outlook(tx, ticket, windows, people, seconds)


def _outlook(tx: Tx, ticket: Ticket, windows: Sequence[Window], people: int, seconds: int) -> Outlook:
    taking = [w for w in windows if w.takes_new or w.number == ticket.window_number]
    mean = tx.rules.section_means.get(ticket.section, tx.rules.mean_seconds)
    return outlook(people, seconds, mean, len(taking), any(w.ticket_id is None for w in taking))


def is_soon(tx: Tx, expected: Outlook) -> bool:
    dispatch = tx.rules.file.dispatch
    return soon(expected, dispatch.soon_ahead, int(dispatch.soon_minutes * 60))


def tell_soon(tx: Tx, now: int) -> None:
    """Notice two, from each changed queue's head over those not yet told, stopping at the first not due."""
    touched = tx.scratch.pop("touched", None)
    if not touched:
        return
    for queue_id in tx.queues.of_windows(touched):
        first = tx.tickets.untold(queue_id, 1)
        if not first:
            continue
        windows = calling_windows(tx, tx.queues.members()[queue_id])
        if windows:
            _tell_queue(tx, queue_id, windows)


def _tell_queue(tx: Tx, queue_id: int, windows: Sequence[Window]) -> None:
    dispatch = tx.rules.file.dispatch
    limit = int(dispatch.soon_minutes * 60 * len(windows)) // SHORTEST + dispatch.soon_ahead + 2
    while batch := tx.tickets.untold(queue_id, 8):
        for ticket in batch:
            people, seconds = tx.tickets.before([w.number for w in windows], ticket.place, limit)
            expected = _outlook(tx, ticket, windows, people, seconds)
            if not is_soon(tx, expected):
                return
            ticket = tx.tickets.set(ticket, told=1)
            notify.soon(tx, ticket, expected)
