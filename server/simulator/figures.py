"""What is measured: counted during the days, summed up over all of them."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import fmean, median
from typing import ClassVar

from server.domain.ticket import Ticket
from server.domain.units import MINUTE


@dataclass(slots=True)
class Tally:
    """Of one policy. Times in µs."""

    FIVE_MINUTES: ClassVar[int] = 5 * MINUTE

    windows: tuple[int, ...] = ()
    waits: list[int] = field(default_factory=list)
    errors: list[int] = field(default_factory=list)  # told at the kiosk minus waited
    busy: Counter[int] = field(default_factory=Counter)
    moved: int = 0
    overtaken: int = 0
    overtaken_5min: int = 0
    gave_up: int = 0
    refused: int = 0
    unserved: int = 0

    def served(self, ticket: Ticket, window: int, wait: int, service: int) -> None:
        """Somebody was called to a window after so long a wait."""
        self.waits.append(wait)
        self.busy[window] += service
        self.moved += ticket.planned_window is not None and ticket.planned_window != window
        if ticket.told_seconds is not None:
            self.errors.append(ticket.told_seconds * 1_000_000 - wait)

    @property
    def left(self) -> int:
        """Not served: gave up, came when no numbers were issued, or still waiting when the last window had closed."""
        return self.gave_up + self.refused + self.unserved

    @property
    def people(self) -> int:
        return len(self.waits) + self.left


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one policy over all days. Waits in minutes, of those served; `overtaken*` are shares of everybody,
    `moved` a share of those served; `eta_error` the mean of |told − waited| in minutes, `eta_bias` of told − waited;
    `least_busy` and `most_busy` windows' shares of the work, as multiples of an even share."""

    served: int
    left: int
    mean_wait: float
    median_wait: float
    p95_wait: float
    longest_wait: float
    overtaken: float
    overtaken_5min: float
    moved: float
    eta_error: float
    eta_bias: float
    least_busy: float
    most_busy: float
    gave_up: int
    refused: int
    unserved: int

    @staticmethod
    def of(tally: Tally) -> Figures:
        waits = sorted(tally.waits)
        even = sum(tally.busy.values()) / max(1, len(tally.windows))
        loads = [tally.busy[n] / even if even else 0.0 for n in tally.windows] or [0.0]
        return Figures(
            served=len(waits),
            left=tally.left,
            mean_wait=_minutes(fmean(waits) if waits else 0),
            median_wait=_minutes(median(waits) if waits else 0),
            p95_wait=_minutes(percentile(waits, 0.95)),
            longest_wait=_minutes(max(waits, default=0)),
            overtaken=_share(tally.overtaken, tally.people),
            overtaken_5min=_share(tally.overtaken_5min, tally.people),
            moved=_share(tally.moved, len(waits)),
            eta_error=_minutes(fmean(map(abs, tally.errors)) if tally.errors else 0),
            eta_bias=_minutes(fmean(tally.errors) if tally.errors else 0),
            least_busy=min(loads),
            most_busy=max(loads),
            gave_up=tally.gave_up,
            refused=tally.refused,
            unserved=tally.unserved,
        )

    def json(self) -> dict[str, float]:
        """The shape that other programs read: docs/simulator.md."""
        return {name: getattr(self, name) for name in JSON_KEYS}


JSON_KEYS = (
    "served",
    "left",
    "mean_wait",
    "median_wait",
    "p95_wait",
    "longest_wait",
    "overtaken",
    "overtaken_5min",
    "moved",
    "eta_error",
)


def percentile(ordered: Sequence[int], share: float) -> int:
    """The smallest value that so large a share does not exceed (nearest rank)."""
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)] if ordered else 0


def _minutes(micros: float) -> float:
    return round(micros / MINUTE, 4)


def _share(part: int, whole: int) -> float:
    return round(part / whole, 6) if whole else 0.0
