"""What the hall sees: the wall /display (/display?area=… for one area) and, above a window, /display/window/<n>."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from config.hall_file import HallFile, WindowDef
from server.domain.actor import Role
from server.domain.hall import WindowUnknown
from server.web.access import page
from server.web.context import identity, services
from server.web.pages import render_page

if TYPE_CHECKING:
    from server.store.transaction import Tx

blueprint = Blueprint("display", __name__, template_folder="templates")


@blueprint.get("/display")
@page(Role.DISPLAY, Role.MANAGER)
def display() -> ResponseReturnValue:
    """The call board (1920×1080). The hall's own clock zone goes along: a wall's computer may be set to any."""
    file, announcer = services().hall_file(), services().announcer
    return render_page(
        "display/display.html",
        time_zone=file.hall.time_zone,
        area=_area(file),
        recent=file.calls.recent,
        voice=announcer.offer() if announcer else {},
    )


@blueprint.get("/display/progress")
@page(Role.DISPLAY, Role.MANAGER)
def progress() -> ResponseReturnValue:
    """The progress board (1920×1080): every case's state and days, names masked; its QR code leads to one's own."""
    given = services()
    address = f"{given.settings.public_url.rstrip('/')}/progress"
    return render_page("display/progress.html", time_zone=given.hall_file().hall.time_zone, address=address)


@blueprint.get("/display/window/<int:number>")
@page(Role.DISPLAY, Role.MANAGER)
def window_screen(number: int) -> ResponseReturnValue:
    """One window's number and state, for the screen above it, from 1920×1080 down to an LED strip (1280×320)."""
    file = services().hall_file()
    window = next((one for one in file.windows if one.number == number), None)
    if window is None:
        raise WindowUnknown(window=number)
    return render_page("display/window.html", window=window, serves=_serves(file, window))


@blueprint.get("/display/window")
@page(Role.DISPLAY, Role.MANAGER)
def window_screens() -> ResponseReturnValue:
    """All windows, to choose the one this screen hangs above."""
    file = services().hall_file()
    areas = {area.id: area.name for area in file.areas}
    windows = [(one, _serves(file, one), areas.get(one.area, "")) for one in file.windows]
    return render_page("display/windows.html", windows=windows)


def _serves(file: HallFile, window: WindowDef) -> tuple[str, str]:
    """What a window is for, in both languages: its sections, else the sections of its items."""
    items = {item.id: item.section for item in file.items}
    wanted = window.sections or [items[one] for one in window.items if one in items]
    found = [section for section in file.sections if section.id in wanted]
    return "、".join(one.name for one in found), " · ".join(one.name_en for one in found)


def _area(file: HallFile) -> str:
    """?area=…, else the paired screen's own; "" shows the whole hall, as does an area the hall does not have."""
    who = identity()
    wanted = request.args.get("area")
    if wanted is None and who.kind == "device":
        wanted = services().store.read(services().hall_id, _device_area, who.subject)
    return wanted if wanted in {area.id for area in file.areas} else ""


def _device_area(rx: Tx, device: str) -> str:
    found = rx.devices.find(device)
    return (found.area or "") if found else ""
