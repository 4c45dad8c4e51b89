"""Step 3: a clerk takes a window, opens it, and leaves it so that nobody is stranded."""

from __future__ import annotations

from dataclasses import dataclass

from server.domain import assignment
from server.domain.actor import Actor
from server.domain.reason import Reason
from server.domain.refusals import Refusal
from server.domain.ticket import State
from server.domain.window import Window, WindowState
from server.journey import line
from server.journey.alarms import clear_alarm, raise_alarm
from server.journey.cases.owning import drafts_follow
from server.journey.step import changes_lines
from server.journey.words import tell_window
from server.store.transaction import Tx


class NotYourWindow(Refusal):
    status, code = 403, "not_your_window"
    zh = "{window}号窗口不在您的岗位上，请在您自己的窗口操作，或请管理员处理。"
    en = "Window {window} is not yours. Work at your own window, or ask the manager."


class WindowTaken(Refusal):
    status, code = 409, "window_taken"
    zh = "{window}号窗口现在由{clerk}值守，请先请对方交接或关窗。"
    en = "Window {window} is held by {clerk}. Ask them to hand over or close it first."


class AlreadyAtWindow(Refusal):
    status, code = 409, "already_at_window"
    zh = "您还在{window}号窗口，请先关窗或交接，再到别的窗口。"
    en = "You are still at window {window}. Close or hand it over before taking another."


class NotTheirWindow(Refusal):
    status, code = 409, "not_their_window"
    zh = "{window}号窗口不在{name}的岗位上，请交接给可以值守这个窗口的人。"
    en = "Window {window} is not one of {name}'s. Hand it over to somebody who may sit there."


class WindowNotOpen(Refusal):
    status, code = 409, "window_not_open"
    zh = "{window}号窗口没有开放，请先开窗。"
    en = "Window {window} is not open. Open it first."


class LastOpenWindow(Refusal):
    status, code = 409, "last_open_window"
    zh = "{window}号窗口是最后一个可办的开放窗口，还有 {waiting} 人在等。请先办完，或请管理员安排其他窗口。"
    en = (
        "Window {window} is the last open one for {waiting} waiting people. Serve them, or ask the manager for another."
    )


class CalledAtWindow(Refusal):
    status, code = 409, "called_at_window"
    zh = "{number} 正被叫到{window}号窗口，请先开始办理、过号或转移。"
    en = "{number} is being called to window {window}. Start, mark no-show or transfer first."


class ServingAtWindow(Refusal):
    status, code = 409, "serving_at_window"
    zh = "{window}号窗口正在办理 {number}，请先办结、挂起、转移或交接。"
    en = "Window {window} is serving {number}. Finish, park, transfer or hand over first."


class ParkedAtWindow(Refusal):
    status, code = 409, "parked_at_window"
    zh = "您还有挂起的号（{numbers}），请先办完、转移或交接，再关窗。"
    en = "You still have parked tickets ({numbers}). Finish, transfer or hand them over before closing."


class PauseReasonMissing(Refusal):
    status, code = 422, "reason_missing_for_pause"
    zh = "请填写暂停原因，大厅和管理员会看到。"
    en = "Please give the reason for the pause; the hall and the manager will see it."


@dataclass(frozen=True, slots=True)
class WindowRequest:
    by: Actor
    window: int


@dataclass(frozen=True, slots=True)
class LeaveRequest:
    """`force`: a manager's word that waiting people may be left without a window for now; a clerk's is not heard."""

    by: Actor
    window: int
    reason: str = ""
    force: bool = False

    @property
    def forced(self) -> bool:
        return self.force and self.by.leads


@dataclass(frozen=True, slots=True)
class HandOverRequest:
    """`to` is the staff id of the next clerk ("staff:<username>"); `to_windows`: where they may sit, empty = anywhere."""

    by: Actor
    window: int
    to: str
    to_name: str
    to_windows: tuple[int, ...] = ()


def held_by(tx: Tx, by: Actor, number: int) -> Window:
    """The window, if `by` may command it: its clerk, or a manager.

    Raises NotYourWindow, and WindowNotOpen for one that is the clerk's to take.
    """
    window = tx.windows.get(number)
    if by.leads or window.clerk == by.id:
        return window
    if window.clerk is None and (not by.windows or number in by.windows):
        raise WindowNotOpen(window=number)
    raise NotYourWindow(window=number)


@changes_lines
def open_window(tx: Tx, request: WindowRequest, now: int) -> Window:
    """Take a window and open it; those who wait without a window come to it, by rank.

    Raises WindowTaken, AlreadyAtWindow, NotYourWindow.
    """
    by, window = request.by, tx.windows.get(request.window)
    taker: dict[str, str] = {}
    if window.clerk is None:
        _check_free_to_sit(tx, by, window.number)
        taker = {"clerk": by.id, "clerk_name": by.name}
    elif window.clerk != by.id and not by.leads:
        raise WindowTaken(window=window.number, clerk=window.clerk_name or window.clerk)
    if window.state == WindowState.OPEN:
        return window
    opened = window.opened_at if window.state != WindowState.CLOSED else now
    window = tx.windows.set(
        window,
        state=WindowState.OPEN.value,
        reason=None,
        state_since=now,
        opened_at=opened,
        last_action_at=now,
        **taker,
    )
    tell_window(tx, "opened", window)
    line.touch(tx, window.number)
    served = set(tx.queues.of_window(window.number))
    line.rehome(tx, [t for t in tx.tickets.homeless() if t.queue_id in served], now)
    _clear_stranded(tx)
    return tx.windows.get(window.number)


def _clear_stranded(tx: Tx) -> None:
    if not tx.tickets.homeless(1):
        clear_alarm(tx, "stranded", "hall")


def _check_free_to_sit(tx: Tx, by: Actor, number: int) -> None:
    if by.windows and number not in by.windows and not by.leads:
        raise NotYourWindow(window=number)
    if by.leads:
        return
    for other in tx.windows.all():
        if other.clerk == by.id and other.number != number:
            raise AlreadyAtWindow(window=other.number)


@changes_lines
def pause_window(tx: Tx, request: LeaveRequest, now: int) -> Window:
    """Pause with a reason; its line goes to other windows. A customer at the counter stays and can be finished.

    Raises PauseReasonMissing, CalledAtWindow, LastOpenWindow, WindowNotOpen.
    """
    window = held_by(tx, request.by, request.window)
    if not request.reason.strip():
        raise PauseReasonMissing()
    if not window.calls:
        raise WindowNotOpen(window=window.number)
    window = _free_of_called(tx, window, request, now)
    window = tx.windows.set(
        window,
        state=WindowState.PAUSED.value,
        reason=request.reason.strip(),
        state_since=now,
        last_action_at=now,
    )
    tell_window(tx, "paused", window)
    _give_line_away(tx, window, request, now)
    if request.by.id != window.clerk:
        tx.audit.add(request.by.id, "window.force_paused", f"window:{window.number}", {"reason": window.reason})
    return tx.windows.get(window.number)


@changes_lines
def close_window(tx: Tx, request: LeaveRequest, now: int) -> Window:
    """Close and leave the window. Raises ServingAtWindow, CalledAtWindow, ParkedAtWindow, LastOpenWindow."""
    window = tx.windows.get(request.window)
    if window.state == WindowState.CLOSED:
        return window
    window = held_by(tx, request.by, request.window)
    window = _free_of_called(tx, window, request, now)
    if window.ticket_id is not None:
        raise ServingAtWindow(window=window.number, number=tx.tickets.get(window.ticket_id).number)
    _release_parked(tx, window, request, now)
    _give_line_away(tx, line.shut(tx, window, now), request, now)
    return tx.windows.get(window.number)


@changes_lines
def drain_window(tx: Tx, request: WindowRequest, now: int) -> Window:
    """收号: serve out the line, take no more. Whoever would be served sooner elsewhere goes there.

    Closes by itself when the line and the counter are empty. Raises WindowNotOpen.
    """
    window = held_by(tx, request.by, request.window)
    if window.state == WindowState.DRAINING:
        return window
    if window.state != WindowState.OPEN:
        raise WindowNotOpen(window=window.number)
    window = tx.windows.set(window, state=WindowState.DRAINING.value, state_since=now, last_action_at=now)
    tell_window(tx, "drained", window)
    line.touch(tx, window.number)
    waiting = sorted(tx.tickets.line(window.number), key=lambda t: t.place)
    others = {w.number: w for w in tx.windows.all()}
    places = assignment.drain_line(waiting, tx.queues.members(), window, others, now)
    for ticket, number in zip(waiting, places, strict=True):
        if number != window.number:
            words = Reason(
                f"{window.number}号窗口收号，{number}号窗口更快", f"window {window.number} drains; {number} is sooner"
            )
            line.place(tx, ticket, number, words, now)
    line.close_drained(tx, [window.number], now)
    return tx.windows.get(window.number)


@changes_lines
def hand_over(tx: Tx, request: HandOverRequest, now: int) -> Window:
    """Give the window to another clerk; the customer at the counter and parked ones stay.

    Raises NotYourWindow, WindowNotOpen for one nobody holds, NotTheirWindow, AlreadyAtWindow.
    """
    window = held_by(tx, request.by, request.window)
    if request.to_windows and window.number not in request.to_windows:
        raise NotTheirWindow(window=window.number, name=request.to_name)
    if window.clerk is None:
        raise WindowNotOpen(window=window.number)
    for other in tx.windows.all():
        if other.clerk == request.to and other.number != window.number:
            raise AlreadyAtWindow(window=other.number)
    window = tx.windows.set(window, clerk=request.to, clerk_name=request.to_name, last_action_at=now)
    for ticket in tx.tickets.in_states([State.CALLED, State.SERVING, State.PARKED], window.number):
        drafts_follow(tx, tx.tickets.set(ticket, clerk=request.to), window, request.by)
    tell_window(tx, "handed_over", window)
    return window


def _free_of_called(tx: Tx, window: Window, request: LeaveRequest, now: int) -> Window:
    """A called customer must be settled first; a manager's force puts them back in line, place kept."""
    if window.ticket_id is None:
        return window
    ticket = tx.tickets.get(window.ticket_id)
    if ticket.state != State.CALLED:
        return window
    if not request.forced:
        raise CalledAtWindow(window=window.number, number=ticket.number)
    line.free_counter(tx, window, now)
    line.back_in_line(tx, ticket, now, Reason("窗口暂停，重新安排", "the window paused; placed again"))
    return tx.windows.get(window.number)


def _release_parked(tx: Tx, window: Window, request: LeaveRequest, now: int) -> None:
    parked = tx.tickets.in_states([State.PARKED], window.number)
    if parked and not request.forced:
        raise ParkedAtWindow(numbers="、".join(t.number for t in parked))
    for ticket in parked:
        line.back_in_line(tx, ticket, now, Reason("窗口关闭，重新安排", "the window closed; placed again"))


def _give_line_away(tx: Tx, window: Window, request: LeaveRequest, now: int) -> None:
    """Re-home the line of a window that left; wishes for it are dropped.

    Raises LastOpenWindow when people would be left without a window, unless a manager forces it.
    """
    line.touch(tx, window.number)
    waiting = {t.id: t for t in tx.tickets.line(window.number) + tx.tickets.held_at(window.number)}
    for ticket in tx.tickets.wishing(window.number):
        queue = line.queue_for(tx, ticket.section, ticket.item)
        waiting[ticket.id] = tx.tickets.set(ticket, wish_window=None, queue_id=queue)
    stranded = line.rehome(tx, list(waiting.values()), now)
    if not stranded:
        return
    if not request.forced:
        raise LastOpenWindow(window=window.number, waiting=stranded)
    raise_alarm(tx, "stranded", "hall", {"waiting": stranded, "window": window.number})
