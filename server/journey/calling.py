"""Step 4: a free window calls the next, a chosen one, or calls again. Never a second customer by mistake."""

from __future__ import annotations

from dataclasses import dataclass

from server.domain.actor import Actor
from server.domain.claiming import Claim, claim
from server.domain.reason import Reason
from server.domain.refusals import Refusal
from server.domain.ticket import State, Ticket
from server.domain.units import SECOND
from server.domain.window import Window, WindowState
from server.journey import line, notify
from server.journey.counter import WindowNotOpen, held_by
from server.journey.step import changes_lines
from server.journey.words import tell
from server.store.tickets import moved
from server.store.transaction import Tx


class WindowBusy(Refusal):
    status, code = 409, "window_busy"
    zh = "{number} 还在{window}号窗口，请先办结、过号、挂起或转移，再叫下一位。"
    en = "{number} is still at window {window}. Finish, no-show, park or transfer before calling the next."


class NobodyCalled(Refusal):
    status, code = 409, "nobody_called"
    zh = "{window}号窗口没有已叫的号，请先叫号。"
    en = "Nobody is called to window {window}. Call the next one first."


class AlreadyServing(Refusal):
    status, code = 409, "already_serving"
    zh = "{number} 已在{window}号窗口办理中，可以办结、挂起或转移。"
    en = "{number} is already being served at window {window}. Finish, park or transfer it."


class CallReasonMissing(Refusal):
    status, code = 422, "reason_missing_for_call"
    zh = "不按次序叫号需要填写理由。"
    en = "Calling out of turn needs a reason."


class CannotServe(Refusal):
    status, code = 409, "cannot_serve"
    zh = "{window}号窗口不能办理 {number} 的事项，请转移到能办的窗口。"
    en = "Window {window} cannot serve {number}. Transfer it to a window that can."


class TicketHeld(Refusal):
    status, code = 409, "ticket_held"
    zh = "{number} 的持有人正在别的窗口办理，请稍后再叫。"
    en = "The holder of {number} is being served at another window. Call again later."


@dataclass(frozen=True, slots=True)
class NextRequest:
    """`finish`: first finish whoever is at the counter; `ticket`: only if it is this one, so that a second press
    does not finish the person the first has just called."""

    by: Actor
    window: int
    finish: bool = False
    ticket: int | None = None


@dataclass(frozen=True, slots=True)
class CallRequest:
    by: Actor
    window: int
    ticket: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class RecallRequest:
    by: Actor
    window: int


@changes_lines
def call_next(tx: Tx, request: NextRequest, now: int) -> Ticket | None:
    """Call whoever is next for this window; None when nobody it can serve waits.

    Raises WindowBusy with the ticket at the counter, WindowNotOpen.
    """
    window = _ready(tx, request.by, request.window, request.finish, now, request.ticket)
    found = next_claim(tx, window)
    if found is None:
        line.touch(tx, window.number)
        return None
    return call(tx, window, found.ticket, found.reason, now)


def next_claim(tx: Tx, window: Window) -> Claim | None:
    """Whom this window should call now, by the rule of server.domain.claiming."""
    if window.state == WindowState.DRAINING:
        return claim(window.number, tx.tickets.head_of_line(window.number), (), 0)
    queues = tx.queues.of_window(window.number)
    if window.waiting_count:
        own, heads = tx.tickets.choices(window.number, queues)
    else:
        own, heads = None, tx.tickets.heads_of_queues(queues)
    return claim(window.number, own, heads, tx.rules.fairness)


@changes_lines
def call_chosen(tx: Tx, request: CallRequest, now: int) -> Ticket:
    """Call one out of turn, with a reason that is kept.

    Raises CallReasonMissing, CannotServe, TicketHeld, TicketMoved, WindowBusy.
    """
    window = _ready(tx, request.by, request.window, False, now)
    ticket = tx.tickets.get(request.ticket)
    if not request.reason.strip():
        raise CallReasonMissing()
    if ticket.state != State.WAITING:
        raise moved(ticket)
    if ticket.held:
        raise TicketHeld(number=ticket.number)
    if window.number not in line.able(tx, ticket):
        raise CannotServe(window=request.window, number=ticket.number)
    words = request.reason.strip()
    out_of_turn = Reason(f"不按次序叫号：{words}", f"called out of turn: {words}")
    tx.audit.add(
        request.by.id,
        "ticket.called_out_of_turn",
        f"ticket:{ticket.id}",
        {"reason": words, "number": ticket.number, "window": window.number},
    )
    return call(tx, window, ticket, out_of_turn, now, said=Reason("不按次序叫号", "called out of turn"))


@changes_lines
def recall(tx: Tx, request: RecallRequest, now: int) -> Ticket:
    """Call the same number again. It counts towards no-show only when far enough after the last counted call.

    Raises NobodyCalled, AlreadyServing.
    """
    window = held_by(tx, request.by, request.window)
    ticket = called_to(tx, window)
    apart = tx.rules.file.calls.seconds_between * SECOND
    counts = ticket.called_at is None or now - ticket.called_at >= apart
    if counts:
        ticket = tx.tickets.move(ticket, State.CALLED, calls=ticket.calls + 1, called_at=now)
    tx.windows.set(window, last_action_at=now)
    tell(tx, "recalled", ticket, State.CALLED, counted=counts)
    return ticket


def current(tx: Tx, window: Window) -> Ticket | None:
    """Whoever is called to or served at a window."""
    return None if window.ticket_id is None else tx.tickets.get(window.ticket_id)


def called_to(tx: Tx, window: Window) -> Ticket:
    """Whoever is called to a window and has not come yet. Raises NobodyCalled, AlreadyServing."""
    ticket = current(tx, window)
    if ticket is None:
        raise NobodyCalled(window=window.number)
    if ticket.state != State.CALLED:
        raise AlreadyServing(number=ticket.number, window=window.number)
    return ticket


def _ready(tx: Tx, by: Actor, number: int, finish: bool, now: int, meant: int | None = None) -> Window:
    """The window, open and with a free counter."""
    from server.journey.serving import finish_at  # serving builds on calling's names

    window = held_by(tx, by, number)
    if not window.calls:
        raise WindowNotOpen(window=number)
    ticket = current(tx, window)
    if ticket is None:
        return window
    if not finish or meant not in (None, ticket.id):
        raise busy(tx, window, ticket)
    finish_at(tx, window, ticket, 1, now)
    return tx.windows.get(number)


def busy(tx: Tx, window: Window, ticket: Ticket) -> WindowBusy:
    from server.journey.views import ticket_view  # views read what steps write

    return WindowBusy(number=ticket.number, window=window.number, ticket=ticket_view(tx, ticket.id, link=False))


def call(tx: Tx, window: Window, ticket: Ticket, reason: Reason, now: int, said: Reason | None = None) -> Ticket:
    """Bring a waiting ticket to a free counter; the person's other tickets are held.

    `said` is the reason for the event, which goes to every screen, where `reason` holds what somebody typed.
    """
    line.leave(tx, ticket)
    was = ticket.state
    ticket = tx.tickets.move(
        ticket,
        State.CALLED,
        window_number=window.number,
        reason=reason.dump(),
        told=1,
        calls=1,
        called_at=now,
        first_called_at=ticket.first_called_at or now,
        clerk=window.clerk,
    )
    tx.windows.set(window, ticket_id=ticket.id, busy_seconds=ticket.seconds, busy_since=now, last_action_at=now)
    line.touch(tx, window.number)
    tell(tx, "called", ticket, was, reason=said or reason)
    notify.called(tx, ticket)
    line.settle_others(tx, ticket, now)
    return ticket
