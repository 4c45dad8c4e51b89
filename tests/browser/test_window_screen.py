"""The screen above a window: its number and state, at once, at every size it is built in."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.test_readable import faults
from tests.browser.walls import OpenPage
from tests.support.server import HallServer

SIZES = {"landscape": (1920, 1080), "small": (1024, 600), "strip": (1280, 320)}
WINDOW = 40


@pytest.fixture
def screens(hall_server: HallServer, open_page: OpenPage) -> dict[str, Any]:
    """Window 40's screen in its three sizes."""
    address = f"{hall_server.url}/display/window/{WINDOW}"
    return {name: open_page(address, *size, sign_in=(hall_server, "display")) for name, size in SIZES.items()}


def shows(screens: dict[str, Any], state: str, number: str = "") -> None:
    for page in screens.values():
        page.wait_for_selector(f'[data-state="{state}"][data-number="{number}"]', timeout=4_000)


def test_a_window_screen_follows_its_window_and_nothing_is_cut_off(
    hall_server: HallServer, screens: dict[str, Any]
) -> None:
    clerk = hall_server.signed_in(f"clerk{WINDOW}")
    shows(screens, "closed")
    clerk.do(f"/windows/{WINDOW}/open")
    shows(screens, "idle")
    assert "空闲" in screens["strip"].inner_text(".big")
    hall_server.signed_in("kiosk").do("/tickets", {"section": "agency"})
    number = clerk.do(f"/windows/{WINDOW}/next")["number"]
    shows(screens, "called", number)
    assert "正在叫号" in screens["strip"].inner_text(".state")
    for page in screens.values():
        assert page.locator('.big[data-fresh="true"]').count() == 1, "it flashes"
        assert fits(page) == [], "all of it is on the screen"
        assert page.locator(".big").bounding_box()["height"] > page.viewport_size["height"] * 0.4
    assert faults(screens["small"]) == []
    clerk.do(f"/windows/{WINDOW}/start")
    shows(screens, "serving", number)
    assert "正在办理" in screens["strip"].inner_text(".state")
    assert screens["strip"].locator('.big[data-fresh="true"]').count() == 0
    clerk.do(f"/windows/{WINDOW}/finish")
    clerk.do(f"/windows/{WINDOW}/pause", {"reason": "午餐"})
    shows(screens, "paused")
    assert "暂停" in screens["strip"].inner_text(".big")
    screens["small"].context.set_offline(True)
    screens["small"].wait_for_selector("[data-lost]", timeout=6_000)
    clerk.do(f"/windows/{WINDOW}/close")


def fits(page: Any) -> list[str]:
    """What reaches beyond the screen or beyond the box it stands in."""
    found = page.evaluate("""() => [...document.querySelectorAll('#window *')].filter((one) => {
        const box = one.getBoundingClientRect();
        const beyond = box.right > innerWidth + 1 || box.bottom > innerHeight + 1 || box.left < -1 || box.top < -1;
        return beyond || (one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflow === 'visible'
            && getComputedStyle(one).display !== 'inline');
    }).map((one) => one.className + ' ' + one.textContent)""")
    return [str(one) for one in found]


def test_a_screen_is_set_up_from_the_list_of_windows_and_an_unknown_window_is_said_so(
    hall_server: HallServer, open_page: OpenPage
) -> None:
    page = open_page(hall_server.url + "/display/window", 1366, 768, sign_in=(hall_server, "display"))
    assert faults(page) == []
    page.click('[data-to="12"]')
    page.wait_for_selector("[data-state]")
    assert page.url.endswith("/display/window/12")
    page.goto(hall_server.url + "/display/window/777")
    assert "没有777号窗口" in page.inner_text("body")
    stranger = open_page(hall_server.url + "/display/window/12", 1366, 768)
    assert "/pair?role=display&next=" in stranger.url
    assert "/display/window/12" in stranger.content(), "paired, it comes back here"
