"""The hall's wall: what is called is seen at once, once, and nothing old as new."""

from __future__ import annotations

import itertools
import re
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.quick_hall import quick_hall
from tests.browser.walls import HEIGHT, WIDTH, OpenPage, call, take
from tests.support.server import HallServer


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HallServer]:
    server = quick_hall(tmp_path_factory.mktemp("wall-hall")).start()
    for window in (1, 2, 11, 18):
        server.signed_in(f"clerk{window}").do(f"/windows/{window}/open")
    yield server
    server.stop()


@pytest.fixture
def wall(hall: HallServer, open_page: OpenPage) -> Any:
    page = open_page(hall.url + "/display", WIDTH, HEIGHT, sign_in=(hall, "display"))
    page.wait_for_selector("[data-panel]")
    page.wait_for_selector("[data-waiting]")
    return page


def panel(page: Any) -> tuple[str | None, str | None]:
    shown = page.locator("[data-panel]")
    return shown.get_attribute("data-number"), shown.get_attribute("data-fresh")


def record_panel(page: Any) -> None:
    """From now on note every number the panel shows and whether it flashed, with the time."""
    page.evaluate("""() => {
        window.seen = [];
        const look = () => {
            const panel = document.querySelector('[data-panel]');
            const now = [panel.dataset.number ?? null, panel.dataset.fresh ?? null];
            const last = window.seen.at(-1);
            if (!last || last[0] !== now[0] || last[1] !== now[1]) window.seen.push([...now, performance.now()]);
            requestAnimationFrame(look);
        };
        look();
    }""")


def numbers(page: Any) -> list[str]:
    found = page.eval_on_selector_all("[data-call]", "rows => rows.map(row => row.dataset.call)")
    return [str(number) for number in found]


def test_a_call_is_on_the_wall_within_a_second_large_and_flashing(hall: HallServer, wall: Any) -> None:
    number = take(hall, "property")
    assert call(hall, 11) == number
    wall.wait_for_selector(f'[data-panel][data-number="{number}"][data-fresh="true"]', timeout=1_000)
    box = wall.locator("[data-panel]").bounding_box()
    assert box["height"] >= HEIGHT / 3
    assert "请到 11 号窗口办理" in wall.inner_text("[data-panel]")
    assert wall.evaluate("getComputedStyle(document.querySelector('[data-panel]')).animationName") == "flash"
    assert numbers(wall)[0] == number


def luminance(colour: str) -> float:
    """Relative luminance of "rgb(r, g, b)" (WCAG 2)."""
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_the_number_can_be_read_in_both_halves_of_the_flash(hall: HallServer, wall: Any) -> None:
    number = take(hall, "property")
    call(hall, 11)
    wall.wait_for_selector(f'[data-panel][data-number="{number}"][data-fresh="true"]', timeout=1_000)
    seen = wall.evaluate("""() => new Promise((done) => {
        const seen = new Set(), began = performance.now();
        const look = () => {
            const ground = getComputedStyle(document.querySelector('[data-panel]')).backgroundColor;
            for (const ink of document.querySelectorAll('.panel-number, .panel-window b, .panel-please')) {
                seen.add(ground + '|' + getComputedStyle(ink).color);
            }
            if (performance.now() - began < 1300) requestAnimationFrame(look); else done([...seen]);
        };
        look();
    })""")
    grounds = {pair.split("|")[0] for pair in seen}
    assert len(grounds) == 2
    for pair in seen:
        darker, lighter = sorted(luminance(colour) for colour in pair.split("|"))
        assert (lighter + 0.05) / (darker + 0.05) >= 4.5, pair


def test_two_calls_in_one_second_are_shown_one_after_the_other(hall: HallServer, wall: Any) -> None:
    wanted = {take(hall, "investment"), take(hall, "investment")}
    record_panel(wall)
    ringing = [threading.Thread(target=call, args=(hall, window)) for window in (1, 2)]
    for one in ringing:
        one.start()
    for one in ringing:
        one.join()
    wall.wait_for_function(
        "wanted => wanted.every(number => window.seen.some(([shown]) => shown === number))",
        arg=sorted(wanted),
        timeout=8_000,
    )
    assert set(numbers(wall)[:2]) == wanted, "the list changes at once"
    shown = [(number, at) for number, fresh, at in wall.evaluate("window.seen") if number in wanted and fresh == "true"]
    assert len(shown) == 2, "each has its turn, once"
    assert shown[1][1] - shown[0][1] >= 3_500, "the first stays long enough to be read"


def test_a_recalled_number_flashes_again_and_says_so(hall: HallServer, wall: Any) -> None:
    number = take(hall, "police")
    call(hall, 18)
    wall.wait_for_selector(f'[data-panel][data-number="{number}"]')
    wall.wait_for_timeout(1_100)
    record_panel(wall)
    key = wall.evaluate("document.querySelector('[data-panel]').textContent")
    hall.signed_in("clerk18").do("/windows/18/recall")
    wall.wait_for_selector(".again", timeout=3_000)
    assert "再次呼叫" in wall.inner_text("[data-panel]") and "再次呼叫" not in key


def test_a_missed_call_moves_to_the_missed_list_and_back_when_they_return(hall: HallServer, wall: Any) -> None:
    clerk = hall.signed_in("clerk18")
    number = take(hall, "police")
    ticket = clerk.do("/windows/18/next", {"finish": True})
    assert ticket["number"] == number
    wall.wait_for_timeout(1_100)
    clerk.do("/windows/18/recall")
    wall.wait_for_timeout(1_100)
    clerk.do("/windows/18/no-show")
    wall.wait_for_selector(f'[data-missed="{number}"]', timeout=2_000)
    assert number not in numbers(wall)
    assert panel(wall)[0] != number
    hall.signed_in("guide").do(f"/tickets/{ticket['id']}/return")
    wall.wait_for_selector(f'[data-missed="{number}"]', state="detached", timeout=2_000)


def test_a_reconnecting_wall_catches_up_exactly_and_shows_no_old_call_as_new(hall: HallServer, wall: Any) -> None:
    wall.context.set_offline(True)
    wall.wait_for_selector("[data-lost]", timeout=10_000)
    assert re.search(r"连接中断\s*自 \d\d:\d\d:\d\d 起", wall.inner_text("[data-lost]"))
    for _ in range(3):
        take(hall, "property")
    missed = [call(hall, 11), call(hall, 11)]
    hall.signed_in("clerk11").do("/windows/11/start")  # else it would be announced again, as no wall has shown it
    record_panel(wall)
    wall.context.set_offline(False)
    wall.wait_for_selector("[data-lost]", state="detached", timeout=15_000)
    wall.wait_for_selector(f'[data-call="{missed[1]}"]', timeout=3_000)
    wall.wait_for_timeout(1_000)
    assert panel(wall) == (missed[1], "false"), "shown, but calmly"
    assert not [one for one in wall.evaluate("window.seen") if one[0] in missed and one[1] == "true"]
    agrees_with_the_hall(hall, wall)
    fresh = call(hall, 11)
    wall.wait_for_selector(f'[data-panel][data-number="{fresh}"][data-fresh="true"]', timeout=3_000)


def test_a_wall_switched_on_late_shows_the_board_without_flashing(
    hall: HallServer, wall: Any, open_page: OpenPage
) -> None:
    take(hall, "property")
    number = call(hall, 11)
    wall.wait_for_selector(f'[data-panel][data-number="{number}"]')  # it answers: no other wall need announce it again
    page = open_page(hall.url + "/display", WIDTH, HEIGHT, sign_in=(hall, "display"))
    page.wait_for_selector("[data-call]")
    assert panel(page) == (number, "false")
    agrees_with_the_hall(hall, page)


def agrees_with_the_hall(hall: HallServer, page: Any) -> None:
    """What the wall shows is what GET /board says."""
    page.wait_for_selector("[data-waiting]")
    board = hall.board()
    assert numbers(page) == [one["number"] for one in board["calls"]][:5]
    for section, waiting in board["waiting"].items():
        assert page.inner_text(f'[data-waiting="{section}"] b') == str(waiting), section
    shown = page.eval_on_selector_all("[data-missed]", "rows => rows.map(row => row.dataset.missed)")
    assert shown == [one["number"] for one in board["no_shows"]][:12]


def test_the_wall_counts_right_through_transfers_cancellations_and_pauses(hall: HallServer, wall: Any) -> None:
    manager = hall.signed_in("manager")
    ids = [hall.signed_in("kiosk").do("/tickets", {"section": "property"})["id"] for _ in range(3)]
    manager.do(f"/tickets/{ids[0]}/transfer", {"section": "police"})
    manager.do(f"/tickets/{ids[1]}/cancel")
    call(hall, 11)
    hall.signed_in("clerk11").do("/windows/11/transfer", {"section": "police"})
    for step, body in (("open", {}), ("pause", {"reason": "系统故障"}), ("open", {}), ("close", {})):
        hall.signed_in("clerk3").do(f"/windows/3/{step}", body)
    wall.wait_for_timeout(800)
    agrees_with_the_hall(hall, wall)


def test_a_stop_is_told_in_its_own_sentence_and_nothing_personal_is_on_the_wall(hall: HallServer, wall: Any) -> None:
    manager = hall.signed_in("manager")
    take(hall, "property", phone="13812345678")
    call(hall, 11)
    manager.do("/manage/stop-issuing", {"message_zh": "系统故障暂停取号，请稍候。", "message_en": "System fault."})
    wall.wait_for_selector("[data-stop]", timeout=2_000)
    said = wall.inner_text("[data-stop]")
    assert "全部板块暂停取号" in said and "系统故障暂停取号，请稍候。" in said
    assert "138" not in wall.inner_text("#wall") and "5678" not in wall.inner_text("#wall")
    manager.do("/manage/resume-issuing", {})
    wall.wait_for_selector("[data-stop]", state="detached", timeout=2_000)


def test_a_wall_of_one_area_shows_only_its_windows(hall: HallServer, open_page: OpenPage) -> None:
    page = open_page(hall.url + "/display?area=south", WIDTH, HEIGHT, sign_in=(hall, "display"))
    page.wait_for_selector("[data-waiting]")
    take(hall, "property")
    take(hall, "police")
    elsewhere = call(hall, 11)
    page.wait_for_timeout(700)
    assert elsewhere not in numbers(page)
    here = call(hall, 18)
    page.wait_for_selector(f'[data-panel][data-number="{here}"][data-fresh="true"]', timeout=3_000)
    shown = page.eval_on_selector_all("[data-waiting]", "rows => rows.map(row => row.dataset.waiting)")
    assert "police" in shown and "property" not in shown


def test_a_backlog_shortens_the_turns_and_a_call_older_than_twenty_seconds_is_only_just_shown(wall: Any) -> None:
    seen = wall.evaluate("""async () => {
        const { Panel } = await import('/static/display/panel.js');
        let now = 1_000_000;
        const panel = new Panel(() => now);
        const call = (id, at = now) => ({ id, number: `A${id}`, window: id, at: new Date(at).toISOString() });
        panel.push(call(11, now - 61_000));
        panel.push(call(10, now - 20_500));
        for (let id = 1; id <= 9; id += 1) panel.push(call(id));
        const shown = [];
        for (const end = now + 40_000; now < end; now += 100) {
            panel.tick();
            if (shown.at(-1)?.[0] !== panel.shown.call.id) shown.push([panel.shown.call.id, now]);
        }
        return shown;
    }""")
    order = [number for number, _ in seen]
    turns = [later[1] - earlier[1] for earlier, later in itertools.pairwise(seen)]
    assert order == [10, *range(1, 10)], "in the order of calling, without what is a minute old"
    assert 1_400 <= turns[0] <= 1_600
    turns = turns[1:]
    assert min(turns) >= 1_500 and max(turns) <= 4_100
    assert seen[-1][1] - seen[1][1] <= 20_000, "a burst is shown before it is old"


def test_a_missed_call_leaves_room_for_an_older_one_and_takes_no_turn_from_a_new_one(
    hall: HallServer, wall: Any
) -> None:
    clerk = hall.signed_in("clerk18")
    for _ in range(7):
        take(hall, "police")
        missing = call(hall, 18)
    take(hall, "property")
    take(hall, "property")
    wall.wait_for_timeout(1_100)
    clerk.do("/windows/18/recall")
    wall.wait_for_timeout(1_100)
    first, second = call(hall, 11), call(hall, 11)
    clerk.do("/windows/18/no-show")
    assert missing not in (first, second)
    wall.wait_for_selector(f'[data-panel][data-number="{second}"][data-fresh="true"]', timeout=9_000)
    agrees_with_the_hall(hall, wall)
    assert len(numbers(wall)) == 5
