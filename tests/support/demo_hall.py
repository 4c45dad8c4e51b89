"""The demo hall without its catalogue: nothing is published at its start, and starting takes a third of a second less."""

from __future__ import annotations

import functools
import shutil
import tempfile
from pathlib import Path

DEMO = Path(__file__).parents[2] / "config/demo"


@functools.cache
def bare_demo() -> Path:
    """One copy a process, for tests that change nothing in it."""
    folder = Path(tempfile.mkdtemp(prefix="yichuang-demo-"))
    for file in DEMO.iterdir():
        if file.is_file():
            shutil.copy(file, folder)
    return folder
