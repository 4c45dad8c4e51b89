"""From the clerk's click to the screens, beside a bare Flask-SocketIO broadcast.

Ours: `run.py serve` with the demo hall, 200 screens, and 2,000 phones that each follow their own waiting ticket, while
clerks press "finish and next". Bare: one POST that emits a call of the same size to 200 of 2,200 sockets, the rest idle.
Click-to-screen runs from the moment the click's request is sent to the moment a screen has the call.
"""

from __future__ import annotations

import http.client
import itertools
import json
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from benchmarks.listeners import BARE_NAMESPACE, HALL_NAMESPACE, Crowd
from benchmarks.report import ROOT, Row, Say, at_most, quick
from benchmarks.servers import cpu_seconds, hall_server
from tests.support.server import HallServer

NAME = "Push: from the click to the screens"
SCREENS = 200
PHONES = 2000
SECONDS, RUNS = (5.0, 1) if quick() else (20.0, 5)
CALLS_A_SECOND = 5.0
CLERKS = 20


@dataclass
class Stage:
    """A server with its screens and phones, and one way to click."""

    pid: int
    screens: Crowd
    phones: Crowd
    click: Callable[[], int]
    """Send a click and read its answer; the id of the call it made."""
    links: list[str] = field(default_factory=list)
    api: Any = None


@dataclass(frozen=True)
class Measured:
    """Milliseconds; `cpu` the server's seconds of CPU a second; `said` the messages to phones a second."""

    p50: float
    p99: float
    worst: float
    cpu: float
    said: float


class Clicker:
    """A clerk's browser: one connection kept alive."""

    def __init__(self, url: str, token: str = "") -> None:
        self._connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=30)
        self._headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}

    def click(self, path: str, body: dict[str, object]) -> int:
        """The `id` in the answer."""
        headers = self._headers | {"Idempotency-Key": uuid.uuid4().hex}
        self._connection.request("POST", path, json.dumps(body), headers)
        answer = self._connection.getresponse()
        text = answer.read()
        assert answer.status == 200, (answer.status, text)
        called: int = json.loads(text)["id"]
        return called


@contextmanager
def crowds() -> Iterator[tuple[Crowd, Crowd]]:
    screens, phones = Crowd(), Crowd()
    try:
        yield screens, phones
    finally:
        screens.close()
        phones.close()


@contextmanager
def bare() -> Iterator[Stage]:
    """Flask-SocketIO with its screens and as many idle sockets as the hall has phones."""
    command = [sys.executable, "-m", "benchmarks.bare_push"]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        assert process.stdout
        url = process.stdout.readline().split()[1]
        with crowds() as (screens, phones):
            screens.order("connect", url=url, namespace=BARE_NAMESPACE, auths=[{"screen": True}] * SCREENS)
            phones.order("connect", url=url, namespace=BARE_NAMESPACE, auths=[{"screen": False}] * PHONES)
            for crowd in (screens, phones):
                crowd.answer()
            clicker, ids = Clicker(url), itertools.count(1)

            def click() -> int:
                return clicker.click("/call", {"id": next(ids)})

            yield Stage(process.pid, screens, phones, click)
    finally:
        process.kill()
        process.wait()


@contextmanager
def ours() -> Iterator[Stage]:
    """The real hall: tickets taken beforehand, every phone on its own, clerks at their windows."""
    with tempfile.TemporaryDirectory() as folder, hall_server(Path(folder)) as server, crowds() as (screens, phones):
        assert server.process
        clerks = _clerks(server)
        links = [ticket["link"].rsplit("/", 1)[-1] for ticket in _take(server, PHONES)]
        wall = {"token": server.signed_in("display").token, "area": ""}
        screens.order("connect", url=server.url, namespace=HALL_NAMESPACE, auths=[wall] * SCREENS)
        auths = [{"link": link} for link in links]
        phones.order("connect", url=server.url, namespace=HALL_NAMESPACE, auths=auths)
        for crowd in (screens, phones):
            crowd.answer()
        yield Stage(server.process.pid, screens, phones, _pressing(clerks), links, server.api)


def _clerks(server: HallServer) -> list[tuple[Clicker, str]]:
    """Clerks at windows of every section, signed in and open."""
    by_section: dict[str, list[int]] = {}
    for window in server.api.read("/hall")["windows"]:
        if window["sections"]:
            by_section.setdefault(window["sections"][0], []).append(window["number"])
    numbers = [n for some in itertools.zip_longest(*by_section.values()) for n in some if n is not None][:CLERKS]
    clerks = []
    for number in numbers:
        api = server.signed_in(f"clerk{number}")
        api.do(f"/windows/{number}/open")
        clerks.append((Clicker(server.url, api.token or ""), f"/api/v1/windows/{number}/next"))
    return clerks


def _take(server: HallServer, count: int) -> Iterator[dict[str, Any]]:
    kiosk = server.signed_in("kiosk")
    sections = [s["id"] for s in server.api.read("/hall")["sections"] if not s["item_required"]]
    for _, section in zip(range(count), itertools.cycle(sections), strict=False):
        yield kiosk.do("/tickets", {"section": section})


def _pressing(clerks: list[tuple[Clicker, str]]) -> Callable[[], int]:
    turns = itertools.cycle(clerks)

    def click() -> int:
        clicker, path = next(turns)
        return clicker.click(path, {"finish": True})

    return click


def run(stage: Stage, seconds: float = SECONDS) -> Measured:
    """Click at a steady pace and see when each screen has each call."""
    time.sleep(3.5)  # the crowd is in; every page has its state
    stage.click()
    stage.screens.do("record", answering=bool(stage.links))
    stage.phones.do("record", answering=False)
    cpu, clicked = cpu_seconds(stage.pid), {}
    began = time.monotonic()
    for turn in range(int(seconds * CALLS_A_SECOND)):
        time.sleep(max(0.0, began + turn / CALLS_A_SECOND - time.monotonic()))
        at = time.monotonic_ns()
        clicked[stage.click()] = at
    time.sleep(1)
    took = time.monotonic() - began
    cpu = cpu_seconds(stage.pid) - cpu
    heard, told = stage.screens.do("calls"), stage.phones.do("last")
    assert not heard["closed"] and not told["closed"], (heard["closed"], told["closed"])
    waits = []
    for call, at in clicked.items():
        arrivals = heard["calls"][str(call)]
        assert len(arrivals) == SCREENS, f"{len(arrivals)} screens got call {call}"
        waits += [(arrival - at) / 1e6 for arrival in arrivals]
    waits.sort()
    p50, p99 = waits[len(waits) // 2], waits[int(len(waits) * 0.99)]
    return Measured(p50, p99, waits[-1], cpu / took, told["messages"] / took)


def phones_agree(stage: Stage, some: int = 200) -> int:
    """Once the hall is quiet, what the pages hold is what the hall says; how many were compared. AssertionError."""
    time.sleep(8)
    held = stage.phones.do("last")["last"]
    links = stage.links[:: max(1, len(stage.links) // some)]
    for link in links:
        text = held[link]
        name, view = json.loads(text[text.index(",") + 1 :])
        assert name == "ticket", text
        told = stage.api.read(f"/links/{link}")
        assert view == told, f"{link}: the page holds {view}, the hall says {told}"
    return len(links)


def compare(say: Say) -> tuple[list[Measured], list[Measured]]:
    """Ours and bare in turns."""
    our, theirs = [], []
    for turn in range(RUNS):
        with bare() as stage:
            theirs.append(run(stage))
        say(f"push {turn + 1}/{RUNS} bare: {theirs[-1]}")
        with ours() as stage:
            our.append(run(stage))
            agreed = phones_agree(stage)
        assert our[-1].said > 10, "the phones were told nothing"
        say(f"push {turn + 1}/{RUNS} ours: {our[-1]}; {agreed} phones agree")
    return our, theirs


def middle(runs: list[Measured], what: str) -> float:
    return statistics.median(getattr(one, what) for one in runs)


def measure(say: Say) -> list[Row]:
    our, theirs = compare(say)

    def both(what: str) -> str:
        return f"{middle(our, what):.1f} ms against {middle(theirs, what):.1f} ms"

    return [
        Row(
            f"click to {SCREENS} screens, p99, with {PHONES:,} phones following their tickets",
            middle(our, "p99") / middle(theirs, "p99"),
            at_most(1.5),
            f"{both('p99')} for a bare broadcast with {PHONES:,} idle sockets; median of {RUNS} runs of"
            f" {SECONDS:.0f} s, {CALLS_A_SECOND:.0f} calls a second",
        ),
        Row("the same, p50", middle(our, "p50") / middle(theirs, "p50"), None, both("p50")),
        Row("messages to phones a second meanwhile", middle(our, "said"), None, "each page at most one in 3 s", "/s"),
        Row(
            "of one core meanwhile",
            middle(our, "cpu") * 100,
            None,
            f"the bare server {middle(theirs, 'cpu') * 100:.0f} %",
            "%",
        ),
    ]
