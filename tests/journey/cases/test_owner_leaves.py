"""首办责任 when somebody leaves: shown at once, the head hears the reminders, and a manager hands every case on."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from server.access.refusals import StaffUnknown
from server.domain.cases.intake import Deferral
from server.domain.cases.record import Case
from server.journey.cases import approving, owning, supervising
from server.journey.cases.behind_views import supervision
from server.journey.cases.leaving import HandOnAllRequest, NothingLeftBehind, hand_on_all, left_view
from tests.case_rows import a_case
from tests.journey.cases.behind_scene import APPROVER, MANAGER, POLICE, TAX, Behind
from tests.scene import Scene, clerk


@pytest.fixture
def behind(hall: Scene) -> Behind:
    """Clerks 1 and 2 and an approver have accounts."""
    scene = Behind(hall)
    scene.publish()

    def step(tx: Any, _: None, now: int) -> None:
        for who, role, department in ((clerk(1), "clerk", ""), (clerk(2), "clerk", ""), (APPROVER, "approver", POLICE)):
            tx.staff.add(who.id.removeprefix("staff:"), who.name, (role,), (), "no password", department)

    hall.write(step, None)
    return scene


def active(behind: Behind, who: Any, is_active: bool) -> None:
    behind.hall.write(lambda tx, _, now: tx.staff.set_active(who.id.removeprefix("staff:"), is_active), None)
    behind.tick()


def name(who: Any) -> str:
    return str(who.id.removeprefix("staff:"))


def pass_on(behind: Behind, to: Any = clerk(2), *cases: Case, reason: str = "调离") -> Any:
    wanted = HandOnAllRequest(MANAGER, name(clerk(1)), name(to), reason, tuple(case.id for case in cases))
    return behind.hall.write(hand_on_all, wanted)


def owners(behind: Behind) -> dict[str, list[int]]:
    shown = behind.hall.read(left_view)["owners"]
    return {one["username"]: [row["case"] for row in one["cases"]] for one in shown}


def test_the_cases_of_a_closed_account_are_shown_and_alarmed_until_they_are_handed_on(behind: Behind) -> None:
    first, second = behind.accepted(), behind.accepted()
    assert owners(behind) == {}
    active(behind, clerk(1), False)
    assert owners(behind) == {name(clerk(1)): [first.id, second.id]}
    assert [one["subject"] for one in behind.alarms("owner_left")] == [clerk(1).id]
    rows = behind.hall.read(supervision, MANAGER, "all", None)["cases"]
    assert [row["owner_left"] for row in rows] == [True, True]
    pass_on(behind, clerk(2), first)
    assert owners(behind) == {name(clerk(1)): [second.id]} and behind.alarms("owner_left")
    pass_on(behind)
    assert owners(behind) == {} and behind.alarms("owner_left") == []
    page = behind.hall.read(supervision, MANAGER, "handed_on", None)
    assert page["figures"]["handed_on"] == 2 and {row["case"] for row in page["cases"]} == {first.id, second.id}
    for case in (first, second):
        assert behind.case(case).owner == clerk(2).id
        line = behind.hall.read(lambda rx, case=case: rx.cases.history(case.id))[-1]
        assert (line.action, line.by_id, line.data["from"], line.data["reason"]) == (
            "handed_on", MANAGER.id, clerk(1).id, "调离")  # fmt: skip


def test_however_many_there_are_all_are_shown_and_handed_on(behind: Behind) -> None:
    def fill(tx: Any, _: None, now: int) -> None:
        for n in range(450):
            a_case(tx, link=f"left{n}", owner=clerk(1).id, owner_name=clerk(1).name)

    behind.hall.write(fill, None)
    active(behind, clerk(1), False)
    assert len(owners(behind)[name(clerk(1))]) == 450
    assert len(pass_on(behind)) == 450 and owners(behind) == {} and behind.alarms("owner_left") == []


def test_who_comes_back_has_the_cases_again_and_the_alarm_ends(behind: Behind) -> None:
    behind.accepted()
    active(behind, clerk(1), False)
    active(behind, clerk(1), True)
    assert owners(behind) == {} and behind.alarms("owner_left") == []


def test_nothing_is_taken_from_who_is_at_work_and_nothing_goes_to_who_is_not(behind: Behind) -> None:
    behind.accepted()
    with pytest.raises(NothingLeftBehind):
        pass_on(behind)
    active(behind, clerk(1), False)
    with pytest.raises(StaffUnknown):
        pass_on(behind, clerk(1))
    with pytest.raises(owning.HandOnNotClerk):
        pass_on(behind, APPROVER)
    with pytest.raises(owning.HandOnReasonMissing):
        pass_on(behind, reason=" ")
    assert [one["username"] for one in behind.hall.read(left_view)["clerks"]] == [name(clerk(2))]


def test_what_has_ended_stays_with_who_did_it(behind: Behind) -> None:
    case = behind.at_issue()
    behind.collect(case, pickup_code=behind.pickup(case))
    active(behind, clerk(1), False)
    assert owners(behind) == {} and behind.case(case).owner == clerk(1).id


def urge(behind: Behind, case: Case) -> set[str]:
    request = supervising.RemindRequest(MANAGER, case.id, "holder", "请今日办结")
    found = behind.hall.write(supervising.remind, request)
    return {one.recipient for one in found}


def test_the_head_hears_it_while_the_first_handler_or_the_holder_has_left(behind: Behind) -> None:
    deferral = Deferral("三日内补交相片回执", date(2026, 11, 26))
    case = behind.at_departments(behind.accepted(deferral=deferral))
    behind.hall.write(approving.hold, approving.TaskRequest(APPROVER, behind.task(case).id))
    assert urge(behind, case) == {APPROVER.id, f"department:{TAX}"}
    active(behind, APPROVER, False)
    other = behind.at_departments(behind.accepted())
    behind.hall.write(approving.hold, approving.TaskRequest(APPROVER, behind.task(other).id))
    assert urge(behind, other) == {f"head:{POLICE}", f"department:{TAX}"}
    active(behind, clerk(1), False)
    last = urge(behind, case)
    assert {f"head:{POLICE}", f"head:{TAX}", f"department:{TAX}"} <= last
