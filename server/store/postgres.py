"""PostgreSQL: the store of many instances, behind DATABASE_URL. Used only inside `run_blocking`.

What both engines answer must be the same, so numeric comes back as int (or float), and booleans as 0 and 1.
"""

from __future__ import annotations

import functools
import importlib.util
import logging
import os
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

if importlib.util.find_spec("psycopg_binary") or importlib.util.find_spec("psycopg_c"):
    # We wait in a thread of the pool's: in C, without the loop's patched selectors.
    os.environ.setdefault("PSYCOPG_WAIT_FUNC", "wait_c")

import psycopg
from psycopg import pq
from psycopg.adapt import Buffer, Dumper, Loader
from psycopg.types.numeric import Int8Dumper

from server import concurrency
from server.store import migrations
from server.store.db import Db, Params, Row, writes
from server.store.errors import Conflict, DatabaseTooNew, StoreUnavailable
from server.store.pool import ReadPool

logging.getLogger("psycopg").disabled = True  # a handler's lock must not be taken inside the blocking job

READERS = 8
MOST_STATEMENTS = 1000  # remembered by a connection
# A plan is kept for as long as its connection, and one made while a table was empty walks through all of it a year later.
# So a connection plans anew after so many statements, then after twice as many, at last every so many.
FIRST_PLANS, LAST_PLANS = 2_000, 200_000
_SETTINGS = (
    "SET lock_timeout = '10s'",
    "SET statement_timeout = '30s'",
    # An instance that hangs in a transaction holds the hall's row: the others must get it back.
    "SET idle_in_transaction_session_timeout = '20s'",
)
_CONNECT = {
    "connect_timeout": 5,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
    "application_name": "yichuang",
}
_MIGRATION_LOCK = 0x59_43_48  # any number all our instances agree on
_TOKENS = re.compile(r"'(?:[^']|'')*'|\?|%")


@functools.lru_cache(maxsize=4096)
def translate(sql: str) -> str:
    """`?` → `%s` outside of quotes, `%` doubled everywhere."""
    return _TOKENS.sub(lambda m: "%s" if m[0] == "?" else m[0].replace("%", "%%"), sql)


class PgRow(tuple[Any, ...]):
    """A row read by name or by place, like SQLite's."""

    __slots__ = ()
    _places: dict[str, int] = {}  # noqa: RUF012  (each set of columns has its own subclass)

    def __getitem__(self, key: Any) -> Any:
        return tuple.__getitem__(self, self._places[key] if type(key) is str else key)

    def keys(self) -> list[str]:
        return list(self._places)


@functools.lru_cache(maxsize=1024)
def _row_class(names: tuple[str, ...]) -> type[PgRow]:
    places = {name: place for place, name in reversed(list(enumerate(names)))}
    return type("PgRow", (PgRow,), {"__slots__": (), "_places": dict(reversed(places.items()))})


class _Numeric(Loader):
    """SUM and AVG give numeric where SQLite gives an integer or a float."""

    def load(self, data: Buffer) -> int | float:
        text = bytes(data).decode()
        return float(text) if "." in text or not text.lstrip("-").isdigit() else int(text)


class _Truth(Loader):
    def load(self, data: Buffer) -> int:
        return 1 if bytes(data) == b"t" else 0


class _TruthDumper(Dumper):
    oid = psycopg.adapters.types["int8"].oid

    def dump(self, obj: bool) -> bytes:
        return b"1" if obj else b"0"


class PostgresDb(Db):
    """One connection; transactions are spoken aloud (autocommit)."""

    engine = "postgres"
    for_update = " FOR UPDATE"

    def __init__(self, url: str) -> None:
        super().__init__()
        self.connection = psycopg.connect(url, autocommit=True, **_CONNECT)  # type: ignore[arg-type]
        self.connection.lock = concurrency.plain_lock()
        self.connection.prepared_max = MOST_STATEMENTS
        self.connection.prepare_threshold = 1  # what is asked twice will be asked again
        adapters = self.connection.adapters
        adapters.register_loader("numeric", _Numeric)
        adapters.register_loader("bool", _Truth)
        adapters.register_dumper(bool, _TruthDumper)
        adapters.register_dumper(int, Int8Dumper)  # one type for every size: one plan, no smallint overflow
        for setting in _SETTINGS:
            self.connection.execute(setting)
        self._cursor = self.connection.cursor(row_factory=self._rows)
        self._marked = False
        self._sql = ""  # under way
        self._asked, self._plans_until = 0, FIRST_PLANS
        self._classes: dict[str, type[PgRow]] = {}  # of its rows, by statement

    def _rows(self, cursor: psycopg.Cursor[Any]) -> Callable[[Sequence[Any]], PgRow]:
        """The columns of a statement are looked at once: for a ticket's 48 that costs more than the statement."""
        found = self._classes.get(self._sql)
        if found is None:
            found = _row_class(tuple(c.name for c in cursor.description or ()))
            if len(self._classes) < MOST_STATEMENTS:
                self._classes[self._sql] = found
        return found

    def _run(self, sql: str, params: Params) -> psycopg.Cursor[Any]:
        self._sql = sql
        self._asked += 1
        try:
            return self._cursor.execute(translate(sql), params)
        except psycopg.IntegrityError as error:
            raise Conflict(str(error)) from error

    def execute(self, sql: str, params: Params = ()) -> int:
        count = self._run(sql, params).rowcount
        if count > 0 and writes(sql):
            self.changes += count
        return count

    def many(self, sql: str, rows: Iterable[Params]) -> int:
        self._sql = sql
        try:
            self._cursor.executemany(translate(sql), rows)
        except psycopg.IntegrityError as error:
            raise Conflict(str(error)) from error
        count = self._cursor.rowcount
        if count > 0:
            self.changes += count
        return count

    def one(self, sql: str, params: Params = ()) -> Row | None:
        row: Row | None = self._run(sql, params).fetchone()
        if row is not None and writes(sql):
            self.changes += self._cursor.rowcount
        return row

    def all(self, sql: str, params: Params = ()) -> list[Row]:
        rows: list[Row] = self._run(sql, params).fetchall()
        if rows and writes(sql):
            self.changes += len(rows)
        return rows

    def tidies_itself(self) -> bool:
        """Autovacuum, which does nothing unless the server counts, too."""
        on = "current_setting('autovacuum') = 'on' AND current_setting('track_counts') = 'on'"
        return bool(self.value(f"SELECT {on}"))

    def _speak(self, command: bytes, expected: bytes) -> None:
        """A transaction command, straight to the server. COMMIT of a failed transaction answers ROLLBACK."""
        result = self.connection.pgconn.exec_(command)
        if result.status != pq.ExecStatus.COMMAND_OK or result.command_status != expected:
            message = (result.error_message or result.command_status or b"").decode(errors="replace")
            raise psycopg.OperationalError(f"{command.decode()}: {message.strip()}")

    def begin_write(self) -> None:
        self._marked = False
        self._begin(b"BEGIN")

    def begin_read(self) -> None:
        self._begin(b"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")

    def _begin(self, command: bytes) -> None:
        if self._asked >= self._plans_until:
            self._plans_until = self._asked + min(self._plans_until, LAST_PLANS)
            command = b"DISCARD PLANS; " + command
        self._speak(command, b"BEGIN")

    def commit(self) -> None:
        self._speak(b"COMMIT", b"COMMIT")

    def rollback(self) -> None:
        self._speak(b"ROLLBACK", b"ROLLBACK")

    def mark(self) -> None:
        self._speak(b"RELEASE step; SAVEPOINT step" if self._marked else b"SAVEPOINT step", b"SAVEPOINT")
        self._marked = True

    def undo(self) -> None:
        self._speak(b"ROLLBACK TO step", b"ROLLBACK")

    def alive(self) -> bool:
        status = self.connection.pgconn.transaction_status
        return status in (pq.TransactionStatus.INTRANS, pq.TransactionStatus.INERROR)

    def spoiled(self) -> bool:
        return self.connection.pgconn.transaction_status != pq.TransactionStatus.INTRANS

    def close(self) -> None:
        self.connection.close()


def migrate(url: str) -> list[str]:
    """Bring the database to the newest tables, one instance at a time; the names applied now."""
    db = PostgresDb(url)
    try:
        db.connection.execute("SET lock_timeout = '60s'")
        db.execute("SELECT pg_advisory_lock(?)", (_MIGRATION_LOCK,))
        steps = migrations.steps()
        db.execute("CREATE TABLE IF NOT EXISTS applied_migrations (name TEXT PRIMARY KEY, applied_at TEXT NOT NULL)")
        applied = {row["name"] for row in db.all("SELECT name FROM applied_migrations")}
        if unknown := sorted(applied - {step.name for step in steps}):
            raise DatabaseTooNew(f"PostgreSQL {db.connection.info.dbname}", unknown)
        pending = [step for step in steps if step.name not in applied]
        for step in pending:
            _apply(db, step)
        return [step.name for step in pending]
    finally:
        db.close()  # and the advisory lock with it


def _apply(db: PostgresDb, step: migrations.MigrationStep) -> None:
    """One migration and its record, whole or not at all."""
    db.begin_write()
    try:
        for statement in step.postgres:
            db.execute(statement)
        now = datetime.now(UTC).isoformat()
        db.execute("INSERT INTO applied_migrations (name, applied_at) VALUES (?, ?)", (step.name, now))
        db.commit()
    except BaseException:
        db.rollback()
        raise


class PostgresEngine:
    """The database and its connections: one a writer, a small pool for reads."""

    name = "postgres"
    blocking_reads = True
    most_readers = READERS
    one_writer = False

    def __init__(self, url: str) -> None:
        self._url = url
        self.pool = ReadPool(self.writer, self.unavailable)
        try:
            migrate(url)
        except psycopg.OperationalError as error:
            raise StoreUnavailable() from error

    def writer(self) -> PostgresDb:
        """A connection that may write."""
        return PostgresDb(self._url)

    def lost(self, error: BaseException) -> bool:
        """Did the server go away (so that a new connection may do better)?"""
        if not isinstance(error, psycopg.OperationalError):
            return False
        return error.sqlstate is None or error.sqlstate[:2] in ("08", "57")

    def unavailable(self, error: BaseException) -> bool:
        """Does this error mean the store failed, rather than the step?"""
        return isinstance(error, psycopg.OperationalError)
