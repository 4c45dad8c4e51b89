"""Connections for reading, kept between reads. No lock: taking from a deque and giving back are atomic."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from server.store.db import Db
from server.store.errors import StoreUnavailable


class ReadPool:
    """As many connections as there were reads at one time. A read is one transaction, so of one moment."""

    def __init__(self, connect: Callable[[], Db], failed: Callable[[BaseException], bool]) -> None:
        """`failed(error)`: does the error blame the database rather than the statement?"""
        self._connect = connect
        self._failed = failed
        self._idle: deque[Db] = deque()

    @contextmanager
    def reader(self) -> Iterator[Db]:
        """A connection in a read transaction. StoreUnavailable when the database fails under the read."""
        try:
            db = self._begin()
        except Exception as error:
            raise self._named(error) from error
        try:
            yield db
        except Exception as error:
            named = self._named(error)
            self._give_back(db, broken=named is not error)
            if named is error:
                raise
            raise named from error
        except BaseException:
            self._give_back(db, broken=True)
            raise
        else:
            self._give_back(db, broken=False)

    def close(self) -> None:
        """Close the idle connections."""
        while self._idle:
            self._idle.pop().close()

    def _begin(self) -> Db:
        """An idle connection; where the server closed those meanwhile, a new one."""
        while True:
            try:
                db = self._idle.pop()
            except IndexError:
                break
            try:
                db.begin_read()
            except Exception:
                db.close()
            else:
                return db
        db = self._connect()
        db.begin_read()
        return db

    def _give_back(self, db: Db, *, broken: bool) -> None:
        if not broken:
            try:
                db.rollback()
            except Exception:
                broken = True
        if broken:
            db.close()
        else:
            self._idle.append(db)

    def _named(self, error: Exception) -> Exception:
        return StoreUnavailable() if self._failed(error) else error
