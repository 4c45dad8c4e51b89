"""The lines before the windows: who stands where, with exact counters."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from server.domain import assignment, learning
from server.domain.reason import Reason
from server.domain.ticket import AT_WINDOW, State, Ticket
from server.domain.window import Window, WindowState
from server.journey import notify
from server.journey.words import tell, tell_window
from server.store.transaction import Tx

SHORTEST = 30
"""A ticket is expected to take at least so many seconds, which bounds how far notice two must look ahead."""


def touch(tx: Tx, *windows: int | None) -> None:
    """These windows' lines changed in this step."""
    tx.scratch.setdefault("touched", set()).update(w for w in windows if w is not None)


def touched(tx: Tx) -> Collection[int]:
    """The windows whose lines changed since this was last asked."""
    numbers: set[int] = tx.scratch.pop("touched", set())
    return numbers


def able(tx: Tx, ticket: Ticket) -> tuple[int, ...]:
    """The windows that can serve a ticket."""
    return tx.queues.members()[ticket.queue_id]


def expected_seconds(tx: Tx, section: str, item: str | None) -> int:
    """Learned seconds of service for a ticket of this item, or of the whole section."""
    subject = f"item:{item}" if item is not None else f"section:{section}"
    file_seconds = tx.rules.file_seconds(section, item)
    return max(SHORTEST, learning.expected_seconds(file_seconds, *tx.learned.seen(subject)))


def bundle_seconds(tx: Tx, bundle: str) -> int:
    """What a 一件事 takes by what is known of its items."""
    items = tx.bundles.get(bundle).items
    known = {item: tx.rules.items.get(item) for item in items}
    return learning.one_after_the_other(expected_seconds(tx, one.section if one else "", i) for i, one in known.items())


def seconds_of(tx: Tx, ticket: Ticket) -> int:
    """Learned seconds of service for a ticket; of its 一件事, where it was taken for one."""
    bundle = tx.prechecks.bundle_of(ticket.id, ticket.item)
    if bundle is None:
        return expected_seconds(tx, ticket.section, ticket.item)
    return seconds_of_bundle(tx, bundle)


def seconds_of_bundle(tx: Tx, bundle: str) -> int:
    """Learned seconds of a 一件事."""
    seen = tx.learned.seen(f"bundle:{bundle}")
    return max(SHORTEST, learning.expected_seconds(bundle_seconds(tx, bundle), *seen))


def recount(tx: Tx, ticket: Ticket) -> Ticket:
    """What a ticket that waits is now expected to take, in its line, too."""
    seconds = seconds_of(tx, ticket)
    if seconds == ticket.seconds:
        return ticket
    leave(tx, ticket)
    ticket = tx.tickets.set(ticket, seconds=seconds)
    enter(tx, ticket)
    return ticket


def learn(tx: Tx, ticket: Ticket, now: int) -> None:
    """From a visit that has ended: of its item, its section, or its 一件事, which says nothing of one item."""
    bundle = tx.prechecks.bundle_of(ticket.id, ticket.item)
    usual = bundle_seconds(tx, bundle) if bundle else tx.rules.file_seconds(ticket.section, ticket.item)
    several = len(tx.bundles.get(bundle).items) if bundle else 1
    visits = max(1, ticket.visits - several + 1)
    begun, inferred = ticket.started_at or now, bool(ticket.start_inferred)
    seconds = learning.counted(usual, begun, now, ticket.parked_total, inferred, visits)
    if seconds is None:
        return
    item_or_section = f"item:{ticket.item}" if ticket.item else f"section:{ticket.section}"
    tx.learned.add(f"bundle:{bundle}" if bundle else item_or_section, seconds)


def leave(tx: Tx, ticket: Ticket) -> None:
    """Take a ticket out of its window's counters. Call before its row changes."""
    touch(tx, ticket.window_number)
    if ticket.in_line and ticket.window_number is not None:
        tx.windows.shift(ticket.window_number, -1, -ticket.seconds)


def enter(tx: Tx, ticket: Ticket) -> None:
    """Count a ticket in its window's line. Call after its row changed."""
    touch(tx, ticket.window_number)
    if ticket.in_line and ticket.window_number is not None:
        tx.windows.shift(ticket.window_number, 1, ticket.seconds)


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
            standing[own.number] = own.but(
                waiting_count=own.waiting_count - 1, waiting_seconds=own.waiting_seconds - ticket.seconds
            )
    queues = tx.queues.members()
    choices = assignment.rehome(tickets, queues, standing, now)
    for ticket, choice in zip(tickets, choices, strict=True):
        if choice.window != ticket.window_number:
            place(tx, ticket, choice.window, choice.reason, now)
    return sum(choice.window is None for choice in choices)


def queue_for(tx: Tx, section: str, item: str | None, wish: int | None = None) -> int:
    """The queue of a ticket; a wish for one window is a queue of that window alone.

    An item that ended while its holder was at a counter goes by its section: in a queue of no window nobody calls.
    """
    if wish is not None:
        return tx.queues.id_for((wish,))
    return tx.queues.id_for(tx.rules.able_or_none(section, item) or tx.rules.able_or_none(section, None))


def back_in_line(tx: Tx, ticket: Ticket, now: int, reason: Reason, kind: str = "rehomed") -> Ticket:
    """A ticket from a counter waits again at its rank, at the least loaded window; a wish for one that left is dropped.

    What was done for it so far ended there: the next window starts anew.
    """
    was = ticket.state
    touch(tx, ticket.window_number)
    wish = ticket.wish_window if any(w.takes_new for w in tx.windows.some([ticket.wish_window or 0])) else None
    ticket = tx.tickets.move(
        ticket,
        State.WAITING,
        window_number=None,
        wish_window=wish,
        queue_id=queue_for(tx, ticket.section, ticket.item, wish),
        held=int(at_a_counter(tx, ticket)),
        told=0,
        calls=0,
        started_at=None,
        parked_at=None,
        parked_total=0,
    )
    notify.no_longer_true(tx, ticket)
    choice = choose(tx, ticket, now)
    ticket = tx.tickets.set(
        ticket, window_number=choice.window, assigned_at=now, reason=reason.and_(choice.reason).dump()
    )
    enter(tx, ticket)
    tell(tx, kind, ticket, was, reason=reason.and_(choice.reason))
    settle_others(tx, ticket, now)
    return ticket


# While a person is being served, their other tickets are held, rank kept.


def others(tx: Tx, ticket: Ticket) -> list[Ticket]:
    """The other live tickets of the same person: the same phone, or the same ID number."""
    known_by = {ticket.person, ticket.phone_hash} - {None}
    if not known_by:
        return []
    return [o for o in tx.tickets.live_of_person(*(k for k in known_by if k)) if o.id != ticket.id]


def at_a_counter(tx: Tx, ticket: Ticket) -> bool:
    """Is its holder called or being served with another ticket?"""
    return any(o.state in AT_WINDOW for o in others(tx, ticket))


def settle_others(tx: Tx, ticket: Ticket, now: int) -> None:
    """The ticket's holder came to a counter or left it: their other tickets are held, or go back to their places."""
    for other in others(tx, ticket):
        settle(tx, other, now)


def settle(tx: Tx, ticket: Ticket, now: int) -> Ticket:
    """Hold a waiting ticket while its holder is at a counter, free it afterwards, place kept."""
    if ticket.state != State.WAITING or (busy := at_a_counter(tx, ticket)) == bool(ticket.held):
        return ticket
    leave(tx, ticket)
    ticket = tx.tickets.set(ticket, held=int(busy))
    enter(tx, ticket)
    if not busy and not any(w.calls for w in tx.windows.some([ticket.window_number or 0])):
        rehome(tx, [ticket], now)
        ticket = tx.tickets.get(ticket.id)
    return ticket


# A counter is left.


def free_counter(tx: Tx, window: Window, now: int) -> Window:
    """Nobody is at the counter any more."""
    touch(tx, window.number)
    return tx.windows.set(window, ticket_id=None, busy_seconds=0, busy_since=None, last_action_at=now)


def close_drained(tx: Tx, numbers: Collection[int], now: int) -> None:
    """Draining windows with nobody left, in line, held, parked or at the counter, close by themselves."""
    for window in tx.windows.some(numbers):
        if window.state != WindowState.DRAINING or window.waiting_count or window.ticket_id is not None:
            continue
        if not tx.tickets.in_states([State.PARKED], window.number) and not tx.tickets.held_at(window.number):
            shut(tx, window, now)


def shut(tx: Tx, window: Window, now: int) -> Window:
    """Close an empty counter; its clerk is free to sit elsewhere."""
    changes = {"clerk": None, "clerk_name": None, "reason": None, "state_since": now, "last_action_at": now}
    window = tx.windows.set(window, state=WindowState.CLOSED.value, **changes)
    tell_window(tx, "closed", window)
    return window
