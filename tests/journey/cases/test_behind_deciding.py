"""Handover, approval and special procedures: papers are signed for, departments decide jointly, clocks stand."""

from __future__ import annotations

import pytest

from server.domain.actor import Actor, Role
from server.domain.cases.authorization import OtherDepartment
from server.domain.cases.handover import HandoverClosed, HandoverNotYours, NoteNeeded
from server.domain.cases.intake import Deferral, SecondCorrection
from server.domain.cases.record import Case
from server.domain.cases.special import (
    CaseStands,
    DeferralOpen,
    NotSuspended,
    NotYetReceived,
    ReasonsMissing,
    SpecialUnknown,
    TaskHeldByOther,
    TaskMoved,
)
from server.journey.cases import (
    approving,
    behind_views,
    clockwork,
    correcting,
    ending,
    handing_over,
    suspending,
    task_views,
)
from server.journey.cases.receipts import paper, papers_of
from tests.journey.cases.behind_scene import APPROVER, COLLEAGUE, HEAD, MANAGER, POLICE, TAX, TAX_APPROVER, Behind, S
from tests.scene import Scene, clerk


@pytest.fixture
def behind(hall: Scene) -> Behind:
    scene = Behind(hall)
    scene.publish()
    return scene


def test_an_accepted_case_joins_the_next_list_of_each_of_its_departments(behind: Behind) -> None:
    first = behind.accepted()
    behind.tick()
    assert {(one.department, one.slot, str(one.state)) for one in behind.lists()} == {
        (POLICE, "11:30", "open"),
        (TAX, "11:30", "open"),
    }
    second = behind.accepted()
    behind.tick()
    (police,) = [one for one in behind.lists() if one.department == POLICE]
    lines = behind.hall.read(lambda rx: rx.handovers.lines(police.id))
    assert [(line.case_id, line.pieces, str(line.state)) for line in lines] == [
        (first.id, 2, "listed"),
        (second.id, 2, "listed"),
    ]
    shown = behind.hall.read(behind_views.one_handover, police.id)["lines"]
    assert [line["shared_with"] for line in shown] == [[TAX], [TAX]], "one set of papers, looked at by both"
    behind.to("2026-11-23", "11:31")
    behind.accepted()
    behind.tick()
    assert sorted(one.slot for one in behind.lists() if one.department == POLICE) == ["11:30", "17:00"]


def test_both_sides_sign_line_by_line_and_what_is_missing_stays_open(behind: Behind) -> None:
    here, lost = behind.accepted(), behind.accepted()
    behind.tick()
    (made,) = [one for one in behind.lists() if one.department == POLICE]
    with pytest.raises(HandoverClosed, match="还没有签字交出"):
        behind.receive(made, APPROVER, here)
    with pytest.raises(HandoverNotYours):
        behind.send(made, by=APPROVER)
    assert behind.send(made).state == "sent"
    with pytest.raises(HandoverNotYours):
        behind.receive(made, TAX_APPROVER, here)
    with pytest.raises(NoteNeeded):
        behind.receive(made, APPROVER, here, missing={lost.id: ""})
    made = behind.receive(made, APPROVER, here, missing={lost.id: "袋子里没有"})
    assert made.state == "sent"
    assert behind.task(here).state == "held" and behind.case(here).at == S.REVIEWING
    assert behind.task(lost).state == "on_its_way" and behind.case(lost).at == S.ACCEPTED
    made = behind.receive(made, APPROVER, lost)
    assert (made.state, made.received_by_name) == ("received", APPROVER.name)
    assert behind.case(lost).at == S.REVIEWING


def test_what_is_taken_in_on_a_saturday_goes_on_mondays_list_and_can_be_signed_for_at_once(behind: Behind) -> None:
    behind.to("2026-11-28", "09:30")
    behind.hall.tick()  # a new day: the window was closed overnight
    behind.hall.open(1)
    case = behind.accepted()
    behind.tick()
    assert {(one.business_day, one.slot) for one in behind.lists()} == {("2026-11-30", "11:30")}
    assert behind.at_departments(case).at == S.REVIEWING


def test_nobody_signs_for_both_sides(behind: Behind) -> None:
    case = behind.accepted()
    behind.tick()
    made = behind.lists()[0]
    behind.send(made, by=MANAGER)
    with pytest.raises(HandoverNotYours):
        behind.receive(made, MANAGER, case)


def test_papers_taken_in_after_the_last_slot_are_an_alarm_that_same_day_until_they_are_there(behind: Behind) -> None:
    behind.to("2026-11-23", "17:05")
    case = behind.accepted()
    behind.tick()
    assert behind.alarms("handover_unsigned") == []
    behind.to("2026-11-23", "17:30")
    behind.tick()
    (alarm,) = behind.alarms("handover_unsigned")
    assert (alarm["subject"], alarm["code"]) == (f"case:{case.id}", behind.number(case))
    behind.to("2026-11-24", "09:00")
    behind.tick()
    assert len(behind.alarms("handover_unsigned")) == 1, "a new day does not bring them there"
    behind.at_departments(case)
    behind.tick()
    assert behind.alarms("handover_unsigned") == []


def test_what_is_decided_at_once_goes_on_a_list_at_once_and_not_with_the_next_slot(behind: Behind) -> None:
    behind.publish("at-once", joint=(), kind="instant_handover", promised_days=0)
    behind.to("2026-11-23", "17:05")
    first, second = behind.accepted("at-once"), behind.accepted("at-once")
    behind.accepted()
    behind.tick()
    lists = behind.hall.read(
        lambda rx: [(one, rx.handovers.lines(one.id)) for one in rx.handovers.current("2026-11-23")]
    )
    at_once = [[line.case_id for line in lines] for one, lines in lists if one.business_day == "2026-11-23"]
    assert at_once == [[first.id, second.id]], "both on one list of today"
    assert {one.slot for one, _ in lists if one.business_day == "2026-11-24"} == {"11:30"}


def test_papers_nobody_signed_for_at_the_days_end_are_an_alarm_that_names_the_case(behind: Behind) -> None:
    case = behind.accepted()
    behind.tick()
    behind.to("2026-11-23", "17:29")
    behind.tick()
    assert behind.alarms("handover_unsigned") == []
    behind.to("2026-11-23", "17:30")
    behind.tick()
    (alarm,) = behind.alarms("handover_unsigned")
    assert alarm["subject"] == f"case:{case.id}" and alarm["code"] == behind.number(case)
    assert not behind.hall.read(clockwork.due), "an alarm is raised once"
    behind.at_departments(case)
    behind.tick()
    assert behind.alarms("handover_unsigned") == []


def test_a_clerk_can_hand_over_at_once_out_of_turn(behind: Behind) -> None:
    case = behind.accepted()
    made = behind.hall.write(handing_over.make, handing_over.MakeRequest(clerk(1), POLICE, "department"))
    assert made.state == "sent"
    behind.receive(made, APPROVER, case)
    assert behind.task(case).state == "held"


def test_a_case_is_approved_when_its_last_department_approves(behind: Behind) -> None:
    case = behind.accepted()
    with pytest.raises(NotYetReceived):
        behind.decide(case)
    behind.at_departments(case)
    assert behind.decide(case, APPROVER).state == "approved"
    assert behind.case(case).at == S.REVIEWING
    with pytest.raises(TaskMoved):
        behind.decide(case, APPROVER)
    behind.decide(case, TAX_APPROVER)
    done = behind.case(case)
    assert (done.at, done.decision) == (S.APPROVED, "approved") and done.decided_at is not None
    assert behind.sms(case)[-1].startswith("case_approved") or "approved" in behind.sms(case)[-1]


def test_a_department_that_has_decided_can_stop_nothing_any_more(behind: Behind) -> None:
    case = behind.at_departments(behind.accepted())
    behind.decide(case, APPROVER)
    with pytest.raises(TaskMoved):
        behind.suspend(case, by=APPROVER)
    with pytest.raises(TaskMoved):
        behind.hall.write(approving.hold, approving.TaskRequest(APPROVER, behind.task(case).id))
    assert behind.suspend(case, by=TAX_APPROVER).at == S.SUSPENDED


def test_one_rejection_ends_a_joint_approval_early_with_reasons_and_remedies(behind: Behind) -> None:
    case = behind.at_departments(behind.accepted())
    with pytest.raises(ReasonsMissing):
        behind.decide(case, TAX_APPROVER, False, " ")
    behind.decide(case, TAX_APPROVER, False, "纳税记录不足")
    assert behind.case(case).at == S.REJECTED
    assert behind.task(case, POLICE).state == "dropped"
    last = behind.hall.read(lambda rx: rx.cases.history(case.id))[-1]
    assert last.data["reasons"] == ["纳税记录不足"] and "行政复议" in last.data["rights"]
    with pytest.raises(TaskMoved):
        behind.decide(case, APPROVER)


def test_an_early_rejection_takes_the_case_off_lists_nobody_has_signed_for(behind: Behind) -> None:
    case = behind.accepted()
    behind.tick()
    (made,) = [one for one in behind.lists() if one.department == TAX]
    behind.send(made)
    behind.receive(made, TAX_APPROVER, case)
    behind.decide(case, TAX_APPROVER, False, "不符合条件")
    (other,) = [one for one in behind.lists() if one.department == POLICE]
    assert behind.hall.read(lambda rx: rx.handovers.lines(other.id)) == []
    assert behind.send(other).state == "received", "an empty list needs nobody's signature"


def test_whoever_takes_a_task_has_it_until_the_head_takes_it_over(behind: Behind) -> None:
    case = behind.at_departments(behind.accepted())
    task = behind.task(case)
    held = behind.hall.write(approving.hold, approving.TaskRequest(APPROVER, task.id))
    assert held.holder_name == APPROVER.name
    with pytest.raises(TaskHeldByOther):
        behind.hall.write(approving.hold, approving.TaskRequest(COLLEAGUE, task.id))
    with pytest.raises(TaskHeldByOther):
        behind.decide(case, COLLEAGUE)
    with pytest.raises(OtherDepartment):
        behind.hall.write(approving.hold, approving.TaskRequest(TAX_APPROVER, task.id))
    assert behind.hall.write(approving.hold, approving.TaskRequest(HEAD, task.id)).holder == HEAD.id
    assert behind.hall.write(approving.release, approving.TaskRequest(HEAD, task.id)).holder is None
    behind.decide(case, COLLEAGUE)


def test_the_clock_stands_for_a_special_procedure_and_the_due_day_moves_by_its_working_days(behind: Behind) -> None:
    case = behind.at_departments(behind.accepted())
    assert case.due_day == "2026-11-30"  # five working days after Monday the 23rd
    with pytest.raises(SpecialUnknown):
        behind.suspend(case, "lunch")
    stood = behind.suspend(case)
    assert (stood.at, stood.due_day) == (S.SUSPENDED, None)
    with pytest.raises(CaseStands):
        behind.decide(case, TAX_APPROVER)
    behind.to("2026-11-26", "10:00")
    again = behind.resume(case)
    assert (again.at, again.due_day) == (S.REVIEWING, "2026-12-03")  # three working days later
    with pytest.raises(NotSuspended):
        behind.resume(case)
    behind.decide(case, APPROVER)
    behind.decide(case, TAX_APPROVER)
    assert behind.case(case).at == S.APPROVED


def test_a_department_asks_for_correction_once_and_its_head_a_second_time_with_a_reason(behind: Behind) -> None:
    case = behind.at_departments(behind.accepted())

    def ask(by: object, reason: str = "") -> object:
        items = (correcting.Wanted("household", "缺第二页"),)
        wanted = suspending.CorrectRequest(by, behind.task(case).id, items, reason)  # type: ignore[arg-type]
        return behind.hall.write(suspending.correct, wanted)

    assert ask(APPROVER).at == S.CORRECTION  # type: ignore[attr-defined]
    with pytest.raises(SecondCorrection):
        ask(APPROVER)
    brought = correcting.SupplementRequest(clerk(1), case.id, frozenset({("household", "p1")}))
    behind.to("2026-11-25", "09:00")
    back = behind.hall.write(correcting.supplement, brought)
    assert (back.at, back.due_day) == (S.REVIEWING, "2026-12-02")
    with pytest.raises(SecondCorrection):
        ask(APPROVER, "又缺了")
    assert ask(HEAD, "首次告知有遗漏").at == S.CORRECTION  # type: ignore[attr-defined]


def test_what_another_department_finds_during_a_correction_its_supervisor_adds_to_the_notice(behind: Behind) -> None:
    case = behind.at_departments(behind.accepted())

    def ask(by: Actor, material: str, text: str, reason: str = "") -> Case:
        items = (correcting.Wanted(material, text),)
        wanted = suspending.CorrectRequest(by, behind.task(case, by.department).id, items, reason)
        return behind.hall.write(suspending.correct, wanted)

    def offered(by: Actor) -> bool:
        return bool(behind.hall.read(task_views.detail, by, behind.task(case, by.department).id)["may"]["correct"])

    ask(APPROVER, "household", "缺第二页")
    assert not offered(TAX_APPROVER)
    with pytest.raises(SecondCorrection, match="部门负责人"):
        ask(TAX_APPROVER, "photo", "相片不清楚", "才发现")
    tax_head = Actor("staff:tax.head", "何安", frozenset({Role.HEAD}), department=TAX)
    assert offered(tax_head)
    told = ask(tax_head, "photo", "相片不清楚", "才发现")
    assert [one["text"] for one in (told.correction or {})["items"]] == ["缺第二页", "相片不清楚"]
    with pytest.raises(CaseStands):
        behind.decide(case, tax_head)
    (row,) = behind.hall.read(task_views.workbench, TAX, "open")["tasks"]
    assert (row["light"], row["correction_due"]) == ("stopped", told.correction_due) and told.correction_due
    both = frozenset({("household", "p1"), ("photo", "p1")})
    back = behind.hall.write(correcting.supplement, correcting.SupplementRequest(clerk(1), case.id, both))
    assert back.at == S.REVIEWING


def test_nothing_is_approved_while_papers_that_may_follow_have_not_come(behind: Behind) -> None:
    from datetime import date

    case = behind.at_departments(behind.accepted(deferral=Deferral("三日内补交相片回执", date(2026, 11, 26))))
    with pytest.raises(DeferralOpen):
        behind.decide(case)
    brought = correcting.SupplementRequest(clerk(1), case.id, frozenset({("photo", "p1")}))
    behind.hall.write(correcting.supplement, brought)
    assert behind.decide(case).state == "approved"


def test_a_withdrawn_case_leaves_the_workbenches_and_the_lists_but_papers_on_their_way_are_still_signed_for(
    behind: Behind,
) -> None:
    case = behind.accepted()
    behind.tick()
    (police,) = [one for one in behind.lists() if one.department == POLICE]
    (tax,) = [one for one in behind.lists() if one.department == TAX]
    behind.send(police)
    behind.hall.write(ending.withdraw, ending.WithdrawRequest(clerk(1), case.id, "申请人不办了"))
    assert {task.state for task in (behind.task(case, POLICE), behind.task(case, TAX))} == {"dropped"}
    assert behind.hall.read(lambda rx: rx.handovers.lines(tax.id)) == []
    assert behind.hall.read(task_views.workbench, POLICE, "open")["tasks"] == []
    assert behind.receive(police, APPROVER, case).state == "received"
    assert behind.case(case).at == S.WITHDRAWN


def test_no_department_of_a_joint_approval_is_passed_over_while_the_clock_stands_for_another(behind: Behind) -> None:
    case = behind.accepted()
    behind.tick()
    mine, other = (next(one for one in behind.lists() if one.department == name) for name in (POLICE, TAX))
    behind.send(mine)
    behind.receive(mine, APPROVER, case)
    behind.suspend(case, by=APPROVER)
    behind.send(other)
    behind.tick()
    assert behind.task(case, TAX).state == "on_its_way", "its papers go on their way all the same"
    behind.receive(other, TAX_APPROVER, case)
    behind.resume(case)
    behind.decide(case, APPROVER)
    assert behind.case(case).at == S.REVIEWING, "the other department has not decided yet"
    behind.decide(case, TAX_APPROVER)
    assert behind.case(case).at == S.APPROVED


def test_a_rejection_is_a_written_decision_with_its_reasons_and_remedies(behind: Behind) -> None:
    case = behind.at_departments(behind.accepted())
    assert "rejection" not in behind.hall.read(lambda rx: papers_of(rx, rx.cases.get(case.id)))
    behind.decide(case, TAX_APPROVER, False, "纳税记录不足")
    said = behind.hall.read(lambda rx: paper(rx, rx.cases.get(case.id), "rejection"))
    assert (said.title, said.to, said.office) == ("不予许可决定书", "张三", POLICE)
    assert ("不同意的部门", TAX) in said.facts, "of several departments the applicant learns which"
    assert said.lists == (("不予许可的理由", ("纳税记录不足",)),) and "行政复议" in said.closing[0]
    assert "行政诉讼" in said.closing[0]


def test_the_clock_runs_on_when_the_department_says_so_that_stopped_it(behind: Behind) -> None:
    case = behind.at_departments(behind.accepted())
    behind.suspend(case, by=TAX_APPROVER)
    seen = behind.hall.read(lambda rx: task_views.detail(rx, APPROVER, behind.task(case).id))
    assert not seen["may"]["resume"]
    with pytest.raises(OtherDepartment):
        behind.resume(case, by=APPROVER)
    assert behind.resume(case, by=TAX_APPROVER).at == S.REVIEWING
