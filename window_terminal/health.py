"""The health page: what works, what does not and what to do about it, for whoever looks after the machine."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from server.domain.actor import Role
from server.web.access import page
from server.web.checks import run_checks
from server.web.context import services
from server.web.pages import render_page

blueprint = Blueprint("health_page", __name__, template_folder="templates")

EXAMPLE = "012"  # the number that 试听 calls, after the first section's letter


@blueprint.get("/health")
@page(Role.MANAGER)
def health() -> ResponseReturnValue:
    """All checks, as they are now."""
    given = services()
    checks = sorted(run_checks(given.checks), key=lambda check: check.ok)  # what needs attention first
    languages = given.announcer.offer()["languages"] if given.announcer else []
    file = given.hall_file()
    example = {"number": file.sections[0].letter + EXAMPLE, "window": file.windows[0].number}
    data = {"languages": languages, "example": example, "now": given.clock() // 1000, "time_zone": file.hall.time_zone}
    return render_page(
        "health.html",
        checks=checks,
        bad=[c for c in checks if not c.ok],
        data=data,
        speaker=bool(given.settings.speaker),
    )
