"""Many cheap Socket.IO clients in one process: raw websockets on epoll, with the handshake made by hand.

`python -m benchmarks.listeners` takes its orders as JSON lines on stdin and answers on stdout, so that a benchmark can
keep its screens and its phones away from its own interpreter. Arrivals are CLOCK_MONOTONIC, the same in every process.
"""

from __future__ import annotations

import heapq
import json
import os
import random
import re
import select
import socket
import subprocess
import sys
import time
from typing import Any
from urllib.parse import urlsplit

HALL_NAMESPACE = "/hall"
BARE_NAMESPACE = "/bare"
ANSWER_AFTER = (0.3, 2.5)  # seconds between a call and a screen's acknowledgement, as the display page does it
_CALL = re.compile(rb'"seq":(\d+),"prev":\d+,"type":"ticket\.(?:called|recalled)"')


class Client:
    """One websocket that has joined its namespace. Frames from a server are never masked."""

    __slots__ = ("count", "last", "link", "rest", "sock", "to_show")

    def __lt__(self, other: Client) -> bool:
        return id(self) < id(other)  # ties in a heap

    def __init__(self, address: tuple[str, int], namespace: str, auth: dict[str, Any]) -> None:
        self.link = auth.get("link", "")
        self.count = 0
        self.last = b""
        self.to_show: list[int] = []
        self.sock = socket.create_connection(address, timeout=60)
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.sock.sendall(
            b"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: %s:%d\r\nUpgrade: websocket\r\n"
            b"Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
            % (address[0].encode(), address[1])
        )
        self.rest = b""
        while b"\r\n\r\n" not in self.rest:
            self._more()
        head, self.rest = self.rest.split(b"\r\n\r\n", 1)
        assert b" 101 " in head.split(b"\r\n")[0], head
        self._until(b"0")
        self.send(f"40{namespace},{json.dumps(auth)}".encode())
        answer = self._until(b"4")
        assert answer.startswith(b"40"), answer

    def _more(self) -> None:
        got = self.sock.recv(65536)
        assert got, "the server closed the connection"
        self.rest += got

    def _until(self, start: bytes) -> bytes:
        while True:
            for at, frame in enumerate(frames := self.frames(b"")):
                if frame.startswith(start):
                    self.rest = b"".join(_frame(f) for f in frames[at + 1 :]) + self.rest
                    return frame
            self._more()

    def send(self, text: bytes) -> None:
        """Client frames carry a mask; one of zeros leaves the text as it is."""
        size = len(text)
        length = bytes([0x80 | size]) if size < 126 else b"\xfe" + size.to_bytes(2, "big")
        self.sock.send(b"\x81" + length + b"\0\0\0\0" + text)

    def frames(self, got: bytes) -> list[bytes]:
        """The whole frames received so far."""
        data = self.rest + got if self.rest else got
        found, at, end = [], 0, len(data)
        while end - at >= 2:
            size, start = data[at + 1], at + 2
            if size == 126:
                size, start = int.from_bytes(data[at + 2 : at + 4], "big"), at + 4
            elif size == 127:
                size, start = int.from_bytes(data[at + 2 : at + 10], "big"), at + 10
            if start > end or start + size > end:
                break
            found.append(data[start : start + size])
            at = start + size
        self.rest = data[at:]
        return found


def _frame(body: bytes) -> bytes:
    size = len(body)
    return b"\x81" + (bytes([size]) if size < 126 else b"\x7e" + size.to_bytes(2, "big")) + body


class Listeners:
    """All clients of this process."""

    def __init__(self) -> None:
        self.clients: dict[int, Client] = {}
        self.poll = select.epoll()
        self.arrivals: list[tuple[int, bytes]] = []
        self.recording = self.answering = False
        self.closed = 0
        self.answers: list[tuple[float, Client]] = []

    def connect(self, url: str, namespace: str, auths: list[dict[str, Any]]) -> dict[str, Any]:
        where = urlsplit(url)
        address = (where.hostname or "", where.port or 0)
        for auth in auths:
            client = Client(address, namespace, auth)
            client.sock.setblocking(False)
            self.clients[client.sock.fileno()] = client
            self.poll.register(client.sock.fileno(), select.EPOLLIN)
            self.heard(client, b"")
            self.turn(0)  # those already in answer their pings
        return {"connected": len(self.clients)}

    def turn(self, seconds: float) -> bool:
        """Read what came; True when an order waits on stdin."""
        ordered = False
        for fd, _ in self.poll.poll(seconds):
            if fd == 0:
                ordered = True
                continue
            client = self.clients[fd]
            try:
                got = client.sock.recv(65536)
            except BlockingIOError:
                continue
            except OSError:
                got = b""
            if got:
                self.heard(client, got)
            else:
                self.closed += 1
                self.poll.unregister(fd)
                client.sock.close()
        self.show(time.monotonic())
        return ordered

    def heard(self, client: Client, got: bytes) -> None:
        now = time.monotonic_ns()
        for frame in client.frames(got):
            if frame == b"2":
                client.send(b"3")
                continue
            client.count += 1
            client.last = frame
            if self.recording:
                self.arrivals.append((now, frame))
                if self.answering and (call := _CALL.search(frame)):
                    self.plan(client, int(call[1]))

    def plan(self, client: Client, seq: int) -> None:
        """Acknowledge at a random moment, several calls at once where they come quickly."""
        if not client.to_show:
            heapq.heappush(self.answers, (time.monotonic() + random.uniform(*ANSWER_AFTER), client))
        client.to_show.append(seq)

    def show(self, now: float) -> None:
        while self.answers and self.answers[0][0] <= now:
            client = heapq.heappop(self.answers)[1]
            said = json.dumps(["shown", {"seqs": client.to_show}], separators=(",", ":"))
            client.to_show = []
            client.send(f"42{HALL_NAMESPACE},{said}".encode())

    def record(self, answering: bool) -> dict[str, Any]:
        self.arrivals, self.recording, self.answering = [], True, answering
        for client in self.clients.values():
            client.count = 0
        return {}

    def calls(self) -> dict[str, Any]:
        """When each call reached each screen: {id: [ns, …]}; only events that name a caller's ticket count."""
        self.recording = False
        ids: dict[bytes, int | None] = {}
        found: dict[int, list[int]] = {}
        for at, frame in self.arrivals:
            if frame not in ids:
                ids[frame] = _called(frame)
            if (ticket := ids[frame]) is not None:
                found.setdefault(ticket, []).append(at)
        messages = len(self.arrivals)
        self.arrivals = []
        return {"calls": found, "messages": messages, "closed": self.closed}

    def last(self) -> dict[str, Any]:
        """The last message of each client, by its link, and how many came to all since `record`."""
        bodies = {c.link: c.last.decode() for c in self.clients.values()}
        return {"last": bodies, "messages": sum(c.count for c in self.clients.values()), "closed": self.closed}


def _called(frame: bytes) -> int | None:
    if not frame.startswith(b"42"):
        return None
    name, body = json.loads(frame[frame.index(b",") + 1 :])
    if name != "event" or body.get("caught_up") or body.get("type", "ticket.called") != "ticket.called":
        return None
    ticket: int = body.get("data", body)["id"]
    return ticket


def main() -> None:
    listeners = Listeners()
    listeners.poll.register(0, select.EPOLLIN)
    orders = b""
    while True:
        if not listeners.turn(0.05):
            continue
        got = os.read(0, 1 << 20)
        if not got:
            return
        orders += got
        while b"\n" in orders:
            line, orders = orders.split(b"\n", 1)
            order = json.loads(line)
            answer = getattr(listeners, order.pop("do"))(**order)
            cpu = time.process_time()
            sys.stdout.write(json.dumps({**answer, "cpu": cpu}) + "\n")
            sys.stdout.flush()


class Crowd:
    """The handle on such a process, for the benchmark."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "benchmarks.listeners"]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def order(self, do: str, **more: Any) -> Any:
        """Send an order; call `answer` for what came of it."""
        assert self.process.stdin
        self.process.stdin.write(json.dumps({"do": do, **more}).encode() + b"\n")
        self.process.stdin.flush()

    def answer(self) -> Any:
        assert self.process.stdout
        line = self.process.stdout.readline()
        assert line, "the listeners ended"
        return json.loads(line)

    def do(self, do: str, **more: Any) -> Any:
        self.order(do, **more)
        return self.answer()

    def close(self) -> None:
        self.process.kill()
        self.process.wait()


if __name__ == "__main__":
    main()
