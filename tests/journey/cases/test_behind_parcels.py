"""A parcel that comes back: it may be collected, and goes again only as another parcel with another waybill."""

from __future__ import annotations

import pytest

from server.domain.cases.courier import CourierState, NoWaybill
from server.domain.cases.record import Case
from server.journey.cases.behind_views import result_of
from server.journey.cases.collecting import DispatchRequest, dispatch, returned
from server.journey.cases.issuing import CaseRequest
from tests.journey.cases.behind_scene import BY_POST, ISSUE_WINDOW, Behind
from tests.scene import Scene, clerk

BY = clerk(ISSUE_WINDOW)


@pytest.fixture
def behind(hall: Scene) -> Behind:
    scene = Behind(hall)
    scene.publish()
    return scene


def sent(behind: Behind, case: Case, waybill: str | None) -> None:
    behind.hall.write(dispatch, DispatchRequest(BY, case.id, waybill))


def test_the_window_sees_when_and_why_a_parcel_came_back(behind: Behind) -> None:
    case = behind.at_issue(BY_POST)
    assert behind.hall.read(result_of, case)["came_back"] is None
    sent(behind, case, "1099002233")
    behind.hall.write(returned, CaseRequest(BY, case.id, "地址不详"))
    assert behind.hall.read(result_of, case)["came_back"]["note"] == "地址不详"
    behind.collect(case, pickup_code=behind.pickup(case))
    assert behind.hall.read(result_of, case)["came_back"] is None


def test_what_came_back_goes_again_only_as_another_parcel(behind: Behind) -> None:
    case = behind.at_issue(BY_POST)
    sent(behind, case, "1099002233")
    behind.hall.write(returned, CaseRequest(BY, case.id, "拒收"))
    first = behind.hall.read(lambda rx: rx.couriers.of_case(case.id))
    with pytest.raises(NoWaybill):
        sent(behind, case, None)
    sent(behind, case, "1099002244")
    again = behind.hall.read(lambda rx: rx.couriers.of_case(case.id))
    assert (again.waybill, again.state) == ("1099002244", CourierState.CANCELLED) and again.id != first.id
    assert behind.sms(case)[-1] == "case_sent:1", "the new waybill is told, too"
