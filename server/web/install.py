"""Lay HTTP onto a Flask app: guard, errors, headers, static files, the API. Pages come from their own folders."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask

from server.web import static_files
from server.web.api.install import install_api
from server.web.context import EXTENSION, Services
from server.web.errors import install_errors
from server.web.flask_app import HallFlask
from server.web.guard import install_guard
from server.web.headers import install_headers
from server.web.health import Meters, install_health

if TYPE_CHECKING:
    from server.store.transaction import Tx

HERE = Path(__file__).resolve().parent


def make_flask() -> Flask:
    """A Flask app without Flask's own static route: ours declares who may use it."""
    flask = HallFlask("server.web", static_folder=None, template_folder=str(HERE / "templates"))
    flask.json.ensure_ascii = False  # type: ignore[attr-defined]
    flask.json.sort_keys = False  # type: ignore[attr-defined]
    flask.jinja_env.trim_blocks = True
    flask.jinja_env.lstrip_blocks = True
    return flask


def install_web(flask: Flask, services: Services) -> None:
    """Everything that answers HTTP but the pages; the page blueprints are registered after this."""
    flask.extensions[EXTENSION] = services
    meters = Meters()
    meters.begin(services.store.read(services.hall_id, _last_seq))
    install_health(flask, meters)
    install_headers(flask)
    install_errors(flask)
    install_guard(flask)
    flask.register_blueprint(static_files.blueprint)
    install_api(flask)


def _last_seq(rx: Tx) -> int:
    return rx.events.last_seq()
