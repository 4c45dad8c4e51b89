"""SQL of handover lists (材料交接清单) and their lines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from server.domain.cases.handover import Direction, HandoverClosed, HandoverState, HandoverUnknown, LineState

if TYPE_CHECKING:
    from server.store.db import Row
    from server.store.transaction import Tx

_COLUMNS = (
    "id, business_day, slot, department, direction, state, made_at, sent_by, sent_by_name, sent_at, received_by,"
    " received_by_name, received_at"
)
_LINE = "handover_id, case_id, task_id, pieces, state, note"


@dataclass(frozen=True, slots=True)
class Handover:
    """A list: `slot` "HH:MM" of `business_day`. Times µs UTC."""

    id: int
    business_day: str
    slot: str
    department: str
    direction: Direction
    state: HandoverState
    made_at: int
    sent_by: str | None = None
    sent_by_name: str = ""
    sent_at: int | None = None
    received_by: str | None = None
    received_by_name: str = ""
    received_at: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A case on a list; `pieces` of paper; `task_id` None for results."""

    handover_id: int
    case_id: int
    task_id: int | None
    pieces: int
    state: LineState
    note: str


def _handover(row: Row) -> Handover:
    values: dict[str, Any] = {name.strip(): row[name.strip()] for name in _COLUMNS.split(",")}
    return Handover(**{**values, "state": HandoverState(row["state"])})


def _line(row: Row) -> Line:
    values: dict[str, Any] = {name: row[name] for name in _LINE.split(", ")}
    return Line(**{**values, "state": LineState(row["state"])})


class Handovers:
    """The lists of one hall, inside one transaction."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx
        self.db, self.hall = tx.db, tx.hall_id

    def add(self, day: str, slot: str, department: str, direction: Direction) -> Handover:
        made = Handover(self._tx.new_id(), day, slot, department, direction, HandoverState.OPEN, self._tx.now)
        self.db.execute(
            "INSERT INTO handovers (hall_id, id, business_day, slot, department, direction, state, made_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (self.hall, made.id, day, slot, department, direction, str(made.state), made.made_at),
        )
        return made

    def get(self, handover_id: int) -> Handover:
        """Raises HandoverUnknown."""
        rows = self._all(" AND id = ?", (handover_id,))
        if not rows:
            raise HandoverUnknown()
        return rows[0]

    def filling(self, department: str, direction: Direction, day: str, slot: str) -> Handover | None:
        """The list of a slot that still takes lines: not signed yet."""
        rows = self._all(
            " AND department = ? AND direction = ? AND business_day = ? AND slot = ? AND state = 'open' ORDER BY id LIMIT 1",
            (department, direction, day, slot),
        )
        return rows[0] if rows else None

    def open_of(self, department: str, direction: Direction) -> list[Handover]:
        """Not signed by anybody yet, oldest first."""
        return self._all(
            " AND department = ? AND direction = ? AND state = 'open' ORDER BY business_day, slot, id",
            (department, direction),
        )

    def of_day(self, day: str) -> list[Handover]:
        """A day's lists."""
        return self._all(" AND business_day = ? ORDER BY slot, department, id", (day,))

    def current(self, day: str) -> list[Handover]:
        """A day's lists and those of the next slots (after the last slot they are tomorrow's), and what was late."""
        return self._all(
            " AND (business_day >= ? OR state IN ('open', 'sent')) ORDER BY business_day, slot, department, id", (day,)
        )

    def unsigned(self, until_day: str) -> list[Handover]:
        """Not signed by both sides, of a day and those before."""
        return self._all(
            " AND state IN ('open', 'sent') AND business_day <= ? ORDER BY business_day, slot, id", (until_day,)
        )

    def undelivered(self, before: int) -> list[tuple[int, Handover]]:
        """(case, its list) of papers that left for a department before this time (µs UTC) and are not there."""
        columns = ", ".join(f"h.{name.strip()}" for name in _COLUMNS.split(","))
        rows = self.db.all(
            f"SELECT l.case_id, {columns} FROM case_tasks t"
            " JOIN handover_lines l ON l.hall_id = t.hall_id AND l.case_id = t.case_id AND l.task_id = t.id"
            " JOIN handovers h ON h.hall_id = l.hall_id AND h.id = l.handover_id"
            " WHERE t.hall_id = ? AND t.state = 'on_its_way' AND t.state_since < ? AND l.state <> 'received' ORDER BY h.id",
            (self.hall, before),
        )
        return [(row["case_id"], _handover(row)) for row in rows]

    def move(self, handover: Handover, to: HandoverState, **columns: Any) -> Handover:
        """Raises HandoverClosed when somebody else signed meanwhile."""
        sets = "".join(f", {name} = ?" for name in columns)
        done = self.db.execute(
            f"UPDATE handovers SET state = ?{sets} WHERE hall_id = ? AND id = ? AND state = ?",
            (str(to), *columns.values(), self.hall, handover.id, str(handover.state)),
        )
        if done != 1:
            raise HandoverClosed.at(self.get(handover.id).state)
        return replace(handover, state=to, **columns)

    # -- lines -----------------------------------------------------------------------------------------

    def put_line(self, handover_id: int, case_id: int, task_id: int | None, pieces: int) -> None:
        self.db.execute(
            "INSERT INTO handover_lines (hall_id, handover_id, case_id, task_id, pieces, state) VALUES (?, ?, ?, ?, ?, ?)",
            (self.hall, handover_id, case_id, task_id, pieces, str(LineState.LISTED)),
        )

    def add_pieces(self, line: Line, pieces: int) -> None:
        """More papers go with it."""
        self.db.execute(
            "UPDATE handover_lines SET pieces = pieces + ? WHERE hall_id = ? AND handover_id = ? AND case_id = ?",
            (pieces, self.hall, line.handover_id, line.case_id),
        )

    def lines(self, handover_id: int) -> list[Line]:
        return self._lines(" AND handover_id = ? ORDER BY case_id", (handover_id,))

    def lines_of_case(self, case_id: int) -> list[Line]:
        return self._lines(" AND case_id = ? ORDER BY handover_id", (case_id,))

    def set_line(self, line: Line, state: LineState, note: str = "") -> None:
        self.db.execute(
            "UPDATE handover_lines SET state = ?, note = ? WHERE hall_id = ? AND handover_id = ? AND case_id = ?",
            (str(state), note, self.hall, line.handover_id, line.case_id),
        )

    def drop_line(self, line: Line) -> None:
        """A case that goes no further leaves the lists that nobody has signed."""
        self.db.execute(
            "DELETE FROM handover_lines WHERE hall_id = ? AND handover_id = ? AND case_id = ? AND state = 'listed'",
            (self.hall, line.handover_id, line.case_id),
        )

    def _all(self, where: str, params: Iterable[Any] = ()) -> list[Handover]:
        rows = self.db.all(f"SELECT {_COLUMNS} FROM handovers WHERE hall_id = ?{where}", (self.hall, *params))
        return [_handover(row) for row in rows]

    def _lines(self, where: str, params: Iterable[Any]) -> list[Line]:
        rows = self.db.all(f"SELECT {_LINE} FROM handover_lines WHERE hall_id = ?{where}", (self.hall, *params))
        return [_line(row) for row in rows]
