"""A hall for the clerks' terminal, and a desk in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.browser.case_scene import Cases
from tests.browser.desks import HEIGHT, WIDTH, tidy
from tests.browser.quick_hall import quick_hall
from tests.browser.terminal_desk import state
from tests.support.server import HallServer


@pytest.fixture(scope="session")
def clerk_hall_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HallServer]:
    """A hall with one second between calls, so that a no-show can be tried without a long wait."""
    server = quick_hall(tmp_path_factory.mktemp("terminal")).start()
    yield server
    server.stop()


@pytest.fixture
def clerk_hall(clerk_hall_server: HallServer) -> Iterator[HallServer]:
    """The hall, left empty and closed after each test."""
    yield clerk_hall_server
    tidy(clerk_hall_server)


@pytest.fixture
def desk(clerk_hall: HallServer, open_page: Callable[..., Any]) -> Callable[..., Any]:
    """`desk(3)`: window 3's terminal, signed in as clerk3; unless `opened=False`, F1 has opened it."""

    def sit(number: int, *, opened: bool = True) -> Any:
        page = open_page(
            f"{clerk_hall.url}/terminal?window={number}", WIDTH, HEIGHT, sign_in=(clerk_hall, f"clerk{number}")
        )
        page.set_default_timeout(8000)
        page.get_by_test_id("window-state").wait_for()
        if opened:
            page.keyboard.press("F1")
            state(page, "开放")
        return page

    return sit


@pytest.fixture(scope="session")
def phone_hall_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HallServer]:
    """A hall with one second between calls and window 26 open, for citizens' own pages."""
    server = quick_hall(tmp_path_factory.mktemp("phone-hall")).start()
    server.signed_in("clerk26").do("/windows/26/open")
    yield server
    server.stop()


@pytest.fixture(scope="session")
def case_hall_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HallServer]:
    """The demo hall with its items in force and people behind the counter."""
    server = HallServer(tmp_path_factory.mktemp("cases")).start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def cases(case_hall_server: HallServer) -> Cases:
    """Opens cases there; each test makes its own and looks for no others."""
    return Cases(case_hall_server)
