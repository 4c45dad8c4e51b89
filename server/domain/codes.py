"""Codes with a check: an organisation's credit code, a national item code, and the hall's own unified case codes."""

from __future__ import annotations

import hashlib
import re
import string
from datetime import date

from stdnum.cn import uscc
from stdnum.exceptions import ValidationError
from stdnum.iso7064 import mod_97_10

from server.domain.refusals import Refusal


class CreditCodeInvalid(Refusal):
    status, code = 422, "credit_code_invalid"
    zh = "统一社会信用代码不正确，请核对 18 位代码后重新输入。"
    en = "The unified social credit code is not valid. Please check all 18 characters and enter it again."


class SerialsExhausted(Refusal):
    status, code = 409, "serials_exhausted"
    zh = "今年的统一申报编码已用完（{digits} 位流水号），请管理员在大厅文件 [cases] 里加长 serial。"
    en = "This year's case codes are used up ({digits} digits). Lengthen the serial in [cases] of the hall file."


_FULL_WIDTH = str.maketrans(
    "０１２３４５６７８９" + "".join(chr(ord(c) + 0xFEE0) for c in string.ascii_letters),
    "0123456789" + string.ascii_letters,
)
_NATIONAL = re.compile(r"[0-9A-Z]{18}[1-6][0-9]{12}")
NATIONAL_LENGTH = 31
NATIONAL_SERIAL = 6
"""Digits of a day's serial in the 43-character form."""


def credit_code(text: str) -> str:
    """The 18 characters of an organisation's credit code (GB 32100); spaces and full-width are forgiven.

    Raises CreditCodeInvalid.
    """
    compact = re.sub(r"[\s\-]", "", text.translate(_FULL_WIDTH)).upper()
    try:
        return str(uscc.validate(compact))
    except ValidationError:
        raise CreditCodeInvalid() from None


def is_national(code: str) -> bool:
    """Does it claim to be a national item code? Other codes are opaque text."""
    return len(code) == NATIONAL_LENGTH and code.isascii() and code.isalnum()


def national_fault(code: str) -> tuple[str, str] | None:
    """What is wrong with a 31-character item code, in Chinese and English; None when it is right.

    18 characters name the office (its credit code), one the level of government, 12 the item of the national list.
    """
    if not _NATIONAL.fullmatch(code):
        return (
            "应为 18 位实施机构代码、1 位层级（1–6）和 12 位基本编码",
            "should be office (18), level (1-6), item (12 digits)",
        )
    if not uscc.is_valid(code[:18]):
        return f"前 18 位 {code[:18]} 不是有效的统一社会信用代码", f"{code[:18]} is not a valid credit code"
    return None


def serial_digits(pattern: str) -> int:
    """How many digits a hall's pattern gives the serial."""
    return next((int(spec or 0) for _, name, spec, _ in string.Formatter().parse(pattern) if name == "serial"), 0)


def serial_gap(epoch: str, digits: int) -> int:
    """How many serials are left out after a backup was restored under this epoch: a twentieth to a tenth of them all.

    More than were given since any backup a hall would restore; and different from epoch to epoch, so that what was given
    after the same backup was restored once before is hardly met.
    """
    least: int = 10**digits // 20
    return least + int.from_bytes(hashlib.sha256(epoch.encode()).digest()[:8], "big") % least


def unified_code(pattern: str, hall: str, year: int, serial: int) -> str:
    """The code of a case: unique while (year, serial) is. Raises SerialsExhausted past the serial's digits."""
    digits = serial_digits(pattern)
    if serial >= 10**digits:
        raise SerialsExhausted(digits=digits)
    body = (
        pattern.replace("{year}", f"{year:04d}")
        .replace("{hall}", hall)
        .replace(f"{{serial:{digits}}}", f"{serial:0{digits}d}")
    )
    if not body.endswith("{check}"):
        return body
    body = body.removesuffix("{check}")
    return body + str(mod_97_10.calc_check_digits(body))


def national_case_code(item_code: str, day: date, serial: int) -> str:
    """The 43-character form: the item's 31, the day it was taken in (YYMMDD), and that day's serial of the item (6).

    Raises SerialsExhausted past 999999 a day.
    """
    if serial >= 10**NATIONAL_SERIAL:
        raise SerialsExhausted(digits=NATIONAL_SERIAL)
    return f"{item_code}{day:%y%m%d}{serial:0{NATIONAL_SERIAL}d}"


def misread(pattern: str, hall: str, code: str) -> bool:
    """Is a typed code certainly wrong, by its shape or its check digits? A pattern without these shows less."""
    compact = re.sub(r"[\s\-]", "", code.translate(_FULL_WIDTH)).upper()
    shape = (
        re.escape(pattern.replace("{hall}", hall)).replace(r"\{year\}", "[0-9]{4}").replace(r"\{check\}", "[0-9]{2}")
    )
    if not re.fullmatch(re.sub(r"\\\{serial:(\d)\\\}", r"[0-9]{\1}", shape), compact):
        return True
    return pattern.endswith("{check}") and not mod_97_10.is_valid(compact)
