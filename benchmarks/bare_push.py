"""The least a push can do: a bare Flask-SocketIO that emits one small call to a room of screens.

`python -m benchmarks.bare_push` serves it and prints its address. Served by the same function as the hall; everything
else is Flask-SocketIO as it comes, but that it says no to permessage-deflate as the hall does.
"""

from __future__ import annotations

import warnings

if __name__ == "__main__":
    warnings.filterwarnings("ignore", message="\nEventlet is deprecated")
    from server import concurrency

    concurrency.patch("eventlet")

from typing import Any

from flask import Flask, jsonify, request
from flask_socketio import SocketIO, join_room

from benchmarks.listeners import BARE_NAMESPACE

# As large as a call of the hall is on the wire: 300 bytes.
CALL = {"id": 0, "number": "A012", "section": "investment", "window": 3, "calls": 1, "text": "x" * 190}


def main() -> None:
    flask = Flask("bare")
    socketio = SocketIO(flask, async_mode=concurrency.mode())

    @socketio.on("connect", namespace=BARE_NAMESPACE)
    def connect(auth: Any) -> None:
        if auth.get("screen"):
            join_room("screens")

    @flask.post("/call")
    def call() -> Any:
        number = request.get_json()["id"]
        socketio.emit("event", {**CALL, "id": number}, to="screens", namespace=BARE_NAMESPACE)
        return jsonify({"id": number})

    app = flask.wsgi_app

    def without_deflate(environ: dict[str, Any], start_response: Any) -> Any:
        environ.pop("HTTP_SEC_WEBSOCKET_EXTENSIONS", None)
        return app(environ, start_response)

    flask.wsgi_app = without_deflate  # type: ignore[method-assign]
    sock = concurrency.listen("127.0.0.1", 0)
    concurrency.serve(sock, flask, 10_000)
    print(f"READY http://127.0.0.1:{sock.getsockname()[1]}", flush=True)
    while True:
        concurrency.sleep(60)


if __name__ == "__main__":
    main()
