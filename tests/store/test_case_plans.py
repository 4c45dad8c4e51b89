"""However many cases a hall has seen, none of its questions walks through them: each is answered from an index."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from server.domain.cases.state import CaseState
from server.store.transaction import Tx
from tests.case_rows import a_case
from tests.scene import Scene
from tests.store_fixtures import FakeClock, make_store

S = CaseState
QUERIES: dict[str, tuple[Callable[[Tx], object], str]] = {
    "by link": (lambda tx: tx.cases.by_link("link"), "cases_link"),
    "by code": (lambda tx: tx.cases.by_code("X1"), "cases_code"),
    "of a ticket": (lambda tx: tx.cases.of_ticket(1), "cases_ticket"),
    "children": (lambda tx: tx.cases.children(1), "cases_parent"),
    "of a phone": (lambda tx: tx.cases.of_phone("p"), "cases_phone"),
    "of a number": (lambda tx: tx.cases.of_identity("i"), "cases_identity"),
    "a clerk's": (lambda tx: tx.cases.owned("staff:clerk1", [S.DRAFT, S.ACCEPTED]), "cases_owner"),
    "a clerk's any": (lambda tx: tx.cases.owns_any("staff:clerk1", [S.DRAFT, S.ACCEPTED]), "cases_owner"),
    "in states": (lambda tx: tx.cases.in_states([S.DRAFT, S.CORRECTION]), "cases_state"),
    "due": (lambda tx: tx.cases.due_by("2026-11-21"), "cases_due"),
    "deferrals": (lambda tx: tx.cases.deferrals_until("2026-11-21"), "cases_deferral"),
    "corrections": (lambda tx: tx.cases.corrections_until("2026-11-21"), "cases_state"),
    "pre-reviews": (lambda tx: tx.cases.pre_reviews("2026-11-21"), "cases_state"),
    "handed over at a window": (lambda tx: tx.results.last_handed_over(1, 5), "case_results_handed_over"),
    "idle drafts": (lambda tx: tx.cases.idle_drafts(5), "cases_state"),
}


@pytest.mark.parametrize("name", QUERIES)
def test_a_question_about_cases_is_answered_from_its_index(name: str, tmp_path: Path) -> None:
    ask, index = QUERIES[name]
    with make_store("sqlite", tmp_path, FakeClock()) as store:
        hall = Scene(store, FakeClock())
        hall.write(lambda tx, _, now: a_case(tx, link="link", code="X1"), None)

        def plans(rx: Tx) -> list[str]:
            asked: list[tuple[str, object]] = []
            rx.rules  # noqa: B018  (its own queries are not the question)
            every, one = rx.db.all, rx.db.one
            rx.db.all = lambda sql, params=(): (asked.append((sql, params)), every(sql, params))[1]  # type: ignore[method-assign,assignment]
            rx.db.one = lambda sql, params=(): (asked.append((sql, params)), one(sql, params))[1]  # type: ignore[method-assign,assignment]
            ask(rx)
            return [row["detail"] for sql, params in asked for row in every(f"EXPLAIN QUERY PLAN {sql}", params)]  # type: ignore[arg-type]

        steps = [step for step in hall.read(plans) if "case" in step]
        assert steps and all(index in step for step in steps), steps
