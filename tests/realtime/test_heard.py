"""A call that no wall showed is announced once more, then told to the manager."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from server.app import _tell
from server.domain.actor import SYSTEM, Role
from server.domain.units import SECOND
from server.journey.announcing import Unheard, report_unheard
from server.journey.calling import NextRequest, call_next
from server.journey.counter import WindowRequest, open_window
from server.journey.hall_views import manager_view
from server.realtime.heard import Heard
from server.realtime.hub import Hub, Member
from server.realtime.wire import Message
from server.store.events import Event
from tests.realtime.conftest import Hall
from tests.scene import Scene, small_hall
from tests.store_fixtures import HALL, FakeClock, make_store

EAST_WEST = [
    {"id": "east", "name": "东区"},
    {"id": "west", "name": "西区", "voice": "silent"},
]


class Wire:
    """Stands where the sockets stand: keeps what was sent, to whom."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, str, int]] = []

    def line(self, sid: str) -> str:
        return sid

    def send(self, lines: Iterable[str], messages: Sequence[Message]) -> None:
        for line in lines:
            for message in messages:
                name, body = json.loads(message.packet.data.partition(",")[2])
                self.sent.append((name, line, body["seq"]))

    def hang_up(self, sid: str) -> None:
        raise AssertionError("nobody is turned out here")


class Listening:
    """A hall of two areas (windows 1–3 east, the others west) whose calls are followed."""

    def __init__(self, scene: Scene, clock: FakeClock) -> None:
        self.scene, self.wire = scene, Wire()
        self.hub = Hub(self.wire)
        self.heard = Heard(scene.store, HALL, self.hub, clock)
        self.again: list[str] = []
        self.heard.on_again.append(lambda event, area: self.again.append(f"{event.data['number']} {area.id}"))
        self.seq = scene.read(lambda rx: rx.events.last_seq())

    def wall(self, sid: str, area: str) -> None:
        self.hub.add(Member(sid, "device", frozenset({Role.DISPLAY})))
        self.heard.joined(sid, area)

    def relay(self) -> int:
        """What was committed reaches the listeners; the newest seq."""
        events = self.scene.read(lambda rx: rx.events.after(self.seq, 500))
        if events:
            self.heard.on_events(events)
            self.seq = events[-1].seq
        return self.seq

    def call(self, window: int) -> int:
        """The seq of the call."""
        self.scene.take("house" if window == 4 else "general")
        self.scene.next(window, finish=True)
        self.relay()
        called = self.scene.read(lambda rx: [e for e in rx.events.after(0, 500) if e.type == "ticket.called"])
        return int(called[-1].seq)

    def after(self, seconds: float) -> None:
        self.scene.wait(seconds)
        self.heard.tick()
        self.relay()

    def alarms(self) -> list[str]:
        return [alarm["zh"] for alarm in self.scene.read(manager_view)["alarms"] if alarm["kind"] == "unheard"]


def two_areas() -> Any:
    file = small_hall(areas=EAST_WEST)
    windows = [w.model_copy(update={"area": "east" if w.number <= 3 else "west"}) for w in file.windows]
    return file.model_copy(update={"windows": windows})


@pytest.fixture
def listening(tmp_path: Path) -> Iterator[Listening]:
    clock = FakeClock()
    with make_store("sqlite", tmp_path, clock) as store:
        scene = Scene(store, clock, two_areas())
        scene.open(1, 4)
        yield Listening(scene, clock)


def test_a_call_that_a_wall_of_its_area_shows_needs_nothing_more(listening: Listening) -> None:
    listening.wall("e", "east")
    listening.heard.shown("e", [listening.call(1)])
    for _ in range(4):
        listening.after(5)
    assert (listening.wire.sent, listening.again, listening.alarms()) == ([], [], [])


def test_an_unanswered_call_is_announced_once_more_to_the_walls_of_its_area_then_reported(listening: Listening) -> None:
    for sid, area in (("e", "east"), ("w", "west"), ("all", "")):
        listening.wall(sid, area)
    seq = listening.call(1)
    listening.after(4.9)
    assert listening.wire.sent == []
    listening.after(0.2)
    assert sorted(listening.wire.sent) == [("again", "all", seq), ("again", "e", seq)]
    assert listening.again == ["A001 east"]
    listening.after(4.9)
    assert listening.alarms() == []
    listening.after(0.2)
    assert listening.alarms() == ["东区的大屏没有显示叫号（A001 到1号窗口）：请去看屏幕，其间请人工叫号"]
    assert len(listening.wire.sent) == 2, "announced again once, not for ever"


def test_the_repetition_is_answered_and_nobody_is_alarmed(listening: Listening) -> None:
    listening.wall("e", "east")
    seq = listening.call(1)
    listening.after(5.1)
    listening.heard.shown("e", [seq])
    listening.after(6)
    assert listening.alarms() == []


def test_a_wall_of_another_area_does_not_answer_for_this_one_and_one_of_all_areas_does(listening: Listening) -> None:
    listening.wall("w", "west")
    seq = listening.call(1)
    listening.heard.shown("w", [seq])
    listening.after(5.1)
    assert listening.again == ["A001 east"]
    listening.wall("all", "")
    listening.heard.shown("all", [seq])
    listening.after(6)
    assert listening.alarms() == []


def test_without_any_screen_the_alarm_says_so_once_an_area_and_ends_when_one_shows_calls(listening: Listening) -> None:
    for _ in range(3):
        listening.call(1)
        listening.after(5.1)
        listening.after(5.1)
    listening.call(4)
    listening.after(5.1)
    listening.after(5.1)
    east, west = sorted(listening.alarms())
    assert east.startswith("东区没有连接的大屏，A001 到1号窗口的叫号无人看到")
    assert west.startswith("西区没有连接的大屏，B001")
    listening.wall("e", "east")
    listening.after(1)
    assert len(listening.alarms()) == 2, "connected is not shown yet"
    listening.heard.shown("e", [])
    listening.after(1)
    assert listening.alarms() == [west]
    listening.call(1)
    listening.after(5.1)
    listening.after(5.1)
    assert len(listening.alarms()) == 2, "a screen that falls silent again is reported again"


def test_who_has_come_to_the_window_is_not_announced_again_but_the_dead_screen_is_told(listening: Listening) -> None:
    listening.call(1)
    listening.scene.start(1)
    listening.relay()
    listening.after(5.1)
    assert listening.again == []
    listening.after(5.1)
    assert len(listening.alarms()) == 1


def test_an_answer_given_to_another_instance_counts_even_when_it_comes_before_the_call(listening: Listening) -> None:
    first = listening.call(1)
    listening.heard.others_said("two", {"shown": [first], "area": "east"})
    listening.scene.take("general")
    listening.scene.next(1, finish=True)
    coming = listening.scene.read(lambda rx: [e.seq for e in rx.events.after(0, 500) if e.type == "ticket.called"])[-1]
    listening.heard.others_said("two", {"shown": [coming], "area": ""})
    listening.relay()
    listening.after(6)
    listening.after(6)
    assert (listening.again, listening.alarms()) == ([], [])


def test_what_is_answered_here_is_told_to_the_other_instances_once(listening: Listening) -> None:
    told: list[dict[str, Any]] = []
    listening.heard.say = told.append
    for sid in ("one", "two", "three"):
        listening.wall(sid, "east")
    seq = listening.call(1)
    for sid in ("one", "two", "three"):
        listening.heard.shown(sid, [seq])
    assert told == [{"shown": [seq], "area": "east"}]
    listening.heard.tick()
    assert told[1:] == [{"walls": {"east": 3}}]


def test_walls_of_another_instance_are_counted_until_it_is_silent(listening: Listening) -> None:
    listening.heard.others_said("two", {"walls": {"east": 2, "": 1}})
    file = two_areas()
    assert [(p.area.id, p.walls) for p in listening.heard.presence(file)] == [("east", 3), ("west", 1)]
    listening.scene.wait(31)
    assert [p.walls for p in listening.heard.presence(file)] == [0, 0]


def test_a_restored_database_forgets_the_calls_of_the_lost_time(listening: Listening) -> None:
    listening.call(1)
    listening.heard.on_events([])
    listening.after(5.1)
    listening.after(5.1)
    assert (listening.again, listening.alarms()) == ([], [])


def test_an_answer_from_before_a_restore_is_no_answer_to_the_call_that_gets_its_seq(listening: Listening) -> None:
    coming = listening.call(1) + 4  # finished, taken, planned, called
    listening.heard.others_said("two", {"shown": list(range(coming - 4, coming + 20)), "area": ""})
    listening.heard.on_events([])
    listening.call(1)
    listening.after(5.1)
    assert listening.again == ["A002 east"]


def test_after_a_restore_and_after_a_start_the_alarms_are_those_of_the_database(listening: Listening) -> None:
    listening.scene.store.write(HALL, report_unheard, Unheard("east", "东区", "A009", 1, 0))
    listening.scene.store.write(HALL, report_unheard, Unheard("north", "北区", "A008", 1, 0))
    listening.relay()
    listening.heard._alarmed = {"west"}  # of the time that was undone
    listening.heard.on_events([])
    listening.after(0)
    assert [words[:2] for words in listening.alarms()] == ["东区"], "nobody answers for an area that is no more"
    listening.wall("e", "east")
    listening.heard.shown("e", [])
    listening.after(0)
    assert listening.alarms() == []
    listening.call(4)
    listening.after(5.1)
    listening.after(5.1)
    assert [words[:2] for words in listening.alarms()] == ["西区"]


def test_two_hundred_walls_answering_a_call_write_nothing(listening: Listening) -> None:
    for number in range(200):
        listening.wall(f"wall-{number}", "")
    seq = listening.call(1)
    before = listening.scene.read(lambda rx: rx.hall.seq)
    for number in range(200):
        listening.heard.shown(f"wall-{number}", [seq])
    listening.after(11)
    assert listening.scene.read(lambda rx: rx.hall.seq) == before


def test_a_listener_that_fails_keeps_the_news_from_no_other() -> None:
    got: list[list[Event]] = []
    _tell([lambda events: 1 / 0, got.append], [])  # type: ignore[list-item,func-returns-value]
    assert got == [[]]


def test_over_real_sockets_a_silent_wall_hears_the_call_again_and_an_answering_one_ends_the_alarm(hall: Hall) -> None:
    window = next(w for w in hall.app.hall.windows if hall.app.hall.sections[0].id in w.sections)
    hall.do(open_window, WindowRequest(by=SYSTEM, window=window.number))
    token = hall.token()
    with hall.screen(token=token, area=window.area) as wall, hall.screen(token=token) as other:
        wall.until(lambda s: s.bodies("snapshot"))
        other.until(lambda s: s.bodies("snapshot"))
        hall.take()
        hall.do(call_next, NextRequest(SYSTEM, window.number))
        wall.until(lambda s: any(e["type"] == "ticket.called" for e in s.bodies("event")))
        call = next(e for e in wall.bodies("event") if e["type"] == "ticket.called")
        later(hall)
        wall.until(lambda s: s.bodies("again"))
        assert wall.bodies("again") == [call]
        later(hall)
        wall.until(lambda s: any(e["type"] == "alarm.raised" for e in s.bodies("event")))
        wall.client.emit("shown", {"seqs": [call["seq"]]}, namespace="/hall")
        wall.until(lambda s: any(e["type"] == "alarm.cleared" for e in s.bodies("event")))
        for nonsense in (None, 7, {"seqs": "x"}, {"seqs": [None, True, "1", 2.5]}):
            wall.client.emit("shown", nonsense, namespace="/hall")
        assert not other.bodies("again"), "only walls are asked to show it again"


def later(hall: Hall) -> None:
    """Five seconds pass; the task that follows calls would look by itself, only later."""
    hall.ahead += 6 * SECOND
    hall.app.heard.tick()
