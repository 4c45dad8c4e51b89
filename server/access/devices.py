"""Pairing a screen: it shows a code, a manager types the code, the screen fetches its token once."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from server.access.gate import DEVICE_PREFIX, Access
from server.access.identity import token_hash
from server.access.limits import MICRO
from server.access.links import ALPHABET
from server.access.refusals import DeviceUnknown, PadNeedsWindow, PairingUnknown
from server.domain.actor import Actor, Role
from server.store.devices import Device

if TYPE_CHECKING:
    from server.store.transaction import Tx

CODE_LENGTH = 6
CODE_MINUTES = 10


@dataclass(frozen=True, slots=True)
class Pairing:
    """What a new screen gets: the code to show, and the secret that only it knows."""

    device: str
    code: str
    secret: str
    expires_at: int


@dataclass(frozen=True, slots=True)
class PairRequest:
    by: Actor
    code: str
    name: str
    role: Role | None = None  # None: what the screen asked to be
    area: str | None = None
    window: int | None = None  # the window a pad stands at; other screens have none


@dataclass(frozen=True, slots=True)
class DeviceToken:
    token: str
    csrf: str
    device: Device


def ask_to_pair(access: Access, role: Role, name: str, address: str) -> Pairing:
    """A screen that nobody knows yet. The code is good for ten minutes."""
    access.limits.pairings.take(address)
    pairing = Pairing(
        device=secrets.token_hex(8),
        code="".join(secrets.choice(ALPHABET.upper()) for _ in range(CODE_LENGTH)),
        secret=secrets.token_urlsafe(24),
        expires_at=access.clock() + CODE_MINUTES * 60 * MICRO,
    )

    def step(tx: Tx, request: Pairing, now: int) -> None:
        tx.devices.prune(now)
        tx.devices.ask(request.device, str(role), name, request.code, token_hash(request.secret), request.expires_at)

    access.store.write(access.hall_id, step, pairing)
    return pairing


def pair(tx: Tx, request: PairRequest, now: int) -> Device:
    """A step: a manager typed the code. Raises PairingUnknown; PadNeedsWindow, WindowUnknown for a pad."""
    device = tx.devices.by_code(request.code.strip().upper().replace("-", "").replace(" ", ""), now)
    if device is None:
        raise PairingUnknown
    role = str(request.role or device.role)
    window = _window_of_pad(tx, request.window) if role == Role.PAD else None
    until = now + CODE_MINUTES * 60 * MICRO
    if not tx.devices.pair(device.id, role, request.name, request.area, window, request.by.id, until):
        raise PairingUnknown
    said = {"name": request.name, "role": role} | ({"window": window} if window else {})
    tx.audit.add(request.by.id, "device.pair", f"device:{device.id}", said)
    return _known(tx, device.id)


def _window_of_pad(tx: Tx, number: int | None) -> int:
    if number is None:
        raise PadNeedsWindow
    return tx.rules.window(number).number


def fetch_token(access: Access, device_id: str, secret: str) -> DeviceToken | None:
    """The screen's own token once it is paired, None before. Raises PairingUnknown for another's secret."""
    device = access.store.read(access.hall_id, _find, device_id)
    now = access.clock()
    if device is None or device.revoked_at or device.token_hash or (device.pairing_expires or 0) <= now:
        raise PairingUnknown
    if not secrets.compare_digest(device.csrf or "", token_hash(secret)):
        raise PairingUnknown
    if device.paired_at is None:
        return None
    token, csrf = DEVICE_PREFIX + secrets.token_urlsafe(32), secrets.token_urlsafe(24)

    def step(tx: Tx, _: None, now: int) -> Device:
        if not tx.devices.arm(device_id, token_hash(token), csrf):
            raise PairingUnknown
        return _known(tx, device_id)

    return DeviceToken(token, csrf, access.store.write(access.hall_id, step, None))


def revoke(access: Access, by: Actor, device_id: str) -> Device:
    """The device is out from its next request on. Raises DeviceUnknown."""

    def step(tx: Tx, _: None, now: int) -> Device:
        _known(tx, device_id)
        tx.devices.revoke(device_id)
        return _known(tx, device_id)

    device = access.store.write(access.hall_id, step, None)
    access.forget(device_id)
    access.store.audit(access.hall_id, by.id, "device.revoke", f"device:{device_id}", {})
    return device


def list_devices(rx: Tx) -> list[Device]:
    return rx.devices.all()


def _find(rx: Tx, device_id: str) -> Device | None:
    return rx.devices.find(device_id)


def _known(tx: Tx, device_id: str) -> Device:
    device = tx.devices.find(device_id)
    if device is None:
        raise DeviceUnknown
    return device
