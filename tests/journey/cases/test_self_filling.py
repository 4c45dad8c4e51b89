"""自助填表 for a number: typed once while waiting, seen by the one window that serves, gone when its time is up."""

from __future__ import annotations

import json
from typing import Any

import pytest

from server.domain.cases.documents import named
from server.domain.cases.form import BasicForm, FormIncomplete
from server.domain.ticket import Ticket
from server.journey.cases import applying, own_profiles, profiles, self_filled, self_filling
from server.journey.cases.drafting import NotYourCase
from server.journey.cases.particulars import form_of, overrides_of
from server.journey.cases.phones import PhoneTokenOld
from server.journey.cases.self_filling import Proof
from server.journey.cases.views import citizen_view
from server.store.profiles import ProfileUnknown
from server.store.tickets import TicketMoved
from tests.case_scene import PERSON, Cases
from tests.journey.cases.test_online import submitted, token
from tests.scene import clerk, small_hall

VERSION = "2026-1"
SHOP: dict[str, Any] = {
    "applicant": "company",
    "project_name": "开一家面馆",
    "name": "小县面馆有限公司",
    "credit_code": "91350100M000100Y43",
    "contact_name": "张三丰",
    "contact_phone": "13812341234",
}


def begin(desk: Cases, ticket: Ticket, **more: Any) -> tuple[Any, Proof]:
    found = desk.write(self_filling.begin, self_filling.BeginForm(ticket.id, VERSION, **more))
    return found.form, Proof(key=found.key)


def fill(desk: Cases, ticket: Ticket, proof: Proof, documents: dict[str, str] | None = None, **said: Any) -> Any:
    before = desk.hall.read(self_filling.own_form, ticket.id, proof)
    wanted = self_filling.SaveForm(ticket.id, proof, before.revision, BasicForm(**(said or PERSON)), documents or {})
    return desk.write(self_filling.save_form, wanted)


def send(desk: Cases, ticket: Ticket, proof: Proof, keep: str = "") -> Any:
    now = desk.hall.read(self_filling.own_form, ticket.id, proof)
    return desk.write(self_filling.send_form, self_filling.SendForm(ticket.id, proof, now.revision, keep))


def sent(desk: Cases, ticket: Ticket, **said: Any) -> Proof:
    _, proof = begin(desk, ticket)
    fill(desk, ticket, proof, **said)
    send(desk, ticket, proof)
    return proof


def seen(desk: Cases, ticket: Ticket, number: int = 1) -> Any:
    """What the terminal of a window's clerk is told."""
    return desk.hall.read(lambda rx: self_filled.shown_at_window(rx, rx.tickets.get(ticket.id), clerk(number)))


def typed(desk: Cases, case: Any) -> BasicForm:
    return desk.hall.read(lambda rx: form_of(rx, rx.cases.get(case.id)))


def test_what_was_typed_while_waiting_is_in_the_case_and_the_clerk_may_correct_it(desk: Cases) -> None:
    ticket = desk.hall.take()
    sent(desk, ticket, **PERSON, address="文化路 8 号")
    desk.hall.next(1)
    desk.hall.start(1)
    assert seen(desk, ticket)["name_mask"] == "张**" and not seen(desk, ticket)["used"]
    case = desk.open("loan")
    form = typed(desk, case)
    assert (form.name, form.id_number, form.address) == (PERSON["name"], PERSON["id_number"], "文化路 8 号")
    assert form.project_name == "关于申请公积金贷款", "the citizen chose no item: the project is the case's"
    assert seen(desk, ticket)["used"]
    desk.save(case, form={**PERSON, "name": "张三峰"})
    assert typed(desk, case).name == "张三峰"


def test_only_the_window_that_has_called_the_number_sees_that_there_is_a_form(desk: Cases) -> None:
    ticket = desk.hall.take()
    sent(desk, ticket)
    assert seen(desk, ticket) is None, "still waiting"
    desk.hall.next(1)
    assert seen(desk, ticket)["applicant"] == "person"
    assert seen(desk, ticket, number=2) is None
    desk.hall.start(1)
    case = desk.open("loan")
    desk.hall.finish(1)
    assert seen(desk, ticket) is None, "served and gone"
    with pytest.raises(self_filling.NothingFilledIn):
        desk.write(self_filled.take_over, self_filled.TakeOver(desk.me, case.id))


def test_a_draft_opened_before_the_form_was_sent_takes_it_over_when_the_clerk_asks(desk: Cases) -> None:
    ticket = desk.visit()
    case = desk.open("loan")
    with pytest.raises(self_filling.NothingFilledIn):
        desk.write(self_filled.take_over, self_filled.TakeOver(desk.me, case.id))
    proof = sent(desk, ticket)
    with pytest.raises(NotYourCase):
        desk.write(self_filled.take_over, self_filled.TakeOver(clerk(2), case.id))
    desk.write(self_filled.take_over, self_filled.TakeOver(desk.me, case.id))
    assert typed(desk, case).id_number == PERSON["id_number"]
    fill(desk, ticket, proof, **PERSON, remark="门口有台阶")
    assert "remark" not in {k for k, v in typed(desk, case).model_dump().items() if v}, "typed, not sent"
    send(desk, ticket, proof)
    desk.write(self_filled.take_over, self_filled.TakeOver(desk.me, case.id))
    assert typed(desk, case).remark == "门口有台阶"


def test_a_company_does_not_fill_in_a_matter_of_persons(desk: Cases) -> None:
    ticket = desk.hall.take()
    sent(desk, ticket, **SHOP)
    desk.hall.next(1)
    desk.hall.start(1)
    assert typed(desk, desk.open("loan")).name == "", "a loan is for persons"


def test_the_same_checks_as_at_the_window_and_a_draft_may_hold_anything(desk: Cases) -> None:
    ticket = desk.hall.take()
    _, proof = begin(desk, ticket)
    fill(desk, ticket, proof, name="张", id_number="330102195001011237")
    with pytest.raises(FormIncomplete) as wrong:
        send(desk, ticket, proof)
    fields = {one["field"] for one in wrong.value.detail["fields"]}
    assert fields == {"id_number", "contact_name", "contact_phone"}
    desk.hall.next(1)
    assert seen(desk, ticket) is None, "nothing was sent"


def test_nothing_is_kept_without_agreeing_to_the_words_as_they_stand(desk: Cases) -> None:
    ticket = desk.hall.take()
    with pytest.raises(self_filling.ConsentChanged):
        desk.write(self_filling.begin, self_filling.BeginForm(ticket.id, "2025-9"))
    assert desk.hall.read(lambda rx: rx.ticket_forms.find(ticket.id)) is None
    form, proof = begin(desk, ticket)
    assert (form.consent_version, form.consent_at) == (VERSION, form.saved_at)
    desk.hall.reload(small_hall(self_form={"version": "2026-2"}))
    fill(desk, ticket, proof)
    send(desk, ticket, proof)  # what was agreed to stays agreed to
    with pytest.raises(self_filling.ConsentChanged):
        send(desk, ticket, Proof(proof.key, token(desk)), keep=VERSION)


def test_the_link_of_a_slip_alone_opens_nothing_the_tickets_own_phone_does(desk: Cases) -> None:
    ticket = desk.hall.take(phone="13812341234")
    sent(desk, ticket)

    def opens(proof: Proof) -> Any:
        return desk.hall.read(self_filling.own_form, ticket.id, proof)

    for proof in (Proof(), Proof(key="wrong"), Proof(phone_token=token(desk, "13900000000"))):
        with pytest.raises(self_filling.NotYourForm):
            opens(proof)
    with pytest.raises(PhoneTokenOld):
        opens(Proof(phone_token="v1.made-up"))
    assert opens(Proof(phone_token=token(desk))).sent_at is not None
    empty, _ = begin(desk, ticket)
    assert desk.hall.read(lambda rx: self_filling.opened(rx, empty.form_box)).name == "", (
        "begun anew, the former is gone"
    )


def test_without_an_id_card_another_document_is_named_and_passes_at_the_window_and_the_next_time(desk: Cases) -> None:
    ticket, key = desk.hall.take(), token(desk)
    _, proof = begin(desk, ticket)
    foreigner = {**PERSON, "name": "Ana Silva", "id_number": "e 1234 5678"}
    fill(desk, ticket, proof, **foreigner)
    with pytest.raises(FormIncomplete):
        send(desk, ticket, proof)
    fill(desk, ticket, proof, {"id_number": "passport"}, **{**foreigner, "id_number": "没有"})
    with pytest.raises(FormIncomplete):
        send(desk, ticket, proof)
    fill(desk, ticket, proof, {"id_number": "passport"}, **foreigner)
    assert send(desk, ticket, Proof(proof.key, key), keep=VERSION).kept
    desk.hall.next(1)
    desk.hall.start(1)
    case = desk.save(desk.open("loan"), answers={"house": ["new"]})
    assert typed(desk, case).id_number == "E12345678"
    assert desk.hall.read(lambda rx: overrides_of(rx, rx.cases.get(case.id))) == {"id_number": "申请人持护照"}
    assert desk.accept(desk.save(case, ticks=desk.all_ticks(case))).state == "accepted"
    second = desk.open("renew")
    assert desk.hall.read(lambda rx: overrides_of(rx, rx.cases.get(second.id))), "asked once a visit"
    (kept,) = desk.hall.read(own_profiles.own_profiles, key)
    again, _ = begin(desk, desk.hall.take(), phone_token=key, profile=kept["id"])
    assert desk.hall.read(lambda rx: named(self_filling.let_pass(rx, again.form_box))) == {"id_number": "passport"}
    online = desk.write(applying.apply, applying.ApplyRequest(key, "impact"))
    assert desk.hall.read(lambda rx: overrides_of(rx, rx.cases.get(online.id))) == {"id_number": "申请人持护照"}
    shown = [
        desk.hall.read(lambda rx, c=clear: citizen_view(rx, online, clear=c)["documents"]) for clear in (True, False)
    ]
    assert shown == [{"id_number": "passport"}, {}], "the link alone does not say it"
    desk.write(applying.submit, applying.SubmitRequest(online.id, key, online.revision))


def test_a_form_begun_before_other_documents_were_known_still_opens(desk: Cases) -> None:
    old = json.dumps(BasicForm(**PERSON).model_dump(mode="json"))
    opened = desk.hall.read(lambda rx: (self_filling.opened(rx, rx.vault.seal(old)), rx.vault.seal(old)))
    assert opened[0].name == PERSON["name"]
    assert desk.hall.read(lambda rx: self_filling.let_pass(rx, opened[1])) == {}


def test_two_phones_do_not_overwrite_each_other(desk: Cases) -> None:
    ticket = desk.hall.take()
    _, proof = begin(desk, ticket)
    fill(desk, ticket, proof)
    with pytest.raises(self_filling.OwnFormChanged):
        desk.write(self_filling.save_form, self_filling.SaveForm(ticket.id, proof, 1, BasicForm()))


def test_a_number_that_is_over_or_for_an_online_application_takes_no_form(desk: Cases) -> None:
    ticket = desk.hall.take()
    _, proof = begin(desk, ticket)
    desk.hall.cancel(ticket)
    with pytest.raises(TicketMoved):
        fill(desk, ticket, proof)
    case, _ = submitted(desk, in_hall=True)
    with pytest.raises(self_filling.AppliedOnline):
        begin(desk, desk.hall.read(lambda rx: rx.tickets.get(case.ticket_id)))


def test_kept_for_the_next_time_it_fills_in_the_next_number_and_the_next_application(desk: Cases) -> None:
    ticket, key = desk.hall.take(), token(desk)
    _, proof = begin(desk, ticket)
    fill(desk, ticket, proof, **PERSON, remark="只此一次")
    with pytest.raises(PhoneTokenOld):
        send(desk, ticket, proof, keep=VERSION)  # nobody's phone is known
    assert send(desk, ticket, Proof(proof.key, key), keep=VERSION).kept
    (kept,) = desk.hall.read(own_profiles.own_profiles, key)
    version = desk.hall.read(lambda rx: rx.profiles.get(kept["id"]).consent_version)
    assert version == VERSION
    again = desk.hall.take()
    form, _ = begin(desk, again, phone_token=key, profile=kept["id"])
    said = desk.hall.read(lambda rx: self_filling.opened(rx, form.form_box))
    assert (said.id_number, said.remark) == (PERSON["id_number"], "")
    with pytest.raises(ProfileUnknown):
        begin(desk, again, phone_token=token(desk, "13900000000"), profile=kept["id"])
    case = desk.write(applying.apply, applying.ApplyRequest(key, "impact"))
    assert typed(desk, case).name == PERSON["name"]


def test_somebody_elses_kept_particulars_are_not_replaced_from_a_phone(desk: Cases) -> None:
    case = desk.ready("loan")
    desk.write(profiles.keep_profile, profiles.KeepProfile(desk.me, case.id, True))
    ticket = desk.hall.take()
    _, proof = begin(desk, ticket)
    fill(desk, ticket, proof, **PERSON, address="别人的地址")
    found = send(desk, ticket, Proof(proof.key, token(desk, "13900000000")), keep=VERSION)
    assert not found.kept and found.form.sent_at is not None, "sent to the window, not kept"


def test_kept_particulars_are_corrected_by_their_phone_but_not_whose_they_are(desk: Cases) -> None:
    _, key = submitted(desk, keep=True)
    (kept,) = desk.hall.read(own_profiles.own_profiles, key)
    now = {**PERSON, "address": "解放路 1 号"}
    correct = own_profiles.CorrectProfile(kept["id"], key, BasicForm(**now))
    assert desk.write(own_profiles.correct_profile, correct).address == "解放路 1 号"
    assert desk.hall.read(own_profiles.see_profile, kept["id"], key)[0].address == "解放路 1 号"
    other = BasicForm(**{**now, "id_number": "11010519491231002X"})
    with pytest.raises(own_profiles.IdentityFixed):
        desk.write(own_profiles.correct_profile, own_profiles.CorrectProfile(kept["id"], key, other))
    with pytest.raises(FormIncomplete):
        desk.write(own_profiles.correct_profile, own_profiles.CorrectProfile(kept["id"], key, BasicForm(name="张")))
    stranger = token(desk, "13900000000")
    with pytest.raises(ProfileUnknown):
        desk.hall.read(own_profiles.see_profile, kept["id"], stranger)
    with pytest.raises(ProfileUnknown):
        desk.write(own_profiles.correct_profile, own_profiles.CorrectProfile(kept["id"], stranger, BasicForm(**now)))


def test_deleting_what_is_kept_also_takes_it_off_the_numbers_that_wait(desk: Cases) -> None:
    mine, other = desk.hall.take(phone="13812341234"), desk.hall.take(phone="13900000000")
    key = token(desk)
    _, proof = begin(desk, mine)
    fill(desk, mine, proof)
    send(desk, mine, Proof(proof.key, key), keep=VERSION)
    (kept,) = desk.hall.read(own_profiles.own_profiles, key)
    begun = desk.hall.take(phone="13812341234", section="house")
    begin(desk, begun, phone_token=key, profile=kept["id"])  # filled in from what is kept, not sent
    sent(desk, other)  # the same person's, under a phone that is not theirs to say anything about
    desk.write(own_profiles.delete_profile, own_profiles.DeleteProfile(kept["id"], key))
    assert desk.hall.read(lambda rx: rx.ticket_forms.find(begun.id)) is None
    assert desk.hall.read(lambda rx: rx.ticket_forms.find(mine.id)) is None
    assert desk.hall.read(lambda rx: rx.ticket_forms.find(other.id)) is not None


def test_the_citizen_deletes_it_and_the_window_is_told(desk: Cases) -> None:
    ticket = desk.hall.take()
    sent(desk, ticket)
    desk.hall.next(1)
    desk.write(self_filling.delete_form, self_filling.DeleteForm(ticket.id))
    desk.write(self_filling.delete_form, self_filling.DeleteForm(ticket.id))  # twice is no harm
    assert seen(desk, ticket) is None
    events = desk.hall.read(lambda rx: rx.events.of_ticket(ticket.id))
    told = [one.data["filled"] for one in events if one.type == "ticket.form_filled"]
    assert told == [True, False]
    assert not any("张" in str(one.data) for one in events), "no name in the log"


def test_what_hung_on_a_number_goes_when_its_time_is_up_never_while_the_number_is_in_use(desk: Cases) -> None:
    ended, living = desk.hall.take(), desk.hall.take()
    sent(desk, ended)
    sent(desk, living)
    desk.hall.cancel(ended)
    desk.hall.wait(minutes=23 * 60)
    assert not desk.hall.read(self_filled.due)
    desk.hall.wait(minutes=61)
    assert desk.hall.read(self_filled.due)
    desk.hall.write(self_filled.purge, None)
    assert not desk.hall.read(self_filled.due)
    assert desk.hall.read(lambda rx: rx.ticket_forms.find(ended.id)) is None
    assert desk.hall.read(lambda rx: rx.ticket_forms.find(living.id)) is not None
