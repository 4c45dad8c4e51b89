"""What time alone brings: papers that never came, corrections nobody made, drafts nobody finished."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from server.domain.cases.intake import Deferral, PromiseBroken
from server.domain.cases.state import CaseState, TaskState
from server.domain.units import local
from server.journey.cases import ending
from server.journey.cases.views import case_view, citizen_view
from tests.case_scene import POLICE, Cases
from tests.journey.cases.test_online import passed, submitted
from tests.scene import MANAGER, small_hall


def test_papers_that_were_to_follow_and_did_not_end_the_case_with_notice(desk: Cases) -> None:
    case = desk.deferred(date(2026, 11, 23))
    desk.next_day(5)
    assert desk.get(case).state == "accepted", "the day itself is in time"
    desk.next_day()
    case = desk.get(case)
    assert (case.state, case.end_reason) == ("terminated", "容缺材料逾期未补交（应于2026-11-23前补交）")
    assert {"case_terminated", "case_deferral_due"} <= set(desk.sms(case))
    assert [one.state for one in desk.hall.read(lambda rx: rx.tasks.of_case(case.id))] == [TaskState.DROPPED]


def test_whoever_broke_a_commitment_is_not_let_off_papers_again_but_by_a_supervisor_who_says_why(desk: Cases) -> None:
    desk.deferred(date(2026, 11, 23))
    desk.next_day(6)
    desk.hall.open(1)
    case, until = desk.ready(without="bank-card"), date(2026, 11, 25)
    seen = desk.hall.read(lambda rx: case_view(rx, rx.cases.get(case.id), desk.me))
    assert seen["broken_promises"] == [{"item": "公积金贷款", "day": "2026-11-23"}]
    for by, despite in ((desk.me, "再信一次"), (MANAGER, " ")):
        with pytest.raises(PromiseBroken, match="公积金贷款"):
            desk.accept(case, Deferral("三日内补交", until, despite), by=by)
    taken = desk.accept(case, Deferral("三日内补交", until, "银行卡在补办，有回执"), by=MANAGER)
    assert taken.deferral_due == "2026-11-25"
    line = next(one for one in desk.hall.read(lambda rx: rx.cases.history(case.id)) if one.action == "deferred")
    assert line.data["reason"] == "银行卡在补办，有回执"


@pytest.mark.parametrize(
    "why", ["somebody else", "brought in time", "ended before its day", "long ago", "the hall does not check"]
)
def test_a_kept_commitment_another_person_and_old_ones_bar_nothing(desk: Cases, why: str) -> None:
    first = desk.deferred(date(2026, 11, 23))
    if why == "brought in time":
        desk.supplement(first, ("bank-card", "p1"))
    if why in ("brought in time", "ended before its day"):
        end = (CaseState.TERMINATED, desk.me, "terminated", "同一件事中的另一项没有办成")
        desk.hall.write(lambda tx, _, now: ending.end_all(tx, tx.cases.get(first.id), *end, now), None)
    desk.next_day(6)
    if why == "long ago":
        desk.next_day(3)
    desk.hall.reload(small_hall(cases={"credit_days": {"the hall does not check": 0, "long ago": 3}.get(why, 365)}))
    desk.hall.open(1)
    other = {"id_number": "11010519491231002X"} if why == "somebody else" else {}
    today = desk.hall.read(lambda rx: rx.rules.day)
    case = desk.accept(desk.ready(without="bank-card", **other), Deferral("补交", today + timedelta(days=1)))
    assert case.deferral_due is not None


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


@pytest.mark.parametrize("told", ["by the pre-review", "in the online area"])
def test_whoever_was_told_a_day_for_the_visit_keeps_it_when_the_hall_makes_it_shorter(desk: Cases, told: str) -> None:
    case, _ = submitted(desk, in_hall=told == "in the online area")
    if not told.startswith("in"):
        passed(desk, case)
    page = desk.hall.read(lambda rx: citizen_view(rx, rx.cases.get(case.id)))["bring"]
    desk.hall.reload(small_hall(cases={"visit_days": 5}))
    desk.next_day(10)
    assert desk.get(case).state == "awaiting_visit"
    assert desk.hall.read(lambda rx: citizen_view(rx, rx.cases.get(case.id)))["bring"]["until"] == page["until"]
    desk.next_day(21)
    assert desk.get(case).state == "terminated"


def test_an_application_whose_papers_are_never_brought_ends_with_notice(desk: Cases) -> None:
    case, _ = submitted(desk)
    passed(desk, case)
    desk.next_day(30)
    assert desk.get(case).state == "awaiting_visit"
    desk.next_day(1)
    ended = desk.get(case)
    assert (ended.state, ended.end_reason) == ("terminated", "逾期未到窗口提交材料（30天）")
    assert "case_terminated" in desk.sms(case)
