"""自助填表: a citizen's particulars are typed once, kept with consent, filled in the next time, and deleted on request."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from server.domain.actor import Actor
from server.domain.cases.documents import plain
from server.domain.cases.form import BasicForm, mask_name
from server.domain.cases.record import Case
from server.domain.catalogue.model import Applicant
from server.domain.masking import mask_id
from server.domain.refusals import Refusal
from server.domain.units import iso
from server.journey.cases.drafting import in_hands_of, need_editable, whole
from server.journey.cases.particulars import changed_columns, checked_columns, form_of, overrides_of
from server.store.profiles import Profile, ProfileUnknown
from server.store.transaction import Tx

Json = dict[str, Any]
OWN = frozenset(BasicForm.model_fields) - {"project_code", "quantity", "project_name", "remark", "applicant"}
"""What a profile keeps: particulars of a person or company, nothing of the matter applied for."""
SEEN = "seen_at_window"
LET_PASS = "let_pass"
"""Beside them: whether a clerk has seen whose they are, and why a number of theirs has no check digits."""


class ConsentMissing(Refusal):
    status, code = 422, "consent_missing"
    zh = "保存个人信息须经申请人同意。"
    en = "Particulars are kept only with the applicant's consent."


class NoIdentity(Refusal):
    status, code = 422, "no_identity"
    zh = "请提供证件号码，或选择一份已保存的信息。"
    en = "Give the ID number, or choose what is kept."


@dataclass(frozen=True, slots=True)
class KeepProfile:
    by: Actor
    case: int
    consent: bool


@dataclass(frozen=True, slots=True)
class Prefill:
    """`profile`, one of the ticket's own phone; or the number (ID card, credit code, any document) the citizen says."""

    by: Actor
    case: int
    profile: int | None = None
    identity: str = ""


def keep_profile(tx: Tx, request: KeepProfile, now: int) -> Case:
    """Raises ConsentMissing, FormIncomplete, NotYourCase."""
    case = tx.cases.get(request.case)
    in_hands_of(case, request.by)
    if not request.consent:
        raise ConsentMissing()
    keep(tx, case)
    tx.audit.add(request.by.id, "profile.kept", f"case:{case.id}", {"applicant": case.applicant_mask})
    return case


def keep(tx: Tx, case: Case, phone: str | None = None) -> bool:
    """The form's particulars as they stand in the case. Raises FormIncomplete.

    `phone`: the confirmed phone of a citizen who keeps them online; None at a window, where the clerk has seen whose they
    are. Nobody has seen it online, so what another phone keeps of that person is left alone: then False.
    """
    form, columns = checked_columns(tx, case)
    phone_hash = columns["phone_hash"] if phone is None else tx.vault.fingerprint(phone)
    return keep_form(tx, form, phone_hash, overrides_of(tx, case), seen=phone is None)


def keep_form(tx: Tx, form: BasicForm, phone_hash: str, passed: Mapping[str, str], *, seen: bool) -> bool:
    """Particulars of a form that was checked, under a phone, with the version of the words agreed to. `seen`: a clerk has
    seen whose they are. False where another phone keeps that person's."""
    mark = tx.vault.fingerprint(form.identity.upper())
    if not seen:
        before = [one for one in tx.profiles.of_identity(mark) if one.applicant == form.applicant]
        if any(one.phone_hash != phone_hash for one in before):
            return False
        seen = any(seen_at_window(tx, one) for one in before)
    version = tx.rules.file.self_form.version
    tx.profiles.put(form.applicant.value, mark, phone_hash, sealed(tx, form, passed, seen=seen), version)
    return True


def sealed(tx: Tx, form: BasicForm, passed: Mapping[str, str], *, seen: bool) -> str:
    """Of a form, what a profile keeps. `passed`: field → why its check digits are not looked at."""
    kept = {key: value for key, value in form.model_dump(mode="json").items() if key in OWN}
    said = {"applicant": form.applicant.value, **kept, SEEN: seen, LET_PASS: dict(passed)}
    return tx.vault.seal(json.dumps(said, ensure_ascii=False))


def prefill(tx: Tx, request: Prefill, now: int) -> Case:
    """The form of a draft from what the citizen has kept; noted in the audit.

    Raises ProfileUnknown, NoIdentity, NotYourCase, CaseMoved.
    """
    case = tx.cases.get(request.case)
    whole(case)
    in_hands_of(case, request.by)
    need_editable(case)
    if request.profile is not None:
        profile = _of_ticket(tx, case, request.profile)
    else:
        profile = _of_identity(tx, request.identity)
    tx.audit.add(request.by.id, "profile.used", f"case:{case.id}", {"profile": profile.id})
    return fill(tx, case, profile)


def fill(tx: Tx, case: Case, profile: Profile) -> Case:
    """What the form already says of the matter itself stays."""
    kept = kept_form(tx, profile)
    form = with_kept(form_of(tx, case), kept)
    tx.profiles.used(profile.id)
    return tx.cases.save(case, case.revision, **changed_columns(tx, case, form, kept_reasons(tx, profile)))


def with_kept(form: BasicForm, kept: BasicForm) -> BasicForm:
    """The form with a person's particulars, its own words of the matter left as they are."""
    return form.model_copy(update={key: getattr(kept, key) for key in (*OWN, "applicant")})


def kept_form(tx: Tx, profile: Profile) -> BasicForm:
    """A profile's particulars in clear."""
    said = json.loads(tx.vault.open(profile.form_box))
    return BasicForm(**{key: value for key, value in said.items() if key not in (SEEN, LET_PASS)})


def kept_reasons(tx: Tx, profile: Profile) -> dict[str, str]:
    """Field → why its check digits are not looked at, of a number that is kept."""
    return dict(json.loads(tx.vault.open(profile.form_box)).get(LET_PASS, {}))


def seen_at_window(tx: Tx, profile: Profile) -> bool:
    """Whether a clerk has seen whose they are."""
    return bool(json.loads(tx.vault.open(profile.form_box)).get(SEEN))


def _of_ticket(tx: Tx, case: Case, profile_id: int) -> Profile:
    """Only those of the phone that took the number: a clerk cannot leaf through everybody's. Raises ProfileUnknown."""
    ticket = tx.tickets.get(case.ticket_id) if case.ticket_id else None
    profile = tx.profiles.get(profile_id)
    if ticket is None or profile.phone_hash != ticket.phone_hash:
        raise ProfileUnknown()
    return profile


def _of_identity(tx: Tx, text: str) -> Profile:
    number = plain(text)
    if not number:
        raise NoIdentity()
    # Whoever has typed somebody's number on a phone must not put the own phone and address into that person's form.
    found = [one for one in tx.profiles.of_identity(tx.vault.fingerprint(number)) if seen_at_window(tx, one)]
    if not found:
        raise ProfileUnknown()
    return found[0]


def profiles_of(tx: Tx, phone_hash: str | None) -> list[Json]:
    """What is kept under a phone, masked."""
    found = tx.profiles.of_phone(phone_hash) if phone_hash else []
    shown = []
    for one in found:
        form = kept_form(tx, one)
        shown.append(
            {
                "id": one.id,
                "applicant": one.applicant,
                "name_mask": mask_name(form.name, Applicant(one.applicant)),
                "identity_mask": mask_id(form.identity) if len(form.identity) > 8 else "*" * len(form.identity),
                "kept_at": iso(one.consent_at),
            }
        )
    return shown
