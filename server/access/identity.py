"""Who a request or a socket speaks for."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from server.domain.actor import Actor, Role


class Proof(StrEnum):
    """How they showed it. Only cookies travel by themselves, so only they need a CSRF token."""

    BEARER = "bearer"
    COOKIE = "cookie"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Identity:
    """An actor with what proves it. `token_hash` names the session or device row; never the token."""

    actor: Actor
    proof: Proof
    kind: str  # "staff" | "device" | "anyone"
    csrf: str = ""
    token_hash: str = ""
    subject: str = ""  # username or device id


NOBODY = Identity(Actor("anyone", "", frozenset({Role.ANYONE})), Proof.NONE, "anyone")


def token_hash(token: str) -> str:
    """SHA-256 of a random token (256 bits, so no salt): all that the store keeps of it."""
    return hashlib.sha256(token.encode()).hexdigest()
