"""One visual language: the phone's pages, whose old browsers know no variables, repeat no colour but those of tokens.css."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b")
ON_PAPER = re.compile(r"@media print\s*\{(?:[^{}]|\{[^{}]*\})*\}")


def _colours(path: str) -> set[str]:
    found = COLOUR.findall(ON_PAPER.sub("", (ROOT / path).read_text("utf-8")))
    return {"#" + "".join(one * 2 for one in each[1:]) if len(each) == 4 else each.lower() for each in found}


@pytest.mark.parametrize("page", ["kiosk/static/ticket.css", "kiosk/static/phone/phone.css"])
def test_a_phone_page_has_the_colours_of_every_other_screen(page: str) -> None:
    colours = _colours(page)
    assert len(colours) > 10
    assert colours <= _colours("server/web/static/ui/tokens.css")
