"""A real store (SQLite) with the demo hall loaded, and a clock that tests turn by hand. No Flask."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from config.hall_file import HallFile, load_hall
from config.settings import Settings
from server.access.first_start import ensure_accounts
from server.access.gate import Access
from server.access.identity import Identity, Proof
from server.access.links import new_link
from server.access.staff import SignedIn, sign_in
from server.domain.actor import SYSTEM
from server.journey.supervising import ReloadRequest, reload_hall
from server.store.store import Store, open_store
from server.store.vault import load_vault
from tests.store_fixtures import database, migrated_file
from tests.support.hashes import quick_hashes

PASSWORD = "demo-pass-2026"
MINUTE = 60_000_000


class Clock:
    def __init__(self) -> None:
        self.now = 1_795_395_600_000_000

    def __call__(self) -> int:
        return self.now

    def pass_minutes(self, minutes: float) -> None:
        self.now += int(minutes * MINUTE)


@dataclass
class Gate:
    """Access with its store, clock and hall."""

    access: Access
    store: Store
    clock: Clock
    hall: HallFile
    settings: Settings

    @property
    def hall_id(self) -> str:
        return self.access.hall_id

    def sign_in(self, username: str, password: str = PASSWORD, address: str = "10.0.0.1") -> SignedIn:
        return sign_in(self.access, username, password, address)

    def who(self, token: str, *, touch: bool = True) -> Identity | None:
        """As a request two seconds later would be judged, when nothing is trusted from before."""
        self.access.forget()
        return self.access.by_token(token, Proof.BEARER, touch=touch)


@pytest.fixture(scope="session")
def demo_hall() -> HallFile:
    return load_hall(Path("config/demo"))


@pytest.fixture(params=["sqlite", "postgres"])
def gate(request: pytest.FixtureRequest, tmp_path: Path, demo_hall: HallFile) -> Iterator[Gate]:
    """On each store in turn."""
    if request.param == "sqlite":
        migrated_file(tmp_path)
    with quick_hashes(), database(request.param) as url:
        yield from _gate(tmp_path, url, demo_hall)


def _gate(tmp_path: Path, url: str, demo_hall: HallFile) -> Iterator[Gate]:
    clock = Clock()
    settings = Settings(data_dir=tmp_path, demo_password=PASSWORD)  # type: ignore[call-arg]
    store = open_store(data_dir=tmp_path, database_url=url, clock=clock, vault=load_vault(tmp_path), tokens=new_link)
    hall_id = demo_hall.hall.id
    store.ensure_hall(hall_id)
    store.write(hall_id, reload_hall, ReloadRequest(SYSTEM, demo_hall))
    ensure_accounts(store, hall_id, demo_hall, settings)
    yield Gate(Access(store, hall_id, settings, clock), store, clock, demo_hall, settings)
    store.close()
