"""What only the PostgreSQL store does: servers go away, values have types, others hold locks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from server.domain.actor import Role
from server.store import StoreUnavailable, Tx, open_store
from server.store.errors import DatabaseTooNew
from server.store.postgres import FIRST_PLANS, PostgresDb, PostgresEngine, migrate, translate
from server.store.vault import Vault
from tests.store.conftest import Bench, say
from tests.store_fixtures import HALL, FakeClock, counting_tokens, make_store, postgres_schema


@pytest.fixture
def kind() -> str:
    return "postgres"


@pytest.fixture
def url() -> Iterator[str]:
    with postgres_schema() as url:
        yield url


def pid(tx: Tx) -> int:
    return int(tx.db.value("SELECT pg_backend_pid()"))


def kill(engine: PostgresEngine, backend: int) -> None:
    """End a connection from the server's side, as a restart would."""
    admin = engine.writer()
    admin.value("SELECT pg_terminate_backend(CAST(? AS INTEGER), 5000)", (backend,))
    admin.close()


def test_a_connection_lost_between_batches_is_opened_again_unnoticed(bench: Bench) -> None:
    (job,) = bench.run(lambda tx, _, now: pid(tx))
    kill(bench.engine, job.result)
    again, after = bench.run(say, lambda tx, _, now: pid(tx))
    assert again.result == 1
    assert after.result != job.result


def test_a_connection_lost_in_the_middle_fails_the_whole_batch_by_name(bench: Bench) -> None:
    first, middle, last = bench.run(say, lambda tx, _, now: kill(bench.engine, pid(tx)) or pid(tx), say)
    assert isinstance(first.error, StoreUnavailable)
    assert isinstance(middle.error, StoreUnavailable)
    assert bench.last == (2, [])  # the third is still to be run
    assert last.error is None
    assert bench.run(say)[0].result == 1
    assert bench.read(lambda rx: rx.hall.seq) == 1


def test_a_reader_lost_in_the_pool_is_replaced_unnoticed(bench: Bench) -> None:
    backend = bench.read(pid)
    assert bench.read(pid) == backend  # kept
    kill(bench.engine, backend)
    assert bench.read(pid) != backend


def test_a_reader_lost_in_the_middle_of_a_read_is_named(bench: Bench) -> None:
    with pytest.raises(StoreUnavailable):
        bench.read(lambda rx: (kill(bench.engine, pid(rx)), pid(rx)))
    assert bench.read(pid)


def test_a_hall_held_too_long_by_another_instance_is_named(bench: Bench) -> None:
    other = bench.engine.writer()
    other.begin_write()
    other.one("SELECT id FROM hall WHERE id = ? FOR UPDATE", (HALL,))
    bench.run(say, hall="nowhere")  # opens the connection
    bench.runner._db.connection.execute("SET lock_timeout = '20ms'")
    (job,) = bench.run(say)
    assert isinstance(job.error, StoreUnavailable)
    other.rollback()
    other.close()
    assert bench.run(say)[0].result == 1


def test_no_server_is_named_at_the_start(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable):
        open_store(
            data_dir=tmp_path,
            database_url="postgresql://nobody@127.0.0.1:1/none",
            clock=FakeClock(),
            vault=Vault(b"k" * 32),
            tokens=counting_tokens(),
        )


def test_values_come_back_as_sqlite_gives_them(bench: Bench) -> None:
    row = bench.read(
        lambda rx: rx.db.one(
            "SELECT SUM(n) AS total, AVG(n) AS mean, COUNT(*) AS many, 1 < 2 AS truth, ? AS big, '100%?' AS text"
            " FROM (VALUES (CAST(2 AS BIGINT)), (CAST(4 AS BIGINT))) AS t (n)",
            (2**40,),
        )
    )
    assert dict(row) == {"total": 6, "mean": 3.0, "many": 2, "truth": 1, "big": 2**40, "text": "100%?"}
    assert [type(value) for value in row] == [int, float, int, int, int, str]
    assert (row[0], row["many"], len(row)) == (6, 2, 6)


def test_truth_and_named_words_are_written_as_sqlite_writes_them(bench: Bench) -> None:
    def step(tx: Tx, _: Any, now: int) -> Any:
        tx.db.execute(
            "INSERT INTO stops (hall_id, section, message_zh, message_en, by_whom, since) VALUES (?, ?, ?, ?, ?, ?)",
            (HALL, Role.CLERK, "a", "b", "c", True),
        )
        return dict(tx.db.one("SELECT section, since FROM stops") or {})

    assert bench.run(step)[0].result == {"section": "clerk", "since": 1}


def test_only_question_marks_outside_of_quotes_are_places() -> None:
    assert translate("SELECT '?', x FROM t WHERE a = ? AND b LIKE '%it''s?'") == (
        "SELECT '?', x FROM t WHERE a = %s AND b LIKE '%%it''s?'"
    )


def test_migrating_twice_does_nothing_and_a_newer_database_is_refused(url: str) -> None:
    assert "m0001_hall" in migrate(url)
    assert migrate(url) == []
    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute("INSERT INTO applied_migrations VALUES ('m9999_later', '2030')")
    with pytest.raises(DatabaseTooNew, match="m9999_later"):
        migrate(url)


def test_a_connection_that_met_an_empty_hall_plans_anew_when_the_hall_has_filled(url: str) -> None:
    """Planned while there is no ticket, a change of one ticket walks through an index of all of them."""
    migrate(url)
    db = PostgresDb(url)
    change = "UPDATE tickets SET told = ? WHERE hall_id = ? AND id = ? AND state = ?"
    for _ in range(FIRST_PLANS):
        db.execute(change, (1, HALL, 1, "waiting"))
    db.execute(
        "INSERT INTO tickets (hall_id, id, business_day, number, section, state, channel, queue_id, rank_at, seconds,"
        " link, taken_by, taken_at) SELECT ?, n, 'day', n, 'general', 'done', 'kiosk', 1, n, 60, n, 'kiosk', n"
        " FROM generate_series(1, 2000) AS n",
        (HALL,),
    )
    name = db.value("SELECT name FROM pg_prepared_statements WHERE statement LIKE 'UPDATE tickets%'")
    db.begin_write()
    plan = [row[0] for row in db.all(f"EXPLAIN EXECUTE {name} (1, '{HALL}', 1, 'waiting')")]
    db.close()
    assert any("tickets_pkey" in line for line in plan), plan


def test_two_halls_are_written_at_the_same_time(tmp_path: Path, clock: FakeClock) -> None:
    """Each hall has its own writer: one waiting in the middle of its step does not hold the other."""
    with make_store("postgres", tmp_path, clock) as store:
        store.ensure_hall("other")

        def across(tx: Tx, _: None, now: int) -> int:
            return store.write("other", say, "from within")

        assert store.write(HALL, across) == 1


def test_it_says_whether_the_server_tidies_itself(url: str) -> None:
    engine = PostgresEngine(url)
    db = engine.writer()
    with psycopg.connect(url) as asked:
        shown = [asked.execute(f"SHOW {name}").fetchone() for name in ("autovacuum", "track_counts")]
    assert db.tidies_itself() == (shown == [("on",), ("on",)])
    db.close()
    engine.pool.close()
