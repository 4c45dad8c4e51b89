"""What to bring, at the kiosk: questions one a screen, the exact list, and the answers with the number."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.test_kiosk import check_large, tap
from tests.browser.test_readable import faults
from tests.support.server import HallServer

OpenPage = Callable[..., Any]


@pytest.fixture
def hall(hall_server: HallServer) -> HallServer:
    hall_server.signed_in("clerk4").post("/windows/4/open")
    return hall_server


@pytest.fixture
def kiosk(hall: HallServer, open_page: OpenPage) -> Any:
    page = open_page(hall.url + "/kiosk", 1080, 1920, sign_in=(hall, "kiosk"), has_touch=True)
    page.set_default_timeout(10_000)
    page.wait_for_selector("[data-section]")
    return page


def to_item(page: Any, initials: str, item: str) -> None:
    page.click("[data-find]")
    tap(page, initials)
    page.click(f"[data-item={item}]")


def test_answers_lead_to_the_exact_list_and_go_with_the_number_to_the_window(hall: HallServer, kiosk: Any) -> None:
    to_item(kiosk, "SPJYXK", "food-licence-new")
    kiosk.click("[data-guide]")
    kiosk.click("[data-option=sale]")
    kiosk.click("[data-option=vending]")
    kiosk.click("[data-walk-next]")
    said = kiosk.inner_text("[data-step=list]")
    assert "请带好 5 样材料" in said and "自动设备放置地点清单" in said and "委托书" not in said
    kiosk.click("[data-see] >> nth=0")
    assert kiosk.evaluate("() => document.querySelector('.guide-sample img').decode().then(() => true)"), (
        "the sample is seen"
    )
    assert kiosk.locator(".guide-points li").count() == 5 == kiosk.locator(".guide-mark").count(), (
        "审查要点, on the sample"
    )
    assert "空白表格" in kiosk.inner_text("[data-seen]") and kiosk.locator("[data-seen] .qr-code").count() == 1
    kiosk.click("[data-back]")  # closes the sample, and stays at the list
    assert kiosk.locator("[data-seen]").count() == 0
    kiosk.click("[data-back]")
    assert kiosk.get_attribute("[data-question]", "data-question") == "more-sale"
    kiosk.click("[data-option=agent]")
    kiosk.click("[data-walk-next]")
    kiosk.wait_for_selector("[data-material=mandate]")
    assert kiosk.locator("[data-material=vending-list]").count() == 0, "what was unticked is not asked for"
    kiosk.click("[data-take-number]")
    kiosk.click("[data-no-phone]")
    with kiosk.expect_response("**/precheck") as attached:
        kiosk.click("[data-take]")
        number = kiosk.inner_text("[data-number]")
    assert attached.value.ok
    clerk = hall.signed_in("clerk4")
    ticket = next(one for one in clerk.read("/tickets?state=waiting")["tickets"] if one["number"] == number)
    kept = clerk.read(f"/tickets/{ticket['id']}/cases")["precheck"]
    assert kept["answers"] == {"category": ["sale"], "more-sale": ["agent"]}
    assert kept["situation"] == "sale"


def test_the_list_is_printed_on_the_kiosks_own_printer_and_a_number_can_be_taken_without_it(
    hall: HallServer, kiosk: Any
) -> None:
    to_item(kiosk, "SPJYXK", "food-licence-new")
    kiosk.click("[data-guide]")
    kiosk.click("[data-option=catering]")
    kiosk.click("[data-option=no]")
    kiosk.click("[data-print=ready]")
    kiosk.wait_for_selector("[data-print=printed]")
    assert list((hall.data_dir / "slips").glob("*_guide.png"))
    kiosk.click("[data-home]")
    to_item(kiosk, "SPJYXK", "food-licence-new")
    kiosk.click("[data-straight]")
    kiosk.wait_for_selector('[data-step="phone"]')


def test_an_old_person_can_read_and_press_every_screen_of_the_guide(kiosk: Any) -> None:
    kiosk.click("[data-elder-mode]")
    to_item(kiosk, "SPJYXK", "food-licence-new")
    kiosk.wait_for_selector("[data-guide]")
    check_large(kiosk, "choice")
    assert faults(kiosk) == []
    kiosk.click("[data-guide]")
    kiosk.wait_for_selector("[data-question]")
    check_large(kiosk, "question")
    kiosk.click("[data-option=sale]")
    kiosk.wait_for_selector("[data-question=more-sale]")
    check_large(kiosk, "several")
    assert faults(kiosk) == []
    kiosk.click("[data-walk-next]")
    kiosk.wait_for_selector("[data-step=list]")
    check_large(kiosk, "list")
    kiosk.click("[data-see] >> nth=0")
    check_large(kiosk, "sample")
    assert faults(kiosk) == []
    kiosk.click("[data-close]")
    kiosk.click("[data-language]")
    check_large(kiosk, "list in English")
    assert faults(kiosk) == []


def test_answers_that_a_new_version_no_longer_knows_begin_anew_instead_of_holding_the_citizen_up(kiosk: Any) -> None:
    """The item was published anew between two questions (同源发布)."""
    to_item(kiosk, "SPJYXK", "food-licence-new")
    kiosk.click("[data-guide]")
    kiosk.click("[data-option=sale]")
    kiosk.wait_for_selector("[data-question=more-sale]")
    refused = {"error": {"code": "answer_unknown", "message_zh": "没有这个选项", "message_en": "No such answer"}}
    kiosk.route("**/guide", lambda route: route.fulfill(status=422, json=refused), times=1)
    kiosk.click("[data-walk-next]")
    kiosk.wait_for_selector("[data-question=category]")
    assert kiosk.locator("[role=alert]").count() == 0
