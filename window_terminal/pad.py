"""The evaluation pad at a window (1280×800 touch): paired with its window, or `?window=3` for the demo's account."""

from __future__ import annotations

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from server.domain.actor import Role
from server.domain.evaluation import LOW, MOST_TAGS, PAD_GRACE, SCORES
from server.web.access import page
from server.web.context import actor, services
from server.web.pages import render_page
from window_terminal.terminal import asked_window

blueprint = Blueprint("pad", __name__, template_folder="templates")


@blueprint.get("/pad")
@page(Role.PAD, Role.MANAGER)
def pad() -> ResponseReturnValue:
    """A paired pad knows its window. A manager sees the page but cannot rate: the API refuses staff."""
    file = services().hall_file()
    who = actor()
    own = next(iter(who.windows), None) if who.has(Role.PAD) else None
    data = {
        "window": own or asked_window(request.args.get("window", "")),
        "windows": [window.number for window in file.windows],
        "scores": [{"score": score, "zh": zh, "en": en} for score, (zh, en) in SCORES.items()],
        "low": LOW,
        "most_tags": MOST_TAGS,
        "grace": PAD_GRACE,
        "paired": own is not None,
        "staff": who.is_staff,
    }
    return render_page("pad.html", data=data)
