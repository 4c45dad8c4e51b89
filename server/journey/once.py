"""A retried command gives the same answer; the same key with another body is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from server.domain.refusals import Refusal
from server.store.transaction import Tx


class KeyReused(Refusal):
    status, code = 422, "idempotency_key_reused"
    zh = "这个 Idempotency-Key 已用于另一个请求，请换一个新的再发。"
    en = "This Idempotency-Key was used for another request. Send a new one."


@dataclass(frozen=True, slots=True)
class Once:
    """Who sent which key with which body (a hash of method, path and body)."""

    actor: str
    key: str
    body_hash: str


def once(tx: Tx, command: Once | None, run: Callable[[], tuple[int, Any]]) -> tuple[int, Any]:
    """The kept answer of this command, or a new one, kept. A refusal is not kept: a retry is judged anew.

    Raises KeyReused.
    """
    if command is None:
        return run()
    kept = tx.idempotency.find(command.actor, command.key)
    if kept is not None:
        body_hash, status, body = kept
        if body_hash != command.body_hash:
            raise KeyReused()
        return status, json.loads(body)
    status, answer = run()
    tx.idempotency.add(command.actor, command.key, command.body_hash, status, json.dumps(answer, ensure_ascii=False))
    return status, answer
