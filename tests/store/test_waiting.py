"""server/concurrency.py keeps its promises in each mode (a process each: patching cannot be undone)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from server import concurrency
from tests.store.waiting import CHECKS

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("mode", ["eventlet", "gevent", "threading"])
def test_waiting_works_in_every_mode(mode: str) -> None:
    command = [sys.executable, "-W", "ignore", "-m", "tests.store.waiting", mode]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_nothing_is_patched_unless_asked_for() -> None:
    assert concurrency.mode() == "threading"
    CHECKS["an_answer_reaches_everybody_who_waits"]()


def test_an_unknown_mode_is_refused() -> None:
    with pytest.raises(ValueError, match="eventlet, gevent or threading"):
        concurrency.patch("asyncio")  # type: ignore[arg-type]
