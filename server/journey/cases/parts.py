"""A case that is over needs its departments no more: their tasks are dropped, and it leaves the lists nobody signed."""

from __future__ import annotations

from server.domain.cases.state import TaskState
from server.store.transaction import Tx


def drop_parts(tx: Tx, case_id: int, now: int) -> None:
    """Papers already on their way stay on their list: somebody must still sign that they arrived."""
    for task in tx.tasks.of_case(case_id):
        if task.open:
            tx.tasks.move(task, TaskState.DROPPED, decided_at=now)
    for line in tx.handovers.lines_of_case(case_id):
        tx.handovers.drop_line(line)
