"""A retried command gives the same answer; the same key with another body is refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from server.domain.json_text import to_json
from server.domain.refusals import Refusal
from server.store.transaction import Tx
from server.store.vault import SEALED


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


def once(tx: Tx, command: Once | None, run: Callable[[], tuple[int, Any]]) -> tuple[int, str]:
    """The kept answer of this command, or a new one, kept: its status and its JSON, the same text every time.

    A refusal is not kept: a retry is judged anew.

    Raises KeyReused.
    """
    if command is None:
        status, answer = run()
        return status, to_json(answer)
    kept = tx.idempotency.find(command.actor, command.key)
    if kept is not None:
        body_hash, status, box = kept
        if body_hash != command.body_hash:
            raise KeyReused()
        return status, tx.vault.open(box) if box.startswith(SEALED) else box
    status, answer = run()
    text = to_json(answer)
    # Sealed: an answer may hold what a citizen has just typed.
    tx.idempotency.add(command.actor, command.key, command.body_hash, status, tx.vault.seal(text))
    return status, text
