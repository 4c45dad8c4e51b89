"""The hall file as loaded, version by version, so that every instance and every step sees the same one."""

from __future__ import annotations

import functools
import hashlib
from typing import TYPE_CHECKING

from server.store.errors import HallNotLoaded

if TYPE_CHECKING:
    from config.hall_file import HallFile
    from server.store.transaction import Tx


@functools.lru_cache(maxsize=4)
def parsed(body: str) -> HallFile:
    """Frozen, so that one serves all who ask: it is asked for again with each publication and each day."""
    from config.hall_file import HallFile

    return HallFile.model_validate_json(body)


class Halls:
    """Versions of the hall file. The current one is `tx.hall.file_version`; 0 = none yet."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    def load(self, version: int | None = None) -> HallFile:
        """The file of that version (default: the current one). HallNotLoaded when there is none."""
        tx = self._tx
        body = tx.db.value(
            "SELECT body FROM hall_versions WHERE hall_id = ? AND version = ?",
            (tx.hall_id, tx.hall.file_version if version is None else version),
        )
        if body is None:
            raise HallNotLoaded()
        return parsed(body)

    def save(self, file: HallFile, by: str) -> int:
        """Make this the hall's file; its version. The same file again keeps the version it has."""
        tx = self._tx
        hall = tx.locked_hall
        body = file.model_dump_json()
        digest = hashlib.sha256(body.encode()).hexdigest()
        if digest == self._digest(hall.file_version):
            return hall.file_version
        version = hall.file_version + 1
        tx.db.execute(
            "INSERT INTO hall_versions (hall_id, version, loaded_at, loaded_by, digest, body) VALUES (?, ?, ?, ?, ?, ?)",
            (tx.hall_id, version, tx.now, by, digest, body),
        )
        hall.file_version = version
        return version

    def _digest(self, version: int) -> str | None:
        digest: str | None = self._tx.db.value(
            "SELECT digest FROM hall_versions WHERE hall_id = ? AND version = ?", (self._tx.hall_id, version)
        )
        return digest
