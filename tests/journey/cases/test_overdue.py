"""What time alone brings: papers that never came, corrections nobody made, drafts nobody finished."""

from __future__ import annotations

from datetime import date
from typing import Any

from server.domain.cases.state import TaskState
from server.domain.units import local
from tests.case_scene import POLICE, Cases
from tests.journey.cases.test_online import passed, submitted


def test_papers_that_were_to_follow_and_did_not_end_the_case_with_notice(desk: Cases) -> None:
    case = desk.deferred(date(2026, 11, 23))
    desk.next_day(5)
    assert desk.get(case).state == "accepted", "the day itself is in time"
    desk.next_day()
    case = desk.get(case)
    assert (case.state, case.end_reason) == ("terminated", "容缺材料逾期未补交（应于2026-11-23前补交）")
    assert {"case_terminated", "case_deferral_due"} <= set(desk.sms(case))
    assert [one.state for one in desk.hall.read(lambda rx: rx.tasks.of_case(case.id))] == [TaskState.DROPPED]


def test_a_reminder_comes_the_working_day_before_once_and_not_at_night(desk: Cases) -> None:
    case = desk.deferred(date(2026, 11, 23))
    desk.next_day(2)  # Friday the 20th, a holiday; the next working day is Sunday the 22nd
    assert "case_deferral_due" not in desk.sms(case)
    desk.next_day(1)
    assert "case_deferral_due" not in desk.sms(case)
    desk.hall.wait(minutes=5 * 60)  # Sunday 00:06
    desk.next_day(0)
    (sms,) = [one for one in desk.hall.read(lambda rx: rx.notices.of_ticket(case.id)) if "due" in one.kind]
    assert "11月23日" in sms.text
    at = desk.hall.read(lambda rx: local(sms.due_at, rx.rules.zone))
    assert (at.day, at.hour) == (22, 9)
    desk.next_day(0)
    assert desk.actions(case).count("deferral_reminded") == 1


def test_papers_brought_in_time_leave_nothing_to_remind_of(desk: Cases) -> None:
    case = desk.supplement(desk.deferred(date(2026, 11, 23)), ("bank-card", "p1"))
    desk.next_day(7)
    assert desk.get(case).state == "accepted" and "case_deferral_due" not in desk.sms(case)


def test_a_correction_nobody_made_ends_the_case_with_notice(desk: Cases) -> None:
    case = desk.correct(desk.ready())
    desk.next_day(7)
    assert desk.get(case).state == "correction"
    desk.next_day()
    case = desk.get(case)
    assert (case.state, case.end_reason) == ("terminated", "逾期未补正（应于2026-11-25前补正）")
    assert "case_terminated" in desk.sms(case)


def test_a_bundle_nobody_corrected_ends_with_all_its_parts(desk: Cases) -> None:
    from tests.case_scene import PERSON

    case = desk.save(desk.open(None, bundle="restaurant"), form=PERSON)
    desk.correct(case, ("m1", "过期"))
    desk.next_day(8)
    states = {one.state for one in desk.hall.read(lambda rx: [rx.cases.get(case.id), *rx.cases.children(case.id)])}
    assert states == {"terminated"}


def test_one_part_of_a_bundle_that_its_department_waits_for_in_vain_ends_alone(desk: Cases) -> None:
    from server.domain.cases.state import CaseState
    from server.journey.cases.correcting import Wanted, ask
    from server.journey.cases.moves import move
    from tests.case_scene import APPROVER, PERSON

    case = desk.save(desk.open(None, bundle="restaurant"), form=PERSON)
    desk.save(case, ticks=desk.all_ticks(case))
    desk.accept(case)

    def step(tx: Any, _: Any, now: int) -> int:
        child = tx.cases.children(case.id)[0]
        held = move(tx, child, CaseState.REVIEWING, APPROVER, "received", {}, now)
        ask(tx, held, APPROVER, [Wanted("lease", "缺页")], "", now)
        return child.id

    child = desk.write(step, None)
    desk.next_day(8)
    states = {one.id: one.state for one in desk.hall.read(lambda rx: rx.cases.children(case.id))}
    assert states.pop(child) == "terminated" and set(states.values()) == {"accepted"}
    assert desk.get(case).state == "accepted"


def test_a_draft_nobody_finished_is_withdrawn(desk: Cases) -> None:
    case, bundle = desk.open(), desk.open(None, bundle="restaurant")
    desk.next_day(2)
    assert desk.get(case).state == "draft"
    desk.next_day(2)
    assert desk.get(case).state == "withdrawn" and desk.actions(case)[-1] == "draft_lapsed"
    assert {one.state for one in desk.hall.read(lambda rx: rx.cases.children(bundle.id))} == {"withdrawn"}


def test_what_was_not_decided_at_the_window_on_its_day_goes_to_its_department(desk: Cases) -> None:
    desk.authorize()
    case = desk.accepted("renew")
    assert desk.hall.read(lambda rx: rx.tasks.of_case(case.id)) == []
    desk.next_day()
    (task,) = desk.hall.read(lambda rx: rx.tasks.of_case(case.id))
    assert (task.department, task.state, desk.get(case).state) == (POLICE, "on_its_way", "accepted")
    assert "left_at_window" in desk.actions(case)


def test_an_application_whose_papers_are_never_brought_ends_with_notice(desk: Cases) -> None:
    case, _ = submitted(desk)
    passed(desk, case)
    desk.next_day(30)
    assert desk.get(case).state == "awaiting_visit"
    desk.next_day(1)
    ended = desk.get(case)
    assert (ended.state, ended.end_reason) == ("terminated", "逾期未到窗口提交材料（30天）")
    assert "case_terminated" in desk.sms(case)
