"""The hall's wall: /display, and /display?area=… for the windows of one area."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from server.domain.actor import Role
from server.web.access import page
from server.web.context import services
from server.web.pages import render_page

blueprint = Blueprint("display", __name__, template_folder="templates")


@blueprint.get("/display")
@page(Role.DISPLAY)
def display() -> ResponseReturnValue:
    """The call board (1920×1080). The hall's own clock zone goes along: a wall's computer may be set to any."""
    hall = services().hall_file().hall
    return render_page("display/display.html", time_zone=hall.time_zone)
