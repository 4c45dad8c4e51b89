"""Finding an item or a bundle by words of its name or by pinyin initials (bdc → 不动产…); where nothing holds them, what is
nearest to what a citizen says (身份证丢了 → 居民身份证…)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Protocol, TypeVar

from config.hall_file import Item
from server.domain.initials import common_initials


class Named(Protocol):
    """What has an id and a name in two languages: a bundle."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def name_en(self) -> str: ...


B = TypeVar("B", bound=Named)


def _score(one: Named, initials: str, department: str, words: list[str]) -> int | None:
    """Smaller is better; None when a word is nowhere in it."""
    total = 0
    name, english = one.name.lower(), one.name_en.lower()
    for word in words:
        spots = [name.find(word), english.find(word)]
        if word.isascii() and word.isalnum():
            spots.append(initials.lower().find(word))
        spots = [s for s in spots if s >= 0]
        if not spots:
            if word in department.lower() or word == one.id.lower():
                total += 100
                continue
            return None
        total += min(spots)
    return total


def search_items(items: Iterable[Item], text: str, limit: int = 50) -> list[Item]:
    """Items that hold every word of `text`, those that start with it first; shorter names first on a tie. None does: the
    nearest. Blank text gives the first `limit` items as they stand.
    """
    words, some = text.lower().split(), list(items)
    if not words:
        return some[:limit]
    scored = ((_score(i, i.initials, i.department, words), i) for i in some)
    found = [(score, len(i.name), i.id, i) for score, i in scored if score is not None]
    if not found:
        return nearest(some, lambda item: item.name, text)[: min(limit, NEAR)]
    return [entry[3] for entry in sorted(found, key=lambda f: f[:3])][:limit]


T = TypeVar("T")
NEAR = 10


def _pairs(text: str) -> set[str]:
    """Every two neighbouring Chinese characters: the nearest there is to words without a dictionary."""
    runs = re.findall(r"[\u4e00-\u9fff]{2,}", text)
    return {run[at : at + 2] for run in runs for at in range(len(run) - 1)}


def nearest(some: Iterable[T], name: Callable[[T], str], text: str) -> list[T]:
    """Whose names share most with what was said; a pair that many names have (申请, 登记) says little, or nothing. Best
    first."""
    asked = _pairs(text)
    shared = [(one, asked & _pairs(name(one))) for one in some] if asked else []
    common = Counter(pair for _, pairs in shared for pair in pairs)
    most = max(5, len(shared) // 10)
    telling = [(one, [pair for pair in pairs if common[pair] <= most]) for one, pairs in shared]
    scored = [(sum(1 / common[pair] for pair in pairs), one) for one, pairs in telling if pairs]
    best = max((score for score, _ in scored), default=0.0)
    good = [(-score, len(name(one)), at, one) for at, (score, one) in enumerate(scored) if score * 2 >= best]
    return [entry[3] for entry in sorted(good, key=lambda entry: entry[:3])]


def search_bundles(bundles: Sequence[B], text: str) -> list[B]:
    """The same of bundles, whose initials are their names' everyday ones. Blank text gives all as they stand."""
    words = text.lower().split()
    scored = ((_score(one, common_initials(one.name), "", words), one) for one in bundles)
    found = [(score, place, one) for place, (score, one) in enumerate(scored) if score is not None]
    if not found:
        return nearest(bundles, lambda one: one.name, text)[:NEAR]
    return [entry[2] for entry in sorted(found, key=lambda f: f[:2])]
