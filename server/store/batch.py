"""A batch of steps in one transaction: the part of the writer that runs where it may block.

Nothing here logs, waits on the loop or takes a lock of the loop's.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from server.store.db import Db
from server.store.errors import HallUnknown, NotSaved, StoreUnavailable
from server.store.hall_row import HallRow, load_hall, save_hall
from server.store.memory import Memories
from server.store.transaction import Surroundings, Tx

# A batch starts no further step after this long: at least the first; where the disk is slow eight times what a commit
# takes lately, so that waiting for it costs a ninth of the time at most; but never so long that people notice.
BATCH_SECONDS, COMMITS, LONGEST_SECONDS = 0.020, 8, 0.060

Step = Callable[[Tx, Any, int], Any]


class Job:
    """A step waiting for its turn. `error` or `result` is there when its batch is over."""

    __slots__ = ("answer", "error", "hall_id", "locks", "request", "result", "step")

    def __init__(self, hall_id: str, step: Step, request: Any, answer: Any, *, locks: bool = True) -> None:
        """`locks`: the step needs the hall's row; an audit line does not."""
        self.hall_id = hall_id
        self.step = step
        self.request = request
        self.answer = answer
        self.locks = locks
        self.result: Any = None
        self.error: BaseException | None = None


class Engine(Protocol):
    """What a batch needs of a database."""

    def writer(self) -> Db: ...
    def lost(self, error: BaseException) -> bool: ...
    def unavailable(self, error: BaseException) -> bool: ...


class _BatchLost(Exception):
    """The transaction is gone; whatever it held is not saved."""


class _Undo(Exception):
    """A step of several failed after it had written; without a savepoint only all of them can be undone."""


class BatchRunner:
    """Runs batches on a connection of its own, opened when first needed and again after it was lost."""

    def __init__(self, engine: Engine, around: Surroundings, ticker: Callable[[], float] = time.monotonic) -> None:
        self._engine = engine
        self._around = around
        self._ticker = ticker
        self._db: Db | None = None
        self._floor: dict[str, int] = {}
        self._memories = Memories()
        self._commit_seconds = 0.0  # lately
        self.batches = 0

    def run(self, jobs: Sequence[Job]) -> tuple[int, list[str]]:
        """Run a first part of `jobs`, at least one; (how many, halls with new events). Errors stay in the jobs.

        Steps that fail nearly always refuse before they write, and savepoints cost a tenth of a step: only a batch
        in which one failed later is run again with them.
        """
        self.batches += 1
        try:
            return self._run(jobs, mark=False)
        except _Undo:
            for job in jobs:
                job.result = job.error = None
            return self._run(jobs, mark=True)

    def _run(self, jobs: Sequence[Job], *, mark: bool) -> tuple[int, list[str]]:
        before: dict[str, HallRow] = {}
        halls: dict[str, HallRow] = {}
        done = 0
        try:
            db = self._begin(jobs[0], halls, before)
            changes = db.changes
            until = self._ticker() + min(max(BATCH_SECONDS, COMMITS * self._commit_seconds), LONGEST_SECONDS)
            for job in jobs:
                if done and self._ticker() > until:
                    break
                done += 1
                self._step(db, job, halls, before, mark=mark, alone=len(jobs) == 1)
        except _Undo:
            db.rollback()
            self._memories.clear()  # they hold what was undone
            raise
        except Exception as error:
            self._drop()
            return max(done, 1), self._fail(jobs[: max(done, 1)], StoreUnavailable, error)
        try:
            self._end(db, halls, before, changes)
        except Exception as error:
            self._drop()
            return done, self._fail(jobs[:done], NotSaved, error)
        self._memories.keep(halls)
        return done, [hall_id for hall_id, hall in halls.items() if hall.seq != before[hall_id].seq]

    def close(self) -> None:
        """Give the connection back."""
        self._drop()

    def _begin(self, first: Job, halls: dict[str, HallRow], before: dict[str, HallRow]) -> Db:
        """Begin, and lock the first job's hall; once more on a new connection when the old one was lost."""
        for attempt in (1, 2):
            fresh = self._db is None
            try:
                if self._db is None:
                    self._db = self._engine.writer()
                self._db.begin_write()
                if first.locks:
                    self._lock(self._db, first.hall_id, halls, before)
                return self._db
            except Exception as error:
                if fresh or attempt == 2 or not self._engine.lost(error):
                    raise
                self._drop()
        raise AssertionError("unreachable")

    def _lock(self, db: Db, hall_id: str, halls: dict[str, HallRow], before: dict[str, HallRow]) -> None:
        row = load_hall(db, hall_id, lock=True)
        if row is not None:
            halls[hall_id] = row
            before[hall_id] = row.copy()
            self._memories.begin(hall_id, row)

    def _step(
        self, db: Db, job: Job, halls: dict[str, HallRow], before: dict[str, HallRow], *, mark: bool, alone: bool
    ) -> None:
        """One step, in a savepoint with `mark`; `alone`, its undo is the transaction's."""
        if mark:
            db.mark()
        if job.locks and job.hall_id not in halls:
            self._lock(db, job.hall_id, halls, before)
        hall = halls.get(job.hall_id)
        if hall is None and job.locks:
            job.error = HallUnknown(hall=job.hall_id)
            return
        kept, changes = (hall.copy() if hall is not None else None), db.changes
        now = max(self._around.clock(), self._floor.get(job.hall_id, 0), hall.last_time if hall is not None else 0)
        version = before[job.hall_id].rules_version if hall is not None else None
        memory = self._memories.of(job.hall_id) if hall is not None else None
        tx = Tx(db, job.hall_id, self._around, hall=hall, now=now, committed_version=version, memory=memory)
        try:
            job.result = job.step(tx, job.request, now)
            if db.spoiled():
                raise RuntimeError("a step must end with the database error it met, not go on after it")
        except BaseException as error:
            job.error = self._named(error)
            wrote = db.changes != changes
            if mark or alone or not db.alive():
                self._undo(db, mark=mark)
            elif wrote or db.spoiled():
                raise _Undo from None
            db.changes = changes
            if kept is not None:
                halls[job.hall_id] = kept
                if wrote:
                    self._memories.forget(job.hall_id)
            return
        self._floor[job.hall_id] = now
        if hall is not None and (db.changes != changes or hall != kept):
            hall.last_time = now
            hall.writes = before[job.hall_id].writes + 1  # once a commit, however many steps

    def _named(self, error: BaseException) -> BaseException:
        """A disk or server that failed under the step, by its name; any other error as it is."""
        if not self._engine.unavailable(error):
            return error
        refusal = StoreUnavailable()
        refusal.__cause__ = error
        return refusal

    @staticmethod
    def _undo(db: Db, *, mark: bool) -> None:
        if not db.alive():
            raise _BatchLost
        if mark:
            db.undo()
        else:
            db.rollback()
            db.begin_write()

    def _end(self, db: Db, halls: dict[str, HallRow], before: dict[str, HallRow], changes: int) -> None:
        """Write the counters back and COMMIT; nothing written, nothing committed."""
        for hall_id, hall in halls.items():
            if hall != before[hall_id]:
                save_hall(db, hall)
        if db.changes == changes:
            db.rollback()
            return
        began = self._ticker()
        db.commit()
        self._commit_seconds += (self._ticker() - began - self._commit_seconds) / 4

    @staticmethod
    def _fail(jobs: Sequence[Job], refusal: type[StoreUnavailable] | type[NotSaved], cause: Exception) -> list[str]:
        """No step of a lost batch counts, not even a refusal: it may rest on what another had just written."""
        for job in jobs:
            error = refusal()
            error.__cause__ = job.error or cause
            job.result, job.error = None, error
        return []

    def _drop(self) -> None:
        self._memories.clear()
        db, self._db = self._db, None
        if db is not None:
            with contextlib.suppress(Exception):  # it may be broken, and there is nobody to tell in here
                db.close()
