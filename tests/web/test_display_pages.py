"""The wall's page says which area it shows and how it speaks."""

from __future__ import annotations

import html
import json
import re
from typing import Any

import pytest

from tests.web.conftest import Hall


def wall(browser: Any, address: str = "/display") -> dict[str, str]:
    """The data of the page's root."""
    answer = browser.get(address)
    assert answer.status_code == 200, answer.text
    return {
        name: html.unescape(a or b)
        for name, a, b in re.findall(r"data-([\w-]+)=(?:\"([^\"]*)\"|'([^']*)')", answer.text)
    }


@pytest.fixture
def screen(hall: Hall) -> Any:
    """A screen paired for the east area."""
    browser = hall.browser()
    asked = hall.post("/pairings", {"role": "display"}, client=browser).json or {}
    body = {"code": asked["code"], "name": "东区大屏", "area": "east"}
    assert hall.post("/devices", body, by="manager").status_code < 300
    hall.post(f"/pairings/{asked['device']}/token", {"secret": asked["secret"]}, client=browser)
    return browser


@pytest.mark.parametrize(
    ("address", "area"),
    [
        ("/display", "east"),
        ("/display?area=west", "west"),
        ("/display?area=", ""),
        ("/display?area=moon", ""),
    ],
)
def test_a_paired_wall_shows_its_own_area_unless_its_address_names_another(
    screen: Any, address: str, area: str
) -> None:
    assert wall(screen, address)["area"] == area


def test_the_page_carries_the_halls_rules_of_speaking(screen: Any) -> None:
    rules = json.loads(wall(screen)["voice"])
    assert (rules["repeat"], rules["english"], rules["chime"], rules["fresh_seconds"]) == (2, True, True, 20)
    assert set(rules["languages"]) <= {"zh", "en"}
