"""Finding an item by words of its name or by pinyin initials (bdc → 不动产…)."""

from __future__ import annotations

from collections.abc import Iterable

from config.hall_file import Item


def _score(item: Item, words: list[str]) -> int | None:
    """Smaller is better; None when a word is nowhere in the item."""
    total = 0
    name, english = item.name.lower(), item.name_en.lower()
    for word in words:
        spots = [name.find(word), english.find(word)]
        if word.isascii() and word.isalnum():
            spots.append(item.initials.lower().find(word))
        spots = [s for s in spots if s >= 0]
        if not spots:
            if word in item.department.lower() or word == item.id.lower():
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
    found = [(score, len(i.name), i.id, i) for i in items if (score := _score(i, words)) is not None]
    return [entry[3] for entry in sorted(found, key=lambda f: f[:3])][:limit]
