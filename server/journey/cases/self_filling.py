"""自助填表 for a number: while waiting the citizen fills 003's basic form in on the phone, and the window has it.

The link on the slip shows no name: what was typed opens with the secret of the phone that began it, or with the ticket's
own phone, confirmed. What the window does with it is `self_filled`'s.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from server.domain.cases import documents
from server.domain.cases.form import BasicForm, checked, project_name
from server.domain.catalogue.model import Applicant
from server.domain.refusals import Refusal
from server.domain.ticket import LIVE, Ticket
from server.journey.cases.phones import phone_of
from server.journey.cases.profiles import keep_form, kept_form, kept_reasons, with_kept
from server.journey.words import tell
from server.store.profiles import ProfileUnknown
from server.store.ticket_forms import TicketForm
from server.store.tickets import moved
from server.store.transaction import Tx

ALL = (Applicant.PERSON, Applicant.COMPANY, Applicant.ORGANISATION)
FILLED = "form_filled"
"""The event: no more than that there is a form, or none any more."""


class ConsentChanged(Refusal):
    status, code = 409, "consent_changed"
    zh = "填表说明有更新，请重新看过再同意。"
    en = "The words you agreed to have changed. Please read them again."


class NotYourForm(Refusal):
    status, code = 403, "not_your_form"
    zh = "这张表是在另一部手机上填的。请用取号时留的手机号验证，或删除后重新填写。"
    en = "This form was filled in on another phone. Confirm the phone given with the number, or delete it and begin anew."


class NothingFilledIn(Refusal):
    status, code = 404, "nothing_filled_in"
    zh = "这个号还没有填表，或已经删除，请重新填写。"
    en = "No form is filled in for this number, or it was deleted. Please begin anew."


class OwnFormChanged(Refusal):
    status, code = 409, "own_form_changed"
    zh = "这张表刚在另一部手机上改过，请刷新后再填。"
    en = "This form was changed on another phone meanwhile. Reload the page."


class AppliedOnline(Refusal):
    status, code = 409, "applied_online"
    zh = "这个号是交网上申请材料的，申请里已经填过，不用再填。"
    en = "This number is for an online application, whose form is filled in already."


@dataclass(frozen=True, slots=True)
class Proof:
    """What shows whose form it is: the secret of the phone that began it, or a phone confirmed by its code."""

    key: str = ""
    phone_token: str = ""


@dataclass(frozen=True, slots=True)
class BeginForm:
    """`consent`: the version of the words agreed to. `profile`: kept particulars of the confirmed phone to begin with."""

    ticket: int
    consent: str
    phone_token: str = ""
    profile: int | None = None


@dataclass(frozen=True, slots=True)
class SaveForm:
    """`documents`: field → the document whose number stands there instead of the ID card's."""

    ticket: int
    proof: Proof
    revision: int
    form: BasicForm
    documents: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SendForm:
    """`keep`: the version of the words agreed to for the next time, "" for not agreed; it wants a confirmed phone."""

    ticket: int
    proof: Proof
    revision: int
    keep: str = ""


@dataclass(frozen=True, slots=True)
class DeleteForm:
    """The link is enough: nobody reads anything by it, and whoever cannot open the form may still get rid of it."""

    ticket: int


@dataclass(frozen=True, slots=True)
class Begun:
    """`key`: given once, to the phone that began."""

    form: TicketForm
    key: str


@dataclass(frozen=True, slots=True)
class Sent:
    """`kept` for the next time; False where another phone keeps that person's particulars."""

    form: TicketForm
    kept: bool


def begin(tx: Tx, request: BeginForm, now: int) -> Begun:
    """An empty form, or one filled in from what the confirmed phone keeps; a former one is gone.

    Raises TicketMoved, AppliedOnline, ConsentChanged, PhoneTokenOld, ProfileUnknown.
    """
    ticket = _fillable(tx, request.ticket)
    _same_words(tx, request.consent)
    phone = phone_of(tx, request.phone_token) if request.phone_token else ""
    mark = tx.vault.fingerprint(phone) if phone else None
    form, passed = _blank(tx, ticket, phone), {}
    identity = None
    if request.profile is not None:
        profile = tx.profiles.get(request.profile)
        if mark is None or profile.phone_hash != mark:
            raise ProfileUnknown()
        form, passed = with_kept(form, kept_form(tx, profile)), kept_reasons(tx, profile)
        tx.profiles.used(profile.id)
        identity = profile.identity_hash
    key = tx.tokens()
    box = _sealed(tx, form, passed)
    kept = TicketForm(
        ticket.id, tx.vault.fingerprint(key), mark, identity, box, None, 1, now, request.consent, now, None, None
    )
    before = tx.ticket_forms.find(ticket.id)
    if before is not None and before.sent_box is not None:
        tell(tx, FILLED, ticket, str(ticket.state), filled=False)
    tx.audit.add(f"citizen:{ticket.id}", "form.consented", f"ticket:{ticket.id}", {"version": request.consent})
    return Begun(tx.ticket_forms.put(kept), key)


def own_form(rx: Tx, ticket_id: int, proof: Proof) -> TicketForm:
    """The ticket's form, for whoever may read it. Raises NothingFilledIn, NotYourForm, PhoneTokenOld."""
    form = rx.ticket_forms.find(ticket_id)
    if form is None:
        raise NothingFilledIn()
    if proof.key and rx.vault.fingerprint(proof.key) == form.key_hash:
        return form
    if proof.phone_token:
        phone = rx.vault.fingerprint(phone_of(rx, proof.phone_token))
        if phone in (form.phone_hash, rx.tickets.get(ticket_id).phone_hash):
            return form
    raise NotYourForm()


def save_form(tx: Tx, request: SaveForm, now: int) -> TicketForm:
    """A draft may hold anything; what was sent to the window stays as it was sent.

    Raises TicketMoved, AppliedOnline, NothingFilledIn, NotYourForm, OwnFormChanged, PhoneTokenOld.
    """
    _fillable(tx, request.ticket)
    form = _seen(own_form(tx, request.ticket, request.proof), request.revision)
    passed = documents.anew(let_pass(tx, form.form_box), request.documents)
    identity = form.identity_hash if form.sent_box else _identity(tx, request.form)
    box, revision = _sealed(tx, request.form, passed), form.revision + 1
    return tx.ticket_forms.put(replace(form, form_box=box, identity_hash=identity, revision=revision, saved_at=now))


def send_form(tx: Tx, request: SendForm, now: int) -> Sent:
    """To whichever window calls the number. Sent again, the later one counts.

    Raises FormIncomplete, ConsentChanged, and what `save_form` raises.
    """
    ticket = _fillable(tx, request.ticket)
    kept = _seen(own_form(tx, ticket.id, request.proof), request.revision)
    passed = let_pass(tx, kept.form_box)
    form = checked(opened(tx, kept.form_box), passed)
    phone = phone_of(tx, request.proof.phone_token) if request.proof.phone_token or request.keep else ""
    mark = tx.vault.fingerprint(phone) if phone else kept.phone_hash
    keeps = False
    if request.keep:
        _same_words(tx, request.keep)
        keeps = keep_form(tx, form, mark or "", passed, seen=False)
        tx.audit.add(f"phone:{(mark or '')[:12]}", "profile.kept", f"ticket:{ticket.id}", {"version": request.keep})
    box, identity = _sealed(tx, form, passed), _identity(tx, form)
    sent = replace(
        kept, form_box=box, sent_box=box, phone_hash=mark, identity_hash=identity, revision=kept.revision + 1,
        saved_at=now, sent_at=now, used_at=None,
    )  # fmt: skip
    tell(tx, FILLED, ticket, str(ticket.state), filled=True)
    return Sent(tx.ticket_forms.put(sent), keeps)


def delete_form(tx: Tx, request: DeleteForm, now: int) -> None:
    """At once; a case that was taken in from it has its own. Also after the number has ended."""
    if tx.ticket_forms.find(request.ticket) is None:
        return
    tx.ticket_forms.remove(request.ticket)
    ticket = tx.tickets.get(request.ticket)
    tx.audit.add(f"citizen:{ticket.id}", "form.deleted", f"ticket:{ticket.id}")
    if ticket.state in LIVE:
        tell(tx, FILLED, ticket, str(ticket.state), filled=False)


def opened(rx: Tx, box: str) -> BasicForm:
    said = json.loads(rx.vault.open(box))
    return BasicForm(**said.get("form", said))  # before there were other documents, the form alone was kept


def let_pass(rx: Tx, box: str) -> dict[str, str]:
    """Field → why its check digits are not looked at: another document than an ID card."""
    return dict(json.loads(rx.vault.open(box)).get("overrides", {}))


def applicants(rx: Tx, ticket: Ticket) -> tuple[Applicant, ...]:
    """Who may apply for the ticket's item; anybody while no item with a list of its own is chosen."""
    if ticket.item is None or ticket.item not in rx.rules.versions:
        return ALL
    _, item = rx.catalogue.in_force(ticket.item, rx.rules.day)
    return tuple(item.applicants)


def with_online_case(rx: Tx, ticket: Ticket) -> bool:
    """Whether the number is for the papers of an online application."""
    return any(case.channel == "online" for case in rx.cases.of_ticket(ticket.id))


def _fillable(tx: Tx, ticket_id: int) -> Ticket:
    ticket = tx.tickets.get(ticket_id)
    if ticket.state not in LIVE:
        raise moved(ticket)
    if with_online_case(tx, ticket):
        raise AppliedOnline()
    return ticket


def _same_words(tx: Tx, version: str) -> None:
    if version != tx.rules.file.self_form.version:
        raise ConsentChanged()


def _blank(tx: Tx, ticket: Ticket, phone: str) -> BasicForm:
    item = tx.rules.items.get(ticket.item) if ticket.item else None
    name = project_name(item.name) if item else ""
    return BasicForm(applicant=applicants(tx, ticket)[0], project_name=name, contact_phone=phone)


def _sealed(tx: Tx, form: BasicForm, passed: Mapping[str, str]) -> str:
    said = {"form": form.model_dump(mode="json"), "overrides": dict(passed)}
    return tx.vault.seal(json.dumps(said, ensure_ascii=False))


def _identity(tx: Tx, form: BasicForm) -> str | None:
    """By it the form is found when its person has everything deleted."""
    return tx.vault.fingerprint(form.identity.upper()) if form.identity else None


def _seen(form: TicketForm, revision: int) -> TicketForm:
    if form.revision != revision:
        raise OwnFormChanged()
    return form
