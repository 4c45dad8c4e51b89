"""A citizen's own page on a phone, opened from the SMS or by scanning."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.browser.phone_page import HEIGHT, WIDTH, OpenPage, clear_line, open_ticket, path_of, take
from tests.support.blocking_proxy import BlockingProxy
from tests.support.server import ROOT, HallServer

FIRST_VIEW_BYTES = 40_000
MODERN = re.compile(r"=>|\?\.[A-Za-z(\[]|\?\?|`|\b(?:const|let|class|import|export|async|await)\b")


@pytest.fixture
def hall(phone_hall_server: HallServer) -> HallServer:
    return phone_hall_server


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
    page.goto(hall.url + path_of(ticket))
    page.wait_for_selector("#slip:not([hidden])")
    hall.signed_in("clerk26").do("/windows/26/next", {"finish": True})
    page.wait_for_selector("main.is-called", timeout=9_000)


@pytest.mark.parametrize("answers", [True, False], ids=["refuses", "swallows"])
def test_the_page_stays_live_behind_a_proxy_that_lets_no_websocket_through(
    hall: HallServer, open_page: OpenPage, answers: bool
) -> None:
    clear_line(hall)
    ticket = take(hall)
    with BlockingProxy(hall.url, answers=answers) as proxy:
        asked: list[str] = []
        page = open_page("about:blank", WIDTH, HEIGHT)
        page.on("request", lambda request: asked.append(request.url))
        page.goto(proxy.url + path_of(ticket))
        page.wait_for_selector("#slip:not([hidden])")
        assert proxy.blocked.wait(5), "the page never tried a WebSocket"
        before = sum("/api/v1/links/" in url for url in asked)
        hall.signed_in("clerk26").do("/windows/26/next", {"finish": True})
        page.wait_for_selector("main.is-called", timeout=4_000)
        assert sum("/api/v1/links/" in url for url in asked) == before, "the call came by asking, not by the long poll"
        assert any("transport=polling" in url and "sid=" in url for url in asked)
        page.goto("about:blank")


def test_the_page_speaks_the_language_that_was_chosen_last(hall: HallServer, open_page: OpenPage) -> None:
    clear_line(hall)
    ticket = take(hall)
    page = open_ticket(hall, open_page, ticket)
    assert page.get_attribute("html", "lang") == "zh-CN" and page.inner_text("#language") == "English"
    page.click("#language")
    assert page.inner_text("#section") == "Housing provident fund"
    assert "only the call is certain" in page.inner_text("#note")
    page.reload()
    page.wait_for_selector("#slip:not([hidden])")
    assert page.get_attribute("html", "lang") == "en" and page.inner_text("#language") == "中文"
    assert page.inner_text("#cancel") == "Cancel my number" and page.inner_text("dt >> nth=0") == "Ahead of you"
    assert page.inner_text("#state-en") == "快到您了", "the other language stays, small"


def test_whoever_is_nearly_called_sees_another_page_than_whoever_waits(hall: HallServer, open_page: OpenPage) -> None:
    clear_line(hall)
    for _ in range(3):
        mine = take(hall)
    page = open_ticket(hall, open_page, mine)
    assert (page.inner_text("#state-zh"), page.locator("main.is-soon").count()) == ("等候中", 0)
    page.wait_for_timeout(1_000)
    hall.signed_in("clerk26").do("/windows/26/next")
    page.wait_for_selector("main.is-soon", timeout=6_000)
    assert page.inner_text("#state-zh") == "快到您了"
    assert page.inner_text("#spoken") == "前面 1 人，预计等候" + page.inner_text("#minutes")


def test_the_question_before_cancelling_holds_the_keyboard_and_gives_it_back(
    hall: HallServer, open_page: OpenPage
) -> None:
    page = open_ticket(hall, open_page, take(hall))
    page.focus("#cancel")
    page.keyboard.press("Enter")
    focused = "() => document.activeElement.id"
    assert page.evaluate(focused) == "sheet-no"
    for expected in ("sheet-yes", "sheet-no", "sheet-yes"):
        page.keyboard.press("Tab")
        assert page.evaluate(focused) == expected
    page.keyboard.press("Escape")
    assert page.is_hidden("#sheet") and page.evaluate(focused) == "cancel"


def test_an_unknown_link_gets_a_sentence(hall: HallServer, open_page: OpenPage) -> None:
    page = open_page(hall.url + "/t/abcdefghjkmn", WIDTH, HEIGHT)
    page.wait_for_selector("#problem:not([hidden])")
    assert page.inner_text("#problem").strip()
    assert page.is_hidden("#slip")


def test_the_page_weighs_less_than_forty_kilobytes_to_its_first_view(hall: HallServer, open_page: OpenPage) -> None:
    ticket = take(hall)
    page = open_page("about:blank", WIDTH, HEIGHT)
    arrived: dict[str, float] = {}
    names: dict[str, str] = {}
    debugger = page.context.new_cdp_session(page)
    debugger.on("Network.requestWillBeSent", lambda e: names.__setitem__(e["requestId"], e["request"]["url"]))
    debugger.on("Network.loadingFinished", lambda e: arrived.__setitem__(e["requestId"], e["encodedDataLength"]))
    debugger.send("Network.enable")
    page.goto(hall.url + path_of(ticket))
    page.wait_for_selector("#slip:not([hidden])")
    page.wait_for_function("() => window.io")
    page.wait_for_timeout(100)
    sizes = {names[request].removeprefix(hall.url): int(size) for request, size in arrived.items()}
    for part in ("/t/", "/static/kiosk/ticket.css", "/static/kiosk/ticket.js", "/api/v1/links/", "socket.io.min.js"):
        assert any(part in url for url in sizes), f"{part} was not weighed: {sizes}"
    assert sum(sizes.values()) < FIRST_VIEW_BYTES, sizes
    assert page.locator('script[type="module"], script[type="importmap"]').count() == 0


@pytest.mark.parametrize("script", sorted((ROOT / "kiosk/static").glob("ticket*.js")), ids=lambda path: path.name)
def test_old_web_views_can_read_the_scripts(script: Path) -> None:
    code = re.sub(r"/\*.*?\*/|//[^\n]*", "", script.read_text("utf-8"), flags=re.S)
    code = re.sub(r'"(?:[^"\\\n]|\\.)*"', '""', code)
    assert MODERN.findall(code) == []
