"""The counter's pages in one blueprint: sign-in, clerk's terminal, and the manager's, guide's, inbox and home pages."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from flask import Blueprint

PARTS = ("signin", "terminal", "manager", "guide", "inbox", "home")

blueprint = Blueprint("window_terminal", __name__)

for _part in PARTS:
    if find_spec(f"window_terminal.{_part}"):
        blueprint.register_blueprint(import_module(f"window_terminal.{_part}").blueprint)
