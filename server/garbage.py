"""When Python's collector of reference cycles may walk: in quiet moments, and over what is new.

Left alone it walks everything that lives whenever enough was made, and with thousands of sockets everything is half a
million objects: a tenth of a second in which no screen hears of a call. So what outlived a walk is set aside (frozen),
and nothing old is walked by itself. What connections leave behind when they end is found by a walk over everything, when
many have ended and nothing happens in the hall.
"""

from __future__ import annotations

import ctypes
import gc
from collections.abc import Callable
from typing import Any

from server import concurrency

LOOK_SECONDS = 5.0
QUIET_SECONDS = 1.0  # nothing happened for so long: nobody waits for a screen
PATIENCE = 24  # looks in a hall that is never quiet, before walking over what is new all the same
MANY = 1000  # connections that ended since the last walk over everything
OLD = 120  # looks after which fewer are enough
NEVER = 1_000_000
LARGE = 1024 * 1024  # bytes; of glibc's malloc
_MMAP_THRESHOLD, _ARENA_MAX = -3, -8  # M_MMAP_THRESHOLD and M_ARENA_MAX of malloc.h


def give_large_blocks_back() -> None:
    """Blocks above a megabyte go back to the system when they are freed. Nothing happens where malloc is not glibc's.

    Left alone, glibc raises that limit to what was last freed: a password hash's 19 MB stayed with each thread that had
    ever checked one, 135 MB in all.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_MMAP_THRESHOLD, LARGE)
        mallopt(_ARENA_MAX, 1)  # the pool's twenty threads take turns (Python's lock): none needs a heap of its own


class Garbage:
    """One a process. `ended` says how many connections have ended so far; `clock` gives microseconds."""

    def __init__(self, ended: Callable[[], int], clock: Callable[[], int]) -> None:
        self._ended = ended
        self._clock = clock
        self._happened_at = 0
        self._looks = 0  # since the last walk over what is new
        self._age = 0  # since the last walk over everything
        self._ended_then = 0
        self._stopping = concurrency.Signal()

    def start(self) -> None:
        """Set aside what start-up made, and look after the rest from now on."""
        self._everything()
        gc.set_threshold(5000, 20, NEVER)
        concurrency.spawn(self._run)

    def stop(self) -> None:
        self._stopping.set()

    def on_events(self, events: Any) -> None:
        self._happened_at = self._clock()

    def _run(self) -> None:
        while not self._stopping.wait(LOOK_SECONDS):
            self.look()

    def look(self) -> str:
        """Walk, or not: "everything", "new" or ""."""
        self._looks += 1
        self._age += 1
        quiet = self._clock() - self._happened_at >= QUIET_SECONDS * 1e6
        ended = self._ended() - self._ended_then
        if quiet and (ended >= MANY or (ended and self._age >= OLD)):
            self._everything()
            return "everything"
        if quiet or self._looks >= PATIENCE:
            self._new()
            return "new"
        return ""

    def _new(self) -> None:
        gc.collect()
        gc.freeze()
        self._looks = 0

    def _everything(self) -> None:
        self._ended_then = self._ended()
        gc.unfreeze()
        self._new()
        self._age = 0
