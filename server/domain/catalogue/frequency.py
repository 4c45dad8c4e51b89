"""高频 / 中频 / 低频 by a year's cases (seed 003 三（一）3: 前 100、101–400、401 及以后)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

HIGH_UP_TO = 100
MIDDLE_UP_TO = 400


class Frequency(StrEnum):
    HIGH = "high"
    MIDDLE = "middle"
    LOW = "low"


FREQUENCY_WORDS = {
    Frequency.HIGH: ("高频", "frequent"),
    Frequency.MIDDLE: ("中频", "less frequent"),
    Frequency.LOW: ("低频", "rare"),
}


def frequencies(volumes: Mapping[str, int]) -> dict[str, Frequency]:
    """Each item's class by its place in the year's volumes. Equal volumes share the better place; an item nobody
    applied for is rare whatever its place."""
    ordered = sorted(volumes.values(), reverse=True)
    place: dict[int, int] = {}
    for number, volume in enumerate(ordered, 1):
        place.setdefault(volume, number)
    return {item: _of(place[volume], volume) for item, volume in volumes.items()}


def _of(place: int, volume: int) -> Frequency:
    if not volume or place > MIDDLE_UP_TO:
        return Frequency.LOW
    return Frequency.HIGH if place <= HIGH_UP_TO else Frequency.MIDDLE
