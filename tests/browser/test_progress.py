"""进度公示: the wall turns its pages by itself and masks names; a phone finds its own case, and guessing is locked."""

from __future__ import annotations

import pytest

from tests.browser.desks import new_phone
from tests.browser.guides import PERSON, taken_in
from tests.browser.phone_page import HEIGHT, WIDTH, OpenPage, clear_line
from tests.browser.test_readable import faults
from tests.support.server import HallServer


@pytest.fixture
def hall(phone_hall_server: HallServer) -> HallServer:
    clear_line(phone_hall_server)
    return phone_hall_server


def test_the_wall_shows_a_case_as_soon_as_it_is_accepted_and_turns_its_pages(
    hall: HallServer, open_page: OpenPage
) -> None:
    for _ in range(11):
        case = taken_in(hall, new_phone())
    wall = open_page("about:blank", 1920, 1080, sign_in=(hall, "display"))
    wall.clock.install()
    wall.goto(hall.url + "/display/progress")
    wall.wait_for_selector(f"[data-case='{case['board_number']}']")
    assert faults(wall) == []
    said = wall.inner_text("main")
    assert "张**" in said and PERSON["name"] not in wall.content()
    assert wall.locator("[data-case]").count() == 10
    newest = taken_in(hall, new_phone())
    wall.clock.run_for(2_500)
    wall.wait_for_selector(f"[data-case='{newest['board_number']}']", timeout=10_000)
    wall.clock.run_for(11_000)
    wall.wait_for_selector("[data-page='2']", timeout=5_000)


def test_a_citizen_finds_the_own_case_and_five_wrong_tries_lock_it_with_a_sentence(
    hall: HallServer, open_page: OpenPage
) -> None:
    phone = new_phone()
    case = taken_in(hall, phone)
    page = open_page(hall.url + "/progress", WIDTH, HEIGHT, is_mobile=True)
    page.fill("#code", case["code"])
    page.fill("#last4", phone[-4:])
    page.click("#look")
    page.wait_for_selector("#own")
    assert "已受理" in page.inner_text("#own")
    assert faults(page) == []
    scanned = open_page(hall.url + f"/progress#code={case['code']}", WIDTH, HEIGHT, is_mobile=True)
    scanned.wait_for_function("() => document.activeElement.id === 'last4'")
    scanned.keyboard.type(phone[-4:])
    scanned.keyboard.press("Enter")
    scanned.wait_for_selector("#own")
    page.click("text=进度公示")
    page.wait_for_selector("#department")
    page.select_option("#department", case["department"])
    assert case["board_number"] in page.inner_text(".cases")
    assert case["code"][-6:] not in page.inner_text(".cases"), "nothing of the code is for everybody"
    assert faults(page) == []
    page.click("text=查我的办件")
    page.fill("#code", case["code"])
    page.fill("#last4", f"{(int(phone[-4:]) + 1) % 10_000:04d}")
    for _ in range(5):
        with page.expect_response("**/progress/lookup"):
            page.click("#look")
    page.wait_for_function("() => /分钟/.test(document.querySelector('#problem').textContent)")
    page.fill("#last4", phone[-4:])
    page.click("#look")
    page.wait_for_function("() => /分钟/.test(document.querySelector('#problem').textContent)")
    assert page.locator("#own").count() == 0, "locked for the right digits, too"
