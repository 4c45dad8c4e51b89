"""一件事 on one's phone and at the kiosk: found by its initials, asked item by item, one list without doubles."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.browser.guides import answer_all
from tests.browser.phone_page import HEIGHT, WIDTH
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


def test_a_bundle_is_found_at_the_kiosk_printed_and_its_number_is_its_first_items(
    hall_server: HallServer, open_page: OpenPage
) -> None:
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
    page.click("[data-take]")
    number = page.inner_text("[data-number]")
    desk = hall_server.signed_in("clerk4")
    ticket = next(one for one in desk.read("/tickets?state=waiting")["tickets"] if one["number"] == number)
    assert desk.read(f"/tickets/{ticket['id']}/cases")["item"] == "individual-new"
