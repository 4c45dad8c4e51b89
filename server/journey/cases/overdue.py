"""Step 6: what time alone brings, once a day: limits of deferral, correction and pre-review; what nobody finished,
brought or decided."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from server.domain.actor import SYSTEM
from server.domain.cases.record import Case
from server.domain.cases.state import CASE_MOVES, CaseState
from server.domain.cases.words import ended_because
from server.domain.refusals import Refusal
from server.domain.units import HOUR, moment
from server.journey.alarms import raise_alarm
from server.journey.cases import deadlines, notices, pre_review
from server.journey.cases.board_numbers import number_of
from server.journey.cases.ending import end_all
from server.journey.cases.intake import send_on
from server.journey.cases.items import matter
from server.journey.cases.moves import PRE_REVIEW_ALARM, note
from server.store.transaction import Tx

MORNING = time(9)
"""Nobody is woken by a reminder."""
REMINDED = "deferral_reminded"


def due(rx: Tx) -> bool:
    """Is there anything for `mind` to do? A cheap read."""
    today = deadlines.today(rx)
    yesterday = (today - timedelta(days=1)).isoformat()
    return bool(
        rx.cases.deferrals_until(yesterday)
        or rx.cases.corrections_until(yesterday)
        or rx.cases.idle_drafts(_idle_before(rx))
        or _not_brought(rx)
        or rx.cases.left_at_window(today.isoformat())
        or any(_forgotten(rx, case) for case in rx.cases.pre_reviews(yesterday))
        or any(not _reminded(rx, case) for case in _soon(rx, today))
    )


def mind(tx: Tx, _: object, now: int) -> None:
    """End what was not brought in time, let go on what was not looked at, remind whose limit is near."""
    today = deadlines.today(tx)
    yesterday = (today - timedelta(days=1)).isoformat()
    for case in tx.cases.deferrals_until(yesterday):
        _terminate(tx, case, ended_because("deferral", day=case.deferral_due), now)
    for case in tx.cases.corrections_until(yesterday):
        _terminate(tx, case, ended_because("correction", day=case.correction_due), now)
    for case in tx.cases.pre_reviews(yesterday):
        if _forgotten(tx, case):
            _pre_review(tx, case, now)
    for case in tx.cases.idle_drafts(_idle_before(tx)):
        if case.parent_id is None:
            days = tx.rules.file.cases.draft_days
            end_all(tx, case, CaseState.WITHDRAWN, SYSTEM, "draft_lapsed", ended_because("draft", days=days), now)
    for case in _not_brought(tx):
        _terminate(tx, case, ended_because("visit", days=deadlines.visit_days(tx, case)), now)
    for case in tx.cases.left_at_window(today.isoformat()):
        _to_departments(tx, case, now)
    for case in _soon(tx, today):
        if not _reminded(tx, case):
            notices.tell(tx, case, "deferral_due", now, day=case.deferral_due or "", not_before=_morning(tx))
            note(tx, case, SYSTEM, REMINDED, {"due": case.deferral_due}, told=False)


def _idle_before(tx: Tx) -> int:
    return tx.now - tx.rules.file.cases.draft_days * 24 * HOUR


def _not_brought(rx: Tx) -> list[Case]:
    """Waited for long enough, also by what was told before the hall made it shorter."""
    found = rx.cases.not_brought(rx.now - rx.rules.file.cases.visit_days * 24 * HOUR)
    return [case for case in found if case.state_since <= rx.now - deadlines.visit_days(rx, case) * 24 * HOUR]


def _to_departments(tx: Tx, case: Case, now: int) -> None:
    """即办件 nobody decided on its day, perhaps because the authorization has ended since: its department does."""
    one = matter(tx, case)
    note(tx, case, SYSTEM, "left_at_window", {})
    send_on(tx, case, one.item, one.materials, SYSTEM, now)


def _soon(tx: Tx, today: date) -> list[Case]:
    """Papers that should be there by the next working day."""
    next_day = tx.working_days().next_working(today + timedelta(days=1))
    return tx.cases.deferrals_until(next_day.isoformat())


def _reminded(tx: Tx, case: Case) -> bool:
    return any(line.action == REMINDED and line.data["due"] == case.deferral_due for line in tx.cases.history(case.id))


def _forgotten(rx: Tx, case: Case) -> bool:
    return not _alarmed(rx, case) or pre_review.lapsed_by_law(rx, case)


def _alarmed(tx: Tx, case: Case) -> bool:
    return tx.alarms.find(PRE_REVIEW_ALARM, f"case:{case.id}") is not None


def _terminate(tx: Tx, case: Case, reason: str, now: int) -> None:
    case = tx.cases.get(case.id)
    if CaseState.TERMINATED not in CASE_MOVES[case.at]:
        return  # it has just ended with the part of its bundle that it waited for
    ended = end_all(tx, case, CaseState.TERMINATED, SYSTEM, "terminated", reason, now)
    notices.tell(tx, ended, "terminated", now, not_before=_morning(tx))


def _pre_review(tx: Tx, case: Case, now: int) -> None:
    """One that cannot go on by itself (its form is faulty after all) is the department's, with an alarm."""
    try:
        went = pre_review.overdue(tx, case, now)
    except Refusal as refusal:
        went = None
        note(tx, case, SYSTEM, pre_review.STUCK, {"why": refusal.message_zh})
    if went is None:
        raise_alarm(
            tx,
            PRE_REVIEW_ALARM,
            f"case:{case.id}",
            {"code": number_of(tx, case), "item_name": case.name, "department": case.department},
        )


def _morning(tx: Tx) -> int:
    """Nine o'clock of the hall's day, µs UTC."""
    return moment(datetime.combine(deadlines.today(tx), MORNING, tx.rules.zone))
