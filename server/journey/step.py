"""How every step ends that may change a line, a skill or a window."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from server.journey import line, outlook
from server.store.transaction import Tx

Request = TypeVar("Request")
Result = TypeVar("Result")


def changes_lines(step: Callable[[Tx, Request, int], Result]) -> Callable[[Tx, Request, int], Result]:
    """At the step's end, windows that have drained close, and whoever's turn is near is told."""

    @wraps(step)
    def run(tx: Tx, request: Request, now: int) -> Result:
        result = step(tx, request, now)
        touched = line.touched(tx)
        line.close_drained(tx, touched, now)
        outlook.tell_soon(tx, touched)
        return result

    return run
