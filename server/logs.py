"""The log: lines to stderr, gathered for a moment and written together. Every request writes one.

A warning, or worse, is written at once, and all that came before it.
"""

from __future__ import annotations

import logging
import time
from typing import TextIO

from server import concurrency

TOGETHER_SECONDS = 0.2
MOST_LINES = 200


class GatheringHandler(logging.Handler):
    """Any number of tasks may write; nothing in `run_blocking` does (server.concurrency), so no lock is needed."""

    def __init__(self, stream: TextIO) -> None:
        super().__init__()
        self._stream = stream
        self._lines: list[str] = []

    def createLock(self) -> None:
        """None: adding to a list is atomic, and a lock of the loop's costs more than the rest of a line."""
        self.lock = None

    def emit(self, record: logging.LogRecord) -> None:
        try:
            self._lines.append(self.format(record))
            if record.levelno >= logging.WARNING or len(self._lines) >= MOST_LINES:
                self.flush()
            elif len(self._lines) == 1:
                concurrency.spawn(self._flush_soon)
        except Exception:
            self.handleError(record)

    def flush(self) -> None:
        lines, self._lines = self._lines, []
        if lines:
            self._stream.write("\n".join(lines) + "\n")
            self._stream.flush()

    def _flush_soon(self) -> None:
        concurrency.sleep(TOGETHER_SECONDS)
        self.flush()


class Formatter(logging.Formatter):
    """The day and time to the millisecond, worked out once a second."""

    _second, _shown = -1, ""

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:
        second = int(record.created)
        if second != self._second:
            self._second, self._shown = second, time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(second))
        return f"{self._shown},{int(record.msecs):03d}"


def start_log(stream: TextIO) -> None:
    """Lines to `stream`. What a line does not show is not looked up (see Python's manual, logging, "Optimization")."""
    handler = GatheringHandler(stream)
    handler.setFormatter(Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.INFO, handlers=[handler])
    logging._srcfile = None  # whose line it is: a walk up the stack
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
