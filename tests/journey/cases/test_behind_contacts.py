"""交接联络人 and the trip back: who is reminded of an unsigned list, and how an uncollected result returns, signed by both."""

from __future__ import annotations

from typing import Any

import pytest

from server.domain.cases.handover import HandoverNotYours
from server.domain.cases.record import Case
from server.journey.cases.behind_views import handover_json, own_reminders, result_of
from server.journey.cases.handing_over import MakeRequest, make
from tests.journey.cases.behind_scene import APPROVER, HEAD, ISSUE_WINDOW, POLICE, TAX_APPROVER, Behind, S
from tests.scene import Scene, clerk, small_hall

CONTACT = {"department": POLICE, "name": "关勇", "phone": "0570-3080110", "staff": "police.head"}


@pytest.fixture
def behind(hall: Scene) -> Behind:
    scene = Behind(hall)
    scene.publish(joint=())
    hall.reload(small_hall(handover={"slots": ["11:30", "17:00"], "contacts": [CONTACT]}))
    return scene


def account(behind: Behind, is_active: bool = True) -> None:
    def step(tx: Any, _: None, now: int) -> None:
        tx.staff.add("police.head", "关勇", ("head",), (), "no password", POLICE)
        tx.staff.set_active("police.head", is_active)

    behind.hall.write(step, None)


def reminded(behind: Behind, case: Case) -> list[tuple[str, str]]:
    found = behind.hall.read(lambda rx: rx.reminders.of_case(case.id))
    return [(one.level, one.recipient) for one in found if one.kind.startswith("handover")]


def test_the_contact_is_reminded_once_of_a_list_that_is_unsigned_after_its_slot(behind: Behind) -> None:
    account(behind)
    case = behind.accepted()
    behind.tick()
    behind.to("2026-11-23", "11:44")
    behind.tick()
    assert reminded(behind, case) == []
    behind.to("2026-11-23", "11:45")
    behind.tick()
    behind.to("2026-11-23", "12:30")
    behind.tick()
    assert reminded(behind, case) == [("contact", HEAD.id)]
    (shown,) = behind.hall.read(own_reminders, HEAD)["reminders"]
    (made,) = behind.lists()
    assert (shown["kind"], shown["handover"]) == ("handover", made.id) and "1 件" in shown["note"]


@pytest.mark.parametrize("is_active", [None, False])
def test_without_an_open_account_the_whole_department_is_reminded(behind: Behind, is_active: bool | None) -> None:
    if is_active is not None:
        account(behind, is_active)
    case = behind.accepted()
    behind.tick()
    behind.to("2026-11-23", "11:50")
    behind.tick()
    assert reminded(behind, case) == [("contact", f"department:{POLICE}")]


def test_a_list_both_sides_have_signed_reminds_nobody(behind: Behind) -> None:
    case = behind.at_departments(behind.accepted())
    behind.to("2026-11-23", "11:50")
    behind.tick()
    assert reminded(behind, case) == []


def test_the_list_and_the_alarm_name_the_contact(behind: Behind) -> None:
    behind.accepted()
    behind.tick()
    (made,) = behind.lists()
    shown = behind.hall.read(handover_json, made)["contacts"]
    assert shown == [{"name": "关勇", "phone": "0570-3080110"}]
    behind.to("2026-11-23", "17:31")
    behind.tick()
    (alarm,) = behind.alarms("handover_unsigned")
    assert (alarm["why"], alarm["contact"]) == ("contact", "关勇")
    from server.domain.alarm_words import alarm_words

    said = alarm_words("handover_unsigned", alarm)
    assert "关勇" in said.zh and "关勇" in said.en


def at_issue(behind: Behind) -> Case:
    case = behind.at_departments(behind.accepted())
    behind.decide(case)
    made = behind.hall.write(make, MakeRequest(APPROVER, POLICE, "issue", (case.id,)))
    behind.receive(made, clerk(ISSUE_WINDOW), case)
    return behind.case(case)


def forgotten(behind: Behind) -> Case:
    """Half a year on the shelf."""
    case = at_issue(behind)
    behind.to("2027-06-01", "09:00")
    behind.tick()
    return case


def test_a_result_nobody_collected_goes_back_by_a_list_that_both_sides_sign(behind: Behind) -> None:
    case = forgotten(behind)
    assert behind.case(case).at == S.CLOSED
    (made,) = behind.lists("back")
    assert (made.department, made.state, made.slot) == (POLICE, "open", "11:30")
    assert behind.hall.read(result_of, case)["going_back"]["state"] == "open"
    with pytest.raises(HandoverNotYours):
        behind.send(made, APPROVER)
    made = behind.send(made, clerk(ISSUE_WINDOW))
    for nobody in (clerk(ISSUE_WINDOW), TAX_APPROVER):
        with pytest.raises(HandoverNotYours):
            behind.receive(made, nobody, case)
    behind.receive(made, APPROVER, missing={case.id: "没有找到"})
    assert behind.hall.read(result_of, case)["going_back"]["state"] == "sent"
    behind.receive(made, APPROVER, case)
    shown = behind.hall.read(result_of, case)["going_back"]
    assert (shown["state"], shown["handover"]) == ("received", made.id) and shown["received_at"]
    last = behind.hall.read(lambda rx: rx.cases.history(case.id))[-1]
    assert (last.action, last.by_id) == ("result_back", APPROVER.id)
    assert behind.case(case).at == S.CLOSED, "the case stays closed"


def test_results_going_back_may_be_sent_before_the_slot_and_are_alarmed_when_nobody_signs(behind: Behind) -> None:
    case = forgotten(behind)
    made = behind.hall.write(make, MakeRequest(clerk(ISSUE_WINDOW), POLICE, "back"))
    assert made.state == "sent" and made.direction == "back"
    behind.to("2027-06-01", "17:31")
    behind.tick()
    assert [one["subject"] for one in behind.alarms("handover_unsigned")] == [f"case:{case.id}"]
