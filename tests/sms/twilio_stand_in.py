"""A server that answers like Twilio's Messages API, remembers messages, and misbehaves when told.

By hand:  python -m tests.sms.twilio_stand_in --port 8290
then      YICHUANG_SMS_GATEWAY=twilio YICHUANG_TWILIO_BASE_URL=http://127.0.0.1:8290 \\
          YICHUANG_TWILIO_ACCOUNT_SID=AC… YICHUANG_TWILIO_AUTH_TOKEN=… YICHUANG_TWILIO_FROM=+15005550006 make run

The numbers Twilio publishes for tests fail as they do there (+15005550001 …). Status callbacks are signed. Over HTTP:
GET /_stand_in/messages, POST /_stand_in/faults {"kind", "status"?, "code"?, "retry_after"?, "times"?}.
"""

from __future__ import annotations

import argparse
import base64
import itertools
import json
import re
import secrets
import socket
import sys
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, quote, urlsplit

import requests
from twilio.request_validator import RequestValidator

ACCOUNT = "AC" + "0123456789abcdef" * 2
TOKEN = "stand-in-token"
SENDER = "+15005550006"

WORDS = {
    20003: "Authenticate",
    20404: "The requested resource was not found",
    20429: "Too Many Requests",
    20500: "Internal Server Error",
    21211: "Invalid 'To' Phone Number",
    21408: "Permission to send an SMS has not been enabled for the region",
    21602: "Message body is required.",
    21603: "A 'From' phone number is required.",
    21604: "A 'To' phone number is required.",
    21606: "The 'From' phone number is not a valid, SMS-capable inbound phone number for your account.",
    21610: "Attempt to send to unsubscribed recipient",
    21611: "This 'From' number has exceeded the maximum number of queued messages",
    21612: "The 'To' phone number is not currently reachable via SMS",
    21614: "'To' number is not a valid mobile number",
    21617: "The concatenated message body exceeds the 1600 character limit",
    30001: "Queue overflow",
    30003: "Unreachable destination handset",
    30005: "Unknown destination handset",
    30006: "Landline or unreachable carrier",
    30007: "Message filtered",
}
TEST_NUMBERS = {
    "+15005550001": 21211,
    "+15005550002": 21612,
    "+15005550003": 21408,
    "+15005550004": 21610,
    "+15005550009": 21614,
}


@dataclass
class Fault:
    """What the next `times` requests meet.

    kind: "answer" (an error, the message not taken), "lost" (taken, then the connection dies unanswered), "hang"
    (taken, no answer until `release`), "reset" (dies before anything is taken), "garbage" (taken, 201 with nonsense).
    `only`: "POST" or "GET"; empty = both.
    """

    kind: str
    status: int = 500
    code: int = 20500
    retry_after: str = ""
    times: int = 1
    only: str = "POST"


@dataclass
class Message:
    sid: str
    to: str
    from_: str | None
    service: str | None
    body: str
    callback: str
    created: datetime
    status: str = "queued"
    sent: datetime | None = None
    error: int | None = None

    def json(self, account: str) -> dict[str, Any]:
        uri = f"/2010-04-01/Accounts/{account}/Messages/{self.sid}"
        return {
            "account_sid": account,
            "api_version": "2010-04-01",
            "body": self.body,
            "date_created": format_datetime(self.created),
            "date_sent": self.sent and format_datetime(self.sent),
            "date_updated": format_datetime(self.sent or self.created),
            "direction": "outbound-api",
            "error_code": self.error,
            "error_message": WORDS.get(self.error or 0),
            "from": self.from_,
            "messaging_service_sid": self.service,
            "num_media": "0",
            "num_segments": "0" if self.service else str(1 + (len(self.body) - 1) // 67 if len(self.body) > 70 else 1),
            "price": None,
            "price_unit": "USD" if not self.service else None,
            "sid": self.sid,
            "status": "accepted" if self.service and self.status == "queued" else self.status,
            "subresource_uris": {"media": f"{uri}/Media.json"},
            "to": self.to,
            "uri": f"{uri}.json",
        }


class TwilioStandIn:
    """`with TwilioStandIn() as twilio:` — `twilio.url`, `.messages`, `.faults`, `.numbers` {phone: error code}."""

    def __init__(self, port: int = 0, account: str = ACCOUNT, token: str = TOKEN, senders: tuple[str, ...] = (SENDER,)):
        self.account, self.token, self.senders = account, token, senders
        self.messages: list[Message] = []
        self.faults: list[Fault] = []
        self.numbers: dict[str, int] = dict(TEST_NUMBERS)
        self.requests: list[str] = []
        self.list_shows = True  # False: the list lags behind
        self.now = lambda: datetime.now(UTC)
        self.lock = threading.RLock()
        self._released = threading.Event()
        self._port = port
        self._server: ThreadingHTTPServer | None = None

    def __enter__(self) -> TwilioStandIn:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> TwilioStandIn:
        handler = type("Handler", (_Handler,), {"twilio": self})
        self._server = _Server(("127.0.0.1", self._port), handler)
        self._port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def stop(self) -> None:
        """Refuse connections from now on; a second `start` listens on the same port."""
        self.release()
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def release(self) -> None:
        """End every request that hangs."""
        self._released.set()
        self._released = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def fault(self, method: str) -> Fault | None:
        with self.lock:
            for fault in self.faults:
                if fault.times > 0 and fault.only in ("", method):
                    fault.times -= 1
                    return fault
        return None

    def wait_for_release(self) -> None:
        self._released.wait(60)

    # -- what happens to messages -------------------------------------------------------------------------

    def create(self, form: dict[str, str]) -> Message | int:
        """The message, or Twilio's error code."""
        to, sender, service = form.get("To", ""), form.get("From"), form.get("MessagingServiceSid")
        error = self._wrong(to, sender, service, form.get("Body", ""))
        if error:
            return error
        message = Message(
            "SM" + secrets.token_hex(16), to, sender, service, form["Body"], form.get("StatusCallback", ""), self.now()
        )
        with self.lock:
            self.messages.append(message)
        return message

    def _wrong(self, to: str, sender: str | None, service: str | None, body: str) -> int:
        if not to:
            return 21604
        if not sender and not service:
            return 21603
        if sender and sender not in self.senders:
            return 21606
        if not body:
            return 21602
        if len(body) > 1600:
            return 21617
        if not re.fullmatch(r"\+[1-9]\d{6,14}", to) or (
            to.startswith("+86") and not re.fullmatch(r"\+861[3-9]\d{9}", to)
        ):
            return 21211
        code = self.numbers.get(to, 0)
        return code if code < 30000 else 0

    def progress(self, message: Message, status: str, error: int | None = None) -> None:
        """Move a message on, without telling anybody."""
        message.status, message.error = status, error
        if status in ("sent", "delivered", "undelivered") and message.sent is None:
            message.sent = self.now()

    def outcome(self, message: Message) -> tuple[str, int | None]:
        """How it ends for this number."""
        code = self.numbers.get(message.to, 0)
        return ("undelivered", code) if code >= 30000 else ("delivered", None)

    def callback(
        self, message: Message, status: str, error: int | None = None, *, token: str = ""
    ) -> requests.Response:
        """Send one signed status callback, whatever the message's state is: late, again, or out of order."""
        form = self.callback_form(message, status, error)
        signature = RequestValidator(token or self.token).compute_signature(message.callback, form)
        headers = {
            "X-Twilio-Signature": signature,
            "User-Agent": "TwilioProxy/1.1",
            "I-Twilio-Idempotency-Token": secrets.token_hex(8),
        }
        return requests.post(message.callback, data=form, headers=headers, timeout=15)

    def callback_form(self, message: Message, status: str, error: int | None = None) -> dict[str, str]:
        form = {
            "AccountSid": self.account,
            "ApiVersion": "2010-04-01",
            "From": message.from_ or "",
            "MessageSid": message.sid,
            "MessageStatus": status,
            "SmsSid": message.sid,
            "SmsStatus": status,
            "To": message.to,
        }
        if message.service:
            form["MessagingServiceSid"] = message.service
        if error:
            form["ErrorCode"] = str(error)
        return form

    def find(self, query: dict[str, str]) -> list[Message]:
        with self.lock:
            found = sorted(self.messages if self.list_shows else [], key=lambda m: m.sent or m.created, reverse=True)
        keep = []
        for message in found:
            day = message.sent
            if query.get("To", message.to) != message.to or query.get("From", message.from_) != message.from_:
                continue
            if "DateSent" in query and (day is None or f"{day:%Y-%m-%d}" != query["DateSent"][:10]):
                continue
            # A message not yet sent has no date to compare.
            if day is not None and "DateSent>" in query and day < _moment(query["DateSent>"]):
                continue
            if day is not None and "DateSent<" in query and day > _moment(query["DateSent<"]):
                continue
            keep.append(message)
        return keep


def _moment(text: str) -> datetime:
    parsed = datetime.fromisoformat(text.replace("Z", "+00:00"))
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 128


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    twilio: TwilioStandIn

    def setup(self) -> None:
        super().setup()
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def log_message(self, format: str, *args: object) -> None:
        return None

    def do_GET(self) -> None:
        self._handle("GET")

    def do_POST(self) -> None:
        self._handle("POST")

    def _handle(self, method: str) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        url = urlsplit(self.path)
        if url.path.startswith("/_stand_in/"):
            return self._control(url.path, body)
        self.twilio.requests.append(f"{method} {self.path}")
        fault = self.twilio.fault(method)
        if fault and fault.kind == "reset":
            return self._die()
        if fault and fault.kind == "answer":
            return self._error(
                fault.status, fault.code, {"Retry-After": fault.retry_after} if fault.retry_after else {}
            )
        credentials = base64.b64encode(f"{self.twilio.account}:{self.twilio.token}".encode()).decode()
        if self.headers.get("Authorization") != f"Basic {credentials}":
            return self._error(401, 20003)
        return self._route(method, url.path, dict(parse_qsl(url.query)), dict(parse_qsl(body)), fault)

    def _route(self, method: str, path: str, query: dict[str, str], form: dict[str, str], fault: Fault | None) -> None:
        root = f"/2010-04-01/Accounts/{self.twilio.account}/Messages"
        if path == f"{root}.json" and method == "POST":
            return self._create(form, fault)
        if fault and fault.kind in ("lost", "hang"):
            if fault.kind == "hang":
                self.twilio.wait_for_release()
            return self._die()
        if path == f"{root}.json":
            return self._list(path, query)
        found = re.fullmatch(re.escape(root) + r"/(SM[0-9a-f]{32})\.json", path)
        message = next((m for m in self.twilio.messages if found and m.sid == found[1]), None)
        if message is None or method != "GET":
            return self._error(404, 20404)
        return self._json(200, message.json(self.twilio.account))

    def _create(self, form: dict[str, str], fault: Fault | None) -> None:
        made = self.twilio.create(form)
        if isinstance(made, int):
            return self._error(400, made)
        if fault and fault.kind == "hang":
            self.twilio.wait_for_release()
        if fault and fault.kind in ("lost", "hang"):
            return self._die()
        if fault and fault.kind == "garbage":
            return self._send(201, b"<html>proxy</html>", {})
        return self._json(201, made.json(self.twilio.account))

    def _list(self, path: str, query: dict[str, str]) -> None:
        size, page = min(int(query.get("PageSize", 50)), 1000), int(query.get("Page", 0))
        found = self.twilio.find(query)
        shown = found[page * size : (page + 1) * size]
        filters = "".join(f"&{quote(k)}={quote(v)}" for k, v in query.items() if k not in ("Page", "PageSize"))
        more = len(found) > (page + 1) * size
        self._json(
            200,
            {
                "end": page * size + len(shown) - 1,
                "first_page_uri": f"{path}?PageSize={size}&Page=0{filters}",
                "messages": [message.json(self.twilio.account) for message in shown],
                "next_page_uri": f"{path}?PageSize={size}&Page={page + 1}{filters}" if more else None,
                "page": page,
                "page_size": size,
                "previous_page_uri": f"{path}?PageSize={size}&Page={page - 1}{filters}" if page else None,
                "start": page * size,
                "uri": f"{path}?PageSize={size}&Page={page}{filters}",
            },
        )

    def _control(self, path: str, body: str) -> None:
        if path == "/_stand_in/faults":
            self.twilio.faults.append(Fault(**json.loads(body)))
        if path == "/_stand_in/release":
            self.twilio.release()
        self._json(200, [message.json(self.twilio.account) for message in self.twilio.messages])

    def _error(self, status: int, code: int, headers: dict[str, str] | None = None) -> None:
        more = f"https://www.twilio.com/docs/errors/{code}"
        self._json(status, {"code": code, "message": WORDS.get(code, ""), "more_info": more, "status": status}, headers)

    def _json(self, status: int, data: object, headers: dict[str, str] | None = None) -> None:
        self._send(status, json.dumps(data).encode(), headers or {})

    def _send(self, status: int, data: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", "Content-Length": str(len(data)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def _die(self) -> None:
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)


@dataclass
class Life:
    """By hand, messages move by themselves: queued → sent → delivered, a callback at each, some of them twice."""

    twilio: TwilioStandIn
    step: float
    repeats: int
    seen: set[str] = field(default_factory=set)

    def run(self) -> None:
        while True:
            time.sleep(self.step)
            for message in list(self.twilio.messages):
                if message.sid in self.seen:
                    continue
                self.seen.add(message.sid)
                threading.Thread(target=self._live, args=(message,), daemon=True).start()

    def _live(self, message: Message) -> None:
        sys.stdout.write(f"{message.to}  {message.body}\n")
        end = self.twilio.outcome(message)
        for status, error in itertools.chain([("sent", None)], [end]):
            time.sleep(self.step)
            self.twilio.progress(message, status, error)
            for _ in range(self.repeats if message.callback else 0):
                try:
                    self.twilio.callback(message, status, error)
                except requests.RequestException as problem:
                    sys.stdout.write(f"callback: {problem}\n")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--port", type=int, default=8290)
    options.add_argument("--account", default=ACCOUNT)
    options.add_argument("--token", default=TOKEN)
    options.add_argument("--sender", default=SENDER)
    options.add_argument("--step", type=float, default=0.5, help="seconds between a message's states")
    options.add_argument("--repeats", type=int, default=2, help="how often each callback is sent")
    given = options.parse_args()
    twilio = TwilioStandIn(given.port, given.account, given.token, (given.sender,)).start()
    sys.stdout.write(f"{twilio.url}  account {given.account}  token {given.token}  from {given.sender}\n")
    sys.stdout.flush()
    try:
        Life(twilio, given.step, given.repeats).run()
    except KeyboardInterrupt:
        twilio.stop()


if __name__ == "__main__":
    main()
