"""What citizens' pages are told, how often, and how much reading that takes."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from server.domain.actor import SYSTEM
from server.journey.counter import WindowRequest, open_window
from server.journey.ending import TicketRequest, cancel_ticket
from server.journey.views import link_view
from server.realtime import phones
from server.realtime.phones import Phones
from tests.realtime.conftest import Hall
from tests.scene import Scene, small_hall
from tests.store_fixtures import HALL, FakeClock, make_store


class Told:
    """Stands where the hub stands: the pages' messages by ticket, with the second in which each was sent."""

    def __init__(self, clock: FakeClock) -> None:
        self.clock = clock
        self.messages: dict[int, list[tuple[float, dict[str, Any]]]] = {}

    def admit_phone(self, sid: str, ticket_id: int, read: Any) -> dict[str, Any]:
        self.tell_phones(ticket_id, view := read())
        return view

    def tell_phones(self, ticket_id: int, view: dict[str, Any]) -> None:
        self.messages.setdefault(ticket_id, []).append((self.clock() / 1e6, view))

    def has(self, sid: str) -> bool:
        return True


class Hands:
    """Everybody who waits holds a phone."""

    def __init__(self, scene: Scene, clock: FakeClock) -> None:
        self.scene, self.clock, self.told = scene, clock, Told(clock)
        self.reads = 0
        self.phones = Phones(scene.store, HALL, self.told, clock)  # type: ignore[arg-type]
        real = self.phones._read

        def counting(link: str) -> dict[str, Any] | None:
            self.reads += 1
            return real(link)

        self.phones._read = counting  # type: ignore[method-assign]
        self.seq = 0

    def take(self, count: int) -> list[Any]:
        taken = [self.scene.take(item="id-card") for _ in range(count)]
        for ticket in taken:
            self.phones.admit(f"sid{ticket.id}", ticket.id, ticket.link)
        self.relay()
        return taken

    def relay(self) -> None:
        events = self.scene.read(lambda rx: rx.events.after(self.seq, 500))
        if events:
            self.phones.on_events(events)
            self.seq = events[-1].seq

    def after(self, seconds: float) -> None:
        """Time passes as the pages' own task sees it."""
        for _ in range(round(seconds / phones.TICK_SECONDS)):
            self.scene.wait(phones.TICK_SECONDS)
            self.relay()
            self.phones.tell(self.clock())

    def agree(self) -> None:
        for ticket, messages in self.told.messages.items():
            link = self.scene.read(lambda rx, ticket=ticket: rx.tickets.get(ticket).link)
            assert messages[-1][1] == self.scene.read(link_view, link)
            times = [at for at, _ in messages]
            assert all(later - sooner >= 3 for sooner, later in itertools.pairwise(times)), times


@pytest.fixture
def hands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hands]:
    monkeypatch.setattr(phones, "AT_LEAST_EVERY", 0.0)  # the lines are read whenever they moved
    clock = FakeClock()
    with make_store("sqlite", tmp_path, clock) as store:
        yield Hands(Scene(store, clock), clock)


def test_after_a_rush_every_page_says_what_the_hall_says_and_no_page_was_hurried(hands: Hands) -> None:
    hands.scene.open(1, 2)
    hands.take(30)
    for turn in range(8):
        hands.scene.next(1 + turn % 2, finish=True)
        hands.after(1.1)
    hands.scene.drain(1)
    hands.after(7)
    hands.agree()


def test_what_others_do_is_worked_out_and_not_read_for_each_page(hands: Hands) -> None:
    hands.scene.open(1, 2)
    hands.take(40)
    hands.after(7)
    hands.reads = 0
    hands.scene.next(1)
    hands.after(7)
    assert hands.reads <= 2, "only the one who was called"
    assert sum(len(messages) > 1 for messages in hands.told.messages.values()) >= 39
    hands.agree()


def test_a_new_hall_file_reaches_every_page(hands: Hands) -> None:
    hands.scene.open(1)
    hands.take(5)
    hands.after(4)
    file = small_hall()
    hands.scene.reload(small_hall(hall={**file.hall.model_dump(), "name": "改名大厅"}))
    hands.after(7)
    assert {messages[-1][1]["hall"] for messages in hands.told.messages.values()} == {"改名大厅"}


def test_pages_of_one_moment_are_told_spread_over_the_seconds(hands: Hands) -> None:
    hands.scene.open(1)
    hands.take(60)
    hands.after(3.5)
    for _ in range(3):
        hands.scene.next(1, finish=True)
        hands.after(3)
    last = [messages[-1][0] for messages in hands.told.messages.values()]
    at_once = max(last.count(at) for at in last)
    assert at_once <= 4, "a wall never waits behind many pages"


def test_real_pages_of_a_moving_line_end_with_the_truth(hall: Hall) -> None:
    section = hall.app.hall.sections[0].id
    hall.do(
        open_window,
        WindowRequest(by=SYSTEM, window=next(w.number for w in hall.app.hall.windows if section in w.sections)),
    )
    people = hall.take(8)
    pages = [hall.screen(link=person.link).connect() for person in people[4:]]
    for page in pages:
        page.until(lambda s: s.bodies("ticket"))
    for person in people[:3]:
        hall.do(cancel_ticket, TicketRequest(by=SYSTEM, ticket=person.id))
    for person, page in zip(people[4:], pages, strict=True):
        truth = hall.app.store.read(hall.app.hall_id, link_view, person.link)
        page.until(lambda s, truth=truth: s.bodies("ticket")[-1] == truth, 10)
        page.close()
