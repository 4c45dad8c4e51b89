"""Whatever people press in whatever order, no ticket is lost, doubled or miscounted."""

from __future__ import annotations

import random
from contextlib import suppress
from pathlib import Path

import pytest

from server.domain.refusals import Refusal
from server.domain.ticket import State
from server.journey import counter, moving, supervising
from tests.scene import GUIDE, MANAGER, Scene, small_hall
from tests.store_fixtures import STORE_KINDS, FakeClock, make_store

FILES = [
    small_hall(),
    small_hall(services=[{"item": "passport", "windows": [1, 6]}, {"item": "transfer", "windows": [3, 4]}]),
]
PHONES = ["13812341234", "13812341235", None, None, None]


class Crowd:
    """People and clerks who press at random, with a fixed seed."""

    def __init__(self, hall: Scene, seed: int) -> None:
        self.hall, self.dice = hall, random.Random(seed)
        self.taken: list[int] = []

    def press(self) -> None:
        hall, dice, number = self.hall, self.dice, self.dice.randint(1, 6)
        action = dice.choice(
            ["take"] * 6
            + ["open", "next", "next", "finish_next", "start", "finish", "recall", "no_show", "park", "unpark"]
            + ["transfer_section", "transfer_window", "pause", "force", "drain", "close", "cancel", "return", "tick"]
            + ["phone", "phone", "call", "guide", "clear", "reload", "shut"]
        )
        hall.wait(seconds=dice.choice([0, 1, 20, 200]))
        with suppress(Refusal):
            self.do(action, number)

    def some(self, state: State) -> object:
        return self.dice.choice(self.hall.read(lambda rx: rx.tickets.in_states([state])) or [None])

    def do(self, action: str, number: int) -> None:
        hall, dice = self.hall, self.dice
        if action == "take":
            choice = dice.choice(
                [{"item": "passport"}, {"item": "transfer"}, {"section": "general"}, {"section": "pickup"}]
            )
            more = {"priority": "pregnant", "by": GUIDE, "reason": "孕"} if dice.random() < 0.1 else {}
            self.taken.append(hall.take(**choice, phone=dice.choice(PHONES), **more).id)
        elif action == "finish_next":
            hall.next(number, finish=True)
        elif action == "transfer_section":
            hall.transfer(number, section=dice.choice(["general", "house"]))
        elif action == "transfer_window":
            hall.transfer(number, to_window=dice.randint(1, 6))
        elif action == "force":
            hall.pause(number, "无人", by=MANAGER, force=True)
        elif action == "shut":
            hall.close(number, by=MANAGER, force=True)
        elif action == "clear":
            hall.write(supervising.clear_forgotten, supervising.ClearRequest(MANAGER))
        elif action == "reload":
            hall.reload(dice.choice(FILES))
        elif action == "guide":
            self.move_anyone(dice.randint(1, 6))
        elif action == "tick":
            hall.tick()
        elif action in ("cancel", "call", "phone", "return"):
            self.to_a_ticket(action, number)
        else:
            getattr(hall, action)(number)

    def move_anyone(self, number: int) -> None:
        ticket = self.some(self.dice.choice([State.WAITING, State.PARKED, State.SERVING]))
        if ticket is not None:
            target = self.dice.choice([{"to_window": number}, {"section": "house"}, {"item": "passport"}])
            self.hall.write(moving.transfer, moving.TransferRequest(MANAGER, ticket=ticket.id, **target))

    def to_a_ticket(self, action: str, number: int) -> None:
        hall = self.hall
        live = self.dice.choice([State.WAITING, State.SERVING, State.CALLED, State.PARKED])
        ticket = self.some({"return": State.NO_SHOW, "phone": live}.get(action, State.WAITING))
        if ticket is None:
            return
        if action == "cancel" and self.dice.random() < 0.3:
            hall.cancel(ticket)
        elif action == "call":
            hall.call(number, ticket)
        elif action == "phone":
            hall.change_phone(ticket, self.dice.choice(PHONES))
        elif action == "return":
            hall.come_back(ticket)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("kind", STORE_KINDS)
def test_at_random_nothing_is_lost_doubled_or_miscounted(kind: str, seed: int, tmp_path: Path) -> None:
    clock = FakeClock()
    with make_store(kind, tmp_path, clock) as store:
        crowd = Crowd(Scene(store, clock), seed)
        for turn in range(300):
            crowd.press()
            crowd.hall.check_memory(*filter(None, PHONES))
            if turn % 10 == 0:
                crowd.hall.check_counters()
            if turn == 200:
                clock.advance(24 * 60 * 60)
                crowd.hall.tick()
                crowd.hall.check_counters()
        serve_everyone(crowd)


def serve_everyone(crowd: Crowd) -> None:
    """At the end of the day every window opens and calls until nobody is left: all tickets have ended."""
    hall = crowd.hall
    for window in hall.read(lambda rx: rx.windows.all()):
        hall.write(counter.open_window, counter.WindowRequest(MANAGER, window.number))
    hall.check_counters()
    from server.journey import calling, ending

    for _ in range(len(crowd.taken) * 3):
        for number in range(1, 7):
            hall.write(calling.call_next, calling.NextRequest(MANAGER, number, True))
        for parked in hall.read(lambda rx: rx.tickets.in_states([State.PARKED])):
            hall.write(ending.cancel_ticket, ending.TicketRequest(GUIDE, parked.id))
        if not hall.read(lambda rx: rx.tickets.in_states([State.WAITING, State.CALLED, State.SERVING])):
            break
    hall.check_counters()
    ended = hall.read(lambda rx: [rx.tickets.get(i).state for i in crowd.taken])
    assert set(ended) <= {State.DONE, State.CANCELLED, State.NO_SHOW, State.EXPIRED}
    tickets = hall.read(lambda rx: [rx.tickets.get(i) for i in crowd.taken])
    numbers = [(t.business_day, t.number) for t in tickets]
    assert len(numbers) == len(set(numbers))
