"""The clerk's terminal in a real Chromium against a real server: every command by its key."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.support.server import ROOT, HallServer

WIDTH, HEIGHT = 1366, 768


@pytest.fixture(scope="module")
def quick_hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HallServer]:
    """The demo hall with one second between calls, so that a no-show can be tried without a long wait."""
    hall = tmp_path_factory.mktemp("quick") / "hall"
    shutil.copytree(ROOT / "config/demo", hall)
    toml = hall / "hall.toml"
    toml.write_text(re.sub(r"seconds_between = \d+", "seconds_between = 1", toml.read_text("utf-8")), "utf-8")
    server = HallServer(tmp_path_factory.mktemp("terminal") / "data", hall=hall).start()
    yield server
    server.stop()


@pytest.fixture
def hall(quick_hall: HallServer) -> Iterator[HallServer]:
    """The hall, left empty and closed after each test."""
    yield quick_hall
    manager = quick_hall.signed_in("manager")
    for state in ("parked", "waiting", "no_show"):
        for row in manager.read(f"/tickets?state={state}")["tickets"]:
            manager.post(f"/tickets/{row['id']}/cancel", {"reason": "test"})
    for window in manager.read("/board")["windows"]:
        if window["ticket"]:
            manager.post(f"/windows/{window['number']}/finish")
        if window["state"] != "closed":
            manager.post(f"/windows/{window['number']}/close", {"reason": "test", "force": True})


@pytest.fixture
def desk(hall: HallServer, open_page: Callable[..., Any]) -> Callable[..., Any]:
    """`desk(3)`: window 3's terminal, signed in as clerk3; `open=True` also opens the window with F1."""

    def sit(number: int, *, opened: bool = True) -> Any:
        page = open_page(f"{hall.url}/terminal?window={number}", WIDTH, HEIGHT, sign_in=(hall, f"clerk{number}"))
        page.set_default_timeout(8000)
        page.get_by_test_id("window-state").wait_for()
        if opened:
            page.keyboard.press("F1")
            state(page, "开放")
        return page

    return sit


def state(page: Any, words: str) -> None:
    page.locator("[data-testid=window-state]", has_text=words).wait_for(timeout=5000)


def current(page: Any, number: str, badge: str) -> None:
    """Wait until the desk shows this number in this state, with no command under way."""
    page.locator("[data-testid=current-number]", has_text=number).wait_for(timeout=5000)
    page.locator("[data-testid=ticket-state]", has_text=badge).wait_for(timeout=5000)
    settled(page)


def nobody(page: Any) -> None:
    page.get_by_test_id("nobody").wait_for(timeout=5000)
    settled(page)


def settled(page: Any) -> None:
    page.locator("[aria-busy=true]").wait_for(state="detached", timeout=5000)


def said(page: Any, words: str) -> None:
    page.locator(".toast", has_text=words).first.wait_for(timeout=5000)


def take(hall: HallServer, section: str, **more: Any) -> Any:
    return hall.signed_in("guide").do("/tickets", {"section": section, "channel": "guide", **more})


def look(hall: HallServer, ticket: Any) -> Any:
    return hall.signed_in("manager").read(f"/tickets/{ticket['id']}")


def test_a_wrong_password_is_told_and_the_right_one_leads_to_the_choice_of_a_window(
    hall: HallServer, open_page: Callable[..., Any]
) -> None:
    page = open_page(f"{hall.url}/terminal", WIDTH, HEIGHT)
    page.wait_for_url(re.compile("/sign-in"))
    page.fill("#username", "clerk1")
    page.fill("#password", "not this one")
    page.keyboard.press("Enter")
    page.locator("#problem", has_text="密码不正确").wait_for()
    assert page.input_value("#password") == ""
    page.fill("#password", hall.password)
    page.keyboard.press("Enter")
    page.get_by_text("请选择窗口").wait_for()
    page.locator(".choose-card").first.wait_for()
    page.keyboard.type("1")
    page.keyboard.press("Enter")
    page.wait_for_url("**/terminal?window=1")
    page.get_by_test_id("window-number").wait_for()
    assert page.get_by_test_id("window-number").inner_text() == "1"
    state(page, "未开窗")


def test_sign_in_never_leads_to_another_site(hall: HallServer, open_page: Callable[..., Any]) -> None:
    for evil in ("//evil.example", "https://evil.example", "/\\evil.example"):
        page = open_page(f"{hall.url}/sign-in?next={evil}", WIDTH, HEIGHT)
        assert page.locator("#signin").get_attribute("data-next") == "/"


def test_f1_opens_the_window(hall: HallServer, desk: Callable[..., Any]) -> None:
    page = desk(2, opened=False)
    assert page.locator("[data-command=next]").get_attribute("aria-disabled") == "true"
    page.keyboard.press("F1")
    state(page, "开放")
    assert hall.signed_in("manager").read("/windows/2")["window"]["clerk"] == "clerk2"


def test_a_clerk_who_holds_a_window_is_taken_there(hall: HallServer, desk: Callable[..., Any]) -> None:
    page = desk(3)
    page.goto(f"{hall.url}/terminal")
    page.wait_for_url("**/terminal?window=3")
    state(page, "开放")


def test_f2_calls_the_next_person_f4_starts_and_f8_finishes(hall: HallServer, desk: Callable[..., Any]) -> None:
    page = desk(39)
    ticket = take(hall, "agency", phone="13800138000")
    page.locator(f".row[data-number={ticket['number']}]").wait_for(timeout=5000)
    page.keyboard.press("F2")
    current(page, ticket["number"], "已叫号")
    assert "138****8000" in page.locator(".facts").inner_text()
    page.keyboard.press("F4")
    current(page, ticket["number"], "办理中")
    page.keyboard.press("F8")
    nobody(page)
    assert look(hall, ticket)["state"] == "done"
    assert page.locator("[data-testid=today] dd").first.inner_text() == "1"


def test_f9_finishes_and_calls_the_next(hall: HallServer, desk: Callable[..., Any]) -> None:
    page = desk(39)
    first, second = take(hall, "agency"), take(hall, "agency")
    page.keyboard.press("F2")
    current(page, first["number"], "已叫号")
    page.keyboard.press("F4")
    current(page, first["number"], "办理中")
    page.keyboard.press("F9")
    current(page, second["number"], "已叫号")
    assert look(hall, first)["state"] == "done"
    page.keyboard.press("F4")
    current(page, second["number"], "办理中")
    page.keyboard.press("F9")
    nobody(page)
    said(page, "没有等候的人")


def test_a_double_press_of_f9_does_not_finish_the_person_just_called(
    hall: HallServer, desk: Callable[..., Any]
) -> None:
    page = desk(38)
    tickets = [take(hall, "pickup") for _ in range(3)]
    page.keyboard.press("F2")
    current(page, tickets[0]["number"], "已叫号")
    page.keyboard.press("F4")
    current(page, tickets[0]["number"], "办理中")
    page.locator("[data-command=finish-next]").dblclick()
    page.keyboard.press("F9")
    current(page, tickets[1]["number"], "已叫号")
    page.wait_for_timeout(800)
    page.keyboard.press("F9")
    page.get_by_role("dialog").get_by_text("刚刚叫到").wait_for()
    page.keyboard.press("Escape")
    assert [look(hall, ticket)["state"] for ticket in tickets] == ["done", "called", "waiting"]


def test_a_lost_answer_is_asked_for_again_and_calls_one_person(hall: HallServer, desk: Callable[..., Any]) -> None:
    page = desk(38)
    first, second = take(hall, "pickup"), take(hall, "pickup")
    keys: list[str] = []

    def lose_the_first_answer(route: Any) -> None:
        keys.append(route.request.headers["idempotency-key"])
        if len(keys) == 1:
            route.fetch()  # the server did it; the answer is lost on the way
            route.abort()
        else:
            route.continue_()

    page.route("**/api/v1/windows/38/next", lose_the_first_answer)
    page.keyboard.press("F2")
    current(page, first["number"], "已叫号")
    assert len(keys) == 2 and keys[0] == keys[1]
    assert look(hall, second)["state"] == "waiting"


def test_a_double_press_calls_one_person(hall: HallServer, desk: Callable[..., Any]) -> None:
    page = desk(36)
    first, second = take(hall, "pickup"), take(hall, "pickup")
    page.evaluate("for (let i = 0; i < 5; i++) dispatchEvent(new KeyboardEvent('keydown', {key: 'F2', bubbles: true}))")
    page.locator("[data-command=next]").dblclick(force=True)
    current(page, first["number"], "已叫号")
    page.wait_for_timeout(800)
    page.keyboard.press("F2")
    said(page, "还在窗口")
    assert look(hall, second)["state"] == "waiting"
    assert look(hall, first)["calls"] == 1


def test_next_while_somebody_was_called_elsewhere_shows_that_person(hall: HallServer, desk: Callable[..., Any]) -> None:
    page = desk(37)
    first, second = take(hall, "pickup"), take(hall, "pickup")
    page.locator(f".row[data-number={second['number']}]").wait_for(timeout=5000)
    page.route("**/api/v1/windows/37", lambda route: route.abort())  # the page does not learn of the call
    hall.signed_in("clerk37").do("/windows/37/next")
    page.wait_for_timeout(400)
    page.keyboard.press("F2")
    said(page, f"{first['number']} 还在37号窗口")
    page.unroute("**/api/v1/windows/37")
    current(page, first["number"], "已叫号")
    assert look(hall, second)["state"] == "waiting"


def test_transfer_finds_a_section_and_keeps_the_first_arrival(hall: HallServer, desk: Callable[..., Any]) -> None:
    page = desk(18)
    ticket = take(hall, "police")
    page.keyboard.press("F2")
    current(page, ticket["number"], "已叫号")
    page.keyboard.press("F7")
    page.get_by_role("combobox").fill("其他综合")
    page.locator(".pick-row.chosen", has_text="其他综合事务").wait_for()
    page.keyboard.press("Enter")
    said(page, "已转移到其他综合事务")
    nobody(page)
    moved = look(hall, ticket)
    assert (moved["section"], moved["state"]) == ("general", "waiting")
    assert moved["taken_at"] == ticket["taken_at"]


def test_transfer_finds_an_item_by_its_initials(hall: HallServer, desk: Callable[..., Any]) -> None:
    page = desk(18)
    ticket = take(hall, "police")
    page.keyboard.press("F2")
    current(page, ticket["number"], "已叫号")
    page.keyboard.press("F7")
    page.get_by_role("combobox").fill("qytzxmba")
    page.locator(".pick-row.chosen", has_text="企业投资项目备案").wait_for()
    page.keyboard.press("Enter")
    said(page, "已转移到企业投资项目备案")
    assert look(hall, ticket)["item"] == "project-record"


def test_park_and_bring_back_with_the_same_key(hall: HallServer, desk: Callable[..., Any]) -> None:
    page = desk(26)
    ticket = take(hall, "fund")
    page.keyboard.press("F2")
    current(page, ticket["number"], "已叫号")
    page.keyboard.press("F4")
    current(page, ticket["number"], "办理中")
    page.keyboard.press("F10")
    nobody(page)
    assert look(hall, ticket)["state"] == "parked"
    page.keyboard.press("F10")
    current(page, ticket["number"], "办理中")


def test_pausing_the_last_open_window_says_how_many_wait(hall: HallServer, desk: Callable[..., Any]) -> None:
    page = desk(40)
    take(hall, "agency")
    take(hall, "agency")
    page.keyboard.press("Shift+F2")
    page.get_by_role("dialog").wait_for()
    page.keyboard.press("2")
    page.keyboard.press("Enter")
    said(page, "还有 2 人在等")
    state(page, "开放")


def test_pause_needs_a_reason_and_f1_goes_on(hall: HallServer, desk: Callable[..., Any]) -> None:
    page = desk(30)
    page.keyboard.press("Shift+F2")
    dialog = page.get_by_role("dialog")
    dialog.wait_for()
    page.keyboard.press("Enter")
    assert dialog.is_visible()
    page.keyboard.type("打印机卡纸")
    page.keyboard.press("Enter")
    state(page, "暂停")
    page.get_by_text("打印机卡纸").wait_for()
    page.keyboard.press("F1")
    state(page, "开放")


def test_no_show_waits_for_the_calls_and_the_line_takes_the_person_back(
    hall: HallServer, desk: Callable[..., Any]
) -> None:
    page = desk(1)
    ticket = take(hall, "investment")
    page.keyboard.press("F2")
    current(page, ticket["number"], "已叫号")
    page.keyboard.press("F6")
    said(page, "还要再叫 1 次")
    assert look(hall, ticket)["state"] == "called"
    page.locator("[data-command=recall]", has_text=re.compile("重呼\\s*$")).wait_for(timeout=5000)
    page.keyboard.press("F3")
    page.locator("[data-command=no-show][aria-disabled=false]").wait_for(timeout=6000)
    assert look(hall, ticket)["calls"] == 2
    page.keyboard.press("F6")
    nobody(page)
    assert look(hall, ticket)["state"] == "no_show"
    page.keyboard.press("4")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    said(page, "已回到队列")
    assert look(hall, ticket)["state"] == "waiting"


def test_hand_over_keeps_the_customer(hall: HallServer, desk: Callable[..., Any]) -> None:
    page = desk(4)
    ticket = take(hall, "company")
    page.keyboard.press("F2")
    current(page, ticket["number"], "已叫号")
    page.keyboard.press("F4")
    current(page, ticket["number"], "办理中")
    page.keyboard.press("Shift+F7")
    page.get_by_label("接班人的账号").fill("clerk5")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/sign-in"))
    assert page.input_value("#username") == "clerk5"
    page.fill("#password", hall.password)
    page.keyboard.press("Enter")
    current(page, ticket["number"], "办理中")
    assert hall.signed_in("manager").read("/windows/4")["window"]["clerk"] == "clerk5"
    page.keyboard.press("F8")
    nobody(page)
    assert look(hall, ticket)["state"] == "done"


def test_hand_over_to_an_unknown_name_is_refused_in_words(hall: HallServer, desk: Callable[..., Any]) -> None:
    page = desk(4)
    page.keyboard.press("Shift+F7")
    page.get_by_label("接班人的账号").fill("nobody")
    page.keyboard.press("Enter")
    said(page, "nobody")
    assert "/terminal" in page.url


def test_calling_out_of_turn_needs_a_reason(hall: HallServer, desk: Callable[..., Any]) -> None:
    page = desk(31)
    first, second = take(hall, "general"), take(hall, "general")
    page.locator(f".row[data-number={second['number']}]").wait_for(timeout=5000)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    dialog.wait_for()
    page.keyboard.press("Enter")
    assert dialog.is_visible()
    assert look(hall, second)["state"] == "waiting"
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    current(page, second["number"], "已叫号")
    assert look(hall, first)["state"] == "waiting"
    page.keyboard.press("w")
    page.get_by_role("dialog").get_by_text("老弱病残孕").first.wait_for()


def test_drain_serves_out_the_line_and_closes(hall: HallServer, desk: Callable[..., Any]) -> None:
    page = desk(39)
    ticket = take(hall, "agency")
    page.locator(f".row[data-number={ticket['number']}]").wait_for(timeout=5000)
    page.keyboard.press("Shift+F4")
    page.get_by_role("dialog").get_by_text("1 人").wait_for()
    page.keyboard.press("Enter")
    state(page, "收号")
    page.keyboard.press("F2")
    current(page, ticket["number"], "已叫号")
    page.keyboard.press("F8")
    state(page, "未开窗")


def test_a_lost_line_is_shown_with_since_when_and_recovers(hall: HallServer, desk: Callable[..., Any]) -> None:
    page = desk(12)
    banner = page.get_by_test_id("offline")
    assert not banner.is_visible()
    page.context.set_offline(True)
    banner.wait_for(timeout=10_000)
    assert re.search(r"自 \d\d:\d\d:\d\d 起", banner.inner_text())
    page.context.set_offline(False)
    ticket = take(hall, "property")
    banner.wait_for(state="detached", timeout=15_000)
    page.locator(f".row[data-number={ticket['number']}]").wait_for(timeout=5000)


def test_another_clerks_window_can_only_be_looked_at(
    hall: HallServer, desk: Callable[..., Any], open_page: Callable[..., Any]
) -> None:
    desk(13)
    page = open_page(f"{hall.url}/terminal?window=13", WIDTH, HEIGHT, sign_in=(hall, "clerk14"))
    page.get_by_text("您只能查看").wait_for()
    for button in page.locator("[data-command]").all():
        assert button.get_attribute("aria-disabled") == "true"


def test_every_command_shows_its_key_and_no_key_is_used_twice_at_once(desk: Callable[..., Any]) -> None:
    page = desk(14)
    keys = [key.inner_text() for key in page.locator("[data-command] kbd").all()]
    assert len(keys) == 14
    assert sorted(key for key in keys if keys.count(key) > 1) == ["F10", "F10"]  # park, or bring back: never both
    assert not {"F5", "F11", "F12"} & set(keys)
