"""Finding an item or a bundle by words of its name or by pinyin initials (bdc → 不动产…)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
    """Items that hold every word of `text`, those that start with it first; shorter names first on a tie.

    Blank text gives the first `limit` items as they stand.
    """
    words = text.lower().split()
    if not words:
        return list(items)[:limit]
    scored = ((_score(i, i.initials, i.department, words), i) for i in items)
    found = [(score, len(i.name), i.id, i) for score, i in scored if score is not None]
    return [entry[3] for entry in sorted(found, key=lambda f: f[:3])][:limit]


def search_bundles(bundles: Sequence[B], text: str) -> list[B]:
    """The same of bundles, whose initials are their names' everyday ones. Blank text gives all as they stand."""
    words = text.lower().split()
    scored = ((_score(one, common_initials(one.name), "", words), one) for one in bundles)
    found = [(score, place, one) for place, (score, one) in enumerate(scored) if score is not None]
    return [entry[2] for entry in sorted(found, key=lambda f: f[:2])]
