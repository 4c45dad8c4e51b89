"""The clerk's terminal in a real Chromium against a real server: the people, each command by its key."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from tests.browser.desks import take
from tests.browser.terminal_desk import current, look, nobody, said
from tests.support.server import HallServer


def test_f2_calls_the_next_person_f4_starts_and_f8_finishes(clerk_hall: HallServer, desk: Callable[..., Any]) -> None:
    page = desk(39)
    served = int(page.locator("[data-testid=today] dd").first.inner_text())
    ticket = take(clerk_hall, "agency", phone="13800138000")
    page.locator(f".row[data-number={ticket['number']}]").wait_for(timeout=5000)
    page.keyboard.press("F2")
    current(page, ticket["number"], "已叫号")
    assert "138****8000" in page.locator(".facts").inner_text()
    page.keyboard.press("F4")
    current(page, ticket["number"], "办理中")
    page.keyboard.press("F8")
    nobody(page)
    assert look(clerk_hall, ticket)["state"] == "done"
    assert page.locator("[data-testid=today] dd").first.inner_text() == str(served + 1)


def test_a_phone_is_corrected_at_the_counter(clerk_hall: HallServer, desk: Callable[..., Any]) -> None:
    page = desk(39)
    ticket = take(clerk_hall, "agency", phone="13800138000")
    page.keyboard.press("F2")
    current(page, ticket["number"], "已叫号")
    page.get_by_role("button", name="更正").click()
    page.get_by_label("新手机号").fill("123")
    page.keyboard.press("Enter")
    said(page, "手机号")
    page.get_by_role("button", name="更正").click()
    page.get_by_label("新手机号").fill("139 0013 9999")
    page.keyboard.press("Enter")
    said(page, "已更正")
    page.locator(".facts", has_text="139****9999").wait_for()


def test_f9_finishes_and_calls_the_next(clerk_hall: HallServer, desk: Callable[..., Any]) -> None:
    page = desk(39)
    first, second = take(clerk_hall, "agency"), take(clerk_hall, "agency")
    page.keyboard.press("F2")
    current(page, first["number"], "已叫号")
    page.keyboard.press("F4")
    current(page, first["number"], "办理中")
    page.keyboard.press("F9")
    current(page, second["number"], "已叫号")
    assert look(clerk_hall, first)["state"] == "done"
    page.keyboard.press("F4")
    current(page, second["number"], "办理中")
    page.keyboard.press("F9")
    nobody(page)
    said(page, "没有等候的人")


def test_a_double_press_of_f9_does_not_finish_the_person_just_called(
    clerk_hall: HallServer, desk: Callable[..., Any]
) -> None:
    page = desk(38)
    tickets = [take(clerk_hall, "pickup") for _ in range(3)]
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
    assert [look(clerk_hall, ticket)["state"] for ticket in tickets] == ["done", "called", "waiting"]


def test_a_lost_answer_is_asked_for_again_and_calls_one_person(
    clerk_hall: HallServer, desk: Callable[..., Any]
) -> None:
    page = desk(38)
    first, second = take(clerk_hall, "pickup"), take(clerk_hall, "pickup")
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
    assert look(clerk_hall, second)["state"] == "waiting"


def test_a_double_press_calls_one_person(clerk_hall: HallServer, desk: Callable[..., Any]) -> None:
    page = desk(36)
    first, second = take(clerk_hall, "pickup"), take(clerk_hall, "pickup")
    page.evaluate("for (let i = 0; i < 5; i++) dispatchEvent(new KeyboardEvent('keydown', {key: 'F2', bubbles: true}))")
    page.locator("[data-command=next]").dblclick(force=True)
    current(page, first["number"], "已叫号")
    page.wait_for_timeout(800)
    page.keyboard.press("F2")
    said(page, "还在窗口")
    assert look(clerk_hall, second)["state"] == "waiting"
    assert look(clerk_hall, first)["calls"] == 1


def test_next_while_somebody_was_called_elsewhere_shows_that_person(
    clerk_hall: HallServer, desk: Callable[..., Any]
) -> None:
    page = desk(37)
    first, second = take(clerk_hall, "pickup"), take(clerk_hall, "pickup")
    page.locator(f".row[data-number={second['number']}]").wait_for(timeout=5000)
    page.route("**/api/v1/windows/37", lambda route: route.abort())  # the page does not learn of the call
    clerk_hall.signed_in("clerk37").do("/windows/37/next")
    page.wait_for_timeout(400)
    page.keyboard.press("F2")
    said(page, f"{first['number']} 还在37号窗口")
    page.unroute("**/api/v1/windows/37")
    current(page, first["number"], "已叫号")
    assert look(clerk_hall, second)["state"] == "waiting"


def test_transfer_finds_a_section_and_keeps_the_first_arrival(clerk_hall: HallServer, desk: Callable[..., Any]) -> None:
    page = desk(18)
    ticket = take(clerk_hall, "police")
    page.keyboard.press("F2")
    current(page, ticket["number"], "已叫号")
    page.keyboard.press("F7")
    page.get_by_role("combobox").fill("其他综合")
    page.locator(".pick-row.chosen", has_text="其他综合事务").wait_for()
    page.keyboard.press("Enter")
    said(page, "已转移到其他综合事务")
    nobody(page)
    moved = look(clerk_hall, ticket)
    assert (moved["section"], moved["state"]) == ("general", "waiting")
    assert moved["taken_at"] == ticket["taken_at"]


def test_transfer_finds_an_item_by_its_initials(clerk_hall: HallServer, desk: Callable[..., Any]) -> None:
    page = desk(18)
    ticket = take(clerk_hall, "police")
    page.keyboard.press("F2")
    current(page, ticket["number"], "已叫号")
    page.keyboard.press("F7")
    page.get_by_role("combobox").fill("qytzxmba")
    page.locator(".pick-row.chosen", has_text="企业投资项目备案").wait_for()
    page.keyboard.press("Enter")
    said(page, "已转移到企业投资项目备案")
    assert look(clerk_hall, ticket)["item"] == "project-record"


def test_park_and_bring_back_with_the_same_key(clerk_hall: HallServer, desk: Callable[..., Any]) -> None:
    page = desk(26)
    ticket = take(clerk_hall, "fund")
    page.keyboard.press("F2")
    current(page, ticket["number"], "已叫号")
    page.keyboard.press("F4")
    current(page, ticket["number"], "办理中")
    page.keyboard.press("F10")
    nobody(page)
    assert look(clerk_hall, ticket)["state"] == "parked"
    page.wait_for_timeout(2500)
    page.keyboard.press("F10")
    current(page, ticket["number"], "办理中")
    assert look(clerk_hall, ticket)["parked_seconds"] >= 2
    assert page.locator(".clock-time").inner_text() in ("00:00", "00:01")  # the time apart is not service


def test_no_show_waits_for_the_calls_and_the_line_takes_the_person_back(
    clerk_hall: HallServer, desk: Callable[..., Any]
) -> None:
    page = desk(1)
    ticket = take(clerk_hall, "investment")
    page.keyboard.press("F2")
    current(page, ticket["number"], "已叫号")
    page.keyboard.press("F6")
    said(page, "还要再叫 1 次")
    assert look(clerk_hall, ticket)["state"] == "called"
    page.locator("[data-command=recall]", has_text=re.compile("重呼\\s*$")).wait_for(timeout=5000)
    page.keyboard.press("F3")
    page.locator("[data-command=no-show][aria-disabled=false]").wait_for(timeout=6000)
    assert look(clerk_hall, ticket)["calls"] == 2
    page.keyboard.press("F6")
    nobody(page)
    assert look(clerk_hall, ticket)["state"] == "no_show"
    page.keyboard.press("4")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    said(page, "已回到队列")
    assert look(clerk_hall, ticket)["state"] == "waiting"


def test_calling_out_of_turn_needs_a_reason(clerk_hall: HallServer, desk: Callable[..., Any]) -> None:
    page = desk(31)
    first, second = take(clerk_hall, "general"), take(clerk_hall, "general")
    page.locator(f".row[data-number={second['number']}]").wait_for(timeout=5000)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    dialog.wait_for()
    page.keyboard.press("Enter")
    assert dialog.is_visible()
    assert look(clerk_hall, second)["state"] == "waiting"
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    current(page, second["number"], "已叫号")
    assert look(clerk_hall, first)["state"] == "waiting"
    page.keyboard.press("w")
    page.get_by_role("dialog").get_by_text("老弱病残孕").first.wait_for()
