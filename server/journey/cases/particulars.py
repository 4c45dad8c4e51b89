"""The basic form of a case, sealed at rest: written whole, read whole, found by fingerprint."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from server.domain.cases import signed_form
from server.domain.cases.form import BasicForm, checked, mask_name, project_name
from server.domain.cases.record import Case
from server.domain.identity import PhoneInvalid, phone_number
from server.domain.masking import mask_phone
from server.store.transaction import Tx

ELECTRONIC = "online"
"""A way of delivery, beside "counter" and "courier": a file on the citizen's page."""


def form_of(tx: Tx, case: Case) -> BasicForm:
    """The form as it was last saved; a child of a bundle has its parent's."""
    return _open(tx, case)[0]


def overrides_of(tx: Tx, case: Case) -> dict[str, str]:
    """Field → why its check digits were let pass."""
    return _open(tx, case)[1]


def _open(tx: Tx, case: Case) -> tuple[BasicForm, dict[str, str]]:
    box = case.form_box
    if box is None and case.parent_id is not None:
        box = tx.cases.get(case.parent_id).form_box
    if box is None:
        return BasicForm(project_name=project_name(case.name)), {}
    kept = json.loads(tx.vault.open(box))
    return BasicForm(**kept["form"]), kept["overrides"]


def form_columns(tx: Tx, form: BasicForm, overrides: Mapping[str, str]) -> dict[str, Any]:
    """The columns that keep a form, whole or not: sealed, with what screens show and what finds it again."""
    sealed = json.dumps({"form": form.model_dump(mode="json"), "overrides": dict(overrides)}, ensure_ascii=False)
    identity = form.identity
    return {
        "form_box": tx.vault.seal(sealed),
        "applicant": form.applicant.value,
        "applicant_mask": mask_name(form.name, form.applicant),
        "identity_hash": tx.vault.fingerprint(identity.upper()) if identity else None,
        "delivery": "courier" if form.courier else "counter",
        **phone_columns(tx, form.contact_phone),
    }


def changed_columns(tx: Tx, case: Case, form: BasicForm, overrides: Mapping[str, str]) -> dict[str, Any]:
    """The same of a case whose form may change by it: then the paper that was signed is not it any more."""
    columns = form_columns(tx, form, overrides)
    if form != form_of(tx, case) and signed_form.without(case.ticks) != case.ticks:
        columns["ticks"] = signed_form.without(case.ticks)
    return columns


def check_code(tx: Tx, case: Case) -> str:
    """核验码 of the form as it stands."""
    return signed_form.check_code(tx.vault.fingerprint(signed_form.said(form_of(tx, case), case.code)))


def phone_columns(tx: Tx, text: str) -> dict[str, Any]:
    """The phone's columns, empty for a number that is none (yet)."""
    try:
        phone = phone_number(text)
    except PhoneInvalid:
        return {"phone_box": None, "phone_hash": None, "phone_mask": None}
    return {
        "phone_box": tx.vault.seal(phone),
        "phone_hash": tx.vault.fingerprint(phone),
        "phone_mask": mask_phone(phone),
    }


def checked_columns(tx: Tx, case: Case) -> tuple[BasicForm, dict[str, Any]]:
    """The form, put right, and its columns. Raises FormIncomplete."""
    form, overrides = _open(tx, case)
    whole = checked(form, overrides)
    columns = form_columns(tx, whole, overrides)
    if case.delivery == ELECTRONIC and not whole.courier:
        columns["delivery"] = ELECTRONIC  # chosen when the citizen submitted it
    return whole, columns
