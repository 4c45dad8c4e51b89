"""How a message reaches a socket: encoded once for all who hear it, and written without waking a task for each.

Flask-SocketIO puts every message into every recipient's queue and wakes a task to take it out, frame it and write it:
for 200 screens most of the time from a click to the last screen. Here the bytes that leave are made once. On eventlet
they are written straight to each websocket that is idle. Whatever is not (a client that still polls, one that is behind,
another way of waiting) gets the message through its queue as ever, in the same order.

This leans on three names inside the libraries (engine.io's table of drivers, and eventlet's `_sendlock` and
`socket.fd`); tests/realtime/test_wire.py fails when a new version knows them no more.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from engineio.packet import MESSAGE, Packet
from engineio.socket import Socket

from server import concurrency
from server.domain.json_text import to_json
from server.realtime.envelope import NAMESPACE

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Message:
    """One Socket.IO event of the hall, as engine.io queues it and as a websocket carries it."""

    packet: Packet
    frame: bytes


def encode(name: str, body: Any) -> Message:
    """The event `name` with one argument."""
    packet = Packet(MESSAGE, f"2{NAMESPACE},{to_json([name, body])}")
    return Message(packet, text_frame(packet.encode().encode()))


def text_frame(text: bytes) -> bytes:
    """A whole text message of a server (RFC 6455, 5.2): final, not masked, not compressed."""
    size = len(text)
    if size < 126:
        return bytes((0x81, size)) + text
    if size < 65536:
        return b"\x81\x7e" + size.to_bytes(2, "big") + text
    return b"\x81\x7f" + size.to_bytes(8, "big") + text


class Wire:
    """The sockets of one Socket.IO server. The hub is its only user."""

    def __init__(self, server: Any) -> None:
        """`server` is python-socketio's. Call before the first client comes."""
        self._server = server
        self._write = _write if concurrency.mode() == "eventlet" else None
        if self._write:
            _remember_websockets(server.eio)

    def line(self, sid: str) -> Socket | None:
        """The way to a client: None when it is gone."""
        return self._server.eio.sockets.get(self._server.manager.eio_sid_from_sid(sid, NAMESPACE))

    def send(self, lines: Iterable[Socket], messages: Sequence[Message]) -> None:
        """Send the same messages to each, in this order and after whatever each was sent before."""
        frames = b"".join(message.frame for message in messages)
        for line in lines:
            if line.closed or (self._write and self._write(line, frames)):
                continue
            for message in messages:
                self._server.eio.send_packet(line.sid, message.packet)

    def hang_up(self, sid: str) -> None:
        """End a connection."""
        self._server.disconnect(sid, namespace=NAMESPACE)


def _remember_websockets(eio: Any) -> None:
    """Let each engine.io socket keep the websocket it writes to, which only its own tasks know otherwise."""
    driver: Callable[..., Any] = eio._async["websocket"]

    def remembering(handler: Callable[..., Any], *more: Any) -> Any:
        socket: Socket = handler.__self__  # type: ignore[attr-defined]

        def run(websocket: Any) -> Any:
            socket.websocket = websocket
            return handler(websocket)

        return driver(run, *more)

    eio._async = {**eio._async, "websocket": remembering}


def _write(line: Socket, frames: bytes) -> bool:
    """Write at once; False when something is still on its way there, so that this must wait its turn.

    What the kernel does not take now is written by a task that holds the websocket's lock until it is done, so that
    nothing comes between.
    """
    websocket = getattr(line, "websocket", None)
    if websocket is None or not line.upgraded or line.queue.qsize() or websocket._sendlock.balance != 1:
        return False  # balance 1: nobody holds the lock, and nobody who came before is about to get it
    try:
        written = websocket.socket.fd.send(frames)
    except OSError:  # full, or broken: the queue's own task waits, or finds out
        return False
    if written < len(frames):
        websocket._sendlock.acquire()
        concurrency.spawn(_write_rest, websocket, frames[written:])
    return True


def _write_rest(websocket: Any, rest: bytes) -> None:
    try:
        websocket.socket.sendall(rest)
    except OSError:
        log.debug("a client went away in the middle of a message")
    finally:
        websocket._sendlock.release()
