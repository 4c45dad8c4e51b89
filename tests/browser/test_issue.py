"""出件窗口 in a real Chromium: results onto the shelf, out against the code, or away by courier."""

from __future__ import annotations

import base64
import uuid
from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest

from server.store.sqlite import FILE_NAME, connect
from tests.browser.case_scene import LOAN, Cases
from tests.browser.desks import HEIGHT, WIDTH
from tests.browser.test_readable import faults

ISSUE = 38
PATIENCE = 8000  # ms
PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII="
)  # the smallest PNG there is


@pytest.fixture
def counter(cases: Cases, open_page: Callable[..., Any]) -> Callable[[], Any]:
    """The issue page of the clerk who has opened window 38."""

    def opened() -> Any:
        cases.open_window(ISSUE)
        page = open_page(f"{cases.server.url}/issue", WIDTH, HEIGHT, sign_in=(cases.server, f"clerk{ISSUE}"))
        page.set_default_timeout(PATIENCE)
        return page

    return opened


def sign_on_pad(cases: Cases, case: Any) -> None:
    """What the pad of the issue window does."""
    pad = cases.server.signed_in("manager")
    assert pad.read(f"/pad/signing?window={ISSUE}")["signing"]["case"] == case["id"]
    address = f"{cases.server.url}/api/v1/cases/{case['id']}/files?name=sign.png&purpose=signature"
    kept = pad.http.post(address, data=PICTURE, headers={"Idempotency-Key": uuid.uuid4().hex}, timeout=30)
    assert kept.status_code == 201, kept.text
    pad.do("/pad/signatures", {"case": case["id"], "file": kept.json()["id"], "window": ISSUE})


def test_a_result_goes_onto_the_shelf_and_out_only_against_its_code(cases: Cases, counter: Callable[[], Any]) -> None:
    case = cases.accepted(LOAN)
    cases.received(case)
    cases.approved(case)
    (made,) = cases.sent_in(case)
    page = counter()
    page.click("[data-view=arrivals]")
    page.click(f"[data-arrival='{made['id']}']")
    page.locator(f"[data-line='{case['id']}']").wait_for()
    page.click("[data-take-all]")
    page.click("[data-view=waiting]")
    page.click(f"[data-result='{case['id']}']")
    assert int(page.locator("[data-shelf]").inner_text()) >= 1
    code = cases.pickup_code(case)
    page.fill("[name=proof]", "000000" if code != "000000" else "111111")
    page.fill("[name=collector]", "王晓明")
    page.click("[data-by=paper]")
    page.keyboard.press("F4")
    page.locator(".toast.bad", has_text="不符").wait_for()
    page.fill("[name=find]", code)
    page.keyboard.press("Enter")
    page.locator(".found").wait_for()
    assert page.input_value("[name=proof]") == code, "what was found by its code needs it typed once only"
    page.fill("[name=collector]", "王晓明")
    page.keyboard.press("F4")
    page.locator("[data-pad=asked]").wait_for()
    sign_on_pad(cases, case)
    page.locator("[data-pad=signed]").wait_for()
    page.keyboard.press("F4")
    page.locator(".toast.ok", has_text="已交给").wait_for()
    page.click("[data-view=issued]")
    page.click(f"[data-result='{case['id']}']")
    shown = page.locator("[data-detail]").inner_text()
    assert "王**" in shown and "取件码" in shown and "王晓明" not in shown
    assert "collected" in [line["to"] for line in cases.clerk.read(f"/cases/{case['id']}")["history"]]


def test_a_parcel_is_given_to_the_courier_and_comes_back_onto_a_shelf(cases: Cases, counter: Callable[[], Any]) -> None:
    case = cases.accepted(LOAN, courier=True)
    cases.received(case)
    cases.at_issue(case)
    page = counter()
    page.click("[data-view=courier]")
    page.click(f"[data-result='{case['id']}']")
    assert "荷花路" not in page.locator("[data-courier]").inner_text(), "the address is masked"
    page.fill("[name=waybill]", "单号在后面")
    page.click("[data-dispatch]")
    page.locator(".toast.bad", has_text="只有字母和数字").wait_for()
    page.fill("[name=waybill]", "EE123456785CN")
    page.click("[data-dispatch]")
    page.locator("dialog .primary").click()
    # It stays in view, wherever in the list it is now.
    page.locator("[data-courier]", has_text="EE123456785CN").wait_for()
    assert page.locator("[data-state=with_courier]").is_visible()
    assert page.locator("[data-no-slip]").is_visible(), "the slip is to be kept"
    page.click("[data-returned]")
    page.locator(".preset").first.click()
    page.locator("dialog .primary").click()
    page.locator(".toast.ok", has_text="上架").wait_for()
    page.click("[data-view=waiting]")
    page.click(f"[data-result='{case['id']}']")
    assert "拒收" in page.locator("[data-came-back]").inner_text()
    page.click("[data-dispatch]")
    page.locator(".toast", has_text="新的运单号").wait_for()
    waiting = cases.server.signed_in(f"clerk{ISSUE}").read("/results")["results"]
    assert case["id"] in [one["case"] for one in waiting]


def test_a_code_typed_while_arrivals_are_shown_leads_to_its_result(cases: Cases, counter: Callable[[], Any]) -> None:
    case = cases.accepted(LOAN)
    cases.received(case)
    cases.at_issue(case)
    page = counter()
    page.click("[data-view=arrivals]")
    page.fill("[name=find]", cases.pickup_code(case))
    page.keyboard.press("Enter")
    page.locator(f"[data-result='{case['id']}']").wait_for()
    assert page.locator("[name=collector]").is_visible()


def test_a_wrong_result_leaves_the_shelf_by_a_list_back_with_what_is_wrong(
    cases: Cases, counter: Callable[[], Any]
) -> None:
    case = cases.accepted(LOAN)
    cases.received(case)
    cases.at_issue(case)
    page = counter()
    page.click(f"[data-result='{case['id']}']")
    page.click("[data-take-back]")
    page.locator(".preset", has_text="漏盖章").click()
    page.locator("dialog .primary").click()
    page.locator(".toast.ok", has_text="退部门清单").wait_for()
    page.locator(f"[data-result='{case['id']}']").wait_for(state="detached")
    (made,) = [one for one in cases.lists("back") if case["id"] in [line["case"] for line in one["lines"]]]
    page.goto(f"{cases.server.url}/handovers#{made['id']}")
    page.locator("[data-list-state=open]").wait_for()
    assert "结果退部门" in page.locator(".case-head").inner_text()
    assert "石磊" in page.locator("[data-contacts]").inner_text()
    assert page.locator("[data-sign=send]").is_visible()


def test_a_message_that_did_not_arrive_stands_out_and_is_sent_again(cases: Cases, counter: Callable[[], Any]) -> None:
    case = cases.accepted(LOAN)
    cases.received(case)
    cases.at_issue(case)
    cases.pickup_code(case)  # it is written and sent
    database = connect(cases.server.data_dir / FILE_NAME)
    with closing(database):  # what a gateway would say of a number nobody has
        database.execute("UPDATE notices SET state = 'failed', error = '空号' WHERE ticket_id = ?", (case["id"],))
    page = counter()
    page.locator(f"[data-result='{case['id']}'] [data-sms-unreached]").wait_for()
    page.click(f"[data-result='{case['id']}']")
    page.locator("[data-sms=ready][data-sms-state=failed]", has_text="空号").wait_for()
    assert page.locator("[data-sms-again]").count() == 1, "the last alone: the others are overtaken"
    assert faults(page) == []
    page.click("[data-sms-again]")
    page.locator(".toast.ok", has_text="重新排队").wait_for()
    page.locator("[data-sms=ready][data-sms-state=sent]").wait_for(timeout=12_000)
