"""The clerk's intake (收件受理): one screen for one case, opened from the terminal. Everything on it is asked of /api/v1."""

from __future__ import annotations

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from server.web.access import COUNTER, page
from server.web.context import actor, services
from server.web.headers import ALWAYS
from server.web.pages import render_page
from window_terminal.terminal import asked_window, describe, own_window

blueprint = Blueprint("intake", __name__, template_folder="templates")

# The only page that may use the camera: a clerk photographs papers with it.
CAMERA = dict(ALWAYS)["Permissions-Policy"].replace("camera=()", "camera=(self)")


def _page(case: int | None) -> ResponseReturnValue:
    who = actor()
    asked = asked_window(request.args.get("window", ""))
    data = {
        "case": case,
        "window": asked if asked is not None else own_window(who),
        "me": describe(who),
        "time_zone": services().hall_file().hall.time_zone,
    }
    response = render_page("intake.html", data=data)
    response.headers["Permissions-Policy"] = CAMERA
    return response


@blueprint.get("/intake")
@page(*COUNTER)
def begin() -> ResponseReturnValue:
    """Which matter? `?window=3`: of the ticket served there."""
    return _page(None)


@blueprint.get("/intake/<int:case>")
@page(*COUNTER)
def intake(case: int) -> ResponseReturnValue:
    """One case, wherever it stands before acceptance, and its receipt afterwards."""
    return _page(case)
