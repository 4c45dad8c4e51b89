"""The servers that are measured: the hall, and a bare one beside it, each a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.report import ROOT
from tests.support.server import HallServer

TICKS = os.sysconf("SC_CLK_TCK")


def cpu_seconds(pid: int) -> float:
    """What a process has computed so far, its threads together: other programs' load does not count."""
    fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


@contextmanager
def bare_server(folder: Path) -> Iterator[tuple[str, int]]:
    """benchmarks/bare.py: its address and process id."""
    command = [sys.executable, "-m", "benchmarks.bare", str(folder / f"bare-{uuid.uuid4().hex[:6]}")]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        assert process.stdout
        yield process.stdout.readline().split()[1], process.pid
    finally:
        process.kill()
        process.wait()


@contextmanager
def hall_server(data: Path) -> Iterator[HallServer]:
    """`run.py serve` on this data folder, which need not be there."""
    server = HallServer(data, cold=True).start()
    try:
        yield server
    finally:
        server.kill()
