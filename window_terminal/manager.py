"""The manager's live page, how citizens rated, and the devices page. All data and all orders go through /api/v1/manage and its neighbours."""

from __future__ import annotations

from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue

from config.hall_file import HallFile
from server.domain.actor import Role
from server.web.access import page
from server.web.context import services
from server.web.pages import render_page

blueprint = Blueprint("manager", __name__, template_folder="templates")


def hall_data(file: HallFile) -> dict[str, Any]:
    """What the desks' scripts need of the hall file: names, letters, reserved paper numbers, windows, areas, time zone."""
    return {
        "time_zone": file.hall.time_zone,
        "sections": [
            {"id": s.id, "letter": s.letter, "name": s.name, "name_en": s.name_en, "kind": s.kind}
            for s in file.sections
        ],
        "paper": {"first": file.paper.first, "last": file.paper.last},
        "windows": [w.number for w in file.windows],
        "areas": [{"id": a.id, "name": a.name} for a in file.areas],
    }


@blueprint.get("/manage")
@page(Role.MANAGER)
def manage() -> ResponseReturnValue:
    return render_page("manager.html", data=hall_data(services().hall_file()))


@blueprint.get("/manage/devices")
@page(Role.MANAGER)
def devices() -> ResponseReturnValue:
    return render_page("devices.html", data=hall_data(services().hall_file()))


@blueprint.get("/manage/evaluations")
@page(Role.MANAGER)
def evaluations() -> ResponseReturnValue:
    return render_page("evaluations.html", data=hall_data(services().hall_file()))
