"""Step 2: a clerk opens a case from the ticket being served; one for an item, or a parent with its children (一件事)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from server.domain.actor import Actor
from server.domain.cases.form import BasicForm, project_name
from server.domain.cases.record import Case
from server.domain.cases.state import CaseState
from server.domain.catalogue.model import Applicant, ItemVersion
from server.domain.catalogue.situations import materials_of, walk
from server.domain.refusals import Refusal
from server.domain.ticket import State, Ticket
from server.journey.calling import current
from server.journey.cases.items import checked_answers, kept_ticks
from server.journey.cases.moves import tell_case
from server.journey.cases.particulars import form_columns, form_of, overrides_of
from server.journey.cases.self_filled import first_form
from server.journey.counter import held_by
from server.journey.serving import NobodyAtCounter
from server.store.transaction import Tx


class BundleClosed(Refusal):
    status, code = 409, "bundle_closed"
    zh = "“{bundle}”这个一件事现在不受理，请分事项办理。"
    en = "The bundle “{bundle}” is not taken in at present. Take its items in one by one."


@dataclass(frozen=True, slots=True)
class OpenRequest:
    """`item` or `bundle`; `answers` of the item (of a bundle by item), else those of the ticket's precheck are taken."""

    by: Actor
    window: int
    item: str | None = None
    bundle: str | None = None
    answers: Mapping[str, Any] = field(default_factory=dict)


def open_case(tx: Tx, request: OpenRequest, now: int) -> Case:
    """A draft for whoever is being served. Raises NobodyAtCounter, NotYourWindow, ItemNotPublished, BundleUnknown,
    AnswerUnknown."""
    window = held_by(tx, request.by, request.window)
    ticket = current(tx, window)
    if ticket is None or ticket.state != State.SERVING:
        raise NobodyAtCounter(window=window.number)
    if request.bundle is not None:
        return _open_bundle(tx, request, ticket, now)
    item_id = request.item or ""
    version, item = tx.catalogue.in_force(item_id, tx.rules.day)
    case = blank(tx, item_id, version, item, request.by, now, ticket=ticket, window=window.number)
    case = with_precheck(tx, case, item, request.answers, ticket)
    case = tx.cases.add(case.but(**_first_form(tx, case, item, ticket, request.by)))
    return _opened(tx, case, request.by)


def _open_bundle(tx: Tx, request: OpenRequest, ticket: Ticket, now: int) -> Case:
    bundle = tx.bundles.get(request.bundle or "")
    if not bundle.active:
        raise BundleClosed(bundle=bundle.name)
    items = [(key, *tx.catalogue.in_force(key, tx.rules.day)) for key in bundle.items]
    first = items[0][2]
    parent = blank(tx, bundle.id, 0, first, request.by, now, ticket=ticket, window=request.window)
    parent = parent.but(name=bundle.name, bundle=bundle.id, kind="bundle", legal_days=0, promised_days=0)
    parent = tx.cases.add(parent.but(**_first_form(tx, parent, first, ticket, request.by)))
    _opened(tx, parent, request.by)
    for key, version, item in items:
        child = blank(tx, key, version, item, request.by, now, ticket=ticket, window=request.window)
        child = child.but(parent_id=parent.id, bundle=bundle.id, applicant=parent.applicant)
        given = request.answers.get(key, {})
        _opened(tx, tx.cases.add(with_precheck(tx, child, item, given, ticket)), request.by)
    return parent


def blank(
    tx: Tx,
    item_id: str,
    version: int,
    item: ItemVersion,
    by: Actor,
    now: int,
    *,
    ticket: Ticket | None = None,
    window: int | None = None,
    channel: str = "window",
) -> Case:
    """A new draft of an item, not kept yet. Whoever opens it at a window owns it; an online one has no owner."""
    at_window = channel == "window"
    values: dict[str, Any] = dict.fromkeys(Case.__slots__)
    values |= {
        "id": tx.new_id(),
        "item_id": item_id,
        "item_version": version,
        "name": item.name,
        "department": item.department,
        "section": item.section,
        "kind": item.kind.value,
        "channel": channel,
        "applicant": item.applicants[0].value,
        "state": CaseState.DRAFT.value,
        "state_since": now,
        "revision": 1,
        "ticket_id": ticket.id if ticket else None,
        "window_number": window,
        "owner": by.id if at_window else None,
        "owner_name": by.name if at_window else "",
        "answers": {},
        "ticks": frozenset(),
        "applicant_mask": "",
        "link": tx.tokens(),
        "created_at": now,
        "created_by": by.id,
        "legal_days": item.legal_days,
        "promised_days": item.promised_days,
        "due_provisional": False,
        "corrections": 0,
        "delivery": "counter",
    }
    return Case(**values)


def with_precheck(tx: Tx, case: Case, item: ItemVersion, answers: Mapping[str, Any], ticket: Ticket | None) -> Case:
    """Answers given now, else those the guide or the phone has kept with the ticket; with what the guide has ticked."""
    ticks: frozenset[tuple[str, str]] = frozenset()
    for kept in tx.prechecks.of_ticket(ticket.id) if ticket and not answers else ():
        if (kept.item_id, kept.item_version) == (case.item_id, case.item_version):
            answers, ticks = kept.answers, kept.ticks
    answers = checked_answers(item, answers)
    way = walk(item, answers)
    situation = way.situation.id if way.situation else None
    return case.but(answers=answers, situation=situation, ticks=kept_ticks(materials_of(item, way.materials), ticks))


def _first_form(tx: Tx, case: Case, item: ItemVersion, ticket: Ticket, by: Actor) -> dict[str, Any]:
    """What the hall knows is not typed again: who came, from an earlier matter of this visit; else what the citizen has
    filled in while waiting; else the ticket's phone. And the name of the project."""
    project = {"project_name": project_name(case.name)}
    for earlier in reversed(tx.cases.of_ticket(ticket.id)):
        if earlier.parent_id is None and earlier.owner is not None and earlier.form_box is not None:
            form = form_of(tx, earlier)
            if form.name and form.applicant in item.applicants:
                if earlier.owner != by.id:  # taken in elsewhere, before the number came here
                    tx.audit.add(by.id, "form.used", f"case:{earlier.id}", {"item": case.item_id})
                own = {**project, "project_code": "", "quantity": 1, "remark": ""}
                return form_columns(tx, form.model_copy(update=own), overrides_of(tx, earlier))
    filled = first_form(tx, ticket, case, item, by)
    if filled is not None:
        return form_columns(tx, *filled)
    phone = tx.vault.open(ticket.phone_box) if ticket.phone_box else ""
    return form_columns(tx, BasicForm(applicant=Applicant(case.applicant), contact_phone=phone, **project), {})


def _opened(tx: Tx, case: Case, by: Actor) -> Case:
    tx.cases.note(case.id, by.id, by.name, "opened", {"ticket": case.ticket_id}, None, case.state)
    tell_case(tx, "opened", case, None)
    return case
