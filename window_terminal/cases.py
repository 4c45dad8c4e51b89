"""办件: one's own cases, what is due of them, search, and the online applications to be pre-reviewed."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from server.domain.actor import Role
from server.web.access import COUNTER, STAFF, page
from server.web.context import actor, services
from server.web.pages import render_page
from window_terminal.terminal import describe, own_window

blueprint = Blueprint("cases", __name__, template_folder="templates")


@blueprint.get("/cases")
@page(*STAFF, Role.APPROVER, Role.HEAD)
def cases() -> ResponseReturnValue:
    """`?case=31` opens one; `?view=` a list. Departments see what waits for their pre-review, and search."""
    who = actor()
    at_counter = who.has(*COUNTER)
    me = {**describe(who), "counter": at_counter, "reviews": at_counter or who.has(Role.APPROVER, Role.HEAD)}
    window = own_window(who) if at_counter else None
    data = {"me": me, "window": window, "time_zone": services().hall_file().hall.time_zone}
    return render_page("cases.html", data=data)
