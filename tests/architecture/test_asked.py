"""docs/asked.md names, for each thing asked for, where it is done and which test fails without it: all of them exist."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HEAD = ("| what is asked", "|---")
ROWS = [
    line
    for line in (ROOT / "docs/asked.md").read_text("utf-8").splitlines()
    if line.startswith("|") and not line.startswith(HEAD)
]
PATH = re.compile(r"(?:server|kiosk|display|window_terminal|sms|config|tests|docs|benchmarks)/[\w./-]*\w/?|run\.py")
TEST = re.compile(rf"({PATH.pattern})?::(\w+)")


@cache
def _defined(path: str) -> set[str]:
    return set(re.findall(r"def (test_\w+)", (ROOT / path).read_text("utf-8")))


def _cells(row: str) -> tuple[list[str], list[tuple[str, str]]]:
    """The places of a row and its (file, test) pairs; `::name` alone is of the file named before."""
    places, tests = row.strip("| ").split(" | ")[-2:]
    file, found = "", []
    for path, name in TEST.findall(tests):
        file = path or file
        found.append((file, name))
    return PATH.findall(places), found


def test_every_row_says_where_it_is_done_and_which_test_fails_without_it() -> None:
    assert len(ROWS) > 150
    without = [row for row in ROWS if not all(_cells(row))]
    assert not without


def test_every_place_and_every_test_named_exists() -> None:
    missing = []
    for places, tests in map(_cells, ROWS):
        missing += [place for place in places if not (ROOT / place).exists()]
        missing += [f"{file}::{name}" for file, name in tests if name not in _defined(file)]
    assert not missing
