"""The hall file's part about cases (办件): their codes, their limits, and the words of their papers."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from config.hall_base import Part

REMEDIES = "如不服本决定，可以自收到本决定书之日起六十日内依法申请行政复议，或者自收到之日起六个月内依法向人民法院提起行政诉讼。"


_CODE = re.compile(r"([0-9A-Z]|\{year\}|\{hall\}|\{serial:[4-9]\})*(\{check\})?")


def _code_pattern(pattern: str) -> str:
    """The year and the serial, each once, keep a code unique for ever; its check digits come last, so that a slip is seen."""
    once = pattern.count("{year}") == 1 and pattern.count("{serial:") == 1
    if not once or not _CODE.fullmatch(pattern):
        raise PydanticCustomError("casepattern", "not a pattern of case codes")
    return pattern


class Cases(Part):
    """Cases. `pattern` of the unified code: {year} {hall} {serial:4–9} {check}; `hall_code` is what {hall} stands for.

    Limits in working days: `correction_days` for bringing what was told at once, `pre_review_days` for looking at an
    online application, after which it goes on by itself ("accept") or its department is reminded ("remind"): five at most, as what is missing is to be told in five days (行政许可法 第三十二条).
    `yellow_days` before the limit, but not before half of it has passed, a case is shown yellow. `draft_days`: drafts nobody touched for so many calendar
    days are withdrawn. `visit_days`: so many calendar days an online application waits for its papers. `code_minutes`: how long a code sent to a phone is good.
    `credit_days`: so many calendar days whoever broke a commitment (容缺) gets no other one; 0: they do.
    """

    pattern: Annotated[str, AfterValidator(_code_pattern), Field(max_length=40)] = "{year}{hall}{serial:6}{check}"
    hall_code: Annotated[str, Field(pattern=r"^[0-9A-Z]{1,12}$")] = "01"
    correction_days: int = Field(5, ge=1, le=60)
    pre_review_days: int = Field(2, ge=1, le=5)
    pre_review_overdue: Literal["accept", "remind"] = "accept"
    yellow_days: int = Field(2, ge=0, le=30)
    draft_days: int = Field(3, ge=1, le=90)
    visit_days: int = Field(30, ge=1, le=365)
    credit_days: int = Field(365, ge=0, le=3650)
    code_minutes: int = Field(5, ge=1, le=60)
    office: str = Field("", max_length=120)
    remedies: str = Field(REMEDIES, min_length=1, max_length=600)
