"""The evaluation pad in a real browser: five equal buttons in the hall's order, and no tap is no rating."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from server.access.first_start import CLERK_NAMES
from tests.browser.test_readable import faults
from tests.support.server import HallServer

WIDTH, HEIGHT = 1280, 800
ORDER = ["非常满意", "满意", "基本满意", "不满意", "非常不满意"]
BOX = "e => { const r = e.getBoundingClientRect(); return [r.x, r.y, r.width, r.height] }"


@pytest.fixture(scope="module")
def windows() -> Iterator[int]:
    """Windows that no other file uses and that serve a whole section."""
    return itertools.count(4)


@pytest.fixture
def window(hall_server: HallServer, windows: Iterator[int]) -> int:
    """A window of this test's own, open: what one left unrated, the next one's pad would ask about for half a minute."""
    number = next(windows)
    hall_server.signed_in(f"clerk{number}").do(f"/windows/{number}/open")
    return number


@pytest.fixture
def pad(hall_server: HallServer, window: int, open_page: Callable[..., Any]) -> Any:
    page = open_page(f"{hall_server.url}/pad?window={window}", WIDTH, HEIGHT, sign_in=(hall_server, "pad"))
    page.locator("[data-view=rest]").wait_for()
    return page


def serve(hall: HallServer, window: int) -> dict[str, Any]:
    """Somebody is served at the window; the ticket, with the citizen's own link."""
    clerk, guide = hall.signed_in(f"clerk{window}"), hall.signed_in("guide")
    section = clerk.read(f"/windows/{window}")["window"]["sections"][0]
    ticket = guide.do("/tickets", {"section": section})
    clerk.do(f"/windows/{window}/call", {"ticket": ticket["id"], "reason": "测试"})
    clerk.do(f"/windows/{window}/finish")
    return dict(ticket)


def said(hall: HallServer, ticket: dict[str, Any]) -> Any:
    return hall.api.read("/links/" + ticket["link"].rsplit("/", 1)[1])["evaluation"]


def test_the_five_buttons_are_equal_and_in_the_fixed_order(hall_server: HallServer, window: int, pad: Any) -> None:
    ticket = serve(hall_server, window)
    pad.locator("[data-view=ask]").wait_for()
    assert pad.locator(".about [data-clerk]").inner_text() == CLERK_NAMES[window - 1]
    assert ticket["section_name"] in pad.locator(".about [data-item]").inner_text()
    assert pad.locator(".score-zh").all_inner_texts() == ORDER
    boxes = [one.evaluate(BOX) for one in pad.locator(".score").all()]
    widths, heights, tops = ({round(box[i]) for box in boxes} for i in (2, 3, 1))
    assert len(heights) == len(tops) == 1 and max(widths) - min(widths) <= 1
    assert min(widths) >= 200 and min(heights) >= 200, "an unsteady hand must hit it"
    assert [box[0] for box in boxes] == sorted(box[0] for box in boxes)
    looks = {
        one.evaluate(
            "e => { const s = getComputedStyle(e); return [s.color, s.backgroundColor, s.borderColor].join() }"
        )
        for one in pad.locator(".score").all()
    }
    assert len(looks) == 1, "no colour pushes"
    assert pad.evaluate("document.activeElement === document.body"), "nothing is chosen beforehand"
    assert faults(pad) == []
    pad.click("[data-score='4']")
    pad.locator("[data-view=thanks]").wait_for()
    assert said(hall_server, ticket)["score"] == 4


def test_a_low_score_asks_for_reasons_and_words_and_sends_them(hall_server: HallServer, window: int, pad: Any) -> None:
    ticket = serve(hall_server, window)
    pad.click("[data-score='1']")
    pad.locator("[data-view=why]").wait_for()
    assert said(hall_server, ticket)["score"] is None, "nothing is said before it is sent"
    pad.click("[data-back]")
    pad.click("[data-score='2']")
    pad.click("[data-tag='slow']")
    pad.fill("#comment", "等了很久")
    assert pad.locator("[data-tag='slow']").get_attribute("aria-pressed") == "true"
    for target in pad.locator("button").all():
        assert target.evaluate(BOX)[3] >= 60
    assert faults(pad) == []
    with pad.expect_request("**/api/v1/pad/evaluations") as sent:
        pad.click("[data-send]")
    assert sent.value.post_data_json == {
        "ticket": ticket["id"], "score": 2, "tags": ["slow"], "comment": "等了很久", "window": window}  # fmt: skip
    pad.locator("[data-view=thanks]").wait_for()
    assert said(hall_server, ticket)["score"] == 2


def test_thirty_seconds_without_a_tap_leave_the_service_unrated(
    hall_server: HallServer, window: int, open_page: Callable[..., Any]
) -> None:
    page = open_page("about:blank", WIDTH, HEIGHT, sign_in=(hall_server, "pad"))
    page.clock.install()
    page.goto(f"{hall_server.url}/pad?window={window}")
    page.locator("[data-view=rest]").wait_for()
    posted: list[str] = []
    page.on("request", lambda request: posted.append(request.url) if request.method == "POST" else None)
    ticket = serve(hall_server, window)
    page.locator("[data-view=ask]").wait_for()
    assert int(page.locator("[data-left]").inner_text()) <= 30
    for _ in range(3):  # a look at the hall right after the leap sets the pad's clock by the server's again
        page.clock.fast_forward(31_000)
        if (
            page.locator("[data-view=rest]").or_(page.locator("[data-view=ask]")).first.get_attribute("data-view")
            == "rest"
        ):
            break
    page.locator("[data-view=rest]").wait_for()
    assert [url for url in posted if "evaluations" in url] == []
    assert said(hall_server, ticket) == {**said(hall_server, ticket), "open": True, "score": None}
    page.reload()
    page.locator("[data-view]").first.wait_for()
    second = serve(hall_server, window)  # the first may be asked about again, by the hall's own time
    page.locator(".about .number", has_text=second["number"]).wait_for()
    page.click("[data-skip]")
    page.locator("[data-view=rest]").wait_for()
    assert [url for url in posted if "evaluations" in url] == []


def test_a_new_finish_replaces_the_old_invitation(hall_server: HallServer, window: int, pad: Any) -> None:
    first = serve(hall_server, window)
    pad.locator(".about .number", has_text=first["number"]).wait_for()
    second = serve(hall_server, window)
    pad.locator(".about .number", has_text=second["number"]).wait_for()
    pad.click("[data-score='5']")
    pad.locator("[data-view=thanks]").wait_for()
    assert (said(hall_server, first)["score"], said(hall_server, second)["score"]) == (None, 5)


def test_a_low_score_that_was_tapped_is_kept_when_the_clerk_finishes_the_next_in_haste(
    hall_server: HallServer, window: int, pad: Any
) -> None:
    first = serve(hall_server, window)
    pad.locator(".about .number", has_text=first["number"]).wait_for()
    pad.click("[data-score='1']")
    pad.click("[data-tag='attitude']")
    with pad.expect_response("**/api/v1/pad/evaluations") as sent:
        second = serve(hall_server, window)
    assert sent.value.status == 201
    pad.locator(".about .number", has_text=second["number"]).wait_for()
    assert (said(hall_server, first)["score"], said(hall_server, second)["score"]) == (1, None)


def test_a_pad_is_paired_with_its_window_on_the_devices_page(
    hall_server: HallServer, window: int, open_page: Callable[..., Any]
) -> None:
    screen = open_page(f"{hall_server.url}/pad", WIDTH, HEIGHT)
    screen.locator("#code", has_text=re.compile(r"^\w{3} \w{3}$")).wait_for()
    assert "评价器" in screen.locator("h1").inner_text()
    desk = open_page(f"{hall_server.url}/manage/devices", 1366, 768, sign_in=(hall_server, "manager"))
    desk.fill("#pair-code", screen.locator("#code").inner_text())
    desk.fill("#pair-name", f"{window}号窗评价器")
    desk.select_option("#pair-role", "pad")
    desk.select_option("#pair-window", str(window))
    desk.click("form button[type=submit]")
    desk.locator("[data-devices] tr", has_text=f"{window}号窗评价器").locator(f"text={window} 号窗口").wait_for()
    screen.wait_for_url("**/pad")
    screen.locator("[data-view]", has_text=str(window)).wait_for()
    assert screen.locator("[data-clerk]").inner_text() == CLERK_NAMES[window - 1]


def test_a_manager_may_look_at_a_pad_but_not_rate_on_it(
    hall_server: HallServer, window: int, open_page: Callable[..., Any]
) -> None:
    page = open_page(f"{hall_server.url}/pad?window={window}", WIDTH, HEIGHT, sign_in=(hall_server, "manager"))
    page.locator("[data-view=rest]").wait_for()
    ticket = serve(hall_server, window)
    page.click("[data-score='5']")
    page.get_by_role("alert").filter(has_text="评价只能由群众本人作出").wait_for()
    assert said(hall_server, ticket)["score"] is None
