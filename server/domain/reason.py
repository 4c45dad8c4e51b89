"""The words kept with every decision: why this window, why this place in line."""

from __future__ import annotations

import json
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reason:
    """One sentence in Chinese and in English."""

    zh: str = ""
    en: str = ""

    def dump(self) -> str:
        return json.dumps({"zh": self.zh, "en": self.en}, ensure_ascii=False)

    @staticmethod
    def load(text: str | None) -> Reason:
        words = json.loads(text) if text else {}
        return Reason(words.get("zh", ""), words.get("en", ""))

    def and_(self, other: Reason) -> Reason:
        return Reason(
            "；".join(part for part in (self.zh, other.zh) if part),
            "; ".join(part for part in (self.en, other.en) if part),
        )
