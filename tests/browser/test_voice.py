"""The wall speaks: in order, once for each, and never so that a missing sound holds up a call."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.quick_hall import quick_hall
from tests.browser.walls import HEIGHT, WIDTH, Ear, OpenPage, call, take
from tests.conftest import cannot
from tests.support.server import ROOT, HallServer

SHORT = {"chime": 0.2, "zh": 0.5, "en": 0.4}


def short(path: str) -> float:
    return SHORT["chime" if "chime" in path else path.split("/")[2]]


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HallServer]:
    server = quick_hall(tmp_path_factory.mktemp("voice-hall")).start()
    for window in (1, 2, 3, 11, 18):
        server.signed_in(f"clerk{window}").do(f"/windows/{window}/open")
    yield server
    server.stop()


@pytest.fixture
def wall(hall: HallServer, open_page: OpenPage) -> Any:
    """A page that has not opened the wall yet."""
    return open_page("about:blank", WIDTH, HEIGHT, sign_in=(hall, "display"))


def shows(wall: Any, number: str) -> None:
    wall.wait_for_selector(f'[data-panel][data-number="{number}"][data-fresh="true"]', timeout=3_000)


def test_the_page_follows_the_halls_own_table_of_turns(hall: HallServer, wall: Any) -> None:
    wall.goto(hall.url + "/sign-in")
    cases = json.loads((ROOT / "tests/data/turns.json").read_text())
    said = wall.evaluate(
        """async (cases) => {
            const { turn } = await import('/static/display/turns.js');
            return cases.map(({ waiting, age, repeat, english, fresh }) =>
                turn(waiting, age, { repeat, english, fresh_seconds: fresh }));
        }""",
        cases,
    )
    assert said == [{"zh": case["zh"], "en": case["en"]} for case in cases]


def test_after_a_tap_a_call_is_spoken_twice_then_in_english_while_the_panel_shows_it(
    hall: HallServer, wall: Any
) -> None:
    ear = Ear(wall, hall.url + "/display", short)
    ear.switch_on()
    number = take(hall, "police")
    call(hall, 18)
    shows(wall, number)
    assert ear.until_heard(4) == ["chime", f"zh {number} 18", f"zh {number} 18", f"en {number} 18"]
    for entry in ear.entries():
        assert entry["panel"] == entry["panelAfter"] == number
        assert entry["played"] >= 0.19, "played to its end"
    assert sorted(ear.asked) == ["/voice/chime.wav", f"/voice/en/{number}/18.wav", f"/voice/zh/{number}/18.wav"]


def test_the_halls_own_voice_is_heard_and_the_wall_is_on_the_health_page(
    hall: HallServer, wall: Any, open_page: OpenPage
) -> None:
    number = take(hall, "police")
    display = hall.signed_in("display")
    if display.get(f"!/voice/zh/{number}/18.wav").status_code == 503:
        cannot("no engine speaks Mandarin")
    ear = Ear(wall, hall.url + "/display", None)
    ear.switch_on()
    assert call(hall, 18) == number
    assert ear.until_heard(2, 12)[:2] == ["chime", f"zh {number} 18"]
    assert ear.entries()[1]["played"] > 1, "a sentence takes longer than a second"
    health = open_page(hall.url + "/health", 1366, 768, sign_in=(hall, "manager")).inner_text("body")
    assert re.search(r"大屏：南区（公安与自然人事项）[^大]*\d+ 块已连接", health)


def test_a_backlog_is_spoken_once_each_in_mandarin_in_the_order_of_calling(hall: HallServer, wall: Any) -> None:
    ear = Ear(wall, hall.url + "/display", short)
    ear.switch_on()
    for _ in range(3):
        take(hall, "investment")
    numbers = [call(hall, window) for window in (1, 2, 3)]
    spoken = [said for said in ear.until_heard(8, 20) if said != "chime"]
    assert spoken[:2] == [f"zh {numbers[0]} 1", f"zh {numbers[1]} 2"]
    assert spoken[2].startswith(f"zh {numbers[2]} 3"), "nobody waits behind the last: it is said in full"
    assert not [said for said in spoken if said.startswith("en") and numbers[2] not in said]
    panels = [entry["panel"] for entry in ear.entries() if "/zh/" in entry["name"]]
    assert panels[:3] == numbers, "the panel shows each while it is spoken"


def test_a_silent_area_flashes_longer_and_delays_no_spoken_call(hall: HallServer, wall: Any) -> None:
    ear = Ear(wall, hall.url + "/display", short)
    ear.switch_on()
    quiet, loud = take(hall, "property"), take(hall, "police")
    call(hall, 11)
    shows(wall, quiet)
    times = "one => getComputedStyle(one).animationIterationCount"
    assert wall.eval_on_selector(f'[data-number="{quiet}"]', times) == "12"
    call(hall, 18)
    wall.wait_for_selector(f'[data-panel][data-number="{loud}"]', timeout=1_500)
    assert wall.locator(f'[data-panel][data-number="{quiet}"]').count() == 1, "both have their turn, side by side"
    assert wall.eval_on_selector(f'[data-number="{loud}"]', times) == "4"
    said = ear.until_heard(2)
    assert said[1] == f"zh {loud} 18"
    assert not [path for path in ear.asked if quiet in path], "nothing is fetched for a silent area"


def test_without_an_engine_there_is_a_chime_and_the_next_call_is_not_held_up(hall: HallServer, wall: Any) -> None:
    ear = Ear(wall, hall.url + "/display", lambda path: 0.2 if "chime" in path else 503)
    ear.switch_on()
    take(hall, "investment")
    take(hall, "investment")
    first, second = call(hall, 1), call(hall, 2)
    shows(wall, first)
    wall.wait_for_selector(f'[data-panel][data-number="{second}"]', timeout=6_000)
    assert ear.until_heard(2) == ["chime", "chime"]


def test_recordings_that_never_come_are_replaced_by_the_chime_in_two_seconds(hall: HallServer, wall: Any) -> None:
    ear = Ear(wall, hall.url + "/display", lambda path: None)
    ear.switch_on()
    take(hall, "investment")
    number = call(hall, 1)
    assert ear.until_heard(1, 6) == ["own chime"]
    assert ear.entries()[0]["panel"] == number


def test_who_has_come_to_the_window_before_the_turn_is_shown_but_not_called_out(hall: HallServer, wall: Any) -> None:
    ear = Ear(wall, hall.url + "/display", short)
    ear.switch_on()
    take(hall, "police")
    take(hall, "investment")
    first = call(hall, 18)
    second = call(hall, 1)
    hall.signed_in("clerk1").do("/windows/1/start")
    wall.wait_for_selector(f'[data-panel][data-number="{second}"]', timeout=8_000)
    wall.wait_for_timeout(700)
    assert {said.split(" ")[1] for said in ear.heard() if said != "chime"} == {first}


def test_a_second_wall_in_the_room_is_muted_with_m_and_stays_so(hall: HallServer, wall: Any) -> None:
    ear = Ear(wall, hall.url + "/display", short)
    ear.switch_on()
    wall.keyboard.press("m")
    wall.wait_for_selector("[data-sound=off]", timeout=1_000)
    wall.reload()
    wall.wait_for_selector("[data-sound=off]", timeout=4_000)
    ear.asked.clear()
    number = take(hall, "police")
    call(hall, 18)
    shows(wall, number)
    wall.wait_for_timeout(600)
    assert (ear.asked, ear.heard()) == ([], [])
    wall.keyboard.press("m")
    wall.wait_for_selector("[data-sound]", state="detached", timeout=2_000)
    wall.goto(hall.url + "/display?voice=off")
    wall.wait_for_selector("[data-sound=off]", timeout=4_000)


def test_a_wall_says_which_calls_it_shows_and_the_manager_is_not_alarmed(hall: HallServer, wall: Any) -> None:
    sent: list[str] = []
    wall.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(str(frame))))
    wall.goto(hall.url + "/display")
    wall.wait_for_selector("[data-waiting]")
    number = take(hall, "police")
    call(hall, 18)
    shows(wall, number)
    wall.wait_for_timeout(2_700)
    seqs = [json.loads(frame.split(",", 1)[1])[1]["seqs"] for frame in sent if '"shown"' in frame]
    assert 1 <= len(seqs) <= 3 and any(seqs), seqs


def test_a_call_this_wall_missed_is_announced_when_nobody_has_answered_for_it(hall: HallServer, wall: Any) -> None:
    wall.goto(hall.url + "/display")
    wall.wait_for_selector("[data-waiting]")
    take(hall, "police")
    wall.context.set_offline(True)
    number = call(hall, 18)
    wall.context.set_offline(False)
    wall.wait_for_selector(f'[data-call="{number}"]', timeout=6_000)
    wall.wait_for_selector(f'[data-panel][data-number="{number}"][data-fresh="true"]', timeout=8_000)
