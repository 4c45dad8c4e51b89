"""SQLite: the default store, one file in the data folder. sqlite-utils opens, migrates and inspects it."""

from __future__ import annotations

import fcntl
import sqlite3
from collections.abc import Iterable
from pathlib import Path

from server.store import migrations
from server.store.db import Db, Params, Row, writes
from server.store.errors import Conflict, DatabaseTooNew, StoreUnavailable
from server.store.pool import ReadPool
from server.store.sqlite_tools import Database, Migrations

FILE_NAME = "yichuang.db"
BUSY_SECONDS = 5.0
CACHE_KB = 8_192  # of the one writer, who reads and changes the same pages all day
CHECKPOINT_PAGES = 4000  # 16 MB
_FAILED = {  # result codes that blame the disk or another process, never the statement
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_NOTADB,
}


class SqliteDb(Db):
    """One SQLite connection; transactions are spoken aloud (isolation_level=None)."""

    engine = "sqlite"
    for_update = ""

    def __init__(self, connection: sqlite3.Connection) -> None:
        super().__init__()
        self.connection = connection
        self._run = connection.execute
        self._marked = False

    def execute(self, sql: str, params: Params = ()) -> int:
        try:
            count = self._run(sql, params).rowcount
        except sqlite3.IntegrityError as error:
            raise Conflict(str(error)) from error
        if count > 0:
            self.changes += count
        return count

    def many(self, sql: str, rows: Iterable[Params]) -> int:
        try:
            count = self.connection.executemany(sql, rows).rowcount
        except sqlite3.IntegrityError as error:
            self.changes += 1  # the rows before the one refused are there
            raise Conflict(str(error)) from error
        if count > 0:
            self.changes += count
        return count

    def one(self, sql: str, params: Params = ()) -> Row | None:
        rows = self.all(sql, params) if writes(sql) else None
        if rows is not None:  # RETURNING: the statement is only finished when its rows are read
            return rows[0] if rows else None
        row: Row | None = self._run(sql, params).fetchone()
        return row

    def all(self, sql: str, params: Params = ()) -> list[Row]:
        try:
            rows: list[Row] = self._run(sql, params).fetchall()
        except sqlite3.IntegrityError as error:
            raise Conflict(str(error)) from error
        if rows and writes(sql):
            self.changes += len(rows)
        return rows

    def begin_write(self) -> None:
        self._marked = False
        self._run("BEGIN IMMEDIATE")

    def begin_read(self) -> None:
        self._run("BEGIN DEFERRED")

    def commit(self) -> None:
        self._run("COMMIT")

    def rollback(self) -> None:
        if self.connection.in_transaction:
            self._run("ROLLBACK")

    def mark(self) -> None:
        if self._marked:
            self._run("RELEASE step")
        self._run("SAVEPOINT step")
        self._marked = True

    def undo(self) -> None:
        self._run("ROLLBACK TO step")

    def alive(self) -> bool:
        return self.connection.in_transaction

    def close(self) -> None:
        self.connection.close()


def connect(path: Path) -> sqlite3.Connection:
    """A connection with the store's settings: WAL, every commit on the disk, foreign keys."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=BUSY_SECONDS)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA temp_store=MEMORY")  # what a savepoint or a sort puts aside needs no file
    connection.row_factory = sqlite3.Row
    return connection


def inspect(path: Path) -> Database:
    """The database as sqlite-utils sees it: for migrating, seeding and looking around, never on a hot path."""
    return Database(connect(path))


def migrate(path: Path) -> list[str]:
    """Bring the file to the newest tables, one process at a time; the names applied now.

    Each migration is one transaction together with its record. DatabaseTooNew when the file is ahead of us.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        db = inspect(path)
        try:
            return _migrate(db, str(path))
        finally:
            db.close()


def _migrate(db: Database, where: str) -> list[str]:
    ours = Migrations("yichuang")
    steps = migrations.steps()
    for step in steps:

        def apply(db: Database, /, *, statements: tuple[str, ...] = step.sqlite) -> None:
            for statement in statements:
                db.execute(statement)

        ours(name=step.name)(apply)
    unknown = [m.name for m in ours.applied(db) if m.name not in {s.name for s in steps}]
    if unknown:
        raise DatabaseTooNew(where, unknown)
    pending = [m.name for m in ours.pending(db)]
    ours.apply(db)
    return pending


class SqliteEngine:
    """The file and its connections: one for the writer, a few for reads."""

    name = "sqlite"
    most_readers = 0
    blocking_reads = False  # a read takes microseconds: cheaper on the loop than handing it over
    one_writer = True

    def __init__(self, path: Path) -> None:
        self.path = path
        self.pool = ReadPool(self._reader, self.unavailable)
        try:
            migrate(path)
        except sqlite3.Error as error:
            if not self.unavailable(error):
                raise
            raise StoreUnavailable() from error

    def writer(self) -> SqliteDb:
        """A connection that may write."""
        db = SqliteDb(connect(self.path))
        db.connection.execute(f"PRAGMA cache_size=-{CACHE_KB}")
        # A page changed in many commits is carried into the file once: four times as rarely as by default.
        db.connection.execute(f"PRAGMA wal_autocheckpoint={CHECKPOINT_PAGES}")
        return db

    def lost(self, error: BaseException) -> bool:
        """A file does not go away as a server does."""
        return False

    def unavailable(self, error: BaseException) -> bool:
        """Does this error mean the store failed, rather than the step?"""
        return isinstance(error, sqlite3.Error) and getattr(error, "sqlite_errorcode", 0) & 0xFF in _FAILED

    def _reader(self) -> SqliteDb:
        db = SqliteDb(connect(self.path))
        db.connection.execute("PRAGMA query_only=ON")
        return db
