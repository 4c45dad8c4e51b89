"""A place in line is one number, `rank_at` (µs); every policy only sets it, so nobody starves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from server.domain.reason import Reason
from server.domain.units import HOUR, MINUTE

FIRST_CREDIT = 24 * HOUR
"""A class that ranks first goes before everybody of the day, in its own order of taking."""


@dataclass(frozen=True, slots=True)
class Place:
    rank_at: int
    reason: Reason
    granted: bool = False  # a green channel credit was really given


def ordinary(taken_at: int) -> Place:
    return Place(taken_at, Reason("按取号时间排队", "in the order of taking"))


def within_cap(granted_today: int, taken_today: int, share: float, floor: int) -> bool:
    """May one more green channel place be given? `taken_today` counts this ticket."""
    return granted_today < max(floor, int(share * taken_today))


def green_channel(taken_at: int, name_zh: str, name_en: str, credit_minutes: float, first: bool, capped: bool) -> Place:
    """绿色通道 (seed 003: 为老幼病孕、现役军人等特殊人员开辟)."""
    if capped:
        return Place(
            taken_at,
            Reason(
                f"绿色通道（{name_zh}）今日名额已满，按取号时间排队",
                f"green channel ({name_en}) is full today; in the order of taking",
            ),
        )
    if first:
        return Place(
            taken_at - FIRST_CREDIT,
            Reason(f"绿色通道（{name_zh}）：优先叫号", f"green channel ({name_en}): first"),
            True,
        )
    return Place(
        taken_at - int(credit_minutes * MINUTE),
        Reason(
            f"绿色通道（{name_zh}）：提前 {credit_minutes:g} 分钟",
            f"green channel ({name_en}): {credit_minutes:g} min earlier",
        ),
        True,
    )


def appointment(slot_at: int, arrived_at: int, credit: int, grace: int) -> Place:
    """On time: the slot minus the credit (µs). Later than the grace: an ordinary arrival."""
    if arrived_at > slot_at + grace:
        return Place(
            arrived_at, Reason("预约已过时，按到达时间排队", "late for the appointment; in the order of arrival")
        )
    return Place(slot_at - credit, Reason("按预约时间排队", "by the appointment's time"))


def returner(own_rank: int, waiting_ranks: Sequence[int], behind: int) -> Place:
    """Back after a no-show: behind the `behind`-th waiting, never before the old place."""
    ahead = sorted(waiting_ranks)[:behind]
    rank = max([own_rank, *(r + 1 for r in ahead)])
    return Place(
        rank,
        Reason(
            f"过号后返回：排在第 {len(ahead)} 位等候者之后", f"back after a missed call: behind {len(ahead)} waiting"
        ),
    )
