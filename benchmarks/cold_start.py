"""From `run.py serve` to the first page, with a new data folder and with one that was used before."""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path

from benchmarks.report import Row, Say, at_most, quick
from tests.support.server import HallServer

NAME = "A cold start"

RUNS = 2 if quick() else 5
PROMISED = at_most(3)
HEAVY = ("numpy", "PIL", "soundfile", "pyttsx3", "matplotlib")  # needed by few, so loaded late


def measure(say: Say) -> list[Row]:
    first, again, loaded = [], [], set[str]()
    for number in range(1, RUNS + 1):
        with tempfile.TemporaryDirectory() as name:
            for times in (first, again):
                server = HallServer(Path(name) / "data", cold=True)
                began = time.perf_counter()
                server.start()
                answer = server.api.http.get(server.url + "/", timeout=30)
                times.append(time.perf_counter() - began)
                assert answer.status_code == 200 and "text/html" in answer.headers["Content-Type"], answer
                loaded |= mapped(server)
                server.stop()
        say(f"run {number}/{RUNS}: {first[-1]:.2f} s with a new data folder, {again[-1]:.2f} s the second time")
    detail = f"median of {RUNS}; of {', '.join(HEAVY)} loaded by then: {', '.join(sorted(loaded)) or 'none'}"
    return [
        Row("To the first page, new data folder", statistics.median(first), PROMISED, detail, "s"),
        Row("To the first page, second start", statistics.median(again), PROMISED, detail, "s"),
    ]


def mapped(server: HallServer) -> set[str]:
    """Which heavy libraries the process has in memory (those with compiled parts show there)."""
    assert server.process
    maps = Path(f"/proc/{server.process.pid}/maps").read_text("utf-8")
    return {name for name in HEAVY if f"/{name}/" in maps}
