"""自助填表, from the phone under which particulars are kept: seen, put right, deleted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from server.domain.cases import documents
from server.domain.cases.form import BasicForm, checked
from server.domain.refusals import Refusal
from server.journey.cases.phones import phone_of
from server.journey.cases.profiles import kept_form, kept_reasons, profiles_of, sealed, seen_at_window
from server.store.profiles import Profile, ProfileUnknown
from server.store.transaction import Tx

Json = dict[str, Any]


class IdentityFixed(Refusal):
    status, code = 409, "identity_fixed"
    zh = "申报者和证件号码不能更正：填错了，请删除后重新填写。"
    en = "The applicant's kind and number cannot be corrected: delete what is kept and fill it in anew."


@dataclass(frozen=True, slots=True)
class DeleteProfile:
    profile: int
    phone_token: str


@dataclass(frozen=True, slots=True)
class CorrectProfile:
    profile: int
    phone_token: str
    form: BasicForm
    documents: Mapping[str, str] = field(default_factory=dict)


def own_profiles(rx: Tx, token: str) -> list[Json]:
    """What the phone has kept, masked. Raises PhoneTokenOld."""
    return profiles_of(rx, rx.vault.fingerprint(phone_of(rx, token)))


def own_profile(rx: Tx, profile_id: int, token: str) -> Profile:
    """Raises PhoneTokenOld; ProfileUnknown for one of another phone."""
    profile = rx.profiles.get(profile_id)
    if profile.phone_hash != rx.vault.fingerprint(phone_of(rx, token)):
        raise ProfileUnknown()
    return profile


def see_profile(rx: Tx, profile_id: int, token: str) -> tuple[BasicForm, dict[str, str]]:
    """In clear, and why numbers of it are not checked. Raises PhoneTokenOld, ProfileUnknown."""
    profile = own_profile(rx, profile_id, token)
    return kept_form(rx, profile), kept_reasons(rx, profile)


def correct_profile(tx: Tx, request: CorrectProfile, now: int) -> BasicForm:
    """Everything but who it is. Raises PhoneTokenOld, ProfileUnknown, IdentityFixed, FormIncomplete."""
    profile = own_profile(tx, request.profile, request.phone_token)
    before = kept_form(tx, profile)
    # A profile has no matter, so its form is checked with any name of one.
    passed = documents.anew(kept_reasons(tx, profile), request.documents)
    form = checked(request.form.model_copy(update={"project_name": "—"}), passed)
    if (form.applicant, form.identity.upper()) != (before.applicant, before.identity.upper()):
        raise IdentityFixed()
    tx.profiles.correct(profile.id, sealed(tx, form, passed, seen=seen_at_window(tx, profile)))
    tx.audit.add(f"phone:{profile.phone_hash[:12]}", "profile.corrected", f"profile:{profile.id}")
    return kept_form(tx, tx.profiles.get(profile.id))


def delete_profile(tx: Tx, request: DeleteProfile, now: int) -> None:
    """With what the same person has filled in for a number under this phone. Raises ProfileUnknown, PhoneTokenOld."""
    profile = own_profile(tx, request.profile, request.phone_token)
    for form in tx.ticket_forms.of_identity(profile.identity_hash):
        if profile.phone_hash in (form.phone_hash, tx.tickets.get(form.ticket_id).phone_hash):
            tx.ticket_forms.remove(form.ticket_id)
    tx.profiles.remove(profile.id)
    tx.audit.add(f"phone:{profile.phone_hash[:12]}", "profile.deleted", f"profile:{profile.id}")
