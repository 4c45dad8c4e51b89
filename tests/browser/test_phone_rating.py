"""The citizen rates on the phone, once, when the service has ended."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.phone_page import OpenPage, clear_line, open_ticket, path_of, serve, take
from tests.support.server import HallServer

SCORES = ["非常满意", "满意", "基本满意", "不满意", "非常不满意"]


@pytest.fixture
def hall(phone_hall_server: HallServer) -> HallServer:
    return phone_hall_server


def said(hall: HallServer, ticket: dict[str, Any]) -> Any:
    return hall.api.read("/links/" + path_of(ticket).removeprefix("/t/"))["evaluation"]


def test_a_finished_service_asks_for_a_rating_by_itself_and_none_is_chosen(
    hall: HallServer, open_page: OpenPage
) -> None:
    clear_line(hall)
    ticket = take(hall)
    page = open_ticket(hall, open_page, ticket)
    assert page.is_hidden("#rating")
    page.wait_for_timeout(1_000)
    clerk = hall.signed_in("clerk26")
    clerk.do("/windows/26/next")
    clerk.do("/windows/26/finish")
    page.wait_for_selector("#rating:not([hidden])", timeout=8_000)
    assert page.locator(".scores .option").all_inner_texts() == SCORES
    assert page.locator("input:checked").count() == 0 and page.is_hidden("#why")
    page.click("#rate")
    assert page.inner_text("#rating-error") == "请先选一项。"
    assert said(hall, ticket)["score"] is None
    page.click("text=基本满意")
    page.click("#rate")
    page.wait_for_selector(".thanks")
    assert "您的评价：基本满意" in page.inner_text("#rating")
    assert page.evaluate("() => document.activeElement.id") == "rated"
    assert said(hall, ticket)["score"] == 3


def test_a_low_score_asks_why_and_what_was_written_survives_a_reload(hall: HallServer, open_page: OpenPage) -> None:
    ticket = serve(hall)
    page = open_ticket(hall, open_page, ticket)
    page.click(".score-2")
    page.click("text=等候太久")
    page.fill("#comment", "等了一个小时")
    page.reload()
    page.wait_for_selector("#why:not([hidden])")
    assert page.input_value("#comment") == "等了一个小时"
    assert page.is_checked(".score-2 input") and page.is_checked(".tag-waited input")
    page.click("#rate")
    page.wait_for_selector(".thanks")
    page.reload()
    page.wait_for_selector(".thanks")
    assert page.locator("#rate").count() == 0, "once a service"


def test_a_reason_given_before_the_mind_was_changed_is_not_sent(hall: HallServer, open_page: OpenPage) -> None:
    page = open_ticket(hall, open_page, serve(hall))
    page.click(".score-1")
    page.click("text=办理太慢")
    page.click(".score-5")
    assert page.is_hidden("#why")
    page.click("#rate")
    page.wait_for_selector(".thanks")
    assert "非常满意" in page.inner_text("#rating")


def test_the_rating_works_by_keyboard_alone(hall: HallServer, open_page: OpenPage) -> None:
    page = open_ticket(hall, open_page, serve(hall))
    page.focus("input[name=score] >> nth=0")
    page.keyboard.press("ArrowDown")
    assert page.is_checked(".score-4 input")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector(".thanks")


def test_whoever_was_rated_elsewhere_meanwhile_is_told_and_thanked(hall: HallServer, open_page: OpenPage) -> None:
    ticket = serve(hall)
    page = open_ticket(hall, open_page, ticket)
    hall.api.do("/evaluations", {"token": path_of(ticket).removeprefix("/t/"), "score": 5})
    page.click(".score-1")
    page.click("#rate")
    page.wait_for_selector(".thanks")
    assert "您的评价：非常满意" in page.inner_text("#rating")
