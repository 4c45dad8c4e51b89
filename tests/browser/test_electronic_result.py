"""电子结果 from page to page: applied for and saved on the phone, put up by the department on its workbench."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from tests.browser.desks import HEIGHT as DESK_HEIGHT
from tests.browser.desks import WIDTH as DESK_WIDTH
from tests.browser.desks import new_phone
from tests.browser.guides import PERSON
from tests.browser.phone_page import HEIGHT, WIDTH, OpenPage
from tests.browser.test_online_application import PHOTO, draft
from tests.browser.test_online_application import hall as online
from tests.browser.test_readable import faults
from tests.support.server import HallServer

hall = online
OFFICE = "health.approver"
SHOTS = os.environ.get("SHOTS")


def shoot(page: Any, name: str) -> None:
    if SHOTS:
        page.screenshot(path=str(Path(SHOTS) / f"{name}.png"), full_page=True)


@pytest.fixture
def result(tmp_path: Path) -> Path:
    made = tmp_path / "出生登记证.pdf"
    made.write_bytes(b"%PDF-1.7\n" + b"licence" * 100)
    return made


def under_review(hall: HallServer, open_page: OpenPage) -> tuple[Any, int, int]:
    """Applied for on a phone and passed by the pre-review: the phone, the case, its task."""
    phone = open_page("about:blank", WIDTH, HEIGHT, is_mobile=True)
    draft(hall, phone, new_phone())
    phone.fill("#f-name", PERSON["name"])
    phone.fill("#f-id_number", PERSON["id_number"])
    for at in range(phone.locator("#papers input[type=file]").count()):
        phone.locator("#papers input[type=file]").nth(at).set_input_files(str(PHOTO))
        phone.wait_for_function("n => document.querySelectorAll('[data-file]').length === n", arg=at + 1)
    shoot(phone, "submit")
    phone.click("#submit")
    phone.wait_for_selector("[data-state=pre_review]")
    office = hall.signed_in(OFFICE)
    case = max(one["id"] for one in office.read("/pre-reviews")["cases"])
    office.do(f"/cases/{case}/pre-review/pass", {"note": "齐全"})
    task = next(one["id"] for one in office.read("/tasks")["tasks"] if one["case"] == case)
    return phone, case, task


def test_the_department_puts_the_result_up_and_the_citizen_saves_it(
    hall: HallServer, open_page: OpenPage, result: Path
) -> None:
    phone, case, task = under_review(hall, open_page)
    desk = open_page(f"{hall.url}/approvals#{task}", DESK_WIDTH, DESK_HEIGHT, sign_in=(hall, OFFICE))
    desk.locator(f"[data-case='{case}']").wait_for()
    desk.set_input_files("input[name=result]", str(result))
    desk.locator("[data-result] .file", has_text="出生登记证.pdf").wait_for()
    shoot(desk, "desk-open")
    assert faults(desk) == []
    desk.keyboard.press("F4")
    desk.locator("dialog .dialog-actions .primary").click()
    desk.locator(f"[data-case='{case}']").wait_for(state="detached")
    desk.click("[data-view=decided]")
    desk.locator(f"[data-task='{task}']").click()
    desk.locator("[data-decided] .upload-result").wait_for()
    shoot(desk, "desk-decided")
    phone.reload()
    phone.wait_for_selector("[data-state=closed]")
    with phone.expect_download() as saved:
        phone.click("[data-result]")
    assert saved.value.suggested_filename == "出生登记证.pdf"
    assert Path(saved.value.path()).read_bytes() == result.read_bytes()
    shoot(phone, "phone")
    assert faults(phone) == []


def test_an_approval_without_the_result_says_on_both_sides_that_it_is_still_owed(
    hall: HallServer, open_page: OpenPage, result: Path
) -> None:
    phone, _, task = under_review(hall, open_page)
    hall.signed_in(OFFICE).do(f"/tasks/{task}/approve", {"opinion": "同意"})
    phone.reload()
    phone.wait_for_selector("[data-state=approved]")
    assert "正在制作电子结果" in phone.inner_text("#state")
    shoot(phone, "phone-owed")
    desk = open_page(f"{hall.url}/approvals", DESK_WIDTH, DESK_HEIGHT, sign_in=(hall, OFFICE))
    desk.click("[data-view=decided]")
    desk.locator(f"[data-task='{task}']", has_text="待上传结果").click()
    desk.locator("[data-result] .warn-text", has_text="还没有电子结果").wait_for()
    shoot(desk, "desk-owed")
    assert faults(desk) == []
    desk.set_input_files("input[name=result]", str(result))
    desk.locator("[data-result] .file", has_text="出生登记证.pdf").wait_for()
    assert desk.locator("[data-result] .warn-text").count() == 0
    phone.reload()
    phone.wait_for_selector("[data-state=closed]")
