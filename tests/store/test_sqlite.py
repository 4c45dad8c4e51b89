"""What only the SQLite store does."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest

from server.store import Store, StoreUnavailable, open_store
from server.store import sqlite as sqlite_engine
from server.store.errors import DatabaseTooNew
from server.store.sqlite import FILE_NAME, connect, inspect, migrate
from server.store.vault import Vault
from tests.store.conftest import say
from tests.store_fixtures import HALL, FakeClock, counting_tokens, make_store


def test_a_commit_is_on_the_disk_and_readers_do_not_wait_for_the_writer(tmp_path: Path) -> None:
    migrate(tmp_path / FILE_NAME)
    connection = connect(tmp_path / FILE_NAME)
    settings = {
        name: connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "synchronous", "foreign_keys")
    }
    assert settings == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
    connection.close()


def test_every_table_is_strict(tmp_path: Path) -> None:
    migrate(tmp_path / FILE_NAME)
    db = inspect(tmp_path / FILE_NAME)
    assert "tickets" in db.table_names()
    assert [name for name in db.table_names() if not db[name].strict and not name.startswith("_sqlite")] == []
    db.close()


def test_migrating_twice_does_nothing_the_second_time(tmp_path: Path) -> None:
    assert "m0001_hall" in migrate(tmp_path / FILE_NAME)
    assert migrate(tmp_path / FILE_NAME) == []


def test_processes_that_start_together_migrate_once(tmp_path: Path) -> None:
    applied: list[list[str]] = []
    threads = [threading.Thread(target=lambda: applied.append(migrate(tmp_path / FILE_NAME))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(len, applied))[:3] == [0, 0, 0]
    assert len(applied) == 4


def test_a_database_newer_than_the_program_is_refused_with_a_sentence(tmp_path: Path) -> None:
    migrate(tmp_path / FILE_NAME)
    db = inspect(tmp_path / FILE_NAME)
    db["_sqlite_migrations"].insert({"migration_set": "yichuang", "name": "m9999_later", "applied_at": "2030"})
    db.close()
    with pytest.raises(DatabaseTooNew, match=r"m9999_later.*upgrade the program"):
        open_store(
            data_dir=tmp_path, database_url="", clock=FakeClock(), vault=Vault(b"k" * 32), tokens=counting_tokens()
        )


def test_a_database_locked_by_another_is_named_and_not_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_engine, "BUSY_SECONDS", 0.01)
    with make_store("sqlite", tmp_path, FakeClock()) as store:
        other = sqlite3.connect(tmp_path / FILE_NAME, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreUnavailable):
            store.write(HALL, say, "a")
        other.execute("ROLLBACK")
        other.close()
        assert store.write(HALL, say, "b") == 1


def test_a_folder_that_cannot_hold_a_database_is_refused_at_the_start(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).mkdir()
    with pytest.raises(StoreUnavailable):
        open_store(
            data_dir=tmp_path, database_url="", clock=FakeClock(), vault=Vault(b"k" * 32), tokens=counting_tokens()
        )


def test_what_was_written_is_there_when_the_store_opens_again(tmp_path: Path) -> None:
    def words(store: Store) -> list[str]:
        return store.read(HALL, lambda rx: [e.data["word"] for e in rx.events.after(0)])

    with make_store("sqlite", tmp_path, FakeClock()) as store:
        store.write(HALL, say, "before")
        epoch = store.read(HALL, lambda rx: rx.hall.epoch)
    with make_store("sqlite", tmp_path, FakeClock()) as store:
        assert words(store) == ["before"]
        assert store.read(HALL, lambda rx: rx.hall.epoch) == epoch
        assert store.write(HALL, say, "after") == 2
