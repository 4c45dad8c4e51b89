"""材料交接 of what comes later: papers brought after a case's list was signed (补交、补正) go to its departments by a list, too."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from server.domain.cases import handover as rule
from server.domain.cases.handover import HandoverState
from server.domain.cases.intake import missing
from server.domain.cases.received import Received
from server.domain.cases.record import Case, Ticks
from server.domain.cases.state import TaskState
from server.domain.catalogue.model import Material, Medium
from server.journey.cases import handing_over
from server.store.transaction import Tx

AT_WORK = frozenset({TaskState.ON_ITS_WAY, TaskState.HELD})


def pieces_brought(materials: Sequence[Material], before: Ticks, after: Ticks, papers: Iterable[Received] = ()) -> int:
    """Copies of the materials that are whole now and were not, and of papers of an item without a list."""
    lacking = {one.id for one in missing(materials, before)} - {one.id for one in missing(materials, after)}
    listed = sum(one.copies for one in materials if one.id in lacking and one.medium != Medium.ELECTRONIC)
    return listed + sum(one.copies for one in papers)


def list_later(tx: Tx, case: Case, pieces: int, now: int) -> None:
    """Put them on the next list of each department that still decides; onto its first one while nobody has signed that.

    003: what a window takes in is handed over the same day.
    """
    if not pieces or case.at not in handing_over.UNDECIDED:
        return
    lines = tx.handovers.lines_of_case(case.id)
    for task in tx.tasks.of_case(case.id):
        own = [line for line in lines if line.task_id == task.id]
        if task.state not in AT_WORK or not own:
            continue  # decided, or not on any list yet: the first one will count them
        last = tx.handovers.get(own[-1].handover_id)
        if last.state == HandoverState.OPEN:
            tx.handovers.add_pieces(own[-1], pieces)
            continue
        made = handing_over.next_list(tx, case, task.department, rule.OUT, now)
        tx.handovers.put_line(made.id, case.id, task.id, pieces)
        handing_over.tell(tx, "handover.listed", made)
