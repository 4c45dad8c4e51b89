"""Numbers: a section letter and three digits, four after 999, restarting each business day."""

from __future__ import annotations

import re
from collections.abc import Container

from server.domain.refusals import Refusal


class PaperNumberInvalid(Refusal):
    status, code = 422, "paper_number_invalid"
    zh = "“{number}”不是预留的纸质号码，请填写 {first} 至 {last} 之间的号码。"
    en = "“{number}” is not a reserved paper number; enter one from {first} to {last}."


def written(letter: str, value: int) -> str:
    """A012, A999, A1000."""
    return f"{letter}{value:03d}"


def next_value(last: int, letter: str, reserved: tuple[int, int], live: Container[str]) -> int:
    """The value after `last`, passing over the reserved paper numbers and numbers still in somebody's hand."""
    value = last + 1
    while True:
        if reserved[0] <= value <= reserved[1]:
            value = reserved[1] + 1
        elif written(letter, value) in live:
            value += 1
        else:
            return value


def paper_value(number: str, letter: str, reserved: tuple[int, int]) -> str:
    """Check a paper number handed out by hand; returns it as written on screens.

    Raises PaperNumberInvalid when it is not one of the section's reserved numbers.
    """
    found = re.fullmatch(r"([A-Z])(\d{3,4})", number.strip().upper())
    if found is None or found[1] != letter or not reserved[0] <= int(found[2]) <= reserved[1]:
        raise PaperNumberInvalid(number=number, first=written(letter, reserved[0]), last=written(letter, reserved[1]))
    return written(letter, int(found[2]))
