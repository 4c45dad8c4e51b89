"""材料交接清单 in a real Chromium: the window signs and sends, the department signs line by line, what is missing stays open."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.browser.case_scene import FUND, LOAN, Cases
from tests.browser.desks import HEIGHT, WIDTH

PATIENCE = 8000  # ms


def opened(cases: Cases, open_page: Callable[..., Any], account: str, list_id: int) -> Any:
    page = open_page(f"{cases.server.url}/handovers#{list_id}", WIDTH, HEIGHT, sign_in=(cases.server, account))
    page.set_default_timeout(PATIENCE)
    page.locator("[data-list-state]").wait_for()
    return page


def agree(page: Any) -> None:
    page.locator("dialog .dialog-actions .primary").click()


def test_both_sides_sign_a_list_and_a_missing_case_stays_open_until_it_turns_up(
    cases: Cases, open_page: Callable[..., Any]
) -> None:
    there, missing = cases.accepted(LOAN), cases.accepted(LOAN)
    cases.listed(there, missing)
    list_id = cases.list_of(there)["id"]
    window = opened(cases, open_page, f"clerk{cases.window}", list_id)
    window.keyboard.press("F2")
    agree(window)
    window.locator("[data-list-state=sent]").wait_for()

    department = opened(cases, open_page, "fund.approver", list_id)
    department.click(f"[data-line='{missing['id']}'] [data-mark=missing]")
    department.fill(f"[data-line='{missing['id']}'] [name=note]", "缺收入证明")
    department.reload()
    department.locator("[data-list-state]").wait_for()
    assert department.input_value("[name=note]") == "缺收入证明", "what was marked survives a reload"
    department.click("[data-mark-all]")
    department.click("[data-sign=receive]")
    department.locator(f"[data-line='{there['id']}'] .badge.ok").wait_for()
    assert cases.task(there)["state"] == "held"
    assert cases.task(missing)["state"] == "on_its_way"
    window.locator(f"[data-line='{missing['id']}']", has_text="缺收入证明").wait_for()

    department.click(f"[data-line='{missing['id']}'] [data-mark=received]")
    department.click("[data-sign=receive]")
    department.locator("[data-list-state=received]").wait_for()
    assert "石磊" in department.locator(".signatures").inner_text()
    department.emulate_media(media="print")
    assert department.locator("[data-list]").is_hidden()
    assert department.locator(".bar").is_hidden()
    assert department.get_by_text("材料交接清单").is_visible()


def test_a_department_sends_its_results_to_the_issue_window_by_a_signed_list(
    cases: Cases, open_page: Callable[..., Any]
) -> None:
    case = cases.accepted(LOAN)
    cases.received(case)
    cases.approved(case)
    page = open_page(f"{cases.server.url}/handovers", WIDTH, HEIGHT, sign_in=(cases.server, "fund.approver"))
    page.set_default_timeout(PATIENCE)
    page.click("[data-ready]")
    page.check(f"[data-ready-case='{case['id']}'] input")
    page.click("[data-send-results]")
    page.locator("[data-list-state=sent]").wait_for()
    made = next(one for one in cases.lists("issue") if case["id"] in [line["case"] for line in one["lines"]])
    assert (made["department"], made["state"]) == (FUND, "sent")
