"""An announcer with real engines, real worker processes and a clock that tests turn."""

from __future__ import annotations

import ctypes.util
import io
import wave
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from config.hall_file import HallFile
from display.announcer.announcer import Announcer
from display.announcer.engines import Engine, Recordings
from display.announcer.worker_process import WorkerProcess
from display.announcer.zhuyin import FOLDER, missing
from server.store.events import Event
from tests.conftest import cannot
from tests.scene import SMALL_HALL

SECOND = 1_000_000
AREAS = [
    {"id": "east", "name": "东区", "voice": "both"},
    {"id": "west", "name": "西区", "voice": "voice"},
    {"id": "quiet", "name": "静音区", "voice": "silent"},
]
PLACES = ("east", "east", "west", "west", "quiet", "quiet")  # of windows 1 to 6


def hall_file(**voice: Any) -> HallFile:
    """The small hall with three areas: windows 1–2 east, 3–4 west, 5–6 where nothing is spoken."""
    windows = [{**w, "area": area} for w, area in zip(SMALL_HALL["windows"], PLACES, strict=True)]
    return HallFile.model_validate({**SMALL_HALL, "areas": AREAS, "windows": windows, "voice": voice})


def seconds(data: bytes) -> float:
    """How long a WAV file sounds; wave.Error when it is none."""
    with wave.open(io.BytesIO(data)) as sound:
        return sound.getnframes() / sound.getframerate()


def called(number: str, window: int, at: int, ticket: int = 1, kind: str = "called") -> Event:
    """A ticket event as the relay hands it on."""
    state = "called" if kind == "recalled" else kind
    data = {"id": ticket, "number": number, "window": window, "to": state}
    return Event(ticket, at, f"ticket.{kind}", ticket, window, data)


class Clock:
    """µs UTC."""

    def __init__(self) -> None:
        self.now = 1_795_395_600 * SECOND

    def __call__(self) -> int:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def recordings() -> Iterator[Recordings]:
    """Debian's recordings, in one worker for all tests."""
    if missing():
        cannot("no recordings: apt-get install gcin-voice")
    engine = Recordings(WorkerProcess(), FOLDER)
    yield engine
    engine.close()


@pytest.fixture(scope="session")
def system_espeak() -> None:
    if not ctypes.util.find_library("espeak-ng"):
        cannot("no espeak-ng in the system: apt-get install espeak-ng")


@pytest.fixture
def announcer(tmp_path: Path, clock: Clock) -> Iterator[Callable[..., Announcer]]:
    """`announcer(engines, voice={...}, **options)`; not started."""
    made: list[Announcer] = []

    def make(engines: Sequence[Engine], voice: dict[str, Any] | None = None, **options: Any) -> Announcer:
        file = hall_file(**(voice or {}))
        one = Announcer(tmp_path, lambda: file, clock, engines=engines, **options)
        made.append(one)
        return one

    yield make
    for one in made:
        one._stopping = True
        one._signal.set()
