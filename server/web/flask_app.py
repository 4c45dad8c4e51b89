"""Flask without what this hall does not use: it counts, as every request pays for it.

But for `LateRule` only methods that Flask documents to be overridden. Together a tenth of what an API request costs
outside its step.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask, Request
from flask.sessions import NullSession, SessionInterface
from flask.wrappers import Response
from werkzeug.routing import MapAdapter, Rule
from werkzeug.wsgi import get_host

MOST_HOSTS = 100


class NoSessions(SessionInterface):
    """Flask's cookie sessions need a secret key, which we never set: ours are rows of the store."""

    def __init__(self) -> None:
        self._empty = NullSession()  # nothing can be put into it, so all may share one

    def open_session(self, app: Flask, request: Request) -> NullSession:
        return self._empty

    def save_session(self, app: Flask, session: Any, response: Response) -> None:
        """There is nothing to save."""


class LateRule(Rule):
    """A rule that compiles its way from values to an address at the first `url_for`: few of our rules are ever asked.

    Werkzeug compiles two for each of 250 rules, which took a fifth of the time a hall needs to start.
    """

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        def first(rule: Rule, /, **values: Any) -> tuple[str, str]:
            build = Rule._compile_builder(rule, append_unknown).__get__(rule, None)
            setattr(rule, "_build_unknown" if append_unknown else "_build", build)
            return build(**values)  # type: ignore[no-any-return]

        return first


class HallFlask(Flask):
    session_interface = NoSessions()
    url_rule_class = LateRule

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self._hosts: dict[str, str] = {}  # as a request names us → as werkzeug's router wants it

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """No view, hook or error handler of ours is a coroutine; Flask asks each, eight times a request."""
        return func

    def create_url_adapter(self, request: Request | None) -> MapAdapter | None:
        """Flask's, made once a host and copied: it takes the host's name apart and together again each time."""
        if request is None or request.environ.get("HTTP_UPGRADE"):
            return super().create_url_adapter(request)
        environ = request.environ
        host = request.host = get_host(environ)  # refuses what is no host
        if host not in self._hosts:
            adapter = super().create_url_adapter(request)
            if adapter is not None and len(self._hosts) < MOST_HOSTS:
                self._hosts[host] = adapter.server_name
            return adapter
        return MapAdapter(
            self.url_map,
            self._hosts[host],
            _text(environ.get("SCRIPT_NAME", "")),
            "",
            environ["wsgi.url_scheme"],
            _text(environ.get("PATH_INFO", "")),
            request.method,
            _text(environ.get("QUERY_STRING", "")),
        )


def _text(value: str) -> str:
    """What WSGI hands over as bytes in Latin-1 (PEP 3333)."""
    return value if value.isascii() else value.encode("latin1").decode(errors="replace")
