"""What a benchmark says: rows with a figure and the limit it was to keep, and the page that shows them all."""

from __future__ import annotations

import os
import platform
import sqlite3
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LIBRARIES = ("flask", "flask-socketio", "eventlet", "pydantic", "psycopg")

# Set in the environment by --quick and --share, so that a benchmark's own processes know too.
QUICK, SHARE = "BENCH_QUICK", "BENCH_SHARE"

Say = Callable[[str], None]


def quick() -> bool:
    """Whether less of everything is wanted, to see that it runs."""
    return os.environ.get(QUICK) == "1"


@dataclass(frozen=True, slots=True)
class Limit:
    """A figure's bound: no less, or no more, than `value`."""

    value: float
    least: bool

    def kept_by(self, figure: float) -> bool:
        return figure >= self.value if self.least else figure <= self.value

    def __str__(self) -> str:
        return f"{'≥' if self.least else '≤'} {written(self.value)}"


def at_least(value: float) -> Limit:
    return Limit(value, least=True)


def at_most(value: float) -> Limit:
    return Limit(value, least=False)


@dataclass(frozen=True, slots=True)
class Row:
    """One figure. `limit` is None where nothing was promised; `unit` is empty for a ratio."""

    what: str
    ratio: float
    limit: Limit | None
    detail: str
    unit: str = ""

    @property
    def missed(self) -> bool:
        return self.limit is not None and not self.limit.kept_by(self.ratio)

    @property
    def verdict(self) -> str:
        return "" if self.limit is None else "**missed**" if self.missed else "met"


@dataclass(frozen=True, slots=True)
class Section:
    """What one module measured, and how long it took in seconds."""

    module: str
    name: str
    rows: Sequence[Row]
    seconds: float


def written(figure: float) -> str:
    """Whole above a hundred, otherwise three digits."""
    return f"{figure:,.0f}" if abs(figure) >= 100 else f"{figure:.3g}"


def table(rows: Sequence[Row]) -> list[str]:
    lines = ["| measured | figure | promised | | how it came about |", "|---|---|---|---|---|"]
    for row in rows:
        figure = f"{written(row.ratio)} {row.unit}".strip()
        promised = "" if row.limit is None else f"{row.limit} {row.unit}".strip()
        lines.append(f"| {row.what} | {figure} | {promised} | {row.verdict} | {row.detail} |")
    return lines


def machine() -> list[str]:
    """Where and with what this was measured, as lines of Markdown."""
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    return [
        f"- Machine: {_processor()}, {os.cpu_count()} cores, shared by the server and its clients;"
        f" {_memory_gb():.0f} GB, {platform.system()} {platform.release()}.",
        f"- Versions: 一窗 at {_commit()}; Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
        f" with `synchronous=FULL`, {libraries}.",
    ]


def page(sections: Sequence[Section]) -> str:
    """docs/benchmarks.md."""
    rows = [row for section in sections for row in section.rows]
    promised = [row for row in rows if row.limit is not None]
    missed = [row for row in promised if row.missed]
    lines = [
        "# What the hall costs",
        "",
        f"Written by `make bench` on {datetime.now(UTC):%Y-%m-%d}: {len(promised) - len(missed)} of"
        f" {len(promised)} promises met. Trust the ratios, each measured in one run on one machine, not the absolutes.",
        "",
        *machine(),
        "- One part alone: `python -m benchmarks NAME`, NAME being the word in brackets below.",
    ]
    for section in sections:
        lines += ["", f"## {section.name} (`{section.module}`, {section.seconds:.0f} s)", "", *table(section.rows)]
    return "\n".join([*lines, ""])


def _commit() -> str:
    command = ["git", "describe", "--always", "--dirty"]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return found.stdout.strip() or "an unknown commit"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        lines = []
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.machine())


def _memory_gb() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
