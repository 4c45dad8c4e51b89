"""What the screens and phones weigh: the hall's memory with all of them, beside the bare server's with as many sockets."""

from __future__ import annotations

import time
from pathlib import Path

from benchmarks.push import PHONES, SCREENS, Stage, bare, ours, run
from benchmarks.report import Row, Say, at_most, quick

NAME = "Memory with all screens"


def megabytes(pid: int) -> float:
    """A process's proportional share of the memory it has touched (PSS)."""
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text("utf-8")
    return int(next(line for line in rollup.splitlines() if line.startswith("Pss:")).split()[1]) / 1024


def _used(stage: Stage) -> float:
    """After a while of calls, when buffers and caches have grown."""
    run(stage, 3 if quick() else 15)
    time.sleep(2)
    return megabytes(stage.pid)


def measure(say: Say) -> list[Row]:
    with bare() as stage:
        theirs = _used(stage)
    say(f"bare: {theirs:.0f} MB")
    with ours() as stage:
        our = _used(stage)
    say(f"ours: {our:.0f} MB")
    return [
        Row(
            f"more than the bare server, with {SCREENS} screens and {PHONES:,} phones",
            our - theirs,
            at_most(100),
            f"PSS {our:.0f} MB against {theirs:.0f} MB with as many sockets",
            "MB",
        )
    ]
