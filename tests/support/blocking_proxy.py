"""A proxy as some networks have it: everything passes but WebSockets."""

from __future__ import annotations

import socket
import threading
from types import TracebackType
from urllib.parse import urlsplit

REFUSAL = b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


class BlockingProxy:
    """Stands before a server at `url`. A WebSocket is refused, or where `answers` is False never answered."""

    def __init__(self, server: str, *, answers: bool) -> None:
        parts = urlsplit(server)
        self._server = (parts.hostname or "127.0.0.1", parts.port or 80)
        self._answers = answers
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._open: list[socket.socket] = []
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self.blocked = threading.Event()

    def __enter__(self) -> BlockingProxy:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        for one in (self._listener, *self._open):
            one.close()

    def _accept(self) -> None:
        while True:
            try:
                browser, _ = self._listener.accept()
            except OSError:
                return
            self._open.append(browser)
            threading.Thread(target=self._serve, args=(browser,), daemon=True).start()

    def _serve(self, browser: socket.socket) -> None:
        """A browser opens a connection of its own for a WebSocket, so its first request tells."""
        head = browser.recv(65_536)
        if b"upgrade: websocket" in head.lower():
            if self._answers:
                browser.sendall(REFUSAL)
                browser.close()
            self.blocked.set()
            return
        server = socket.create_connection(self._server)
        self._open.append(server)
        threading.Thread(target=_pass_on, args=(server, browser), daemon=True).start()
        server.sendall(head)
        _pass_on(browser, server)


def _pass_on(source: socket.socket, target: socket.socket) -> None:
    try:
        while data := source.recv(65_536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        return
