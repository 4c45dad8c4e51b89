"""The front door: every screen one click away, which account opens it, and whether the hall runs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.browser.desks import HEIGHT, WIDTH, copy_hall
from tests.support.server import HallServer

DOORS = [
    "/kiosk",
    "/display",
    "/display/window",
    "/display/progress",
    "/g",
    "/pad?window=1",
    "/inbox",
    "/terminal",
    "/guide",
    "/manage",
    "/manage/evaluations",
    "/catalogue",
    "/approvals",
    "/handovers",
    "/issue",
    "/supervision",
    "/authorizations",
    "/health",
    "/calendar",
    "/manage/devices",
    "/api/docs",
]
STAFF_DOORS = [door for door in DOORS[7:] if door != "/api/docs"]
BEHIND = ["fund.approver", "clerk1", "clerk38", "manager", "fund.head"]


def doors(page: Any) -> list[str]:
    return [door.get_attribute("data-door") for door in page.locator("[data-door]").all()]


def test_the_front_door_names_every_screen_and_its_account_but_no_password(
    hall_server: HallServer, open_page: Callable[..., Any]
) -> None:
    page = open_page(hall_server.url + "/", WIDTH, HEIGHT)
    assert doors(page) == DOORS
    accounts = page.locator(".door-account b").all_inner_texts()
    assert accounts == [
        "kiosk",
        "display",
        "display",
        "display",
        "pad",
        "guide",
        "clerk1",
        "guide",
        "manager",
        "manager",
        "fund.editor",
        *BEHIND,
        "manager",
        "admin",
        "manager",
    ]
    assert page.evaluate("document.documentElement.scrollHeight") <= HEIGHT  # all of it without a scroll
    assert hall_server.password not in page.content()
    page.locator(".health.ok", has_text="大厅运行正常").wait_for()


def test_a_door_leads_through_sign_in_to_its_page(hall_server: HallServer, open_page: Callable[..., Any]) -> None:
    page = open_page(hall_server.url + "/", WIDTH, HEIGHT)
    page.locator('[data-door="/guide"]').click()
    assert page.locator("#username").input_value() == "guide"
    page.fill("#password", hall_server.password)
    page.click("#go")
    page.wait_for_url("**/guide")
    page.locator("[name=query]").wait_for()


def test_every_door_opens_for_an_admin_without_asking_again(
    hall_server: HallServer, open_page: Callable[..., Any]
) -> None:
    page = open_page(hall_server.url + "/", WIDTH, HEIGHT, sign_in=(hall_server, "admin"))
    for path in DOORS:
        assert page.locator(f'[data-door="{path}"]').get_attribute("href") == path
        assert page.request.get(hall_server.url + path, max_redirects=0).status == 200, path


def test_the_front_door_speaks_english_on_request(hall_server: HallServer, open_page: Callable[..., Any]) -> None:
    page = open_page(hall_server.url + "/", WIDTH, HEIGHT)
    page.get_by_role("button", name="English").click()
    page.locator(".health.ok", has_text="The hall is running").wait_for()
    assert page.locator("h1").inner_text() == "Quzhou Government Service Center (Demo)"


def test_a_hall_that_is_no_demo_shows_only_the_staffs_doors(
    start_server: Callable[..., HallServer], open_page: Callable[..., Any], tmp_path: Path
) -> None:
    hall = copy_hall(tmp_path)
    toml = hall / "hall.toml"
    toml.write_text(toml.read_text("utf-8").replace("demo = true", "demo = false"), "utf-8")
    server = start_server(hall=hall)
    page = open_page(server.url + "/", WIDTH, HEIGHT)
    assert doors(page) == STAFF_DOORS
    assert page.locator(".door-account").count() == 0
    assert page.request.get(server.url + "/inbox", max_redirects=0).status in (302, 404)
