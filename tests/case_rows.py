"""A case's row for tests that need one in a given state without walking there."""

from __future__ import annotations

from typing import Any

from server.domain.cases.record import Case
from server.store.transaction import Tx


def a_case(tx: Tx, **more: Any) -> Case:
    """A new row: a person's 承诺件 of the house fund, accepted unless `more` says otherwise."""
    case_id = tx.new_id()
    values: dict[str, Any] = {
        "id": case_id, "code": None, "parent_id": None, "bundle": None, "item_id": "loan", "item_version": 1,
        "name": "公积金贷款", "department": "市公积金中心", "section": "general", "kind": "commitment",
        "channel": "window", "applicant": "person", "state": "accepted", "state_since": tx.now, "revision": 1,
        "ticket_id": None, "window_number": 1, "owner": "staff:clerk1", "owner_name": "1号窗口职员", "answers": {},
        "situation": None, "ticks": frozenset(), "form_box": None, "applicant_mask": "张*", "identity_hash": None,
        "phone_box": None, "phone_hash": None, "phone_mask": None, "link": tx.tokens(), "created_at": tx.now,
        "created_by": "staff:clerk1", "accepted_at": None, "legal_days": 15, "promised_days": 5, "start_day": None,
        "due_day": None, "due_provisional": False, "deferral": None, "deferral_due": None, "correction": None,
        "corrections": 0, "correction_due": None, "pre_review_due": None, "delivery": "counter", "decided_at": None,
        "decision": None, "ended_at": None, "end_reason": None,
    }  # fmt: skip
    return tx.cases.add(Case(**{**values, **more}))
