"""自助填表, at the window: what the citizen has filled in for the number, for the clerk who has it called, and no longer
than it is needed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from server.domain.actor import Actor
from server.domain.cases.form import BasicForm, mask_name, project_name
from server.domain.cases.record import Case
from server.domain.catalogue.model import ItemVersion
from server.domain.ticket import AT_WINDOW, Ticket
from server.domain.units import HOUR, iso
from server.journey.cases.drafting import in_hands_of, need_editable, whole
from server.journey.cases.particulars import changed_columns
from server.journey.cases.self_filling import NothingFilledIn, let_pass, opened
from server.store.ticket_forms import TicketForm
from server.store.transaction import Tx

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class TakeOver:
    """`case`: a draft of the ticket that is before this clerk."""

    by: Actor
    case: int


def before_clerk(rx: Tx, ticket: Ticket, by: Actor) -> bool:
    """Whether the ticket is called to, or served at, a window that `by` holds now."""
    if ticket.state not in AT_WINDOW or ticket.window_number is None:
        return False
    window = rx.windows.get(ticket.window_number)
    return window.clerk == by.id and window.ticket_id == ticket.id


def shown_at_window(rx: Tx, ticket: Ticket, by: Actor) -> Json | None:
    """That there is a form, and of whom, masked; for the clerk before whom the citizen is, and nobody else."""
    form = rx.ticket_forms.find(ticket.id)
    if form is None or form.sent_box is None or not before_clerk(rx, ticket, by):
        return None
    said = opened(rx, form.sent_box)
    return {
        "applicant": said.applicant.value,
        "name_mask": mask_name(said.name, said.applicant),
        "sent_at": iso(form.sent_at),
        "used": form.used_at is not None,
    }


def first_form(
    tx: Tx, ticket: Ticket, case: Case, item: ItemVersion, by: Actor
) -> tuple[BasicForm, dict[str, str]] | None:
    """What a new case of this visit begins with, and why numbers of it may pass unchecked; None where nothing was sent, or
    by one who may not apply for it."""
    found = tx.ticket_forms.find(ticket.id)
    if found is None or found.sent_box is None or not before_clerk(tx, ticket, by):
        return None
    form = opened(tx, found.sent_box)
    if form.applicant not in item.applicants:
        return None
    _used(tx, found, case, by)
    return for_matter(form, case, ticket), let_pass(tx, found.sent_box)


def take_over(tx: Tx, request: TakeOver, now: int) -> Case:
    """Into a draft that was opened before the form was sent; the clerk still confirms and corrects.

    Raises NothingFilledIn, also for a ticket that is not before this clerk; NotYourCase, CaseMoved.
    """
    case = tx.cases.get(request.case)
    whole(case)
    in_hands_of(case, request.by)
    need_editable(case)
    ticket = tx.tickets.get(case.ticket_id) if case.ticket_id else None
    found = tx.ticket_forms.find(ticket.id) if ticket else None
    if ticket is None or found is None or found.sent_box is None or not before_clerk(tx, ticket, request.by):
        raise NothingFilledIn()
    _used(tx, found, case, request.by)
    form = for_matter(opened(tx, found.sent_box), case, ticket)
    return tx.cases.save(case, case.revision, **changed_columns(tx, case, form, let_pass(tx, found.sent_box)))


def for_matter(form: BasicForm, case: Case, ticket: Ticket) -> BasicForm:
    """Particulars are the person's; words of another matter than this are not taken over."""
    if ticket.item is None or ticket.item == case.item_id:
        return form if form.project_name else form.model_copy(update={"project_name": project_name(case.name)})
    own = {"project_name": project_name(case.name), "project_code": "", "quantity": 1, "remark": ""}
    return form.model_copy(update=own)


def due(rx: Tx) -> bool:
    """Is there anything to purge? One indexed read."""
    return bool(rx.ticket_forms.left_over(_before(rx)))


def purge(tx: Tx, _: object, now: int) -> None:
    """What hung on a number that has ended goes when its time is up, taken into a case or not."""
    gone = tx.ticket_forms.left_over(_before(tx))
    for ticket in gone:
        tx.ticket_forms.remove(ticket)
    if gone:
        tx.audit.add("system", "form.purged", "tickets", {"count": len(gone)})


def _before(rx: Tx) -> int:
    return rx.now - rx.rules.file.self_form.keep_hours * HOUR


def _used(tx: Tx, form: TicketForm, case: Case, by: Actor) -> None:
    tx.ticket_forms.put(replace(form, used_at=tx.now))
    tx.audit.add(by.id, "form.used", f"ticket:{form.ticket_id}", {"item": case.item_id})
