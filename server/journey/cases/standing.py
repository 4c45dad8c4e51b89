"""How a case stands, in a word for people."""

from __future__ import annotations

from server.domain.cases.record import Case
from server.domain.cases.state import CASE_WORDS, DELIVERED_WORDS, CaseState
from server.journey.cases.issuing import COURIER
from server.store.transaction import Tx


def standing(rx: Tx, case: Case) -> tuple[str, str]:
    """Its state in both languages; a result that was brought by post was not collected but delivered."""
    if case.at is CaseState.COLLECTED and case.delivery == COURIER:
        result = rx.results.find(case.id)
        if result is None or result.proof == COURIER:  # none: the department has mailed it itself
            return DELIVERED_WORDS
    return CASE_WORDS[case.at]
