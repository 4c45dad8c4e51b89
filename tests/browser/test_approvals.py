"""审批工作台 in a real Chromium: an approver decides from one screen, with keys, and loses nothing by a reload."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image

from tests.browser.case_scene import LOAN, Cases
from tests.browser.desks import HEIGHT, WIDTH

PATIENCE = 8000  # ms
FUND = "fund.approver"


@pytest.fixture
def bench(cases: Cases, open_page: Callable[..., Any]) -> Callable[[Any], Any]:
    """The workbench with this case's task chosen."""

    def opened(case: Any) -> Any:
        task = cases.task(case)["id"]
        page = open_page(f"{cases.server.url}/approvals#{task}", WIDTH, HEIGHT, sign_in=(cases.server, FUND))
        page.set_default_timeout(PATIENCE)
        page.locator(f"[data-case='{case['id']}']").wait_for()
        return page

    return opened


def agree(page: Any) -> None:
    page.locator("dialog .dialog-actions .primary").click()


def photographed(cases: Cases, case: Any, material: Any, colour: str) -> None:
    """The window took a picture of this paper."""
    picture = io.BytesIO()
    Image.new("RGB", (600, 800), colour).save(picture, "JPEG")
    sent = {"name": f"{material['name']}.jpg", "purpose": f"material:{material['id']}"}
    answer = cases.clerk.http.post(
        f"{cases.server.url}/api/v1/cases/{case['id']}/files", params=sent, data=picture.getvalue(), timeout=30
    )
    assert answer.status_code == 201, answer.text


def history(cases: Cases, case: Any) -> list[dict[str, Any]]:
    return list(cases.clerk.read(f"/cases/{case['id']}")["history"])


def test_an_approver_sees_the_case_as_taken_in_and_approves_it_with_the_opinion_that_survived_a_reload(
    cases: Cases, bench: Callable[[Any], Any]
) -> None:
    case, next_one = cases.accepted(LOAN), cases.accepted(LOAN)
    for one, colour in zip(case["materials"], ("navy", "olive"), strict=False):
        photographed(cases, case, one, colour)
    cases.received(case, next_one)
    page = bench(case)
    assert page.locator("[data-material]").count() == len(case["materials"])
    assert page.locator("[data-material] .badge.warn").count() == 0, "every checkpoint was ticked at the window"
    page.locator("h2").first.click()
    page.keyboard.press("F3")
    shown = page.locator("[data-paper]").get_attribute("data-paper")
    page.keyboard.press("ArrowRight")
    page.locator(f"[data-paper]:not([data-paper='{shown}'])").wait_for()
    assert page.locator("[data-paper]").evaluate("async (img) => { await img.decode(); return img.naturalWidth > 0 }")
    page.keyboard.press("Escape")
    form = page.locator("[data-form]").inner_text()
    assert "139****" in form and not re.search(r"\d{15}", form), "the form is masked"
    page.fill("[name=opinion]", "征信良好，同意贷款。")
    page.reload()
    page.locator(f"[data-case='{case['id']}']").wait_for()
    assert page.input_value("[name=opinion]") == "征信良好，同意贷款。"
    newcomer = cases.accepted(LOAN)
    page.locator(".toast", has_text=newcomer["board_number"]).wait_for()
    page.locator("h2").first.click()
    page.keyboard.press("F4")
    agree(page)
    page.locator(f"[data-case='{case['id']}']").wait_for(state="detached")
    assert any(line["data"].get("opinion") == "征信良好，同意贷款。" for line in history(cases, case))
    assert cases.clerk.read(f"/cases/{case['id']}")["state"] == "approved"
    page.click("[data-view=decided]")
    page.locator("[data-task]", has_text=case["board_number"]).first.wait_for()


def test_a_rejection_needs_a_reason_and_tells_the_remedies(cases: Cases, bench: Callable[[Any], Any]) -> None:
    case = cases.accepted(LOAN)
    cases.received(case)
    page = bench(case)
    page.keyboard.press("F6")
    dialog = page.locator("dialog")
    assert "行政复议" in dialog.locator(".rights").inner_text()
    assert dialog.locator(".primary").is_disabled()
    dialog.locator(".check").first.click()
    agree(page)
    page.locator(f"[data-case='{case['id']}']").wait_for(state="detached")
    shown = cases.clerk.read(f"/cases/{case['id']}")
    assert (shown["state"], shown["decision"]) == ("rejected", "rejected")
    assert any(shown["refusal_reasons"][0] in line["data"].get("reasons", []) for line in shown["history"])


def test_a_special_procedure_stops_the_clock_and_a_correction_is_told_at_once(
    cases: Cases, bench: Callable[[Any], Any]
) -> None:
    case = cases.accepted(LOAN)
    cases.received(case)
    page = bench(case)
    page.keyboard.press("F8")
    page.click("dialog [data-kind=expert_review]")
    page.fill("dialog [name=reason]", "请专家评审抵押物价值")
    agree(page)
    page.locator("[data-light-now=stopped]").wait_for()
    assert "专家评审" in page.locator(".standing").inner_text()
    assert not page.locator("[data-command=approve]").count() or page.locator("[data-command=approve]").is_disabled()
    page.keyboard.press("F9")
    agree(page)
    page.locator("[data-light-now=green], [data-light-now=yellow]").wait_for()
    page.keyboard.press("F7")
    page.select_option("dialog select", label="身份证")
    page.fill("dialog [name=text]", "背面模糊，请重新复印")
    agree(page)
    page.locator("[data-light-now=stopped]").wait_for()
    asked = cases.clerk.read(f"/cases/{case['id']}")["correction"]["items"]
    assert [(one["name"], one["text"]) for one in asked] == [("身份证", "背面模糊，请重新复印")]


def test_a_department_mails_a_decided_result_itself(cases: Cases, bench: Callable[[Any], Any]) -> None:
    case = cases.accepted(LOAN, courier=True)
    cases.received(case)
    page = bench(case)
    task = cases.task(case)["id"]
    page.keyboard.press("F4")
    agree(page)
    page.locator(f"[data-case='{case['id']}']").wait_for(state="detached")
    page.click("[data-view=decided]")
    page.locator(f"[data-task='{task}']").click()
    page.fill("[data-mailing] [name=waybill]", "1099002233")
    if shots := os.environ.get("SHOTS"):
        page.screenshot(path=f"{shots}/mailing.png")
    page.click("[data-mailing] button")
    page.locator("[data-mailing]").wait_for(state="detached")
    assert cases.clerk.read(f"/cases/{case['id']}")["state"] == "sent"


def test_a_part_that_ended_with_its_case_is_no_longer_needed_and_not_called_decided(
    cases: Cases, open_page: Callable[..., Any]
) -> None:
    case = cases.accepted(LOAN)
    cases.received(case)
    task = cases.task(case)
    cases.clerk.do(f"/cases/{case['id']}/withdraw", {"reason": "申请人不办了"})
    page = open_page(f"{cases.server.url}/approvals#{task['id']}", WIDTH, HEIGHT, sign_in=(cases.server, FUND))
    page.set_default_timeout(PATIENCE)
    page.locator("[data-view=decided]").click()
    row = page.locator(f"[data-task='{task['id']}']")
    row.wait_for()
    said = row.inner_text()
    assert "不再需要" in said and "已作出决定" not in said and task["board_number"] in said
