"""Fixtures for all tests: real servers, real PostgreSQL, a real browser.

What a machine cannot offer is skipped with a reason, and fails instead where YICHUANG_REQUIRE_SERVICES=1 (.ci/run).
"""

from __future__ import annotations

import gc
import itertools
import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pytest

from tests.store_fixtures import tidy_postgres
from tests.support.server import HallServer

# Debian's shell is Chromium without its windows: the same pages a third sooner.
CHROMIUM_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
CHROMIUM_ARGS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
CHROMIUM_ARGS += [
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
]  # a camera, for photographs of papers


def cannot(reason: str) -> None:
    """Skip here; fail where the service must be there."""
    if os.environ.get("YICHUANG_REQUIRE_SERVICES") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


# Seconds of a quiet machine, for files that take more than ten: the longest begin first, so that all workers end together.
SLOW_FILES = {
    "serve/test_case_to_the_door.py": 25,
    "races/test_power_cut.py": 80,
    "browser/test_voice.py": 65,
    "browser/test_readable.py": 45,
    "browser/test_phone.py": 40,
    "browser/test_kiosk.py": 40,
    "races/test_races.py": 40,
    "browser/test_display.py": 40,
    "browser/test_catalogue_editor.py": 45,
    "browser/test_manager.py": 35,
    "realtime/test_ways_of_waiting.py": 30,
    "sms/test_sender_process.py": 25,
    "browser/test_terminal_window.py": 25,
    "realtime/test_streams.py": 20,
    "serve/test_serve.py": 20,
    "store/test_processes.py": 20,
    "sms/test_sender.py": 17,
    "browser/test_terminal.py": 17,
    "browser/test_pad.py": 14,
    "browser/test_guide.py": 13,
    "realtime/test_instances.py": 11,
}


def pytest_configure(config: pytest.Config) -> None:
    """Once a run, before its workers begin."""
    if not hasattr(config, "workerinput"):
        tidy_postgres()
        in_memory()


MEMORY, ENOUGH = Path("/dev/shm"), 4 * 1024**3  # bytes


def in_memory() -> None:
    """The tests' folders, where memory can hold them: waiting for a disk a hundred thousand times took a fifth of all time.

    What a hall does for a power cut is tested by killing it; that its disk is waited for is one test's own (test_sqlite).
    """
    if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free >= ENOUGH:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


def pytest_collection_finish(session: pytest.Session) -> None:
    """What was imported and collected stays until the end: looking through it for garbage took a fifth of all time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files first, each file whole and in its order."""
    tests = Path(__file__).parent
    items.sort(key=lambda item: -SLOW_FILES.get(item.path.relative_to(tests).as_posix(), 0))


def pytest_xdist_auto_num_workers() -> int:
    """`-n auto`: two more than there are processors, for the slow tests wait half of their time."""
    return (os.cpu_count() or 1) + 2


# ---------------------------------------------------------------------------------------------- services


@pytest.fixture(scope="session")
def postgres_admin_url() -> str:
    """A PostgreSQL where databases may be made: YICHUANG_TEST_POSTGRES, else the local one."""
    import psycopg

    url = os.environ.get("YICHUANG_TEST_POSTGRES", "postgresql://root@127.0.0.1:5432/postgres")
    try:
        psycopg.connect(url, connect_timeout=3).close()
    except psycopg.Error as problem:
        cannot(f"no PostgreSQL at {url}: {problem}")
    return url


@contextmanager
def fresh_database(admin_url: str) -> Iterator[str]:
    """An empty PostgreSQL database, dropped afterwards."""
    import psycopg

    name = f"yichuang_test_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(admin_url, autocommit=True) as db:
        db.execute(f'CREATE DATABASE "{name}"')
    yield urlunsplit(urlsplit(admin_url)._replace(path=f"/{name}"))
    with psycopg.connect(admin_url, autocommit=True) as db:
        db.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@pytest.fixture
def postgres_url(postgres_admin_url: str) -> Iterator[str]:
    """An empty database of this test's own."""
    with fresh_database(postgres_admin_url) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgres"])
def store_env(request: pytest.FixtureRequest) -> dict[str, str]:
    """The environment of a server on each store in turn."""
    if request.param == "sqlite":
        return {}
    return {"DATABASE_URL": request.getfixturevalue("postgres_url")}


# ----------------------------------------------------------------------------------------------- servers


@pytest.fixture(scope="session")
def hall_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HallServer]:
    """The demo hall on the default store and async mode, shared by all tests that can live with each other's tickets."""
    server = HallServer(tmp_path_factory.mktemp("hall") / "data").start()
    yield server
    server.stop()


@pytest.fixture
def start_server(tmp_path: Path) -> Iterator[Callable[..., HallServer]]:
    """`start_server(hall=None, env={...}, cold=False)`: a server of this test's own, stopped at its end."""
    servers: list[HallServer] = []
    counter = itertools.count(1)

    def start(*, data: Path | None = None, **options: Any) -> HallServer:
        server = HallServer(data or tmp_path / f"data{next(counter)}", **options)
        servers.append(server)
        return server.start()

    yield start
    for server in servers:
        server.kill()


# ----------------------------------------------------------------------------------------------- browser


def chromium_path() -> str | None:
    """The machine's Chromium: YICHUANG_CHROMIUM, else whichever of the usual names is there."""
    return os.environ.get("YICHUANG_CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One Chromium for the session."""
    from playwright.sync_api import sync_playwright

    path = chromium_path()
    if not path:
        cannot("no Chromium: apt-get install chromium fonts-noto-cjk")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGS)
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser: Any) -> Iterator[Callable[..., Any]]:
    """`open_page(url, width, height, sign_in=(server, username), **context)`: a page in a context of its own.

    An exception in a page's script, or anything the content security policy stopped, fails the test.
    """
    contexts: list[Any] = []
    problems: list[str] = []

    def opened(url: str, width: int, height: int, sign_in: tuple[HallServer, str] | None = None, **options: Any) -> Any:
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        if sign_in:
            server, username = sign_in
            answer = context.request.post(
                server.url + "/api/v1/sessions",
                data={"username": username, "password": server.password},
                headers={"Idempotency-Key": uuid.uuid4().hex},
            )
            assert answer.ok, answer.text()
        page = context.new_page()
        page.on("pageerror", lambda error: problems.append(f"{page.url}: {error}"))
        page.on("console", lambda message: _note(problems, page.url, message))
        page.goto(url)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not problems, "\n".join(problems)


def _note(problems: list[str], url: str, message: Any) -> None:
    if message.type == "error" and "Content Security Policy" in message.text:
        problems.append(f"{url}: {message.text}")
