"""The file gateway, Twilio's requests, and the choice among gateways."""

from __future__ import annotations

import json
import os
import socket
from pathlib import Path

import pytest
from pydantic import SecretStr

from config.settings import Settings
from sms import build_gateway
from sms.gateways.base import OutgoingSms, Passing, Permanent, Unknown, mask, retry_after
from sms.gateways.file import FileGateway
from sms.gateways.generic_http import GenericHttpGateway
from sms.gateways.twilio import TwilioGateway
from tests.sms.conftest import Hall
from tests.sms.twilio_stand_in import ACCOUNT, SENDER, TOKEN, Fault, TwilioStandIn
from tests.store_fixtures import START, FakeClock

SMS = OutgoingSms("13800001234", "【一窗】取号A012", "YC001", {"number": "A012", "window": "3号窗口"}, "hall-7")


def test_the_default_gateway_writes_whole_lines_only_its_owner_can_read(tmp_path: Path) -> None:
    gateway = FileGateway(tmp_path / "data" / "sms.jsonl", FakeClock())
    assert gateway.send(SMS).gateway_id == "file-hall-7"
    (line,) = (tmp_path / "data" / "sms.jsonl").read_text("utf-8").splitlines()
    assert json.loads(line) == {
        "at": START,
        "to": "13800001234",
        "reference": "hall-7",
        "template_id": "YC001",
        "params": {"number": "A012", "window": "3号窗口"},
        "text": "【一窗】取号A012",
    }
    assert (tmp_path / "data" / "sms.jsonl").stat().st_mode & 0o777 == 0o600


def test_a_line_torn_by_a_crash_spoils_neither_the_next_nor_the_inbox(tmp_path: Path) -> None:
    path = tmp_path / "sms.jsonl"
    gateway = FileGateway(path, FakeClock())
    gateway.send(SMS)
    with path.open("ab") as file:
        file.write('{"at": 1, "reference": "hall-8", "text": "【一'.encode()[:-1])
    assert gateway.find(SMS, since=0, same_phone=True) is not None
    assert gateway.find(OutgoingSms("1", "【一窗】", "t", {}, "hall-8"), since=0, same_phone=True) is None
    gateway.send(OutgoingSms("13900001111", "【一窗】第二条", "YC003", {}, "hall-9"))
    assert [line["reference"] for line in gateway.inbox()] == ["hall-9", "hall-7"]


def test_the_inbox_shows_the_newest_of_many(tmp_path: Path) -> None:
    gateway = FileGateway(tmp_path / "sms.jsonl", FakeClock())
    for number in range(300):
        gateway.send(OutgoingSms("13800001234", f"【一窗】第{number}条", "YC001", {}, f"hall-{number}"))
    assert [line["reference"] for line in gateway.inbox(3)] == ["hall-299", "hall-298", "hall-297"]


def test_a_disk_that_cannot_be_written_is_a_passing_failure_that_shows(hall: Hall, tmp_path: Path) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file, where a folder should be")
    notice = hall.write_one()
    sender = hall.sender(FileGateway(blocked / "sms.jsonl", hall.clock))
    for _ in range(4):
        sender.run_once()
        hall.clock.advance(10)
    assert (hall.state(notice), hall.alarms()) == ("pending", ["sms_gateway"])
    blocked.unlink()
    hall.clock.advance(31)
    sender.run_once()
    assert (hall.state(notice), hall.alarms()) == ("sent", [])


def test_after_a_crash_the_file_knows_exactly_what_was_written(hall: Hall, tmp_path: Path) -> None:
    from sms import steps

    first, second = hall.write_one(), hall.write_one(phone="13900001111")
    hall.store.write("hall", steps.claim, steps.ClaimRequest(2, "file"))
    gateway = FileGateway(tmp_path / "sms.jsonl", hall.clock)
    gateway.send(OutgoingSms("13800001234", hall.see(first).text, "YC001", {}, f"hall-{first}"))
    hall.sender(gateway).run_once()
    assert (hall.state(first), hall.state(second)) == ("sent", "sent")
    assert sorted(line["reference"] for line in gateway.inbox()) == [f"hall-{first}", f"hall-{second}"]


def test_a_messaging_service_takes_the_place_of_the_number(twilio: TwilioStandIn) -> None:
    gateway = TwilioGateway(ACCOUNT, TOKEN, "MG" + "0" * 32, base_url=twilio.url)
    gateway.send(SMS)
    assert (twilio.messages[0].service, twilio.messages[0].from_) == ("MG" + "0" * 32, None)
    gateway.close()


def test_twilio_says_what_became_of_a_message(twilio: TwilioStandIn, gateway: TwilioGateway) -> None:
    sid = gateway.send(SMS).gateway_id
    assert gateway.status(sid, SMS, same_phone=True).outcome == "sent"
    twilio.progress(twilio.messages[0], "delivered")
    assert gateway.status(sid, SMS, same_phone=True).outcome == "delivered"
    twilio.progress(twilio.messages[0], "undelivered", 30005)
    report = gateway.status(sid, SMS, same_phone=True)
    assert (report.outcome, report.code, report.passing) == ("failed", "30005", False)


@pytest.mark.parametrize(
    ("fault", "kind", "code"),
    [
        (Fault("answer", 503, 20503), Passing, "http_503"),
        (Fault("answer", 504, 20504), Unknown, "http_504"),
        (Fault("answer", 429, 20429), Passing, "http_429"),
        (Fault("answer", 403, 20403), Passing, "20403"),
        (Fault("answer", 400, 21611), Passing, "21611"),
        (Fault("answer", 400, 21211), Permanent, "21211"),
        (Fault("lost"), Unknown, "answer"),
        (Fault("reset"), Unknown, "answer"),
        (Fault("hang"), Unknown, "timeout"),
        (Fault("garbage"), Unknown, "answer"),
    ],
)
def test_twilio_tells_failures_apart(
    twilio: TwilioStandIn, gateway: TwilioGateway, fault: Fault, kind: type[Exception], code: str
) -> None:
    twilio.faults.append(fault)
    with pytest.raises(kind) as caught:
        gateway.send(SMS)
    assert caught.value.code == code  # type: ignore[attr-defined]


def test_a_closed_port_means_the_message_has_certainly_not_left() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    gateway = TwilioGateway(ACCOUNT, TOKEN, SENDER, base_url=f"http://127.0.0.1:{port}", timeout=1)
    with pytest.raises(Passing) as caught:
        gateway.send(SMS)
    assert caught.value.code == "connect"
    assert "13800001234" not in str(caught.value)


def test_what_twilios_package_sends_is_never_logged(
    twilio: TwilioStandIn, gateway: TwilioGateway, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    gateway.send(SMS)
    gateway.find(SMS, since=0, same_phone=True)
    assert "13800001234" not in caplog.text
    assert "取号" not in caplog.text


def test_the_settings_choose_the_gateway(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith("YICHUANG_"):
            monkeypatch.delenv(name)
    assert isinstance(build_gateway(Settings(data_dir=tmp_path)), FileGateway)
    with pytest.raises(ValueError, match="YICHUANG_TWILIO_AUTH_TOKEN"):
        build_gateway(Settings(sms_gateway="twilio", twilio_account_sid="AC1", twilio_from=SENDER))
    with pytest.raises(ValueError, match="YICHUANG_SMS_HTTP_FILE"):
        build_gateway(Settings(sms_gateway="http"))
    monkeypatch.setenv("ALIYUN_ACCESS_KEY_ID", "k")
    monkeypatch.setenv("ALIYUN_ACCESS_KEY_SECRET", "s")
    examples = Path(__file__).parents[2] / "sms" / "examples"
    made = build_gateway(Settings(sms_gateway="http", sms_http_file=examples / "aliyun.toml"))
    assert isinstance(made, GenericHttpGateway)
    assert made.name == "aliyun"


@pytest.mark.parametrize(
    ("public", "stand_in", "called_back"),
    [
        ("https://hall.example.gov.cn", "", True),
        ("http://127.0.0.1:8000", "", False),
        ("http://192.168.1.4:8000", "", False),
        ("http://127.0.0.1:8000", "stand-in", True),
    ],
)
def test_twilio_is_asked_to_call_back_only_where_it_can_reach_us(
    twilio: TwilioStandIn, public: str, stand_in: str, called_back: bool
) -> None:
    settings = Settings(
        sms_gateway="twilio",
        twilio_account_sid=ACCOUNT,
        twilio_auth_token=SecretStr(TOKEN),
        twilio_from=SENDER,
        public_url=public,
        twilio_base_url=twilio.url if stand_in else "",
    )
    gateway = build_gateway(settings)
    assert isinstance(gateway, TwilioGateway)
    gateway._client.api.base_url = twilio.url
    gateway.send(SMS)
    assert bool(twilio.messages[0].callback) is called_back


def test_retry_after_is_seconds_or_a_date() -> None:
    from datetime import UTC, datetime

    now = datetime(2026, 11, 21, 1, 0, 0, tzinfo=UTC)
    assert retry_after("12.5") == 12.5
    assert retry_after("Sat, 21 Nov 2026 01:00:30 GMT", now) == 30
    assert retry_after("Sat, 21 Nov 2026 00:00:30 GMT", now) == 0
    assert retry_after("soon") is None
    assert retry_after(None) is None


def test_no_whole_phone_number_reaches_a_log() -> None:
    assert mask("to +8613800001234 refused") == "to +86138****1234 refused"
