"""SQL of cases: one row a case; every change is conditional on the state and the revision the step has seen."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from server.domain.cases.record import CASE_FIELDS, Case, ClockStop, History
from server.domain.cases.state import CASE_MOVES, CASE_WORDS, CaseState
from server.domain.json_text import to_json
from server.domain.refusals import Refusal
from server.domain.rows import maker
from server.domain.working_days import Stop

if TYPE_CHECKING:
    from server.store.db import Row
    from server.store.transaction import Tx


class CaseUnknown(Refusal):
    status, code = 404, "case_unknown"
    zh = "没有这个办件，请核对编码或重新查找。"
    en = "There is no such case. Check its code or look it up again."


class CaseMoved(Refusal):
    status, code = 409, "case_moved"
    zh = "办件 {case} 现在是“{state_zh}”，不能这样操作，请刷新后再看。"
    en = "Case {case} is {state_en} now, so this cannot be done. Look again."


class CaseDraftChanged(Refusal):
    status, code = 409, "case_draft_changed"
    zh = "办件 {case} 已由{by}在别处保存过（第 {revision} 版），请刷新后再改，以免覆盖。"
    en = "Case {case} was saved elsewhere meanwhile by {by} (revision {revision}). Reload before you change it."


_JSON = {"answers": "{}", "deferral": None, "correction": None, "received": None}
_SELECT = f"SELECT {', '.join(CASE_FIELDS)} FROM cases WHERE hall_id = ?"
_INSERT = f"INSERT INTO cases (hall_id, {', '.join(CASE_FIELDS)}) VALUES ({', '.join('?' * (len(CASE_FIELDS) + 1))})"
_made, _history = maker(Case), maker(History)
_PLACES = {name: place for place, name in enumerate(CASE_FIELDS)}


def case_moved(case: Case) -> CaseMoved:
    zh, en = CASE_WORDS[case.at]
    return CaseMoved(case=case.code or f"#{case.id}", state_zh=zh, state_en=en, state=case.state)


def draft_changed(case: Case) -> CaseDraftChanged:
    by = case.saved_by or case.owner_name
    return CaseDraftChanged(case=case.code or f"#{case.id}", revision=case.revision, by=by)


def stored(name: str, value: Any) -> Any:
    """A field's value as its column holds it."""
    if name in _JSON:
        return None if value is None else to_json(value)
    if name == "ticks":
        return json.dumps(sorted(value), ensure_ascii=False, separators=(",", ":"))
    if isinstance(value, bool):
        return int(value)
    return str(value) if isinstance(value, CaseState) else value


def case_of(row: Row) -> Case:
    """The case of a row that holds CASE_FIELDS in order."""
    values = list(row)[: len(CASE_FIELDS)]
    for name in _JSON:
        place = _PLACES[name]
        values[place] = None if values[place] is None else json.loads(values[place])
    values[_PLACES["ticks"]] = frozenset((m, c) for m, c in json.loads(values[_PLACES["ticks"]]))
    values[_PLACES["due_provisional"]] = bool(values[_PLACES["due_provisional"]])
    return _made(values)


class Cases:
    """Cases of one hall, inside one transaction."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx
        self.db, self.hall = tx.db, tx.hall_id

    # -- writing ---------------------------------------------------------------------------------------

    def add(self, case: Case) -> Case:
        self.db.execute(_INSERT, (self.hall, *(stored(name, getattr(case, name)) for name in CASE_FIELDS)))
        return case

    def set(self, case: Case, **changes: Any) -> Case:
        """Change fields of a case that stays in its state. Raises CaseMoved."""
        return self._write(case, changes)

    def move(self, case: Case, to: CaseState, **changes: Any) -> Case:
        """To another state, if it still is where it was seen. Steps use journey.cases.moves.move, which also tells.

        Raises CaseMoved when the move is not legal or somebody else moved it first.
        """
        if to not in CASE_MOVES[case.at]:
            raise case_moved(case)
        return self._write(case, {**changes, "state": to.value, "state_since": self._tx.now})

    def save(self, case: Case, revision: int, **changes: Any) -> Case:
        """Save a draft over the revision the writer has seen. Raises CaseDraftChanged, CaseMoved."""
        if revision != case.revision:
            raise draft_changed(case)
        return self._write(case, {**changes, "revision": revision + 1})

    def _write(self, case: Case, changes: dict[str, Any]) -> Case:
        assignments = ", ".join(f"{name} = ?" for name in changes)
        count = self.db.execute(
            f"UPDATE cases SET {assignments} WHERE hall_id = ? AND id = ? AND state = ? AND revision = ?",
            (
                *(stored(name, value) for name, value in changes.items()),
                self.hall,
                case.id,
                case.state,
                case.revision,
            ),
        )
        if count != 1:
            raise case_moved(self.get(case.id))
        return case.but(**changes)

    # -- reading ---------------------------------------------------------------------------------------

    def get(self, case_id: int) -> Case:
        """Raises CaseUnknown."""
        return self._need(self._one(" AND id = ?", (case_id,)))

    def by_link(self, link: str) -> Case:
        """Raises CaseUnknown."""
        return self._need(self._one(" AND link = ?", (link,)))

    def by_code(self, code: str) -> Case:
        """Raises CaseUnknown."""
        return self._need(self._one(" AND code = ?", (code,)))

    def of_ticket(self, ticket_id: int) -> list[Case]:
        """What a visit opened, oldest first."""
        return self._by_id(" AND ticket_id = ?", (ticket_id,))

    def children(self, case_id: int) -> list[Case]:
        return self._by_id(" AND parent_id = ?", (case_id,))

    def of_phone(self, fingerprint: str, limit: int = 50) -> list[Case]:
        """Newest first."""
        return self._by_id(" AND phone_hash = ?", (fingerprint,))[: -limit - 1 : -1]

    def of_identity(self, fingerprint: str, limit: int = 50) -> list[Case]:
        """Newest first."""
        return self._by_id(" AND identity_hash = ?", (fingerprint,))[: -limit - 1 : -1]

    def in_states(self, states: Sequence[CaseState], limit: int = 1000) -> list[Case]:
        """Longest in their state first."""
        marks = ", ".join("?" * len(states))
        return self._all(f" AND state IN ({marks}) ORDER BY state_since, id LIMIT ?", (*map(str, states), limit))

    def owned(self, owner: str, states: Sequence[CaseState]) -> list[Case]:
        """All of a clerk's cases in these states, oldest first: one sees one's cases to their end (首办责任)."""
        marks = ", ".join("?" * len(states))
        return self._by_id(f" AND owner = ? AND state IN ({marks})", (owner, *map(str, states)))

    def owns_any(self, owner: str, states: Sequence[CaseState]) -> bool:
        """Has a clerk a case in one of these states? A bundle counts as one."""
        marks = ", ".join("?" * len(states))
        sql = (
            f"SELECT 1 FROM cases WHERE hall_id = ? AND owner = ? AND parent_id IS NULL AND state IN ({marks}) LIMIT 1"
        )
        return self.db.one(sql, (self.hall, owner, *map(str, states))) is not None

    def due_by(self, day: str) -> list[Case]:
        """Running cases due on or before a day, first due first: all of them, or those due last are never reminded of."""
        return self._all(" AND state IN ('accepted','reviewing') AND due_day <= ? ORDER BY due_day, id", (day,))

    def deferrals_until(self, day: str) -> list[Case]:
        """Taken in with papers to follow, which should be there by `day` or before."""
        return self._all(
            " AND state IN ('accepted','reviewing','suspended') AND deferral_due <= ? ORDER BY deferral_due, id", (day,)
        )

    def corrections_until(self, day: str) -> list[Case]:
        """What was told at once and should be brought by `day` or before."""
        return self._all(" AND state = 'correction' AND correction_due <= ? ORDER BY correction_due, id", (day,))

    def pre_reviews(self, until: str, department: str | None = None) -> list[Case]:
        """Waiting to be looked at by `until` or before, first due first; of one department where named."""
        where, values = (" AND department = ?", (department,)) if department else ("", ())
        return self._all(
            f" AND state = 'pre_review' AND pre_review_due <= ?{where} ORDER BY pre_review_due, id", (until, *values)
        )

    def idle_drafts(self, before: int) -> list[Case]:
        """Drafts begun before that time (µs UTC), parents of bundles before their children."""
        return self._all(" AND state = 'draft' AND state_since < ? ORDER BY id", (before,))

    def not_brought(self, before: int) -> list[Case]:
        """Online applications whose papers have been awaited since before that time (µs UTC)."""
        return self._all(" AND state = 'awaiting_visit' AND state_since < ? ORDER BY state_since, id", (before,))

    def left_at_window(self, before: str) -> list[Case]:
        """Taken in before that day to be decided at the window (即办件), and in nobody's hands since."""
        return self._all(
            " AND state = 'accepted' AND kind = 'instant_single' AND start_day < ? AND NOT EXISTS (SELECT 1 FROM case_tasks t"
            " WHERE t.hall_id = cases.hall_id AND t.case_id = cases.id) ORDER BY id",
            (before,),
        )

    def _need(self, case: Case | None) -> Case:
        if case is None:
            raise CaseUnknown()
        return case

    def _one(self, where: str, params: Iterable[Any] = ()) -> Case | None:
        row = self.db.one(_SELECT + where, (self.hall, *params))
        return None if row is None else case_of(row)

    def _by_id(self, where: str, params: Iterable[Any]) -> list[Case]:
        """Sorted here: with ORDER BY id SQLite walks all cases by id instead of seeking these."""
        return sorted(self._all(where, params), key=lambda case: case.id)

    def _all(self, where: str, params: Iterable[Any] = ()) -> list[Case]:
        return [case_of(row) for row in self.db.all(_SELECT + where, (self.hall, *params))]

    # -- its own history -------------------------------------------------------------------------------

    def note(
        self,
        case_id: int,
        by_id: str,
        by_name: str,
        action: str,
        data: dict[str, Any],
        from_state: str | None = None,
        to_state: str | None = None,
    ) -> None:
        """Add a line to the case's history."""
        self.db.execute(
            "INSERT INTO case_history (hall_id, case_id, id, at, by_id, by_name, action, from_state, to_state, data)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                self.hall,
                case_id,
                self._tx.new_id(),
                self._tx.now,
                by_id,
                by_name,
                action,
                from_state,
                to_state,
                to_json(data),
            ),
        )

    def history(self, case_id: int) -> list[History]:
        """Oldest first."""
        rows = self.db.all(
            "SELECT id, at, by_id, by_name, action, from_state, to_state, data FROM case_history"
            " WHERE hall_id = ? AND case_id = ? ORDER BY id",
            (self.hall, case_id),
        )
        return [_history((*list(row)[:7], json.loads(row["data"]))) for row in rows]

    # -- days on which the clock stands ----------------------------------------------------------------

    def stop_clock(self, case_id: int, kind: str, reason: str, since_day: str, by_id: str) -> None:
        self.db.execute(
            "INSERT INTO case_stops (hall_id, case_id, id, kind, reason, since_day, by_id) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (self.hall, case_id, self._tx.new_id(), kind, reason, since_day, by_id),
        )

    def run_clock(self, case_id: int, until_day: str) -> int:
        """End whatever stop is open; how many."""
        return self.db.execute(
            "UPDATE case_stops SET until_day = ? WHERE hall_id = ? AND case_id = ? AND until_day IS NULL",
            (until_day, self.hall, case_id),
        )

    def clock_stops(self, case_id: int) -> list[ClockStop]:
        rows = self.db.all(
            "SELECT id, kind, reason, since_day, until_day, by_id FROM case_stops"
            " WHERE hall_id = ? AND case_id = ? ORDER BY id",
            (self.hall, case_id),
        )
        return [ClockStop(*list(row)) for row in rows]

    def stops(self, case_id: int) -> list[Stop]:
        """The same, as the rule of working days wants them."""
        return [
            Stop(
                date.fromisoformat(one.since_day), None if one.until_day is None else date.fromisoformat(one.until_day)
            )
            for one in self.clock_stops(case_id)
        ]
