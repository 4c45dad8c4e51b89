"""The hall file's part about 自助填表: what a citizen agrees to before filling in, and how long it is kept."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from config.hall_base import Part

Words = Annotated[str, Field(min_length=1, max_length=600)]

WORDS = (
    "您填写的姓名、证件号码、联系方式和地址，{hall}只用来办理这个号的事项：加密保存，叫到您时由为您办理的窗口人员查看、核对。"
    "这个号办完后最多再留 {hours} 小时就删除；您也可以随时在本页删除。不同意也没关系，到窗口再填。"
)
WORDS_EN = (
    "{hall} uses the name, ID number, contact and address you fill in only for the errand of this number. They are kept"
    " encrypted, seen by the clerk who serves you, and deleted {hours} hours after the number has ended at the latest;"
    " you may delete them on this page at any time. If you do not agree, fill the form in at the window."
)
KEEP_WORDS = "同意{hall}加密保存这些信息，下次办事自动填好。随时可以在“我的办件和信息”里查看、更正和删除。"
KEEP_WORDS_EN = (
    "{hall} may keep these particulars, encrypted, to fill in my forms next time. I may see, correct and delete them"
    " at any time."
)


class SelfForm(Part):
    """What is filled in for a number (自助填表).

    `keep_hours` a form may stay after its number has ended without a case. `words` are agreed to before anything is kept,
    `keep_words` when it is kept for the next time, too; {hall} and {hours} stand for the hall and for `keep_hours`. `version` is kept with
    every consent: whoever changes the words changes it.
    """

    keep_hours: int = Field(24, ge=1, le=720)
    version: Annotated[str, Field(pattern=r"^[0-9A-Za-z._-]{1,20}$")] = "2026-1"
    words: Words = WORDS
    words_en: Words = WORDS_EN
    keep_words: Words = KEEP_WORDS
    keep_words_en: Words = KEEP_WORDS_EN
