"""The store: `write` a step, `read` a view, be told after commits."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar, overload

from server import concurrency
from server.store.batch import BatchRunner
from server.store.db import Db
from server.store.errors import StoreClosed, StoreUnavailable
from server.store.sqlite import FILE_NAME, SqliteEngine
from server.store.transaction import Surroundings, Tx, preload
from server.store.vault import Vault
from server.store.writer import Writer

log = logging.getLogger(__name__)
T = TypeVar("T")
R = TypeVar("R")
P = ParamSpec("P")


class Store:
    """All halls of one database. Make one with `open_store`."""

    def __init__(self, engine: Any, around: Surroundings) -> None:
        self._engine = engine
        self._around = around
        self._listeners: list[Callable[[str], None]] = []
        self._writers: dict[str, Writer] = {}
        self._gate = concurrency.GreenLock()
        self._reads = concurrency.GreenLock(engine.most_readers) if engine.blocking_reads else None
        self._closed = False

    @overload
    def write(self, hall_id: str, step: Callable[[Tx, None, int], T], /) -> T: ...
    @overload
    def write(self, hall_id: str, step: Callable[[Tx, R, int], T], request: R, /) -> T: ...
    def write(self, hall_id: str, step: Callable[[Tx, Any, int], Any], request: Any = None, /) -> Any:
        """Run `step(tx, request, now)` in the hall's next transaction; its result once it is on the disk.

        A step that raises changes nothing, and the error is raised here. StoreUnavailable, NotSaved and
        StoreClosed say that the store itself failed.
        """
        return self._writer(hall_id).submit(hall_id, step, request)

    def read(self, hall_id: str, fn: Callable[Concatenate[Tx, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Run `fn(rx, *args)` on one consistent moment of the hall; it cannot write."""
        if self._closed:
            raise StoreClosed()
        try:
            if self._reads is None:
                return self._read(hall_id, fn, args, kwargs)
            with self._reads:  # on the loop, so that no more threads than connections are taken
                result: T = concurrency.run_blocking(self._read, hall_id, fn, args, kwargs)
                return result
        except StoreUnavailable as error:
            log.error("a read failed", exc_info=error.__cause__)
            raise

    def _read(self, hall_id: str, fn: Callable[..., T], args: tuple[Any, ...], kwargs: dict[str, Any]) -> T:
        db: Db
        with self._engine.pool.reader() as db:
            return fn(Tx(db, hall_id, self._around), *args, **kwargs)

    def audit(self, hall_id: str, actor_id: str, action: str, subject: str, data: dict[str, Any] | None = None) -> int:
        """Write one audit line outside the hall's lock; its seq."""

        def line(tx: Tx, _: None, now: int) -> int:
            return tx.audit.add(actor_id, action, subject, data)

        seq: int = self._writer(hall_id, "audit").submit(hall_id, line, None, locks=False)
        return seq

    def ensure_hall(self, hall_id: str) -> None:
        """Make the hall's row, with an epoch of its own, unless it is there."""
        epoch = self._around.tokens()

        def make(tx: Tx, _: None, now: int) -> None:
            tx.db.execute("INSERT INTO hall (id, epoch) VALUES (?, ?) ON CONFLICT (id) DO NOTHING", (hall_id, epoch))
            tx.db.execute(  # the one it began with; another one says that the database was restored (serials.py)
                "INSERT INTO hall_epochs (hall_id, epoch, since_day) SELECT h.id, h.epoch, '' FROM hall h WHERE h.id = ?"
                " AND NOT EXISTS (SELECT 1 FROM hall_epochs e WHERE e.hall_id = h.id)",
                (hall_id,),
            )

        self._writer(hall_id).submit(hall_id, make, None, locks=False)

    def on_commit(self, callback: Callable[[str], None]) -> None:
        """Call `callback(hall_id)` on the loop after each commit of this process that appended events.

        It runs in the writer's own task: let it set a Signal and return, and never write.
        """
        self._listeners.append(callback)

    def close(self) -> None:
        """Finish the steps waiting, take no more, close every connection."""
        self._closed = True
        for writer in list(self._writers.values()):
            writer.close()
        concurrency.run_blocking(self._engine.pool.close)

    @property
    def engine(self) -> str:
        """ "sqlite" or "postgres"."""
        name: str = self._engine.name
        return name

    @property
    def batches(self) -> int:
        """Writing transactions begun so far."""
        return sum(writer.batches for writer in self._writers.values())

    @property
    def waiting(self) -> int:
        """Steps handed in and not yet begun."""
        return sum(writer.waiting for writer in self._writers.values())

    def _writer(self, hall_id: str, purpose: str = "") -> Writer:
        key = "" if self._engine.one_writer else f"{hall_id}/{purpose}"
        writer = self._writers.get(key)
        if writer is None:
            with self._gate:
                if self._closed:
                    raise StoreClosed()
                writer = self._writers.get(key)
                if writer is None:
                    writer = self._writers[key] = Writer(BatchRunner(self._engine, self._around), self._tell)
        return writer

    def _tell(self, hall_id: str) -> None:
        for listener in list(self._listeners):
            listener(hall_id)


def open_store(
    *,
    data_dir: Path,
    database_url: str,
    clock: Callable[[], int],
    vault: Vault,
    tokens: Callable[[], str],
    link_base: str = "",
) -> Store:
    """Open (and migrate) the database: PostgreSQL at `database_url`, or SQLite in `data_dir` when it is empty.

    `clock` gives microseconds UTC, `tokens` unguessable texts; `link_base` stands before "/t/" in SMS.
    Raises DatabaseTooNew or StoreUnavailable.
    """
    preload()
    around = Surroundings(clock, vault, tokens, link_base=link_base)
    if database_url:
        from server.store.postgres import PostgresEngine

        return Store(concurrency.run_blocking(PostgresEngine, database_url), around)
    return Store(concurrency.run_blocking(SqliteEngine, data_dir / FILE_NAME), around)
