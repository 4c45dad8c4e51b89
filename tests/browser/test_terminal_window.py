"""The clerk's terminal in a real Chromium against a real server: signing in, the window itself, what is shown."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from tests.browser.desks import HEIGHT, WIDTH, take
from tests.browser.terminal_desk import current, dialog_by, look, nobody, said, state
from tests.browser.test_readable import faults
from tests.support.server import HallServer


def test_a_wrong_password_is_told_and_the_right_one_leads_to_the_choice_of_a_window(
    clerk_hall: HallServer, open_page: Callable[..., Any]
) -> None:
    page = open_page(f"{clerk_hall.url}/terminal", WIDTH, HEIGHT)
    page.wait_for_url(re.compile("/sign-in"))
    page.fill("#username", "clerk1")
    page.fill("#password", "not this one")
    page.keyboard.press("Enter")
    page.locator("#problem", has_text="密码不正确").wait_for()
    assert page.input_value("#password") == ""
    page.fill("#password", clerk_hall.password)
    page.keyboard.press("Enter")
    page.get_by_text("请选择窗口").wait_for()
    page.locator(".choose-card").first.wait_for()
    page.keyboard.type("1")
    page.keyboard.press("Enter")
    page.wait_for_url("**/terminal?window=1")
    page.get_by_test_id("window-number").wait_for()
    assert page.get_by_test_id("window-number").inner_text() == "1"
    state(page, "未开窗")


def test_five_wrong_passwords_lock_the_account_and_the_page_says_so(
    clerk_hall: HallServer, open_page: Callable[..., Any]
) -> None:
    page = open_page(f"{clerk_hall.url}/sign-in", WIDTH, HEIGHT)
    page.fill("#username", "clerk33")
    for _ in range(5):
        page.fill("#password", "not this one")
        with page.expect_response("**/api/v1/sessions"):
            page.keyboard.press("Enter")
        page.locator("#go:enabled").wait_for()
    page.fill("#password", clerk_hall.password)
    page.keyboard.press("Enter")
    page.locator("#problem", has_text="锁定").wait_for()


def test_a_clerk_with_one_window_goes_there_straight(clerk_hall: HallServer, open_page: Callable[..., Any]) -> None:
    clerk = {
        "username": "wang.fang",
        "name": "王芳",
        "roles": ["clerk"],
        "windows": [7],
        "password": clerk_hall.password,
    }
    clerk_hall.signed_in("admin").do("/staff", clerk)
    page = open_page(f"{clerk_hall.url}/terminal", WIDTH, HEIGHT, sign_in=(clerk_hall, "wang.fang"))
    page.wait_for_url("**/terminal?window=7")
    state(page, "未开窗")
    page.keyboard.press("F1")
    state(page, "开放")
    page.get_by_text("王芳").wait_for()


def test_sign_in_never_leads_to_another_site(clerk_hall: HallServer, open_page: Callable[..., Any]) -> None:
    for evil in ("//evil.example", "https://evil.example", "/\\evil.example"):
        page = open_page(f"{clerk_hall.url}/sign-in?next={evil}", WIDTH, HEIGHT)
        assert page.locator("#signin").get_attribute("data-next") == "/"


def test_f1_opens_the_window(clerk_hall: HallServer, desk: Callable[..., Any]) -> None:
    page = desk(2, opened=False)
    assert page.locator("[data-command=next]").get_attribute("aria-disabled") == "true"
    page.keyboard.press("F1")
    state(page, "开放")
    assert clerk_hall.signed_in("manager").read("/windows/2")["window"]["clerk"] == "clerk2"


def test_a_clerk_who_holds_a_window_is_taken_there(clerk_hall: HallServer, desk: Callable[..., Any]) -> None:
    page = desk(3)
    page.goto(f"{clerk_hall.url}/terminal")
    page.wait_for_url("**/terminal?window=3")
    state(page, "开放")


def test_pausing_the_last_open_window_says_how_many_wait(clerk_hall: HallServer, desk: Callable[..., Any]) -> None:
    page = desk(40)
    take(clerk_hall, "agency")
    take(clerk_hall, "agency")
    page.keyboard.press("Shift+F2")
    page.get_by_role("dialog").wait_for()
    page.keyboard.press("2")
    page.keyboard.press("Enter")
    said(page, "还有 2 人在等")
    state(page, "开放")


def test_pause_needs_a_reason_and_f1_goes_on(clerk_hall: HallServer, desk: Callable[..., Any]) -> None:
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


def test_hand_over_keeps_the_customer(clerk_hall: HallServer, desk: Callable[..., Any]) -> None:
    page = desk(4)
    ticket = take(clerk_hall, "company")
    page.keyboard.press("F2")
    current(page, ticket["number"], "已叫号")
    page.keyboard.press("F4")
    current(page, ticket["number"], "办理中")
    page.keyboard.press("Shift+F7")
    page.get_by_label("接班人的账号").fill("clerk5")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/sign-in"))
    assert page.input_value("#username") == "clerk5"
    page.fill("#password", clerk_hall.password)
    page.keyboard.press("Enter")
    current(page, ticket["number"], "办理中")
    assert clerk_hall.signed_in("manager").read("/windows/4")["window"]["clerk"] == "clerk5"
    page.keyboard.press("F8")
    nobody(page)
    assert look(clerk_hall, ticket)["state"] == "done"


def test_hand_over_to_an_unknown_name_is_refused_in_words(clerk_hall: HallServer, desk: Callable[..., Any]) -> None:
    page = desk(4)
    page.keyboard.press("Shift+F7")
    page.get_by_label("接班人的账号").fill("nobody")
    page.keyboard.press("Enter")
    said(page, "nobody")
    assert "/terminal" in page.url


def test_drain_serves_out_the_line_and_closes(clerk_hall: HallServer, desk: Callable[..., Any]) -> None:
    page = desk(39)
    ticket = take(clerk_hall, "agency")
    page.locator(f".row[data-number={ticket['number']}]").wait_for(timeout=5000)
    page.keyboard.press("Shift+F4")
    page.get_by_role("dialog").get_by_text("1 人").wait_for()
    page.keyboard.press("Enter")
    state(page, "收号")
    page.keyboard.press("F2")
    current(page, ticket["number"], "已叫号")
    page.keyboard.press("F4")
    current(page, ticket["number"], "办理中")
    page.keyboard.press("F8")
    state(page, "未开窗")


def test_a_lost_line_is_shown_with_since_when_and_recovers(clerk_hall: HallServer, desk: Callable[..., Any]) -> None:
    page = desk(12)
    banner = page.get_by_test_id("offline")
    assert not banner.is_visible()
    page.context.set_offline(True)
    banner.wait_for(timeout=10_000)
    assert re.search(r"自 \d\d:\d\d:\d\d 起", banner.inner_text())
    page.context.set_offline(False)
    ticket = take(clerk_hall, "property")
    banner.wait_for(state="detached", timeout=15_000)
    page.locator(f".row[data-number={ticket['number']}]").wait_for(timeout=5000)


def test_another_clerks_window_can_only_be_looked_at(
    clerk_hall: HallServer, desk: Callable[..., Any], open_page: Callable[..., Any]
) -> None:
    desk(13)
    page = open_page(f"{clerk_hall.url}/terminal?window=13", WIDTH, HEIGHT, sign_in=(clerk_hall, "clerk14"))
    page.get_by_text("您只能查看").wait_for()
    for button in page.locator("[data-command]").all():
        assert button.get_attribute("aria-disabled") == "true"


def test_sign_in_choice_desk_and_dialogs_can_be_read(
    clerk_hall: HallServer, desk: Callable[..., Any], open_page: Callable[..., Any]
) -> None:
    assert faults(open_page(f"{clerk_hall.url}/sign-in", WIDTH, HEIGHT)) == []
    choice = open_page(f"{clerk_hall.url}/terminal?window=choose", WIDTH, HEIGHT, sign_in=(clerk_hall, "clerk15"))
    choice.locator(".choose-card").first.wait_for()
    assert faults(choice) == []
    page = desk(15, opened=False)
    assert faults(page) == []
    page.keyboard.press("F1")
    state(page, "开放")
    first = take(clerk_hall, "property", phone="13800138001", priority="elderly", reason="行动不便")
    take(clerk_hall, "property")
    page.keyboard.press("F2")
    current(page, first["number"], "已叫号")
    assert faults(page) == []
    page.keyboard.press("F4")
    current(page, first["number"], "办理中")
    page.keyboard.press("ArrowDown")
    assert faults(page) == []
    for key in ("F7", "Shift+F2", "Shift+F4", "Shift+F7", "w"):
        dialog_by(page, key)
        assert faults(page) == [], key
        page.keyboard.press("Escape")
        page.get_by_role("dialog").wait_for(state="detached")


def test_every_command_shows_its_key_and_no_key_is_used_twice_at_once(desk: Callable[..., Any]) -> None:
    page = desk(14)
    keys = [key.inner_text() for key in page.locator("[data-command] kbd").all()]
    assert len(keys) == 15
    assert sorted(key for key in keys if keys.count(key) > 1) == ["F10", "F10"]  # park, or bring back: never both
    assert not {"F5", "F11"} & set(keys)
