"""SQL of files: whose each is, what it is, and where its bytes lie."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from server.domain.refusals import Refusal

if TYPE_CHECKING:
    from server.store.db import Row
    from server.store.transaction import Tx

_COLUMNS = "id, owner, purpose, name, media_type, bytes, sha256, scan, added_at, added_by"


class FileUnknown(Refusal):
    status, code = 404, "file_unknown"
    zh = "没有这个文件，可能已被删除。请刷新后重试。"
    en = "There is no such file; it may have been removed. Reload and try again."


@dataclass(frozen=True, slots=True)
class StoredFile:
    """`owner` "item:<id>" or "case:<id>"; `scan` "clean" or "unscanned"; `added_at` µs UTC."""

    id: int
    owner: str
    purpose: str
    name: str
    media_type: str
    bytes: int
    sha256: str
    scan: str
    added_at: int
    added_by: str


def _file(row: Row) -> StoredFile:
    values: dict[str, Any] = {name: row[name] for name in _COLUMNS.split(", ")}
    return StoredFile(**values)


class Files:
    """The files of one hall, inside one transaction."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx
        self.db, self.hall = tx.db, tx.hall_id

    def add(
        self, owner: str, purpose: str, name: str, media_type: str, size: int, sha256: str, scan: str, by: str
    ) -> StoredFile:
        """Note a file whose bytes are on the disk."""
        kept = StoredFile(self._tx.new_id(), owner, purpose, name, media_type, size, sha256, scan, self._tx.now, by)
        values = [getattr(kept, column) for column in _COLUMNS.split(", ")]
        self.db.execute(
            f"INSERT INTO files (hall_id, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (self.hall, *values)
        )
        return kept

    def get(self, file_id: int) -> StoredFile:
        """Raises FileUnknown, also for one removed."""
        row = self.db.one(
            f"SELECT {_COLUMNS} FROM files WHERE hall_id = ? AND id = ? AND removed_at IS NULL", (self.hall, file_id)
        )
        if row is None:
            raise FileUnknown()
        return _file(row)

    def of(self, owner: str) -> list[StoredFile]:
        """In the order they were added."""
        rows = self.db.all(
            f"SELECT {_COLUMNS} FROM files WHERE hall_id = ? AND owner = ? AND removed_at IS NULL ORDER BY id",
            (self.hall, owner),
        )
        return [_file(row) for row in rows]

    def remove(self, file_id: int) -> None:
        """Its bytes go once no row needs them (`needed`). Raises FileUnknown."""
        changed = self.db.execute(
            "UPDATE files SET removed_at = ? WHERE hall_id = ? AND id = ? AND removed_at IS NULL",
            (self._tx.now, self.hall, file_id),
        )
        if not changed:
            raise FileUnknown()

    def needed(self) -> set[str]:
        """sha256 of every file of every hall of this database that is not removed."""
        return {row[0] for row in self.db.all("SELECT DISTINCT sha256 FROM files WHERE removed_at IS NULL")}
