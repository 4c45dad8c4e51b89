"""One way to speak SQL to either engine. Statements use `?`; rows give `row["name"]` and `row[0]`."""

from __future__ import annotations

import functools
import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, ClassVar, Protocol, SupportsIndex


class Row(Protocol):
    """A result row on either engine; `dict(row)` and `**row` work too. Iterating gives the values."""

    def __getitem__(self, key: str | SupportsIndex, /) -> Any: ...
    def __iter__(self) -> Iterator[Any]: ...
    def __len__(self) -> int: ...
    def keys(self) -> Any: ...


Params = Sequence[Any]


class Db(ABC):
    """A connection in a transaction. Used by one thread at a time; nothing in it logs or waits on the loop.

    `changes` counts rows written since the connection opened, so that an idle step costs no COMMIT.
    """

    engine: ClassVar[str]
    for_update: ClassVar[str]  # appended to a SELECT that must lock its row

    def __init__(self) -> None:
        self.changes = 0

    @abstractmethod
    def execute(self, sql: str, params: Params = ()) -> int:
        """Run a writing statement; the number of rows it touched. Raises Conflict on a broken constraint."""

    @abstractmethod
    def many(self, sql: str, rows: Iterable[Params]) -> int:
        """Run a writing statement once a row."""

    @abstractmethod
    def one(self, sql: str, params: Params = ()) -> Row | None:
        """The first row, or None."""

    @abstractmethod
    def all(self, sql: str, params: Params = ()) -> list[Row]:
        """All rows."""

    def value(self, sql: str, params: Params = ()) -> Any:
        """The first column of the first row, or None."""
        row = self.one(sql, params)
        return None if row is None else row[0]

    def tidies_itself(self) -> bool:
        """Does the engine clear away by itself what is no longer needed, and keep count of what is there?"""
        return True

    @abstractmethod
    def begin_write(self) -> None: ...

    @abstractmethod
    def begin_read(self) -> None: ...

    @abstractmethod
    def commit(self) -> None: ...

    @abstractmethod
    def rollback(self) -> None: ...

    @abstractmethod
    def mark(self) -> None:
        """Start a step: what went before in the transaction stays when `undo` comes."""

    @abstractmethod
    def undo(self) -> None:
        """Undo everything since `mark`."""

    @abstractmethod
    def alive(self) -> bool:
        """Is the transaction begun still there? (A full disk or a lost server ends it.)"""

    def spoiled(self) -> bool:
        """Did a statement fail in a way that spoils the rest of the transaction? (PostgreSQL: any error.)"""
        return False

    @abstractmethod
    def close(self) -> None: ...


_WRITING = re.compile(r"\b(INSERT|UPDATE|DELETE)\b", re.IGNORECASE)


@functools.lru_cache(maxsize=4096)
def writes(sql: str) -> bool:
    """Does a statement that may return rows also write (INSERT … RETURNING, WITH … UPDATE)?"""
    verb = sql.lstrip()[:6].upper()
    if verb.startswith("WITH"):
        return _WRITING.search(sql) is not None
    return verb not in ("SELECT", "VALUES", "PRAGMA")
