"""The whole app over Flask's test client: real store (SQLite), the demo hall, a clock that tests turn by hand."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema_rs import Draft202012Validator
from werkzeug.test import TestResponse

from config.settings import Settings
from server.app import App, create_app
from server.web.api import openapi
from server.web.api.routing import PREFIX
from server.web.api.subjects import operations
from tests.store_fixtures import database, migrated_file
from tests.support.demo_hall import bare_demo
from tests.support.hashes import quick_hashes

PASSWORD = "demo-pass-2026"
MONDAY_NINE = 1_795_395_600_000_000  # 2026-11-23 09:00 in China, µs UTC
SECOND = 1_000_000
MINUTE = 60 * SECOND
# What any route may answer without saying so in the document: refused before the route is reached.
BEFORE = {"not_found", "method_not_allowed", "body_too_large", "idempotency_key_invalid"}


class Clock:
    def __init__(self) -> None:
        self.now = MONDAY_NINE

    def __call__(self) -> int:
        return self.now

    def pass_time(self, *, seconds: float = 0, minutes: float = 0) -> None:
        self.now += int(seconds * SECOND + minutes * MINUTE)


class Hall:
    """A running hall and everybody in it. Every JSON answer is held against the OpenAPI document."""

    def __init__(self, app: App, clock: Clock) -> None:
        self.app = app
        self.clock = clock
        self.tokens: dict[str, str] = {}
        self.paths = {(o.tag, o.name): (PREFIX + o.path, o.method.lower()) for o in operations()}

    def browser(self) -> Any:
        """A client with cookies of its own."""
        return self.app.flask.test_client()

    def sign_in(self, username: str, password: str = PASSWORD, **kwargs: Any) -> TestResponse:
        body = {"username": username, "password": password}
        return self.call("POST", "/sessions", json=body, **kwargs)

    def token(self, username: str) -> str:
        if username not in self.tokens:
            answer = self.sign_in(username)
            assert answer.status_code == 200, answer.text
            self.tokens[username] = answer.json["token"]  # type: ignore[index]
        return self.tokens[username]

    def call(
        self,
        method: str,
        path: str,
        *,
        by: str | None = None,
        headers: dict[str, str] | None = None,
        client: Any = None,
        **kwargs: Any,
    ) -> TestResponse:
        """`by` is a user name, whose token is sent as Bearer."""
        sent = dict(headers or {})
        if by is not None:
            sent["Authorization"] = f"Bearer {self.token(by)}"
        client = client or self.browser()
        answer: TestResponse = client.open(PREFIX + path, method=method, headers=sent, **kwargs)
        self.check(method, path, answer)
        return answer

    def get(self, path: str, **kwargs: Any) -> TestResponse:
        return self.call("GET", path, **kwargs)

    def post(self, path: str, body: Any = None, **kwargs: Any) -> TestResponse:
        return self.call("POST", path, json={} if body is None else body, **kwargs)

    def take(self, by: str = "kiosk", **body: Any) -> dict[str, Any]:
        """A ticket, of the first section that needs no item unless `body` says more."""
        answer = self.post("/tickets", {"section": self.section} | body if "item" not in body else body, by=by)
        assert answer.status_code == 201, answer.text
        return dict(answer.json or {})

    def open_window(self) -> int:
        """A window of `section`, opened by its own clerk."""
        assert self.post(f"/windows/{self.window}/open", by=self.clerk).status_code == 200
        return self.window

    @property
    def section(self) -> str:
        return next(s.id for s in self.app.hall.sections if any(s.id in w.sections for w in self.app.hall.windows))

    @property
    def window(self) -> int:
        return next(w.number for w in self.app.hall.windows if self.section in w.sections)

    @property
    def clerk(self) -> str:
        return f"clerk{self.window}"

    def check(self, method: str, path: str, answer: TestResponse) -> None:
        """The answer is what the document promises for this route and status."""
        found = self._operation(method, path.split("?")[0])
        if found is None or answer.status_code in (204, 304):
            return
        responses = openapi.build()["paths"][found[0]][found[1]]["responses"]
        said = responses.get(str(answer.status_code))
        if said is None:
            assert code(answer) in BEFORE, f"{method} {path}: {answer.text} is not in the document"
        elif "application/json" not in said["content"]:
            assert answer.mimetype in said["content"]
            return
        else:
            listed = said["content"]["application/json"].get("examples")
            if listed is not None and code(answer) not in BEFORE:  # this very refusal, not another of its status
                assert code(answer) in listed, f"{method} {path}: {answer.text} is not in the document"
        _promised(*found, answer.status_code if said else None).validate(answer.json)

    def _operation(self, method: str, path: str) -> tuple[str, str] | None:
        try:
            endpoint, _ = self.app.flask.url_map.bind("").match(PREFIX + path, method=method)
        except Exception:
            return None
        tag, _, name = endpoint.removeprefix("api_").partition(".")
        return self.paths.get((tag, name))


@functools.cache
def _promised(path: str, method: str, status: int | None) -> Draft202012Validator:
    """What the document promises as JSON (`status` None: a refusal that any route may give)."""
    document = openapi.build()
    schema: Any = {"$ref": "#/components/schemas/Error"}
    if status is not None:
        schema = document["paths"][path][method]["responses"][str(status)]["content"]["application/json"]["schema"]
    return Draft202012Validator({**schema, "components": document["components"]})


@pytest.fixture(scope="module")
def quiet_hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    """One hall for all tests of a file that change nothing in it."""
    clock = Clock()
    folder = tmp_path_factory.mktemp("quiet")
    migrated_file(folder)
    with quick_hashes():
        app = create_app(_settings(folder), clock=clock)
        yield Hall(app, clock)
        app.store.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


def _settings(data_dir: Path, database_url: str = "") -> Settings:
    return Settings(
        data_dir=data_dir,
        database_url=database_url,
        hall_dir=bare_demo(),
        async_mode="threading",
        demo_password=PASSWORD,
    )  # type: ignore[call-arg]


@pytest.fixture
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """SQLite, unless a test asks for "postgres"."""
    kind = getattr(request, "param", "sqlite")
    if kind == "sqlite":
        migrated_file(tmp_path)
    with database(kind) as url:
        yield _settings(tmp_path, url)


@pytest.fixture
def hall(settings: Settings, clock: Clock) -> Iterator[Hall]:
    with quick_hashes():
        app = create_app(settings, clock=clock)
        yield Hall(app, clock)
        app.store.close()


def code(answer: TestResponse) -> str:
    """The refusal's code; both sentences are there."""
    error = (answer.json or {})["error"]
    assert error["message_zh"] and error["message_en"]
    return str(error["code"])
