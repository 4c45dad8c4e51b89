"""One network printer: send it a job, and know why when no slip comes out.

Every wait has an end, counted over all of it and not by the packet: a printer that swallows a byte a second is as
stuck as one that takes nothing. Sockets are the loop's own: other people are served meanwhile.
"""

from __future__ import annotations

import socket
import time
from dataclasses import dataclass

from server import concurrency
from server.domain.slip import PrinterCoverOpen, PrinterFailed, PrinterJammed, PrinterOutOfPaper, PrinterUnreachable

CONNECT_SECONDS = 2.0
SEND_SECONDS = 5.0
STATUS_SECONDS = 0.4  # one answer; printers give it within milliseconds or never
DONE_SECONDS = 2.0  # a slip of 15 cm is out in one second
ASK_PRINTER, ASK_CAUSE, ASK_PAPER = b"\x10\x04\x01", b"\x10\x04\x02", b"\x10\x04\x04"
OFFLINE = 0x08
COVER, PAPER_STOP, ERROR = 0x04, 0x20, 0x40
NO_PAPER, LITTLE_PAPER = 0x60, 0x0C


@dataclass(frozen=True, slots=True)
class Status:
    """What a printer says of itself; `answers` False: it says nothing, as many cheap ones."""

    answers: bool
    little_paper: bool = False
    trouble: type[PrinterFailed] | None = None


SILENT = Status(answers=False)


class Line:
    """An open connection to a printer, with deadlines in seconds."""

    def __init__(self, address: str) -> None:
        host, _, port = address.rpartition(":")
        self._place = (host.strip("[]"), int(port))
        self._socket = self._open(time.monotonic() + CONNECT_SECONDS)

    def _open(self, until: float) -> socket.socket:
        """A printer that serves another computer refuses for a moment: ask again until the time is up."""
        while (left := until - time.monotonic()) > 0:
            try:
                return socket.create_connection(self._place, timeout=left)
            except ConnectionRefusedError:
                concurrency.sleep(min(0.2, left))
            except OSError as error:
                raise PrinterUnreachable() from error
        raise PrinterUnreachable()

    def close(self) -> None:
        self._socket.close()

    def send(self, data: bytes, seconds: float) -> None:
        """All of it, in that time. Raises PrinterJammed, or PrinterUnreachable when the line breaks."""
        until, sent = time.monotonic() + seconds, 0
        while sent < len(data):
            left = until - time.monotonic()
            if left <= 0:
                raise PrinterJammed()
            self._socket.settimeout(left)
            try:
                sent += self._socket.send(data[sent : sent + 4096])
            except TimeoutError:
                raise PrinterJammed() from None
            except OSError as error:
                raise PrinterUnreachable() from error

    def receive(self, seconds: float) -> bytes:
        """What it says next; b"" when it says nothing in that time. Raises PrinterUnreachable when it hangs up."""
        self._socket.settimeout(max(0.01, seconds))
        try:
            said = self._socket.recv(64)
        except TimeoutError:
            return b""
        except OSError as error:
            raise PrinterUnreachable() from error
        if not said:
            raise PrinterUnreachable()
        return said

    def ask(self, question: bytes) -> int | None:
        """A byte of real-time status; None when the printer does not answer. Other chatter is passed over."""
        self.send(question, STATUS_SECONDS)
        until = time.monotonic() + STATUS_SECONDS
        while (left := until - time.monotonic()) > 0:
            for byte in self.receive(left):
                if byte & 0x93 == 0x12:
                    return byte
        return None


def status(line: Line) -> Status:
    """Online, paper, cover: asked in real time, also of a printer that is busy."""
    printer = line.ask(ASK_PRINTER)
    if printer is None:
        return SILENT
    paper = line.ask(ASK_PAPER) or 0
    if paper & NO_PAPER == NO_PAPER:
        return Status(True, True, PrinterOutOfPaper)
    trouble: type[PrinterFailed] | None = None
    if printer & OFFLINE:
        cause = line.ask(ASK_CAUSE) or 0
        if cause & PAPER_STOP:
            trouble = PrinterOutOfPaper
        elif cause & COVER:
            trouble = PrinterCoverOpen
        else:
            trouble = PrinterJammed
    return Status(True, bool(paper & LITTLE_PAPER), trouble)


def print_job(address: str, job: bytes) -> Status:
    """Print one slip; how the printer stands afterwards. Raises a PrinterFailed that says what is wrong."""
    line = Line(address)
    try:
        before = _checked(line)
        line.send(job, SEND_SECONDS)
        if not before.answers:
            return before  # it took everything: more cannot be known
        _wait_until_out(line)
        return _still_answering(line)
    finally:
        line.close()


def look(address: str) -> Status:
    """How the printer stands, without printing. Raises PrinterUnreachable."""
    line = Line(address)
    try:
        return status(line)
    finally:
        line.close()


def _checked(line: Line) -> Status:
    now = status(line)
    if now.trouble:
        raise now.trouble()
    return now


def _wait_until_out(line: Line) -> None:
    """Until GS r is answered, or for as long as a slip takes: not every printer knows that question."""
    until = time.monotonic() + DONE_SECONDS
    while (left := until - time.monotonic()) > 0:
        if any(byte & 0x90 == 0 for byte in line.receive(left)):
            return


def _still_answering(line: Line) -> Status:
    """It answered before the job: one that is silent after it is stuck."""
    now = _checked(line)
    if not now.answers:
        raise PrinterJammed()
    return now
