"""The demo's inbox: the messages citizens would have got, and the slips of paper. Not there in a real hall."""

from __future__ import annotations

from flask import Blueprint, send_file
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from server.web.access import STAFF, page
from server.web.context import services
from server.web.pages import render_page
from window_terminal.manager import hall_data

blueprint = Blueprint("inbox", __name__, template_folder="templates")


@blueprint.get("/inbox")
@page(*STAFF)
def inbox() -> ResponseReturnValue:
    file = services().hall_file()
    if not file.demo:
        raise NotFound
    return render_page("inbox.html", data={**hall_data(file), "signature": file.sms.signature})


@blueprint.get("/inbox/slips/<name>")
@page(*STAFF)
def slip_picture(name: str) -> ResponseReturnValue:
    """A slip that a printer with `address = "file"` made. It holds a citizen's link, so no cache keeps it."""
    printers = services().slips
    picture = printers.picture(name) if printers and services().hall_file().demo else None
    if picture is None:
        raise NotFound
    response = send_file(picture, mimetype="image/png")
    response.headers["Cache-Control"] = "no-store"
    return response
