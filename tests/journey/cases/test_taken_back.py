"""A result that is not right: off the shelf, back by a signed list, put right, and on a shelf again under another code."""

from __future__ import annotations

import pytest

from server.domain.cases.courier import CourierState
from server.domain.cases.issue import NothingToIssue, PickupWrong, ResultNotHere, TakeBackReasonMissing
from server.domain.cases.record import Case
from server.journey.cases import handing_over
from server.journey.cases.behind_views import ready_to_issue
from server.journey.cases.issuing import CaseRequest
from server.journey.cases.taking_back import take_back
from tests.journey.cases.behind_scene import APPROVER, BY_POST, ISSUE_WINDOW, POLICE, Behind, S
from tests.scene import Scene, clerk

CLERK = clerk(ISSUE_WINDOW)


@pytest.fixture
def behind(hall: Scene) -> Behind:
    scene = Behind(hall)
    scene.publish()
    return scene


def taken_back(behind: Behind, case: Case, note: str = "姓名有误") -> Case:
    return behind.hall.write(take_back, CaseRequest(CLERK, case.id, note))


def send_in(behind: Behind, case: Case) -> None:
    made = behind.hall.write(handing_over.make, handing_over.MakeRequest(APPROVER, POLICE, "issue", (case.id,)))
    behind.receive(made, CLERK, case)


def ready(behind: Behind) -> list[int]:
    return [one["case"] for one in behind.hall.read(ready_to_issue, POLICE)]


def test_a_wrong_result_goes_back_and_comes_again_under_another_code(behind: Behind) -> None:
    case = behind.at_issue()
    old, decided = behind.pickup(case), behind.case(case).decided_at
    case = taken_back(behind, case)
    assert (case.at, case.decided_at, case.decision) == (S.APPROVED, decided, "approved")
    assert behind.hall.read(lambda rx: rx.results.shelves()) == [], "the shelf is free"
    assert behind.sms(case)[-1] == "case_taken_back" and ready(behind) == []
    with pytest.raises(NothingToIssue):
        send_in(behind, case)
    (made,) = behind.lists("back")
    behind.receive(behind.send(made, CLERK), APPROVER, case)
    assert ready(behind) == [case.id]
    send_in(behind, case)
    assert behind.sms(case)[-1] == "case_ready:1", "the citizen gets the new code"
    assert isinstance(behind.collect(case, pickup_code=old), PickupWrong)
    behind.collect(case, pickup_code=behind.pickup(case))
    assert behind.case(case).at == S.COLLECTED


def test_it_may_be_taken_back_a_second_time(behind: Behind) -> None:
    case = behind.at_issue()
    for times in (1, 2):
        taken_back(behind, case)
        made = next(one for one in behind.lists("back") if one.state == "open")
        behind.receive(behind.send(made, CLERK), APPROVER, case)
        send_in(behind, case)
        assert behind.sms(case)[-1] == f"case_ready:{times}"


def test_what_is_wrong_must_be_said_and_only_what_is_on_a_shelf_is_taken_back(behind: Behind) -> None:
    case = behind.at_issue()
    with pytest.raises(TakeBackReasonMissing):
        taken_back(behind, case, " ")
    behind.collect(case, pickup_code=behind.pickup(case))
    with pytest.raises(ResultNotHere):
        taken_back(behind, case)


def test_a_courier_who_was_to_come_is_called_off_and_ordered_again_later(behind: Behind) -> None:
    case = behind.at_issue(BY_POST)
    taken_back(behind, case)
    order = behind.hall.read(lambda rx: rx.couriers.of_case(case.id))
    assert order.state == CourierState.CANCELLED
    (made,) = behind.lists("back")
    behind.receive(behind.send(made, CLERK), APPROVER, case)
    send_in(behind, case)
    again = behind.hall.read(lambda rx: rx.couriers.of_case(case.id))
    assert (again.state, again.id != order.id) == (CourierState.WANTED, True)


def test_a_rejection_is_taken_back_and_stays_a_rejection(behind: Behind) -> None:
    case = behind.at_departments(behind.accepted())
    behind.decide(case, APPROVER, False, "不符合居住条件")
    send_in(behind, case)
    assert taken_back(behind, case).at == S.REJECTED
