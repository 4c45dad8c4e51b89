"""A real `run.py serve` in a process of its own, on a free port, with its own data folder."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from tests.support import warm
from tests.support.api import Api
from tests.support.warm import Forked

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "demo-pass-2026"
START_SECONDS = 60.0


class HallServer:
    """One serving process. `kill()` is a power cut, `stop()` is SIGTERM, `start()` comes back on the same data.

    `cold`: by the command itself, imports and all; otherwise tests/support/warm.py spares them.
    """

    def __init__(
        self,
        data_dir: Path,
        *,
        hall: Path | None = None,
        env: dict[str, str] | None = None,
        port: int = 0,
        cold: bool = False,
    ) -> None:
        self.data_dir = data_dir
        self.hall = hall
        self.extra_env = env or {}
        self.port = port
        self.cold = cold
        self.url = ""
        self.password = self.extra_env.get("YICHUANG_DEMO_PASSWORD", PASSWORD)
        self.process: subprocess.Popen[bytes] | Forked | None = None
        self.log = data_dir / "server.log"
        self._signed_in: dict[str, Api] = {}

    def start(self) -> HallServer:
        self.data_dir.mkdir(parents=True, exist_ok=True)
        arguments = ["serve", "--data", str(self.data_dir), "--port", str(self.port)]
        if self.hall:
            arguments += ["--hall", str(self.hall)]
        ready = self.data_dir / "serve.json"
        ready.unlink(missing_ok=True)
        env = self._env()
        if self.cold or not warm.POSSIBLE:
            with self.log.open("ab") as log:
                command = [sys.executable, "run.py", *arguments]
                self.process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=log)
        else:
            self.process = warm.start(env.get("YICHUANG_ASYNC_MODE", "eventlet"), arguments, env, self.log)
        self.url = json.loads(self._wait_for(ready))["url"]
        return self

    def _env(self) -> dict[str, str]:
        env = {
            k: v for k, v in os.environ.items() if not k.startswith("YICHUANG_") and k not in ("PORT", "DATABASE_URL")
        }
        env |= {
            "YICHUANG_DEMO_PASSWORD": self.password,
            "YICHUANG_PUBLIC_RATE_PER_MINUTE": "1000000",
            "PYTHONUNBUFFERED": "1",
        }
        return env | self.extra_env

    def _wait_for(self, ready: Path) -> str:
        assert self.process
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if ready.exists() and (text := ready.read_text()).endswith("\n"):
                return text
            if self.process.poll() is not None:
                raise AssertionError(f"the server ended with {self.process.returncode}:\n{self.tail()}")
            time.sleep(0.05)
        self.kill()
        raise AssertionError(f"the server was not ready in {START_SECONDS:.0f} s:\n{self.tail()}")

    def tail(self, lines: int = 60) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])

    def kill(self) -> None:
        """kill -9: nothing is flushed, nothing is said."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait(10)

    def stop(self, seconds: float = 15) -> int:
        """SIGTERM; the exit code. A server that does not end in time is killed and reported."""
        if not self.process:
            return 0
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(seconds)
            except subprocess.TimeoutExpired:
                self.kill()
                raise AssertionError(f"the server did not stop within {seconds} s:\n{self.tail()}") from None
        return self.process.returncode

    def restart(self) -> HallServer:
        """Start again on the same data; tokens stay good, addresses may change."""
        self._signed_in = {name: Api("", api.token) for name, api in self._signed_in.items()}
        self.start()
        for api in self._signed_in.values():
            api.url = self.url
        return self

    @property
    def api(self) -> Api:
        """A client that has not signed in."""
        return Api(self.url)

    def signed_in(self, username: str) -> Api:
        """A client for a demo account; signing in happens once a server."""
        if username not in self._signed_in:
            self._signed_in[username] = self.api.sign_in(username, self.password)
        return self._signed_in[username]

    def board(self) -> Any:
        return self.api.read("/board")
