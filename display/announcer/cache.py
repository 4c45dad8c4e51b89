"""Rendered sentences as WAV files in the data folder: written whole or not at all, the least recently used go.

Every function here touches the disk: call it through `run_blocking`.
"""

from __future__ import annotations

import os
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

MOST_BYTES: Final = 64 * 1024 * 1024  # some 350 calls
STALE_PART_SECONDS: Final = 600  # a part file older than this was left by a crash


class Cache:
    """A folder of at most `most_bytes`. Keys are file names without their ending."""

    def __init__(self, folder: Path, most_bytes: int = MOST_BYTES) -> None:
        self.folder = folder
        self._most = most_bytes

    def read(self, key: str) -> bytes | None:
        """The file's bytes, or None. Reading makes it the most recently used."""
        file = self._file(key)
        try:
            data = file.read_bytes()
        except OSError:
            return None
        with suppress(OSError):
            os.utime(file)
        return data

    def part(self, key: str) -> Path:
        """Where to write before `keep`; unlike any other process's."""
        self.folder.mkdir(parents=True, exist_ok=True)
        return self.folder / f"{key}.{os.getpid()}.part"

    def keep(self, key: str, part: Path) -> bytes:
        """Make a written part the file of `key`, and make room. Its bytes."""
        data = part.read_bytes()
        part.replace(self._file(key))
        self._make_room(key)
        return data

    def _file(self, key: str) -> Path:
        return self.folder / f"{key}.wav"

    def _make_room(self, newest: str) -> None:
        found = []
        for file in self.folder.iterdir():
            with suppress(OSError):
                state = file.stat()
                if file.suffix == ".wav" and file != self._file(newest):
                    found.append((state.st_mtime, state.st_size, file))
                elif file.suffix == ".part" and time.time() - state.st_mtime > STALE_PART_SECONDS:
                    file.unlink()
        room = self._most - self._file(newest).stat().st_size
        for _, size, file in sorted(found, reverse=True):
            room -= size
            if room < 0:
                with suppress(OSError):
                    file.unlink()
