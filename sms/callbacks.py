"""What gateways tell us later: whether a message arrived."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from config.settings import Settings
from server.domain.refusals import Refusal
from server.store.notices import Notice
from server.store.store import Store
from server.store.transaction import Tx
from sms import steps
from sms.gateways.base import Report


class CallbackNotSigned(Refusal):
    """Somebody else pretends to be the gateway, or the hall's public address is set wrongly."""

    status = 403
    code = "callback_not_signed"
    zh = "回执签名不符，已拒绝；请核对 YICHUANG_TWILIO_AUTH_TOKEN 和 YICHUANG_PUBLIC_URL。"
    en = (
        "The callback's signature does not match, so it was refused;"
        " check YICHUANG_TWILIO_AUTH_TOKEN and YICHUANG_PUBLIC_URL."
    )


@dataclass(frozen=True, slots=True)
class Callback:
    """A signed report; `notice_id` and `attempt` are those we put into the address when we sent."""

    report: Report
    notice_id: int | None
    attempt: int | None


def apply_twilio(
    store: Store,
    hall_id: str,
    form: Mapping[str, str],
    signature: str,
    url: str,
    now: int | None = None,
    *,
    auth_token: str | None = None,
) -> bool:
    """Take in one of Twilio's status callbacks; True when it moved a notice on, False when it told nothing new.

    `url` is the address Twilio called, query included, as citizens' browsers see it (behind a proxy: not ours).
    `auth_token` None: the one in the settings. Twilio may repeat a callback, or send them late and out of order; a
    notice never moves back. Raises CallbackNotSigned. `now` is unused: a step's time is the store's.
    """
    from sms.gateways import twilio

    if auth_token is None:
        secret = Settings().twilio_auth_token
        auth_token = secret.get_secret_value() if secret else ""
    if not auth_token or not twilio.signed(auth_token, url, dict(form), signature):
        raise CallbackNotSigned()
    sid, status = form.get("MessageSid", ""), form.get("MessageStatus", "")
    if not sid or not status:
        return False
    report = twilio.report(sid, status, form.get("ErrorCode"), form.get("ErrorMessage"))
    return store.write(hall_id, _apply, Callback(report, *_ours(url, hall_id)))


def _ours(url: str, hall_id: str) -> tuple[int | None, int | None]:
    query = parse_qs(urlsplit(url).query)
    reference, attempt = query.get("notice", [""])[0], query.get("attempt", [""])[0]
    hall, _, number = reference.rpartition("-")
    if hall != hall_id or not number.isdecimal():
        return None, None
    return int(number), int(attempt) if attempt.isdecimal() else None


def _apply(tx: Tx, callback: Callback, now: int) -> bool:
    notice = tx.notices.by_gateway_id(callback.report.gateway_id) or _answer_lost(tx, callback)
    return notice is not None and steps.apply_report(tx, notice, callback.report)


def _answer_lost(tx: Tx, callback: Callback) -> Notice | None:
    """The callback overtook the answer to our request, or the answer was lost."""
    if callback.notice_id is None:
        return None
    notice = tx.notices.get(callback.notice_id)
    if notice is None or notice.gateway_id is not None or notice.attempts != callback.attempt:
        return None
    return notice if notice.state in steps.OPEN else None
