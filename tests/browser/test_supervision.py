"""统一督办 in a real Chromium: a manager urges a case, its approver's bell says so; the register and the calendar."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.browser.case_scene import LOAN, Cases
from tests.browser.desks import HEIGHT, WIDTH
from tests.browser.test_readable import faults

PATIENCE = 8000  # ms


def opened(cases: Cases, open_page: Callable[..., Any], account: str, path: str) -> Any:
    page = open_page(cases.server.url + path, WIDTH, HEIGHT, sign_in=(cases.server, account))
    page.set_default_timeout(PATIENCE)
    return page


def test_a_manager_urges_a_case_and_the_holders_bell_says_it_until_seen(
    cases: Cases, open_page: Callable[..., Any]
) -> None:
    case = cases.accepted(LOAN)
    cases.received(case)
    desk = opened(cases, open_page, "fund.approver", "/approvals")
    page = opened(cases, open_page, "manager", "/supervision?view=all")
    row = page.locator(f"[data-supervised='{case['id']}']")
    row.locator("[data-remind=holder]").click()
    page.locator("dialog .preset").first.click()
    page.locator("dialog .dialog-actions .primary").click()
    row.get_by_text("未看").wait_for()
    desk.locator(".bell-count").wait_for(timeout=PATIENCE)
    desk.click(".bell-button")
    note = desk.locator("[data-reminder]", has_text=case["board_number"]).filter(has_text="请今日办结")
    other = desk.locator(f"[data-task]:not(:has-text('{case['board_number']}'))").first
    if other.count():
        other.click()
        desk.click(".bell-button")
    note.get_by_role("link").click()
    desk.locator(f"[data-case='{case['id']}']").wait_for()
    note.get_by_role("button").click()
    note.get_by_text("已看").wait_for()
    page.reload()
    row.get_by_text("已看").wait_for()


def test_a_head_authorizes_a_clerk_for_an_item_and_revokes_it(cases: Cases, open_page: Callable[..., Any]) -> None:
    page = opened(cases, open_page, "fund.head", "/authorizations")
    page.fill("[name=staff]", "clerk7")
    name = page.locator("#clerks option[value=clerk7]").get_attribute("label")
    assert page.inner_text("[data-named]") == name.removesuffix(" · clerk7")
    page.locator(f"input[value='{LOAN}']").check()
    page.fill("[name=document]", "委托书〔2026〕7号")
    page.get_by_role("button", name="登记", exact=True).click()
    row = page.locator("[data-authorization]", has_text="委托书〔2026〕7号")
    assert "个人住房公积金贷款申请" in row.inner_text()
    row.get_by_role("button", name="撤销").click()
    page.locator("dialog .primary").click()
    row.wait_for(state="detached")
    assert [
        one["revoked_at"] is not None
        for one in cases.server.signed_in("fund.head").read("/authorizations")["authorizations"]
    ] == [True]


def test_an_unknown_year_says_so_until_its_file_is_imported(
    cases: Cases, open_page: Callable[..., Any], tmp_path: Path
) -> None:
    page = opened(cases, open_page, "admin", "/calendar")
    page.locator("[data-date='2026-10-01'].off").wait_for()
    page.locator("[data-date='2026-02-14'].works").wait_for()
    page.click("[data-year='2027']")
    page.locator("[data-unknown]").wait_for()
    file = tmp_path / "2027.json"
    file.write_text("not json")
    page.set_input_files("[name=holidays]", file)
    page.locator("[data-error]").wait_for()
    days = [{"name": "元旦", "date": "2027-01-01", "isOffDay": True}]
    file.write_text(json.dumps({"year": 2027, "days": days}))
    page.set_input_files("[name=holidays]", file)
    page.locator("[data-date='2027-01-01'].off").wait_for()
    assert page.locator("[data-unknown]").count() == 0


def test_a_manager_hands_on_the_cases_of_a_closed_account_from_the_strip(
    cases: Cases, open_page: Callable[..., Any]
) -> None:
    leaver, admin = Cases(cases.server, window=31), cases.server.signed_in("admin")
    case = leaver.accepted(LOAN)
    admin.do("/staff/clerk31/close")
    try:
        page = open_page(f"{cases.server.url}/manage", 1366, 768, sign_in=(cases.server, "manager"))
        page.locator("[data-alarm] a[href='/supervision?view=all']").click()
        page.locator("[data-left=clerk31]").wait_for()
        assert page.locator(f"[data-supervised='{case['id']}'] [data-owner-left]").is_visible()
        assert faults(page) == []
        page.click("[data-left=clerk31] [data-hand-on]")
        page.click("[data-all]")
        assert page.locator("dialog .primary").is_disabled(), "nothing is ticked"
        page.click("[data-all]")
        page.select_option("[name=to]", "clerk33")
        page.locator(".preset").first.click()
        page.locator("dialog .primary").click()
        page.locator("[data-left=clerk31]").wait_for(state="detached")
        assert cases.clerk.read(f"/cases/{case['id']}")["owner"] == "staff:clerk33"
    finally:
        admin.do("/staff/clerk31/reopen")
