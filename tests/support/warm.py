"""`run.py serve` without the second that importing takes: a process that has imported the server forks for each start.

What a server does after its imports is the same. tests/serve starts the real command, and so does every machine but Linux.
"""

from __future__ import annotations

import atexit
import ctypes
import functools
import json
import os
import select
import subprocess
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
POSSIBLE = sys.platform == "linux"
SET_CHILD_SUBREAPER = 36  # prctl(2): a server becomes the tests' own child when the one between has ended


class Forked:
    """A started server, with as much of subprocess.Popen as tests/support/server.py uses."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """The exit code, or None while it runs."""
        if self.returncode is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.returncode = os.waitstatus_to_exitcode(status)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int | None:
        """The exit code. subprocess.TimeoutExpired after `timeout` seconds."""
        if self.returncode is None:
            ended = os.pidfd_open(self.pid)
            try:
                if not select.select([ended], [], [], timeout)[0]:
                    raise subprocess.TimeoutExpired(f"server {self.pid}", timeout or 0)
            finally:
                os.close(ended)
        return self.poll()

    def send_signal(self, number: int) -> None:
        """Send it, unless the process is known to have ended."""
        if self.poll() is None:
            os.kill(self.pid, number)


def start(mode: str, arguments: list[str], env: dict[str, str], log: Path) -> Forked:
    """A server for `run.py` with these arguments and this environment, both of its outputs added to `log`."""
    parent = _parent(mode)
    assert parent.stdin and parent.stdout
    wanted = {"arguments": arguments, "env": env, "log": str(log)}
    parent.stdin.write(json.dumps(wanted) + "\n")
    parent.stdin.flush()
    return Forked(int(parent.stdout.readline()))


@functools.cache
def _parent(mode: str) -> subprocess.Popen[str]:
    """The process that has imported the server for this way of waiting."""
    ctypes.CDLL(None).prctl(SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    command = [sys.executable, "-m", "tests.support.warm", mode]
    parent = subprocess.Popen(command, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    atexit.register(parent.kill)
    return parent


def main(mode: str) -> None:
    """Import, then fork for every line of standard input. Ends with it."""
    import run
    from server import concurrency

    concurrency.patch(mode)  # type: ignore[arg-type]  # before the rest, as run.py does
    import psycopg
    import redis

    import server.app
    import server.banner
    import server.serve

    del psycopg, redis, server

    for line in sys.stdin:
        wanted = json.loads(line)
        reading, writing = os.pipe()
        between = os.fork()
        if between == 0:
            pid = os.fork()
            if pid == 0:
                os.close(reading)
                os.close(writing)
                _become(mode, wanted["env"], wanted["log"])
                _serve(run.main, wanted["arguments"])
            os.write(writing, f"{pid}\n".encode())
            os._exit(0)
        os.close(writing)
        os.waitpid(between, 0)
        sys.stdout.write(os.read(reading, 32).decode())
        sys.stdout.flush()
        os.close(reading)


def _serve(command: Callable[[list[str]], int], arguments: list[str]) -> None:
    code = 1
    try:
        code = command(arguments)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _become(mode: str, env: dict[str, str], log: str) -> None:
    os.environ.clear()
    os.environ.update(env)
    nothing, out = os.open(os.devnull, os.O_RDONLY), os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    for fd, target in ((nothing, 0), (out, 1), (out, 2)):
        os.dup2(fd, target)
    if mode == "eventlet":
        from eventlet import hubs

        hubs.use_hub()  # importing made one, which would be shared with every other server


if __name__ == "__main__":
    main(sys.argv[1])
