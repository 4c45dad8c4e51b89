"""A case as it is kept: one row, and what its JSON columns hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from server.domain.cases.state import CaseState
from server.domain.rows import copier

Ticks = frozenset[tuple[str, str]]
"""What the clerk has checked: (material, checkpoint)."""


@dataclass(frozen=True, slots=True)
class Case:
    """An application. Times µs UTC, days ISO texts, limits in working days.

    `owner` took it in (首办责任). `revision` counts saves of the draft, `saved_*` is the last. `answers` are question → chosen options;
    `situation` the leaf they lead to. `deferral` {commitment, until, materials}, `correction` {words, materials, at,
    from}: from is the state it came from. `received` [{id, name, form, copies}] where no list is published.
    `*_box` are sealed, `*_hash` fingerprints, `*_mask` what screens show.
    """

    id: int
    code: str | None
    parent_id: int | None
    bundle: str | None
    item_id: str
    item_version: int
    name: str
    department: str
    section: str
    kind: str
    channel: str
    applicant: str
    state: str
    state_since: int
    revision: int
    ticket_id: int | None
    window_number: int | None
    owner: str | None
    owner_name: str
    answers: dict[str, Any]
    situation: str | None
    ticks: Ticks
    form_box: str | None
    applicant_mask: str
    identity_hash: str | None
    phone_box: str | None
    phone_hash: str | None
    phone_mask: str | None
    link: str
    created_at: int
    created_by: str
    accepted_at: int | None
    legal_days: int
    promised_days: int
    start_day: str | None
    due_day: str | None
    due_provisional: bool
    deferral: dict[str, Any] | None
    deferral_due: str | None
    correction: dict[str, Any] | None
    corrections: int
    correction_due: str | None
    pre_review_due: str | None
    delivery: str
    decided_at: int | None
    decision: str | None
    ended_at: int | None
    end_reason: str | None
    saved_at: int | None = None
    saved_by: str | None = None
    received: list[dict[str, Any]] | None = None

    @property
    def is_bundle(self) -> bool:
        """一件事: the parent of several cases, without an item of its own."""
        return self.bundle is not None and self.parent_id is None

    @property
    def at(self) -> CaseState:
        return CaseState(self.state)

    def but(self, **changes: Any) -> Case:
        """A copy with some fields changed."""
        return _copied(self, changes)


CASE_FIELDS = tuple(field.name for field in fields(Case))
_copied = copier(Case)


@dataclass(frozen=True, slots=True)
class History:
    """One line of a case's own history. `from_state` None: the case was opened."""

    id: int
    at: int
    by_id: str
    by_name: str
    action: str
    from_state: str | None
    to_state: str | None
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ClockStop:
    """Why the working days stand: `kind` "correction", "hearing", "inspection"…; `until_day` None: still."""

    id: int
    kind: str
    reason: str
    since_day: str
    until_day: str | None
    by_id: str
