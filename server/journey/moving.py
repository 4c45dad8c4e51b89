"""Step 6: a ticket is transferred to another section, item or window; the first arrival keeps its place."""

from __future__ import annotations

from dataclasses import dataclass

from server.domain.actor import Actor, Role
from server.domain.reason import Reason
from server.domain.refusals import Refusal
from server.domain.ticket import AT_WINDOW, State, Ticket
from server.domain.window import Window
from server.journey import line, notify
from server.journey.calling import current
from server.journey.counter import held_by
from server.journey.serving import NobodyAtCounter
from server.journey.step import changes_lines
from server.journey.words import tell
from server.store.tickets import moved
from server.store.transaction import Tx


class TargetMissing(Refusal):
    status, code = 422, "target_missing"
    zh = "请选择转移到哪个板块、事项或窗口（只选一个）。"
    en = "Choose one section, item or window to transfer to."


class TargetNotOpen(Refusal):
    status, code = 409, "target_not_open"
    zh = "{window}号窗口现在不接新号，请转移到板块，或选开放的窗口。"
    en = "Window {window} takes no new tickets now. Transfer to the section, or to an open window."


class TargetIsHere(Refusal):
    status, code = 409, "target_is_here"
    zh = "{number} 已经在{window}号窗口，无需转移。"
    en = "{number} is already at window {window}."


class MoveNotAllowed(Refusal):
    status, code = 403, "move_not_allowed"
    zh = "只有管理员和导服可以调整等候中的号；窗口请转移自己正在办理的号。"
    en = "Only managers and guides move waiting tickets; a window transfers the one it serves."


@dataclass(frozen=True, slots=True)
class TransferRequest:
    """Exactly one of `section`, `item`, `to_window`. `window`: from its counter; else `ticket`."""

    by: Actor
    window: int | None = None
    ticket: int | None = None
    section: str | None = None
    item: str | None = None
    to_window: int | None = None


@changes_lines
def transfer(tx: Tx, request: TransferRequest, now: int) -> Ticket:
    """Send a ticket elsewhere, its place in line kept.

    A transfer to one window is a wish, dropped when that window pauses.
    Raises TargetMissing, TargetNotOpen, TargetIsHere, NobodyAtCounter, MoveNotAllowed, TicketMoved.
    """
    if sum(target is not None for target in (request.section, request.item, request.to_window)) != 1:
        raise TargetMissing()
    ticket, window = _from(tx, request)
    section, item, wish = _target(tx, request, ticket)
    if ticket.state == State.WAITING:
        return _move_waiting(tx, ticket, section, item, wish, now)
    if window is not None:
        line.free_counter(tx, window, now)
    ticket = tx.tickets.set(
        ticket,
        section=section,
        item=item,
        wish_window=wish,
        transfers=ticket.transfers + 1,
        seconds=line.seconds_of(tx, ticket.but(section=section, item=item)),
    )
    return line.back_in_line(tx, ticket, now, _words(tx, section, item, wish), "transferred")


def _from(tx: Tx, request: TransferRequest) -> tuple[Ticket, Window | None]:
    """The ticket to move, and the counter it leaves (None for one that waits or is parked)."""
    if request.window is not None:
        window = held_by(tx, request.by, request.window)
        ticket = current(tx, window)
        if ticket is None:
            raise NobodyAtCounter(window=window.number)
        if request.ticket is not None and request.ticket != ticket.id:
            raise moved(tx.tickets.get(request.ticket))
        return ticket, window
    ticket = tx.tickets.get(request.ticket or 0)
    if ticket.state not in (State.WAITING, State.PARKED, *AT_WINDOW):
        raise moved(ticket)
    at_counter = ticket.state in AT_WINDOW and ticket.window_number is not None
    holder = tx.windows.get(ticket.window_number) if at_counter and ticket.window_number else None
    own = ticket.state != State.WAITING and ticket.clerk == request.by.id
    guided = ticket.state == State.WAITING and request.by.has(Role.GUIDE)
    if not (request.by.leads or own or guided):
        raise MoveNotAllowed()
    return ticket, holder


def _target(tx: Tx, request: TransferRequest, ticket: Ticket) -> tuple[str, str | None, int | None]:
    if request.item is not None:
        item = tx.rules.item(request.item)
        tx.rules.able_windows(item.section, item.id)
        return item.section, item.id, None
    if request.section is not None:
        section = tx.rules.section(request.section).id
        tx.rules.able_windows(section, None)
        return section, None, None
    number = request.to_window or 0
    target = tx.windows.get(number)
    if not target.takes_new:
        raise TargetNotOpen(window=number)
    if ticket.window_number == number and (ticket.state != State.WAITING or ticket.wish_window == number):
        raise TargetIsHere(number=ticket.number, window=number)
    return ticket.section, ticket.item, number


def _words(tx: Tx, section: str, item: str | None, wish: int | None) -> Reason:
    if wish is not None:
        return Reason(f"转移到{wish}号窗口", f"transferred to window {wish}")
    name = tx.rules.items[item].name if item is not None else tx.rules.sections[section].name
    return Reason(f"转移到“{name}”", f"transferred to “{name}”")


def _move_waiting(tx: Tx, ticket: Ticket, section: str, item: str | None, wish: int | None, now: int) -> Ticket:
    line.leave(tx, ticket)
    came_from = ticket.section
    ticket = tx.tickets.set(
        ticket,
        section=section,
        item=item,
        wish_window=wish,
        queue_id=line.queue_for(tx, section, item, wish),
        seconds=line.seconds_of(tx, ticket.but(section=section, item=item)),
        transfers=ticket.transfers + 1,
        window_number=None,
        told=0,
    )
    notify.no_longer_true(tx, ticket)
    choice = line.choose(tx, ticket, now)
    reason = _words(tx, section, item, wish).and_(choice.reason)
    ticket = tx.tickets.set(ticket, window_number=choice.window, assigned_at=now, reason=reason.dump())
    line.enter(tx, ticket)
    tell(tx, "transferred", ticket, State.WAITING, reason=reason, from_section=came_from)
    return ticket
