"""The writer: one task that drains the steps waiting into one blocking job, then answers, then tells the relay."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable
from typing import Any

from server import concurrency
from server.store.batch import BatchRunner, Job, Step
from server.store.errors import NotSaved, StoreClosed, StoreUnavailable

BATCH_STEPS = 64

log = logging.getLogger(__name__)


class Writer:
    """Steps go in, answers come out, in order. One a database (SQLite) or a hall (PostgreSQL)."""

    def __init__(self, runner: BatchRunner, committed: Callable[[str], None]) -> None:
        """`committed(hall_id)` is called on the loop after each commit that appended events; it must not write."""
        self._runner = runner
        self._committed = committed
        self._waiting: deque[Job] = deque()
        self._signal = concurrency.Signal()
        self._closing = False
        self._over = False
        self._crowded = False  # the last batch was of several steps
        self._task = concurrency.spawn(self._loop)

    @property
    def batches(self) -> int:
        """Transactions begun so far."""
        return self._runner.batches

    @property
    def waiting(self) -> int:
        """Steps not yet begun."""
        return len(self._waiting)

    def submit(self, hall_id: str, step: Step, request: Any, *, locks: bool = True) -> Any:
        """Run a step in the next batch; its result, or its error raised."""
        if self._closing:
            raise StoreClosed()
        job = Job(hall_id, step, request, concurrency.Answer(), locks=locks)
        self._waiting.append(job)
        self._signal.set()
        if self._over:  # the writer ended between the look above and the append
            self._refuse_rest()
        return job.answer.wait()

    def close(self) -> None:
        """Take no more steps, finish those waiting, give the connection back."""
        self._closing = True
        self._signal.set()
        self._task.wait()

    def _loop(self) -> None:
        try:
            while not (self._closing and not self._waiting):
                self._signal.wait()
                while self._waiting:
                    self._batch()
        finally:
            self._closing = self._over = True
            self._refuse_rest()
            concurrency.run_blocking(self._runner.close)

    def _batch(self) -> None:
        if self._crowded:  # the requests that are already here share this commit; a lone click waits for nothing
            concurrency.sleep(0)
        jobs = [self._waiting.popleft() for _ in range(min(BATCH_STEPS, len(self._waiting)))]
        self._crowded = len(jobs) > 1
        try:
            done, halls = concurrency.run_blocking(self._runner.run, jobs)
        except Exception as error:  # a bug of ours: those who wait must hear of it, and the writer go on
            log.exception("a batch ended in an error of its own")
            for job in jobs:
                job.answer.fail(error)
            return
        self._waiting.extendleft(reversed(jobs[done:]))
        _report(jobs[:done])
        for job in jobs[:done]:
            if job.error is not None:
                job.answer.fail(job.error)
            else:
                job.answer.set(job.result)
        for hall_id in halls:
            try:
                self._committed(hall_id)
            except Exception:
                log.exception("a listener failed after a commit of hall %s", hall_id)

    def _refuse_rest(self) -> None:
        """Nobody waits for ever on a writer that has ended. (Two threads may be at it at once.)"""
        while self._waiting:
            try:
                job = self._waiting.popleft()
            except IndexError:
                return
            job.answer.fail(StoreClosed())


def _report(jobs: list[Job]) -> None:
    """Say in the log why the store failed; the job itself may not log. Once a batch."""
    for job in jobs:
        if isinstance(job.error, StoreUnavailable | NotSaved):
            log.error("%s: a batch of %d steps was not saved", job.error.code, len(jobs), exc_info=job.error.__cause__)
            return
