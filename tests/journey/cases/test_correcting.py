"""一次性告知补正, 补正, 补交, 不予受理, 撤回, 首办责任移交, 即办件."""

from __future__ import annotations

from typing import Any

import pytest

from server.access.refusals import StaffUnknown
from server.domain.cases.authorization import NotAuthorized
from server.domain.cases.form import FormIncomplete
from server.domain.cases.intake import SecondCorrection
from server.domain.cases.record import Case
from server.domain.cases.special import ReasonsMissing
from server.domain.cases.state import CaseState, TaskState
from server.journey.cases import at_once, collecting, correcting, ending, owning
from server.journey.cases.drafting import NotYourCase
from server.journey.cases.may import may
from server.journey.cases.moves import move
from server.store.cases import CaseMoved
from tests.case_scene import APPROVER, HEAD, PERSON, Cases
from tests.scene import MANAGER, clerk

S = CaseState


def asked_by_department(desk: Cases, case: Case, *more: correcting.Wanted) -> Case:
    """A department that has it in hand asks for correction."""

    def step(tx: Any, _: Any, now: int) -> Case:
        held = move(tx, tx.cases.get(case.id), S.REVIEWING, APPROVER, "received", {}, now)
        return correcting.ask(tx, held, APPROVER, [correcting.Wanted("id-card", "看不清"), *more], "", now)

    return desk.write(step, None)


def test_everything_missing_is_told_at_once_with_a_day_and_an_sms(desk: Cases) -> None:
    case = desk.correct(desk.ready(), ("id-card", "已过有效期"), (None, "申请表没有签名"))
    assert (case.state, case.corrections, case.correction_due) == ("correction", 1, "2026-11-25")
    assert case.correction is not None
    assert [one["text"] for one in case.correction["items"]] == ["已过有效期", "申请表没有签名"]
    assert case.correction["items"][0]["name"] == "身份证"
    assert not any(material == "id-card" for material, _ in case.ticks), "it is to be checked again"
    assert "11月25日" in desk.sms(case)["case_correction"] and case.code


def test_what_was_corrected_is_accepted_and_the_clock_begins_only_then(desk: Cases) -> None:
    case = desk.correct(desk.ready())
    desk.next_day()
    case = desk.save(case, ticks=desk.all_ticks(case))
    case = desk.accept(case)
    assert (case.state, case.start_day, case.correction_due) == ("accepted", "2026-11-19", None)


def test_what_was_corrected_is_taken_at_any_window_that_its_applicant_comes_to(desk: Cases) -> None:
    case = desk.correct(desk.ready())
    other = clerk(2)
    with pytest.raises(NotYourCase):
        desk.save(case, by=other, ticks=desk.all_ticks(case))  # sits at no window
    assert not desk.hall.read(may, case, other)["accept"]
    desk.hall.open(2)
    allowed = desk.hall.read(may, case, other)
    assert allowed["save"] and allowed["accept"] and not allowed["hand_on"] and not allowed["correct"]
    desk.save(case, by=other, ticks=desk.all_ticks(case))
    case = desk.accept(case, by=other)
    assert (case.state, case.owner, case.saved_by) == ("accepted", desk.me.id, other.name)
    last = [one for one in desk.hall.read(lambda rx: rx.cases.history(case.id)) if one.action == "accepted"]
    assert [one.by_id for one in last] == [other.id], "who did it is in its history"


def test_a_bundle_that_was_corrected_is_taken_at_any_window_too(desk: Cases) -> None:
    case = desk.open(None, bundle="restaurant")
    case = desk.save(case, form=PERSON)
    case = desk.correct(desk.save(case, ticks=desk.all_ticks(case)), (None, "租赁合同没有签字"))
    desk.hall.open(2)
    desk.save(case, by=clerk(2), ticks=desk.all_ticks(case))
    case = desk.accept(case, by=clerk(2))
    owners = {one.owner for one in desk.hall.read(lambda rx: rx.cases.children(case.id))}
    assert (case.state, case.owner, owners) == ("accepted", desk.me.id, {desk.me.id})


def test_a_draft_that_nobody_told_to_correct_stays_its_clerks(desk: Cases) -> None:
    case = desk.ready()
    desk.hall.open(2)
    with pytest.raises(NotYourCase):
        desk.accept(case, by=clerk(2))
    assert not desk.hall.read(may, case, clerk(2))["save"]


def test_a_second_correction_needs_a_supervisor_and_a_reason(desk: Cases) -> None:
    case = desk.correct(desk.ready())
    with pytest.raises(SecondCorrection):
        desk.correct(case, reason="还缺")
    with pytest.raises(SecondCorrection):
        desk.correct(case, by=MANAGER)
    again = desk.correct(case, by=MANAGER, reason="新发现证件造假")
    assert again.corrections == 2 and again.correction is not None and again.correction["from"] == "draft"
    assert {"case_correction", "case_correction:1"} <= set(desk.sms(again))


def test_a_correction_says_something_about_the_cases_own_papers(desk: Cases) -> None:
    case = desk.ready()
    with pytest.raises(correcting.CorrectionEmpty):
        desk.correct(case, ("id-card", "  "))
    with pytest.raises(correcting.CorrectionMaterialUnknown):
        desk.correct(case, ("deed", "没有"))
    with pytest.raises(NotYourCase):
        desk.correct(case, by=clerk(2))
    with pytest.raises(CaseMoved):
        desk.correct(desk.accept(case))


def test_the_clock_stands_while_a_department_waits_for_a_correction_and_then_runs_on(desk: Cases) -> None:
    case = asked_by_department(desk, desk.accepted())
    assert (case.state, case.due_day) == ("correction", None)
    desk.hall.wait(minutes=24 * 60)  # Thursday the 19th, a working day
    desk.hall.tick()
    with pytest.raises(correcting.StillMissing):
        desk.supplement(case)
    with pytest.raises(CaseMoved):
        desk.accept(case)
    for changed in ({"answers": {"house": ["second"]}}, {"form": PERSON}, {"ticks": set()}):
        with pytest.raises(CaseMoved):
            desk.save(case, **changed)  # what it was taken in with stays
    case = desk.supplement(case, ("id-card", "p1"), ("id-card", "p2"))
    assert (case.state, case.due_day) == ("reviewing", "2026-11-26"), "a working day later than without the stop"
    (stop,) = desk.hall.read(lambda rx: rx.cases.clock_stops(case.id))
    assert (stop.kind, stop.since_day, stop.until_day) == ("correction", "2026-11-18", "2026-11-19")


def test_only_what_was_ticked_is_receipted_and_what_was_asked_in_words_is_ticked_too(desk: Cases) -> None:
    more = (correcting.Wanted(None, "申请表没有签名"), correcting.Wanted(None, "请写明出生地"))
    case = asked_by_department(desk, desk.deferred(), *more)
    ticks = frozenset({("id-card", "p1"), ("id-card", "p2")})

    def bring(*words: str) -> Case:
        return desk.write(
            correcting.supplement, correcting.SupplementRequest(desk.me, case.id, ticks, "", frozenset(words))
        )

    for words in ((), ("申请表没有签名",), ("申请表没有签名", "没有要求过的话")):
        with pytest.raises(correcting.StillMissing, match=r"请写明出生地|申请表没有签名"):
            bring(*words)
    bring("请写明出生地", "申请表没有签名", "没有要求过的话")
    line = next(one for one in desk.hall.read(lambda rx: rx.cases.history(case.id)) if one.action == "supplemented")
    assert line.data["received"] == ["身份证", "申请表没有签名", "请写明出生地"], (
        "not the bank card that is still to follow"
    )


def test_what_was_to_follow_may_come_in_parts_and_at_any_window(desk: Cases) -> None:
    case = desk.deferred()
    with pytest.raises(correcting.StillMissing):
        desk.supplement(case)
    request = correcting.SupplementRequest(clerk(2), case.id, frozenset({("bank-card", "p1")}))
    case = desk.write(correcting.supplement, request)
    assert (case.deferral_due, case.state, case.owner) == (None, "accepted", desk.me.id)
    assert desk.actions(case)[-1] == "deferral_brought"
    with pytest.raises(correcting.NothingToSupplement):
        desk.supplement(case, ("bank-card", "p1"))


def test_a_refusal_names_reasons_and_remedies(desk: Cases) -> None:
    case = desk.open()

    def refuse(*reasons: str, other: str = "", by: Any = None) -> Case:
        return desk.write(ending.refuse, ending.RefuseRequest(by or desk.me, case.id, reasons, other))

    with pytest.raises(ending.RefusalReasonMissing):
        refuse()
    with pytest.raises(ending.RefusalReasonUnknown):
        refuse("不想办")
    with pytest.raises(FormIncomplete):
        refuse("不属于本中心缴存范围")
    desk.save(case, form=PERSON)
    with pytest.raises(NotYourCase):
        refuse("不属于本中心缴存范围", by=clerk(2))
    refused = refuse("不属于本中心缴存范围", other="已在外地申请")
    assert (refused.state, refused.end_reason) == ("refused", "不属于本中心缴存范围；已在外地申请")
    assert refused.ended_at and refused.code and "case_refused" in desk.sms(refused)
    last = desk.hall.read(lambda rx: rx.cases.history(case.id))[-1]
    assert "行政复议" in last.data["remedies"]
    with pytest.raises(CaseMoved):
        refuse(other="再来一次")


def test_an_accepted_case_is_not_refused_any_more(desk: Cases) -> None:
    case = desk.accepted()
    with pytest.raises(CaseMoved):
        desk.write(ending.refuse, ending.RefuseRequest(desk.me, case.id, (), "迟了"))


def test_a_case_withdrawn_drops_its_departments_parts_and_its_clock(desk: Cases) -> None:
    case = asked_by_department(desk, desk.accepted("joint"))
    with pytest.raises(ending.WithdrawalReasonMissing):
        desk.write(ending.withdraw, ending.WithdrawRequest(desk.me, case.id, " "))
    case = desk.write(ending.withdraw, ending.WithdrawRequest(clerk(2), case.id, "不办了"))
    assert (case.state, case.end_reason) == ("withdrawn", "不办了")
    assert {one.state for one in desk.hall.read(lambda rx: rx.tasks.of_case(case.id))} == {TaskState.DROPPED}
    assert [one.until_day for one in desk.hall.read(lambda rx: rx.cases.clock_stops(case.id))] == ["2026-11-18"]
    with pytest.raises(CaseMoved):
        desk.write(ending.withdraw, ending.WithdrawRequest(desk.me, case.id, "再撤"))


def test_the_first_handler_may_hand_a_case_on_to_another_clerk_with_a_reason(desk: Cases) -> None:
    case = desk.accepted()
    desk.hall.write(lambda tx, _, now: tx.staff.add("clerk2", "李红", ("clerk",), (), "-"), None)
    desk.hall.write(lambda tx, _, now: tx.staff.add("boss", "王总", ("manager",), (), "-"), None)

    def hand(to: str, reason: str = "调岗", by: Any = None) -> Case:
        return desk.write(owning.hand_on, owning.HandOnRequest(by or desk.me, case.id, to, reason))

    for wrong, refusal in (("nobody", StaffUnknown), ("boss", owning.HandOnNotClerk)):
        with pytest.raises(refusal):
            hand(wrong)
    with pytest.raises(owning.HandOnReasonMissing):
        hand("clerk2", " ")
    with pytest.raises(NotYourCase):
        hand("clerk2", by=clerk(3))
    case = hand("clerk2")
    assert (case.owner, case.owner_name) == ("staff:clerk2", "李红")
    line = desk.hall.read(lambda rx: rx.cases.history(case.id))[-1]
    assert (line.action, line.data["from"], line.data["reason"]) == ("handed_on", desk.me.id, "调岗")
    with pytest.raises(NotYourCase):
        hand("clerk2")


def at_window(desk: Cases, case: Case, **more: Any) -> Case:
    return desk.write(at_once.decide_at_once, at_once.AtOnceRequest(desk.me, case.id, 1, **more))


def test_an_authorized_clerk_decides_at_the_window(desk: Cases) -> None:
    desk.authorize()
    case = desk.accepted("renew")
    assert desk.hall.read(lambda rx: rx.tasks.of_case(case.id)) == [], "no department is asked"
    case = desk.get(at_window(desk, case, opinion="符合"))
    assert case.decision == "approved" and case.decided_at is not None
    with pytest.raises(CaseMoved):
        at_window(desk, case)


def test_a_rejection_at_the_window_needs_its_reasons(desk: Cases) -> None:
    desk.authorize()
    case = desk.accepted("renew")
    with pytest.raises(ReasonsMissing):
        at_window(desk, case, decision="rejected")
    case = desk.get(at_window(desk, case, decision="rejected", reasons=("人像不符",)))
    assert (case.decision, case.end_reason) == ("rejected", "人像不符")


def test_without_an_authorization_the_case_goes_to_its_department(desk: Cases) -> None:
    case = desk.accepted("renew")
    assert len(desk.hall.read(lambda rx: rx.tasks.of_case(case.id))) == 1
    with pytest.raises(NotAuthorized):
        at_window(desk, case)
    with pytest.raises(at_once.NotInstant):
        at_window(desk, desk.accepted("loan"))


def test_heads_may_tell_a_second_time_too(desk: Cases) -> None:
    case = desk.correct(desk.ready("permit"))
    assert desk.correct(case, by=HEAD, reason="补充说明").corrections == 2


def test_what_was_to_follow_may_come_along_with_what_a_department_asked_for(desk: Cases) -> None:
    case = asked_by_department(desk, desk.deferred())
    back = desk.supplement(case, *desk.all_ticks(case))
    assert (back.state, back.deferral_due) == ("reviewing", None)
    desk.next_day(12)
    assert desk.get(back).state == "reviewing", "it is not ended for papers that are there"


def test_a_result_decided_at_the_window_goes_by_courier_when_the_form_says_so(desk: Cases) -> None:
    desk.authorize()
    post = {"recipient_name": "张三丰", "recipient_phone": "13812341234", "province": "浙江省", "city": "衢州市"}
    case = desk.accepted("renew", courier=True, **post, district="柯城区", recipient_address="荷花路1号")
    case = desk.get(at_window(desk, case))
    order = desk.hall.read(lambda rx: rx.couriers.of_case(case.id))
    assert order is not None and (case.state, order.state) == ("at_issue", "wanted")
    sent = desk.write(collecting.dispatch, collecting.DispatchRequest(desk.me, case.id, "EX1CN"))
    assert sent.state == "sent"
