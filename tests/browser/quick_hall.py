"""The demo hall with calls a second apart, so that a browser test need not wait as long as a citizen."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from tests.support.server import ROOT, HallServer


def quick_hall(folder: Path) -> HallServer:
    """A server on a copy of the demo hall; start() and stop() are the caller's."""
    copy = folder / "hall"
    shutil.copytree(ROOT / "config/demo", copy)
    file = copy / "hall.toml"
    file.write_text(re.sub(r"(?m)^seconds_between = .*$", "seconds_between = 1", file.read_text()))
    return HallServer(folder / "data", hall=copy)
