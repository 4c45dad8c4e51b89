"""Phones and ID numbers at rest: sealed with the process's key, compared by fingerprint."""

from __future__ import annotations

import base64
import hmac
import os
import tempfile
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_FILE = "secret.key"
_KEY_BYTES = 32
_NONCE_BYTES = 12
SEALED = "v1."
"""What every sealed text begins with."""


class VaultError(RuntimeError):
    """The key file is not ours, or a box was sealed with another key or changed since."""


class Vault:
    """Seals short texts. One secret gives two keys, so that a fingerprint tells nothing about the cipher."""

    def __init__(self, key: bytes) -> None:
        if len(key) != _KEY_BYTES:
            raise VaultError(f"the key must be {_KEY_BYTES} bytes, not {len(key)}")
        self._key = key
        self._cipher = AESGCM(hmac.digest(key, b"yichuang seal", "sha256"))
        self._mac_key = hmac.digest(key, b"yichuang fingerprint", "sha256")

    def seal(self, text: str) -> str:
        """The text encrypted and protected from change; different each time."""
        nonce = os.urandom(_NONCE_BYTES)
        box = nonce + self._cipher.encrypt(nonce, text.encode(), None)
        return SEALED + base64.urlsafe_b64encode(box).decode()

    def open(self, box: str) -> str:
        """The sealed text. VaultError when it was sealed with another key or changed."""
        try:
            if not box.startswith(SEALED):
                raise ValueError(box[:3])
            raw = base64.urlsafe_b64decode(box[len(SEALED) :])
            return self._cipher.decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], None).decode()
        except (InvalidTag, ValueError) as error:
            raise VaultError("sealed with another key, or changed since") from error

    def cipher_for(self, purpose: str) -> AESGCM:
        """A cipher with a key of its own for that purpose."""
        return AESGCM(hmac.digest(self._key, f"yichuang {purpose}".encode(), "sha256"))

    def fingerprint(self, text: str) -> str:
        """32 hex digits, the same for the same text: finds a phone without opening boxes."""
        return hmac.digest(self._mac_key, text.encode(), "sha256").hex()[:32]


def load_vault(data_dir: Path) -> Vault:
    """The vault of this data folder; its key is made at the first start, readable by its owner alone."""
    data_dir.mkdir(parents=True, exist_ok=True)
    path = data_dir / KEY_FILE
    if not path.exists():
        _make_key(path)
    key = path.read_bytes()
    if len(key) != _KEY_BYTES:
        raise VaultError(f"{path}: 不是本系统的密钥文件。 This is not a key file of ours ({len(key)} bytes).")
    return Vault(key)


def _make_key(path: Path) -> None:
    """Whole or not at all, even when two processes start at once: written aside, then linked into place."""
    handle, aside = tempfile.mkstemp(prefix=f"{path.name}.", dir=path.parent)  # 0600
    try:
        os.write(handle, os.urandom(_KEY_BYTES))
        os.fsync(handle)
    finally:
        os.close(handle)
    try:
        os.link(aside, path)
    except FileExistsError:
        pass
    finally:
        Path(aside).unlink()
