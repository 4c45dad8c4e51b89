"""The clerk's terminal: choose a window, then work at it. Everything on it is asked of /api/v1 by the browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from server.domain.actor import Actor, Role
from server.web.access import page
from server.web.context import actor, services
from server.web.pages import render_page

if TYPE_CHECKING:
    from server.store.transaction import Tx

blueprint = Blueprint("terminal", __name__, template_folder="templates")


def asked_window(text: str) -> int | None:
    """The window in the address, or None when it is missing or no number."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 6 else None


def describe(who: Actor) -> dict[str, object]:
    """What the page needs to know of the person before it: `username` is empty for what is not staff."""
    kind, _, username = who.id.partition(":")
    return {
        "username": username if kind == "staff" else "",
        "name": who.name,
        "leads": who.leads,
        "windows": sorted(who.windows),
    }


def _held(tx: Tx, staff_id: str) -> int | None:
    """The window this person holds now, were it lent to them or their own."""
    return next((window.number for window in tx.windows.all() if window.clerk == staff_id), None)


def own_window(who: Actor) -> int | None:
    """Where somebody belongs without being asked: the window they hold, or the only one they may take."""
    held = services().store.read(services().hall_id, _held, who.id)
    if held is not None or who.leads:
        return held
    return next(iter(who.windows)) if len(who.windows) == 1 else None


@blueprint.get("/terminal")
@page(Role.CLERK, Role.MANAGER, Role.ADMIN)
def terminal() -> ResponseReturnValue:
    """`?window=3` works at that window; without it one goes to one's own; `?window=choose` asks."""
    who = actor()
    asked = request.args.get("window", "")
    number = asked_window(asked)
    if not asked and (own := own_window(who)) is not None:
        return redirect(url_for(".terminal", window=own))
    zone = services().hall_file().hall.time_zone
    return render_page("terminal.html", desk={"window": number, "me": describe(who), "time_zone": zone}, number=number)
