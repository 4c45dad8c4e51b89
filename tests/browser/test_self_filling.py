"""The form is filled in on the phone while waiting, and is there at the window; what is kept is corrected on the phone."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.desks import HEIGHT as DESK_HEIGHT
from tests.browser.desks import WIDTH as DESK_WIDTH
from tests.browser.desks import new_phone
from tests.browser.guides import PERSON, confirm_phone
from tests.browser.phone_page import HEIGHT, WIDTH, OpenPage, clear_line, open_ticket, take
from tests.browser.test_readable import faults
from tests.support.server import HallServer

OTHER = "11010519491231002X"
"""Kept under a phone here, so that the other tests of this hall may keep PERSON under theirs."""


@pytest.fixture
def hall(phone_hall_server: HallServer) -> HallServer:
    clear_line(phone_hall_server)
    return phone_hall_server


def typed_in(page: Any, phone: str) -> None:
    page.fill("#f-name", PERSON["name"])
    page.fill("#f-id_number", PERSON["id_number"])
    page.fill("#f-contact_phone", phone)


def saved_meanwhile(hall: HallServer, page: Any) -> None:
    """As a page does while it is being left: the next one has seen an older revision, and what is typed there counts."""
    token = page.url.split("/")[-2]
    proof = {"key": page.evaluate("t => JSON.parse(localStorage['yichuang.form.' + t]).key", token)}
    now = hall.api.do(f"/links/{token}/form/open", proof)
    hall.api.do(f"/links/{token}/form/draft", {**proof, "revision": now["revision"], "form": now["form"]})


def at_the_window(hall: HallServer, open_page: OpenPage, number: str) -> Any:
    """Window 26's terminal, the person with that number called and served."""
    desk = open_page(hall.url + "/terminal?window=26", DESK_WIDTH, DESK_HEIGHT, sign_in=(hall, "clerk26"))
    clerk = hall.signed_in("clerk26")
    assert clerk.do("/windows/26/next")["number"] == number
    clerk.do("/windows/26/start")
    return desk


def test_what_is_typed_while_waiting_is_filled_in_when_the_window_takes_the_matter_in(
    hall: HallServer, open_page: OpenPage
) -> None:
    phone, ticket = new_phone(), take(hall)
    page = open_ticket(hall, open_page, ticket)
    page.click("#fill")
    page.wait_for_selector("#agree")
    assert faults(page) == []
    page.click("#begin")
    typed_in(page, phone)
    page.reload()  # at once: the last field was not saved yet
    page.wait_for_selector("#form")
    assert page.input_value("#f-contact_phone") == phone and page.input_value("#f-name") == PERSON["name"]
    page.fill("#f-id_number", "330102195001011237")
    page.click("#give")
    page.wait_for_selector("#e-id_number:not(:empty)")
    saved_meanwhile(hall, page)
    assert "选证件" in page.inner_text("#e-id_number")
    page.fill("#f-id_number", "E12345678")
    page.select_option("#d-id_number", "passport")
    assert faults(page) == []
    desk = at_the_window(hall, open_page, ticket["number"])
    assert desk.locator("[data-filled]").count() == 0, "nothing is sent yet"
    page.click("#give")
    page.wait_for_selector("#done")
    assert "E12345678" not in page.content() and faults(page) == []
    page.click("#change")
    page.wait_for_selector("#form")
    assert page.input_value("#d-id_number") == "passport"
    desk.wait_for_selector("[data-filled]")
    assert "已填表" in desk.inner_text("[data-testid=visit]") and PERSON["name"] not in desk.content()
    stranger = open_page(page.url, WIDTH, HEIGHT, is_mobile=True)  # the slip was found: the link alone shows nothing
    stranger.wait_for_selector("#locked")
    assert PERSON["name"] not in stranger.content()
    case = hall.signed_in("clerk26").do("/cases", {"window": 26, "item": "fund-loan"})
    desk.goto(f"{hall.url}/intake/{case['id']}?window=26")
    desk.wait_for_selector("[data-filled]")
    assert desk.input_value("#f-name") == PERSON["name"] and desk.input_value("#f-id_number") == "E12345678"
    assert "护照" in desk.inner_text("#n-id_number"), "the clerk reads which document it is"


def test_what_is_kept_for_the_next_time_fills_in_the_next_number_and_is_corrected_on_the_phone(
    hall: HallServer, open_page: OpenPage
) -> None:
    phone = new_phone()
    page = open_ticket(hall, open_page, take(hall))
    page.click("#fill")
    page.click("#begin")
    typed_in(page, phone)
    page.check("#keep")
    confirm_phone(page, hall, phone)
    page.wait_for_selector("#verify", state="detached")
    assert page.is_checked("#keep")
    page.fill("#f-id_number", OTHER)
    page.click("#give")
    page.wait_for_selector("#done .told.ok, #done ~ .told.ok")
    page.goto(hall.url + "/me")
    page.click("[data-open]")
    page.wait_for_selector("#correct")
    assert page.input_value("#f-id_number") == OTHER and page.locator("#f-project_name").count() == 0
    assert faults(page) == []
    page.fill("#f-contact_phone", "123")
    page.click("#correct")
    page.wait_for_selector("#e-contact_phone:not(:empty)")
    page.fill("#f-contact_phone", phone)
    page.click("summary")
    page.fill("#f-address", "解放路 1 号")
    page.click("#correct")
    page.wait_for_selector("[data-profile]")
    page.goto(hall.url + "/t/" + take(hall)["link"].rsplit("/", 1)[-1] + "/form")
    page.click("[data-kept]")
    page.wait_for_selector("#form")
    assert page.input_value("#f-name") == PERSON["name"] and page.input_value("#f-address") == "解放路 1 号"
