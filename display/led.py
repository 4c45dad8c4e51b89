"""LED strips above the windows ([leds] of the hall file): one line of text whenever a window's number or state changes.

The contract: a TCP connection the hall opens and keeps to the strip's address; each line is the whole text now to be
shown, in the strip's encoding, ended by one newline. The line is sent anew after every reconnection and every
HEARTBEAT seconds; what the strip answers is read and ignored. A strip that cannot be reached is tried again, ever less
often up to RETRY_MOST seconds, and holds nobody up.
"""

from __future__ import annotations

import logging
import socket
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from config.hall_devices import LedStrip
from server import concurrency
from server.domain.ticket import State
from server.domain.window import WindowState
from server.store.events import Event
from server.store.store import Store

if TYPE_CHECKING:
    from server.store.transaction import Tx

log = logging.getLogger(__name__)

CONNECT_SECONDS, SEND_SECONDS = 3.0, 5.0
HEARTBEAT = 10.0
RETRY_FIRST, RETRY_MOST = 0.5, 30.0

WORDS = {
    "called": ("叫号", "calling"),
    "serving": ("办理", "serving"),
    "paused": ("暂停", "paused"),
    "closed": ("未开放", "closed"),
    "idle": ("空闲", "free"),
}


def strip_text(strip: LedStrip, number: str, state: str) -> str:
    """The line a strip shows; what an absent number leaves behind is closed up."""
    zh, en = WORDS[state]
    return " ".join(strip.template.format(window=strip.window, number=number, state=zh, state_en=en).split())


def counters(rx: Tx) -> tuple[list[LedStrip], dict[int, tuple[str, str]]]:
    """The strips of the hall file, and each window's (number or "", state)."""
    strips = rx.rules.file.leds.strips
    tickets = {t.id: t for t in rx.tickets.in_states([State.CALLED, State.SERVING])} if strips else {}
    found = {}
    for window in rx.windows.all() if strips else ():
        ticket = tickets.get(window.ticket_id or 0)
        if ticket:
            found[window.number] = ticket.number, str(ticket.state)
        elif window.state in (WindowState.CLOSED, WindowState.PAUSED):
            found[window.number] = "", str(window.state)
        else:
            found[window.number] = "", "idle"
    return strips, found


class Line:
    """One strip's connection: shows the last text it was given, as soon as it can."""

    def __init__(self, strip: LedStrip) -> None:
        self.strip = strip
        self._text = ""
        self._news = concurrency.Signal()
        self._stopping = False
        self._connection: socket.socket | None = None

    @property
    def connected(self) -> bool:
        return self._connection is not None

    def show(self, text: str) -> None:
        """Returns at once."""
        if text != self._text:
            self._text = text
            self._news.set()

    def stop(self) -> None:
        self._stopping = True
        self._news.set()

    def run(self) -> None:
        pause = RETRY_FIRST
        while not self._stopping:
            began = time.monotonic()
            try:
                with self._open() as connection:
                    if pause == RETRY_FIRST:
                        log.info("LED strip %s is connected", self.strip.address)
                    self._keep(connection)
            except OSError as error:
                if pause == RETRY_FIRST:
                    log.warning("LED strip %s: %s; trying again", self.strip.address, error)
            if time.monotonic() - began > HEARTBEAT:  # it held; one that hangs up at once is tried ever less often
                pause = RETRY_FIRST
            self._connection = None
            if not self._stopping:
                concurrency.sleep(pause)
                pause = min(2 * pause, RETRY_MOST)

    def _open(self) -> socket.socket:
        host, _, port = self.strip.address.rpartition(":")
        connection = socket.create_connection((host.strip("[]"), int(port)), timeout=CONNECT_SECONDS)
        connection.settimeout(SEND_SECONDS)
        self._connection = connection
        return connection

    def _keep(self, connection: socket.socket) -> None:
        concurrency.spawn(self._drain, connection)
        sent, woken = None, True
        while not self._stopping and self._connection is connection:
            text = self._text
            if text != sent or not woken:
                connection.sendall(text.encode(self.strip.encoding, "replace") + b"\n")
                sent = text
            woken = self._news.wait(HEARTBEAT)

    def _drain(self, connection: socket.socket) -> None:
        """Read what the strip answers, to learn at once when it is gone."""
        while not self._stopping and self._connection is connection:
            try:
                if not connection.recv(4096):
                    break
            except TimeoutError:
                continue
            except OSError:
                break
        if self._connection is connection:
            self._connection = None
            self._news.set()


class Leds:
    """All strips of the hall, and one task that reads what they show."""

    def __init__(self, store: Store, hall_id: str) -> None:
        self._store = store
        self._hall_id = hall_id
        self._lines: dict[LedStrip, Line] = {}
        self._wake = concurrency.Signal()
        self._stopping = False

    def start(self) -> None:
        self._wake.set()
        concurrency.spawn(self._run)

    def stop(self) -> None:
        self._stopping = True
        self._wake.set()
        for line in self._lines.values():
            line.stop()

    def on_events(self, events: list[Event]) -> None:
        """Something happened; only looked at when it may be seen on a strip."""
        if not events or any(event.type == "hall.reloaded" or (self._lines and _concerns(event)) for event in events):
            self._wake.set()

    def lines(self) -> list[Line]:
        return list(self._lines.values())

    def _run(self) -> None:
        while not self._stopping:
            self._wake.wait(60)
            try:
                if not self._stopping:
                    self.look()
            except Exception:
                log.exception("the LED strips could not be told; trying again")
                concurrency.sleep(1)
                self._wake.set()

    def look(self, begin: Callable[[Callable[[], None]], object] = concurrency.spawn) -> None:
        """Give every strip what its window shows now; begin and end lines as the hall file says."""
        strips, windows = self._store.read(self._hall_id, counters)
        for gone in self._lines.keys() - set(strips):
            self._lines.pop(gone).stop()
        for strip in strips:
            line = self._lines.get(strip)
            text = strip_text(strip, *windows.get(strip.window, ("", "closed")))
            if line is None:
                line = self._lines[strip] = Line(strip)
                line.show(text)
                begin(line.run)
            line.show(text)


def _concerns(event: Event) -> bool:
    return event.type.startswith(("ticket.", "window."))
