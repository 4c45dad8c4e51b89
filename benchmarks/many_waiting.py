"""What a take and a call cost when 10,000 wait, all of them for several windows, against 100: the same, or nearly."""

from __future__ import annotations

import secrets
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path

from benchmarks.batches import HALL, KIOSK, Bench, Step, bench, clerk
from benchmarks.clients import Client, press_each
from benchmarks.report import ROOT, Row, Say, at_most, quick
from benchmarks.servers import hall_server
from config.hall_file import HallFile, load_hall
from server.domain.actor import SYSTEM
from server.journey import calling, counter, taking
from server.journey.supervising import ReloadRequest, reload_hall
from server.store import open_store
from server.store.vault import load_vault
from tests.support.server import HallServer

NAME = "With 10,000 waiting"

FEW, MANY = 100, 1_000 if quick() else 10_000
SECTION, WINDOWS = "company", (3, 4, 5, 6, 7, 8, 9)  # of the demo hall: each serves the whole section
ROUNDS = 4 if quick() else 15
EACH = 6  # requests a client and round: 48 takes and 42 calls over HTTP, so a round changes little
PROMISED = at_most(1.3)

Times = dict[str, dict[int, list[float]]]  # "take" | "next" → how many waited → seconds a step, one a round


def measure(say: Say) -> list[Row]:
    with tempfile.TemporaryDirectory() as name:
        inside = in_process(Path(name), say)
        outside = over_http(Path(name), say)
    return [*_rows(inside, "in process, CPU"), *_rows(outside, "over HTTP")]


def _rows(times: Times, where: str) -> list[Row]:
    rows = []
    for what, by_people in times.items():
        ratio = statistics.median(many / few for few, many in zip(by_people[FEW], by_people[MANY], strict=True))
        few, many = (1e3 * statistics.median(by_people[people]) for people in (FEW, MANY))
        detail = f"{many:.2f} ms with {MANY:,} waiting, {few:.2f} ms with {FEW}; {ROUNDS} interleaved rounds"
        rows.append(Row(f"{what}, {where}", ratio, PROMISED, detail))
    return rows


def _empty() -> Times:
    return {what: {FEW: [], MANY: []} for what in ("take", "next")}


# In process


def in_process(folder: Path, say: Say) -> Times:
    times = _empty()
    with ExitStack() as open_halls:
        halls = {
            people: open_halls.enter_context(bench(folder / f"in-{people}", demo_hall())) for people in (FEW, MANY)
        }
        for people, hall in halls.items():
            hall.done([(counter.open_window, counter.WindowRequest(clerk(n), n)) for n in WINDOWS])
            hall.done(takes(people))
            say(f"in process: {people:,} wait")
        for number in range(ROUNDS + 1):
            for people, hall in halls.items():
                once = {"take": _cpu(hall, takes(42)), "next": _cpu(hall, calls(6))}
                if number:  # the first warms up
                    for what, seconds in once.items():
                        times[what][people].append(seconds)
    return times


def _cpu(hall: Bench, steps: Sequence[Step]) -> float:
    """Seconds of CPU a step, in batches as eight clients make them."""
    before = hall.cpu
    for start in range(0, len(steps), 8):
        hall.done(steps[start : start + 8])
        hall.clock.now += 1_000_000
    return (hall.cpu - before) / len(steps)


def takes(count: int) -> list[Step]:
    return [(taking.take_number, taking.TakeRequest(KIOSK, section=SECTION)) for _ in range(count)]


def calls(rounds: int) -> list[Step]:
    return [(calling.call_next, calling.NextRequest(clerk(n), n, True)) for _ in range(rounds) for n in WINDOWS]


def demo_hall() -> HallFile:
    """The demo hall at any hour."""
    data = load_hall(ROOT / "config/demo").model_dump()
    data["hours"]["enforce"] = False
    data["hall"]["id"] = HALL
    return HallFile.model_validate(data)


# Over HTTP


def over_http(folder: Path, say: Say) -> Times:
    times = _empty()
    with ExitStack() as running:
        jobs = {}
        for people in (FEW, MANY):
            data = folder / f"http-{people}"
            fill(data, people)
            server = running.enter_context(hall_server(data))
            jobs[people] = {"take": (takers(server), 201), "next": (callers(server), 200)}
            say(f"over HTTP: {people:,} wait")
        for number in range(ROUNDS + 1):
            for people, kinds in jobs.items():
                for what, (clients, status) in kinds.items():
                    began = time.perf_counter()
                    press_each(clients, {status}, EACH)
                    took = (time.perf_counter() - began) / (EACH * len(clients))
                    if number:
                        times[what][people].append(took)
            if number % 5 == 0:
                say(f"over HTTP: round {number}/{ROUNDS}")
    return times


def fill(data: Path, people: int) -> None:
    """So many waiting in a data folder, before its server starts: by the same steps, without the HTTP."""
    data.mkdir(parents=True)
    hall = load_hall(ROOT / "config/demo")
    store = open_store(
        data_dir=data,
        database_url="",
        clock=lambda: time.time_ns() // 1000,
        vault=load_vault(data),
        tokens=lambda: secrets.token_hex(6),
    )

    def all_of_them(tx: object, _: None, now: int) -> None:
        for step, request in takes(people):
            step(tx, request, now)  # type: ignore[arg-type]

    try:
        store.ensure_hall(hall.hall.id)
        store.write(hall.hall.id, reload_hall, ReloadRequest(SYSTEM, hall))
        for number in WINDOWS:
            store.write(hall.hall.id, counter.open_window, counter.WindowRequest(clerk(number), number))
        store.write(hall.hall.id, all_of_them)
    finally:
        store.close()


def takers(server: HallServer) -> list[Callable[[], int]]:
    token = server.signed_in("kiosk").token or ""
    clients = [Client(server.url, token) for _ in range(8)]
    return [lambda c=c: c.post("/api/v1/tickets", {"section": SECTION}) for c in clients]


def callers(server: HallServer) -> list[Callable[[], int]]:
    clients = {n: Client(server.url, server.signed_in(f"clerk{n}").token or "") for n in WINDOWS}
    return [lambda c=c, n=n: c.post(f"/api/v1/windows/{n}/next", {"finish": True}) for n, c in clients.items()]
