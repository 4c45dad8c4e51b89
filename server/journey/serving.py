"""Step 5: service at the counter starts, is parked and brought back, finishes; or nobody comes."""

from __future__ import annotations

from dataclasses import dataclass

from server.domain.actor import Actor
from server.domain.refusals import Refusal
from server.domain.ticket import State, Ticket
from server.domain.units import SECOND
from server.domain.window import Window
from server.journey import line
from server.journey.calling import busy, called_to, current
from server.journey.cases.owning import drafts_follow
from server.journey.counter import WindowNotOpen, held_by
from server.journey.step import changes_lines
from server.journey.words import tell
from server.store.tickets import moved
from server.store.transaction import Tx


class NobodyAtCounter(Refusal):
    status, code = 409, "nobody_at_counter"
    zh = "{window}号窗口现在没有办理中的号，请先叫号。"
    en = "Nobody is at window {window} now. Call the next one first."


class NoShowTooEarly(Refusal):
    status, code = 409, "no_show_too_early"
    zh = "{number} 已叫 {calls} 次，至少叫 {needed} 次且每次相隔 {apart} 秒才能过号，请在 {wait} 秒后再试。"
    en = "{number} was called {calls} time(s); no-show needs {needed}, {apart} s apart. Try again in {wait} s."


class NotYourParked(Refusal):
    status, code = 403, "not_your_parked"
    zh = "{number} 由另一位工作人员挂起，请对方恢复，或请管理员转移。"
    en = "{number} was parked by another clerk. Ask them to bring it back, or the manager to transfer it."


@dataclass(frozen=True, slots=True)
class AtWindow:
    by: Actor
    window: int


@dataclass(frozen=True, slots=True)
class FinishRequest:
    """`visits`: how many items were done in this visit; several teach nothing about one. `ticket`: only this one."""

    by: Actor
    window: int
    visits: int = 1
    ticket: int | None = None


@dataclass(frozen=True, slots=True)
class UnparkRequest:
    """`ticket` None: the one parked last."""

    by: Actor
    window: int
    ticket: int | None = None


@changes_lines
def start_service(tx: Tx, request: AtWindow, now: int) -> Ticket:
    """The called citizen has come. Raises NobodyCalled, AlreadyServing."""
    window = held_by(tx, request.by, request.window)
    ticket = tx.tickets.move(called_to(tx, window), State.SERVING, started_at=now, clerk=window.clerk)
    tx.windows.set(window, busy_since=now, last_action_at=now)
    tell(tx, "started", ticket, State.CALLED)
    drafts_follow(tx, ticket, window, request.by)
    return ticket


@changes_lines
def finish_service(tx: Tx, request: FinishRequest, now: int) -> Ticket:
    """Done at the counter; a forgotten start is inferred from the call. Raises NobodyAtCounter."""
    window = held_by(tx, request.by, request.window)
    ticket = current(tx, window)
    if ticket is None:
        raise NobodyAtCounter(window=window.number)
    if request.ticket not in (None, ticket.id):
        raise busy(tx, window, ticket)
    return finish_at(tx, window, ticket, request.visits, now)


def finish_at(tx: Tx, window: Window, ticket: Ticket, visits: int, now: int, end_reason: str | None = None) -> Ticket:
    """Finish the ticket at a counter, learn from it, and let the person's other tickets go on."""
    was, inferred = ticket.state, int(ticket.state == State.CALLED or ticket.start_inferred)
    started = ticket.started_at or ticket.called_at or now
    ticket = tx.tickets.move(
        ticket,
        State.DONE,
        started_at=started,
        start_inferred=inferred,
        ended_at=now,
        visits=visits,
        end_reason=end_reason,
    )
    if end_reason is None:
        line.learn(tx, ticket, now)
    line.free_counter(tx, window, now)
    tell(tx, "finished", ticket, was)
    line.settle_others(tx, ticket, now)
    return ticket


@changes_lines
def mark_no_show(tx: Tx, request: AtWindow, now: int) -> Ticket:
    """Nobody came, after the configured number of calls, far enough apart. Raises NoShowTooEarly, NobodyCalled, AlreadyServing."""
    window = held_by(tx, request.by, request.window)
    ticket = called_to(tx, window)
    calls = tx.rules.file.calls
    since = (now - (ticket.called_at or now)) / SECOND
    missing = max(0, calls.before_no_show - ticket.calls)
    wait = (missing + 1) * calls.seconds_between - since
    if missing or wait > 0:
        raise NoShowTooEarly(
            number=ticket.number,
            calls=ticket.calls,
            needed=calls.before_no_show,
            apart=calls.seconds_between,
            wait=max(0, -int(-wait // 1)),
        )
    ticket = tx.tickets.move(ticket, State.NO_SHOW, no_shows=ticket.no_shows + 1, no_show_at=now)
    line.free_counter(tx, window, now)
    tell(tx, "no_show", ticket, State.CALLED)
    line.settle_others(tx, ticket, now)
    return ticket


@changes_lines
def park(tx: Tx, request: AtWindow, now: int) -> Ticket:
    """挂起: the citizen steps aside, tied to the clerk; no load on any line. Raises NobodyAtCounter."""
    window = held_by(tx, request.by, request.window)
    ticket = current(tx, window)
    if ticket is None or ticket.state != State.SERVING:
        raise NobodyAtCounter(window=window.number)
    ticket = tx.tickets.move(ticket, State.PARKED, parked_at=now, clerk=window.clerk)
    line.free_counter(tx, window, now)
    tell(tx, "parked", ticket, State.SERVING)
    line.settle_others(tx, ticket, now)
    return ticket


@changes_lines
def unpark(tx: Tx, request: UnparkRequest, now: int) -> Ticket:
    """Bring a parked citizen back to a free counter of the same clerk.

    Raises WindowBusy, NotYourParked, TicketMoved, NobodyAtCounter when nothing is parked.
    """
    window = held_by(tx, request.by, request.window)
    if not window.calls:
        raise WindowNotOpen(window=window.number)
    at_counter = current(tx, window)
    if at_counter is not None:
        raise busy(tx, window, at_counter)
    ticket = _parked(tx, request, window)
    line.touch(tx, ticket.window_number, window.number)
    parked = now - (ticket.parked_at or now)
    ticket = tx.tickets.move(
        ticket,
        State.SERVING,
        window_number=window.number,
        parked_at=None,
        parked_total=ticket.parked_total + parked,
        clerk=window.clerk,
    )
    tx.windows.set(window, ticket_id=ticket.id, busy_seconds=ticket.seconds, busy_since=now, last_action_at=now)
    tell(tx, "unparked", ticket, State.PARKED)
    drafts_follow(tx, ticket, window, request.by)
    line.settle_others(tx, ticket, now)
    return ticket


def _parked(tx: Tx, request: UnparkRequest, window: Window) -> Ticket:
    if request.ticket is None:
        mine = [t for t in tx.tickets.in_states([State.PARKED]) if t.clerk == window.clerk]
        if not mine:
            raise NobodyAtCounter(window=window.number)
        return max(mine, key=lambda t: t.parked_at or 0)
    ticket = tx.tickets.get(request.ticket)
    if ticket.state != State.PARKED:
        raise moved(ticket)
    if ticket.clerk != window.clerk and not request.by.leads:
        raise NotYourParked(number=ticket.number)
    return ticket
