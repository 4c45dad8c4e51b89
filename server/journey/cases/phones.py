"""A phone is known by a code sent to it; what proves it afterwards is a sealed token, good for half an hour."""

from __future__ import annotations

import json
from dataclasses import dataclass

from server.domain.actor import Actor, Role
from server.domain.identity import phone_number
from server.domain.masking import mask_phone
from server.domain.refusals import Refusal
from server.domain.units import HOUR, MINUTE, SECOND
from server.store.transaction import Tx
from server.store.vault import VaultError

APART = 60 * SECOND
MOST_TRIES = 5
MOST_A_DAY = 10
DAY = 24 * HOUR
TOKEN_MINUTES = 30


class CodeTooSoon(Refusal):
    status, code = 429, "code_too_soon"
    zh = "验证码刚发过，请 {seconds} 秒后再试。"
    en = "A code was just sent. Try again in {seconds} s."


class TooManyCodes(Refusal):
    status, code = 429, "too_many_codes"
    zh = "这个手机号今天已发过 {most} 次验证码，请明天再试，或到大厅办理。"
    en = "{most} codes were sent to this phone in a day. Try again tomorrow, or come to the hall."


class PhoneCodeWrong(Refusal):
    status, code = 403, "phone_code_wrong"
    zh = "验证码不正确，还可以试 {left} 次。"
    en = "The code is wrong. {left} more tries."


class PhoneCodeSpent(Refusal):
    status, code = 403, "phone_code_spent"
    zh = "验证码已失效，请重新获取。"
    en = "This code is no longer good. Ask for a new one."


class PhoneTokenOld(Refusal):
    status, code = 401, "phone_token_old"
    zh = "手机验证已过期，请重新获取验证码。"
    en = "Your phone has to be confirmed again. Ask for a new code."


@dataclass(frozen=True, slots=True)
class SendCode:
    """`code`: six digits, unguessable."""

    phone: str
    code: str


@dataclass(frozen=True, slots=True)
class VerifyCode:
    phone: str
    code: str


def send_code(tx: Tx, request: SendCode, now: int) -> None:
    """An SMS with a new code in place of the former. Raises PhoneInvalid, CodeTooSoon, TooManyCodes."""
    phone = phone_number(request.phone)
    mark = tx.vault.fingerprint(phone)
    before = tx.phone_codes.find(mark)
    if before is not None and now - before.sent_at < APART:
        raise CodeTooSoon(seconds=-((now - before.sent_at - APART) // SECOND))
    again = before is not None and now - before.since < DAY
    sends, since = (before.sends + 1, before.since) if before is not None and again else (1, now)
    if sends > MOST_A_DAY:
        raise TooManyCodes(most=MOST_A_DAY)
    tx.phone_codes.put(mark, tx.vault.fingerprint(f"{phone}:{request.code}"), sends, since)
    minutes = tx.rules.file.cases.code_minutes
    params = {"pickup": request.code, "minutes": str(minutes), "code": request.code}
    box = tx.vault.seal(phone)
    tx.case_notices.add(tx.new_id(), "phone_code", params, box, mask_phone(phone), lifetime=minutes * MINUTE)


def verify_code(tx: Tx, request: VerifyCode, now: int) -> str | Refusal:
    """The phone's token; or the refusal, given back so that the wrong try is kept. Raises PhoneInvalid."""
    phone = phone_number(request.phone)
    mark = tx.vault.fingerprint(phone)
    kept = tx.phone_codes.find(mark)
    good_until = kept.sent_at + tx.rules.file.cases.code_minutes * MINUTE if kept else 0
    if kept is None or kept.used_at is not None or kept.tries >= MOST_TRIES or now > good_until:
        return PhoneCodeSpent()
    if tx.vault.fingerprint(f"{phone}:{request.code.strip()}") != kept.code_hash:
        tx.phone_codes.missed(mark)
        return PhoneCodeWrong(left=MOST_TRIES - 1 - kept.tries)
    tx.phone_codes.use(mark)
    return tx.vault.seal(json.dumps({"phone": phone, "until": now + TOKEN_MINUTES * MINUTE}))


def phone_of(tx: Tx, token: str) -> str:
    """The phone that was confirmed. Raises PhoneTokenOld."""
    try:
        said = json.loads(tx.vault.open(token))
        phone, until = str(said["phone"]), int(said["until"])
    except (VaultError, ValueError, KeyError, TypeError):
        raise PhoneTokenOld() from None
    if tx.now > until:
        raise PhoneTokenOld()
    return phone


def citizen(tx: Tx, phone: str) -> Actor:
    """Whoever holds this phone."""
    return Actor(f"phone:{tx.vault.fingerprint(phone)[:12]}", "申请人", frozenset({Role.CITIZEN}))
