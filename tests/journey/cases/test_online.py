"""网上件: a phone is confirmed, an application submitted, pre-reviewed in time, and goes on."""

from __future__ import annotations

from typing import Any

import pytest

from server.domain.cases.form import BasicForm, FormIncomplete
from server.domain.cases.record import Case
from server.domain.catalogue.model import Kind
from server.domain.refusals import Refusal
from server.journey import filing
from server.journey.cases import (
    applying,
    approving,
    behind_views,
    clockwork,
    correcting,
    ending,
    own_profiles,
    phones,
    pre_review,
    profiles,
)
from server.journey.cases.acknowledging import hand_ins
from server.journey.cases.answering import CorrectionNotAnswered, CorrectionNotUploaded
from server.journey.cases.items import SituationOpen
from server.journey.cases.particulars import form_columns, form_of
from server.journey.cases.views import citizen_view
from server.journey.filing import Received
from server.journey.views import link_view
from server.store.cases import CaseDraftChanged, CaseMoved
from server.store.profiles import ProfileUnknown
from tests.case_scene import APPROVER, HEALTH, PERSON, Cases
from tests.scene import MANAGER, clerk, small_hall

PHONE = "13812341234"
DOCTOR = APPROVER.__class__("staff:health.approver", "白洁", APPROVER.roles, department=HEALTH)


def token(desk: Cases, phone: str = PHONE) -> str:
    desk.hall.wait(seconds=61)
    desk.write(phones.send_code, phones.SendCode(phone, "483920"))
    found = desk.write(phones.verify_code, phones.VerifyCode(phone, "483920"))
    assert isinstance(found, str)
    return found


def apply(desk: Cases, item: str = "impact", key: str | None = None) -> tuple[Case, str]:
    key = key or token(desk)
    return desk.write(applying.apply, applying.ApplyRequest(key, item)), key


def fill(desk: Cases, case: Case, key: str, **form: Any) -> Case:
    wanted = applying.SaveOnline(case.id, key, desk.get(case).revision, form=BasicForm(**{**PERSON, **form}))
    return desk.write(applying.save_online, wanted)


def submit(desk: Cases, case: Case, key: str, **more: Any) -> Case:
    wanted = applying.SubmitRequest(case.id, key, desk.get(case).revision, **more)
    return desk.get(desk.write(applying.submit, wanted))


def submitted(desk: Cases, item: str = "impact", **more: Any) -> tuple[Case, str]:
    case, key = apply(desk, item)
    fill(desk, case, key)
    if item == "birth":
        desk.hall.write(upload, case.id)
    return submit(desk, case, key, **more), key


def upload(tx: Any, case_id: int, now: int, purpose: str = "material:photo", name: str = "结婚证.jpg") -> None:
    tx.files.add(f"case:{case_id}", purpose, name, "image/jpeg", 9, "0" * 64, "unscanned", "phone")


def upload_later(desk: Cases, case: Case, purpose: str = "material:photo", name: str = "新照片.jpg") -> None:
    desk.hall.wait(seconds=30)
    desk.hall.write(lambda tx, _, now: upload(tx, case.id, now, purpose, name), None)


def handed_in(desk: Cases, case: Case) -> list[list[str]]:
    """What each receipt of a later hand-in lists."""
    return [one.data["received"] for one in desk.hall.read(lambda rx: hand_ins(rx, rx.cases.get(case.id)))]


def earlier(desk: Cases, case: Case) -> list[bool]:
    """Of each file on the citizen's page: is it from before the correction?"""
    files = desk.hall.read(lambda rx: citizen_view(rx, rx.cases.get(case.id)))["files"]
    return [one["earlier"] for one in files]


def passed(desk: Cases, case: Case, by: Any = DOCTOR) -> Case:
    return desk.get(desk.write(pre_review.pass_pre_review, pre_review.PassRequest(by, case.id, "齐全")))


def test_a_phone_is_confirmed_by_its_code_once_and_five_wrong_tries_spend_it(desk: Cases) -> None:
    desk.write(phones.send_code, phones.SendCode(PHONE, "483920"))
    with pytest.raises(phones.CodeTooSoon):
        desk.write(phones.send_code, phones.SendCode(PHONE, "111111"))

    def tried(code: str) -> str:
        found = desk.write(phones.verify_code, phones.VerifyCode(PHONE, code))
        return found.code if isinstance(found, Refusal) else "known"

    assert [tried("000000") for _ in range(4)] == ["phone_code_wrong"] * 4
    assert tried("483920") == "known"
    assert tried("483920") == "phone_code_spent"
    token(desk)
    desk.hall.wait(seconds=61)
    desk.write(phones.send_code, phones.SendCode(PHONE, "222222"))
    assert [tried("000000") for _ in range(6)] == ["phone_code_wrong"] * 5 + ["phone_code_spent"]
    desk.hall.wait(seconds=61)
    desk.write(phones.send_code, phones.SendCode(PHONE, "333333"))
    desk.hall.wait(minutes=6)
    assert tried("333333") == "phone_code_spent", "it is good for five minutes"


def test_nobodys_phone_is_flooded_with_codes(desk: Cases) -> None:
    for _ in range(10):
        desk.write(phones.send_code, phones.SendCode(PHONE, "483920"))
        desk.hall.wait(seconds=61)
    with pytest.raises(phones.TooManyCodes):
        desk.write(phones.send_code, phones.SendCode(PHONE, "483920"))
    desk.write(phones.send_code, phones.SendCode("13900000000", "483920"))
    desk.hall.wait(minutes=24 * 60)
    desk.write(phones.send_code, phones.SendCode(PHONE, "483920"))


def test_the_code_goes_by_sms_and_is_kept_as_a_fingerprint_only(desk: Cases) -> None:
    desk.write(phones.send_code, phones.SendCode(PHONE, "483920"))
    (sms,) = [one for one in desk.hall.read(lambda rx: rx.notices.recent()) if one.kind == "phone_code"]
    assert "483920" in sms.text and sms.phone_mask == "138****1234"
    for table in ("phone_codes", "notices"):
        rows = desk.hall.read(lambda rx, table=table: rx.db.all(f"SELECT * FROM {table}"))
        assert rows and "483920" not in str([list(row) for row in rows]), table


def test_what_proves_a_phone_grows_old_and_cannot_be_made_up(desk: Cases) -> None:
    key = token(desk)
    desk.hall.wait(minutes=31)
    for wrong in (key, "v1.AAAA", ""):
        with pytest.raises(phones.PhoneTokenOld):
            desk.write(applying.apply, applying.ApplyRequest(wrong, "impact"))


def test_only_online_items_are_applied_for_online(desk: Cases) -> None:
    with pytest.raises(applying.NotOnline):
        apply(desk, "loan")


def test_an_application_is_saved_and_submitted_by_its_own_phone_alone(desk: Cases) -> None:
    case, key = apply(desk)
    assert (case.state, case.channel, case.owner) == ("draft", "online", None)
    other = token(desk, "13900000000")
    with pytest.raises(applying.NotYourApplication):
        fill(desk, case, other)
    with pytest.raises(FormIncomplete):
        submit(desk, case, key)
    fill(desk, case, key)
    with pytest.raises(CaseDraftChanged):
        desk.write(applying.submit, applying.SubmitRequest(case.id, key, 1))
    case = submit(desk, case, key)
    assert (case.state, case.pre_review_due) == ("pre_review", "2026-11-22")  # 19, then the worked Sunday
    assert case.code is not None
    with pytest.raises(CaseMoved):
        fill(desk, case, key)


def test_a_half_online_item_that_passes_waits_for_its_papers_and_the_citizen_is_told(desk: Cases) -> None:
    case, _ = submitted(desk)
    with pytest.raises(pre_review.OtherDepartmentsReview):
        passed(desk, case, APPROVER)
    case = passed(desk, case)
    assert (case.state, case.pre_review_due) == ("awaiting_visit", None)
    assert "case_awaiting_visit" in desk.sms(case)


def test_its_number_is_taken_in_the_items_section_and_the_window_takes_it_in(desk: Cases) -> None:
    case = passed(desk, submitted(desk)[0])
    case = desk.write(applying.check_in, applying.CheckIn(case.id))
    ticket = desk.hall.read(lambda rx: rx.tickets.get(case.ticket_id))
    assert (ticket.section, ticket.item, ticket.channel, ticket.state) == ("general", "impact", "online", "waiting")
    assert desk.write(applying.check_in, applying.CheckIn(case.id)).ticket_id == ticket.id, "once"
    assert desk.hall.next(1).id == ticket.id
    desk.hall.start(1)
    desk.save(case, ticks=desk.all_ticks(case))
    case = desk.accept(case)
    assert (case.state, case.owner) == ("accepted", desk.me.id), "whoever takes it in is its first handler"
    with pytest.raises(applying.NoVisitNeeded):
        desk.write(applying.check_in, applying.CheckIn(case.id))


def test_in_the_online_area_the_number_is_taken_at_once(desk: Cases) -> None:
    case, _ = submitted(desk, in_hall=True)
    assert case.state == "awaiting_visit" and case.ticket_id is not None
    assert "number_in_hall" in desk.actions(case)
    page = desk.hall.read(lambda rx: link_view(rx, rx.tickets.get(case.ticket_id).link))
    assert page["applied_online"], "its page asks for no form and no answers again"


def test_a_wholly_online_item_is_accepted_by_itself_and_nothing_is_carried(desk: Cases) -> None:
    case, _ = submitted(desk, "birth")
    case = passed(desk, case)
    assert (case.state, case.due_day, case.owner) == ("reviewing", "2026-11-25", DOCTOR.id)
    assert desk.actions(case)[-3:] == ["pre_review_passed", "accepted", "received"]
    (task,) = desk.hall.read(lambda rx: rx.tasks.of_case(case.id))
    assert task.state == "held"


def test_what_is_to_be_uploaded_is_asked_for(desk: Cases) -> None:
    case, key = apply(desk, "birth")
    fill(desk, case, key)
    with pytest.raises(applying.UploadsMissing, match="结婚证照片"):
        submit(desk, case, key)


def test_a_half_online_application_has_for_the_pre_review_all_that_can_be_seen_on_a_screen(desk: Cases) -> None:
    case, key = apply(desk, "signboard")
    fill(desk, case, key)
    for material, name in (("design", "设计图"), ("model", "三维模型")):
        with pytest.raises(applying.UploadsMissing, match=name):
            submit(desk, case, key)
        upload_later(desk, case, f"material:{material}")
    assert submit(desk, case, key).state == "pre_review", (
        "the hall fetches the deed, the window sees the card, the opinion may follow"
    )


def test_in_the_online_area_paper_is_shown_at_the_window_and_only_what_has_no_paper_is_uploaded(desk: Cases) -> None:
    case, key = apply(desk, "signboard")
    fill(desk, case, key)
    with pytest.raises(applying.UploadsMissing, match="三维模型"):
        submit(desk, case, key, in_hall=True)
    upload_later(desk, case, "material:model")
    assert submit(desk, case, key, in_hall=True).state == "awaiting_visit"


def test_nobody_looked_in_time_so_it_goes_on_by_itself_and_its_history_says_so(desk: Cases) -> None:
    half, _ = submitted(desk)
    full, _ = submitted(desk, "birth")
    desk.next_day(4)
    assert desk.get(half).state == "pre_review", "the 22nd itself is in time"
    desk.next_day(1)
    assert (desk.get(half).state, desk.get(full).state) == ("awaiting_visit", "reviewing")
    assert "pre_review_lapsed" in desk.actions(half) and "pre_review_lapsed" in desk.actions(full)


def test_an_application_that_cannot_go_on_by_itself_stays_with_its_department_and_raises_an_alarm(desk: Cases) -> None:
    case, _ = submitted(desk, "birth")
    faulty = BasicForm(**{**PERSON, "id_number": "330102195001011237"})
    desk.write(lambda tx, _, now: tx.cases.set(tx.cases.get(case.id), **form_columns(tx, faulty, {})), None)
    desk.next_day(5)
    stuck = desk.get(case)
    assert (stuck.state, stuck.pre_review_due) == ("pre_review", case.pre_review_due)
    assert [one.id for one in desk.hall.read(lambda rx: rx.cases.pre_reviews("9999-12-31", HEALTH))] == [case.id]
    assert "pre_review_overdue" in desk.hall.read(lambda rx: [one.kind for one in rx.alarms.current()])
    assert "pre_review_lapsed" not in desk.actions(case)


def test_a_hall_that_only_reminds_lets_it_go_on_when_the_laws_five_days_are_over(desk: Cases) -> None:
    desk.hall.reload(small_hall(cases={"pre_review_overdue": "remind"}))
    case, _ = submitted(desk)
    broken, _ = submitted(desk, "birth")
    desk.hall.write(lambda tx, _, now: tx.cases.set(tx.cases.get(broken.id), form_box=None), None)
    desk.next_day(7)  # Wednesday the 25th: the 20th was off, the 22nd worked
    assert desk.get(case).state == "pre_review"
    desk.next_day(1)
    assert desk.get(case).state == "awaiting_visit" and "pre_review_lapsed" in desk.actions(case)
    alarms = desk.hall.read(lambda rx: [one.subject for one in rx.alarms.current() if one.kind == "pre_review_overdue"])
    assert alarms == [f"case:{broken.id}"] and desk.actions(broken).count("pre_review_stuck") == 1
    desk.next_day(1)
    assert desk.actions(broken).count("pre_review_stuck") == 1, "it is not tried for ever"


def test_a_hall_that_only_reminds_raises_an_alarm_once_until_somebody_looks(desk: Cases) -> None:
    desk.hall.reload(small_hall(cases={"pre_review_overdue": "remind"}))
    case, _ = submitted(desk)
    desk.next_day(5)
    alarms = desk.hall.read(lambda rx: [one.kind for one in rx.alarms.current()])
    assert alarms.count("pre_review_overdue") == 1 and desk.get(case).state == "pre_review"
    passed(desk, case)
    assert "pre_review_overdue" not in desk.hall.read(lambda rx: [one.kind for one in rx.alarms.current()])


def test_a_correction_goes_back_to_the_phone_and_comes_again(desk: Cases) -> None:
    case, key = submitted(desk)
    case = desk.correct(case, (None, "地址不完整"), by=DOCTOR)
    assert (case.state, case.pre_review_due) == ("correction", None)
    key = token(desk)
    desk.hall.wait(seconds=30)
    fill(desk, case, key, address="解放路1号")
    case = submit(desk, case, key)
    assert (case.state, case.correction_due, case.corrections) == ("pre_review", None, 1)
    with pytest.raises(pre_review.OtherDepartmentsReview):
        desk.correct(case, (None, "再改"), by=APPROVER)


def test_what_a_department_asks_of_an_online_case_under_review_is_answered_from_the_phone(desk: Cases) -> None:
    case, key = submitted(desk, "birth")
    asked = applying.SupplementOnline(case.id, key)
    with pytest.raises(correcting.NothingToSupplement):
        desk.write(applying.supplement_online, asked)
    passed(desk, case)

    def ask(tx: Any, _: Any, now: int) -> Case:
        return correcting.ask(tx, tx.cases.get(case.id), DOCTOR, [correcting.Wanted("photo", "看不清")], "", now)

    assert desk.write(ask, None).due_day is None
    with pytest.raises(applying.NotYourApplication):
        desk.write(applying.supplement_online, applying.SupplementOnline(case.id, token(desk, "13900000000")))
    with pytest.raises(CorrectionNotUploaded, match="结婚证照片"):
        desk.write(applying.supplement_online, asked)
    with pytest.raises(CorrectionNotUploaded, match="结婚证照片"):
        desk.write(applying.supplement_online, applying.SupplementOnline(case.id, key, "已补"))
    assert desk.get(case).ticks == frozenset(), "nobody has seen anything new"
    upload_later(desk, case)
    back = desk.write(applying.supplement_online, asked)
    assert handed_in(desk, case) == [["结婚证照片"]]
    assert (back.state, back.due_day, back.ticks) == ("reviewing", "2026-11-25", {("photo", "p1")})


def test_a_correction_in_words_under_review_is_answered_by_a_note_or_a_file_and_not_by_nothing(desk: Cases) -> None:
    for said, lists in (("出生地是衢州", ["书面说明"]), ("", ["补充文件（证明.pdf）"])):
        case, key = submitted(desk, "birth")
        passed(desk, case)

        def ask(tx: Any, wanted: int, now: int) -> None:
            correcting.ask(tx, tx.cases.get(wanted), DOCTOR, [correcting.Wanted(None, "请写明出生地。")], "", now)

        desk.write(ask, case.id)
        with pytest.raises(CorrectionNotAnswered, match="请写明出生地。请修改"):
            desk.write(applying.supplement_online, applying.SupplementOnline(case.id, key, "  "))
        if not said:
            upload_later(desk, case, "other", "证明.pdf")
        back = desk.write(applying.supplement_online, applying.SupplementOnline(case.id, key, said))
        assert (back.state, handed_in(desk, case)) == ("reviewing", [lists])


def test_what_the_pre_review_wants_anew_is_not_put_right_by_pressing_the_button_again(desk: Cases) -> None:
    case, key = submitted(desk, "birth")
    assert earlier(desk, case) == [False]
    desk.correct(case, ("photo", "看不清"), (None, "地址不完整"), by=DOCTOR)
    assert earlier(desk, case) == [True], "the page does not show it as what was asked for"
    for _ in range(2):
        with pytest.raises(CorrectionNotUploaded, match="结婚证照片"):
            submit(desk, case, key)
        desk.hall.wait(seconds=30)
        fill(desk, case, key, address="解放路1号")
    assert desk.get(case).state == "correction"
    upload_later(desk, case)
    assert earlier(desk, case) == [True, False]
    assert submit(desk, case, key).state == "pre_review"
    assert earlier(desk, case) == [False, False]
    assert handed_in(desk, case) == [["结婚证照片", "修改后的申请信息"]]
    desk.correct(case, ("photo", "仍看不清"), by=MANAGER, reason="照片过暗")
    with pytest.raises(CorrectionNotUploaded):
        submit(desk, case, key)


def test_a_second_notice_wants_anew_what_it_names_itself_and_not_what_came_since_the_first(desk: Cases) -> None:
    case, key = submitted(desk, "birth")
    desk.correct(case, ("photo", "看不清"), by=DOCTOR)
    upload_later(desk, case)
    desk.hall.wait(seconds=30)
    desk.correct(case, (None, "地址不完整"), by=MANAGER, reason="漏了地址")
    assert submit(desk, case, key).state == "pre_review", "the photo came; what came is for the reviewer to judge"
    desk.correct(case, ("photo", "仍看不清"), by=MANAGER, reason="照片过暗")
    with pytest.raises(CorrectionNotUploaded):
        submit(desk, case, key)


def test_particulars_are_put_right_without_a_file_and_not_by_nothing(desk: Cases) -> None:
    case, key = submitted(desk, "birth")
    desk.correct(case, (None, "地址不完整"), by=DOCTOR)
    with pytest.raises(CorrectionNotAnswered, match="地址不完整"):
        submit(desk, case, key)
    desk.hall.wait(seconds=30)
    fill(desk, case, key, address="解放路1号")
    assert submit(desk, case, key).state == "pre_review"
    assert handed_in(desk, case) == [["修改后的申请信息"]]


def test_an_approval_without_the_electronic_result_finishes_nothing_and_reminds_ever_higher(desk: Cases) -> None:
    def decide(case: Case, *, approve: bool) -> Case:
        (task,) = desk.hall.read(lambda rx: rx.tasks.of_case(case.id))
        reasons = () if approve else ("不符合条件",)
        desk.write(approving.decide, approving.DecideRequest(DOCTOR, task.id, approve, reasons=reasons))
        return desk.get(case)

    def reminded(case: Case) -> list[tuple[str, str, str]]:
        if desk.hall.read(clockwork.due):
            desk.write(clockwork.tick, None)
        found = desk.hall.read(lambda rx: rx.reminders.of_case(case.id))
        return [(one.kind, one.level, one.recipient) for one in found]

    case = decide(passed(desk, submitted(desk, "birth")[0]), approve=True)
    assert (case.state, case.ended_at, "case_approved" in desk.sms(case)) == ("approved", None, False)
    assert desk.hall.read(lambda rx: behind_views.ready_to_issue(rx, None)) == [], "nothing goes to the issue window"
    assert reminded(case) == [], "on the day itself nobody is late"
    holder = ("result", "holder", DOCTOR.id)
    desk.next_day(1)
    assert reminded(case) == [holder]
    desk.next_day(3)  # over the weekend to the worked Sunday
    assert reminded(case) == [holder, ("result", "head", f"head:{HEALTH}")]
    desk.next_day(1)
    assert reminded(case)[-1] == ("result", "manager", "manager")
    got = Received("登记证.pdf", "application/pdf", 9, "1" * 64, "clean")
    desk.write(filing.add_case_file, filing.AddCaseFile(DOCTOR, case.id, "result", got))
    case = desk.get(case)
    assert (case.state, "case_approved" in desk.sms(case)) == ("closed", True)
    assert not desk.hall.read(clockwork.due), "and nobody is reminded any more"
    refused = decide(passed(desk, submitted(desk, "birth")[0]), approve=False)
    assert (refused.state, "case_rejected" in desk.sms(refused)) == ("closed", True), "a refusal is a paper of its own"


def test_an_application_is_refused_in_the_pre_review_or_withdrawn_by_its_citizen(desk: Cases) -> None:
    case, _ = submitted(desk)
    desk.write(ending.refuse, ending.RefuseRequest(DOCTOR, case.id, (), "不在本市"))
    assert desk.get(case).state == "refused"
    other, key = submitted(desk)
    desk.write(applying.withdraw_online, applying.CitizenRequest(other.id, key))
    assert desk.get(other).state == "withdrawn"
    with pytest.raises(CaseMoved):
        desk.write(applying.withdraw_online, applying.CitizenRequest(other.id, key))


def test_particulars_kept_with_consent_fill_the_next_application_until_they_are_deleted(desk: Cases) -> None:
    case, key = apply(desk)
    fill(desk, case, key, address="解放路1号")
    submit(desk, case, key, keep=True)
    again, key = apply(desk)
    form = desk.hall.read(lambda rx: form_of(rx, again))
    assert (form.name, form.address, form.project_name) == ("张三丰", "解放路1号", "关于申请环评审批")
    (kept,) = desk.hall.read(own_profiles.own_profiles, key)
    with pytest.raises(ProfileUnknown):
        desk.write(own_profiles.delete_profile, own_profiles.DeleteProfile(kept["id"], token(desk, "13900000000")))
    desk.write(own_profiles.delete_profile, own_profiles.DeleteProfile(kept["id"], key))
    assert desk.hall.read(own_profiles.own_profiles, key) == []
    assert desk.hall.read(lambda rx: form_of(rx, apply(desk, key=token(desk))[0])).name == ""


def test_a_situation_is_asked_for_before_submitting(desk: Cases) -> None:
    from tests.case_scene import LOAN

    case, key = apply(desk)
    fill(desk, case, key)
    body = LOAN.model_copy(update={"kind": Kind.ONLINE_HALF})

    def swap(tx: Any, _: Any, now: int) -> None:
        from server.journey.catalogue.publishing import PublishReady, ReadyItem, publish_ready
        from tests.case_scene import ADMIN

        publish_ready(tx, PublishReady(ADMIN, [ReadyItem("loan", body)], "改网上"), now)

    desk.hall.write(swap, None)
    loan = desk.write(applying.apply, applying.ApplyRequest(key, "loan"))
    fill(desk, loan, key)
    with pytest.raises(SituationOpen):
        submit(desk, loan, key)
    assert desk.get(case).item_version == 1


def test_a_clerk_may_pre_review_and_ask_too(desk: Cases) -> None:
    case, _ = submitted(desk)
    said = correcting.CorrectionRequest(clerk(2), case.id, (correcting.Wanted(None, "请上传清晰照片"),))
    assert desk.write(correcting.correct, said).state == "correction"


def test_nobody_puts_the_own_phone_into_what_is_kept_of_somebody_else(desk: Cases) -> None:
    kept = desk.save(desk.open(), form={**PERSON, "address": "解放路1号"})
    desk.write(profiles.keep_profile, profiles.KeepProfile(desk.me, kept.id, True))
    stranger = token(desk, "13900000000")
    case, key = apply(desk, key=stranger)
    fill(desk, case, key, contact_phone="13900000000", address="别处")
    assert submit(desk, case, key, keep=True).state == "pre_review"
    assert desk.hall.read(own_profiles.own_profiles, key) == []
    again = desk.open("permit")
    filled = desk.write(profiles.prefill, profiles.Prefill(desk.me, again.id, identity=PERSON["id_number"]))
    form = desk.hall.read(lambda rx: form_of(rx, filled))
    assert (form.contact_phone, form.address) == (PERSON["contact_phone"], "解放路1号")


def test_what_was_typed_on_a_phone_is_found_by_that_phone_and_not_by_the_number_alone(desk: Cases) -> None:
    case, key = apply(desk, key=token(desk, "13900000000"))
    fill(desk, case, key)  # the contact's phone is another one
    submit(desk, case, key, keep=True)
    assert [one["name_mask"] for one in desk.hall.read(own_profiles.own_profiles, key)] == ["张**"]
    assert desk.hall.read(own_profiles.own_profiles, token(desk, PHONE)) == [], "that phone has agreed to nothing"
    again = desk.open("permit")
    with pytest.raises(ProfileUnknown):
        desk.write(profiles.prefill, profiles.Prefill(desk.me, again.id, identity=PERSON["id_number"]))


def test_a_citizen_answers_for_what_was_asked_and_for_nothing_else(desk: Cases) -> None:
    case, key = submitted(desk, "birth")
    passed(desk, case)

    def ask(tx: Any, _: Any, now: int) -> Case:
        unticked = tx.cases.set(tx.cases.get(case.id), ticks=frozenset())
        return correcting.ask(tx, unticked, DOCTOR, [correcting.Wanted(None, "地址不完整")], "", now)

    desk.write(ask, None)
    back = desk.write(applying.supplement_online, applying.SupplementOnline(case.id, key, "解放路1号"))
    assert (back.state, back.ticks) == ("reviewing", frozenset())


def test_a_phone_has_so_many_applications_open_and_no_more(desk: Cases) -> None:
    key = token(desk)
    drafts = [apply(desk, key=key)[0] for _ in range(applying.MOST_DRAFTS)]
    with pytest.raises(applying.TooManyDrafts):
        apply(desk, key=key)
    desk.write(applying.withdraw_online, applying.CitizenRequest(drafts[0].id, key))
    assert apply(desk, key=key)[0].state == "draft"


def test_the_citizens_page_has_what_was_asked_for_and_no_clerks_name(desk: Cases) -> None:
    case = desk.correct(desk.ready(), ("id-card", "已过有效期"))
    shown = desk.hall.read(lambda rx: citizen_view(rx, rx.cases.get(case.id)))
    assert shown["correction"]["items"][0]["text"] == "已过有效期"
    assert desk.me.name not in str(shown)
