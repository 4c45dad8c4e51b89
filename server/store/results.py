"""SQL of results (出件): a row a case, on a numbered shelf until it is collected or goes by courier."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from server.domain.cases.issue import ResultNotHere, ResultState

if TYPE_CHECKING:
    from server.store.db import Row
    from server.store.transaction import Tx

_COLUMNS = (
    "case_id, title, state, shelf, pickup_hash, pickup_box, arrived_at, arrived_by, collected_at, collected_by,"
    " collector_mask, proof, signature_file, handed_by, window_number, department, reminded_at, reminders"
)
_NAMES = [name.strip() for name in _COLUMNS.split(",")]


@dataclass(frozen=True, slots=True)
class Result:
    """What is issued for a case. Times µs UTC; `proof` is "code", "id", "present" or "courier"."""

    case_id: int
    title: str
    state: ResultState
    shelf: int | None = None
    pickup_hash: str | None = None
    pickup_box: str | None = None
    arrived_at: int | None = None
    arrived_by: str | None = None
    collected_at: int | None = None
    collected_by: str | None = None
    collector_mask: str = ""
    proof: str = ""
    signature_file: int | None = None
    handed_by: str | None = None
    window_number: int | None = None
    department: str = ""
    reminded_at: int | None = None
    reminders: int = 0


def _result(row: Row) -> Result:
    values: dict[str, Any] = {name: row[name] for name in _NAMES}
    return Result(**{**values, "state": ResultState(row["state"])})


class Results:
    """The results of one hall, inside one transaction."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx
        self.db, self.hall = tx.db, tx.hall_id

    def add(self, result: Result) -> Result:
        """Conflict when the case has one."""
        marks = ", ".join("?" * (len(_NAMES) + 1))
        values = [getattr(result, name) for name in _NAMES]
        self.db.execute(
            f"INSERT INTO case_results (hall_id, {_COLUMNS}) VALUES ({marks})", (self.hall, *map(_plain, values))
        )
        return result

    def find(self, case_id: int) -> Result | None:
        rows = self._all(" AND case_id = ?", (case_id,))
        return rows[0] if rows else None

    def by_pickup(self, fingerprint: str) -> list[Result]:
        """Those waiting under a pickup code: one, unless two codes fell together."""
        return self._all(" AND state = 'waiting' AND pickup_hash = ? ORDER BY case_id", (fingerprint,))

    def in_state(self, state: ResultState, limit: int) -> list[Result]:
        """Longest there first; what was collected, newest first."""
        late_first = {
            ResultState.COLLECTED: "collected_at DESC, case_id DESC",
            ResultState.RETURNED: "arrived_at DESC, case_id",
        }
        order = late_first.get(state, "arrived_at, case_id")
        return self._all(f" AND state = ? ORDER BY {order} LIMIT ?", (str(state), limit))

    def signing_at(self, window: int) -> list[Result]:
        """Waiting results whose collector was asked to sign on this window's pad."""
        return self._all(
            " AND state = 'waiting' AND window_number = ? AND collector_mask <> '' ORDER BY case_id", (window,)
        )

    def last_handed_over(self, window: int, since: int) -> Result | None:
        """The result last put into somebody's hands at a window, at that time (µs UTC) or later."""
        rows = self._all(
            " AND window_number = ? AND collected_at >= ? AND state = 'collected' AND proof <> 'courier'"
            " ORDER BY collected_at DESC, case_id DESC LIMIT 1",
            (window, since),
        )
        return rows[0] if rows else None

    def shelves(self) -> list[int]:
        """Numbers of the shelves that hold something."""
        rows = self.db.all("SELECT shelf FROM case_results WHERE hall_id = ? AND shelf IS NOT NULL", (self.hall,))
        return [int(row[0]) for row in rows]

    def pickup_hashes(self) -> set[str]:
        """Of the codes that wait: two citizens must not have the same."""
        rows = self.db.all(
            "SELECT pickup_hash FROM case_results WHERE hall_id = ? AND state = 'waiting' AND pickup_hash IS NOT NULL",
            (self.hall,),
        )
        return {row[0] for row in rows}

    def to_remind(self, before: int, most: int, limit: int = 100) -> list[Result]:
        """Waiting, last told before then and fewer than `most` times; whether one is due is the rule's to say."""
        return self._all(
            " AND state = 'waiting' AND arrived_at <= ? AND COALESCE(reminded_at, arrived_at) <= ? AND reminders < ?"
            " ORDER BY arrived_at, case_id LIMIT ?",
            (before, before, most, limit),
        )

    def to_return(self, before: int, limit: int = 100) -> list[Result]:
        """Waiting since then or longer, and no courier is to come for it."""
        return self._all(
            " AND state = 'waiting' AND arrived_at <= ? AND NOT EXISTS (SELECT 1 FROM courier_orders o"
            " WHERE o.hall_id = case_results.hall_id AND o.case_id = case_results.case_id"
            " AND o.state NOT IN ('cancelled', 'returned', 'delivered')) ORDER BY arrived_at, case_id LIMIT ?",
            (before, limit),
        )

    def change(self, result: Result, **columns: Any) -> Result:
        """If it still is in the state it was seen in. Raises ResultNotHere."""
        sets = ", ".join(f"{name} = ?" for name in columns)
        done = self.db.execute(
            f"UPDATE case_results SET {sets} WHERE hall_id = ? AND case_id = ? AND state = ?",
            (*map(_plain, columns.values()), self.hall, result.case_id, str(result.state)),
        )
        if done != 1:
            raise ResultNotHere(f"#{result.case_id}")
        return replace(result, **columns)

    def remove(self, result: Result) -> None:
        """It was taken back: what comes later is another one. Raises ResultNotHere when it is elsewhere by now."""
        done = self.db.execute(
            "DELETE FROM case_results WHERE hall_id = ? AND case_id = ? AND state = ?",
            (self.hall, result.case_id, str(result.state)),
        )
        if done != 1:
            raise ResultNotHere(f"#{result.case_id}")

    def _all(self, where: str, params: Iterable[Any] = ()) -> list[Result]:
        rows = self.db.all(f"SELECT {_COLUMNS} FROM case_results WHERE hall_id = ?{where}", (self.hall, *params))
        return [_result(row) for row in rows]


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, ResultState) else value
