"""Windows: what a clerk does at the counter, and what the terminal shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from server.access import staff
from server.access.refusals import StaffUnknown
from server.domain.actor import Role
from server.domain.hall import WindowUnknown
from server.domain.refusals import Refusal
from server.domain.ticket import Ticket as TicketRow
from server.domain.window import Window as WindowRow
from server.journey import calling, counter, moving, serving, views
from server.store.tickets import TicketMoved
from server.web.access import COUNTER
from server.web.api.commands import command
from server.web.api.routing import Model, Register, Reply, Routes
from server.web.api.schemas import (
    CallChosen,
    Finish,
    HandOver,
    Move,
    Next,
    Nothing,
    Pause,
    Terminal,
    Ticket,
    TicketChoice,
    Window,
)
from server.web.context import actor, services

if TYPE_CHECKING:
    from server.store.transaction import Tx

routes = Routes("windows")


def shown(tx: Tx, ticket: TicketRow) -> Any:
    """The counter gets no link: whoever holds it speaks for the citizen."""
    return views.ticket_json(tx, ticket, link=False)


def window_shown(tx: Tx, window: WindowRow) -> Any:
    return views.window_json(tx, window)


def action(name: str, summary: str, body: Model, answer: Model, *refusals: type[Refusal], **more: Any) -> Register:
    """POST /windows/{window}/<name>: what all counter actions have in common."""
    return routes.post(
        f"/windows/{{window}}/{name}",
        COUNTER,
        summary=summary,
        body=body,
        answers={200: answer, **more.get("also", {})},
        refusals=(WindowUnknown, counter.NotYourWindow, counter.WindowNotOpen, *refusals),
    )


@routes.get(
    "/windows/{window}",
    COUNTER,
    summary="窗口终端 A window's terminal",
    answers={200: Terminal},
    refusals=(WindowUnknown,),
)
def see(window: int) -> Reply:
    """All that a terminal shows: who is at the counter, the own line, the whole line, today's figures."""
    return 200, services().store.read(services().hall_id, views.terminal_view, window)


@action("open", "开窗 Take and open", Nothing, Window, counter.WindowTaken, counter.AlreadyAtWindow)
def open_(window: int, body: Nothing) -> Reply:
    """Opening an untaken window takes it; opening a paused or draining one resumes it."""
    return command(counter.open_window, counter.WindowRequest(actor(), window), body, window_shown)


@action(
    "pause",
    "暂停 Pause",
    Pause,
    Window,
    counter.PauseReasonMissing,
    counter.CalledAtWindow,
    counter.LastOpenWindow,
    counter.WindowNotOpen,
)
def pause(window: int, body: Pause) -> Reply:
    """Its line goes to other windows. A manager pauses anybody's window; `force` also when people are left waiting."""
    wanted = counter.LeaveRequest(actor(), window, body.reason, body.force and actor().leads)
    return command(counter.pause_window, wanted, body, window_shown)


@action("drain", "收号 Serve out the line, take no more", Nothing, Window, counter.WindowNotOpen)
def drain(window: int, body: Nothing) -> Reply:
    """Closes by itself when the line is empty."""
    return command(counter.drain_window, counter.WindowRequest(actor(), window), body, window_shown)


@action(
    "close",
    "关窗 Close and leave",
    Pause,
    Window,
    counter.ServingAtWindow,
    counter.CalledAtWindow,
    counter.ParkedAtWindow,
    counter.LastOpenWindow,
)
def close(window: int, body: Pause) -> Reply:
    """`reason` may be empty here."""
    wanted = counter.LeaveRequest(actor(), window, body.reason, body.force and actor().leads)
    return command(counter.close_window, wanted, body, window_shown)


@action(
    "hand-over",
    "换班 Hand over to another clerk",
    HandOver,
    Window,
    counter.AlreadyAtWindow,
    counter.NotTheirWindow,
    StaffUnknown,
)
def hand_over(window: int, body: HandOver) -> Reply:
    """The customer at the counter stays."""

    by = actor()

    def step(tx: Tx, to: str, now: int) -> WindowRow:
        account = staff.known(tx, to)
        if not account.active or not set(COUNTER) & set(account.roles):
            raise StaffUnknown(username=to)
        leads = {Role.MANAGER, Role.ADMIN} & set(account.roles)
        theirs = () if leads else tuple(account.windows)
        wanted = counter.HandOverRequest(by, window, f"staff:{account.username}", account.name, theirs)
        return counter.hand_over(tx, wanted, now)

    return command(step, body.username, body, window_shown)


@action(
    "next",
    "叫下一位 Call the next",
    Next,
    Ticket,
    calling.WindowBusy,
    counter.WindowNotOpen,
    also={204: None},
)
def next_(window: int, body: Next) -> Reply:
    """204 when nobody waits. While somebody is called or served here: 409 with that ticket in `detail.ticket`, or
    `finish` to end that service and call the next in one go."""
    return command(
        calling.call_next,
        calling.NextRequest(actor(), window, body.finish, body.ticket),
        body,
        lambda tx, ticket: shown(tx, ticket) if ticket else None,
        lambda ticket: 200 if ticket else 204,
    )


@action(
    "call",
    "指定叫号 Call a chosen one",
    CallChosen,
    Ticket,
    calling.CallReasonMissing,
    calling.CannotServe,
    calling.TicketHeld,
    calling.WindowBusy,
    TicketMoved,
)
def call(window: int, body: CallChosen) -> Reply:
    """Out of turn, so a reason is needed; it is kept."""
    wanted = calling.CallRequest(actor(), window, body.ticket, body.reason)
    return command(calling.call_chosen, wanted, body, shown)


@action("recall", "重呼 Call again", Nothing, Ticket, calling.NobodyCalled, calling.AlreadyServing)
def recall(window: int, body: Nothing) -> Reply:
    """Counts towards a no-show only when far enough after the last counted call."""
    return command(calling.recall, calling.RecallRequest(actor(), window), body, shown)


@action("start", "开始办理 Start service", Nothing, Ticket, calling.NobodyCalled, calling.AlreadyServing)
def start(window: int, body: Nothing) -> Reply:
    """The citizen is at the counter."""
    return command(serving.start_service, serving.AtWindow(actor(), window), body, shown)


@action(
    "no-show", "过号 Nobody came", Nothing, Ticket, calling.NobodyCalled, calling.AlreadyServing, serving.NoShowTooEarly
)
def no_show(window: int, body: Nothing) -> Reply:
    """After the configured number of calls."""
    return command(serving.mark_no_show, serving.AtWindow(actor(), window), body, shown)


@action("finish", "办结 Finish", Finish, Ticket, serving.NobodyAtCounter)
def finish(window: int, body: Finish) -> Reply:
    """`visits` says how many matters one visit settled; more than one teaches the estimates nothing."""
    return command(
        serving.finish_service, serving.FinishRequest(actor(), window, body.visits, body.ticket), body, shown
    )


@action(
    "transfer",
    "转移 Send elsewhere",
    Move,
    Ticket,
    serving.NobodyAtCounter,
    moving.TargetMissing,
    moving.TargetNotOpen,
    moving.TargetIsHere,
)
def transfer(window: int, body: Move) -> Reply:
    """The one at this counter goes to another section, item or window; the first arrival keeps its place."""
    wanted = moving.TransferRequest(
        by=actor(), window=window, section=body.section, item=body.item, to_window=body.window
    )
    return command(moving.transfer, wanted, body, shown)


@action("park", "挂起 Park", Nothing, Ticket, serving.NobodyAtCounter)
def park(window: int, body: Nothing) -> Reply:
    """The customer steps aside (to copy, to pay) and stays this clerk's."""
    return command(serving.park, serving.AtWindow(actor(), window), body, shown)


@action("unpark", "恢复 Bring back", TicketChoice, Ticket, serving.NotYourParked, calling.WindowBusy)
def unpark(window: int, body: TicketChoice) -> Reply:
    """Without `ticket`: the only one parked here."""
    return command(serving.unpark, serving.UnparkRequest(actor(), window, body.ticket), body, shown)
