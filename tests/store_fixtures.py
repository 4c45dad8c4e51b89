"""A store for a test, on either engine: SQLite in the test's folder, PostgreSQL in a schema of its own
(emptied and used again by the next test of the process, dropped at its end).

    @pytest.fixture(params=STORE_KINDS)
    def store(request, tmp_path):
        with make_store(request.param, tmp_path, clock) as store: ...

PostgreSQL is looked for at YICHUANG_TEST_POSTGRES, else `postgresql:///test`, else
`postgresql://postgres@127.0.0.1:5432/test`. Where there is none the test is skipped, or fails under
YICHUANG_REQUIRE_SERVICES=1.
"""

from __future__ import annotations

import atexit
import functools
import itertools
import os
import secrets
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
import pytest

from server.store import Store, Vault, migrations, open_store
from server.store.sqlite import FILE_NAME, migrate

STORE_KINDS = ("sqlite", "postgres")
HALL = "hall"
START = 1_795_000_000_000_000  # a November morning of 2026, microseconds UTC


class FakeClock:
    """Time that moves when told to. Microseconds UTC."""

    def __init__(self, now: int = START) -> None:
        self.now = now

    def __call__(self) -> int:
        return self.now

    def advance(self, seconds: float) -> int:
        """Let so many seconds pass (or, negative, set the clock back)."""
        self.now += round(seconds * 1_000_000)
        return self.now


@functools.cache
def postgres_url() -> str:
    """An address PostgreSQL answers at, or '' when there is none."""
    given = os.environ.get("YICHUANG_TEST_POSTGRES")
    for url in [given] if given else ["postgresql:///test", "postgresql://postgres@127.0.0.1:5432/test"]:
        try:
            psycopg.connect(url, connect_timeout=3).close()
        except psycopg.OperationalError:
            continue
        return url
    return ""


def require_postgres() -> str:
    """PostgreSQL's address; skips the test (or fails it, see above) when there is none."""
    url = postgres_url()
    if not url:
        if os.environ.get("YICHUANG_REQUIRE_SERVICES") == "1":
            pytest.fail("PostgreSQL is required (YICHUANG_REQUIRE_SERVICES=1) and no server answers")
        pytest.skip("no PostgreSQL server answers at postgresql:///test or 127.0.0.1:5432")
    return url


@contextmanager
def postgres_schema() -> Iterator[str]:
    """The address of a new empty schema, dropped afterwards."""
    url, schema = _make_schema()
    try:
        yield url
    finally:
        _drop_schema(schema)


def _make_schema() -> tuple[str, str]:
    url, schema = require_postgres(), f"t_{secrets.token_hex(8)}"
    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute(f"CREATE SCHEMA {schema}")
    # Nobody cuts the power here: a commit need not wait for the disk.
    return f"{url}{'&' if '?' in url else '?'}options=-csearch_path%3D{schema}%20-csynchronous_commit%3Doff", schema


def _drop_schema(schema: str) -> None:
    with psycopg.connect(postgres_url(), autocommit=True) as admin:
        admin.execute(f"DROP SCHEMA IF EXISTS {schema} CASCADE")


CATALOGUE = (
    "pg_attribute",
    "pg_depend",
    "pg_class",
    "pg_index",
    "pg_attrdef",
    "pg_type",
    "pg_constraint",
    "pg_shdepend",
)
SWOLLEN = 64 * 1024 * 1024  # bytes of pg_attribute, which has one row a column


def tidy_postgres() -> None:
    """Shrink PostgreSQL's own tables where schemas made and dropped have swollen them, as they do without autovacuum.

    A test's schema has some 700 columns: after a day of runs making one took ten times as long as it should.
    """
    url = postgres_url()
    if not url:
        return
    with suppress(psycopg.Error), psycopg.connect(url, autocommit=True) as admin:
        size = admin.execute("SELECT pg_total_relation_size('pg_attribute')").fetchone()
        if size and size[0] > SWOLLEN:
            admin.execute("SET lock_timeout = '5s'")  # another run's tests may be at work
            for table in CATALOGUE:
                admin.execute(f"VACUUM FULL pg_catalog.{table}")


_emptied: list[tuple[str, str]] = []  # migrated schemas without a row, to be used again: making one takes a second


@contextmanager
def database(kind: str) -> Iterator[str]:
    """`database_url` of an empty database: '' for SQLite (the file goes to the data folder)."""
    if kind == "sqlite":
        yield ""
        return
    _tables()
    url, schema = _emptied.pop() if _emptied else _make_schema()
    try:
        yield url
    except BaseException:
        _drop_schema(schema)
        raise
    if _empty(url):
        _keep(url, schema)
    else:
        _drop_schema(schema)


def _keep(url: str, schema: str) -> None:
    _emptied.append((url, schema))
    atexit.register(_drop_schema, schema)


@functools.cache
def _tables() -> tuple[str, ...]:
    """The tables of a migrated schema. The one that was made to look is kept for the next test."""
    url, schema = _make_schema()
    with tempfile.TemporaryDirectory() as folder, open_again(Path(folder), url):
        pass
    _keep(url, schema)
    with psycopg.connect(url, autocommit=True) as db:
        return tuple(sorted(_present(db)))


def _present(db: psycopg.Connection) -> set[str]:
    return {row[0] for row in db.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")}


def _empty(url: str) -> bool:
    """Empty the tables of the migrations; False when the schema holds anything else or somebody still uses it."""
    ours = [table for table in _tables() if table != "applied_migrations"]
    with psycopg.connect(url, autocommit=True) as db:
        if _present(db) != set(_tables()):
            return False
        try:
            db.execute("SET lock_timeout = '1s'; SET synchronous_commit = off")
            with db.transaction():
                db.execute("; ".join(f"DELETE FROM {table}" for table in ours))
        except psycopg.OperationalError:
            return False
        names = {row[0] for row in db.execute("SELECT name FROM applied_migrations")}
        return names == {step.name for step in migrations.steps()}


def migrated_file(data_dir: Path) -> None:
    """Put an empty SQLite file with all tables there, unless there is one: making them anew takes 50 ms."""
    data_dir.mkdir(parents=True, exist_ok=True)
    file = data_dir / FILE_NAME
    if not file.exists():
        file.write_bytes(_migrated())


@functools.cache
def _migrated() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / FILE_NAME
        migrate(file)
        return file.read_bytes()


def counting_tokens() -> Callable[[], str]:
    """Tokens a test can foretell: token000001, token000002, …"""
    numbers = itertools.count(1)
    return lambda: f"token{next(numbers):06d}"


@contextmanager
def make_store(
    kind: str,
    tmp_path: Path,
    clock: Callable[[], int],
    tokens: Callable[[], str] | None = None,
    hall_id: str | None = HALL,
) -> Iterator[Store]:
    """An open, migrated, empty store of that kind; `hall_id` is made in it unless None."""
    if kind == "sqlite":
        migrated_file(tmp_path)
    with database(kind) as url, open_again(tmp_path, url, clock, tokens) as store:
        if hall_id is not None:
            store.ensure_hall(hall_id)
        yield store


@contextmanager
def open_again(
    tmp_path: Path,
    url: str,
    clock: Callable[[], int] | None = None,
    tokens: Callable[[], str] | None = None,
) -> Iterator[Store]:
    """A store opened on a database that may have been used before; closed afterwards."""
    store = open_store(
        data_dir=tmp_path,
        database_url=url,
        clock=clock or FakeClock(),
        vault=Vault(b"k" * 32),
        tokens=tokens or counting_tokens(),
    )
    try:
        yield store
    finally:
        store.close()
