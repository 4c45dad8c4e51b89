"""A case is opened from the ticket being served, and filled in without losing anything."""

from __future__ import annotations

import pytest

from server.domain.cases.form import BasicForm, OverrideReasonMissing
from server.domain.catalogue.situations import AnswerUnknown
from server.journey.cases import drafting, opening, prechecking, profiles
from server.journey.cases.items import CheckpointUnknown
from server.journey.cases.particulars import form_of, overrides_of
from server.journey.counter import NotYourWindow
from server.journey.serving import NobodyAtCounter
from server.store.bundles import BundleUnknown
from server.store.cases import CaseDraftChanged, CaseMoved
from server.store.catalogue_rows import ItemNotPublished
from server.store.profiles import ProfileUnknown
from tests.case_scene import PERSON, Cases
from tests.scene import GUIDE, MANAGER, clerk


def test_a_case_is_opened_only_from_the_ticket_being_served_at_ones_own_window(desk: Cases) -> None:
    asked = opening.OpenRequest(desk.me, 1, "loan")
    with pytest.raises(NobodyAtCounter):
        desk.write(opening.open_case, asked)
    desk.hall.take()
    desk.hall.next(1)
    with pytest.raises(NobodyAtCounter):
        desk.write(opening.open_case, asked)  # called, not come yet
    desk.hall.start(1)
    with pytest.raises(NotYourWindow):
        desk.write(opening.open_case, opening.OpenRequest(clerk(2), 1, "loan"))
    case = desk.write(opening.open_case, asked)
    assert (case.state, case.owner, case.window_number, case.item_version) == ("draft", clerk(1).id, 1, 1)
    assert desk.actions(case) == ["opened"]
    assert [one.id for one in desk.hall.read(lambda rx: rx.cases.of_ticket(case.ticket_id))] == [case.id]


def test_an_item_or_bundle_that_is_not_published_is_refused(desk: Cases) -> None:
    with pytest.raises(ItemNotPublished):
        desk.open("nothing")
    with pytest.raises(BundleUnknown):
        desk.open(None, bundle="nothing")


def test_what_the_hall_knows_is_not_typed_again(desk: Cases) -> None:
    ticket = desk.visit(phone="13812341234")
    case = desk.open("loan")
    form = desk.hall.read(lambda rx: form_of(rx, case))
    assert (form.contact_phone, form.project_name) == ("13812341234", "关于申请公积金贷款")
    assert case.phone_mask == "138****1234" and case.ticket_id == ticket.id


def test_what_the_guide_has_found_is_there_when_the_window_opens_the_case(desk: Cases) -> None:
    ticket = desk.hall.take()
    asked = prechecking.PrecheckRequest(GUIDE, ticket.id, "loan", {"house": ["new"]}, frozenset({("id-card", "p1")}))
    (kept,) = desk.write(prechecking.precheck, asked)
    assert kept.situation == "new-house"
    desk.hall.next(1)
    desk.hall.start(1)
    case = desk.open("loan")
    assert (case.answers, case.situation, case.ticks) == ({"house": ["new"]}, "new-house", {("id-card", "p1")})
    other = desk.open("permit")
    assert (other.answers, other.ticks) == ({}, frozenset()), "another item's precheck says nothing"
    with pytest.raises(CheckpointUnknown):
        wrong = frozenset({("deed", "p1")})
        desk.write(
            prechecking.precheck, prechecking.PrecheckRequest(GUIDE, ticket.id, "loan", {"house": ["new"]}, wrong)
        )


def test_a_draft_is_saved_part_by_part_and_never_over_a_newer_one(desk: Cases) -> None:
    case = desk.open()
    first = desk.save(case, answers={"house": ["second"]})
    assert (first.revision, first.situation) == (2, "second-hand")
    desk.save(case, ticks={("deed", "p1"), ("id-card", "p1")})
    changed = desk.save(case, answers={"house": ["new"]})
    assert changed.ticks == {("id-card", "p1")}, "what is not of the new list is not kept"
    saved = desk.save(case, form=PERSON)
    assert (saved.applicant_mask, saved.phone_mask, saved.answers) == ("张**", "138****1234", {"house": ["new"]})
    with pytest.raises(CaseDraftChanged, match=desk.me.name):
        desk.write(drafting.save_draft, drafting.DraftRequest(desk.me, case.id, 1, answers={}))
    with pytest.raises(AnswerUnknown):
        desk.save(case, answers={"house": ["castle"]})
    with pytest.raises(CheckpointUnknown):
        desk.save(case, ticks={("deed", "p1")})


def test_the_next_matter_of_the_visit_knows_who_came(desk: Cases) -> None:
    first = desk.ready("loan", address="府山街道 1 号", remark="加急", project_code="P-1")
    form = desk.hall.read(lambda rx: form_of(rx, rx.cases.get(desk.open("renew").id)))
    assert (form.name, form.id_number, form.address) == ("张三丰", PERSON["id_number"], "府山街道 1 号")
    assert (form.remark, form.project_code) == ("", ""), "what was of the first matter stays with it"
    assert form.project_name != desk.hall.read(lambda rx: form_of(rx, rx.cases.get(first.id))).project_name


def test_a_draft_is_its_owners_or_a_managers(desk: Cases) -> None:
    case = desk.open()
    with pytest.raises(drafting.NotYourCase):
        desk.save(case, by=clerk(2), form=PERSON)
    assert desk.save(case, by=MANAGER, form=PERSON).owner == desk.me.id


def test_a_half_filled_form_is_kept_as_it_is_and_sealed(desk: Cases) -> None:
    case = desk.save(desk.open(), form={"name": "张三", "id_number": "3301", "contact_phone": "138"})
    form = desk.hall.read(lambda rx: form_of(rx, rx.cases.get(case.id)))
    assert (form.name, form.id_number, form.contact_phone) == ("张三", "3301", "138")
    rows = str(desk.hall.read(lambda rx: [list(row) for row in rx.db.all("SELECT * FROM cases")]))
    assert "张三" not in rows and "3301" not in rows


def test_check_digits_are_let_pass_with_a_reason_which_is_audited(desk: Cases) -> None:
    case = desk.open()
    with pytest.raises(OverrideReasonMissing):
        desk.save(case, overrides={"id_number": "护照"})
    desk.save(case, overrides={"id_number": "持护照办理"})
    actions = [row[0] for row in desk.hall.read(lambda rx: rx.db.all("SELECT action FROM audit"))]
    assert "case.check_let_pass" in actions


def test_an_accepted_case_is_not_edited(desk: Cases) -> None:
    case = desk.accepted()
    with pytest.raises(CaseMoved):
        desk.save(case, form=PERSON)


def test_particulars_are_typed_once_kept_with_consent_and_filled_in_the_next_time(desk: Cases) -> None:
    desk.visit(phone="13812341234")
    case = desk.save(desk.open(), form={**PERSON, "address": "解放路1号", "remark": "急"})
    with pytest.raises(profiles.ConsentMissing):
        desk.write(profiles.keep_profile, profiles.KeepProfile(desk.me, case.id, False))
    desk.write(profiles.keep_profile, profiles.KeepProfile(desk.me, case.id, True))
    desk.hall.finish(1)
    desk.visit(phone="13812341234")
    again = desk.open("permit")
    mark = desk.hall.read(lambda rx: rx.vault.fingerprint("13812341234"))
    (offered,) = desk.hall.read(lambda rx: profiles.profiles_of(rx, mark))
    assert offered["name_mask"] == "张**" and "330102195001011236" not in str(offered)
    filled = desk.write(profiles.prefill, profiles.Prefill(desk.me, again.id, profile=offered["id"]))
    form = desk.hall.read(lambda rx: form_of(rx, filled))
    assert form == BasicForm(**PERSON, address="解放路1号", project_name="关于申请户口证明")
    by_number = profiles.Prefill(desk.me, again.id, identity="330102195001011236")
    assert desk.write(profiles.prefill, by_number).revision == 3
    with pytest.raises(ProfileUnknown):
        desk.write(profiles.prefill, profiles.Prefill(desk.me, again.id, identity="11010519491231002X"))
    with pytest.raises(profiles.NoIdentity):
        desk.write(profiles.prefill, profiles.Prefill(desk.me, again.id))


def test_whoever_has_another_document_is_found_by_it_and_need_not_be_let_pass_again(desk: Cases) -> None:
    passed = {"id_number": "持护照办理"}
    case = desk.save(desk.open(), form={**PERSON, "id_number": "E12345678"}, overrides=passed)
    desk.write(profiles.keep_profile, profiles.KeepProfile(desk.me, case.id, True))
    desk.hall.finish(1)
    again = desk.open("permit")
    desk.write(profiles.prefill, profiles.Prefill(desk.me, again.id, identity="e 1234 5678"))
    assert desk.hall.read(lambda rx: overrides_of(rx, rx.cases.get(again.id))) == passed
    desk.save(again, form={**PERSON, "id_number": "E99999999"})
    assert desk.hall.read(lambda rx: overrides_of(rx, rx.cases.get(again.id))) == {}, "a reason is for one number"


def test_a_clerk_cannot_leaf_through_other_peoples_particulars(desk: Cases) -> None:
    case = desk.save(desk.open(), form=PERSON)
    desk.write(profiles.keep_profile, profiles.KeepProfile(desk.me, case.id, True))
    desk.hall.finish(1)
    desk.visit(phone="13900000000")
    other = desk.open("permit")
    with pytest.raises(ProfileUnknown):
        desk.write(profiles.prefill, profiles.Prefill(desk.me, other.id, profile=1))
    kept = desk.hall.read(lambda rx: rx.profiles.of_phone(rx.vault.fingerprint("13812341234")))[0]
    with pytest.raises(ProfileUnknown):
        desk.write(profiles.prefill, profiles.Prefill(desk.me, other.id, profile=kept.id))
