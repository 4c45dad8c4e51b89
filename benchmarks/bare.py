"""The least a durable web request can do: a bare Flask route whose one INSERT goes through the same writer.

`python -m benchmarks.bare DATA` serves it and prints its address.
"""

from __future__ import annotations

import sys
import warnings

if __name__ == "__main__":
    warnings.filterwarnings("ignore", message="\nEventlet is deprecated")
    from server import concurrency

    concurrency.patch("eventlet")

import secrets
import time
from pathlib import Path
from typing import Any

from flask import Flask, jsonify, request


def insert(tx: Any, subject: str, now: int) -> int:
    """One row of a small table of ours."""
    tx.db.execute("INSERT INTO learned (hall_id, subject, visits, seconds) VALUES (?, ?, 1, 1)", ("bare", subject))
    return now


def main(data: Path) -> None:
    from server.store.store import open_store
    from server.store.vault import load_vault

    data.mkdir(parents=True, exist_ok=True)
    store = open_store(
        data_dir=data,
        database_url="",
        clock=lambda: time.time_ns() // 1000,
        vault=load_vault(data),
        tokens=lambda: secrets.token_hex(6),
    )
    store.ensure_hall("bare")
    flask = Flask("bare")

    @flask.post("/take")
    def take() -> Any:
        return jsonify({"at": store.write("bare", insert, request.get_json()["section"] + secrets.token_hex(8))})

    sock = concurrency.listen("127.0.0.1", 0)
    concurrency.serve(sock, flask, 1000)
    print(f"READY http://127.0.0.1:{sock.getsockname()[1]}", flush=True)
    while True:
        concurrency.sleep(60)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
