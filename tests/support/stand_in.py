"""An outside server that tests stand in for: it listens on a free port, answers JSON, and misbehaves when told to."""

from __future__ import annotations

import json
import socket
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self


@dataclass
class StandIn:
    """`refuse` {whom: code}; `next_answers` [(status, headers, body)] go before all others; a kind of server says what it
    answers in `answer`."""

    refuse: dict[str, str] = field(default_factory=dict)
    next_answers: list[tuple[int, dict[str, str], bytes]] = field(default_factory=list)
    lose_answers: int = 0  # so many requests are done and the connection then dies
    _server: ThreadingHTTPServer | None = None

    def answer(self, path: str, headers: Any, body: bytes) -> tuple[int, dict[str, Any]]:
        raise NotImplementedError

    def __enter__(self) -> Self:
        handler = type("Handler", (_Handler,), {"stand_in": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.shutdown()
        self._server.server_close()

    @property
    def url(self) -> str:
        assert self._server is not None
        return f"http://127.0.0.1:{self._server.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    stand_in: StandIn

    def log_message(self, format: str, *args: object) -> None:
        return None

    def do_GET(self) -> None:
        self._send(200, {}, b"{}")

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.stand_in.next_answers:
            return self._send(*self.stand_in.next_answers.pop(0))
        status, answer = self.stand_in.answer(self.path, self.headers, body)
        if self.stand_in.lose_answers > 0:
            self.stand_in.lose_answers -= 1
            self.close_connection = True
            return self.connection.shutdown(socket.SHUT_RDWR)
        return self._send(status, {}, json.dumps(answer, ensure_ascii=False).encode())

    def _send(self, status: int, headers: dict[str, str], data: bytes) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", "Content-Length": str(len(data)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)
