"""The default courier, a stand-in on this machine: parcels become lines of a file, and travel by the clock.

The file holds whole addresses, so only its owner may read it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from server.domain.cases.courier import CourierState
from server.domain.cases.parcel import Ordered, Parcel, Place, Road
from sms.gateways.base import Passing

MINUTE = 60_000_000
# How long after ordering each leg is over: a demo's parcel is there within the hour.
LEGS = (
    (10 * MINUTE, CourierState.PICKED_UP, "已揽收"),
    (25 * MINUTE, CourierState.IN_TRANSIT, "离开处理中心，发往投递局"),
    (55 * MINUTE, CourierState.DELIVERED, "已签收"),
)
S10_WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)


def waybill_number(serial: int) -> str:
    """A number in the form of the postal union (S10): EE, eight digits, their check digit, CN."""
    digits = f"{serial % 100_000_000:08d}"
    rest = 11 - sum(int(digit) * weight for digit, weight in zip(digits, S10_WEIGHTS, strict=True)) % 11
    check = {10: 0, 11: 5}.get(rest, rest)
    return f"EE{digits}{check}CN"


class FileCourier:
    """Takes no lock: one parcel is one write to a file opened for appending."""

    name = "file"
    repeats_safely = True
    blocking = True

    def __init__(self, path: Path, clock: Callable[[], int]) -> None:
        self._path = path
        self._clock = clock

    def order(self, parcel: Parcel) -> Ordered:
        known = self.find(parcel)
        if known is not None:
            return known
        lines = self._lines()
        ordered = Ordered(f"file-{parcel.reference}", waybill_number(len(lines) + 1))
        line = {
            "at": self._clock(),
            "reference": parcel.reference,
            "waybill": ordered.waybill,
            "receiver": f"{parcel.receiver.name} {parcel.receiver.phone} {parcel.receiver.region}{parcel.receiver.detail}",
            "sender": f"{parcel.sender.name} {parcel.sender.phone} {parcel.sender.detail}",
            "contents": parcel.contents,
        }
        try:
            self._append((json.dumps(line, ensure_ascii=False) + "\n").encode())
        except OSError as error:
            raise Passing("disk", f"{type(error).__name__}: {error.strerror}") from error
        return ordered

    def find(self, parcel: Parcel) -> Ordered | None:
        for line in self._lines():
            if line["reference"] == parcel.reference:
                return Ordered(f"file-{parcel.reference}", line["waybill"])
        return None

    def track(self, reference: str, ordered: Ordered) -> Road:
        line = next((one for one in self._lines() if one["waybill"] == ordered.waybill), None)
        if line is None:  # typed by hand: another courier's
            return Road(CourierState.ORDERED)
        state, places = CourierState.ORDERED, [Place(_time(line["at"]), "已下单，等待揽收")]
        for after, reached, words in LEGS:
            if self._clock() - line["at"] >= after:
                state = reached
                places.append(Place(_time(line["at"] + after), words))
        return Road(state, tuple(places))

    def close(self) -> None:
        return None

    def _append(self, data: bytes) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            if os.write(handle, data) != len(data):
                raise OSError(28, "磁盘已满 / no space left")
            os.fsync(handle)
        finally:
            os.close(handle)

    def _lines(self) -> list[dict[str, Any]]:
        try:
            raw = self._path.read_bytes().splitlines()
        except FileNotFoundError:
            return []
        found = []
        for line in raw:
            try:
                found.append(json.loads(line))
            except ValueError:
                continue  # torn by a crash: not a parcel
        return found


def _time(at: int) -> str:
    return datetime.fromtimestamp(at // 1_000_000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
