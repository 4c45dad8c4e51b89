"""The three SMS: gateways (one file each), the sender, and what gateways report back."""

from __future__ import annotations

import ipaddress
import time
from collections.abc import Callable
from urllib.parse import urlsplit

from config.settings import Settings
from sms.gateways.base import Gateway

__all__ = ["build_gateway"]

INBOX_FILE = "sms.jsonl"


def build_gateway(settings: Settings, clock: Callable[[], int] = lambda: time.time_ns() // 1000) -> Gateway:
    """The gateway the settings name. Raises ValueError with a sentence for each thing that is missing or wrong.

    `clock` gives microseconds UTC.
    """
    if settings.sms_gateway == "twilio":
        from sms.gateways.twilio import CALLBACK_PATH, TwilioGateway

        token, public = settings.twilio_auth_token, _public(settings)
        return TwilioGateway(
            settings.twilio_account_sid,
            token.get_secret_value() if token else "",
            settings.twilio_from,
            base_url=settings.twilio_base_url,
            callback_url=public and public + CALLBACK_PATH,
        )
    if settings.sms_gateway == "http":
        from sms.gateways.generic_http import GenericHttpGateway

        if settings.sms_http_file is None:
            raise ValueError(
                "短信网关 http 需要 YICHUANG_SMS_HTTP_FILE / the http gateway needs YICHUANG_SMS_HTTP_FILE"
            )
        return GenericHttpGateway.from_file(settings.sms_http_file)
    from sms.gateways.file import FileGateway

    return FileGateway(settings.data_dir / INBOX_FILE, clock)


def _public(settings: Settings) -> str:
    """Where the gateway can reach us: Twilio itself only a public address (it refuses others), a stand-in here any."""
    address = settings.public_url.rstrip("/") or f"http://{settings.host}:{settings.port}"
    return address if settings.twilio_base_url or _is_public(urlsplit(address).hostname or "") else ""


def _is_public(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        return "." in host and not host.endswith((".local", ".internal", ".lan"))
