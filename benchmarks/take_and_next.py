"""Durable takes and calls a second over HTTP, beside a bare route with one INSERT: the price of the hall itself."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.clients import Client, Pace, press
from benchmarks.report import Row, Say, at_least, quick
from benchmarks.servers import bare_server, cpu_seconds, hall_server
from tests.support.server import HallServer

NAME = "Taking and calling over HTTP"

CLIENTS = 8
SECONDS = 1.0 if quick() else 3.0
ROUNDS = 2 if quick() else 7
TAKING = 1.5  # a take round is so much longer than a next round, so that everybody called was waiting
PROMISED = at_least(0.5)


@dataclass(frozen=True, slots=True)
class Measured:
    """One round of one kind of request: its pace, and the server's own milliseconds a request."""

    pace: Pace
    cpu_ms: float


def round_of(jobs: Sequence[Callable[[], int]], good: set[int], seconds: float, pid: int) -> Measured:
    before = cpu_seconds(pid)
    pace = press(jobs, good, seconds)
    return Measured(pace, 1e3 * (cpu_seconds(pid) - before) / pace.requests)


def takers(server: HallServer) -> list[Callable[[], int]]:
    """Eight clients of the kiosk's, each at a section of its own."""
    sections = [section["id"] for section in server.api.read("/hall")["sections"]]
    assert len(sections) >= CLIENTS
    token = server.signed_in("kiosk").token or ""

    def taking(client: Client, section: str) -> Callable[[], int]:
        return lambda: client.post("/api/v1/tickets", {"section": section})

    return [taking(Client(server.url, token), section) for section in sections[:CLIENTS]]


def callers(server: HallServer) -> list[Callable[[], int]]:
    """Eight clerks, one window open a section, each pressing "next" as soon as the last is answered."""
    hall = server.api.read("/hall")
    windows = [
        next(window["number"] for window in hall["windows"] if window["sections"][:1] == [section["id"]])
        for section in hall["sections"][:CLIENTS]
    ]

    def calling(client: Client, number: int) -> Callable[[], int]:
        return lambda: client.post(f"/api/v1/windows/{number}/next", {"finish": True})

    for number in windows:
        server.signed_in(f"clerk{number}").do(f"/windows/{number}/open")
    return [calling(Client(server.url, server.signed_in(f"clerk{n}").token or ""), n) for n in windows]


def measure(say: Say) -> list[Row]:
    rounds: dict[str, list[Measured]] = {"bare": [], "take": [], "next": []}
    with (
        tempfile.TemporaryDirectory() as name,
        bare_server(Path(name)) as (url, pid),
        hall_server(Path(name) / "hall") as hall,
    ):
        assert hall.process
        inserting = [lambda c=Client(url): c.post("/take", {"section": "x"}) for _ in range(CLIENTS)]
        taking, calling = takers(hall), callers(hall)
        for number in range(ROUNDS + 1):
            once = {
                "bare": round_of(inserting, {200}, SECONDS, pid),
                "take": round_of(taking, {201}, SECONDS * TAKING, hall.process.pid),
                "next": round_of(calling, {200}, SECONDS / TAKING, hall.process.pid),
            }
            if number == 0:
                continue  # the first warms up
            for kind, measured in once.items():
                rounds[kind].append(measured)
            paces = ", ".join(f"{kind} {m.pace.per_second:.0f}/s" for kind, m in once.items())
            say(f"round {number}/{ROUNDS}: {paces}")
    return rows(rounds)


def rows(rounds: dict[str, list[Measured]]) -> list[Row]:
    """The median over rounds of each round's own ratio."""
    whats = {
        "take": "`POST /tickets`: number, place, window, event, answer kept for a retry",
        "next": "`POST /windows/n/next {finish}`: finish, choose, call, notices, events",
    }
    found = [_row("a bare Flask route, one INSERT through the same writer", rounds["bare"], rounds["bare"])]
    return found + [_row(what, rounds[kind], rounds["bare"]) for kind, what in whats.items()]


def _row(what: str, mine: list[Measured], bare: list[Measured]) -> Row:
    def middle(figure: Callable[[Measured], float]) -> float:
        return statistics.median(map(figure, mine))

    ratios = [m.pace.per_second / b.pace.per_second for m, b in zip(mine, bare, strict=True)]
    detail = (
        f"{middle(lambda m: m.pace.per_second):.0f} a second from {CLIENTS} keep-alive clients,"
        f" p50 {middle(lambda m: m.pace.p50):.1f} ms, p99 {middle(lambda m: m.pace.p99):.1f} ms,"
        f" {middle(lambda m: m.cpu_ms):.2f} ms of the server's CPU each; {len(mine)} interleaved rounds"
    )
    return Row(what, statistics.median(ratios), None if mine is bare else PROMISED, detail)
