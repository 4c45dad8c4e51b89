"""A result nobody collects: reminders, anew after a parcel came back, then back to the department."""

from __future__ import annotations

import pytest

from server.domain.cases.courier import CourierState
from server.domain.cases.issue import ResultNotHere
from server.domain.cases.record import Case
from server.journey.cases import collecting, couriering, issuing, progress
from tests.journey.cases.behind_scene import BY_POST, ISSUE_WINDOW, PERSON, POLICE, Behind, S
from tests.scene import MANAGER, Scene, small_hall


@pytest.fixture
def behind(hall: Scene) -> Behind:
    scene = Behind(hall)
    scene.publish()
    hall.reload(small_hall(issue={"remind_days": 3, "reminders": 1, "keep_days": 10}))
    return scene


def reminders(behind: Behind, case: Case) -> int:
    return sum("reminder" in kind for kind in behind.sms(case))


def ordered(behind: Behind) -> couriering.CourierOrder:
    (claimed,) = behind.hall.write(couriering.claim, (1, "ems"))
    behind.hall.write(couriering.record_ordered, couriering.Handed(claimed.order, "1", "EX1CN"))
    return claimed.order


def test_after_its_days_on_the_shelf_a_result_goes_back_and_its_case_is_closed(behind: Behind) -> None:
    case, shelf = behind.at_issue(), 1
    code = behind.pickup(case)
    behind.to("2026-12-02", "08:00")
    behind.tick()
    assert (behind.case(case).at, behind.result(case).shelf) == (S.AT_ISSUE, shelf), "not a day too early"
    behind.to("2026-12-03", "10:00")
    behind.tick()
    done, result = behind.case(case), behind.result(case)
    assert (done.at, result.state, result.shelf, result.pickup_box) == (S.CLOSED, "returned", None, None)
    assert done.ended_at == behind.hall.clock.now and done.decision == "approved"
    last = behind.hall.read(lambda rx: rx.cases.history(case.id))[-1]
    assert (last.action, last.data) == ("returned", {"department": POLICE, "shelf": shelf, "days": 10})
    assert behind.sms(case)[-1] == "case_returned"
    assert not behind.hall.read(lambda rx: rx.alarms.current())
    with pytest.raises(ResultNotHere):
        behind.collect(case, pickup_code=code)
    behind.hall.open(1, ISSUE_WINDOW)
    assert behind.result(behind.at_issue()).shelf == shelf, "the shelf is free"
    looked = progress.LookupRequest(done.code or "", PERSON.contact_phone[-4:])
    history = behind.hall.write(progress.look_up, looked)["history"]  # type: ignore[index]
    assert "退回部门" in history[-1]["zh"]


def test_what_waits_for_a_courier_is_not_given_back(behind: Behind) -> None:
    case = behind.at_issue(BY_POST)
    ordered(behind)
    behind.to("2026-12-20", "10:00")
    behind.tick()
    assert behind.case(case).at == S.AT_ISSUE and reminders(behind, case) == 0


def test_after_a_parcel_came_back_its_citizen_is_reminded_anew_and_the_days_count_from_then(behind: Behind) -> None:
    case = behind.at_issue(BY_POST)
    order = ordered(behind)
    behind.to("2026-11-30", "10:00")
    for state in (CourierState.IN_TRANSIT, CourierState.RETURNED):
        now = behind.hall.read(lambda rx: rx.couriers.get(order.id))
        behind.hall.write(couriering.record_seen, couriering.Seen(now, state, ()))
    assert behind.case(case).at == S.AT_ISSUE
    behind.to("2026-12-04", "10:00")
    behind.tick()
    assert (reminders(behind, case), behind.case(case).at) == (1, S.AT_ISSUE)
    behind.to("2026-12-10", "11:00")
    behind.tick()
    assert behind.case(case).at == S.CLOSED


def test_reminders_of_a_parcel_that_came_back_twice_are_all_written(behind: Behind) -> None:
    case = behind.at_issue(BY_POST)
    order = ordered(behind)
    for day in ("2026-11-30", "2026-12-05"):
        if day != "2026-11-30":
            behind.hall.write(collecting.retry_courier, issuing.CaseRequest(MANAGER, case.id))
            order = ordered(behind)
        for state in (CourierState.IN_TRANSIT, CourierState.RETURNED):
            now = behind.hall.read(lambda rx, order=order: rx.couriers.get(order.id))
            behind.hall.write(couriering.record_seen, couriering.Seen(now, state, ()))
        behind.hall.wait(minutes=4 * 24 * 60)
        behind.tick()
    assert reminders(behind, case) == 2
