"""Messages that go straight to the socket: the same bytes, the same order, whatever the client can take."""

from __future__ import annotations

import socket
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Iterator

import pytest
import socketio
from engineio.packet import Packet as EnginePacket
from socketio.packet import EVENT, Packet

from server.realtime.envelope import NAMESPACE
from server.realtime.wire import encode, text_frame
from tests.support.server import ROOT


@pytest.mark.parametrize("size", [0, 5, 125, 126, 65535, 65536, 100_000])
def test_our_frame_is_the_one_eventlet_would_have_made(size: int) -> None:
    from eventlet.websocket import RFC6455WebSocket

    ours, theirs = socket.socketpair()
    with ours, theirs:
        websocket = RFC6455WebSocket(ours, {}, 13)
        text = "号" * (size // 3) + "x" * (size % 3)
        assert text_frame(text.encode()) == websocket._pack_message(text)


def test_our_packet_says_what_socket_io_would_have_said() -> None:
    body = {"number": "A012", "name": "不动产登记", "window": None, "list": [1, 2.5, True, "\u2028\"'\\"]}
    message = encode("event", body)
    ours = Packet(encoded_packet=EnginePacket(encoded_packet=message.packet.encode()).data)
    theirs = Packet(encoded_packet=Packet(EVENT, ["event", body], NAMESPACE).encode())
    assert vars(ours) == vars(theirs)
    assert message.frame.endswith(message.packet.encode().encode())


_SERVER = textwrap.dedent(
    """
    import warnings
    warnings.filterwarnings("ignore", message="\\nEventlet is deprecated")
    from server import concurrency
    concurrency.patch("eventlet")
    import socket
    from flask import Flask, request
    from flask_socketio import SocketIO
    from server.realtime.wire import Wire, encode
    flask = Flask("x")
    socketio = SocketIO(flask, async_mode="eventlet", ping_interval=60)
    wire = Wire(socketio.server)
    lines, straight = {}, []
    write = wire._write
    wire._write = lambda line, frames: write(line, frames) and not straight.append(line)

    @socketio.on("connect", namespace="/hall")
    def connect(auth):
        lines[request.sid] = wire.line(request.sid)

    @socketio.on("shown", namespace="/hall")
    def flood(count):
        straight.clear()
        # Far more than the kernel takes at once, some of it through the queue as the library itself would send it.
        line = lines[request.sid]
        for number in range(count):
            message = encode("event", {"number": number, "text": "x" * 8000})
            if number % 7 == 3:
                socketio.server.eio.send_packet(line.sid, message.packet)
            else:
                wire.send([line], [message])
            if number % 20 == 0:
                concurrency.sleep(0)
        wire.send([line], [encode("event", {"straight": len(straight)})])

    sock = concurrency.listen("127.0.0.1", 0)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 8192)  # inherited: the kernel soon takes only parts
    concurrency.serve(sock, flask, 100)
    print(sock.getsockname()[1], flush=True)
    while True:
        concurrency.sleep(1)
    """
)


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """A server of its own, with nothing of the hall but the wire."""
    server = subprocess.Popen([sys.executable, "-c", _SERVER], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert server.stdout
    yield f"http://127.0.0.1:{int(server.stdout.readline())}"
    server.kill()
    server.wait()


@pytest.mark.parametrize(
    ("transports", "count"),
    [(["websocket"], 200), (["polling", "websocket"], 200), (["polling"], 14)],  # a poll carries 16 packets at most
)
def test_a_slow_client_gets_everything_whole_and_in_order(url: str, transports: list[str], count: int) -> None:
    """Fails, too, when a library no longer has what the wire leans on: then nothing would go straight."""
    got: list[int] = []
    straight: list[int] = []
    over = threading.Event()
    client = socketio.Client(reconnection=False)
    trigger = client.eio._trigger_event
    client.eio._trigger_event = lambda event, *args, **how: trigger(event, *args, **{**how, "run_async": False})

    @client.on("event", namespace="/hall")
    def event(body: dict[str, int]) -> None:
        if "straight" in body:
            straight.append(body["straight"])
            over.set()
            return
        if not got:
            time.sleep(0.3)  # the kernel's buffers fill up meanwhile
        got.append(body["number"])

    client.connect(url, namespaces=["/hall"], transports=transports, wait_timeout=10)
    try:
        while len(transports) == 2 and client.transport() != "websocket":
            time.sleep(0.01)
        client.emit("shown", count, namespace="/hall")
        assert over.wait(20)
        assert got == list(range(count))
        assert bool(straight[0]) == ("websocket" in transports), straight
    finally:
        client.disconnect()
