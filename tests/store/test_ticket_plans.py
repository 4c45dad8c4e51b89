"""However many tickets a hall has seen, no query of the day walks through them: each is answered from an index."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from server.domain.ticket import State
from server.journey.figures import clerk_day, section_lines, window_day
from server.store.transaction import Tx
from tests.scene import Scene
from tests.store_fixtures import FakeClock, make_store

ACTIVE = [State.CALLED, State.SERVING, State.PARKED, State.NO_SHOW]
QUERIES: dict[str, tuple[Callable[[Tx], object], str]] = {
    "head of line": (lambda tx: tx.tickets.head_of_line(1), "tickets_line"),
    "head of queue": (lambda tx: tx.tickets.heads_of_queues([1]), "tickets_queue"),
    "line": (lambda tx: tx.tickets.line(1), "tickets_line"),
    "queued": (lambda tx: tx.tickets.queued([1, 2], 200), "tickets_queue"),
    "homeless": (lambda tx: tx.tickets.homeless(), "tickets_line"),
    "wishing": (lambda tx: tx.tickets.wishing(1), "tickets_wish"),
    "held at": (lambda tx: tx.tickets.held_at(1), "tickets_held"),
    "before": (lambda tx: tx.tickets.before([1, 2], (5, 5), 9), "tickets_line"),
    "behind": (lambda tx: tx.tickets.behind([1, 2], (5, 5)), "tickets_line"),
    "person": (lambda tx: tx.tickets.live_of_person("p"), "tickets_person"),
    "live numbers": (lambda tx: tx.tickets.live_numbers("A"), "tickets_live_number"),
    "number live": (lambda tx: tx.tickets.number_live("A001"), "tickets_live_number"),
    "active": (lambda tx: tx.tickets.in_states(ACTIVE), "tickets_active"),
    "active at a window": (lambda tx: tx.tickets.in_states(ACTIVE, 1), "tickets_active"),
    "waiting": (lambda tx: tx.tickets.in_states([State.WAITING]), "INDEX tickets_"),
    "left over": (lambda tx: tx.tickets.left_over("2026-11-21"), "INDEX tickets_"),
    "recent calls": (lambda tx: tx.tickets.recent_calls("2026-11-21", 8), "tickets_calls"),
    "waiting by section": (lambda tx: tx.tickets.waiting_by_section(), "tickets_waiting"),
    "section lines": (section_lines, "tickets_waiting"),
    "a window's day": (lambda tx: window_day(tx, 1), "tickets_window_day"),
    "a clerk's day": (lambda tx: clerk_day(tx, "staff:clerk1"), "tickets_clerk_day"),
    "heads of queues": (lambda tx: tx.tickets.heads_of_queues([1, 2, 3]), "tickets_queue"),
    "choices": (lambda tx: tx.tickets.choices(1, [1, 2, 3]), "INDEX tickets_"),
    "untold heads": (lambda tx: tx.tickets.untold_heads([1, 2, 3]), "tickets_queue"),
    "before in queue": (lambda tx: tx.tickets.before_in_queue(1, (5, 5)), "tickets_queue"),
    "number of the day": (lambda tx: tx.tickets.number_of_day("2026-11-21", "A001"), "tickets_day"),
    "by link": (lambda tx: tx.tickets.by_link("token000002"), "tickets_link"),
}


@pytest.mark.parametrize("name", QUERIES)
def test_a_query_of_the_day_is_answered_from_its_index(name: str, tmp_path: Path) -> None:
    ask, index = QUERIES[name]
    with make_store("sqlite", tmp_path, FakeClock()) as store:
        hall = Scene(store, FakeClock())
        hall.take()

        def plans(rx: Tx) -> list[str]:
            asked: list[tuple[str, tuple[object, ...]]] = []
            rx.rules  # noqa: B018  (its own queries are not the question)
            really = rx.db.all

            def listen(sql: str, params: object = ()) -> object:
                asked.append((sql, tuple(params)))  # type: ignore[arg-type]
                return really(sql, params)  # type: ignore[arg-type]

            one = rx.db.one
            rx.db.all = listen  # type: ignore[method-assign,assignment]
            rx.db.one = lambda sql, params=(): (listen(sql, params), one(sql, params))[1]  # type: ignore[method-assign,assignment]
            ask(rx)
            return [row["detail"] for sql, params in asked for row in really(f"EXPLAIN QUERY PLAN {sql}", params)]

        steps = [s for s in hall.read(plans) if "tickets" in s]
    assert steps and all(index in step for step in steps), steps
