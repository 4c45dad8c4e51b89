"""API routes: one decorator says the address, who may use it, what goes in and what comes out.

The same pydantic types check requests and make the OpenAPI document (server.web.api.openapi).
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, get_type_hints

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue
from pydantic import BaseModel
from werkzeug.routing import IntegerConverter

from server.domain.actor import Role
from server.domain.refusals import Refusal
from server.web.access import audience
from server.web.api.object_rights import Right, judged, names_of, require_taken
from server.web.api.parsing import parse_body, parse_query

PREFIX = "/api/v1"
Reply = tuple[int, Any] | Response
Model = type[BaseModel]
View = Callable[..., Reply]
Register = Callable[[View], View]


class ShortNumber(IntegerConverter):
    """At most 15 digits: what fits every database and JavaScript; longer is 404, not an error inside."""

    regex = r"\d{1,15}"


@dataclass(frozen=True)
class Operation:
    """One route, as the document describes it.

    `answers`: status → model, or a file's media types with spaces between (None = no body).
    """

    method: str
    path: str
    name: str
    roles: tuple[Role, ...]
    tag: str
    summary: str
    description: str
    answers: Mapping[int, Model | str | None]
    body: Model | None = None
    query: Model | None = None
    refusals: tuple[type[Refusal], ...] = ()
    path_types: Mapping[str, type] = field(default_factory=dict)
    replayed: bool = False  # honours Idempotency-Key
    upload: bool = False  # the body is a file
    largest: int | None = None  # bytes of its body, where more than usual are allowed
    may: Right | None = None  # may this person touch this very object
    tagged: bool = False  # a large answer that pages ask for again and again: 304 while it is the same


class Routes:
    """A subject's routes: a Flask blueprint and their descriptions, filled by the same decorator."""

    def __init__(self, tag: str) -> None:
        self.tag = tag
        self.blueprint = Blueprint(f"api_{tag}", __name__, url_prefix=PREFIX)
        self.operations: list[Operation] = []

    def get(self, path: str, roles: tuple[Role, ...], **said: Any) -> Register:
        return self.route("GET", path, roles, **said)

    def post(self, path: str, roles: tuple[Role, ...], **said: Any) -> Register:
        said.setdefault("replayed", True)
        return self.route("POST", path, roles, **said)

    def delete(self, path: str, roles: tuple[Role, ...], **said: Any) -> Register:
        return self.route("DELETE", path, roles, **said)

    def route(
        self,
        method: str,
        path: str,
        roles: tuple[Role, ...],
        *,
        summary: str,
        answers: Mapping[int, Model | str | None],
        body: Model | None = None,
        query: Model | None = None,
        refusals: tuple[type[Refusal], ...] = (),
        replayed: bool = False,
        limited: bool = True,
        upload: bool = False,
        largest: int | None = None,
        may: Right | None = None,
        tagged: bool = False,
    ) -> Register:
        """`path` as in OpenAPI ("/tickets/{ticket}"); the view gets path values, then `body`, then `query`.

        `largest`: bytes its body may have, where that is more than usual; `upload`: the body is a file the view reads;
        `may`: who may touch the object that the path names (server.web.api.object_rights); `tagged`: a browser may keep
        the answer and is told 304 while it would be the same, so it holds nothing personal.
        """

        def register(view: View) -> View:
            types = {name: kind for name, kind in get_type_hints(view).items() if f"{{{name}}}" in path}
            words = inspect.getdoc(view) or ""
            described = (method, path, view.__name__, roles, self.tag, summary, words, answers)
            operation = Operation(*described, body, query, refusals, types, replayed, upload, largest, may, tagged)
            self.operations.append(operation)
            self.blueprint.add_url_rule(
                _flask_path(path, types),
                endpoint=view.__name__,
                view_func=audience(*roles, limited=limited)(_answering(view, operation)),
                methods=[method],
            )
            return view

        return register


def _flask_path(path: str, types: Mapping[str, type]) -> str:
    for name, kind in types.items():
        path = path.replace(f"{{{name}}}", f"<number:{name}>" if kind is int else f"<{name}>")
    return path


def _answering(view: Callable[..., Reply], operation: Operation) -> Callable[..., ResponseReturnValue]:
    right = operation.may
    names = names_of(right, operation.path) if right is not None else ()

    def answer(**values: Any) -> ResponseReturnValue:
        if operation.largest is not None:
            request.max_content_length = operation.largest
        if operation.body is not None:
            values["body"] = parse_body(operation.body)
        if operation.query is not None:
            values["query"] = parse_query(operation.query)
        if right is not None:
            judged(right, names, values, in_step=operation.replayed)
        reply = view(**values)
        if right is not None:
            require_taken(operation.path)
        if isinstance(reply, Response):
            return reply
        status, content = reply
        if content is None:
            return Response(status=status)
        response = jsonify(content)
        response.status_code = status
        return _tagged(response) if operation.tagged else response

    answer.__name__ = view.__name__
    answer.__doc__ = view.__doc__
    return answer


def _tagged(response: Response) -> Response:
    """With its tag; 304 without a body where the browser has just this."""
    response.headers["Cache-Control"] = "private, no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response
