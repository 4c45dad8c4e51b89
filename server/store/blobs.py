"""The bytes of files: encrypted on disk beside the database, named by what they are (sha256), each kept once."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Collection, Iterator
from pathlib import Path

from cryptography.exceptions import InvalidTag

from server.store.vault import Vault, VaultError

FOLDER = "files"
PIECE = 1 << 20  # bytes sealed together: a file is never wholly in memory twice
_MAGIC = b"YCF1"
_NONCE, _TAG = 8, 16
_NAME = re.compile(r"[0-9a-f]{64}")


class Blobs:
    """The files of one data folder. Several instances need the folder shared. Blocks: not for the loop itself."""

    def __init__(self, data_dir: Path, vault: Vault) -> None:
        self.folder = data_dir / FOLDER
        self._cipher = vault.cipher_for("files")

    def put(self, data: bytes) -> str:
        """Keep the bytes, on the disk when this returns; their sha256. What is there already is not written again."""
        name = hashlib.sha256(data).hexdigest()
        path = self._path(name)
        if path.exists():
            path.touch()  # as young as any: a sweep under way leaves it until its row is there
            return name
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, aside = tempfile.mkstemp(prefix="new.", dir=path.parent)  # 0600
        try:
            with os.fdopen(handle, "wb") as file:
                for piece in self._sealed(data):
                    file.write(piece)
                file.flush()
                os.fsync(file.fileno())
            Path(aside).replace(path)
        except BaseException:
            Path(aside).unlink(missing_ok=True)
            raise
        return name

    def read(self, name: str) -> bytes:
        """The whole file. FileNotFoundError when there is none, VaultError when it was changed."""
        return b"".join(self.pieces(name))

    def pieces(self, name: str) -> Iterator[bytes]:
        """The file piece by piece; raises as `read`."""
        with self._path(name).open("rb") as file:
            head = file.read(len(_MAGIC) + _NONCE)
            if head[: len(_MAGIC)] != _MAGIC:
                raise VaultError(f"{name} is not a file of ours")
            at, piece = 0, file.read(PIECE + _TAG)
            while True:
                after = file.read(PIECE + _TAG)
                try:
                    yield self._cipher.decrypt(_nonce(head[len(_MAGIC) :], at), piece, _place(at, not after))
                except InvalidTag as error:
                    raise VaultError(f"{name} was sealed with another key, or changed since") from error
                if not after:
                    return
                at, piece = at + 1, after

    def has(self, name: str) -> bool:
        return self._path(name).exists()

    def remove(self, name: str) -> None:
        self._path(name).unlink(missing_ok=True)

    def names(self) -> list[str]:
        """Every file kept."""
        return sorted(path.name for path in self.folder.glob("??/*") if _NAME.fullmatch(path.name))

    def sweep(self, needed: Collection[str], before: float) -> int:
        """Remove what no row needs and was written before `before` (seconds UTC); how many."""
        gone = [name for name in self.names() if name not in needed and self._path(name).stat().st_mtime < before]
        for name in gone:
            self.remove(name)
        return len(gone)

    def _sealed(self, data: bytes) -> Iterator[bytes]:
        base = os.urandom(_NONCE)
        yield _MAGIC + base
        view = memoryview(data)
        starts = range(0, max(len(data), 1), PIECE)
        for at, start in enumerate(starts):
            last = at == len(starts) - 1
            yield self._cipher.encrypt(_nonce(base, at), bytes(view[start : start + PIECE]), _place(at, last))

    def _path(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise FileNotFoundError(name)
        return self.folder / name[:2] / name


def _nonce(base: bytes, at: int) -> bytes:
    return base + at.to_bytes(4, "big")


def _place(at: int, last: bool) -> bytes:
    """Sealed with each piece, so that none can be moved, doubled or cut off."""
    return f"{at}{'.' if last else '+'}".encode()
