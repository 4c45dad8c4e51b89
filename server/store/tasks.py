"""SQL of departments' parts of cases: one row a department, moved only from where the step has seen it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from server.domain.cases.special import TaskMoved, TaskUnknown
from server.domain.cases.state import TASK_MOVES, TASK_WORDS, TaskState

if TYPE_CHECKING:
    from server.store.db import Row
    from server.store.transaction import Tx

_COLUMNS = "id, case_id, department, state, state_since, holder, holder_name, received_at, decided_at, decided_by, opinion, reasons"


@dataclass(frozen=True, slots=True)
class Task:
    """A department's part of a case. Times µs UTC; `holder` an actor's id."""

    id: int
    case_id: int
    department: str
    state: TaskState
    state_since: int
    holder: str | None
    holder_name: str
    received_at: int | None
    decided_at: int | None
    decided_by: str | None
    opinion: str
    reasons: tuple[str, ...]

    @property
    def open(self) -> bool:
        return self.state in (TaskState.ON_ITS_WAY, TaskState.HELD)


def _task(row: Row) -> Task:
    values: dict[str, Any] = {name: row[name] for name in _COLUMNS.split(", ")}
    values |= {"state": TaskState(row["state"]), "reasons": tuple(json.loads(row["reasons"]))}
    return Task(**values)


class Tasks:
    """The tasks of one hall, inside one transaction."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx
        self.db, self.hall = tx.db, tx.hall_id

    def add(self, case_id: int, department: str, *, held: bool = False) -> Task:
        """A department's part of a case; `held`: nothing of paper is on its way to it. Conflict when it has one."""
        now = self._tx.now
        state = TaskState.HELD if held else TaskState.ON_ITS_WAY
        received = now if held else None
        task = Task(self._tx.new_id(), case_id, department, state, now, None, "", received, None, None, "", ())
        self.db.execute(
            "INSERT INTO case_tasks (hall_id, id, case_id, department, state, state_since, received_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (self.hall, task.id, case_id, department, str(state), now, received),
        )
        return task

    def get(self, task_id: int) -> Task:
        """Raises TaskUnknown."""
        rows = self._all(" AND id = ?", (task_id,))
        if not rows:
            raise TaskUnknown()
        return rows[0]

    def of_case(self, case_id: int) -> list[Task]:
        """In the order they were made: the item's own department first."""
        return self._all(" AND case_id = ? ORDER BY id", (case_id,))

    def of_cases(self, case_ids: Sequence[int]) -> dict[int, list[Task]]:
        """case → its tasks."""
        found: dict[int, list[Task]] = {case: [] for case in case_ids}
        for start in range(0, len(case_ids), 500):
            part = case_ids[start : start + 500]
            marks = ", ".join("?" * len(part))
            for task in self._all(f" AND case_id IN ({marks}) ORDER BY id", part):
                found[task.case_id].append(task)
        return found

    def open_of(self, department: str) -> list[Task]:
        """What a department has still to decide, also what is on its way to it."""
        return self._all(" AND department = ? AND state IN ('on_its_way', 'held') ORDER BY id", (department,))

    def all_open(self) -> list[Task]:
        return self._all(" AND state IN ('on_its_way', 'held') ORDER BY id")

    def decided_of(self, department: str, limit: int) -> list[Task]:
        """Newest first; "" = of any department."""
        whose, params = (" AND department = ?", [department]) if department else ("", [])
        decided = " AND state IN ('approved', 'rejected', 'dropped') ORDER BY decided_at DESC, id DESC LIMIT ?"
        return self._all(whose + decided, (*params, limit))

    def unlisted(self, limit: int = 500) -> list[Task]:
        """On their way, and on no handover list yet."""
        return self._all(
            " AND state = 'on_its_way' AND NOT EXISTS (SELECT 1 FROM handover_lines l WHERE l.hall_id = case_tasks.hall_id"
            " AND l.case_id = case_tasks.case_id AND l.task_id = case_tasks.id) ORDER BY id LIMIT ?",
            (limit,),
        )

    def departments(self) -> list[str]:
        """Those that have had a task."""
        rows = self.db.all(
            "SELECT DISTINCT department FROM case_tasks WHERE hall_id = ? ORDER BY department", (self.hall,)
        )
        return [row[0] for row in rows]

    def need_open(self, task: Task) -> Task:
        """Raises TaskMoved for one that is decided or dropped."""
        if not task.open:
            raise _moved(task)
        return task

    def move(self, task: Task, to: TaskState, **columns: Any) -> Task:
        """To another state, if it is where it was seen. Raises TaskMoved."""
        if to not in TASK_MOVES[task.state]:
            raise _moved(task)
        changed = replace(task, state=to, state_since=self._tx.now, **columns)
        return self._write(task, changed, {"state": str(to), "state_since": self._tx.now, **columns})

    def set(self, task: Task, **columns: Any) -> Task:
        """Change columns of a task that stays in its state. Raises TaskMoved."""
        return self._write(task, replace(task, **columns), columns)

    def _write(self, task: Task, changed: Task, columns: dict[str, Any]) -> Task:
        if "reasons" in columns:
            columns = {**columns, "reasons": json.dumps(columns["reasons"], ensure_ascii=False)}
        sets = ", ".join(f"{name} = ?" for name in columns)
        # "holder" is what two approvers race for.
        done = self.db.execute(
            f"UPDATE case_tasks SET {sets} WHERE hall_id = ? AND id = ? AND state = ? AND COALESCE(holder, '') = ?",
            (*columns.values(), self.hall, task.id, str(task.state), task.holder or ""),
        )
        if done != 1:
            raise _moved(self.get(task.id))
        return changed

    def _all(self, where: str, params: Iterable[Any] = ()) -> list[Task]:
        rows = self.db.all(f"SELECT {_COLUMNS} FROM case_tasks WHERE hall_id = ?{where}", (self.hall, *params))
        return [_task(row) for row in rows]


def _moved(task: Task) -> TaskMoved:
    zh, en = TASK_WORDS[task.state]
    return TaskMoved(state_zh=zh, state_en=en)
