"""Steps put into the writer's own batches, in this process: no HTTP, no threads, a clock that is told the time."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from config.hall_file import HallFile
from server.domain.actor import Actor, Role
from server.journey.supervising import ReloadRequest, reload_hall
from server.store import Store, Vault, open_store
from server.store.batch import BatchRunner, Job
from server.store.transaction import Tx

HALL = "benchmark"
START = 1_767_571_200_000_000  # 2026-01-05, a Monday, 08:00 in Beijing, microseconds UTC
KIOSK = Actor("device:kiosk", "取号机", frozenset({Role.KIOSK}))
MANAGER = Actor("staff:manager", "值班经理", frozenset({Role.MANAGER}))

Step = tuple[Callable[[Tx, Any, int], Any], Any]


def clerk(window: int) -> Actor:
    return Actor(f"staff:clerk{window}", f"{window}号窗口", frozenset({Role.CLERK}))


class Clock:
    """The virtual time; `ahead` holds the times of the steps to come, one each."""

    def __init__(self, now: int = START) -> None:
        self.now = now
        self.ahead: deque[int] = deque()

    def __call__(self) -> int:
        if self.ahead:
            self.now = self.ahead.popleft()
        return self.now


class Bench:
    """A store and the runner of its batches. `cpu` and `wall` add up what the batches took, in seconds."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self.store, self.clock = store, clock
        self._runner = BatchRunner(store._engine, store._around)
        self.steps, self.cpu, self.wall = 0, 0.0, 0.0

    def run(self, steps: Sequence[Step], times: Sequence[int] = ()) -> list[Job]:
        """All steps, in as many batches as the writer would make of them; `times` µs UTC, one each."""
        self.clock.ahead.extend(times)
        jobs = [Job(HALL, step, request, None) for step, request in steps]
        wall, cpu, left = time.perf_counter(), time.process_time(), jobs
        while left:
            done, _ = self._runner.run(left)
            left = left[done:]
        self.wall += time.perf_counter() - wall
        self.cpu += time.process_time() - cpu
        self.steps += len(jobs)
        return jobs

    def done(self, steps: Sequence[Step]) -> list[Any]:
        """The same; every step must succeed."""
        jobs = self.run(steps)
        for job in jobs:
            if job.error is not None:
                raise job.error
        return [job.result for job in jobs]

    @property
    def batches(self) -> int:
        """Transactions so far, nearly all of them with a commit."""
        return self._runner.batches

    def close(self) -> None:
        self._runner.close()


@contextmanager
def bench(folder: Path, file: HallFile, url: str = "") -> Iterator[Bench]:
    """A hall with this file, all windows closed, in `folder` or in PostgreSQL at `url`."""
    clock = Clock()
    numbers = iter(range(10**12))
    store = open_store(
        data_dir=folder,
        database_url=url,
        clock=clock,
        vault=Vault(b"k" * 32),
        tokens=lambda: f"{next(numbers):012d}",
    )
    try:
        store.ensure_hall(HALL)
        store.write(HALL, reload_hall, ReloadRequest(MANAGER, file))
        made = Bench(store, clock)
        yield made
        made.close()
    finally:
        store.close()
