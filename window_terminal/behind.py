"""The pages behind the counter: approvals, handovers, issue, supervision, authorizations, calendar. All data comes from /api/v1."""

from __future__ import annotations

from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue

from config.hall_file import HallFile
from server.domain.actor import Actor, Role
from server.domain.catalogue.model import KIND_WORDS
from server.journey.cases import leaving
from server.store.transaction import Tx
from server.web.access import LEADERS, page
from server.web.context import actor, services
from server.web.pages import render_page

blueprint = Blueprint("behind", __name__, template_folder="templates")


def desk_data(file: HallFile, who: Actor) -> dict[str, Any]:
    """What these pages' scripts need at once: the hall's time zone, who looks, and the hall's departments."""
    return {
        "time_zone": file.hall.time_zone,
        "hall": file.hall.name,
        "me": {
            "id": who.id,
            "name": who.name,
            "roles": sorted(who.roles),
            "department": who.department,
            "leads": who.leads,
        },
        "departments": sorted({item.department for item in file.items if item.department}),
    }


def issue_windows(rx: Tx, who: Actor) -> dict[str, Any]:
    """The issue windows, and at which of them `who` sits now; None: at none yet."""
    numbers = [window.number for window in rx.rules.file.windows if window.kind == "issue"]
    at = next((number for number in numbers if rx.windows.get(number).clerk == who.id), None)
    return {"windows": numbers, "at": at}


def _data() -> dict[str, Any]:
    return desk_data(services().hall_file(), actor())


@blueprint.get("/approvals")
@page(Role.APPROVER, Role.HEAD, *LEADERS)
def approvals() -> ResponseReturnValue:
    kinds = {kind: {"zh": zh, "en": en} for kind, (zh, en) in KIND_WORDS.items()}
    return render_page("approvals.html", data={**_data(), "kinds": kinds})


@blueprint.get("/handovers")
@page(Role.CLERK, Role.GUIDE, Role.APPROVER, Role.HEAD, *LEADERS)
def handovers() -> ResponseReturnValue:
    return render_page("handovers.html", data=_data())


@blueprint.get("/issue")
@page(Role.CLERK, *LEADERS)
def issue() -> ResponseReturnValue:
    windows = services().store.read(services().hall_id, issue_windows, actor())
    return render_page("issue.html", data={**_data(), **windows})


@blueprint.get("/supervision")
@page(Role.HEAD, *LEADERS)
def supervision() -> ResponseReturnValue:
    return render_page("supervision.html", data=_data())


@blueprint.get("/authorizations")
@page(Role.HEAD, *LEADERS)
def authorizations() -> ResponseReturnValue:
    clerks = services().store.read(services().hall_id, leaving.clerks)
    return render_page("authorizations.html", data={**_data(), "clerks": clerks})


@blueprint.get("/calendar")
@page(*LEADERS)
def calendar() -> ResponseReturnValue:
    return render_page("calendar.html", data=_data())
