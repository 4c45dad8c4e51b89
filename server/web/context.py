"""What a request can reach: one `Services` a process, made by server.app."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from flask import current_app, g

from config.hall_devices import Printer
from config.hall_file import HallFile
from config.settings import Settings
from server.access.gate import Access
from server.access.identity import NOBODY, Identity
from server.concurrency import GreenLock
from server.domain.actor import Actor
from server.domain.guide_sheet import GuideSheet
from server.domain.slip import Slip
from server.store.blobs import Blobs
from server.store.store import Store
from server.store.vault import load_vault

if TYPE_CHECKING:
    from server.store.transaction import Tx
    from server.web.checks import Check

EXTENSION = "yichuang"
UPLOADS = 4
"""Files taken in at the same time; more wait."""


class Screens(Protocol):
    """The part of realtime's hub that HTTP shows: how many screens listen, by kind."""

    def connected(self) -> Mapping[str, int]: ...


class Pulse(Protocol):
    """The part of the SMS sender that HTTP shows."""

    def alive(self) -> bool: ...


class SlipPrinters(Protocol):
    """The kiosks' printers, as HTTP uses them."""

    def print(self, printer: Printer, paper: Slip | GuideSheet) -> None:
        """Raises a PrinterFailed when no slip came out."""

    def pictures(self) -> list[str]: ...

    def picture(self, name: str) -> Path | None: ...


class Voice(Protocol):
    """The part of the announcer that pages show."""

    def offer(self) -> dict[str, Any]:
        """{repeat, english, chime, fresh_seconds, languages}: what a display needs to speak."""
        ...

    def in_use(self) -> str:
        """Who speaks Mandarin: "recordings", "pyttsx3", or nobody: "chime"."""
        ...


@dataclass
class Services:
    """Everything a route works with. Times: `clock()` is integer microseconds UTC."""

    store: Store
    hall_id: str
    settings: Settings
    clock: Callable[[], int]
    access: Access
    hub: Screens | None = None
    sender: Pulse | None = None
    slips: SlipPrinters | None = None
    announcer: Voice | None = None
    checks: list[Callable[[], Check | list[Check]]] = field(default_factory=list)  # the health page's lines
    extra: dict[str, Any] = field(default_factory=dict)
    kept: Blobs | None = None
    uploads: GreenLock = field(default_factory=lambda: GreenLock(UPLOADS))  # each is in memory whole

    @property
    def blobs(self) -> Blobs:
        """The bytes of files."""
        if self.kept is None:
            self.kept = Blobs(self.settings.data_dir, load_vault(self.settings.data_dir))
        return self.kept

    def hall_file(self) -> HallFile:
        """The hall file in force, as the store has it (it keeps it parsed)."""
        return self.store.read(self.hall_id, _hall_in_force)


def _hall_in_force(rx: Tx) -> HallFile:
    return rx.rules.file


def services() -> Services:
    """The running hall's services; only inside an app or request context."""
    found: Services = current_app.extensions[EXTENSION]
    return found


def identity() -> Identity:
    """Who this request speaks for, as the guard found it; nobody on a request it never saw."""
    found: Identity = g.get("identity", NOBODY)
    return found


def actor() -> Actor:
    """The actor for a journey request's `by`."""
    return identity().actor
