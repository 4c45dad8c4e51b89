"""A hall of its own for each race: both stores on the default way of waiting, the two other ways on SQLite."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.conftest import fresh_database
from tests.support.api import Api
from tests.support.server import HallServer

ROUNDS = 200
DEFAULT = ("sqlite", "eventlet")
WAYS = [
    DEFAULT,
    ("postgres", "eventlet"),
    ("sqlite", "gevent"),
    ("postgres", "gevent"),
    ("sqlite", "threading"),
    ("postgres", "threading"),
]


@dataclass
class Race:
    """A server, one section of its hall, and windows that serve it, opened by their clerks."""

    server: HallServer
    section: str
    windows: list[int]
    rounds: int = 0
    clerks: dict[int, Api] = field(default_factory=dict)

    def kiosk(self) -> Api:
        """A connection of its own: a kiosk beside the others."""
        return Api(self.server.url, self.server.signed_in("kiosk").token)

    def take(self, kiosk: Api, **more: Any) -> Any:
        return kiosk.do("/tickets", {"section": self.section, **more})

    def open_windows(self) -> None:
        for number in self.windows:
            self.clerks[number] = self.server.signed_in(f"clerk{number}")
            self.clerks[number].do(f"/windows/{number}/open")

    @property
    def waiting(self) -> int:
        count: int = self.server.board()["waiting"][self.section]
        return count


def together(jobs: list[Callable[[], Any]]) -> list[Any]:
    """Run all at once, each in a thread of its own; their results in order."""
    with ThreadPoolExecutor(len(jobs)) as pool:
        return [future.result() for future in [pool.submit(job) for job in jobs]]


@pytest.fixture(scope="module", params=WAYS, ids="-".join)
def race_server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[HallServer]:
    """One server for each store and way of waiting."""
    store, mode = request.param
    env = {"YICHUANG_ASYNC_MODE": mode}
    with ExitStack() as stack:
        if store == "postgres":
            admin = request.getfixturevalue("postgres_admin_url")
            env["DATABASE_URL"] = stack.enter_context(fresh_database(admin))
        server = HallServer(tmp_path_factory.mktemp("race") / "data", env=env).start()
        stack.callback(server.kill)
        yield server


@pytest.fixture
def race(race_server: HallServer, request: pytest.FixtureRequest) -> Race:
    """A section with windows of its own that no other test of this server uses."""
    order = [one.name for one in request.session.items if one.fspath == request.node.fspath]
    names = sorted({name.partition("[")[0] for name in order})
    race = make_race(race_server, names.index(request.node.originalname))
    _, mode = request.node.callspec.params["race_server"]
    # Who wins is the store's matter, so each store has its full number of rounds, and each other way of waiting fewer.
    race.rounds = ROUNDS if mode == DEFAULT[1] else ROUNDS // 4
    return race


def make_race(server: HallServer, which: int = 0) -> Race:
    """The `which`-th section, among those with most windows that serve nothing else."""
    hall = server.api.read("/hall")
    own: dict[str, list[int]] = {}
    for window in hall["windows"]:
        if len(window["sections"]) == 1 and not window["items"]:
            own.setdefault(window["sections"][0], []).append(window["number"])
    section, windows = sorted(own.items(), key=lambda one: -len(one[1]))[which]
    assert len(windows) >= 2
    race = Race(server, section, windows[:4])
    race.open_windows()
    return race
