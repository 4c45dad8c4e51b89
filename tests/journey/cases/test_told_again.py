"""A case's SMS that did not arrive: who sees it, and sending the last one again without making two of it."""

from __future__ import annotations

from typing import Any

import pytest

from server.domain.cases.notice import CaseNoticeUnknown, NoticeNotAgain
from server.domain.cases.record import Case
from server.journey.cases.behind_views import results, supervision
from server.journey.cases.ending import WithdrawRequest, withdraw
from server.journey.cases.resending import SendAgainRequest, send_again, told_view
from tests.journey.cases.behind_scene import APPROVER, MANAGER, TAX_APPROVER, Behind
from tests.journey.cases.behind_scene import S as States
from tests.scene import Scene, clerk


@pytest.fixture
def behind(hall: Scene) -> Behind:
    scene = Behind(hall)
    scene.publish()
    return scene


def told(behind: Behind, case: Case, by: Any = clerk(1)) -> list[dict[str, Any]]:
    return behind.hall.read(told_view, case.id, by)


def fare(behind: Behind, case: Case, state: str) -> None:
    """What the gateway said of the case's last SMS."""

    def step(tx: Any, _: None, now: int) -> None:
        last = tx.notices.of_ticket(case.id)[-1]
        assert tx.notices.move(last.id, (last.state,), state, error_code="is_bad", error="空号", gateway_id="g1")

    behind.hall.write(step, None)


def again(behind: Behind, case: Case, by: Any = clerk(2)) -> None:
    behind.hall.write(send_again, SendAgainRequest(by, case.id, told(behind, case)[-1]["id"]))


@pytest.mark.parametrize("state", ["failed", "expired", "unknown"])
def test_the_last_sms_that_did_not_arrive_goes_again_as_the_same_message(behind: Behind, state: str) -> None:
    case = behind.accepted()
    fare(behind, case, state)
    (shown,) = told(behind, case)
    assert (shown["kind"], shown["state"], shown["error"], shown["may_again"]) == ("accepted", state, "空号", True)
    behind.hall.wait(minutes=5)
    again(behind, case)
    (kept,) = behind.hall.read(lambda rx: rx.notices.of_ticket(case.id))
    assert (kept.state, kept.gateway_id, kept.error, kept.due_at) == ("pending", None, None, behind.hall.clock.now)
    assert behind.sms(case) == ["case_accepted"], "one event, one row"
    last = behind.hall.read(lambda rx: rx.cases.history(case.id))[-1]
    assert (last.action, last.by_id, dict(last.data)) == ("told_again", clerk(2).id, {"kind": "accepted"})
    with pytest.raises(NoticeNotAgain):
        again(behind, case)


@pytest.mark.parametrize("state", ["pending", "sending", "sent", "delivered", "dropped"])
def test_what_is_on_its_way_or_arrived_is_not_sent_again(behind: Behind, state: str) -> None:
    case = behind.accepted()
    fare(behind, case, state)
    assert not told(behind, case)[-1]["may_again"]
    with pytest.raises(NoticeNotAgain):
        again(behind, case)


def test_what_a_later_message_has_overtaken_is_not_sent_again(behind: Behind) -> None:
    case = behind.accepted()
    fare(behind, case, "failed")
    first = told(behind, case)[-1]["id"]
    behind.at_departments(case)
    behind.decide(case)
    behind.decide(case, TAX_APPROVER)
    assert [one["may_again"] for one in told(behind, case)] == [False, False]
    with pytest.raises(NoticeNotAgain):
        behind.hall.write(send_again, SendAgainRequest(clerk(1), case.id, first))
    other = behind.accepted()
    with pytest.raises(CaseNoticeUnknown):
        behind.hall.write(send_again, SendAgainRequest(clerk(1), other.id, first))


def test_nothing_is_repeated_to_who_has_withdrawn(behind: Behind) -> None:
    case = behind.accepted()
    fare(behind, case, "failed")
    behind.hall.write(withdraw, WithdrawRequest(clerk(1), case.id, "不办了"))
    assert behind.case(case).at == States.WITHDRAWN and not told(behind, case)[-1]["may_again"]


def test_departments_see_how_it_fared_and_only_the_hall_sends_again(behind: Behind) -> None:
    case = behind.accepted()
    fare(behind, case, "failed")
    assert [one["may_again"] for one in told(behind, case, APPROVER)] == [False]


def test_supervision_and_the_issue_window_mark_what_did_not_arrive(behind: Behind) -> None:
    case = behind.accepted()

    def marked() -> Any:
        (row,) = behind.hall.read(supervision, MANAGER, "all", None)["cases"]
        return row["sms_unreached"]

    assert marked() is None
    fare(behind, case, "failed")
    assert marked() == "failed"
    again(behind, case)
    assert marked() is None
    waiting = behind.at_issue()
    fare(behind, waiting, "expired")
    shown = behind.hall.read(results, behind.result(waiting).state)
    assert [one["sms_unreached"] for one in shown] == ["expired"]
