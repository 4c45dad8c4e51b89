"""Phones at rest."""

from __future__ import annotations

import stat
import threading
from pathlib import Path

import pytest

from server.store.vault import KEY_FILE, Vault, VaultError, load_vault

PHONE = "13812345678"


def test_a_sealed_phone_opens_again_and_shows_nothing() -> None:
    vault = Vault(b"k" * 32)
    box = vault.seal(PHONE)
    assert vault.open(box) == PHONE
    assert PHONE not in box
    assert vault.seal(PHONE) != box


def test_a_box_changed_or_of_another_key_does_not_open() -> None:
    vault = Vault(b"k" * 32)
    box = vault.seal(PHONE)
    for bad in (box[:-4] + "AAA=", "", "v1.", "v2." + box[3:], box[:20], "no box"):
        with pytest.raises(VaultError):
            vault.open(bad)
    with pytest.raises(VaultError):
        Vault(b"j" * 32).open(box)


def test_fingerprints_find_the_same_phone_and_depend_on_the_key() -> None:
    vault = Vault(b"k" * 32)
    assert vault.fingerprint(PHONE) == vault.fingerprint(PHONE)
    assert len(vault.fingerprint(PHONE)) == 32
    assert vault.fingerprint(PHONE) != vault.fingerprint("13812345679")
    assert vault.fingerprint(PHONE) != Vault(b"j" * 32).fingerprint(PHONE)


def test_the_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    box = load_vault(tmp_path / "data").seal(PHONE)
    path = tmp_path / "data" / KEY_FILE
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert load_vault(tmp_path / "data").open(box) == PHONE
    assert [p.name for p in path.parent.iterdir()] == [KEY_FILE]


def test_processes_that_start_together_get_the_same_key(tmp_path: Path) -> None:
    prints: list[str] = []
    threads = [
        threading.Thread(target=lambda: prints.append(load_vault(tmp_path).fingerprint(PHONE))) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(prints) == 8
    assert len(set(prints)) == 1


def test_a_file_that_is_no_key_is_refused(tmp_path: Path) -> None:
    (tmp_path / KEY_FILE).write_bytes(b"short")
    with pytest.raises(VaultError, match="not a key file"):
        load_vault(tmp_path)
