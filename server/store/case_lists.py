"""SQL of lists of cases behind the counter: what runs or stands, what the progress board shows, what was decided."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from server.domain.cases.record import CASE_FIELDS, Case
from server.store.cases import case_of

if TYPE_CHECKING:
    from server.store.transaction import Tx

# 一件事: the parent of a bundle has no item, no task and no result of its own.
_OF_ITEMS = " AND (bundle IS NULL OR parent_id IS NOT NULL)"
_RUNNING = " AND state IN ('accepted','reviewing','suspended','correction') AND accepted_at IS NOT NULL"


class CaseLists:
    """Lists of one hall, inside one transaction."""

    def __init__(self, tx: Tx) -> None:
        self.db, self.hall = tx.db, tx.hall_id

    def by_ids(self, case_ids: Sequence[int]) -> dict[int, Case]:
        """id → case."""
        found: dict[int, Case] = {}
        for start in range(0, len(case_ids), 500):
            part = case_ids[start : start + 500]
            marks = ", ".join("?" * len(part))
            found |= {case.id: case for case in self._found(f" AND id IN ({marks})", part)}
        return found

    def under_way(self) -> list[Case]:
        """Accepted and not decided, first due first; what stands has no due day and comes last."""
        return self._found(f"{_RUNNING}{_OF_ITEMS} ORDER BY COALESCE(due_day, '9999'), id", ())

    def results_awaited(self, delivery: str) -> list[Case]:
        """Approved and delivered that way, first decided first: nothing has come of it yet."""
        return self._found(" AND state = 'approved' AND delivery = ? ORDER BY state_since, id", (delivery,))

    def board(self, since: int, department: str | None, limit: int) -> list[Case]:
        """Accepted and not over, or over since then; the latest move first."""
        where = (
            " AND accepted_at IS NOT NULL AND (state IN ('accepted','reviewing','suspended','correction','approved',"
            f"'rejected','at_issue','sent') OR (state IN ('collected','closed') AND state_since >= ?)){_OF_ITEMS}"
        )
        params: list[object] = [since]
        if department is not None:
            where += " AND department = ?"
            params.append(department)
        return self._found(f"{where} ORDER BY state_since DESC, id LIMIT ?", (*params, limit))

    def decided(self, since: int, department: str | None) -> list[tuple[int, str | None]]:
        """(when, promised day) of what was decided since then."""
        where = ""
        params: tuple[object, ...] = (self.hall, since)
        if department is not None:
            where, params = " AND department = ?", (self.hall, since, department)
        rows = self.db.all(
            f"SELECT decided_at, due_day FROM cases WHERE hall_id = ? AND decided_at >= ?{_OF_ITEMS}{where}", params
        )
        return [(int(row[0]), row[1]) for row in rows]

    def _found(self, where: str, params: Sequence[object]) -> list[Case]:
        columns = ", ".join(CASE_FIELDS)
        rows = self.db.all(f"SELECT {columns} FROM cases WHERE hall_id = ?{where}", (self.hall, *params))
        return [case_of(row) for row in rows]

    def handed_on(self, case_ids: Sequence[int]) -> set[int]:
        """Those whose first handler handed them on (首办责任移交)."""
        found: set[int] = set()
        for start in range(0, len(case_ids), 500):
            part = case_ids[start : start + 500]
            marks = ", ".join("?" * len(part))
            rows = self.db.all(
                "SELECT DISTINCT case_id FROM case_history WHERE hall_id = ? AND action = 'handed_on'"
                f" AND case_id IN ({marks})",
                (self.hall, *part),
            )
            found |= {int(row[0]) for row in rows}
        return found
