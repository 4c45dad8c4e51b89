"""自助填表 on the phone: a form for the number one waits with; what is kept for the next time, seen, corrected, deleted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from server.access.refusals import LinkUnknown, TooManyRequests
from server.domain.cases import documents
from server.domain.cases.form import BasicForm, FormIncomplete, required
from server.domain.ticket import LIVE
from server.domain.units import iso
from server.journey import views
from server.journey.cases import own_profiles, self_filling
from server.journey.cases.phones import PhoneTokenOld
from server.journey.cases.self_filling import Proof
from server.store.profiles import ProfileUnknown
from server.store.ticket_forms import TicketForm
from server.store.tickets import TicketMoved
from server.web.access import ANYONE
from server.web.api import own_form_schemas as schemas
from server.web.api.application_schemas import WithToken
from server.web.api.commands import command
from server.web.api.links import holder
from server.web.api.routing import Reply, Routes
from server.web.api.schemas import Nothing
from server.web.context import services

if TYPE_CHECKING:
    from server.store.transaction import Tx

routes = Routes("own_forms")
LINK = (LinkUnknown, TooManyRequests)
FILLING = (*LINK, TicketMoved, self_filling.AppliedOnline, PhoneTokenOld)
OWN = (*FILLING, self_filling.NothingFilledIn, self_filling.NotYourForm, self_filling.OwnFormChanged)


@routes.get("/consent", ANYONE, summary="个人信息说明 What is agreed to", answers={200: schemas.ConsentOut})
def words() -> Reply:
    """The hall's words about particulars that are filled in or kept, and their version."""
    return 200, services().store.read(services().hall_id, consent)


@routes.get(
    "/links/{token}/form",
    ANYONE,
    summary="我的号上填的表 Is a form filled in?",
    answers={200: schemas.OwnFormState},
    refusals=LINK,
)
def see(token: str) -> Reply:
    """Whether there is one and whether it may be filled in, with the words to be agreed to; nothing of what it says."""
    stored, _, ticket = holder(token)
    return 200, services().store.read(services().hall_id, _state, stored, ticket)


def _state(rx: Tx, link: str, ticket_id: int) -> dict[str, Any]:
    ticket, form = rx.tickets.get(ticket_id), rx.ticket_forms.find(ticket_id)
    online = self_filling.with_online_case(rx, ticket)
    shown = views.link_view(rx, link)
    state = "none" if form is None else "used" if form.used_at else "sent" if form.sent_at else "draft"
    return {
        "number": ticket.number,
        "subject": shown["item_name"] or shown["section_name"],
        "subject_en": shown["item_name_en"] or shown["section_name_en"] or shown["section_name"],
        "may": ticket.state in LIVE and not online,
        "online": online,
        "state": state,
        "sent_at": iso(form.sent_at) if form else None,
        "consent": consent(rx),
    }


def consent(rx: Tx) -> dict[str, str]:
    """The words of the hall file, whole."""
    file = rx.rules.file
    words = file.self_form
    full = {"hours": str(words.keep_hours), "hall": file.hall.name}
    english = {**full, "hall": file.hall.name_en or file.hall.name}

    def put(text: str, values: dict[str, str]) -> str:
        for key, value in values.items():
            text = text.replace(f"{{{key}}}", value)
        return text

    return {
        "version": words.version,
        "words": put(words.words, full),
        "words_en": put(words.words_en, english),
        "keep_words": put(words.keep_words, full),
        "keep_words_en": put(words.keep_words_en, english),
    }


def _shown(rx: Tx, form: TicketForm) -> dict[str, Any]:
    return {
        "id": form.ticket_id,
        "revision": form.revision,
        "required": list(required(self_filling.opened(rx, form.form_box))),
        "applicants": [one.value for one in self_filling.applicants(rx, rx.tickets.get(form.ticket_id))],
        "sent_at": iso(form.sent_at),
    }


def _form(form: BasicForm, passed: Mapping[str, str]) -> dict[str, Any]:
    """`passed`: why numbers of it are not checked."""
    return {
        "form": form.model_dump(mode="json"),
        "required": list(required(form)),
        "documents": documents.named(passed),
    }


@routes.post(
    "/links/{token}/form",
    ANYONE,
    summary="先填表：同意并开始 Agree and begin a form",
    body=schemas.Begin,
    answers={201: schemas.OwnFormBegun},
    refusals=(*FILLING, self_filling.ConsentChanged, ProfileUnknown),
)
def begin(token: str, body: schemas.Begin) -> Reply:
    """Empty, or with what the confirmed phone keeps. Begun anew, the former form is gone."""
    _, citizen, ticket = holder(token)
    wanted = self_filling.BeginForm(ticket, body.consent, body.phone_token, body.profile)

    def begun(tx: Tx, found: self_filling.Begun) -> Any:
        return {**_shown(tx, found.form), "key": found.key}

    return command(self_filling.begin, wanted, body, begun, 201, by=citizen)


@routes.post(
    "/links/{token}/form/open",
    ANYONE,
    summary="打开我填的表 Open my form",
    body=schemas.Proven,
    answers={200: schemas.OwnFormOut},
    refusals=(*LINK, PhoneTokenOld, self_filling.NothingFilledIn, self_filling.NotYourForm),
    replayed=False,
)
def open_own(token: str, body: schemas.Proven) -> Reply:
    """In clear."""
    _, _, ticket = holder(token)
    return 200, services().store.read(services().hall_id, _opened, ticket, Proof(body.key, body.phone_token))


def _opened(rx: Tx, ticket: int, proof: Proof) -> Any:
    form = self_filling.own_form(rx, ticket, proof)
    said = self_filling.opened(rx, form.form_box)
    return {**_shown(rx, form), **_form(said, self_filling.let_pass(rx, form.form_box))}


@routes.post(
    "/links/{token}/form/draft",
    ANYONE,
    summary="保存我填的表 Save my form",
    body=schemas.SaveOwnForm,
    answers={200: schemas.OwnFormSaved},
    refusals=OWN,
)
def save(token: str, body: schemas.SaveOwnForm) -> Reply:
    """While the number is in use. What the window has stays as it was sent."""
    _, citizen, ticket = holder(token)
    wanted = self_filling.SaveForm(ticket, Proof(body.key, body.phone_token), body.revision, body.form, body.documents)
    return command(self_filling.save_form, wanted, body, _shown, by=citizen)


@routes.post(
    "/links/{token}/form/send",
    ANYONE,
    summary="填好了，给窗口 Send my form to the window",
    body=schemas.SendOwnForm,
    answers={200: schemas.OwnFormSent},
    refusals=(*OWN, FormIncomplete, self_filling.ConsentChanged),
)
def send(token: str, body: schemas.SendOwnForm) -> Reply:
    """Checked as at the window. Whichever window calls the number has it; the clerk compares and may correct."""
    _, citizen, ticket = holder(token)
    wanted = self_filling.SendForm(ticket, Proof(body.key, body.phone_token), body.revision, body.keep)

    def sent(tx: Tx, found: self_filling.Sent) -> Any:
        return {**_shown(tx, found.form), "kept": found.kept}

    return command(self_filling.send_form, wanted, body, sent, by=citizen)


@routes.post(
    "/links/{token}/form/delete",
    ANYONE,
    summary="删除我填的表 Delete my form",
    body=Nothing,
    answers={204: None},
    refusals=LINK,
)
def delete(token: str, body: Nothing) -> Reply:
    """At once. The link is enough: it reads nothing."""
    _, citizen, ticket = holder(token)
    return command(self_filling.delete_form, self_filling.DeleteForm(ticket), body, lambda tx, _: None, 204, by=citizen)


@routes.post(
    "/profiles",
    ANYONE,
    summary="保存过的个人信息 What is kept of me",
    body=WithToken,
    answers={200: schemas.Profiles},
    refusals=(PhoneTokenOld, TooManyRequests),
    replayed=False,
)
def profiles(body: WithToken) -> Reply:
    """Masked; under the phone that was confirmed."""
    found = services().store.read(services().hall_id, own_profiles.own_profiles, body.phone_token)
    return 200, {"profiles": found}


@routes.post(
    "/profiles/{profile}/open",
    ANYONE,
    summary="查看个人信息 See what is kept of me",
    body=WithToken,
    answers={200: schemas.ProfileForm},
    refusals=(PhoneTokenOld, ProfileUnknown, TooManyRequests),
    replayed=False,
)
def open_profile(profile: int, body: WithToken) -> Reply:
    """In clear, for the phone under which it is kept."""
    return 200, _form(*services().store.read(services().hall_id, own_profiles.see_profile, profile, body.phone_token))


@routes.post(
    "/profiles/{profile}/correct",
    ANYONE,
    summary="更正个人信息 Correct what is kept of me",
    body=schemas.CorrectProfile,
    answers={204: None},
    refusals=(PhoneTokenOld, ProfileUnknown, own_profiles.IdentityFixed, FormIncomplete, TooManyRequests),
)
def correct_profile(profile: int, body: schemas.CorrectProfile) -> Reply:
    """Everything but the applicant's kind and number."""
    wanted = own_profiles.CorrectProfile(profile, body.phone_token, body.form, body.documents)
    return command(own_profiles.correct_profile, wanted, body, lambda tx, _: None, 204)


@routes.post(
    "/profiles/{profile}/delete",
    ANYONE,
    summary="删除个人信息 Delete what is kept of me",
    body=WithToken,
    answers={204: None},
    refusals=(PhoneTokenOld, ProfileUnknown, TooManyRequests),
)
def delete_profile(profile: int, body: WithToken) -> Reply:
    """At once and for good, with what this person has filled in for a number under this phone."""
    wanted = own_profiles.DeleteProfile(profile, body.phone_token)
    return command(own_profiles.delete_profile, wanted, body, lambda tx, _: None, 204)
