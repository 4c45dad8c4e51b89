"""The sender's steps: what it writes to the store between talks with the gateway."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from server.journey.alarms import clear_alarm, raise_alarm
from server.store.notices import NEVER, Claimed, Notice, State
from server.store.transaction import Tx
from sms.gateways.base import Report

SECOND: Final = 1_000_000
# No outcome after so long: the process that had it is dead, or could not write. Longer than any two requests.
LEASE: Final = 90 * SECOND
ALARM: Final = ("sms_gateway", "sms")
# What a message can still become from where it is. Nothing moves back, and nothing leaves delivered or failed.
OPEN: Final[tuple[State, ...]] = ("sending", "unknown")
BEFORE: Final[dict[State, tuple[State, ...]]] = {
    "sent": OPEN,
    "delivered": (*OPEN, "sent"),
    "failed": (*OPEN, "sent"),
}
# When to ask whether a sent message has arrived, after it was sent; callbacks are often quicker.
ASK_AT: Final = tuple(seconds * SECOND for seconds in (30, 120, 300, 900, 1800, 3600))
RETRY_DELAY: Final = (5, 15, 30, 60, 120)  # seconds


@dataclass(frozen=True, slots=True)
class ClaimRequest:
    limit: int
    gateway: str


def claim(tx: Tx, request: ClaimRequest, now: int) -> list[Claimed]:
    """The most urgent due notices, marked `sending`: from here on nobody else will send them."""
    tx.notices.expire()
    return tx.notices.claim(request.limit, LEASE, request.gateway)


def claim_questions(tx: Tx, limit: int, now: int) -> list[Claimed]:
    """Notices whose outcome is overdue; nobody else will ask about them meanwhile."""
    return tx.notices.questions(limit, LEASE)


def ask_all_now(tx: Tx, _: None, now: int) -> int:
    """After a crash, when no other process sends for this hall: every `sending` is a question."""
    return tx.notices.ask_all_now()


def claim_unreported(tx: Tx, request: ClaimRequest, now: int) -> list[Claimed]:
    """Sent notices to ask about, so that a hall no callback can reach knows what arrived."""
    return tx.notices.unreported(request.limit, request.gateway, ASK_AT)


@dataclass(frozen=True, slots=True)
class Handed:
    """The gateway has it, or says what became of it. `ask`: it can be asked later."""

    notice: Notice
    report: Report
    ask: bool


def record_handed(tx: Tx, request: Handed, now: int) -> bool:
    """Note what the gateway knows; False when the notice is already further."""
    return apply_report(tx, request.notice, request.report, ask=request.ask)


def apply_report(tx: Tx, notice: Notice, report: Report, *, ask: bool = True) -> bool:
    """Move the notice as the report says, never backwards.

    A failure that another try may mend goes back to `pending` while there is time: nobody has received it.
    """
    columns: dict[str, Any] = {"gateway_id": report.gateway_id or notice.gateway_id}
    if report.outcome == "failed":
        columns |= {"error_code": report.code, "error": report.message}
        due = tx.now + delay(notice.attempts)
        if report.passing and due < notice.expires_at:
            again = {**columns, "gateway_id": None, "due_at": due}
            return tx.notices.move(notice.id, BEFORE["failed"], "pending", **again)
    else:
        columns |= {"error_code": None, "error": None}
        columns["sent_at"] = notice.sent_at or tx.now
        if report.outcome == "delivered":
            columns["delivered_at"] = tx.now
        else:
            columns["due_at"] = tx.now + ASK_AT[0] if ask else NEVER
    return tx.notices.move(notice.id, BEFORE[report.outcome], report.outcome, **columns)


@dataclass(frozen=True, slots=True)
class Refused:
    """The gateway does not have it. `wait` in microseconds before the next try; None: never try again."""

    notice: Notice
    code: str
    message: str
    wait: int | None


def record_refused(tx: Tx, request: Refused, now: int) -> bool:
    columns = {"error_code": request.code, "error": request.message}
    if request.wait is None:
        return tx.notices.move(request.notice.id, ("sending",), "failed", **columns)
    return tx.notices.move(request.notice.id, ("sending",), "pending", due_at=now + request.wait, **columns)


@dataclass(frozen=True, slots=True)
class Lost:
    """The gateway may have it. Ask again after `wait` microseconds; None: nobody will ever know."""

    notice: Notice
    code: str
    message: str
    wait: int | None


def record_lost(tx: Tx, request: Lost, now: int) -> bool:
    columns = {"error_code": request.code, "error": request.message}
    if request.wait is None:
        return tx.notices.move(request.notice.id, ("sending",), "unknown", **columns)
    return tx.notices.move(request.notice.id, ("sending",), "sending", due_at=now + request.wait, **columns)


def raise_sms_alarm(tx: Tx, data: dict[str, str], now: int) -> None:
    raise_alarm(tx, *ALARM, data)


def clear_sms_alarm(tx: Tx, _: None, now: int) -> None:
    clear_alarm(tx, *ALARM)


def delay(attempts: int) -> int:
    """Microseconds before the next try after so many."""
    return RETRY_DELAY[min(max(attempts, 1), len(RETRY_DELAY)) - 1] * SECOND
