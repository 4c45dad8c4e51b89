"""Addresses are built as Werkzeug builds them, and only what is asked for is compiled."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask, url_for
from werkzeug.routing import Rule

from server.web.flask_app import HallFlask


def _addresses(app: Flask) -> list[str]:
    app.add_url_rule("/windows/<int:number>/<name>", "window", lambda **_: "", defaults={"name": "pad"})
    app.add_url_rule("/t/<link>", "phone", lambda **_: "")
    with app.test_request_context("/"):
        return [
            url_for("window", number=3, name="pad"),
            *(url_for("phone", link="a b/c", rule="号") for _ in range(2)),
            url_for("static", filename="x.js", _external=True),
        ]


def test_an_address_is_what_flask_itself_would_build() -> None:
    assert _addresses(HallFlask("hall")) == _addresses(Flask("hall"))


def test_a_page_that_nobody_links_to_costs_no_compiling(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[Any] = []
    build = Rule._compile_builder
    monkeypatch.setattr(Rule, "_compile_builder", lambda rule, *more: compiled.append(rule) or build(rule, *more))
    app = HallFlask("hall")
    app.add_url_rule("/unlinked", "unlinked", lambda: "")
    assert app.test_client().get("/unlinked").status_code == 200
    assert compiled == []
