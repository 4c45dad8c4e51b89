"""Takes a second from 64 clients on a disk that needs 5 ms for each commit: steps that wait together share one.

`python -m benchmarks.slow_disk DATA SECONDS` is the process that is measured: the store as it serves, under eventlet,
with the commit of its one writer made to wait. Nothing in the store knows.
"""

from __future__ import annotations

import sys
import warnings

if __name__ == "__main__":
    warnings.filterwarnings("ignore", message="\nEventlet is deprecated")
    from server import concurrency

    concurrency.patch("eventlet")

import json
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.report import ROOT, Row, Say, at_least, quick

NAME = "The writer on a slow disk"

FSYNC = 0.005  # seconds added to each commit
CLIENTS = 64
SECONDS = 2.0 if quick() else 8.0
PROMISED = at_least(1000)


def measure(say: Say) -> list[Row]:
    with tempfile.TemporaryDirectory() as name:
        command = [sys.executable, "-m", "benchmarks.slow_disk", name, str(SECONDS)]
        answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    found = json.loads(answer.splitlines()[-1])
    detail = (
        f"`take_number` from {CLIENTS} clients for {SECONDS:.0f} s, {FSYNC * 1e3:.0f} ms added to every commit:"
        f" {found['takes']:,} takes in {found['commits']:,} commits"
    )
    return [Row("Durable takes a second", found["takes"] / found["seconds"], PROMISED, detail, "a second")]


def serve(data: Path, seconds: float) -> dict[str, float]:
    """What 64 green clients got in so many seconds."""
    import time

    from benchmarks.batches import HALL, KIOSK, MANAGER, clerk
    from benchmarks.many_waiting import demo_hall
    from server.journey import counter, supervising, taking
    from server.store import Vault, open_store

    numbers = iter(range(10**12))
    store = open_store(
        data_dir=data,
        database_url="",
        clock=lambda: time.time_ns() // 1000,
        vault=Vault(b"k" * 32),
        tokens=lambda: f"{next(numbers):012d}",
    )
    slow_down(store)
    hall = demo_hall()
    store.ensure_hall(HALL)
    store.write(HALL, supervising.reload_hall, supervising.ReloadRequest(MANAGER, hall))
    sections = [section.id for section in hall.sections]
    for window in hall.windows:
        store.write(HALL, counter.open_window, counter.WindowRequest(clerk(window.number), window.number))
    taken = [0] * CLIENTS
    before, began = store.batches, time.perf_counter()

    def client(n: int) -> None:
        request = taking.TakeRequest(KIOSK, section=sections[n % len(sections)])
        while time.perf_counter() - began < seconds:
            store.write(HALL, taking.take_number, request)
            taken[n] += 1

    for task in [concurrency.spawn(client, n) for n in range(CLIENTS)]:
        task.wait()
    took = time.perf_counter() - began
    return {"takes": sum(taken), "commits": store.batches - before, "seconds": took}


def slow_down(store: Any) -> None:
    """Each commit of the writer's connection waits as a slow disk's would: in its own thread, not on the loop."""
    from eventlet import patcher

    wait = patcher.original("time").sleep
    make = store._engine.writer

    def writer() -> Any:
        db = make()
        commit = db.commit

        def slow() -> None:
            commit()
            wait(FSYNC)

        db.commit = slow
        return db

    store._engine.writer = writer


if __name__ == "__main__":
    print(json.dumps(serve(Path(sys.argv[1]), float(sys.argv[2]))), flush=True)
