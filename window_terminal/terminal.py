"""The clerk's terminal: choose a window, then work at it. Everything on it is asked of /api/v1 by the browser."""

from __future__ import annotations

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from server.domain.actor import Actor, Role
from server.web.access import page
from server.web.context import actor
from server.web.pages import render_page

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


@blueprint.get("/terminal")
@page(Role.CLERK, Role.MANAGER, Role.ADMIN)
def terminal() -> ResponseReturnValue:
    """`?window=3` works at that window; a clerk with one window is taken there; else (`?window=choose`) they choose."""
    who = actor()
    asked = request.args.get("window", "")
    number = asked_window(asked)
    if not asked and len(who.windows) == 1 and not who.leads:
        return redirect(url_for(".terminal", window=next(iter(who.windows))))
    return render_page("terminal.html", desk={"window": number, "me": describe(who)}, number=number)
