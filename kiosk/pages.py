"""Pages citizens touch: the kiosk, the page of one ticket on a phone, and the one that pairs a new screen."""

from __future__ import annotations

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from server.domain.actor import Role
from server.domain.slip import printer_for
from server.web.access import page
from server.web.context import actor, services
from server.web.pages import render_page

blueprint = Blueprint("kiosk", __name__, template_folder="templates")

SCREENS = {"kiosk": "/kiosk", "display": "/display", "pad": "/pad"}


@blueprint.get("/kiosk")
@page(Role.KIOSK)
def kiosk() -> ResponseReturnValue:
    """Take a number (1080×1920 touch)."""
    file = services().hall_file()
    slip = file.slip.browser or printer_for(file.slip.printers, actor().name)
    return render_page("kiosk/kiosk.html", time_zone=file.hall.time_zone, slip=slip)


@blueprint.get("/t/<token>")
@page(Role.ANYONE)
def ticket(token: str) -> ResponseReturnValue:
    """One ticket on a phone; the link is the key, so the page itself says nothing until the API knows it."""
    return render_page("kiosk/ticket.html", token=token)


@blueprint.get("/pair")
@page(Role.ANYONE)
def pair() -> ResponseReturnValue:
    """A new kiosk, wall or pad: shows a code until a manager pairs it, then goes to its own page."""
    role = request.args.get("role", "")
    role = role if role in SCREENS else "kiosk"
    return render_page("kiosk/pair.html", role=role, next=_own_page(role, request.args.get("next", "")))


def _own_page(role: str, wanted: str) -> str:
    """Where the paired screen goes: the page it came from if that is the role's own, never another site."""
    own = SCREENS[role]
    return wanted if wanted == own or wanted.startswith((f"{own}?", f"{own}/")) else own
