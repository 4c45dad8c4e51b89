"""The guide's page: take a number for a citizen, look a number up, correct a phone, cancel, bring back a no-show."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from server.domain.actor import Role
from server.web.access import page
from server.web.context import actor, services
from server.web.pages import render_page
from window_terminal.manager import hall_data
from window_terminal.terminal import describe

blueprint = Blueprint("guide", __name__, template_folder="templates")


@blueprint.get("/guide")
@page(Role.GUIDE, Role.MANAGER)
def guide() -> ResponseReturnValue:
    file = services().hall_file()
    classes = [
        {"id": c.id, "name": c.name, "name_en": c.name_en, "credit_minutes": c.credit_minutes, "first": c.first,
         "min_age": c.min_age}
        for c in file.priority.classes
    ]  # fmt: skip
    data = {**hall_data(file), "classes": classes, "per_phone": file.limits.per_phone, "me": describe(actor())}
    return render_page("guide.html", data=data)
