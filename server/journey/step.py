"""How every step begins and ends that may change a line, a skill or a window."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from server.journey import line, outlook
from server.store.transaction import Tx

Request = TypeVar("Request")
Result = TypeVar("Result")


def begin_day(tx: Tx, now: int) -> None:
    """The first step of a business day ends what the day before left over, so that nothing of it is in the way."""
    if tx.hall.file_version and tx.hall.business_day != tx.rules.day.isoformat():
        from server.journey.housekeeping import new_day  # which ends tickets by steps of its own

        new_day(tx, now)


def changes_lines(step: Callable[[Tx, Request, int], Result]) -> Callable[[Tx, Request, int], Result]:
    """A new day begins before the step. At its end, windows that have drained close, and whoever's turn is near is told."""

    @wraps(step)
    def run(tx: Tx, request: Request, now: int) -> Result:
        begin_day(tx, now)
        result = step(tx, request, now)
        touched = line.touched(tx)
        line.close_drained(tx, touched, now)
        outlook.tell_soon(tx, touched)
        return result

    return run
