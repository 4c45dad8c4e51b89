"""Twilio's Messages API, through Twilio's own package.

Twilio has no key that makes a request safe to repeat, so a lost answer is looked up by the text: it names the ticket's
number, which no other ticket of the day has, and each of a ticket's notices reads differently.
"""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from urllib.parse import urlencode

import requests
from twilio.base.exceptions import TwilioException, TwilioRestException, TwilioServiceException
from twilio.base.values import unset
from twilio.http.http_client import TwilioHttpClient
from twilio.http.response import Response
from twilio.request_validator import RequestValidator
from twilio.rest import Client

from sms.gateways.base import (
    CannotTell,
    OutgoingSms,
    Passing,
    Permanent,
    Report,
    Sent,
    Unknown,
    lost,
    mask,
    retry_after,
)

CALLBACK_PATH: Final = "/api/v1/callbacks/twilio/status"
TIMEOUT: Final = 10.0  # seconds; Twilio's package has none of its own

# About this message or this phone: another try cannot help.
PERMANENT: Final = {
    21211: "号码无效",
    21212: "发送号码无效",
    21214: "号码打不通",
    21217: "号码格式不对",
    21219: "号码未验证（试用账户）",
    21265: "不能发给短号",
    21408: "未开通该地区",
    21602: "内容为空",
    21604: "没有号码",
    21608: "号码未验证（试用账户）",
    21610: "对方已退订",
    21612: "该号码不可达",
    21614: "不是手机号",
    21617: "内容过长",
    21635: "座机号码",
    30003: "手机不可达",
    30004: "对方拒收",
    30005: "空号或停机",
    30006: "座机或运营商不可达",
    30007: "被运营商过滤",
    30008: "运营商未说明原因",
    30010: "超过最高价格",
}
# About our account: no message gets through until somebody mends it.
ACCOUNT: Final = {
    20003,
    20005,
    20006,
    20008,
    20403,
    20404,
    21603,
    21606,
    21609,
    21659,
    21660,
    21701,
    21703,
    21705,
    30002,
}
# Nobody has the message and a later try may get through.
PASSING: Final = {20429, 20500, 20503, 14107, 21611, 30001, 30009, 30017, 30022, 30023}

# Twilio's package logs every request whole, phones included: nobody may hear it.
_SILENT: Final = logging.getLogger("yichuang.sms.twilio")
_SILENT.disabled = True

_DELIVERED: Final = {"delivered", "read"}
_FAILED: Final = {"failed", "undelivered", "canceled"}


class _Http(TwilioHttpClient):  # type: ignore[misc]  # Twilio's package has no types
    """Says how far a request came, which Twilio's own exceptions do not, and keeps Retry-After."""

    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> Response:
        try:
            response = super().request(method, url, *args, **kwargs)
        except requests.RequestException as error:
            raise lost(error) from error
        status = int(response.status_code)
        if status == 429:
            wait = retry_after((response.headers or {}).get("Retry-After"))
            raise Passing("http_429", "请求过多", retry_after=wait)
        if status == 504:
            raise Unknown("http_504", "Twilio 的网关超时")
        if status >= 500:
            wait = retry_after((response.headers or {}).get("Retry-After"))
            raise Passing(f"http_{status}", "Twilio 暂不可用", retry_after=wait)
        return response


class TwilioGateway:
    """`sender` is a number (+…), or a messaging service (MG…). `callback_url` empty: no status callbacks."""

    name = "twilio"
    lookup_is_final = False  # the list of messages may lag behind
    reports = True
    blocking = False

    def __init__(
        self,
        account_sid: str,
        auth_token: str,
        sender: str,
        *,
        base_url: str = "",
        callback_url: str = "",
        timeout: float = TIMEOUT,
    ) -> None:
        missing = [name for name, value in (("YICHUANG_TWILIO_ACCOUNT_SID", account_sid),
                                            ("YICHUANG_TWILIO_AUTH_TOKEN", auth_token),
                                            ("YICHUANG_TWILIO_FROM", sender)) if not value]  # fmt: skip
        if missing:
            raise ValueError(f"Twilio 短信网关缺少设置 / missing settings: {', '.join(missing)}")
        self._http = _Http(timeout=timeout, logger=_SILENT)
        self._client = Client(account_sid, auth_token, http_client=self._http)
        if base_url:
            self._client.api.base_url = base_url.rstrip("/")
        self._sender = sender
        self._callback = callback_url

    def send(self, sms: OutgoingSms) -> Sent:
        service = self._sender.startswith("MG")
        callback = f"{self._callback}?{urlencode({'notice': sms.reference, 'attempt': sms.attempt})}"
        try:
            made = self._client.messages.create(
                to=e164(sms.to),
                body=sms.text,
                from_=unset if service else self._sender,
                messaging_service_sid=self._sender if service else unset,
                status_callback=callback if self._callback else unset,
            )
        except TwilioException as error:
            raise _refused(error) from error
        except (ValueError, TypeError, KeyError) as error:  # 2xx with a body that is not Twilio's
            raise Unknown("answer", mask(str(error)[:200])) from error
        if not made.sid:
            raise Unknown("answer", "回答里没有消息编号")
        return Sent(made.sid)

    def find(self, sms: OutgoingSms, *, since: int, same_phone: bool) -> Report | None:
        # By phone alone where it is known: a message still queued has no date of sending to filter by.
        start = datetime.fromtimestamp(since / 1_000_000, UTC) - timedelta(minutes=10)
        try:
            if same_phone:
                found = self._client.messages.list(to=e164(sms.to), limit=100)
            else:
                found = self._client.messages.list(date_sent_after=start, limit=1000)
        except TwilioException as error:
            raise _unanswered(error) from error
        except Unknown as error:
            raise Passing(error.code, error.message) from error
        for message in found:
            # Trial accounts put their own words in front.
            created = message.date_created
            recent = created is None or created >= start
            if recent and message.sid and (message.body or "").endswith(sms.text) and message.direction != "inbound":
                return report(message.sid, str(message.status), message.error_code, message.error_message)
        return None

    def status(self, gateway_id: str, sms: OutgoingSms, *, same_phone: bool) -> Report:
        try:
            message = self._client.messages(gateway_id).fetch()
        except TwilioException as error:
            raise _unanswered(error) from error
        except Unknown as error:
            raise Passing(error.code, error.message) from error
        return report(gateway_id, str(message.status), message.error_code, message.error_message)

    def probe(self) -> None:
        try:
            self._client.messages.list(limit=1, page_size=1)
        except TwilioException as error:
            raise _unanswered(error) from error
        except Unknown as error:
            raise Passing(error.code, error.message) from error

    def close(self) -> None:
        if self._http.session is not None:
            self._http.session.close()


def e164(phone: str) -> str:
    return phone if phone.startswith("+") else f"+86{phone}"


def report(gateway_id: str, status: str, code: object = None, message: str | None = None) -> Report:
    """A message's status in our words. Whatever is not final counts as sent: Twilio has it."""
    if status in _DELIVERED:
        return Report(gateway_id, "delivered")
    if status in _FAILED:
        number = int(str(code)) if str(code or "").isdigit() else 0
        words = PERMANENT.get(number) or mask(message or "") or status
        return Report(gateway_id, "failed", str(number or status), words, passing=number in PASSING)
    return Report(gateway_id, "sent")


def signed(auth_token: str, url: str, form: dict[str, str], signature: str) -> bool:
    """Did Twilio sign this callback? `url` is the one Twilio called, query included."""
    return bool(RequestValidator(auth_token).validate(url, form, signature))


def _refused(error: TwilioException) -> Permanent | Passing | Unknown:
    """Twilio answered 4xx."""
    status, code, words = _parts(error)
    if code in PASSING:
        return Passing(str(code), words)
    if code in ACCOUNT or status in (401, 403, 404):
        return Passing(str(code or f"http_{status}"), words, account=True)
    if 400 <= status < 500:
        return Permanent(str(code or f"http_{status}"), PERMANENT.get(code, words))
    return Unknown("answer", words)


def _unanswered(error: TwilioException) -> Passing | CannotTell:
    """A question got 4xx: we are not welcome, or the message has been deleted."""
    status, code, words = _parts(error)
    if status == 404:
        return CannotTell(str(code or "http_404"), words)
    return Passing(str(code or f"http_{status}"), words, account=status in (401, 403))


def _parts(error: TwilioException) -> tuple[int, int, str]:
    if isinstance(error, TwilioRestException):
        return error.status, int(error.code or 0), mask(error.msg)
    if isinstance(error, TwilioServiceException):
        return error.status, int(error.code or 0), mask(error.title)
    return 0, 0, mask(str(error))
