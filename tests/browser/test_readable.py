"""Everything citizens read meets WCAG 2 AA: contrast, names of controls, structure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.conftest import cannot
from tests.support.server import ROOT, HallServer

AXE = ROOT / "node_modules/axe-core/axe.min.js"
OpenPage = Callable[..., Any]


def faults(page: Any) -> list[str]:
    """axe's findings as "rule: where"; evaluated by the browser's debugger, which no content policy stops."""
    if not AXE.exists():
        cannot("no axe-core: npm ci")
    page.wait_for_timeout(250)
    page.evaluate(AXE.read_text())
    found = page.evaluate("axe.run(document, { runOnly: ['wcag2a', 'wcag2aa'] })")
    return [f"{rule['id']}: {node['target'][0]}" for rule in found["violations"] for node in rule["nodes"]]


@pytest.mark.parametrize("mode", ["ordinary", "large print", "English"])
def test_every_step_of_the_kiosk_can_be_read(hall_server: HallServer, open_page: OpenPage, mode: str) -> None:
    page = open_page(hall_server.url + "/kiosk", 1080, 1920, sign_in=(hall_server, "kiosk"))
    page.wait_for_selector("[data-section]")
    if mode != "ordinary":
        page.click("[data-elder-mode]" if mode == "large print" else "[data-language]")
    assert faults(page) == []
    page.click("[data-find]")
    page.wait_for_selector("[data-item]")
    assert faults(page) == []
    page.click("[data-item] >> nth=0")
    page.click('.key:text-is("2")')
    assert faults(page) == []
    page.click("[data-no-phone]")
    assert faults(page) == []
    page.click("[data-take]")
    page.wait_for_selector("[data-number]")
    assert faults(page) == []


def test_the_wall_the_phone_and_the_pairing_page_can_be_read(hall_server: HallServer, open_page: OpenPage) -> None:
    link = hall_server.signed_in("kiosk").do("/tickets", {"section": "police"})["link"].rsplit("/", 1)[-1]
    wall = open_page(hall_server.url + "/display", 1920, 1080, sign_in=(hall_server, "display"))
    wall.wait_for_selector("[data-waiting]")
    assert faults(wall) == []
    phone = open_page(f"{hall_server.url}/t/{link}", 390, 844)
    phone.wait_for_selector("#slip:not([hidden])")
    assert faults(phone) == []
    phone.click("#cancel")
    assert faults(phone) == []
    assert faults(open_page(f"{hall_server.url}/pair?role=display", 1920, 1080)) == []
