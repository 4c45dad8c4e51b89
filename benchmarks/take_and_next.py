"""Durable takes and calls a second over HTTP, beside a bare route with one INSERT: the price of the hall itself.

`make bench` writes docs/benchmarks.md. Trust the ratios: the absolutes are this machine's.
"""

from __future__ import annotations

import http.client
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from tests.support.server import ROOT, HallServer

CLIENTS = 8
SECONDS = 6.0
ROUNDS = 3


class Client:
    """One keep-alive connection."""

    def __init__(self, url: str, token: str = "") -> None:
        self._connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=30)
        self._headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})

    def post(self, path: str, body: dict[str, object]) -> int:
        self._connection.request("POST", path, json.dumps(body), self._headers | {"Idempotency-Key": uuid.uuid4().hex})
        answer = self._connection.getresponse()
        answer.read()
        return answer.status


def rate(jobs: list[Callable[[], int]], good: set[int]) -> tuple[float, float, float]:
    """Requests a second of all jobs together for SECONDS, and their p50 and p99 in milliseconds."""
    times: list[float] = []
    until = time.perf_counter() + SECONDS

    def work(job: Callable[[], int]) -> None:
        while (began := time.perf_counter()) < until:
            status = job()
            assert status in good, status
            times.append(time.perf_counter() - began)

    threads = [threading.Thread(target=work, args=(job,)) for job in jobs]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - began
    ranked = sorted(times)
    return len(ranked) / took, 1e3 * ranked[len(ranked) // 2], 1e3 * ranked[int(len(ranked) * 0.99)]


def bare(folder: Path) -> tuple[float, float, float]:
    command = [sys.executable, "-m", "benchmarks.bare", str(folder / f"bare-{uuid.uuid4().hex[:6]}")]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        assert process.stdout
        url = process.stdout.readline().split()[1]
        clients = [Client(url) for _ in range(CLIENTS)]
        return rate([lambda c=c: c.post("/take", {"section": "x"}) for c in clients], {200})
    finally:
        process.kill()


def hall(folder: Path) -> tuple[tuple[float, float, float], tuple[float, float, float]]:
    server = HallServer(folder / f"hall-{uuid.uuid4().hex[:6]}").start()
    try:
        sections = server.api.read("/hall")["sections"]
        windows = [w for w in server.api.read("/hall")["windows"] if w["sections"]][:CLIENTS]
        for window in windows:
            server.signed_in(f"clerk{window['number']}").do(f"/windows/{window['number']}/open")
        token = server.signed_in("kiosk").token or ""
        taking = [
            lambda c=Client(server.url, token), s=sections[n % len(sections)]["id"]: c.post(
                "/api/v1/tickets", {"section": s}
            )
            for n in range(CLIENTS)
        ]
        taken = rate(taking, {201})
        calling = [
            lambda c=Client(server.url, server.signed_in(f"clerk{w['number']}").token or ""), n=w["number"]: c.post(
                f"/api/v1/windows/{n}/next", {"finish": True}
            )
            for w in windows
        ]
        return taken, rate(calling, {200, 204})
    finally:
        server.kill()


def main() -> None:
    rows: dict[str, list[tuple[float, float, float]]] = {"bare": [], "take": [], "next": []}
    with tempfile.TemporaryDirectory() as folder:
        for turn in range(ROUNDS):
            rows["bare"].append(bare(Path(folder)))
            taken, called = hall(Path(folder))
            rows["take"].append(taken)
            rows["next"].append(called)
            print(
                f"round {turn + 1}/{ROUNDS}: " + ", ".join(f"{k} {v[-1][0]:.0f}/s" for k, v in rows.items()), flush=True
            )
    middle = {name: tuple(map(statistics.median, zip(*runs, strict=True))) for name, runs in rows.items()}
    text = report(middle)
    (ROOT / "docs/benchmarks.md").write_text(text, "utf-8")
    print(text)


def report(middle: dict[str, tuple[float, ...]]) -> str:
    names = {
        "bare": "a bare Flask route, one INSERT through the same writer",
        "take": "`POST /tickets`: number, place, window, event, answer kept for a retry",
        "next": "`POST /windows/n/next {finish}`: finish, choose, call, notices, events",
    }
    lines = [
        "# What the hall costs",
        "",
        f"`make bench`, {datetime.now(UTC):%Y-%m-%d}: Python {platform.python_version()}, {os.cpu_count()} cores shared with the clients,"
        f" SQLite `synchronous=FULL`, eventlet,",
        f"{CLIENTS} keep-alive clients, {SECONDS:.0f} s a run, median of {ROUNDS} runs. Trust the ratios, not the absolutes.",
        "",
        "| request | a second | p50 ms | p99 ms | of the bare route |",
        "|---|---|---|---|---|",
    ]
    base = middle["bare"][0]
    for name, (per_second, p50, p99) in middle.items():
        lines.append(f"| {names[name]} | {per_second:.0f} | {p50:.1f} | {p99:.1f} | {per_second / base:.2f} |")
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    main()
