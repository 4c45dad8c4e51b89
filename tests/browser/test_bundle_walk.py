"""一件事 on one's phone and at the kiosk: found by its initials, asked item by item, one list without doubles."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.browser.guides import answer_all
from tests.browser.phone_page import HEIGHT, WIDTH, path_of, take
from tests.browser.test_kiosk import check_large, tap
from tests.browser.test_readable import faults
from tests.support.server import HallServer

OpenPage = Callable[..., Any]
BUNDLE = "[data-bundle=open-restaurant]"


def test_a_bundle_is_found_and_walked_on_a_phone_and_its_address_keeps_the_answers(
    phone_hall_server: HallServer, open_page: OpenPage
) -> None:
    page = open_page(phone_hall_server.url + "/g", WIDTH, HEIGHT, is_mobile=True)
    page.fill("#q", "kyjxcg")
    page.click(BUNDLE)
    page.wait_for_selector("#bundle-intro")
    assert page.inner_text(".question .of") == "个体工商户设立登记"
    assert faults(page) == []
    answer_all(page, "#count")
    listed = page.locator(".things > li > .thing > strong").all_inner_texts()
    assert len(listed) == len(set(listed)) > 5, "each thing once"
    assert page.locator(".thing .of", has_text="、").count() > 0, "some serve several items"
    assert "办一件事“开一家小餐馆”" in page.inner_text("#say-bundle")
    assert faults(page) == []
    page.reload()
    page.wait_for_selector("#count")
    assert page.locator(".things > li > .thing > strong").all_inner_texts() == listed
    page.click(".answer >> nth=0")
    page.wait_for_selector(".question .of")


def test_a_bundle_walked_at_the_kiosk_is_opened_by_the_window_with_its_answers(
    hall_server: HallServer, open_page: OpenPage
) -> None:
    clerk = hall_server.signed_in("clerk4")
    clerk.post("/windows/4/open")
    page = open_page(hall_server.url + "/kiosk", 1080, 1920, sign_in=(hall_server, "kiosk"), has_touch=True)
    page.click("[data-elder-mode]")
    page.click("[data-find]")
    tap(page, "KYJXCG")
    page.click(BUNDLE)
    page.click("[data-guide]")
    page.wait_for_selector("[data-question] .walk-of")
    check_large(page, "question")
    answer_all(page, "[data-step=list]")
    listed = page.locator("[data-material] strong").all_inner_texts()
    assert len(listed) == len(set(listed)) > 5, "each thing once"
    check_large(page, "list")
    assert faults(page) == []
    page.click("[data-print=ready]")
    page.wait_for_selector("[data-print=printed]")
    page.click("[data-take-number]")
    page.click("[data-no-phone]")
    assert "开一家小餐馆" in page.inner_text("[data-step=confirm]")
    with page.expect_response("**/precheck") as attached, page.expect_response("**/slip") as slip:
        page.click("[data-take]")
        number = page.inner_text("[data-number]")
    assert attached.value.ok and slip.value.ok
    assert "开一家小餐馆" in page.inner_text(".result-kind")
    ticket = next(one for one in clerk.read("/tickets?state=waiting")["tickets"] if one["number"] == number)
    assert clerk.read(f"/tickets/{ticket['id']}/cases")["item"] == "individual-new", "its first item's number"
    clerk.do("/windows/4/call", {"ticket": ticket["id"], "reason": "预约"})
    clerk.do("/windows/4/start")
    page = open_page(hall_server.url + "/intake?window=4", 1366, 768, sign_in=(hall_server, "clerk4"))
    assert "已预检“开一家小餐馆”" in page.inner_text(".choose-matter .notice.ok")
    assert "开一家小餐馆" in page.inner_text(".choice.at")
    assert faults(page) == []
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-row]:focus")
    assert page.locator("[data-question]").count() == 0, "nothing is asked again"
    assert page.locator(".answered li").count() > 1
    clerk.do("/windows/4/finish")


def test_a_number_already_taken_has_the_bundles_answers_from_the_phone_and_its_title(
    phone_hall_server: HallServer, open_page: OpenPage
) -> None:
    ticket = take(phone_hall_server, section=None, item="individual-new")
    token = path_of(ticket).removeprefix("/t/")
    page = open_page(f"{phone_hall_server.url}/g/b/open-restaurant#~t={token}", WIDTH, HEIGHT, is_mobile=True)
    answer_all(page, "#count")
    page.wait_for_selector("#attached.ok")
    assert faults(page) == []
    page.click(".back a")
    page.wait_for_selector("#slip:not([hidden])")
    assert "开一家小餐馆" in page.inner_text("#section")
    page.click("#prepare")
    page.wait_for_selector("#bundle-intro")


def test_the_guide_finds_a_bundle_by_its_initials_and_its_number_carries_what_was_found(
    clerk_hall: HallServer, open_page: OpenPage
) -> None:
    page = open_page(clerk_hall.url + "/guide", 1366, 768, sign_in=(clerk_hall, "guide"))
    page.fill("[name=query]", "kyjxcg")
    page.wait_for_selector(BUNDLE)
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-check] [data-question]")
    answer_all(page, ".check-list")
    page.focus("[data-check]")
    page.keyboard.press("a")
    page.wait_for_selector("[data-missing='0']")
    page.click("[data-check] summary >> nth=0")
    page.click("[data-check] .check-point >> nth=0")
    assert faults(page) == []
    with page.expect_response("**/precheck") as sent:
        page.keyboard.press("F2")
    kept = sent.value.json()
    assert (kept["bundle"], len(kept["ticks"])) == ("open-restaurant", 1)
    assert "带了：" in kept["note"] and "开一家小餐馆" in page.inner_text("[data-issued]")
