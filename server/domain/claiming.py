"""Whom a free window calls next: its own first, unless somebody elsewhere has waited clearly longer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from server.domain.reason import Reason
from server.domain.ticket import Ticket
from server.domain.units import MINUTE


@dataclass(frozen=True, slots=True)
class Claim:
    ticket: Ticket
    reason: Reason


def claim(window: int, own: Ticket | None, heads: Iterable[Ticket], fairness: int) -> Claim | None:
    """The next ticket for a free window.

    `own` is the first of its own line, `heads` the first of each queue it serves (whichever window they
    were given), `fairness` the µs a rank elsewhere must be earlier to go before its own.
    """
    first = min(heads, key=lambda t: t.place, default=None)
    if own is not None and (first is None or first.id == own.id or own.rank_at - first.rank_at <= fairness):
        return Claim(own, Reason(f"{window}号窗口本队第一位", f"first in window {window}'s own line"))
    if first is None:
        return None
    if first.window_number is None:
        return Claim(
            first, Reason(f"等候窗口中排位最前，{window}号窗口可办", f"first without a window; {window} can serve")
        )
    if own is None:
        words = Reason(
            f"{window}号窗口空闲，从{first.window_number}号窗口提前叫号",
            f"window {window} is free and calls from window {first.window_number}'s line",
        )
    else:
        minutes = (own.rank_at - first.rank_at) // MINUTE
        words = Reason(
            f"比{window}号窗口本队第一位早排 {minutes} 分钟，先叫",
            f"ranks {minutes} min before the first in window {window}'s own line",
        )
    return Claim(first, words)
