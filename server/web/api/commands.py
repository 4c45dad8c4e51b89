"""A command: one journey step in one transaction, answered once however often it is sent."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from flask import Response, request
from pydantic import BaseModel

from server.domain.actor import Actor
from server.journey.once import Once, once
from server.web.api.object_rights import taken
from server.web.context import actor, services
from server.web.refusals import KeyTooLong

if TYPE_CHECKING:
    from server.store.transaction import Tx

R = TypeVar("R")
T = TypeVar("T")
KEY_HEADER = "Idempotency-Key"
JSON = {"Content-Type": "application/json"}


def idempotency_key() -> str | None:
    """The client's key, or None when it sends none. Raises KeyTooLong."""
    key = request.headers.get(KEY_HEADER)
    if key is None:
        return None
    if not 1 <= len(key) <= 200 or not key.isprintable():
        raise KeyTooLong
    return key


def command(
    step: Callable[[Tx, R, int], T],
    wanted: R,
    body: BaseModel | None,
    render: Callable[[Tx, T], Any],
    status: int | Callable[[T], int] = 200,
    by: Actor | None = None,
) -> Response:
    """Run `step(tx, wanted, now)` and render its result in the same transaction.

    With an Idempotency-Key the first answer is kept under (actor, key) and given again; another body is refused.
    What the route declares of its object (`may`) is judged there first. `render` returning None makes an answer without
    a body. Neither may ask Flask for anything: they run in the writer, outside the request.
    """
    key = idempotency_key()
    sent = body.model_dump_json(exclude_unset=True) if body is not None else "{}"
    asked = f"{request.method} {request.path}\n{sent}"
    asker, judge = by or actor(), taken()
    who = asker.id

    def whole(tx: Tx, request_: R, now: int) -> tuple[int, str]:
        def run() -> tuple[int, Any]:
            if judge is not None:
                judge(tx, asker)
            result = step(tx, request_, now)
            return (status(result) if callable(status) else status), render(tx, result)

        # A keyed fingerprint: a plain hash of a body with a phone in it would give the phone away.
        return once(tx, Once(who, key, tx.vault.fingerprint(asked)) if key is not None else None, run)

    code, text = services().store.write(services().hall_id, whole, wanted)
    # The JSON as it is kept: written once, in the step.
    return Response(status=code) if text == "null" else Response(f"{text}\n".encode(), code, JSON)
