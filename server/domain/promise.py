"""What the citizen is told. Only the call is a fact; these are expectations, and when notice two is due."""

from __future__ import annotations

from dataclasses import dataclass

from server.domain.units import minutes_up


@dataclass(frozen=True, slots=True)
class Outlook:
    """`ahead` people, and `seconds` expected until called; None when no able window is open."""

    ahead: int
    seconds: int | None

    @property
    def minutes(self) -> int | None:
        return None if self.seconds is None else minutes_up(self.seconds)


def outlook(
    ahead: int,
    seconds_ahead: int,
    mean_seconds: int,
    open_windows: int,
    free_windows: int = 0,
    draining_windows: int = 0,
    draining_seconds: int = 0,
) -> Outlook:
    """expected = (their seconds + one mean) ÷ the open windows that can serve me.

    Draining windows that will not serve me help with their own lines (`draining_seconds` of those ahead), and with
    nothing else. With fewer people ahead than able windows free, there is nothing to wait for: 0.
    """
    if open_windows <= 0:
        return Outlook(ahead, None)
    if ahead < free_windows:
        return Outlook(ahead, 0)
    shared = (seconds_ahead + mean_seconds) // (open_windows + draining_windows)
    alone = (seconds_ahead - draining_seconds + mean_seconds) // open_windows
    return Outlook(ahead, max(shared, alone))


def soon(expected: Outlook, soon_ahead: int, soon_seconds: int) -> bool:
    """Is notice two (即将办理) due? Seed 003: 如前方还有1人等候."""
    if expected.seconds is None:
        return False
    return expected.ahead <= soon_ahead or expected.seconds <= soon_seconds
