"""The hall's printers: one job at a time each, drawn off the loop, remembered well enough to say how they stand."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from config.hall_devices import Printer
from kiosk.printer.folder import Folder
from server import concurrency
from server.domain.guide_sheet import GuideSheet
from server.domain.slip import PrinterFailed, PrinterJammed, Slip

if TYPE_CHECKING:
    from PIL import Image

    from kiosk.printer.device import Status

log = logging.getLogger(__name__)
FILE = "file"
WARM_AFTER_SECONDS = 2.0  # the first pages go out first


@dataclass
class Place:
    """One printer's turn, and how its last job went."""

    turn: concurrency.GreenLock = field(default_factory=concurrency.GreenLock)
    failed: int = 0  # jobs so far
    last: PrinterFailed | None = None


class Printers:
    """Prints slips and lists of what to bring. `folder` is where the pictures of `address = "file"` go; `clock` gives microseconds UTC."""

    def __init__(self, folder: Path, clock: Callable[[], int]) -> None:
        self.folder = Folder(folder)
        self._clock = clock
        self._places: dict[str, Place] = {}
        self._drawing = concurrency.plain_lock()  # a font's face serves one thread at a time
        self._stopped = False

    def start(self, wanted: Callable[[], bool]) -> None:
        """Load what drawing needs shortly after the start, so that nobody's first slip waits for it."""
        concurrency.spawn(self._warm, wanted)

    def stop(self) -> None:
        self._stopped = True

    def _warm(self, wanted: Callable[[], bool]) -> None:
        concurrency.sleep(WARM_AFTER_SECONDS)
        if not self._stopped and wanted():
            _load()

    def place(self, printer: Printer) -> Place:
        return self._places.setdefault(f"{printer.id} {printer.address}", Place())

    def pictures(self) -> list[str]:
        """Names of the slips kept as pictures, newest first."""
        return self.folder.names()

    def picture(self, name: str) -> Path | None:
        """Where that picture is; None when there is none."""
        return self.folder.file(name)

    def print(self, printer: Printer, paper: Slip | GuideSheet) -> None:
        """Print it, after those before it. Raises PrinterFailed; whoever waited behind a failure hears it at once."""
        place = self.place(printer)
        failures = place.failed
        with place.turn:
            if place.failed != failures and place.last:
                raise type(place.last)()
            try:
                self._print(printer, paper)
            except PrinterFailed as why:
                place.failed, place.last = place.failed + 1, why
                raise
            except Exception as error:
                log.exception("printer %s: a slip could not be made", printer.id)
                place.failed, place.last = place.failed + 1, PrinterJammed()
                raise place.last from error
            place.last = None

    def look(self, printer: Printer) -> Status:
        """How a network printer stands, asked between its jobs. Raises PrinterUnreachable."""
        from kiosk.printer.device import look

        with self.place(printer).turn:
            return look(printer.address)

    def _print(self, printer: Printer, paper: Slip | GuideSheet) -> None:
        _load()
        if printer.address == FILE:
            stamp = f"{datetime.fromtimestamp(self._clock() / 1e6, UTC):%Y%m%dT%H%M%S_%f}"
            concurrency.run_blocking(self._keep, paper, printer.width_mm, stamp)
            return
        job = concurrency.run_blocking(self._job, paper, printer.width_mm)
        from kiosk.printer.device import print_job

        print_job(printer.address, job)

    def _job(self, paper: Slip | GuideSheet, width_mm: int) -> bytes:
        from kiosk.printer.job import job

        with self._drawing:
            return job(_draw(paper, width_mm))

    def _keep(self, paper: Slip | GuideSheet, width_mm: int, stamp: str) -> None:
        with self._drawing:
            picture = _draw(paper, width_mm)
        self.folder.put(picture, stamp, paper.number)


def _draw(paper: Slip | GuideSheet, width_mm: int) -> Image.Image:
    from kiosk.printer import guide_picture, picture

    return picture.draw(paper, width_mm) if isinstance(paper, Slip) else guide_picture.draw(paper, width_mm)


def _load() -> None:
    """On the loop, once: imports inside the blocking job could take a patched lock."""
    import qrcode  # noqa: F401
    from PIL import PngImagePlugin  # noqa: F401

    from kiosk.printer import guide_picture, job, picture  # noqa: F401

    job.escpos()
