"""Twilio's status callbacks: signed, repeated, late and out of order."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl

import pytest

from sms.callbacks import CallbackNotSigned, apply_twilio
from sms.gateways.twilio import CALLBACK_PATH, TwilioGateway
from tests.sms.conftest import Hall
from tests.sms.twilio_stand_in import ACCOUNT, SENDER, TOKEN, Fault, Message, TwilioStandIn


class Listener:
    """The web layer's part, over real HTTP: takes the callback and hands it to apply_twilio."""

    def __init__(self, hall: Hall) -> None:
        listener = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                url = f"{listener.url}{self.path}"
                signature = self.headers.get("X-Twilio-Signature", "")
                try:
                    apply_twilio(hall.store, "hall", dict(parse_qsl(body)), signature, url, auth_token=TOKEN)
                    self.send_response(204)
                except CallbackNotSigned:
                    self.send_response(403)
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:
                return None

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()


@pytest.fixture
def listener(hall: Hall) -> Iterator[Listener]:
    made = Listener(hall)
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def gateway(twilio: TwilioStandIn, listener: Listener) -> Iterator[TwilioGateway]:
    made = TwilioGateway(
        ACCOUNT, TOKEN, SENDER, base_url=twilio.url, callback_url=listener.url + CALLBACK_PATH, timeout=2
    )
    yield made
    made.close()


@pytest.fixture
def sent(hall: Hall, twilio: TwilioStandIn, gateway: TwilioGateway) -> tuple[int, Message]:
    notice = hall.write_one()
    hall.sender(gateway).run_once()
    return notice, twilio.messages[0]


def test_a_delivered_message_is_shown_as_delivered(
    hall: Hall, twilio: TwilioStandIn, sent: tuple[int, Message]
) -> None:
    notice, message = sent
    assert twilio.callback(message, "sent").status_code == 204
    assert hall.state(notice) == "sent"
    hall.clock.advance(4)
    assert twilio.callback(message, "delivered").status_code == 204
    assert hall.state(notice) == "delivered"
    assert hall.see(notice).delivered_at == hall.clock()


def test_repeated_and_late_callbacks_never_move_a_message_back(
    hall: Hall, twilio: TwilioStandIn, sent: tuple[int, Message]
) -> None:
    notice, message = sent
    for status in ("delivered", "delivered", "sent", "queued", "sending"):
        assert twilio.callback(message, status).status_code == 204
        assert hall.state(notice) == "delivered"
    assert twilio.callback(message, "undelivered", 30003).status_code == 204
    assert hall.state(notice) == "delivered"


@pytest.mark.parametrize("code", [30003, 30005, 30006, 30007])
def test_an_undelivered_message_has_failed_with_its_reason(
    hall: Hall, twilio: TwilioStandIn, sent: tuple[int, Message], code: int
) -> None:
    notice, message = sent
    for _ in range(2):
        twilio.callback(message, "undelivered", code)
    twilio.callback(message, "sent")
    seen = hall.see(notice)
    assert (seen.state, seen.error_code) == ("failed", str(code))
    assert seen.error


def test_an_overflow_at_the_carrier_is_tried_again_and_the_old_callback_is_then_ignored(
    hall: Hall, twilio: TwilioStandIn, sent: tuple[int, Message]
) -> None:
    notice, message = sent
    twilio.callback(message, "failed", 30001)
    assert hall.state(notice) == "pending"
    twilio.callback(message, "failed", 30001)
    hall.clock.advance(6)
    hall.senders[0].run_once()
    twilio.callback(message, "failed", 30001)
    assert hall.state(notice) == "sent"
    assert hall.see(notice).gateway_id == twilio.messages[1].sid
    twilio.callback(twilio.messages[1], "delivered")
    assert hall.state(notice) == "delivered"


def test_a_callback_that_overtakes_a_lost_answer_settles_the_message(
    hall: Hall, twilio: TwilioStandIn, gateway: TwilioGateway
) -> None:
    twilio.faults += [Fault("lost"), Fault("reset", only="GET")]
    notice = hall.write_one()
    sender = hall.sender(gateway)
    sender.run_once()
    assert hall.state(notice) == "sending"
    twilio.callback(twilio.messages[0], "sent")
    assert hall.state(notice) == "sent"
    hall.clock.advance(100)
    sender.run_once()
    assert hall.see(notice).gateway_id == twilio.messages[0].sid
    assert len(twilio.messages) == 1


def test_an_unknown_message_becomes_known_by_its_callback(
    hall: Hall, twilio: TwilioStandIn, gateway: TwilioGateway
) -> None:
    twilio.faults.append(Fault("lost"))
    twilio.list_shows = False
    notice = hall.write_one()
    sender = hall.sender(gateway)
    for _ in range(9):
        sender.run_once()
        hall.clock.advance(10)
    assert hall.state(notice) == "unknown"
    twilio.callback(twilio.messages[0], "delivered")
    assert hall.state(notice) == "delivered"


def test_a_forged_callback_is_refused(hall: Hall, twilio: TwilioStandIn, sent: tuple[int, Message]) -> None:
    notice, message = sent
    assert twilio.callback(message, "delivered", token="guessed").status_code == 403
    assert hall.state(notice) == "sent"


def test_a_callback_about_somebody_elses_message_changes_nothing(
    hall: Hall, twilio: TwilioStandIn, sent: tuple[int, Message]
) -> None:
    notice, message = sent
    stranger = Message("SM" + "0" * 32, message.to, SENDER, None, "x", message.callback, message.created)
    assert twilio.callback(stranger, "failed", 30003).status_code == 204
    assert hall.state(notice) == "sent"


def test_without_a_token_in_the_settings_every_callback_is_refused(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("YICHUANG_TWILIO_AUTH_TOKEN", raising=False)
    with pytest.raises(CallbackNotSigned):
        apply_twilio(hall.store, "hall", {"MessageSid": "SM1", "MessageStatus": "sent"}, "", "http://hall.test/", 0)
