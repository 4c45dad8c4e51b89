"""A slip printer on the network: takes ESC/POS, answers for its state, and can fail in every way printers do.

It keeps what it "printed" as pictures decoded from the bytes, so that a test looks at the paper and not at a mock.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from PIL import Image

from kiosk.printer import device


@dataclass
class Paper:
    """What came out of the printer between two cuts."""

    strips: list[Image.Image] = field(default_factory=list)
    fed: int = 0
    cut: bool = False

    @property
    def picture(self) -> Image.Image:
        whole = Image.new("1", (self.strips[0].width, sum(one.height for one in self.strips)), 1)
        y = 0
        for strip in self.strips:
            whole.paste(strip, (0, y))
            y += strip.height
        return whole


class Printer:
    """Listens on a port of its own. `state` may be changed at any time:

    "ready", "silent" (prints, says nothing), "no_paper", "cover", "error", "little_paper", "jam" (takes the
    connection and its first questions, reads nothing of a job), "slow" (a byte at a time), "drop" (hangs up in the
    middle), "paper_ends" (runs out during the job), "deaf" (never answers GS r).
    """

    def __init__(self, state: str = "ready") -> None:
        self.state = state
        self.papers: list[Paper] = []
        self.received = bytearray()
        self.most_at_once = self._now = 0
        self._closing = threading.Event()
        self._server = socket.socket()
        self._server.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)  # as little as a real one has
        self._server.bind(("127.0.0.1", 0))
        self._server.listen(8)
        self._server.settimeout(0.05)
        self.address = f"127.0.0.1:{self._server.getsockname()[1]}"
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """From now on nobody answers at the address."""
        self._closing.set()
        self._thread.join(2)
        self._server.close()

    def _accept(self) -> None:
        while not self._closing.is_set():
            try:
                line, _ = self._server.accept()
            except (TimeoutError, OSError):
                continue
            threading.Thread(target=self._serve, args=(line,), daemon=True).start()

    def _serve(self, line: socket.socket) -> None:
        self._now += 1
        self.most_at_once = max(self.most_at_once, self._now)
        line.settimeout(5)
        try:
            Conversation(self, line).listen()
        except OSError:
            pass
        finally:
            self._now -= 1
            line.close()

    def hold(self) -> None:
        self._closing.wait(20)

    def answer(self, question: int) -> bytes:
        """To DLE EOT n, by the state the printer is in."""
        paper = {"no_paper": 0x60, "little_paper": 0x0C}.get(self.state, 0)
        offline = 0x08 if self.state in ("no_paper", "cover", "error") else 0
        cause = {"no_paper": 0x20, "cover": 0x04, "error": 0x40}.get(self.state, 0)
        return bytes([0x12 | {1: offline, 2: cause, 4: paper}[question]])


class Conversation:
    """One connection: a stream of commands, each read whole before it is obeyed."""

    def __init__(self, printer: Printer, line: socket.socket) -> None:
        self.printer, self.line = printer, line
        self.paper = Paper()

    def take(self, count: int) -> bytes:
        got = b""
        while len(got) < count:
            if len(got) > 2000 and self.printer.state == "jam":
                self.printer.hold()
            if self.printer.state == "slow" and count > 100:
                self.printer._closing.wait(0.05)
            piece = self.line.recv(1 if self.printer.state == "slow" else count - len(got))
            if not piece:
                raise ConnectionError
            got += piece
            self.printer.received += piece
            if self.printer.state == "drop" and count > 100:
                raise ConnectionError
        return got

    def listen(self) -> None:
        while True:
            match self.take(2):
                case b"\x10\x04":
                    question = self.take(1)[0]
                    if self.printer.state != "silent":
                        self.line.sendall(self.printer.answer(question))
                case b"\x1b@":
                    self.paper = Paper()
                case b"\x1dv":
                    self.raster()
                case b"\x1bd":
                    self.paper.fed = self.take(1)[0]
                case b"\x1dV":
                    self.take(1)
                    self.cut()
                case b"\x1dr":
                    self.take(1)
                    if self.printer.state not in ("silent", "deaf", "no_paper"):
                        self.line.sendall(b"\x00")
                case other:
                    raise AssertionError(f"no such command: {other!r}")

    def raster(self) -> None:
        zero, mode, xl, xh, yl, yh = self.take(6)
        assert (zero, mode) == (0x30, 0)
        width, height = xl + 256 * xh, yl + 256 * yh
        dots = bytes(byte ^ 0xFF for byte in self.take(width * height))  # a set bit is a black dot
        self.paper.strips.append(Image.frombytes("1", (8 * width, height), dots))
        if self.printer.state == "paper_ends":
            self.printer.state = "no_paper"

    def cut(self) -> None:
        self.paper.cut = True
        if self.printer.state != "no_paper":
            self.printer.papers.append(self.paper)
        self.paper = Paper()


@contextmanager
def printers() -> Iterator[Callable[..., Printer]]:
    """A function that makes printers, `make("jam")`; all are switched off at the end."""
    made: list[Printer] = []

    def make(state: str = "ready") -> Printer:
        made.append(Printer(state))
        return made[-1]

    try:
        yield make
    finally:
        for one in made:
            one.close()


def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """The printer's deadlines, shorter, but long enough for a busy machine."""
    for name, seconds in (("CONNECT", 0.4), ("SEND", 0.6), ("STATUS", 0.3), ("DONE", 0.8)):
        monkeypatch.setattr(device, f"{name}_SECONDS", seconds)
