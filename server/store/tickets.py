"""SQL of tickets: one row a ticket; every change is conditional on the state the step has seen."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from server.domain.refusals import Refusal
from server.domain.standing import Place
from server.domain.ticket import AT_WINDOW, FIELDS, MOVES, WORDS, State, Ticket

if TYPE_CHECKING:
    from server.store.transaction import Tx


class TicketUnknown(Refusal):
    status, code = 404, "ticket_unknown"
    zh = "没有这张号票，请核对号码或重新取号。"
    en = "There is no such ticket. Please check the number or take a new one."


class TicketMoved(Refusal):
    status, code = 409, "ticket_moved"
    zh = "{number} 现在是“{state_zh}”，不能这样操作，请刷新后再看。"
    en = "{number} is {state_en} now, so this cannot be done. Please look again."


# The columns stand in the order of Ticket's fields, so that a row's values make a ticket.
made = Ticket._make
_SELECT = f"SELECT {', '.join(FIELDS)} FROM tickets WHERE hall_id = ?"
_INSERT = f"INSERT INTO tickets (hall_id, {', '.join(FIELDS)}) VALUES ({', '.join('?' * (len(FIELDS) + 1))})"
# SQLite uses a partial index only where the query repeats the index's own words, so states stand here as literals.
_LIVE = "('waiting','called','serving','parked','no_show')"
_ACTIVE = "('called','serving','parked','no_show')"
MOST_IN_ONE = 50  # queues asked about in one statement
_IN_LINE = " AND state = 'waiting' AND held = 0"
_FRONT = {"queue": _IN_LINE, "untold": _IN_LINE + " AND told = 0"}


def marks(values: Sequence[Any]) -> str:
    """Placeholders for an IN list."""
    return ", ".join("?" * len(values))


def moved(ticket: Ticket) -> TicketMoved:
    zh, en = WORDS[State(ticket.state)]
    return TicketMoved(number=ticket.number, state_zh=zh, state_en=en, state=ticket.state)


def _head_sql(where: str, line: str) -> str:
    return f"SELECT * FROM ({_SELECT}{where} AND {line} = ? ORDER BY rank_at, id LIMIT 1) AS head"


@functools.cache
def _heads_sql(where: str, queues: int) -> str:
    return " UNION ALL ".join([_head_sql(where, "queue_id")] * queues)


@functools.cache
def _choices_sql(queues: int) -> str:
    return " UNION ALL ".join([_head_sql(_IN_LINE, "window_number"), *[_head_sql(_IN_LINE, "queue_id")] * queues])


class Tickets:
    """Tickets of one hall, inside one transaction."""

    def __init__(self, tx: Tx) -> None:
        self.db, self.hall = tx.db, tx.hall_id
        # As they stand: a step holds the hall's lock.
        self._at_counters, self._fronts, self._people = tx.memory.at_counters, tx.memory.fronts, tx.memory.people

    def add(self, ticket: Ticket) -> Ticket:
        self.db.execute(_INSERT, (self.hall, *ticket))
        self._fronts.added(ticket)
        self._people.added(ticket)
        return ticket

    def get(self, ticket_id: int) -> Ticket:
        """Raises TicketUnknown."""
        return self._at_counters.get(ticket_id) or self._need(self._one(" AND id = ?", (ticket_id,)))

    def by_link(self, link: str) -> Ticket:
        """Raises TicketUnknown."""
        return self._need(self._one(" AND link = ?", (link,)))

    def _need(self, ticket: Ticket | None) -> Ticket:
        if ticket is None:
            raise TicketUnknown()
        return ticket

    def _one(self, where: str, params: Iterable[Any] = ()) -> Ticket | None:
        row = self.db.one(_SELECT + where, (self.hall, *params))
        return None if row is None else made(row)

    def _all(self, where: str, params: Iterable[Any] = ()) -> list[Ticket]:
        rows = self.db.all(_SELECT + where, (self.hall, *params))
        return [made(row) for row in rows]

    def move(self, ticket: Ticket, to: State, **changes: Any) -> Ticket:
        """Move a ticket to another state, if it still is where it was seen.

        Raises TicketMoved when the move is not legal or somebody else moved it first.
        """
        if to not in MOVES[State(ticket.state)]:
            raise moved(ticket)
        return self._write(ticket, {**changes, "state": to.value})

    def set(self, ticket: Ticket, **changes: Any) -> Ticket:
        """Change fields of a ticket that stays in its state. Raises TicketMoved."""
        return self._write(ticket, changes)

    def _write(self, ticket: Ticket, changes: dict[str, Any]) -> Ticket:
        assignments = ", ".join(f"{name} = ?" for name in changes)
        count = self.db.execute(
            f"UPDATE tickets SET {assignments} WHERE hall_id = ? AND id = ? AND state = ?",
            (*changes.values(), self.hall, ticket.id, ticket.state),
        )
        known = self._at_counters.pop(ticket.id, ticket)  # other fields may have changed since `ticket` was read
        if count != 1:
            raise moved(self.get(ticket.id))
        written = ticket.but(**changes)
        if written.state in AT_WINDOW:
            self._at_counters[ticket.id] = written if known is ticket else known.but(**changes)
        self._fronts.moved(ticket, written)
        self._people.moved(ticket, written, changes)
        return written

    # Lines, by rank

    def head_of_line(self, window: int) -> Ticket | None:
        return self._one(_IN_LINE + " AND window_number = ? ORDER BY rank_at, id LIMIT 1", (window,))

    def heads_of_queues(self, queues: Sequence[int]) -> list[Ticket]:
        """The first of each queue, those without anybody left out."""
        return self._heads("queue", queues)

    def choices(self, window: int, queues: Sequence[int]) -> tuple[Ticket | None, list[Ticket]]:
        """The first of a window's own line, and the first of each of its queues (the own one among them)."""
        first, unknown = self._fronts.first, self._fronts.unknown("queue", queues)
        if ("line", window) not in first:
            if len(unknown) > MOST_IN_ONE:
                first["line", window] = self.head_of_line(window)
            else:
                params = [value for number in (window, *unknown) for value in (self.hall, number)]
                found = [made(row) for row in self.db.all(_choices_sql(len(unknown)), params)]
                # UNION ALL promises no order. Of those given to this window, nobody is before the first of its line.
                first["line", window] = min(
                    (t for t in found if t.window_number == window), key=lambda t: t.place, default=None
                )
                self._keep("queue", unknown, found)
        return first["line", window], self._heads("queue", queues)

    def untold_heads(self, queues: Sequence[int]) -> list[Ticket]:
        """The first of each queue who was not yet told that the turn is near."""
        return self._heads("untold", queues)

    def _heads(self, kind: str, queues: Sequence[int]) -> list[Ticket]:
        """One seek a queue whose first is not remembered, in one statement for many."""
        unknown = self._fronts.unknown(kind, queues)
        for some in (unknown[start : start + MOST_IN_ONE] for start in range(0, len(unknown), MOST_IN_ONE)):
            rows = self.db.all(_heads_sql(_FRONT[kind], len(some)), [v for q in some for v in (self.hall, q)])
            self._keep(kind, some, [made(row) for row in rows])
        return [head for queue in queues if (head := self._fronts.first[kind, queue]) is not None]

    def _keep(self, kind: str, queues: Iterable[int], found: Sequence[Ticket]) -> None:
        for queue in queues:
            theirs = (t for t in found if t.queue_id == queue)
            self._fronts.first[kind, queue] = min(theirs, key=lambda t: t.place, default=None)

    def line(self, window: int, limit: int = 100_000) -> list[Ticket]:
        return self._all(_IN_LINE + " AND window_number = ? ORDER BY rank_at, id LIMIT ?", (window, limit))

    def queued(self, queues: Sequence[int], limit: int) -> list[Ticket]:
        """The first waiting in these queues, by rank."""
        found: list[Ticket] = []
        for queue in queues:
            found += self._all(_IN_LINE + " AND queue_id = ? ORDER BY rank_at, id LIMIT ?", (queue, limit))
        return sorted(found, key=lambda t: t.place)[:limit]

    def places(self) -> list[Place]:
        """Everybody in line, by rank."""
        rows = self.db.all(
            "SELECT id, queue_id, window_number, section, seconds FROM tickets"
            f" WHERE hall_id = ?{_IN_LINE} ORDER BY rank_at, id",
            (self.hall,),
        )
        return [Place(*row) for row in rows]

    def homeless(self, limit: int = 100_000) -> list[Ticket]:
        """Waiting without a window, by rank."""
        return self._all(_IN_LINE + " AND window_number IS NULL ORDER BY rank_at, id LIMIT ?", (limit,))

    def wishing(self, window: int) -> list[Ticket]:
        """Waiting tickets, held too, that somebody sent to this window."""
        return self._all(" AND state = 'waiting' AND wish_window = ? AND wish_window IS NOT NULL", (window,))

    def held_at(self, window: int) -> list[Ticket]:
        return self._all(" AND state = 'waiting' AND held = 1 AND window_number = ?", (window,))

    def before(self, windows: Sequence[int], place: tuple[int, int], limit: int) -> tuple[int, int]:
        """How many wait before `place` in these lines, and their seconds; stops counting at `limit`."""
        if not windows:
            return 0, 0
        (row,) = self.db.all(
            "SELECT COUNT(*) AS people, COALESCE(SUM(seconds), 0) AS work FROM (SELECT seconds FROM tickets"
            f" WHERE hall_id = ? AND window_number IN ({marks(windows)}){_IN_LINE}"
            " AND (rank_at, id) < (?, ?) LIMIT ?) AS ahead",
            (self.hall, *windows, *place, limit),
        )
        return int(row["people"]), int(row["work"])

    def behind(self, windows: Sequence[int], place: tuple[int, int]) -> tuple[int, int]:
        """How many wait behind `place` in these lines, and their seconds."""
        if not windows:
            return 0, 0
        (row,) = self.db.all(
            "SELECT COUNT(*) AS people, COALESCE(SUM(seconds), 0) AS work FROM tickets"
            f" WHERE hall_id = ? AND window_number IN ({marks(windows)}){_IN_LINE} AND (rank_at, id) > (?, ?)",
            (self.hall, *windows, *place),
        )
        return int(row["people"]), int(row["work"])

    def before_in_queue(self, queue_id: int, place: tuple[int, int]) -> tuple[int, int]:
        """How many wait before `place` in this queue, with a window or without, and their seconds."""
        (row,) = self.db.all(
            "SELECT COUNT(*) AS people, COALESCE(SUM(seconds), 0) AS work FROM tickets"
            f" WHERE hall_id = ? AND queue_id = ?{_IN_LINE} AND (rank_at, id) < (?, ?)",
            (self.hall, queue_id, *place),
        )
        return int(row["people"]), int(row["work"])

    # People, states, days

    def live_of_person(self, *known_by: str) -> list[Ticket]:
        """The live tickets of whoever is known by one of these fingerprints, of a phone or of an ID number."""
        if unknown := self._people.unknown(known_by):
            some = marks(unknown)
            both = " UNION ".join(
                f"{_SELECT} AND {column} IN ({some}) AND {column} IS NOT NULL AND state IN {_LIVE}"
                for column in ("person", "phone_hash")
            )
            self._people.keep(unknown, [made(row) for row in self.db.all(both, (self.hall, *unknown) * 2)])
        theirs = {t.id: t for mark in known_by for t in self._people.held[mark].values()}
        return sorted(theirs.values(), key=lambda t: t.id)

    def live_numbers(self, letter: str) -> frozenset[str]:
        """Numbers of a section letter still in somebody's hand from another day."""
        rows = self.db.all(
            f"SELECT number FROM tickets WHERE hall_id = ? AND number >= ? AND number < ? AND state IN {_LIVE}",
            (self.hall, letter, chr(ord(letter) + 1)),
        )
        return frozenset(row["number"] for row in rows)

    def number_live(self, number: str) -> bool:
        sql = f"SELECT 1 FROM tickets WHERE hall_id = ? AND number = ? AND state IN {_LIVE}"
        return self.db.one(sql, (self.hall, number)) is not None

    def number_of_day(self, business_day: str, number: str) -> Ticket | None:
        return self._one(" AND business_day = ? AND number = ?", (business_day, number))

    def in_states(self, states: Sequence[State], window: int | None = None) -> list[Ticket]:
        found: list[Ticket] = []
        for state in states:
            where = f" AND state = '{state.value}'"
            if state != State.WAITING:
                where += f" AND state IN {_ACTIVE}"
            if window is None:
                found += self._all(where)
            else:
                found += self._all(where + " AND window_number = ?", (window,))
        return sorted(found, key=lambda t: t.place)

    def left_over(self, business_day: str) -> list[Ticket]:
        """Live tickets of other days, except those still being served."""
        found = self._all(f" AND business_day <> ? AND state IN {_LIVE}", (business_day,))
        return [t for t in found if t.state != State.SERVING]

    def recent_calls(self, business_day: str, limit: int) -> list[Ticket]:
        """The last called of a day, newest first."""
        return self._all(
            " AND business_day = ? AND called_at IS NOT NULL ORDER BY called_at DESC, id DESC LIMIT ?",
            (business_day, limit),
        )

    def waiting_by_section(self) -> dict[str, int]:
        rows = self.db.all(
            "SELECT section, COUNT(*) AS people FROM tickets WHERE hall_id = ? AND state = 'waiting' GROUP BY section",
            (self.hall,),
        )
        return {row["section"]: row["people"] for row in rows}
