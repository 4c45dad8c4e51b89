"""A number goes to another clerk with its intake half done: what was filled in goes along."""

from __future__ import annotations

from typing import Any

import pytest

from server.domain.cases.record import Case
from server.journey import counter, serving
from server.journey.cases import opening
from server.journey.cases.drafting import NotYourCase
from server.journey.cases.particulars import form_of
from tests.case_scene import PERSON, Cases
from tests.scene import MANAGER, clerk

TWO = clerk(2)


def served_at_two(desk: Cases) -> None:
    """The number at window 1 is transferred to window 2, whose clerk has it before them."""
    desk.hall.open(2)
    desk.hall.transfer(1, to_window=2)
    desk.hall.next(2)
    desk.hall.start(2)


def handed_on(desk: Cases, case: Case) -> list[dict[str, Any]]:
    return [dict(one.data) for one in desk.hall.read(lambda rx: rx.cases.history(case.id)) if one.action == "handed_on"]


def test_the_next_window_goes_on_where_the_first_stopped(desk: Cases) -> None:
    case = desk.ready()
    served_at_two(desk)
    case = desk.get(case)
    assert (case.owner, case.owner_name, case.window_number) == (TWO.id, TWO.name, 2)
    (line,) = handed_on(desk, case)
    assert (line["from"], line["to"]) == (desk.me.id, TWO.id) and "2号窗口" in line["reason"]
    with pytest.raises(NotYourCase):
        desk.accept(case)
    assert desk.accept(case, by=TWO).state == "accepted"


def test_a_bundle_goes_along_with_all_its_parts(desk: Cases) -> None:
    case = desk.open(None, bundle="restaurant")
    served_at_two(desk)
    owners = {one.owner for one in desk.hall.read(lambda rx: [rx.cases.get(case.id), *rx.cases.children(case.id)])}
    assert owners == {TWO.id}


def test_what_was_taken_in_stays_with_its_first_handler(desk: Cases) -> None:
    taken, told = desk.accepted(), desk.correct(desk.ready("permit"))
    served_at_two(desk)
    assert {desk.get(taken).owner, desk.get(told).owner} == {desk.me.id}
    assert handed_on(desk, taken) == handed_on(desk, told) == []


def test_the_next_matter_elsewhere_knows_who_came_and_the_audit_says_so(desk: Cases) -> None:
    taken = desk.accepted()
    served_at_two(desk)
    case = desk.write(opening.open_case, opening.OpenRequest(TWO, 2, "renew"))
    form = desk.hall.read(lambda rx: form_of(rx, case))
    assert (form.name, form.id_number) == (PERSON["name"], PERSON["id_number"])
    used = [
        (one.actor, one.subject) for one in desk.hall.read(lambda rx: rx.audit.newest()) if one.action == "form.used"
    ]
    assert used == [(TWO.id, f"case:{taken.id}")]


def test_a_window_handed_over_hands_over_what_is_half_done_at_it(desk: Cases) -> None:
    case = desk.ready()
    wanted = counter.HandOverRequest(MANAGER, 1, TWO.id, TWO.name)
    desk.write(counter.hand_over, wanted)
    assert desk.get(case).owner == TWO.id and desk.accept(case, by=TWO).owner == TWO.id


def test_a_number_parked_by_one_and_brought_back_by_another_brings_its_draft(desk: Cases) -> None:
    case = desk.ready()
    desk.write(serving.park, serving.AtWindow(desk.me, 1))
    desk.hall.open(2)
    desk.write(serving.unpark, serving.UnparkRequest(MANAGER, 2, case.ticket_id))
    assert desk.get(case).owner == TWO.id


def test_a_number_called_back_to_its_own_clerk_changes_nothing(desk: Cases) -> None:
    case = desk.ready()
    desk.write(serving.park, serving.AtWindow(desk.me, 1))
    desk.write(serving.unpark, serving.UnparkRequest(desk.me, 1))
    assert desk.get(case).owner == desk.me.id and handed_on(desk, case) == []
