"""The demo's inbox: the messages citizens would have got, as their phones would show them. Not there in a real hall."""

from __future__ import annotations

from flask import Blueprint
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
