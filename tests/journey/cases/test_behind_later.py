"""材料交接 of papers that come after a case was taken in: they reach every department that still decides, signed for."""

from __future__ import annotations

from datetime import date

import pytest

from server.domain.cases.intake import Deferral
from server.domain.cases.record import Case
from server.journey.cases import behind_views, correcting, suspending
from tests.journey.cases.behind_scene import APPROVER, POLICE, TAX, TAX_APPROVER, Behind, S
from tests.scene import Scene, clerk

PHOTO = ("photo", "p1")


@pytest.fixture
def behind(hall: Scene) -> Behind:
    scene = Behind(hall)
    scene.publish()
    return scene


def deferred(behind: Behind) -> Case:
    return behind.accepted(deferral=Deferral("三日内补交相片回执", date(2026, 11, 26)))


def brought(behind: Behind, case: Case) -> None:
    """The photo is handed in at a window."""
    behind.hall.write(correcting.supplement, correcting.SupplementRequest(clerk(1), case.id, frozenset({PHOTO})))


def test_papers_brought_after_the_lists_were_signed_go_to_the_departments_by_lists_of_their_own(behind: Behind) -> None:
    case = behind.at_departments(deferred(behind))
    brought(behind, case)
    made = [one for one in behind.lists() if one.state == "open"]
    assert {one.department for one in made} == {POLICE, TAX}
    for one in made:
        (line,) = behind.hall.read(behind_views.handover_json, one)["lines"]
        assert (line["case"], line["pieces"], line["later"]) == (case.id, 1, True)
    behind.at_departments(case)
    assert {one.state for one in behind.lists()} == {"received"}
    assert behind.hall.read(lambda rx: rx.cases.history(case.id))[-1].action == "handover_received"


def test_what_one_department_asked_for_is_not_carried_to_those_that_have_decided(behind: Behind) -> None:
    case = behind.at_departments(behind.accepted())
    behind.decide(case, TAX_APPROVER)
    wanted = (correcting.Wanted("photo", "相片要白底"),)
    behind.hall.write(suspending.correct, suspending.CorrectRequest(APPROVER, behind.task(case).id, wanted))
    brought(behind, case)
    (made,) = [one for one in behind.lists() if one.state == "open"]
    assert made.department == POLICE


def test_papers_brought_before_anybody_signed_go_with_the_first_list(behind: Behind) -> None:
    case = deferred(behind)
    behind.tick()
    brought(behind, case)
    lines = [behind.hall.read(behind_views.handover_json, one)["lines"] for one in behind.lists()]
    assert [(line["pieces"], line["later"]) for (line,) in lines] == [(2, False)] * 2


def test_papers_that_overtake_those_they_follow_begin_no_review(behind: Behind) -> None:
    case = deferred(behind)
    behind.tick()
    first = [behind.send(one) for one in behind.lists()]
    brought(behind, case)
    later = next(one for one in behind.lists() if one.state == "open" and one.department == POLICE)
    behind.receive(behind.send(later), APPROVER, case)
    assert (behind.case(case).at, behind.task(case).state) == (S.ACCEPTED, "on_its_way")
    behind.receive(next(one for one in first if one.department == POLICE), APPROVER, case)
    assert (behind.case(case).at, behind.task(case).state) == (S.REVIEWING, "held")
