"""Stores on both engines, and a bare batch runner where a test must say what is in one batch."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from server.store import Store, Tx, Vault
from server.store.batch import BatchRunner, Job
from server.store.postgres import PostgresEngine
from server.store.sqlite import FILE_NAME, SqliteEngine
from server.store.transaction import Surroundings
from tests.store_fixtures import HALL, STORE_KINDS, FakeClock, counting_tokens, database, make_store


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture(params=STORE_KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def store(kind: str, tmp_path: Path, clock: FakeClock) -> Iterator[Store]:
    with make_store(kind, tmp_path, clock) as store:
        yield store


@dataclass
class Bench:
    """One engine and one runner: `run(steps)` runs exactly these in one batch."""

    engine: Any
    around: Surroundings
    runner: BatchRunner
    kind: str
    last: tuple[int, list[str]] = (0, [])
    extra: list[BatchRunner] = field(default_factory=list)

    def run(self, *steps: Callable[[Tx, Any, int], Any], hall: str = HALL, locks: bool = True) -> list[Job]:
        jobs = [Job(hall, step, None, None, locks=locks) for step in steps]
        return self.run_jobs(jobs)

    def run_jobs(self, jobs: list[Job]) -> list[Job]:
        self.last = self.runner.run(jobs)
        return jobs

    def read(self, fn: Callable[[Tx], Any], hall: str = HALL) -> Any:
        with self.engine.pool.reader() as db:
            return fn(Tx(db, hall, self.around))


@pytest.fixture
def bench(kind: str, tmp_path: Path, clock: FakeClock) -> Iterator[Bench]:
    with database(kind) as url:
        engine: Any = PostgresEngine(url) if url else SqliteEngine(tmp_path / FILE_NAME)
        around = Surroundings(clock, Vault(b"k" * 32), counting_tokens())
        runner = BatchRunner(engine, around, ticker=lambda: 0.0)  # a busy machine must not split a batch
        bench = Bench(engine, around, runner, kind)
        bench.run(add_hall(HALL), locks=False)
        yield bench
        bench.runner.close()
        engine.pool.close()


def add_hall(hall_id: str) -> Callable[[Tx, Any, int], Any]:
    return lambda tx, _, now: tx.db.execute("INSERT INTO hall (id, epoch) VALUES (?, ?)", (hall_id, "epoch"))


def say(tx: Tx, word: Any, now: int) -> int:
    """The simplest step that changes something: one event."""
    return tx.events.append("test.said", {"word": word})


def refuse(tx: Tx, _: Any, now: int) -> None:
    """Writes, counts, and then fails."""
    tx.new_id()
    tx.events.append("test.said", {"word": "never"})
    raise ValueError("refused")
