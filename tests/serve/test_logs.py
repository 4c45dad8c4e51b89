"""The log's lines are gathered for a moment, in order, and a warning waits for nothing."""

from __future__ import annotations

import io
import logging

from server import concurrency
from server.logs import TOGETHER_SECONDS, Formatter, GatheringHandler


def lines_of(stream: io.StringIO) -> list[str]:
    return stream.getvalue().splitlines()


def log_to(stream: io.StringIO) -> logging.Logger:
    log = logging.Logger("hall")
    handler = GatheringHandler(stream)
    handler.setFormatter(Formatter("%(levelname)s %(message)s"))
    log.addHandler(handler)
    return log


def test_lines_come_within_a_moment_in_the_order_they_were_written() -> None:
    stream = io.StringIO()
    log = log_to(stream)
    log.info("one")
    log.info("two")
    for _ in range(100):
        if lines_of(stream):
            break
        concurrency.sleep(TOGETHER_SECONDS / 4)
    assert lines_of(stream) == ["INFO one", "INFO two"]


def test_a_warning_is_written_at_once_after_what_came_before_it() -> None:
    stream = io.StringIO()
    log = log_to(stream)
    log.info("before")
    log.warning("the gateway is away")
    assert lines_of(stream) == ["INFO before", "WARNING the gateway is away"]


def test_a_line_s_time_is_the_one_python_would_write() -> None:
    record = logging.LogRecord("hall", logging.INFO, "", 0, "x", (), None)
    record.created, record.msecs = 1_795_000_000.25, 250.0
    assert Formatter().formatTime(record) == logging.Formatter().formatTime(record)
