"""A case's states and the legal moves between them."""

from __future__ import annotations

from enum import StrEnum


class CaseState(StrEnum):
    DRAFT = "draft"
    PRE_REVIEW = "pre_review"
    AWAITING_VISIT = "awaiting_visit"
    CORRECTION = "correction"
    ACCEPTED = "accepted"
    REVIEWING = "reviewing"
    SUSPENDED = "suspended"
    APPROVED = "approved"
    REJECTED = "rejected"
    AT_ISSUE = "at_issue"
    SENT = "sent"
    COLLECTED = "collected"
    CLOSED = "closed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    TERMINATED = "terminated"


CASE_WORDS: dict[CaseState, tuple[str, str]] = {
    CaseState.DRAFT: ("填写中", "being filled in"),
    CaseState.PRE_REVIEW: ("网上预审", "online pre-review"),
    CaseState.AWAITING_VISIT: ("待到窗口交件", "papers to be brought"),
    CaseState.CORRECTION: ("待补正", "correction asked for"),
    CaseState.ACCEPTED: ("已受理", "accepted"),
    CaseState.REVIEWING: ("审查中", "under review"),
    CaseState.SUSPENDED: ("特别程序中", "special procedure"),
    CaseState.APPROVED: ("准予", "approved"),
    CaseState.REJECTED: ("不予同意", "rejected"),
    CaseState.AT_ISSUE: ("待领取", "ready to collect"),
    CaseState.SENT: ("已寄出", "sent by courier"),
    CaseState.COLLECTED: ("已领取", "collected"),
    CaseState.CLOSED: ("已办结", "closed"),
    CaseState.REFUSED: ("不予受理", "not accepted"),
    CaseState.WITHDRAWN: ("已撤回", "withdrawn"),
    CaseState.TERMINATED: ("已终止", "terminated"),
}
DELIVERED_WORDS = ("已送达", "delivered")  # collected, by way of the courier

S = CaseState
_STOPS = {S.WITHDRAWN, S.TERMINATED}

CASE_MOVES: dict[CaseState, frozenset[CaseState]] = {
    S.DRAFT: frozenset({S.ACCEPTED, S.PRE_REVIEW, S.CORRECTION, S.REFUSED, S.WITHDRAWN}),
    S.PRE_REVIEW: frozenset({S.ACCEPTED, S.AWAITING_VISIT, S.CORRECTION, S.REFUSED, *_STOPS}),
    S.AWAITING_VISIT: frozenset({S.ACCEPTED, S.CORRECTION, S.REFUSED, *_STOPS}),
    S.CORRECTION: frozenset({S.ACCEPTED, S.PRE_REVIEW, S.REVIEWING, S.CORRECTION, S.REFUSED, *_STOPS}),
    S.ACCEPTED: frozenset({S.REVIEWING, S.APPROVED, S.REJECTED, *_STOPS}),
    S.REVIEWING: frozenset({S.REVIEWING, S.APPROVED, S.REJECTED, S.CORRECTION, S.SUSPENDED, *_STOPS}),
    S.SUSPENDED: frozenset({S.REVIEWING, *_STOPS}),
    S.APPROVED: frozenset({S.AT_ISSUE, S.SENT, S.CLOSED}),
    S.REJECTED: frozenset({S.AT_ISSUE, S.SENT, S.CLOSED}),
    S.AT_ISSUE: frozenset({S.COLLECTED, S.SENT, S.CLOSED, S.APPROVED, S.REJECTED}),
    S.SENT: frozenset({S.COLLECTED, S.AT_ISSUE}),
    S.COLLECTED: frozenset(),
    S.CLOSED: frozenset(),
    S.REFUSED: frozenset(),
    S.WITHDRAWN: frozenset(),
    S.TERMINATED: frozenset(),
}

RUNNING = frozenset({S.ACCEPTED, S.REVIEWING})
"""States in which working days are used up."""

STOPPED = frozenset({S.CORRECTION, S.SUSPENDED})
"""States in which the clock stands."""

OPEN = frozenset(state for state, moves in CASE_MOVES.items() if moves)
"""States that lead on."""


class TaskState(StrEnum):
    """One department's part: on its way to it, signed for, then decided."""

    ON_ITS_WAY = "on_its_way"
    HELD = "held"
    APPROVED = "approved"
    REJECTED = "rejected"
    DROPPED = "dropped"


TASK_WORDS: dict[TaskState, tuple[str, str]] = {
    TaskState.ON_ITS_WAY: ("待交接", "to be handed over"),
    TaskState.HELD: ("审查中", "under review"),
    TaskState.APPROVED: ("同意", "approved"),
    TaskState.REJECTED: ("不同意", "rejected"),
    TaskState.DROPPED: ("不再需要", "no longer needed"),
}

TASK_MOVES: dict[TaskState, frozenset[TaskState]] = {
    TaskState.ON_ITS_WAY: frozenset({TaskState.HELD, TaskState.DROPPED}),
    TaskState.HELD: frozenset({TaskState.APPROVED, TaskState.REJECTED, TaskState.DROPPED}),
    TaskState.APPROVED: frozenset(),
    TaskState.REJECTED: frozenset(),
    TaskState.DROPPED: frozenset(),
}


def joint_result(tasks: list[TaskState]) -> CaseState | None:
    """并联审批: the case's result when the last department decides, or at once when one rejects; None before."""
    if TaskState.REJECTED in tasks:
        return S.REJECTED
    counted = [task for task in tasks if task != TaskState.DROPPED]
    return S.APPROVED if counted and all(task == TaskState.APPROVED for task in counted) else None
