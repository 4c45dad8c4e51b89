"""What somebody may do with a case now: the buttons of its page. Each step judges again."""

from __future__ import annotations

from server.domain.actor import Actor, Role
from server.domain.cases.record import Case
from server.domain.cases.state import CASE_MOVES, CaseState
from server.domain.catalogue.model import Kind
from server.journey.cases.authorizing import is_authorized
from server.journey.cases.drafting import NotSubmitted, NotYourCase, takes_in
from server.journey.cases.items import departments
from server.journey.cases.moves import ENDS
from server.store.transaction import Tx

S = CaseState
BEFORE = frozenset({S.DRAFT, S.AWAITING_VISIT, S.CORRECTION})


def may(rx: Tx, case: Case, by: Actor) -> dict[str, bool]:
    at_window = by.leads or by.has(Role.CLERK)
    mine = at_window and (by.leads or case.owner in (None, by.id))
    waiting = case.parent_id is not None and case.at in (S.DRAFT, S.CORRECTION) and case.start_day is None
    before = case.at in BEFORE and case.start_day is None and not waiting
    intake = mine and before
    going_on = intake or (at_window and before and _goes_on(rx, case, by))
    review = case.at == S.PRE_REVIEW and (at_window or by.department == case.department)
    told_after = case.at == S.CORRECTION and case.start_day is not None
    running = case.at in (S.ACCEPTED, S.REVIEWING, S.SUSPENDED)
    return {
        "save": going_on,
        "accept": going_on,
        "correct": intake or review,
        "refuse": intake or review,
        "supplement": at_window and not case.is_bundle and (told_after or (running and case.deferral_due is not None)),
        "withdraw": at_window and not waiting and S.WITHDRAWN in CASE_MOVES[case.at],
        "pass_pre_review": review,
        "decide_at_once": mine and case.at == S.ACCEPTED and _at_once(rx, case, by),
        "hand_on": mine and not waiting and case.at not in ENDS,
    }


def _goes_on(rx: Tx, case: Case, by: Actor) -> bool:
    try:
        takes_in(rx, case, by)
    except (NotYourCase, NotSubmitted):
        return False
    return True


def _at_once(rx: Tx, case: Case, by: Actor) -> bool:
    if case.kind != Kind.INSTANT_SINGLE or case.is_bundle or rx.tasks.of_case(case.id):
        return False
    return is_authorized(rx, by.id, departments(rx.catalogue.version(case.item_id, case.item_version)), case.item_id)
