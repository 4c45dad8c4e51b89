"""Phones and ID numbers, checked before anything is issued."""

from __future__ import annotations

import re
from datetime import date

from stdnum.cn import ric
from stdnum.exceptions import ValidationError

from server.domain.refusals import Refusal


class PhoneInvalid(Refusal):
    status, code = 422, "phone_invalid"
    zh = "手机号应为 1 开头的 11 位数字（第二位 3 至 9），请重新输入，或选择不留手机号。"
    en = "A mobile number has 11 digits starting 13 to 19. Please enter it again, or go without."


class IdNumberInvalid(Refusal):
    status, code = 422, "id_number_invalid"
    zh = "身份证号码不正确，请核对 18 位号码后重新输入。"
    en = "The ID number is not valid. Please check all 18 characters and enter it again."


OLDEST_BIRTH_YEAR = 1900
PROVINCES = frozenset(
    [
        "11",
        "12",
        "13",
        "14",
        "15",
        "21",
        "22",
        "23",
        "31",
        "32",
        "33",
        "34",
        "35",
        "36",
        "37",
        "41",
        "42",
        "43",
        "44",
        "45",
        "46",
        "50",
        "51",
        "52",
        "53",
        "54",
        "61",
        "62",
        "63",
        "64",
        "65",
        "71",
        "81",
        "82",
        "83",
    ]
)
"""First two digits of an ID number (GB/T 2260; 83 for residents from Taiwan)."""

_PHONE = re.compile(r"1[3-9][0-9]{9}")
_ID_SHAPE = re.compile(r"[1-9][0-9]{16}[0-9X]")
_FULL_WIDTH = str.maketrans("０１２３４５６７８９Ｘｘ", "0123456789Xx")


def phone_number(text: str) -> str:
    """The 11 digits; spaces, hyphens, +86 and full-width digits are forgiven.

    Raises PhoneInvalid unless it is 1[3-9] and nine digits (function 1).
    """
    digits = re.sub(r"[\s\-－]", "", text.translate(_FULL_WIDTH))
    digits = re.sub(r"^(\+86|0086)", "", digits)
    if not _PHONE.fullmatch(digits):
        raise PhoneInvalid()
    return digits


def id_number(text: str) -> str:
    """A resident ID number with valid check digit and birth date. Raises IdNumberInvalid.

    Not `ric.validate`: it also wants the county's code to be as old as its holder, but codes date from when the
    card was issued. It refuses most real cards of people over 70 (330802, 1945), whom the green channel is for.
    """
    compact = re.sub(r"\s", "", text.translate(_FULL_WIDTH)).upper()
    if not _ID_SHAPE.fullmatch(compact):
        raise IdNumberInvalid()
    try:
        born = ric.get_birth_date(compact)
        if born.year < OLDEST_BIRTH_YEAR or compact[:2] not in PROVINCES:
            raise IdNumberInvalid()
        if ric.calc_check_digit(compact) != compact[-1]:
            raise IdNumberInvalid()
    except ValidationError:
        raise IdNumberInvalid() from None
    return compact


def age_on(number: str, day: date) -> int:
    """Full years on `day` of the holder of a valid ID number. Raises IdNumberInvalid for a birth date to come."""
    born: date = ric.get_birth_date(number)
    if born > day:
        raise IdNumberInvalid()
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
