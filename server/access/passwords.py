"""Passwords: argon2id with OWASP's parameters, always off the loop (a hash takes tens of milliseconds)."""

from __future__ import annotations

import secrets
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from server import concurrency
from server.access.links import ALPHABET

# OWASP: 19 MiB, two passes, one lane.
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def _hash(password: str) -> str:
    return _hasher.hash(password)


def _matches(password_hash: str, password: str) -> bool:
    try:
        return _hasher.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False


@cache
def _few() -> concurrency.GreenLock:
    """At most two at once: at half past eight, everybody signing in must not fill the threads the writer needs."""
    return concurrency.GreenLock(2)


def hash_password(password: str) -> str:
    with _few():
        return str(concurrency.run_blocking(_hash, password))


def password_matches(password_hash: str, password: str) -> bool:
    with _few():
        return bool(concurrency.run_blocking(_matches, password_hash, password))


# Compared with when the user name is unknown, so that the answer takes as long as for a known one.
_DECOY = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"


def waste_a_check(password: str) -> None:
    password_matches(_DECOY, password)


def readable_password() -> str:
    """Three groups of four from letters and digits that cannot be mistaken: 59 bits, easy to type."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(3))
