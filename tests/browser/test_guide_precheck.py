"""The guide sees what a citizen brought, by keys alone, before the number; the window finds it with the ticket."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.browser.desks import HEIGHT, WIDTH
from tests.browser.test_readable import faults
from tests.support.server import HallServer


def test_the_guide_checks_papers_by_keys_and_the_window_has_the_result(
    clerk_hall: HallServer, open_page: Callable[..., Any]
) -> None:
    page = open_page(clerk_hall.url + "/guide", WIDTH, HEIGHT, sign_in=(clerk_hall, "guide"))
    page.set_default_timeout(8000)
    page.fill("[name=query]", "食品经营许可证核发")
    page.locator(".result").first.wait_for()
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-question=category]:not([aria-busy=true])")
    assert faults(page) == []
    page.keyboard.press("1")
    page.wait_for_selector("[data-question=more-sale]:not([aria-busy=true])")
    page.keyboard.press("3")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-missing='5']")
    page.keyboard.press("a")
    page.wait_for_selector("[data-missing='0']")
    page.keyboard.press("2")
    assert "还缺 1 样" in page.inner_text(".check-sum")
    page.click("[data-material=id-card] summary")
    page.click("[data-material=id-card] .check-point >> nth=0")
    assert faults(page) == []
    page.emulate_media(media="print")
    assert page.locator(".check-list > li:visible").count() == 1, "on paper stands only what is missing"
    page.emulate_media(media="screen")
    page.fill("[name=phone]", "13800138000")
    page.reload()  # the browser dies in between: nothing that was seen is asked again
    page.wait_for_selector("[data-missing='1']")
    assert page.input_value("[name=phone]") == "138 0013 8000" and page.is_checked(
        "[data-material=id-card] .check-point input >> nth=0"
    )
    with page.expect_response("**/precheck") as sent:
        page.keyboard.press("F2")
    assert sent.value.ok
    number = page.inner_text("[data-issued] .issued-number")
    clerk = clerk_hall.signed_in("clerk4")
    ticket = next(one for one in clerk.read("/tickets?state=waiting")["tickets"] if one["number"] == number)
    kept = clerk.read(f"/tickets/{ticket['id']}/cases")["precheck"]
    assert kept["answers"] == {"category": ["sale"], "more-sale": ["agent"]}
    assert [tick["material"] for tick in kept["ticks"]] == ["id-card"]
    assert "缺：营业执照" in kept["note"] and "带了：" in kept["note"]
    assert page.is_hidden("[data-check]") and page.is_visible("[data-list]")
    assert page.evaluate("localStorage.getItem('yichuang-guide')") is None, "nothing stays once the number is taken"
