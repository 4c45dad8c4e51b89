"""What the sender asks of any gateway, and how a gateway says no.

A gateway says how far a message came by the exception it raises: `Permanent` (this message will never be taken),
`Passing` (not now) and `Unknown` (handed over, answer lost). Anything else a gateway raises is a bug and is treated as
`Unknown`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Literal, Protocol

import requests
from urllib3.exceptions import ConnectTimeoutError, MaxRetryError, NameResolutionError, NewConnectionError

Outcome = Literal["sent", "delivered", "failed"]


@dataclass(frozen=True, slots=True)
class OutgoingSms:
    """One message. `to` is a mainland number of 11 digits; `text` begins with 【signature】.

    `reference` is ours and the same for every attempt; `attempt` counts them from 1. Domestic providers are given
    `template_id` and `params` and word the message themselves.
    """

    to: str
    text: str
    template_id: str
    params: Mapping[str, str]
    reference: str
    attempt: int = 1


@dataclass(frozen=True, slots=True)
class Sent:
    """The provider has the message and knows it as `gateway_id` ("" when it gives none)."""

    gateway_id: str


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a message the provider has. `passing`: failed, but trying again may help."""

    gateway_id: str
    outcome: Outcome
    code: str = ""
    message: str = ""
    passing: bool = False


class GatewayError(Exception):
    """`code` is the provider's, or one of ours: connect, address, disk, timeout, answer, http_<status>."""

    down = False  # does it say that the gateway as a whole does not work?

    def __init__(self, code: str, message: str = "") -> None:
        self.code = code
        self.message = message
        super().__init__(f"{code}: {message}" if message else code)


class Permanent(GatewayError):
    """This message will never be taken: a wrong number, a citizen who unsubscribed."""


class Passing(GatewayError):
    """Not now. `retry_after` is the provider's wish in seconds.

    `account`: it is about us (wrong password, no money), so all messages fail until somebody mends it.
    """

    def __init__(
        self, code: str, message: str = "", *, retry_after: float | None = None, account: bool = False
    ) -> None:
        super().__init__(code, message)
        self.retry_after = retry_after
        self.account = account
        self.down = account or code in ("connect", "address", "disk", "timeout", "answer") or code.startswith("http_5")


class Unknown(GatewayError):
    """The request was handed over and the answer is lost: only the provider can say."""

    down = True


class CannotTell(GatewayError):
    """This provider has no way to ask."""


class Gateway(Protocol):
    """Safe for several callers at once: holds no lock and keeps nothing between calls but connections."""

    name: str
    # "Not found" is the last word: the message was never taken, so it may be sent again.
    lookup_is_final: bool
    # Can say later what became of a message: `status` is worth calling.
    reports: bool
    # Touches the disk: call it through run_blocking.
    blocking: bool

    def send(self, sms: OutgoingSms) -> Sent:
        """Hand over one message. Raises Permanent, Passing or Unknown."""
        ...

    def find(self, sms: OutgoingSms, *, since: int, same_phone: bool) -> Report | None:
        """Ask for a message of ours whose answer was lost (`since`, microseconds UTC: not older than this).

        `same_phone` False: the phone in `sms` is not the one it went to. None: the provider does not have it.
        Raises CannotTell where there is no way to ask, Passing when the provider does not answer.
        """
        ...

    def status(self, gateway_id: str, sms: OutgoingSms, *, same_phone: bool) -> Report:
        """What became of a message the provider took. Raises CannotTell, Passing."""
        ...

    def probe(self) -> None:
        """Is the provider there and are we welcome? Raises Passing; CannotTell where only a message would show."""
        ...

    def close(self) -> None: ...


def lost(error: requests.RequestException) -> GatewayError:
    """Passing if the request cannot have left this machine, else Unknown. Quotes neither addresses nor phones."""
    if isinstance(error, requests.exceptions.SSLError):
        return Passing("connect", "证书或加密连接有问题")
    if isinstance(error, requests.exceptions.ConnectTimeout):
        return Passing("connect", "连接超时")
    if isinstance(error, requests.exceptions.ConnectionError):
        reason = error.args[0] if error.args else None
        if isinstance(reason, MaxRetryError):
            reason = reason.reason
        if isinstance(reason, NameResolutionError):
            return Passing("connect", "域名解析不了")
        if isinstance(reason, NewConnectionError | ConnectTimeoutError):
            return Passing("connect", "连不上")
    if isinstance(error, requests.exceptions.Timeout):
        return Unknown("timeout", "没有等到回答")
    if isinstance(error, requests.exceptions.InvalidURL | requests.exceptions.InvalidSchema):
        return Passing("address", "地址写错了", account=True)
    return Unknown("answer", f"回答中断（{type(error).__name__}）")


def retry_after(value: str | None, now: datetime | None = None) -> float | None:
    """Seconds from a Retry-After header: a number or an HTTP date."""
    if not value:
        return None
    try:
        return max(0.0, float(value))
    except ValueError:
        pass
    try:
        when = parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(0.0, (when - (now or datetime.now(UTC))).total_seconds())


def mask(text: str) -> str:
    """No phone number in a log or an alarm, whatever a provider quotes back at us."""
    return re.sub(r"(1[3-9]\d)\d{4}(\d{4})(?!\d)", r"\1****\2", text)
