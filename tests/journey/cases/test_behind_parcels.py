"""A parcel that comes back: it may be collected, and goes again only as another parcel with another waybill."""

from __future__ import annotations

from typing import Any

import pytest

from server.domain.cases.courier import CourierState, NoWaybill, SlipUnknown
from server.domain.cases.record import Case
from server.journey.cases import handing_over, mailing, progress, taking_back
from server.journey.cases.behind_views import result_of
from server.journey.cases.collecting import DispatchRequest, SlipRequest, arrived_there, dispatch, keep_slip, returned
from server.journey.cases.issuing import CaseRequest
from tests.journey.cases.behind_scene import APPROVER, BY_POST, ISSUE_WINDOW, POLICE, Behind, S
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


def test_the_couriers_slip_is_kept_with_its_parcel_and_no_other_file_is(behind: Behind) -> None:
    case, other = behind.at_issue(BY_POST), behind.at_issue(BY_POST)

    def kept(owner: Case, purpose: str) -> int:
        def step(tx: Any, _: None, now: int) -> int:
            who = BY.id
            return int(tx.files.add(f"case:{owner.id}", purpose, "单据.png", "image/png", 9, "00", "clean", who).id)

        file = behind.hall.write(step, None)
        behind.hall.write(keep_slip, SlipRequest(BY, case.id, file))
        return file

    for owner, purpose in ((other, "waybill"), (case, "other")):
        with pytest.raises(SlipUnknown):
            kept(owner, purpose)
    sent(behind, case, "1099002233")
    slip = kept(case, "waybill")
    behind.hall.write(arrived_there, CaseRequest(BY, case.id))
    shown = behind.hall.read(lambda rx: result_of(rx, rx.cases.get(case.id)))
    assert shown["courier"]["slip_file"] == slip, "and is there when the parcel has arrived"
    assert "courier_slip" in [line.action for line in behind.hall.read(lambda rx: rx.cases.history(case.id))]


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


def test_a_rejection_is_mailed_by_the_window_and_its_parcel_may_come_back(behind: Behind) -> None:
    case = behind.at_departments(behind.accepted(form=BY_POST))
    behind.decide(case, APPROVER, False, "不符合居住条件")
    made = behind.hall.write(handing_over.make, handing_over.MakeRequest(APPROVER, POLICE, "issue", (case.id,)))
    behind.receive(made, BY, case)
    assert behind.result(case).title == "不予许可决定书（居住登记）"
    assert "case_ready" not in behind.sms(case), "a courier is to come, nobody is called to the hall"
    sent(behind, case, "1099002233")
    behind.hall.write(returned, CaseRequest(BY, case.id, "拒收"))
    shown = behind.hall.read(result_of, case)
    assert (shown["decision"], shown["state"], shown["came_back"]["note"]) == ("rejected", "waiting", "拒收")
    assert behind.sms(case)[-1] == "case_ready:1", "now it is to be collected, and the code is told"
    sent(behind, case, "1099002244")
    behind.hall.write(arrived_there, CaseRequest(BY, case.id))
    assert (behind.case(case).at, behind.sms(case)[-1]) == (S.COLLECTED, "case_delivered")
    assert [row["state_zh"] for row in behind.hall.read(progress.board)["cases"]] == ["已送达"], "nobody came for it"


def test_a_department_mails_a_rejection_itself_and_what_comes_back_goes_onto_the_windows_shelf(behind: Behind) -> None:
    case = behind.at_departments(behind.accepted(form=BY_POST))
    task = behind.decide(case, APPROVER, False, "不符合居住条件")
    behind.hall.write(mailing.mail, mailing.MailRequest(APPROVER, task.id, "1099002233"))
    assert behind.case(case).at == S.SENT
    behind.hall.write(returned, CaseRequest(BY, case.id, "地址不详"))
    shown = behind.hall.read(result_of, case)
    assert (shown["shelf"], shown["came_back"]["note"]) == (1, "地址不详")
    behind.collect(case, pickup_code=behind.pickup(case))
    assert behind.case(case).at == S.COLLECTED


def test_a_parcel_brought_back_may_be_taken_back_by_its_department(behind: Behind) -> None:
    case = behind.at_issue(BY_POST)
    sent(behind, case, "1099002233")
    behind.hall.write(returned, CaseRequest(BY, case.id, "地址不详"))
    behind.hall.write(taking_back.take_back, CaseRequest(APPROVER, case.id, "姓名有误"))
    assert behind.case(case).at == S.APPROVED and behind.lists("back")
