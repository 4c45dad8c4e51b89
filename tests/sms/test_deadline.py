"""A gateway that answers a byte at a time never times out by itself; the sender does not wait for it."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator

import pytest

from sms.gateways.twilio import TwilioGateway
from tests.sms.conftest import Hall
from tests.sms.twilio_stand_in import ACCOUNT, SENDER, TOKEN

PATIENCE = 0.6  # seconds for a whole talk; the gateway's own time-out is longer than the pause between two bytes


@pytest.fixture
def dripping() -> Iterator[str]:
    """The address of a server that sends its answer a byte every 50 ms, for ever."""
    over = threading.Event()
    listener = socket.create_server(("127.0.0.1", 0))

    def drip(connection: socket.socket) -> None:
        with connection:
            try:
                connection.recv(65536)
                connection.sendall(b"HTTP/1.1 201 Created\r\nContent-Length: 100000\r\n\r\n")
                while not over.wait(0.05):
                    connection.sendall(b" ")
            except OSError:
                return

    def accept() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=drip, args=(connection,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    over.set()
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()


def test_an_answer_that_drips_is_given_up_kept_in_doubt_and_counted_against_the_gateway(
    hall: Hall, dripping: str
) -> None:
    gateway = TwilioGateway(ACCOUNT, TOKEN, SENDER, base_url=dripping, timeout=5)
    sender = hall.sender(gateway, longest=PATIENCE)  # type: ignore[arg-type]
    notice = hall.write_one()
    sender.run_once()
    found = hall.see(notice)
    assert (found.state, found.error_code, found.attempts) == ("sending", "timeout", 1), "asked about later, not resent"
    assert found.due_at > hall.clock(), "and not at once"
    assert sender.circuit.next_try > hall.clock(), "others wait"
    hall.clock.advance(61)
    hall.write_one()
    sender.run_once()
    assert hall.alarms() == ["sms_gateway"], "and the manager is told"
