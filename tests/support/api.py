"""A small client of the public API, as an outside system would write it."""

from __future__ import annotations

import uuid
from typing import Any

import requests


class Api:
    """Speaks JSON to one hall. Every POST carries a fresh Idempotency-Key unless one is given."""

    def __init__(self, url: str, token: str | None = None) -> None:
        self.url = url
        self.token = token
        self.http = requests.Session()
        self.http.trust_env = False
        if token:
            self.http.headers["Authorization"] = f"Bearer {token}"

    def request(
        self, method: str, path: str, body: Any = None, *, key: str | None = None, headers: dict[str, str] | None = None
    ) -> requests.Response:
        """`path` is under /api/v1 unless it begins with "!" ("!/healthz")."""
        address = self.url + (path[1:] if path.startswith("!") else "/api/v1" + path)
        sent = dict(headers or {})
        if method != "GET":
            sent.setdefault("Idempotency-Key", key or uuid.uuid4().hex)
        return self.http.request(method, address, json=body, headers=sent, timeout=60)

    def get(self, path: str, **options: Any) -> requests.Response:
        return self.request("GET", path, **options)

    def post(self, path: str, body: Any = None, **options: Any) -> requests.Response:
        return self.request("POST", path, {} if body is None else body, **options)

    def read(self, path: str) -> Any:
        """GET and insist on 200; the JSON."""
        return _accepted(self.get(path))

    def do(self, path: str, body: Any = None, **options: Any) -> Any:
        """POST and insist on success; the JSON, or None for 204."""
        return _accepted(self.post(path, body, **options))

    def sign_in(self, username: str, password: str) -> Api:
        """A client of its own for `username`."""
        token = self.do("/sessions", {"username": username, "password": password})["token"]
        return Api(self.url, token)


def _accepted(response: requests.Response) -> Any:
    assert response.status_code < 300, (
        f"{response.request.method} {response.url}: {response.status_code} {response.text}"
    )
    return response.json() if response.content else None
