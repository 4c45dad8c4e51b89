"""A whole application on the phone: the code by SMS, the form, papers, submitted; filled in by itself the next time."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.desks import new_phone
from tests.browser.guides import PERSON, answer_all, confirm_phone
from tests.browser.phone_page import HEIGHT, WIDTH, OpenPage
from tests.browser.test_readable import faults
from tests.support.server import ROOT, HallServer

PHOTO = next((ROOT / "config/demo/catalogue/samples").glob("*.png"))


@pytest.fixture
def hall(phone_hall_server: HallServer) -> HallServer:
    return phone_hall_server


def draft(hall: HallServer, page: Any, phone: str, item: str = "birth-registration") -> None:
    page.goto(f"{hall.url}/apply/{item}")
    answer_all(page, "#verify")
    confirm_phone(page, hall, phone)
    page.wait_for_selector("#form")


def saved(page: Any) -> None:
    page.wait_for_function("() => document.querySelector('#saved').textContent.startsWith('✓')")


def died(page: Any, field: str, text: str) -> Any:
    """The line is lost, something is typed, the browser dies; the phone's next tab, with the same proof of the phone."""
    context, proof = page.context, page.evaluate("sessionStorage['yichuang.phone']")
    context.set_offline(True)
    page.fill(field, text)
    other, link = context.new_page(), page.url
    page.close(run_before_unload=False)
    context.set_offline(False)
    other.goto(link)
    other.evaluate("proof => { sessionStorage['yichuang.phone'] = proof; }", proof)
    other.reload()
    other.wait_for_selector("#form, #go-on")
    if other.locator("#go-on").count():
        other.click("#go-on")
    other.wait_for_selector("#form")
    return other


def test_a_citizen_applies_from_the_phone_and_nothing_typed_is_lost_by_a_reload(
    hall: HallServer, open_page: OpenPage
) -> None:
    phone = new_phone()
    page = open_page("about:blank", WIDTH, HEIGHT, is_mobile=True)
    draft(hall, page, phone)
    sample = page.get_attribute("#papers a.chip[target]", "href")
    assert page.request.get(hall.url + str(sample)).ok, "what is wanted is seen before it is sent in"
    page.fill("#f-name", PERSON["name"])
    saved(page)
    page.fill("#f-id_number", "330102195001011237")
    page.reload()  # at once: the last field was not saved yet
    page.wait_for_selector("#form")
    assert page.input_value("#f-name") == PERSON["name"] == page.input_value("#f-contact_name")
    assert page.input_value("#f-id_number") == "330102195001011237"
    assert page.input_value("#f-contact_phone") == phone
    page = died(page, "#f-contact_name", "李四")
    assert page.input_value("#f-contact_name") == "李四"
    saved(page)
    assert page.evaluate("Object.keys(localStorage).filter((k) => k.includes('unsaved')).length") == 0
    page.click("#submit")
    page.wait_for_selector("#e-id_number:not(:empty)")
    page.fill("#f-id_number", PERSON["id_number"])
    page.click("#submit")
    page.wait_for_function("() => document.querySelector('#problem').textContent.includes('请上传')")
    assert faults(page) == []
    for at in range(page.locator("input[type=file]").count()):
        page.locator("input[type=file]").nth(at).set_input_files(str(PHOTO))
        page.wait_for_function("n => document.querySelectorAll('[data-file]').length === n", arg=at + 1)
    page.click("#submit")
    page.wait_for_selector("[data-state=pre_review]")
    assert PERSON["name"] not in page.content() and "张**" in page.inner_text("main")
    assert faults(page) == []


def test_what_was_kept_with_consent_fills_the_next_form_and_is_deleted_when_asked(
    hall: HallServer, open_page: OpenPage
) -> None:
    phone = new_phone()
    page = open_page("about:blank", WIDTH, HEIGHT, is_mobile=True)
    draft(hall, page, phone)
    link = page.url
    page.fill("#f-name", PERSON["name"])
    page.fill("#f-id_number", PERSON["id_number"])
    for at in range(page.locator("input[type=file]").count()):
        page.locator("input[type=file]").nth(at).set_input_files(str(PHOTO))
        page.wait_for_function("n => document.querySelectorAll('[data-file]').length === n", arg=at + 1)
    page.check("#keep")
    page.click("#submit")
    page.wait_for_selector("[data-state=pre_review]")
    page.goto(f"{hall.url}/apply/birth-registration")
    answer_all(page, "#form")
    assert page.url != link
    assert page.input_value("#f-id_number") == PERSON["id_number"]
    page.goto(hall.url + "/me")
    page.wait_for_selector("[data-profile]")
    assert page.locator("#cases li").count() == 2, "both applications are found again by the phone"
    assert PERSON["id_number"] not in page.content()
    assert faults(page) == []
    page.click("[data-profile] .danger")
    page.wait_for_selector("[data-profile]", state="detached")
    assert "没有保存任何信息" in page.inner_text("#kept")


def test_a_strangers_phone_does_not_open_somebody_elses_draft(hall: HallServer, open_page: OpenPage) -> None:
    page = open_page("about:blank", WIDTH, HEIGHT, is_mobile=True)
    draft(hall, page, new_phone())
    page.fill("#f-name", PERSON["name"])
    saved(page)
    other = open_page(page.url, WIDTH, HEIGHT, is_mobile=True)
    other.click("#go-on")
    confirm_phone(other, hall, new_phone())
    other.wait_for_function("() => document.querySelector('#problem').textContent.includes('另一个手机号')")
    assert PERSON["name"] not in other.content()
