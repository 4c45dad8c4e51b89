"""The words kept with every decision: why this window, why this place in line."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Reason:
    """One sentence in Chinese and in English."""

    zh: str = ""
    en: str = ""

    def dump(self) -> str:
        return _dumped(self)

    @staticmethod
    def load(text: str | None) -> Reason:
        return _loaded(text) if text else Reason()

    def and_(self, other: Reason) -> Reason:
        return Reason(
            "；".join(part for part in (self.zh, other.zh) if part),
            "; ".join(part for part in (self.en, other.en) if part),
        )


# A hall says the same few sentences all day.
@lru_cache(maxsize=4096)
def _dumped(reason: Reason) -> str:
    return json.dumps({"zh": reason.zh, "en": reason.en}, ensure_ascii=False)


@lru_cache(maxsize=4096)
def _loaded(text: str) -> Reason:
    words = json.loads(text)
    return Reason(words.get("zh", ""), words.get("en", ""))


@lru_cache(maxsize=4096)
def both(text: str, other: str) -> Reason:
    """Two dumped reasons in one."""
    return Reason.load(text).and_(Reason.load(other))
