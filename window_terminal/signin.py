"""The sign-in page. The password goes to `POST /api/v1/sessions`; this page only shows the form."""

from __future__ import annotations

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from server.domain.actor import Role
from server.web.access import page
from server.web.pages import render_page

blueprint = Blueprint("signin", __name__, template_folder="templates")


def safe_next(asked: str) -> str:
    """Where to go afterwards: a path of this site, else the start page. Never another site's address."""
    inside = asked.startswith("/") and not asked.startswith(("//", "/\\")) and "\n" not in asked and "\r" not in asked
    return asked if inside and not asked.startswith("/sign-in") else "/"


@blueprint.get("/sign-in")
@page(Role.ANYONE)
def sign_in() -> ResponseReturnValue:
    return render_page(
        "signin.html",
        next=safe_next(request.args.get("next", "")),
        ended=request.args.get("why") == "ended",
        username=request.args.get("username", "")[:64],
    )
