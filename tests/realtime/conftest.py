"""A whole hall inside the test's own process, on threads, so that a test can reach into it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from config.settings import Settings
from server import concurrency
from server.access import staff
from server.access.identity import Proof
from server.app import App, create_app, now_us
from server.domain.actor import SYSTEM
from server.journey.taking import TakeRequest, take_number
from tests.store_fixtures import migrated_file
from tests.support.demo_hall import bare_demo
from tests.support.hashes import quick_hashes
from tests.support.screen import Screen
from tests.support.server import PASSWORD


@dataclass
class Hall:
    """`ahead` is how far this hall's clock is ahead of the wall's, in microseconds."""

    ahead: int = 0
    app: App = field(init=False)
    url: str = ""

    def clock(self) -> int:
        return now_us() + self.ahead

    def do(self, step: Callable[..., Any], request: Any) -> Any:
        return self.app.store.write(self.app.hall_id, step, request)

    def take(self, count: int = 1) -> list[Any]:
        section = self.app.hall.sections[0].id
        request = TakeRequest(by=SYSTEM, section=section, item=None, phone=None)
        return [self.do(take_number, request) for _ in range(count)]

    @property
    def seq(self) -> int:
        return self.app.store.read(self.app.hall_id, lambda rx: rx.events.last_seq())

    def token(self, username: str = "display") -> str:
        return staff.sign_in(self.app.access, username, PASSWORD, "test").token

    def sign_out(self, token: str) -> None:
        identity = self.app.access.by_token(token, Proof.BEARER)
        assert identity
        staff.sign_out(self.app.access, identity)

    def screen(self, **auth: Any) -> Screen:
        return Screen(self.url, **auth)


@pytest.fixture
def hall(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hall]:
    monkeypatch.setenv("YICHUANG_DEMO_PASSWORD", PASSWORD)
    sock = concurrency.listen("127.0.0.1", 0)
    url = f"http://127.0.0.1:{sock.getsockname()[1]}"
    settings = Settings(
        data_dir=tmp_path / "data", hall_dir=bare_demo(), public_url=url, public_rate_per_minute=1_000_000
    )
    migrated_file(settings.data_dir)
    hall = Hall(url=url)
    with quick_hashes():
        hall.app = create_app(settings, clock=hall.clock)
        hall.app.start()
        stop = concurrency.serve(sock, hall.app.flask, 1000)
        yield hall
        stop()
        hall.app.stop()
