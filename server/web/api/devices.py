"""Kiosks, displays and pads: asked for, paired by a manager, revoked."""

from __future__ import annotations

from typing import Any

from flask import jsonify

from server.access import devices
from server.access.refusals import DeviceUnknown, PadNeedsWindow, PairingUnknown, TooManyRequests
from server.domain.actor import Role
from server.domain.hall import WindowUnknown
from server.domain.units import iso
from server.store.devices import Device
from server.web.access import ANYONE, LEADERS
from server.web.api.commands import command
from server.web.api.office_schemas import AskToPair, DeviceOut, Devices, FetchToken, PairDevice, Paired, PairingOut
from server.web.api.routing import Reply, Routes
from server.web.api.schemas import Nothing
from server.web.context import actor, services
from server.web.guard import DEVICE_COOKIE, DEVICE_COOKIE_SECONDS, client_address
from server.web.headers import set_cookie

routes = Routes("devices")


def shown(device: Device) -> dict[str, Any]:
    return {
        "id": device.id,
        "role": device.role,
        "name": device.name,
        "area": device.area,
        "window": device.window_number,
        "paired_at": iso(device.paired_at),
        "paired_by": (device.paired_by or "").removeprefix("staff:") or None,
        "seen_at": iso(device.seen_at),
        "revoked_at": iso(device.revoked_at),
    }


@routes.post(
    "/pairings",
    ANYONE,
    summary="新设备请求配对 A new screen asks for a code",
    body=AskToPair,
    answers={201: PairingOut},
    refusals=(TooManyRequests,),
    replayed=False,
)
def ask(body: AskToPair) -> Reply:
    """Show `code` on the screen and keep `secret`; a manager types the code within ten minutes."""
    pairing = devices.ask_to_pair(services().access, Role(body.role), body.name, client_address())
    return 201, {
        "device": pairing.device,
        "code": pairing.code,
        "secret": pairing.secret,
        "expires_at": iso(pairing.expires_at),
    }


@routes.post(
    "/pairings/{device}/token",
    ANYONE,
    summary="设备领取凭证 The screen fetches its token",
    body=FetchToken,
    answers={200: Paired, 202: Paired},
    refusals=(PairingUnknown,),
    replayed=False,
)
def fetch(device: str, body: FetchToken) -> Reply:
    """202 until a manager has typed the code (ask every two seconds); then 200, once, with the device's cookie."""
    given = devices.fetch_token(services().access, device, body.secret)
    if given is None:
        return 202, {"paired": False, "role": None, "name": None, "area": None, "window": None}
    screen = given.device
    said = {"role": screen.role, "name": screen.name, "area": screen.area, "window": screen.window_number}
    response = jsonify({"paired": True, **said})
    set_cookie(response, DEVICE_COOKIE, given.token, DEVICE_COOKIE_SECONDS)
    return response


@routes.get("/devices", LEADERS, summary="设备 Paired screens", answers={200: Devices})
def list_devices() -> Reply:
    """Paired and revoked ones, newest first."""
    found = services().store.read(services().hall_id, devices.list_devices)
    return 200, {"devices": [shown(device) for device in found]}


@routes.post(
    "/devices",
    LEADERS,
    summary="配对 Pair a screen by its code",
    body=PairDevice,
    answers={201: DeviceOut},
    refusals=(PairingUnknown, PadNeedsWindow, WindowUnknown),
)
def pair(body: PairDevice) -> Reply:
    """The screen gets its token by itself a moment later."""
    role = Role(body.role) if body.role else None
    wanted = devices.PairRequest(actor(), body.code, body.name, role, body.area, body.window)
    return command(devices.pair, wanted, body, lambda tx, device: shown(device), 201)


@routes.post(
    "/devices/{device}/revoke",
    LEADERS,
    summary="撤销设备 Turn a screen out",
    body=Nothing,
    answers={200: DeviceOut},
    refusals=(DeviceUnknown,),
    replayed=False,
)
def revoke(device: str, body: Nothing) -> Reply:
    """From its next request on it is nobody. Doing it twice changes nothing."""
    return 200, shown(devices.revoke(services().access, actor(), device))
