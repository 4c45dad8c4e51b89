"""The default gateway: every SMS becomes a line of JSON in a file, which the demo's inbox page shows.

The file holds whole phone numbers, so only its owner may read it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sms.gateways.base import CannotTell, OutgoingSms, Passing, Report, Sent


class FileGateway:
    """Takes no lock (it runs beside the loop): one message is one write to a file opened for appending."""

    name = "file"
    lookup_is_final = True
    reports = False
    blocking = True

    def __init__(self, path: Path, clock: Callable[[], int]) -> None:
        self._path = path
        self._clock = clock

    def send(self, sms: OutgoingSms) -> Sent:
        line = {
            "at": self._clock(),
            "to": sms.to,
            "reference": sms.reference,
            "template_id": sms.template_id,
            "params": dict(sms.params),
            "text": sms.text,
        }
        data = (json.dumps(line, ensure_ascii=False) + "\n").encode()
        try:
            self._append(data)
        except OSError as error:
            # A torn line is not a message: the reader skips it, so trying again doubles nothing.
            raise Passing("disk", f"{type(error).__name__}: {error.strerror}") from error
        return Sent(f"file-{sms.reference}")

    def find(self, sms: OutgoingSms, *, since: int, same_phone: bool) -> Report | None:
        for line in self._lines():
            if line.get("reference") == sms.reference and line.get("text") == sms.text:
                return Report(f"file-{sms.reference}", "sent")
        return None

    def status(self, gateway_id: str, sms: OutgoingSms, *, same_phone: bool) -> Report:
        raise CannotTell("file", "写入文件后没有回执")

    def probe(self) -> None:
        try:
            self._append(b"")
        except OSError as error:
            raise Passing("disk", f"{type(error).__name__}: {error.strerror}") from error

    def close(self) -> None:
        return None

    def inbox(self, limit: int = 200) -> list[dict[str, Any]]:
        """The newest messages, newest first: at, to, reference, template_id, params, text."""
        return self._lines(tail=limit * 2048)[-limit:][::-1]

    def _append(self, data: bytes) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(self._path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            size = os.fstat(handle).st_size
            torn = size > 0 and os.pread(handle, 1, size - 1) != b"\n"
            written = b"\n" + data if torn and data else data
            if os.write(handle, written) != len(written):
                raise OSError(28, "磁盘已满 / no space left")
            os.fsync(handle)
        finally:
            os.close(handle)

    def _lines(self, tail: int = 0) -> list[dict[str, Any]]:
        """The whole messages in the last `tail` bytes (0: in all the file), oldest first."""
        try:
            with self._path.open("rb") as file:
                size = file.seek(0, os.SEEK_END)
                file.seek(max(0, size - tail) if tail else 0)
                found = file.read().splitlines(keepends=True)
        except FileNotFoundError:
            return []
        lines = []
        for raw in found:
            try:
                line = json.loads(raw) if raw.endswith(b"\n") else None
            except ValueError:
                continue  # torn by a crash, or cut by the tail
            if isinstance(line, dict) and "reference" in line:
                lines.append(line)
        return lines
