"""The OpenAPI 3.1 document, made from the routes and the pydantic types that check them."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from flask import Blueprint, Response
from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from server.access.refusals import CsrfMissing, ForeignOrigin, NotAllowed, NotSignedIn, SessionEnded, TooManyRequests
from server.domain.actor import Role
from server.domain.refusals import Refusal
from server.journey.once import KeyReused
from server.web.access import ANYONE, audience, page
from server.web.api.routing import PREFIX, Model, Operation
from server.web.api.schemas import Error
from server.web.api.subjects import SUBJECTS, operations
from server.web.pages import render_page
from server.web.refusals import InvalidInput, MalformedJson, NotJson
from server.web.version import VERSION

blueprint = Blueprint("openapi", __name__)
REF = "#/components/schemas/{model}"
SECURED: list[dict[str, list[str]]] = [{"bearer": []}, {"session": []}, {"device": []}]


@blueprint.get(f"{PREFIX}/openapi.json")
@audience(*ANYONE)
def document() -> Response:
    return Response(_text(), content_type="application/json")


@blueprint.get("/api/docs")
@page(*ANYONE)
def docs() -> Response:
    """The document to read and try, served from this machine."""
    return render_page("api_docs.html", address=f"{PREFIX}/openapi.json")


@cache
def build() -> dict[str, Any]:
    """The whole document. Pure: it depends on the code alone."""
    schemas = _Schemas(operations())
    paths: dict[str, dict[str, Any]] = {}
    for operation in operations():
        paths.setdefault(PREFIX + operation.path, {})[operation.method.lower()] = _operation(operation, schemas)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "一窗 Yichuang",
            "version": VERSION,
            "summary": "政务服务大厅接口 A government service hall's API",
            "description": _INTRODUCTION,
        },
        "servers": [{"url": "/"}],
        "tags": [{"name": routes.tag, "description": words} for routes, words in SUBJECTS],
        "paths": paths,
        "components": {
            "schemas": schemas.definitions,
            "securitySchemes": _SECURITY,
            "parameters": _PARAMETERS,
            "examples": _refusal_examples(),
        },
    }


@cache
def _text() -> str:
    return json.dumps(build(), ensure_ascii=False, separators=(",", ":"))


class _Schemas:
    """All models once, with a reference for each by how it is used."""

    def __init__(self, wanted: list[Operation]) -> None:
        pairs: dict[tuple[Model, JsonSchemaMode], None] = {(Error, "serialization"): None}
        for operation in wanted:
            if operation.body:
                pairs[operation.body, "validation"] = None
            pairs |= {(model, "serialization"): None for model in operation.answers.values() if isinstance(model, type)}
        self._refs, whole = models_json_schema(list(pairs), ref_template=REF)
        self.definitions: dict[str, Any] = whole["$defs"]

    def ref(self, model: Model, mode: JsonSchemaMode) -> Any:
        return self._refs[model, mode]


def _operation(operation: Operation, schemas: _Schemas) -> dict[str, Any]:
    public = Role.ANYONE in operation.roles
    who = "任何人 anyone" if public else ", ".join(str(role) for role in operation.roles)
    said: dict[str, Any] = {
        "operationId": f"{operation.tag}_{operation.name.rstrip('_')}",
        "tags": [operation.tag],
        "summary": operation.summary,
        "description": f"{operation.description}\n\n可用角色 For: {who}".strip(),
        "parameters": _parameters(operation),
        "responses": _responses(operation, schemas),
        "security": [{}] if public else SECURED,
    }
    if operation.upload:
        binary = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}
        said["requestBody"] = {"required": True, "content": binary}
    if operation.body:
        content: dict[str, Any] = {"schema": schemas.ref(operation.body, "validation")}
        example = _example(operation.body)
        if example is not None:
            content["example"] = example
        needed = any(field.is_required() for field in operation.body.model_fields.values())
        said["requestBody"] = {"required": needed, "content": {"application/json": content}}
    return said


def _parameters(operation: Operation) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = [
        {
            "name": name,
            "in": "path",
            "required": True,
            "schema": {"type": "integer", "minimum": 0} if kind is int else {"type": "string"},
        }
        for name, kind in operation.path_types.items()
    ]
    if operation.query:
        schema = operation.query.model_json_schema(ref_template=REF)
        required = schema.get("required", [])
        for name, value in schema["properties"].items():
            words = {"description": value["description"]} if "description" in value else {}
            found.append({"name": name, "in": "query", "required": name in required, "schema": value, **words})
    if operation.method == "POST":
        found.append({"$ref": "#/components/parameters/IdempotencyKey"})
    if operation.method in ("POST", "DELETE") and Role.ANYONE not in operation.roles:
        found.append({"$ref": "#/components/parameters/Csrf"})
    return found


def _responses(operation: Operation, schemas: _Schemas) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for status, model in operation.answers.items():
        answer: dict[str, Any] = {"description": "完成 Done" if model else "完成，无内容 Done, nothing to say"}
        if isinstance(model, str):
            answer["content"] = {media: {"schema": {"type": "string"}} for media in model.split()}
        elif model is not None:
            answer["content"] = {"application/json": {"schema": schemas.ref(model, "serialization")}}
        found[str(status)] = answer
    by_status: dict[int, list[type[Refusal]]] = {}
    for refusal in refusals_of(operation):
        by_status.setdefault(refusal.status, []).append(refusal)
    for status in sorted(by_status):
        found[str(status)] = _refused(by_status[status], schemas)
    return found


def refusals_of(operation: Operation) -> list[type[Refusal]]:
    """What this operation may refuse: what it names, and what its shape brings with it."""
    named = list(operation.refusals)
    if Role.ANYONE not in operation.roles:
        named += [NotSignedIn, SessionEnded, NotAllowed]
    if operation.method in ("POST", "DELETE") and Role.ANYONE not in operation.roles:
        named.append(CsrfMissing)
    if operation.method in ("POST", "DELETE"):
        named.append(ForeignOrigin)
    if operation.body:
        named += [MalformedJson, NotJson]
    if operation.body or operation.query:
        named.append(InvalidInput)
    if operation.replayed:
        named.append(KeyReused)
    named.append(TooManyRequests)
    return list(dict.fromkeys(named))


def _refused(refusals: list[type[Refusal]], schemas: _Schemas) -> dict[str, Any]:
    lines = [f"- `{refusal.code}` {refusal.zh} {refusal.en}" for refusal in refusals]
    examples = {refusal.code: {"$ref": f"#/components/examples/{refusal.code}"} for refusal in refusals}
    content = {"application/json": {"schema": schemas.ref(Error, "serialization"), "examples": examples}}
    return {"description": "\n".join(lines), "content": content}


def _refusal_examples() -> dict[str, Any]:
    """Every refusal once; fields in braces are filled when it happens."""
    found: dict[str, Any] = {}
    for operation in operations():
        for refusal in refusals_of(operation):
            error = {"code": refusal.code, "message_zh": refusal.zh, "message_en": refusal.en}
            found[refusal.code] = {"summary": refusal.zh, "value": {"error": error}}
    return found


def _example(model: type[BaseModel]) -> Any:
    """The model's own example, else one of its required fields' examples; None when it may be empty."""
    whole = model.model_config.get("json_schema_extra")
    if isinstance(whole, dict) and whole.get("examples"):
        examples: Any = whole["examples"]
        return examples[0]
    filled = {name: field.examples[0] for name, field in model.model_fields.items() if field.examples}
    return filled or None


_INTRODUCTION = """\
一窗大厅系统的公开接口。先以 `POST /api/v1/sessions` 登录取得令牌，随后以 `Authorization: Bearer <token>` 调用。
每个 POST 都可带 `Idempotency-Key`：网络中断后以同一键重发，得到同一答复；同一键换了内容会被拒绝。
所有拒绝均为 `{"error": {"code", "message_zh", "message_en", "detail"?}}`。时间为 ISO-8601 UTC。

The hall's public interface. Sign in with `POST /api/v1/sessions`, then send `Authorization: Bearer <token>`. Every
POST takes an `Idempotency-Key`: sent again after a broken connection it gives the same answer; with another body it is
refused. Live changes come over Socket.IO, namespace `/hall`, `auth = {"token", "epoch"?, "seq"?}`: a `snapshot`, then
`event`s `{epoch, stream, seq, prev, type, at, data}`. A request with `X-Background: 1` is one a screen makes by itself:
it does not keep a staff session awake.
"""

_SECURITY = {
    "bearer": {"type": "http", "scheme": "bearer", "description": "POST /api/v1/sessions 返回的 token"},
    "session": {"type": "apiKey", "in": "cookie", "name": "yichuang_session"},
    "device": {"type": "apiKey", "in": "cookie", "name": "yichuang_device"},
}

_PARAMETERS = {
    "IdempotencyKey": {
        "name": "Idempotency-Key",
        "in": "header",
        "required": False,
        "description": "重发不重复执行 A retry with the same key is not done twice",
        "schema": {"type": "string", "minLength": 1, "maxLength": 200},
    },
    "Csrf": {
        "name": "X-CSRF-Token",
        "in": "header",
        "required": False,
        "description": "以 cookie 认证时必填 Required when a cookie signs the request (GET /api/v1/me gives it)",
        "schema": {"type": "string"},
    },
}
