"""Lay the API onto a Flask app."""

from __future__ import annotations

from flask import Flask

from server.web.api import openapi
from server.web.api.routing import ShortNumber
from server.web.api.subjects import SUBJECTS


def install_api(flask: Flask) -> None:
    flask.url_map.converters["number"] = ShortNumber
    for routes, _ in SUBJECTS:
        flask.register_blueprint(routes.blueprint)
    flask.register_blueprint(openapi.blueprint)
