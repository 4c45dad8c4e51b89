"""`run.py` as a person meets it: what it prints, and what it says when it cannot start."""

from __future__ import annotations

import functools
import os
import shutil
import socket
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.server import ROOT, HallServer


@pytest.fixture
def start_server(start_server: Callable[..., HallServer]) -> Callable[..., HallServer]:
    """Here by the very command."""
    return functools.partial(start_server, cold=True)


def run(*args: str, **env: str) -> subprocess.CompletedProcess[str]:
    clean = {k: v for k, v in os.environ.items() if not k.startswith("YICHUANG_") and k not in ("PORT", "DATABASE_URL")}
    return subprocess.run(
        [sys.executable, "run.py", *args], cwd=ROOT, env=clean | env, capture_output=True, text=True, timeout=120
    )


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["--help"], ["serve", "check-hall"]),
        (["serve", "--help"], ["--hall DIR", "--data DIR", "--host", "--port"]),
        (["check-hall", "--help"], ["DIR"]),
    ],
)
def test_every_command_has_its_help(args: list[str], words: list[str]) -> None:
    done = run(*args)
    assert done.returncode == 0
    assert all(word in done.stdout for word in words)


def test_the_demo_hall_has_no_problems() -> None:
    done = run("check-hall", "config/demo")
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_bad_hall_file_is_named_and_nothing_starts(tmp_path: Path) -> None:
    bad = tmp_path / "hall"
    shutil.copytree(ROOT / "config/demo", bad)
    (bad / "hall.toml").write_text((bad / "hall.toml").read_text("utf-8").replace("Asia/Shanghai", "Asia/Nowhere"))
    done = run("serve", "--hall", str(bad), "--data", str(tmp_path / "data"), "--port", "0")
    assert done.returncode == 2
    assert "hall.toml" in done.stderr and "Asia/Nowhere" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "data" / "yichuang.db").exists()


def test_a_port_in_use_gets_one_clear_sentence(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = run("serve", "--data", str(tmp_path), "--port", str(taken.getsockname()[1]))
    assert done.returncode == 1
    assert "PORT=" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("env", "word"),
    [
        ({"YICHUANG_PORT": "eighty"}, "port"),
        ({"YICHUANG_ASYNC_MODE": "asyncio"}, "async_mode"),
        ({"YICHUANG_SESSION_IDLE_MINUTES": "0"}, "session_idle_minutes"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path: Path, env: dict[str, str], word: str) -> None:
    done = run("serve", "--data", str(tmp_path), **env)
    assert done.returncode == 2
    assert word in done.stderr.lower()
    assert "Traceback" not in done.stderr


def test_an_unreachable_database_gets_one_clear_sentence(tmp_path: Path) -> None:
    url = "postgresql://nobody@127.0.0.1:1/nothing"
    done = run("serve", "--data", str(tmp_path), "--port", "0", DATABASE_URL=url)
    assert done.returncode == 1
    assert "数据库" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_that_cannot_be_written_gets_one_clear_sentence(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    done = run("serve", "--data", str(blocked / "data"), "--port", "0")
    assert done.returncode == 1
    assert "--data" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_second_process_on_the_same_data_is_refused(start_server: Callable[..., HallServer]) -> None:
    first = start_server()
    before = first.board()["seq"]
    done = run("serve", "--data", str(first.data_dir), "--port", "0")
    assert done.returncode == 1
    assert first.process and str(first.process.pid) in done.stderr
    assert first.board()["seq"] == before, "the first one goes on"


def test_it_prints_where_each_screen_is_and_how_to_sign_in(start_server: Callable[..., HallServer]) -> None:
    server = start_server(env={"YICHUANG_DEMO_PASSWORD": ""})
    said = server.tail()
    paths = ("/kiosk", "/display", "/terminal", "/manage", "/guide", "/inbox", "/api/docs")
    assert all(server.url + path in said for path in paths)
    password = (server.data_dir / "demo-password.txt").read_text().strip()
    assert f"{password} " in said
    server.password = password
    for name in ("admin", "manager", "guide", "kiosk", "display", "clerk1"):
        assert server.signed_in(name).token
    for path in paths:
        answer = server.api.http.get(server.url + path, allow_redirects=True, timeout=30)
        assert answer.status_code == 200, path
    server.stop()
    again = server.restart()
    assert again.api.sign_in("manager", password).token, "the password stays over a restart"
    secrets = [again.data_dir / "secret.key", again.data_dir / "demo-password.txt"]
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in secrets)


def test_a_changed_hall_file_is_in_force_after_a_restart(tmp_path: Path) -> None:
    hall = tmp_path / "hall"
    shutil.copytree(ROOT / "config/demo", hall)
    server = HallServer(tmp_path / "data", hall=hall, cold=True).start()
    name = server.api.read("/hall")["name"]
    ticket = server.signed_in("kiosk").do("/tickets", {"section": server.api.read("/hall")["sections"][0]["id"]})
    assert server.stop() == 0
    (hall / "hall.toml").write_text((hall / "hall.toml").read_text("utf-8").replace(name, "新名大厅"))
    try:
        server.restart()
        assert server.api.read("/hall")["name"] == "新名大厅"
        assert server.signed_in("manager").read(f"/tickets/{ticket['id']}")["state"] == "waiting"
    finally:
        server.kill()
