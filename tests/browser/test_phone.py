"""A citizen's own page on a phone, opened from the SMS or by scanning."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.browser.quick_hall import quick_hall
from tests.support.server import HallServer

WIDTH, HEIGHT = 390, 844
OpenPage = Callable[..., Any]


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HallServer]:
    server = quick_hall(tmp_path_factory.mktemp("phone-hall")).start()
    server.signed_in("clerk26").do("/windows/26/open")
    yield server
    server.stop()


def take(hall: HallServer, **more: Any) -> dict[str, Any]:
    ticket: dict[str, Any] = hall.signed_in("kiosk").do("/tickets", {"section": "fund", **more})
    return ticket


def open_ticket(hall: HallServer, open_page: OpenPage, ticket: dict[str, Any], **options: Any) -> Any:
    page = open_page(hall.url + "/t/" + ticket["link"].rsplit("/", 1)[-1], WIDTH, HEIGHT, is_mobile=True, **options)
    page.wait_for_selector("#slip:not([hidden])")
    return page


def clear_line(hall: HallServer) -> None:
    clerk = hall.signed_in("clerk26")
    while clerk.post("/windows/26/next", {"finish": True}).status_code == 200:
        pass


def test_the_page_tells_the_place_in_line_and_then_the_call_by_itself(hall: HallServer, open_page: OpenPage) -> None:
    clear_line(hall)
    first, second = take(hall), take(hall, phone="13812345678")
    page = open_ticket(hall, open_page, second)
    assert page.inner_text("#number") == second["number"]
    assert "公积金业务" in page.inner_text("#section")
    assert page.inner_text("#ahead") == "1 人"
    assert "预计26号窗口，以叫号为准" in page.inner_text("#note") and "138****5678" in page.inner_text("#note")
    page.wait_for_timeout(1_500)  # the socket connects a moment after the page is readable
    clerk = hall.signed_in("clerk26")
    assert clerk.do("/windows/26/next")["number"] == first["number"]
    page.wait_for_function("() => document.querySelector('#ahead').textContent === '0 人'", timeout=5_000)
    clerk.do("/windows/26/next", {"finish": True})
    page.wait_for_selector("main.is-called", timeout=5_000)
    assert page.inner_text("#state-zh") == "请到 26 号窗口"
    assert second["number"] in page.title() and "26 号窗口" in page.title()
    clerk.do("/windows/26/start")
    page.wait_for_selector("main.is-serving", timeout=5_000)
    clerk.do("/windows/26/finish")
    page.wait_for_selector("main.is-done", timeout=5_000)
    assert page.is_hidden("#cancel") and page.is_hidden("#return")


def test_a_number_is_cancelled_only_after_asking_once_more(hall: HallServer, open_page: OpenPage) -> None:
    ticket = take(hall)
    page = open_ticket(hall, open_page, ticket)
    page.click("#cancel")
    page.click("#sheet-no")
    assert hall.signed_in("manager").read(f"/tickets/{ticket['id']}")["state"] == "waiting"
    page.click("#cancel")
    page.click("#sheet-yes")
    page.wait_for_selector("main.is-cancelled", timeout=5_000)
    assert hall.signed_in("manager").read(f"/tickets/{ticket['id']}")["state"] == "cancelled"
    assert "已取消" in page.inner_text("#state") and "重新取号" in page.inner_text("#note")
    assert page.is_hidden("#cancel")


def test_whoever_missed_the_call_comes_back_from_the_phone(hall: HallServer, open_page: OpenPage) -> None:
    clear_line(hall)
    ticket = take(hall)
    page = open_ticket(hall, open_page, ticket)
    clerk = hall.signed_in("clerk26")
    assert clerk.do("/windows/26/next", {"finish": True})["number"] == ticket["number"]
    page.wait_for_timeout(1_100)
    clerk.do("/windows/26/recall")
    page.wait_for_timeout(1_100)
    clerk.do("/windows/26/no-show")
    page.wait_for_selector("main.is-no_show", timeout=5_000)
    assert page.inner_text("#state-zh") == "已过号"
    page.click("#return")
    page.wait_for_selector("main.is-waiting", timeout=5_000)


def test_the_page_keeps_up_by_asking_when_sockets_are_blocked(hall: HallServer, open_page: OpenPage) -> None:
    clear_line(hall)
    ticket = take(hall)
    page = open_page("about:blank", WIDTH, HEIGHT)
    page.route("**/socket.io/**", lambda route: route.abort())
    page.route("**/socket.io.min.js", lambda route: route.abort())
    page.goto(hall.url + "/t/" + ticket["link"].rsplit("/", 1)[-1])
    page.wait_for_selector("#slip:not([hidden])")
    hall.signed_in("clerk26").do("/windows/26/next", {"finish": True})
    page.wait_for_selector("main.is-called", timeout=9_000)


def test_an_unknown_link_gets_a_sentence(hall: HallServer, open_page: OpenPage) -> None:
    page = open_page(hall.url + "/t/abcdefghjkmn", WIDTH, HEIGHT)
    page.wait_for_selector("#problem:not([hidden])")
    assert page.inner_text("#problem").strip()
    assert page.is_hidden("#slip")


def test_the_page_weighs_less_than_sixty_kilobytes_and_uses_no_modules(hall: HallServer, open_page: OpenPage) -> None:
    ticket = take(hall)
    sizes: dict[str, int] = {}
    page = open_page("about:blank", WIDTH, HEIGHT)
    page.on("response", lambda response: sizes.__setitem__(response.url, len(response.body())))
    page.goto(hall.url + "/t/" + ticket["link"].rsplit("/", 1)[-1])
    page.wait_for_selector("#slip:not([hidden])")
    page.wait_for_function("() => window.io")
    files = {url: size for url, size in sizes.items() if "/api/" not in url and "transport=" not in url}
    assert sum(files.values()) < 61_440, files
    assert page.locator('script[type="module"], script[type="importmap"]').count() == 0
