"""Slips as pictures in the data folder: `address = "file"`, for demos and for trying a hall without paper."""

from __future__ import annotations

import itertools
import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # it takes 60 ms to load, and a hall without this printer never needs it
    from PIL import Image

KEPT = 50
NAME = re.compile(r"\d{8}T\d{6}_\d{6}_(?:[A-Z]\d{3}|guide)\.png")


class Folder:
    """Holds the newest slips; each name begins with the time, so that names sort by it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def put(self, picture: Image.Image, stamp: str, number: str) -> str:
        """Keep a picture; older ones than the newest fifty go. Blocks on the disk."""
        self.path.mkdir(parents=True, exist_ok=True)
        name = f"{stamp}_{number}.png"
        half = self.path / f".{name}"
        picture.save(half, "PNG")
        half.replace(self.path / name)
        for old in itertools.islice(self.names(), KEPT, None):
            (self.path / old).unlink(missing_ok=True)
        return name

    def names(self) -> list[str]:
        """Newest first."""
        if not self.path.is_dir():
            return []
        return sorted((one.name for one in self.path.iterdir() if NAME.fullmatch(one.name)), reverse=True)

    def file(self, name: str) -> Path | None:
        """The picture of that name; None for anything else."""
        found = self.path / name
        return found if NAME.fullmatch(name) and found.is_file() else None
