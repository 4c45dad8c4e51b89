"""Refusals: every "no" the hall says is a named error with one status, one code and one sentence.

Each layer defines its own subclasses beside the rule that refuses. `tests/architecture` checks that
codes are unique and every sentence exists in both languages.
"""

from __future__ import annotations

from typing import Any, ClassVar


class Refusal(Exception):
    """The hall cannot do what was asked; the sentence says what to do instead.

    `zh` and `en` may hold `{name}` fields, filled from `detail`.
    """

    status: ClassVar[int] = 409
    code: ClassVar[str] = ""
    zh: ClassVar[str] = ""
    en: ClassVar[str] = ""

    def __init__(self, **detail: Any) -> None:
        self.detail = detail
        super().__init__(self.message_zh)

    @property
    def message_zh(self) -> str:
        return self.zh.format(**self.detail)

    @property
    def message_en(self) -> str:
        return self.en.format(**self.detail)
