"""进度公示: what everybody may see of every case, and what somebody may see of the own one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from server.domain.cases.courier import COURIER_WORDS
from server.domain.cases.record import Case
from server.domain.cases.tries import ProgressLocked, ProgressUnknown
from server.domain.cases.words import action_words
from server.domain.refusals import Refusal
from server.domain.units import HOUR, MINUTE, local
from server.journey.cases.board_numbers import number_of
from server.journey.cases.deadlines import provisional
from server.journey.cases.items import name_en
from server.journey.cases.standing import standing
from server.journey.cases.supervising import light_of
from server.store.cases import CaseUnknown
from server.store.transaction import Tx

Json = dict[str, Any]
MOST_SHOWN = 300
# Of a case's history, what its own applicant is told.
TOLD = frozenset(
    {
        "accepted",
        "deferred",
        "received",
        "correction",
        "supplemented",
        "deferral_brought",
        "suspended",
        "resumed",
        "approved",
        "rejected",
        "decided",
        "at_issue",
        "sent",
        "delivered",
        "came_back",
        "collected",
        "closed",
        "returned",
        "taken_back",
        "refused",
        "withdrawn",
        "terminated",
    }
)


@dataclass(frozen=True, slots=True)
class LookupRequest:
    code: str
    last4: str


def board(rx: Tx, department: str | None = None) -> Json:
    """Every case that was accepted: item, department, state, days, the applicant's mask. Newest moves first."""
    since = rx.now - rx.rules.file.progress.shown_days * 24 * HOUR
    shown = rx.case_lists.board(since, department, MOST_SHOWN)
    return {"today": rx.rules.day.isoformat(), "cases": [row(rx, case) for case in shown]}


def row(rx: Tx, case: Case) -> Json:
    """What anybody may see of a case."""
    zh, en = standing(rx, case)
    return {
        "board_number": number_of(rx, case),
        "item_name": case.name,
        "item_name_en": name_en(rx, case),
        "department": case.department,
        "applicant": case.applicant_mask,
        "state": case.state,
        "state_zh": zh,
        "state_en": en,
        "light": light_of(rx, case),
        "accepted_day": _day(rx, case.accepted_at),
        "due_day": case.due_day,
        "due_provisional": case.due_provisional,
        "decided_day": _day(rx, case.decided_at),
        "decision": case.decision,
    }


def look_up(tx: Tx, request: LookupRequest, now: int) -> Json | Refusal:
    """One's own case. A wrong try is an answer and no error, so that it is counted: ProgressUnknown, ProgressLocked.

    A code nobody has is counted like any other: who guesses learns nothing.
    """
    code = re.sub(r"[\s\-]", "", request.code).upper()
    subject = f"progress:{tx.vault.fingerprint(code)}"
    tries = tx.lookups.of(subject)
    if tries.minutes_locked(now):
        return ProgressLocked(minutes=tries.minutes_locked(now))
    case = _case(tx, code)
    if case is None or not case.phone_mask or case.phone_mask[-4:] != request.last4:
        tries = tries.wrong(now, tx.rules.file.progress.lock_minutes * MINUTE)
        tx.lookups.put(subject, tries)
        tx.lookups.prune(now - 24 * HOUR)  # what nobody tries any more is forgotten
        return ProgressLocked(minutes=tries.minutes_locked(now)) if tries.locked_until else ProgressUnknown()
    tx.lookups.forgive(subject)
    return own_view(tx, case)


def own_view(rx: Tx, case: Case) -> Json:
    """What the applicant is told of the own case; no pickup code: that goes to the phone alone."""
    history = [
        {"day": _day(rx, line.at), "zh": action_words(line.action)[0], "en": action_words(line.action)[1]}
        for line in rx.cases.history(case.id)
        if line.action in TOLD
    ]
    order = rx.couriers.of_case(case.id)
    courier = None
    if order is not None:
        zh, en = COURIER_WORDS[order.state]
        courier = {"waybill": order.waybill, "state": str(order.state), "zh": zh, "en": en, "track": list(order.track)}
    return {
        **row(rx, case),
        "code": case.code,
        "history": history,
        "courier": courier,
        "deferral_due": case.deferral_due,
        "provisional": provisional(rx, case),
    }


def _case(tx: Tx, code: str) -> Case | None:
    try:
        return tx.cases.by_code(code)
    except CaseUnknown:
        return None


def _day(rx: Tx, at: int | None) -> str | None:
    return None if at is None else local(at, rx.rules.zone).date().isoformat()
