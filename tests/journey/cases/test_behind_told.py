"""The citizen is told at each step: what was brought, when the clock stands and runs on, when the result is theirs."""

from __future__ import annotations

from datetime import date

import pytest

from server.domain.cases.courier import CourierState
from server.domain.cases.intake import Deferral
from server.domain.cases.parcel import Place
from server.domain.cases.record import Case
from server.journey.cases import correcting, couriering, suspending
from tests.journey.cases.behind_scene import APPROVER, BY_POST, PERSON, Behind
from tests.scene import Scene, clerk


@pytest.fixture
def behind(hall: Scene) -> Behind:
    scene = Behind(hall)
    scene.publish()
    return scene


def texts(behind: Behind, case: Case) -> dict[str, str]:
    return {one.kind: one.text for one in behind.hall.read(lambda rx: rx.notices.of_ticket(case.id))}


def bring(behind: Behind, case: Case, *ticks: tuple[str, str]) -> Case:
    wanted = correcting.SupplementRequest(clerk(2), case.id, frozenset(ticks))
    return behind.hall.write(correcting.supplement, wanted)


def test_each_special_procedure_is_told_when_it_begins_and_with_the_new_day_when_it_ends(behind: Behind) -> None:
    case = behind.at_departments(behind.accepted())
    behind.suspend(case)
    assert behind.sms(case)[-1] == "case_suspended"
    behind.to("2026-11-26", "10:00")
    behind.resume(case)
    said = texts(behind, case)
    assert "不计入办理时限" in said["case_suspended"] and "12月3日" in said["case_resumed"]
    behind.suspend(case, "inspection")
    behind.resume(case)
    assert behind.sms(case)[-4:] == ["case_suspended", "case_resumed", "case_suspended:1", "case_resumed:1"]


def test_who_brings_what_was_to_be_corrected_is_told_that_it_goes_on(behind: Behind) -> None:
    case = behind.at_departments(behind.accepted())
    items = (correcting.Wanted("household", "看不清"),)
    behind.hall.write(suspending.correct, suspending.CorrectRequest(APPROVER, behind.task(case).id, items))
    behind.to("2026-11-25", "10:00")
    done = bring(behind, case, ("household", "p1"))
    day = date.fromisoformat(done.due_day or "")
    assert f"{day.month}月{day.day}日" in texts(behind, case)["case_supplemented"]


def test_who_brings_the_last_of_what_was_to_follow_is_told_that_all_is_there(behind: Behind) -> None:
    case = behind.accepted(deferral=Deferral("三日内补交相片回执", date(2026, 11, 26)))
    assert "case_deferral_done" not in behind.sms(case)
    bring(behind, case, ("photo", "p1"))
    assert "收齐" in texts(behind, case)["case_deferral_done"]


def test_who_did_not_collect_it_themselves_learns_that_somebody_has(behind: Behind) -> None:
    case = behind.at_issue()
    behind.collect(case, pickup_code=behind.pickup(case))
    said = texts(behind, case)["case_collected"]
    assert "领取" in said and PERSON.name not in said and behind.pickup(case) not in said


def test_a_parcel_that_was_signed_for_is_told(behind: Behind) -> None:
    case = behind.at_issue(BY_POST)
    (claimed,) = behind.hall.write(couriering.claim, (1, "ems"))
    behind.hall.write(couriering.record_ordered, couriering.Handed(claimed.order, "1", "EX1CN"))
    for state in (CourierState.PICKED_UP, CourierState.DELIVERED):
        place = Place("2026-11-24 10:00", "已签收")
        behind.hall.write(couriering.record_seen, couriering.Seen(claimed.order, state, (place,)))
    assert behind.case(case).state == "collected" and behind.sms(case)[-1] == "case_delivered"
