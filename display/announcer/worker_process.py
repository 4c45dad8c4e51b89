"""The process that renders, seen from the server: started when first needed, one job at a time, restarted when it
hangs or dies. Everything here waits on the loop, never blocks it."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, Final

from server import concurrency

Json = dict[str, Any]
ROOT: Final = Path(__file__).resolve().parents[2]
START_SECONDS: Final = 20.0  # its first job imports the libraries, on a busy machine
JOB_SECONDS: Final = 8.0
COMMAND: Final = (sys.executable, "-m", "display.announcer.worker")


class WorkerFailed(Exception):
    """It hung, died, or could not do the job: what it said."""


class WorkerProcess:
    """One worker. `ask` may be called by any number of tasks; they take turns."""

    def __init__(
        self,
        command: tuple[str, ...] = COMMAND,
        *,
        start_seconds: float = START_SECONDS,
        job_seconds: float = JOB_SECONDS,
    ) -> None:
        self._command = command
        self._start_seconds = start_seconds
        self._job_seconds = job_seconds
        self._turn = concurrency.GreenLock()
        self._process: subprocess.Popen[bytes] | None = None
        self._line: socket.socket | None = None
        self._closed = False
        self.starts = 0

    @property
    def pid(self) -> int | None:
        """The process's id while it lives."""
        return self._process.pid if self._process and self._process.poll() is None else None

    def ask(self, job: Json) -> Json:
        """The answer. A worker that died since the last job is replaced and asked once more; WorkerFailed otherwise."""
        with self._turn:
            fresh = self._line is None
            try:
                return self._asked(job)
            except EOFError as died:
                if fresh:
                    raise WorkerFailed(str(died)) from died
            try:
                return self._asked(job)
            except EOFError as died:
                raise WorkerFailed(str(died)) from died

    def close(self) -> None:
        """End it, whatever it does."""
        self._closed = True
        self._end()

    def _asked(self, job: Json) -> Json:
        """EOFError: it died. A time-out ends it: who knows what state it is in."""
        seconds = self._job_seconds if self._line else self._start_seconds
        line = self._line or self._start()
        try:
            line.sendall(json.dumps(job).encode() + b"\n")
            answer: Json = json.loads(_line_within(line, seconds))
        except TimeoutError:
            self._end()
            raise WorkerFailed(f"no answer in {seconds:g} s") from None
        except (OSError, ValueError, EOFError):
            self._end()
            raise EOFError("the worker died") from None
        if "error" in answer:
            raise WorkerFailed(str(answer["error"]))
        return answer

    def _start(self) -> socket.socket:
        if self._closed:
            raise WorkerFailed("the hall is closing")
        ours, theirs = socket.socketpair()
        try:
            self._process = subprocess.Popen(
                [*self._command, str(theirs.fileno())],
                cwd=ROOT,
                env={**os.environ, "PYTHONPATH": str(ROOT)},
                pass_fds=(theirs.fileno(),),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        except OSError as problem:
            ours.close()
            raise WorkerFailed(f"the worker cannot be started: {problem}") from problem
        finally:
            theirs.close()
        self.starts += 1
        self._line = ours
        return ours

    def _end(self) -> None:
        line, process = self._line, self._process
        self._line = self._process = None
        if line:
            line.close()
        if process:
            process.kill()
            process.wait()


def _line_within(line: socket.socket, seconds: float) -> bytes:
    """Up to the next newline. TimeoutError; EOFError when the other end is gone."""
    until = time.monotonic() + seconds
    got = b""
    while not got.endswith(b"\n"):
        line.settimeout(max(0.01, until - time.monotonic()))
        more = line.recv(4096)
        if not more:
            raise EOFError
        got += more
        if time.monotonic() > until:
            raise TimeoutError
    return got
