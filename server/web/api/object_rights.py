"""May this person touch this very case, task, list or draft? Declared where a route is, judged before it answers.

    @routes.get("/cases/{case}", PARTIES, may=rights.part, ...)

A right is `right(rx, by, <path values it names>)`: it returns, or raises the refusal. A command's right is judged inside
the command's own transaction, and only when the step runs: a retry is given the answer it had, whoever holds the
case by then. Everything else is judged just before its view. What the object's state allows is the steps' business.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from flask import g

from server.web.context import actor, services

if TYPE_CHECKING:
    from server.domain.actor import Actor
    from server.store.transaction import Tx

Right = Callable[..., None]
Judge = Callable[["Tx", "Actor"], None]


def roles_alone(rx: Tx, by: Actor) -> None:
    """Whoever may use the route may use it for every object: said aloud, so that no route merely forgot."""


def names_of(right: Right, path: str) -> tuple[str, ...]:
    """The path values that a right judges by. Raises ValueError for one that the path does not have."""
    names = tuple(inspect.signature(right).parameters)[2:]
    for name in names:
        if f"{{{name}}}" not in path:
            raise ValueError(f"{right.__name__} judges by {name}, which {path} does not have")
    return names


def judged(right: Right, names: tuple[str, ...], values: Mapping[str, Any], *, in_step: bool) -> None:
    """Judge now, or leave it to the command of this request (`taken`). Raises what the right does."""
    wanted = {name: values[name] for name in names}

    def judge(rx: Tx, by: Actor) -> None:
        right(rx, by, **wanted)

    if in_step:
        g.right_to_judge = judge
    elif right is not roles_alone:
        services().store.read(services().hall_id, judge, actor())


def taken() -> Judge | None:
    """What the request's command has to judge in its step."""
    judge: Judge | None = g.pop("right_to_judge", None)
    return judge


def require_taken(path: str) -> None:
    """A view that declares a right and runs no command would let everybody pass: a fault of ours, never an answer."""
    if taken() is not None:
        raise RuntimeError(f"{path} ran no command, so nobody judged who may touch its object")
