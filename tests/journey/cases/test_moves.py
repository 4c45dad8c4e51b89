"""Every state move of a case is data, and one move wins."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from server.domain.cases.state import CASE_MOVES, CaseState
from server.journey.cases.board_numbers import number_of
from server.journey.cases.moves import move
from server.store.cases import CaseDraftChanged, CaseMoved
from server.store.transaction import Tx
from tests.case_rows import a_case
from tests.scene import Scene, clerk

S = CaseState


def every_pair(tx: Tx, _: Any, now: int) -> dict[tuple[str, str], bool]:
    """Try each move from each state; which were let through."""
    went = {}
    for was in CaseState:
        for to in CaseState:
            case = a_case(tx, state=was.value)
            try:
                moved = move(tx, case, to, clerk(1), "tried", {"note": "试"}, now)
            except CaseMoved:
                went[was.value, to.value] = False
                assert tx.cases.get(case.id) == case, "nothing of a refused move is kept"
                continue
            assert tx.cases.get(case.id) == moved
            went[was.value, to.value] = True
    return went


def test_a_case_moves_exactly_as_the_table_of_moves_says(hall: Scene) -> None:
    went = hall.write(every_pair, None)
    assert {pair for pair, through in went.items() if through} == {
        (was.value, to.value) for was, moves in CASE_MOVES.items() for to in moves
    }


def test_a_move_is_in_the_cases_own_history_and_told_to_the_screens_without_a_name(hall: Scene) -> None:
    def step(tx: Tx, _: Any, now: int) -> int:
        case = a_case(tx, code="202601000001AB", applicant_mask="张*")
        return move(tx, case, S.REVIEWING, clerk(2), "received", {"from": "张三"}, now).id

    case_id = hall.write(step, None)
    (line,) = hall.read(lambda rx: rx.cases.history(case_id))
    assert (line.action, line.from_state, line.to_state, line.by_name, line.data) == (
        "received",
        "accepted",
        "reviewing",
        clerk(2).name,
        {"from": "张三"},
    )
    event = hall.read(lambda rx: rx.events.after(rx.events.last_seq() - 1))[0]
    assert event.type == "case.received"
    assert event.data == {
        "id": case_id,
        "code": hall.read(lambda rx: number_of(rx, rx.cases.get(case_id))),
        "item": "loan",
        "department": "市公积金中心",
        "from": "accepted",
        "to": "reviewing",
    }


def test_of_two_who_move_the_same_case_the_second_is_refused_by_name(hall: Scene) -> None:
    seen = hall.write(lambda tx, _, now: a_case(tx), None)
    hall.write(lambda tx, _, now: move(tx, seen, S.REVIEWING, clerk(1), "received", {}, now), None)
    with pytest.raises(CaseMoved, match="审查中"):
        hall.write(lambda tx, _, now: move(tx, seen, S.WITHDRAWN, clerk(2), "withdrawn", {}, now), None)


def test_of_two_who_save_the_same_draft_the_second_is_told_to_look_again(hall: Scene) -> None:
    seen = hall.write(lambda tx, _, now: a_case(tx, state="draft"), None)
    saved = hall.write(lambda tx, _, now: tx.cases.save(seen, 1, answers={"q": ["a"]}), None)
    assert (saved.revision, hall.read(lambda rx: rx.cases.get(seen.id)).answers) == (2, {"q": ["a"]})

    def late(tx: Tx, _: Any, now: int) -> Any:
        return tx.cases.save(tx.cases.get(seen.id), 1, answers={})

    with pytest.raises(CaseDraftChanged):
        hall.write(late, None)


def test_a_bundles_parent_is_decided_with_its_last_child_and_closed_when_the_last_has_ended(hall: Scene) -> None:
    def family(tx: Tx, _: Any, now: int) -> tuple[int, int, int]:
        parent = a_case(tx, bundle="restaurant")
        return parent.id, *(a_case(tx, bundle="restaurant", parent_id=parent.id).id for _ in range(2))

    parent, first, second = hall.write(family, None)

    def go(case_id: int, to: CaseState) -> str:
        hall.write(lambda tx, _, now: move(tx, tx.cases.get(case_id), to, clerk(1), "tried", {}, now), None)
        return str(hall.read(lambda rx: rx.cases.get(parent)).state)

    assert go(first, S.APPROVED) == "accepted"
    assert go(second, S.REJECTED) == "approved"
    assert go(first, S.CLOSED) == "approved"
    assert go(second, S.CLOSED) == "closed"


@pytest.mark.parametrize(("end", "parents"), [(S.WITHDRAWN, "withdrawn"), (S.TERMINATED, "terminated")])
def test_a_bundle_all_of_whose_children_ended_undecided_ends_with_them(
    hall: Scene, end: CaseState, parents: str
) -> None:
    def step(tx: Tx, _: Any, now: int) -> str:
        parent = a_case(tx, bundle="restaurant")
        child = a_case(tx, bundle="restaurant", parent_id=parent.id)
        move(tx, child, end, clerk(1), "tried", {}, now)
        return tx.cases.get(parent.id).state

    assert hall.write(step, None) == parents


def test_serials_are_never_given_twice_and_each_scope_counts_by_itself(hall: Scene) -> None:
    def three(tx: Tx, _: Any, now: int) -> list[int]:
        return [tx.serials.next(str(year), date(year, 1, 1), 6) for year in (2026, 2026, 2027)]

    assert hall.write(three, None) == [1, 2, 1]
    assert hall.write(three, None) == [3, 4, 2]
