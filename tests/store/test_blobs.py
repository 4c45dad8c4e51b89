"""Files at rest: sealed, whole, each kept once, and any change to them is seen."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from server.store.blobs import PIECE, Blobs
from server.store.vault import Vault, VaultError


@pytest.fixture
def blobs(tmp_path: Path) -> Blobs:
    return Blobs(tmp_path, Vault(b"k" * 32))


def on_disk(blobs: Blobs, name: str) -> Path:
    return blobs.folder / name[:2] / name


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 3 * PIECE + 17])
def test_what_was_put_is_read_back_whatever_its_length(blobs: Blobs, size: int) -> None:
    data = os.urandom(size)
    name = blobs.put(data)
    assert name == hashlib.sha256(data).hexdigest()
    assert blobs.read(name) == data
    assert blobs.names() == [name]


def test_the_disk_holds_nothing_readable_and_only_its_owner_reads_it(blobs: Blobs) -> None:
    name = blobs.put("身份证号码 330102195001011234".encode() * 1000)
    assert b"330102195001011234" not in on_disk(blobs, name).read_bytes()
    assert on_disk(blobs, name).stat().st_mode & 0o077 == 0


def test_the_same_bytes_are_kept_once(blobs: Blobs) -> None:
    first = blobs.put(b"same")
    inode = on_disk(blobs, first).stat().st_ino
    assert blobs.put(b"same") == first
    assert on_disk(blobs, first).stat().st_ino == inode


def test_a_changed_cut_or_reordered_file_is_refused(blobs: Blobs) -> None:
    data = os.urandom(2 * PIECE + 5)
    name = blobs.put(data)
    whole = on_disk(blobs, name).read_bytes()
    head, piece = 12, PIECE + 16
    first, second, third = whole[head : head + piece], whole[head + piece : head + 2 * piece], whole[head + 2 * piece :]
    for spoiled in (
        whole[:-1],
        whole[: head + piece],
        whole[: head + 2 * piece],
        whole[:head] + second + first + third,
        whole[:40] + bytes([whole[40] ^ 1]) + whole[41:],
        b"plain text",
    ):
        on_disk(blobs, name).write_bytes(spoiled)
        with pytest.raises(VaultError):
            blobs.read(name)


def test_another_key_opens_nothing_and_a_removed_file_is_gone(blobs: Blobs, tmp_path: Path) -> None:
    name = blobs.put(b"secret")
    with pytest.raises(VaultError):
        Blobs(tmp_path, Vault(b"x" * 32)).read(name)
    blobs.remove(name)
    assert not blobs.has(name)
    with pytest.raises(FileNotFoundError):
        blobs.read(name)


def test_a_name_that_is_no_hash_reaches_no_file(blobs: Blobs) -> None:
    with pytest.raises(FileNotFoundError):
        blobs.read("../secret.key")


def test_the_sweep_removes_what_no_row_needs_unless_it_has_just_come(blobs: Blobs) -> None:
    needed, orphan, young = blobs.put(b"needed"), blobs.put(b"orphan"), blobs.put(b"young")
    for old in (needed, orphan):
        os.utime(on_disk(blobs, old), (1_000, 1_000))
    assert blobs.sweep({needed}, before=2_000) == 1
    assert blobs.names() == sorted([needed, young])
    os.utime(on_disk(blobs, needed), (1_000, 1_000))
    blobs.put(b"needed")
    assert blobs.sweep(set(), before=2_000) == 0, "what was sent again is young again"
