"""What the citizen is told while waiting: how many are ahead, how long, and notice two when the turn is near."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from server.domain import promise
from server.domain.promise import Outlook
from server.domain.standing import Lines
from server.domain.ticket import Ticket
from server.domain.window import Window
from server.journey import line, notify
from server.store.transaction import Tx

NEAR_THE_FRONT = 200


def outlook_of(tx: Tx, ticket: Ticket) -> Outlook:
    """What a waiting ticket's holder is told now.

    Counts from the nearer end: those before, or where they are many the counters less those behind.
    """
    windows = _calling(tx, line.able(tx, ticket))
    people, seconds = tx.tickets.before([w.number for w in windows], ticket.place, NEAR_THE_FRONT)
    if people < NEAR_THE_FRONT:
        return _outlook(tx, ticket, windows, people, seconds)
    return outlook_at_the_end(tx, ticket)


def outlook_at_the_end(tx: Tx, ticket: Ticket, *, counted: bool = True) -> Outlook:
    """The same for one who has just joined: what stands behind is few, so counters less those behind.

    Costs the same however many wait. `counted`: the counters have the ticket in them already.
    """
    windows = _calling(tx, line.able(tx, ticket))
    behind, behind_seconds = tx.tickets.behind([w.number for w in windows], ticket.place)
    own = 1 if counted and ticket.in_line and any(w.number == ticket.window_number for w in windows) else 0
    people = sum(w.waiting_count for w in windows) - behind - own
    seconds = sum(w.waiting_seconds for w in windows) - behind_seconds - own * ticket.seconds
    return _outlook(tx, ticket, windows, people, seconds)


def seconds_to_call(tx: Tx, ticket: Ticket, expected: Outlook) -> int:
    """Expected seconds until called; with nobody open, those if every able window opened at once."""
    if expected.seconds is not None:
        return expected.seconds
    return tx.tickets.before_in_queue(ticket.queue_id, ticket.place)[1] // max(1, len(line.able(tx, ticket)))


def is_soon(tx: Tx, expected: Outlook) -> bool:
    dispatch = tx.rules.file.dispatch
    return promise.soon(expected, dispatch.soon_ahead, int(dispatch.soon_minutes * 60))


def tell_soon(tx: Tx, touched: Collection[int]) -> None:
    """Notice two, from each changed queue's head over those not yet told, stopping at the first not due."""
    if not touched:
        return
    members = tx.queues.members()
    heads = tx.tickets.untold_heads(tx.queues.of_windows(touched))
    tx.windows.some({number for head in heads for number in members[head.queue_id]})  # one read for all of them
    for head in heads:
        windows = _calling(tx, members[head.queue_id])
        if windows:
            _tell_queue(tx, head, windows)


def _tell_queue(tx: Tx, head: Ticket, windows: Sequence[Window]) -> None:
    dispatch = tx.rules.file.dispatch
    limit = int(dispatch.soon_minutes * 60 * len(windows)) // line.SHORTEST + dispatch.soon_ahead + 2
    numbers = [w.number for w in windows]
    heads = [head]  # most steps bring one person near, or nobody: so one by one
    while heads:
        (ticket,) = heads
        people, seconds = tx.tickets.before(numbers, ticket.place, limit)
        expected = _outlook(tx, ticket, windows, people, seconds)
        if not is_soon(tx, expected):
            return
        notify.soon(tx, tx.tickets.set(ticket, told=1), expected)
        heads = tx.tickets.untold_heads([ticket.queue_id])


def _calling(tx: Tx, numbers: Sequence[int]) -> list[Window]:
    return [w for w in tx.windows.some(numbers) if w.calls]


def _outlook(tx: Tx, ticket: Ticket, windows: Sequence[Window], people: int, seconds: int) -> Outlook:
    """From the `people` ahead in the lines of the calling windows, and their seconds."""
    serving = [w for w in windows if w.takes_new or w.number == ticket.window_number]
    if not serving:
        return Outlook(tx.tickets.before_in_queue(ticket.queue_id, ticket.place)[0], None)
    draining = [w for w in windows if w not in serving and w.waiting_count]
    theirs = _seconds_before(tx, draining, ticket) if draining else 0
    mean = tx.rules.section_means.get(ticket.section, tx.rules.mean_seconds)
    free = sum(w.ticket_id is None for w in serving)
    return promise.outlook(people, seconds, mean, len(serving), free, len(draining), theirs)


def _seconds_before(tx: Tx, windows: Sequence[Window], ticket: Ticket) -> int:
    """Of those before a ticket in the lines of other windows, counted from the nearer end."""
    numbers = [w.number for w in windows]
    people, seconds = tx.tickets.before(numbers, ticket.place, NEAR_THE_FRONT)
    if people < NEAR_THE_FRONT:
        return seconds
    return sum(w.waiting_seconds for w in windows) - tx.tickets.behind(numbers, ticket.place)[1]


def all_lines(rx: Tx) -> Lines:
    """Everything that server.domain.standing needs to tell all who wait, read at one moment."""
    rules = rx.rules
    return Lines(rx.tickets.places(), rx.windows.all(), rx.queues.members(), rules.section_means, rules.mean_seconds)
