"""The guide's page in a real Chromium against a real server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.browser.desks import HEIGHT, WIDTH, copy_hall, new_phone, open_windows, take, tidy
from tests.support.server import HallServer

PROPERTY = 10
PATIENCE = 8000  # ms
OLD_AND_VALID = "110101194001010012"


@pytest.fixture(scope="module")
def own_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HallServer]:
    hall = copy_hall(tmp_path_factory.mktemp("guide-hall"))
    toml = hall / "hall.toml"
    quick = toml.read_text("utf-8").replace("seconds_between = 5", "seconds_between = 0")
    toml.write_text(quick.replace("before_no_show = 2", "before_no_show = 1"), "utf-8")
    server = HallServer(tmp_path_factory.mktemp("guide") / "data", hall=hall).start()
    yield server
    server.stop()


@pytest.fixture
def hall(own_server: HallServer) -> Iterator[HallServer]:
    yield own_server
    tidy(own_server)


@pytest.fixture
def guide(hall: HallServer, open_page: Callable[..., Any]) -> Callable[[], Any]:
    def opened() -> Any:
        page = open_page(hall.url + "/guide", WIDTH, HEIGHT, sign_in=(hall, "guide"))
        page.set_default_timeout(PATIENCE)
        page.locator("[name=query]").wait_for()
        return page

    return opened


def choose(page: Any, section: str) -> None:
    page.locator(f".section-grid [data-section={section}]").click()
    page.locator("[data-chosen]").wait_for()


def issued(page: Any) -> str:
    """The number just taken."""
    return str(page.locator("[data-issued] .issued-number").inner_text())


def ticket_of(hall: HallServer, number: str) -> Any:
    guide = hall.signed_in("guide")
    rows = [row for state in ("waiting", "called") for row in guide.read(f"/tickets?state={state}")["tickets"]]
    return guide.read(f"/tickets/{next(row['id'] for row in rows if row['number'] == number)}")


def show(page: Any, number: str) -> Any:
    """The ticket's dialog, found by its number."""
    page.fill("[data-find]", number)
    page.locator(f"[data-ticket={number}]").click()
    dialog = page.locator("dialog")
    dialog.locator(".ticket-number", has_text=number).wait_for()
    return dialog


def test_an_item_is_found_by_pinyin_initials_and_a_number_taken_by_keys(hall: HallServer, guide: Any) -> None:
    page = guide()
    page.fill("[name=query]", "bdc")
    page.locator("[data-found] [data-item]").first.wait_for()
    page.locator("[name=query]").press("Enter")
    assert "不动产" in page.locator("[data-chosen]").inner_text()
    phone = new_phone()
    page.locator("[name=phone]").press_sequentially(phone)
    assert page.locator("[name=phone]").input_value() == f"{phone[:3]} {phone[3:7]} {phone[7:]}"
    page.keyboard.press("F2")
    ticket = ticket_of(hall, issued(page))
    assert (ticket["section"], ticket["channel"]) == ("property", "guide")
    assert ticket["phone"] == f"{phone[:3]}****{phone[7:]}"
    page.locator(f"[data-ticket={ticket['number']}]").wait_for()


def test_a_wrong_phone_is_refused_before_anything_is_issued(hall: HallServer, guide: Any) -> None:
    page = guide()
    choose(page, "company")
    page.fill("[name=phone]", "12800138000")
    page.keyboard.press("F2")
    page.locator("[data-take-error]", has_text="11 位").wait_for()
    assert hall.signed_in("guide").read("/tickets?section=company")["tickets"] == []


def test_the_green_channel_is_granted_with_a_reason_and_goes_first(hall: HallServer, guide: Any) -> None:
    earlier = take(hall, "property")
    page = guide()
    choose(page, "property")
    page.select_option("[name=priority]", "serviceman")
    page.keyboard.press("F2")
    page.locator("[data-take-error]", has_text="理由").wait_for()
    page.locator(".green .chips button").first.click()
    page.keyboard.press("F2")
    number = issued(page)
    line = [row["number"] for row in hall.signed_in("guide").read("/tickets?section=property")["tickets"]]
    assert line == [number, earlier["number"]]
    dialog = show(page, number)
    dialog.locator("[data-why]").click()
    dialog.locator(".decisions li", has_text="绿色通道").wait_for()


def test_an_id_number_of_an_old_citizen_grants_the_credit_by_age(hall: HallServer, guide: Any) -> None:
    page = guide()
    choose(page, "property")
    page.fill("[name=id_number]", "110101194001010018")  # a wrong check digit
    page.keyboard.press("F2")
    page.locator("[data-take-error]", has_text="身份证").wait_for()
    page.fill("[name=id_number]", OLD_AND_VALID)
    page.keyboard.press("F2")
    assert ticket_of(hall, issued(page))["priority"] == "elderly"


def test_the_limit_of_a_phone_is_said_and_lifted_with_a_reason(hall: HallServer, guide: Any) -> None:
    phone = new_phone()
    for section in ("property", "company", "police"):
        take(hall, section, phone=phone)
    page = guide()
    assert page.locator("[name=override]").count() == 0
    choose(page, "fund")
    page.fill("[name=phone]", phone)
    page.keyboard.press("F2")
    page.locator("[data-take-error]", has_text="已有 3 张").wait_for()
    page.fill("[name=override]", "替同行老人代取")
    page.keyboard.press("F2")
    assert ticket_of(hall, issued(page))["section"] == "fund"


def test_a_phone_is_corrected_and_a_number_cancelled(hall: HallServer, guide: Any) -> None:
    ticket = take(hall, "property", phone=new_phone())
    page = guide()
    show(page, ticket["number"]).locator("[data-order=phone]").click()
    phone = new_phone()
    page.locator("dialog input").fill(phone)
    page.keyboard.press("Enter")
    page.locator(".toast.ok", has_text=f"{phone[:3]}****{phone[7:]}").wait_for()
    show(page, ticket["number"]).locator("[data-order=cancel]").click()
    page.get_by_role("button", name="取消这个号").click()
    page.locator(f"[data-ticket={ticket['number']}]").wait_for(state="detached")
    assert hall.signed_in("guide").read(f"/tickets/{ticket['id']}")["state"] == "cancelled"


def test_a_no_show_is_brought_back_into_the_line(hall: HallServer, guide: Any) -> None:
    open_windows(hall, PROPERTY)
    ticket = take(hall, "property")
    clerk = hall.signed_in(f"clerk{PROPERTY}")
    clerk.do(f"/windows/{PROPERTY}/next")
    clerk.do(f"/windows/{PROPERTY}/no-show")
    page = guide()
    page.get_by_role("button", name="过号").click()
    show(page, ticket["number"]).locator("[data-order=return]").click()
    page.locator(".toast.ok", has_text="已回到队伍").wait_for()
    assert hall.signed_in("guide").read(f"/tickets/{ticket['id']}")["state"] == "waiting"


def test_the_list_follows_the_hall(hall: HallServer, guide: Any) -> None:
    page = guide()
    ticket = take(hall, "general")
    page.locator(f"[data-ticket={ticket['number']}]").wait_for()
    hall.signed_in("guide").do(f"/tickets/{ticket['id']}/cancel")
    page.locator(f"[data-ticket={ticket['number']}]").wait_for(state="detached")


def test_when_issuing_is_stopped_the_guide_reads_the_sentence(hall: HallServer, guide: Any) -> None:
    hall.signed_in("manager").do("/manage/stop-issuing", {"message_zh": "系统故障，请 14:30 再来。"})
    page = guide()
    choose(page, "property")
    page.keyboard.press("F2")
    page.locator("[data-take-error]", has_text="请 14:30 再来").wait_for()
