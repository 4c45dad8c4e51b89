"""Password hashes at argon2's least, for tests that are not about them: a real one costs some 40 ms of processor."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from argon2 import PasswordHasher

from server.access import passwords


@contextmanager
def quick_hashes() -> Iterator[None]:
    """In this process alone: a server started as a program hashes as in a real hall."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        yield
