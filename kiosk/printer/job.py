"""A picture as the bytes an ESC/POS printer takes: initialise, raster (GS v 0), cut, and a last question.

The question (GS r) is answered when everything before it has been printed.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Any

from PIL import Image

STRIP = 256  # dots of height in one raster command: small printers hold no more
ASK_WHEN_DONE = b"\x1dr\x01"


@cache
def escpos() -> Any:
    """python-escpos's printer that only collects bytes. Import it on the loop, not in `run_blocking`: it logs.

    Its own database of printers takes most of a second to read; ours names the one kind we need.
    """
    os.environ.setdefault("ESCPOS_CAPABILITIES_FILE", str(Path(__file__).with_name("capabilities.json")))
    from escpos import capabilities
    from escpos.printer import Dummy

    _sweep(capabilities)
    return Dummy


def _sweep(capabilities: Any) -> None:
    """The library leaves a folder behind at every start."""
    kept = Path(capabilities.pickle_path)
    if "ESCPOS_CAPABILITIES_PICKLE_DIR" not in os.environ:
        kept.unlink(missing_ok=True)
        kept.parent.rmdir()


def job(picture: Image.Image) -> bytes:
    """Everything the printer is sent for one slip."""
    printer = escpos()()
    printer.hw("INIT")
    printer.image(picture, impl="bitImageRaster", fragment_height=STRIP)
    printer.cut()
    return bytes(printer.output) + ASK_WHEN_DONE
