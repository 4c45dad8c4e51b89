"""Learned seconds: how long an item takes here, drawn from what was seen and what the hall file says."""

from __future__ import annotations

from collections.abc import Iterable

from server.domain.units import SECOND

WEIGHT = 10
"""The hall file's value counts as so many visits."""
LONGEST = 4
"""A visit counts at most so many times the file's value."""
SHORTEST_VISIT = 20
"""Seconds; a shorter visit is a mis-tap."""


def expected_seconds(file_seconds: int, visits: int, seconds: int) -> int:
    """(10 × file value + Σ min(x, 4 × file value)) ÷ (10 + n), in whole seconds, at least 1."""
    return max(1, (WEIGHT * file_seconds + seconds) // (WEIGHT + visits))


def one_after_the_other(items: Iterable[int]) -> int:
    """Seconds of a 一件事 as far as its items tell: one window does them one after the other. Its own visits then teach
    what is done only once."""
    return sum(items)


def counted(file_seconds: int, started_at: int, ended_at: int, parked: int, inferred: bool, visits: int) -> int | None:
    """Seconds of a visit to learn from, or None when it teaches nothing.

    Times and `parked` in µs. Left out: under 20 s, inferred starts, visits with several items.
    """
    seconds = (ended_at - started_at - parked) // SECOND
    if inferred or visits > 1 or seconds < SHORTEST_VISIT:
        return None
    return min(seconds, LONGEST * file_seconds)
