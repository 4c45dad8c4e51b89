"""The counter's pages in one blueprint: sign-in, clerk's terminal, evaluation pad, and the manager's, guide's, inbox, health and home pages."""

from __future__ import annotations

from flask import Blueprint

from window_terminal import guide, health, home, inbox, manager, pad, signin, terminal

blueprint = Blueprint("window_terminal", __name__)

for _part in (signin, terminal, pad, manager, guide, inbox, health, home):
    blueprint.register_blueprint(_part.blueprint)
