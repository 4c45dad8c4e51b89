"""The OpenAPI document: valid, complete, and true to the types that check requests."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from jsonschema_rs import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from server.web.api import openapi
from server.web.api.subjects import operations
from server.web.version import VERSION
from tests.web.conftest import Hall

OPERATIONS = operations()


def test_the_document_is_valid_openapi_3_1() -> None:
    OpenAPIV31SpecValidator(openapi.build()).validate()


def test_the_document_is_served_to_anybody(hall: Hall) -> None:
    answer = hall.get("/openapi.json")
    assert answer.status_code == 200
    assert answer.json == openapi.build()


def test_every_api_route_is_in_the_document(hall: Hall) -> None:
    described = {(path, method.upper()) for path, item in openapi.build()["paths"].items() for method in item}
    for rule in hall.app.flask.url_map.iter_rules():
        if not rule.rule.startswith("/api/v1/") or rule.rule.endswith("openapi.json"):
            continue
        path = rule.rule
        for name in rule.arguments:
            path = path.replace(f"<number:{name}>", f"{{{name}}}").replace(f"<{name}>", f"{{{name}}}")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            assert (path, method) in described


def test_every_operation_says_in_both_languages_what_it_does() -> None:
    for operation in OPERATIONS:
        assert operation.description, operation.path
        assert any(ord(c) > 0x4E00 for c in operation.summary), operation.path
        assert any(c.isascii() and c.isalpha() for c in operation.summary), operation.path


def test_operation_ids_are_unique() -> None:
    ids = [o["operationId"] for item in openapi.build()["paths"].values() for o in item.values()]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("operation", [o for o in OPERATIONS if o.body], ids=lambda o: f"{o.tag}_{o.name}")
def test_the_example_of_a_body_is_accepted_by_its_own_type(operation: Any) -> None:
    document = openapi.build()
    said = document["paths"]["/api/v1" + operation.path][operation.method.lower()]["requestBody"]
    content = said["content"]["application/json"]
    if "example" in content:
        operation.body.model_validate_json(json.dumps(content["example"]))
        Draft202012Validator({**content["schema"], "components": document["components"]}).validate(content["example"])


def test_the_version_is_the_projects() -> None:
    project = tomllib.loads(Path("pyproject.toml").read_text("utf-8"))
    assert project["project"]["version"] == VERSION


def test_the_documents_page_loads_nothing_from_another_site(hall: Hall) -> None:
    answer = hall.browser().get("/api/docs")
    assert answer.status_code == 200
    assert "/static/vendor/swagger-ui-dist/swagger-ui-bundle.js" in answer.text
    assert "//" not in answer.text.replace("<!doctype html>", "")


def test_what_the_issue_promises_is_there() -> None:
    paths = openapi.build()["paths"]
    for action in [
        "open",
        "pause",
        "drain",
        "close",
        "next",
        "call",
        "recall",
        "start",
        "no-show",
        "finish",
        "transfer",
        "park",
        "unpark",
    ]:
        assert "post" in paths[f"/api/v1/windows/{{window}}/{action}"]
    for path in (
        "/sessions",
        "/tickets",
        "/tickets/{ticket}/cancel",
        "/tickets/{ticket}/return",
        "/tickets/{ticket}/phone",
    ):
        assert "post" in paths["/api/v1" + path]
    for path in ("/tickets/{ticket}", "/board", "/hall", "/notices"):
        assert "get" in paths["/api/v1" + path]
