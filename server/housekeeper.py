"""Does what time alone brings, every few seconds: each chore by itself, so that one that fails keeps none from its turn."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any

from server import concurrency
from server.journey import housekeeping
from server.journey.cases import clockwork, overdue, self_filled
from server.store.blobs import Blobs
from server.store.store import Store

log = logging.getLogger("yichuang")

HOUSEKEEPING_SECONDS = 3.0
SWEEP_SECONDS = 24 * 3600
# What time alone brings: is there anything to do (a cheap read), and the step that does it.
CHORES: tuple[tuple[Callable[[Any], bool], Callable[[Any, Any, int], Any]], ...] = (
    (housekeeping.due, housekeeping.tick),
    (overdue.due, overdue.mind),
    (clockwork.due, clockwork.tick),
    (self_filled.due, self_filled.purge),
)


class Housekeeper:
    """Does what time alone brings, every few seconds."""

    def __init__(self, store: Store, hall_id: str, blobs: Blobs) -> None:
        self._store = store
        self._hall_id = hall_id
        self._blobs = blobs
        self._swept = 0.0
        self._stop = concurrency.Signal()

    def start(self) -> None:
        concurrency.spawn(self._run)

    def stop(self) -> None:
        self._stop.set()

    def _run(self) -> None:
        while not self._stop.wait(HOUSEKEEPING_SECONDS):
            for due, tick in CHORES:
                try:
                    if self._store.read(self._hall_id, due):
                        self._store.write(self._hall_id, tick)
                except Exception:  # the others go on
                    log.exception("housekeeping failed; trying again")
            try:
                if time.time() - self._swept > SWEEP_SECONDS:
                    self._sweep(time.time())
            except Exception:
                log.exception("sweeping failed; trying again")

    def _sweep(self, now: float) -> None:
        """Bytes whose upload was refused afterwards, or whose file was removed, go a week later."""
        self._swept = now
        needed = self._store.read(self._hall_id, lambda rx: rx.files.needed())
        concurrency.run_blocking(self._blobs.sweep, needed, now - 7 * SWEEP_SECONDS)
