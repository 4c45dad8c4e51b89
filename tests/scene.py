"""A small hall for tests of the journey: six windows, three sections, time that moves when told to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from config.hall_file import HallFile
from server.domain.actor import Actor, Role
from server.domain.ticket import State, Ticket
from server.domain.window import Window
from server.journey import (
    calling,
    counter,
    ending,
    evaluating,
    housekeeping,
    line,
    moving,
    phone,
    serving,
    supervising,
    taking,
)
from server.store import Store
from server.store.evaluations import Evaluation
from server.store.memory import Memory
from server.store.tickets import Tickets
from server.store.transaction import Tx
from tests.store_fixtures import HALL, FakeClock

KIOSK = Actor("device:kiosk-1", "一号取号机", frozenset({Role.KIOSK}))
GUIDE = Actor("staff:guide", "导服", frozenset({Role.GUIDE}))
MANAGER = Actor("staff:manager", "值班经理", frozenset({Role.MANAGER}))

SMALL_HALL: dict[str, Any] = {
    "hall": {"id": HALL, "name": "小县大厅", "name_en": "Small hall", "time_zone": "Asia/Shanghai"},
    "hours": {
        "enforce": False,
        "weekly": {d: ["08:30-12:00", "13:30-17:00"] for d in range(5)},
        "lunch_shift": ["12:00-13:30"],
    },
    "sections": [
        {"id": "general", "letter": "A", "name": "综合事务", "name_en": "General", "kind": "intake"},
        {"id": "house", "letter": "B", "name": "不动产", "name_en": "Real estate", "kind": "intake"},
        {"id": "pickup", "letter": "C", "name": "取件", "name_en": "Pick-up", "kind": "issue"},
    ],
    "windows": [
        {"number": 1, "kind": "intake", "name": "综合", "sections": ["general"], "lunch": True},
        {"number": 2, "kind": "intake", "name": "综合", "sections": ["general"]},
        {"number": 3, "kind": "intake", "name": "综合", "sections": ["general", "house"]},
        {"number": 4, "kind": "intake", "name": "不动产", "sections": ["house"]},
        {"number": 5, "kind": "issue", "name": "出件", "sections": ["pickup"]},
        {"number": 6, "kind": "intake", "name": "专窗", "sections": [], "items": ["passport"]},
    ],
    "items": [
        {"id": "id-card", "name": "居民身份证换领", "section": "general", "department": "市公安局", "minutes": 10},
        {"id": "passport", "name": "普通护照签发", "section": "general", "department": "市公安局", "minutes": 6},
        {"id": "transfer", "name": "不动产转移登记", "section": "house", "department": "市自规局", "minutes": 15},
        {"id": "collect", "name": "领取办理结果", "section": "pickup", "department": "中心", "minutes": 3},
    ],
    "services": [{"item": "passport", "windows": [6]}],
    "priority": {
        "classes": [
            {"id": "elderly", "name": "老年人", "name_en": "elderly", "credit_minutes": 15, "min_age": 70},
            {"id": "pregnant", "name": "孕妇", "name_en": "pregnant", "credit_minutes": 20},
            {"id": "soldier", "name": "现役军人", "name_en": "serviceman", "credit_minutes": 0, "first": True},
        ],
        "cap_share": 0.3,
        "cap_floor": 2,
    },
    "calls": {"before_no_show": 2, "seconds_between": 15, "returns": 2, "return_behind": 3},
    "sms": {
        "signature": "小县大厅",
        "taken": {"template_id": "T1", "text": "您的号码{number}，预计{window}，前面{ahead}人。{link}"},
        "taken_soon": {"template_id": "T2", "text": "您的号码{number}，即将办理，预计{window}。{link}"},
        "soon": {"template_id": "T3", "text": "{number}号即将办理，前面{ahead}人，预计{window}。"},
        "called": {"template_id": "T4", "text": "请{number}号到{window}办理。"},
    },
}


def small_hall(**changes: Any) -> HallFile:
    """The small hall with parts replaced; a dict is merged into the part it names."""
    data = dict(SMALL_HALL)
    for part, value in changes.items():
        data[part] = {**data.get(part, {}), **value} if isinstance(value, dict) else value
    return HallFile.model_validate(data)


def clerk(number: int) -> Actor:
    return Actor(f"staff:clerk{number}", f"{number}号窗口职员", frozenset({Role.CLERK}))


class Scene:
    """A hall at work: short names for the steps, each pressed by the window's own clerk."""

    def __init__(self, store: Store, clock: FakeClock, file: HallFile | None = None) -> None:
        self.store, self.clock = store, clock
        self.reload(file or small_hall())

    def write(self, step: Callable[..., Any], request: Any) -> Any:
        """A step's result. A ticket is the row as it is kept: the API shows it without reading it again."""
        result = self.store.write(HALL, step, request)
        if isinstance(result, Ticket):
            kept = self.ticket(result)
            assert result.but(told=kept.told) == kept
        return result

    def read(self, view: Callable[..., Any], *args: Any) -> Any:
        return self.store.read(HALL, view, *args)

    def wait(self, seconds: float = 0, minutes: float = 0) -> None:
        self.clock.advance(seconds + 60 * minutes)

    def reload(self, file: HallFile, by: Actor = MANAGER) -> supervising.Reloaded:
        return self.write(supervising.reload_hall, supervising.ReloadRequest(by, file))

    def take(self, section: str | None = "general", by: Actor = KIOSK, **more: Any) -> Ticket:
        if "item" in more:
            section = None
        ticket = self.write(taking.take_number, taking.TakeRequest(by, section=section, **more))
        self.wait(seconds=1)
        return self.ticket(ticket)

    def open(self, *numbers: int) -> Window:
        for number in numbers:
            window = self.write(counter.open_window, counter.WindowRequest(clerk(number), number))
        return window

    def next(self, number: int, finish: bool = False) -> Ticket | None:
        return self.write(calling.call_next, calling.NextRequest(clerk(number), number, finish))

    def call(self, number: int, ticket: Ticket, reason: str = "老人等候已久") -> Ticket:
        return self.write(calling.call_chosen, calling.CallRequest(clerk(number), number, ticket.id, reason))

    def recall(self, number: int) -> Ticket:
        return self.write(calling.recall, calling.RecallRequest(clerk(number), number))

    def start(self, number: int) -> Ticket:
        return self.write(serving.start_service, serving.AtWindow(clerk(number), number))

    def finish(self, number: int) -> Ticket:
        return self.write(serving.finish_service, serving.FinishRequest(clerk(number), number))

    def no_show(self, number: int) -> Ticket:
        return self.write(serving.mark_no_show, serving.AtWindow(clerk(number), number))

    def miss(self, number: int) -> Ticket:
        """Call as often as the hall asks, and give up."""
        self.wait(seconds=16)
        self.recall(number)
        self.wait(seconds=16)
        return self.no_show(number)

    def park(self, number: int) -> Ticket:
        return self.write(serving.park, serving.AtWindow(clerk(number), number))

    def unpark(self, number: int, ticket: Ticket | None = None) -> Ticket:
        wanted = None if ticket is None else ticket.id
        return self.write(serving.unpark, serving.UnparkRequest(clerk(number), number, wanted))

    def transfer(self, number: int, **target: Any) -> Ticket:
        return self.write(moving.transfer, moving.TransferRequest(clerk(number), window=number, **target))

    def pause(self, number: int, reason: str = "午餐", **more: Any) -> Window:
        by = more.pop("by", clerk(number))
        return self.write(counter.pause_window, counter.LeaveRequest(by, number, reason, **more))

    def close(self, number: int, **more: Any) -> Window:
        by = more.pop("by", clerk(number))
        return self.write(counter.close_window, counter.LeaveRequest(by, number, **more))

    def drain(self, number: int) -> Window:
        return self.write(counter.drain_window, counter.WindowRequest(clerk(number), number))

    def cancel(self, ticket: Ticket, by: Actor = KIOSK) -> Ticket:
        return self.write(ending.cancel_ticket, ending.TicketRequest(by, ticket.id))

    def come_back(self, ticket: Ticket) -> Ticket:
        return self.write(ending.return_ticket, ending.TicketRequest(GUIDE, ticket.id))

    def change_phone(self, ticket: Ticket, number: str | None) -> Ticket:
        return self.write(phone.change_phone, phone.PhoneRequest(GUIDE, ticket.id, number))

    def evaluate(self, ticket: Ticket, score: int, **more: Any) -> Evaluation:
        """By the citizen's own link, unless `by` or a pad's `window` is given."""
        by = more.pop("by", Actor(f"citizen:{ticket.id}", "群众", frozenset({Role.CITIZEN})))
        return self.write(evaluating.evaluate, evaluating.EvaluateRequest(by, ticket.id, score, **more))

    def serve(self, number: int, **more: Any) -> Ticket:
        """A whole visit at an open window without a line: taken, called, served, finished."""
        self.take(**more)
        self.next(number)
        self.start(number)
        self.wait(minutes=4)
        return self.finish(number)

    def tick(self) -> None:
        self.write(housekeeping.tick, None)

    def ticket(self, ticket: Ticket) -> Ticket:
        return self.read(lambda rx: rx.tickets.get(ticket.id))

    def window(self, number: int) -> Window:
        return self.read(lambda rx: rx.windows.get(number))

    def notices(self, ticket: Ticket) -> dict[str, str]:
        """kind → state of a ticket's three SMS."""
        return {n.kind: n.state for n in self.read(lambda rx: rx.notices.of_ticket(ticket.id))}

    def check_counters(self) -> None:
        """Every window's counters are exactly its line, nobody is called to two windows, nobody is forgotten."""
        self.read(check_counters)

    def check_memory(self, *phones: str) -> None:
        """What the writer remembers of lines and people is what the rows say."""
        self.store.write(HALL, _check_memory, phones)


def _check_memory(tx: Tx, phones: Sequence[str], now: int) -> None:
    queues, remembered = list(tx.queues.members()), tx.tickets
    tx.memory = Memory()
    fresh = Tickets(tx)
    assert remembered.untold_heads(queues) == fresh.untold_heads(queues)
    assert remembered.heads_of_queues(queues) == fresh.heads_of_queues(queues)
    for window in tx.windows.all():
        served = tx.queues.of_window(window.number)
        assert remembered.choices(window.number, served) == fresh.choices(window.number, served)
    for phone_mark in map(tx.vault.fingerprint, phones):
        assert remembered.live_of_person(phone_mark) == fresh.live_of_person(phone_mark)


def check_counters(rx: Tx) -> None:
    at_counter = []
    for window in rx.windows.all():
        waiting = rx.tickets.line(window.number)
        assert window.waiting_count == len(waiting), window
        assert window.waiting_seconds == sum(t.seconds for t in waiting), window
        if window.ticket_id is not None:
            at_counter.append(window.ticket_id)
            ticket = rx.tickets.get(window.ticket_id)
            assert ticket.state in ("called", "serving") and ticket.window_number == window.number
    assert len(at_counter) == len(set(at_counter))
    busy = rx.tickets.in_states([State.CALLED, State.SERVING])
    assert sorted(t.id for t in busy) == sorted(at_counter)
    for ticket in rx.tickets.in_states([State.WAITING]):
        able = rx.windows.some(line.able(rx, ticket))
        assert able, ticket
        assert bool(ticket.held) == line.at_a_counter(rx, ticket), ticket
        if ticket.window_number is None:
            assert ticket.held or not any(w.takes_new for w in able), ticket
        elif not ticket.held:
            assert any(w.number == ticket.window_number and w.calls for w in able), ticket
