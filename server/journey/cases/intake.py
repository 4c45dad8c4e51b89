"""Step 4: an application is taken in (受理), with papers to follow or without (容缺受理); its clock begins to run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from server.domain.actor import Actor
from server.domain.cases.intake import Deferral, check_intake
from server.domain.cases.received import unwritten
from server.domain.cases.record import Case
from server.domain.cases.state import CaseState
from server.domain.catalogue.model import APPLICANT_WORDS, ItemVersion, Kind, Material, Medium
from server.domain.codes import NATIONAL_SERIAL, is_national, national_case_code, serial_digits, unified_code
from server.domain.refusals import Refusal
from server.domain.units import iso
from server.journey.cases import deadlines, notices
from server.journey.cases.authorizing import is_authorized
from server.journey.cases.awaiting import days_of
from server.journey.cases.credit import may_defer
from server.journey.cases.drafting import takes_in, whole
from server.journey.cases.items import Matter, departments, matters, need_situation
from server.journey.cases.moves import move
from server.journey.cases.particulars import checked_columns
from server.store.cases import case_moved, draft_changed
from server.store.transaction import Tx

S = CaseState
ONLINE = frozenset({Kind.ONLINE_FULL, Kind.ONLINE_HALF})


class ApplicantNotEligible(Refusal):
    status, code = 422, "applicant_not_eligible"
    zh = "“{item}”不能由{applicant_zh}申请，请核对申报者或改办其他事项。"
    en = "“{item}” cannot be applied for by this applicant ({applicant_en}). Check the form or choose another item."


@dataclass(frozen=True, slots=True)
class AcceptRequest:
    """`deferral`: the written commitment to bring what is missing."""

    by: Actor
    case: int
    revision: int
    deferral: Deferral | None = None


def accept(tx: Tx, request: AcceptRequest, now: int) -> Case:
    """At the window. Raises CaseMoved, CaseDraftChanged, NotYourCase, FormIncomplete, SituationOpen, CheckpointsOpen,
    NotDeferrable, CommitmentMissing, DeferralTooLong, PromiseBroken, ApplicantNotEligible."""
    case = tx.cases.get(request.case)
    whole(case)
    takes_in(tx, case, request.by)
    if case.at not in (S.DRAFT, S.AWAITING_VISIT, S.CORRECTION) or case.start_day is not None:
        raise case_moved(case)
    if request.revision != case.revision:
        raise draft_changed(case)
    return take_in(tx, case, request.by, request.deferral, now)


def take_in(tx: Tx, case: Case, by: Actor, deferral: Deferral | None, now: int) -> Case:
    """Accept a case, a bundle with all its children, or nothing at all."""
    found, columns = fit(tx, case)
    days = days_of(found)
    if not case.is_bundle:
        return _accept_one(tx, found[0], by, columns, deferral, days[case.id], now)
    of_child = {key: value for key, value in columns.items() if key != "form_box"}
    children = [_accept_one(tx, one, by, of_child, deferral, days[one.case.id], now) for one in found]
    last = max(one.due_day or "" for one in children)
    columns |= {
        "code": case.code or new_code(tx, case),
        "accepted_at": now,
        "start_day": deadlines.today(tx).isoformat(),
        "due_day": last,
        "due_provisional": any(one.due_provisional for one in children),
        **_owner(case, by),
    }
    facts = {**_promised(case, columns), "children": [one.code for one in children]}
    case = move(tx, case, S.ACCEPTED, by, "accepted", facts, now, **columns)
    notices.tell(tx, case, "accepted", now)
    return case


def fit(tx: Tx, case: Case) -> tuple[list[Matter], dict[str, Any]]:
    """What is applied for, and the form's columns, when nothing but the papers stands against taking it in.

    Raises FormIncomplete, SituationOpen, ApplicantNotEligible.
    """
    form, columns = checked_columns(tx, case)
    found = [need_situation(one) for one in matters(tx, case)]
    for one in found:
        if form.applicant not in one.item.applicants:
            zh, en = APPLICANT_WORDS[form.applicant]
            raise ApplicantNotEligible(item=one.item.name, applicant_zh=zh, applicant_en=en)
    return found, columns


def _accept_one(
    tx: Tx, one: Matter, by: Actor, columns: dict[str, Any], deferral: Deferral | None, days: int, now: int
) -> Case:
    case, today = one.case, deadlines.today(tx)
    due = deadlines.promise(tx, days, today)
    assert due is not None
    lacking = check_intake(one.materials, case.ticks, deferral, today, due.day)
    assert one.way.situation is not None
    trusted = may_defer(tx, columns["identity_hash"], by, deferral.despite) if deferral and lacking else {}
    columns = {
        **columns,
        "code": case.code or new_code(tx, case),
        "situation": one.way.situation.id,
        "accepted_at": now,
        "start_day": today.isoformat(),
        "promised_days": days,
        "due_day": due.day.isoformat(),
        "due_provisional": due.provisional,
        "correction_due": None,
        **_owner(case, by),
        **_deferred(tx, deferral, lacking, by, now),
    }
    facts = {**_promised(case, columns), "deferred": [material.name for material in lacking], **trusted}
    case = move(tx, case, S.ACCEPTED, by, "deferred" if lacking else "accepted", facts, now, **columns)
    case = send_on(tx, case, one.item, one.materials, by, now)
    if case.parent_id is None:
        notices.tell(tx, case, "accepted", now)
    return case


def _promised(case: Case, columns: dict[str, Any]) -> dict[str, Any]:
    """What the 受理通知书 says for good, whatever becomes of the limit or the owner later."""
    names = ("due_day", "due_provisional", "owner_name", "delivery")
    return {name: columns.get(name, getattr(case, name)) for name in names}


def _owner(case: Case, by: Actor) -> dict[str, Any]:
    """首办责任: whoever takes it in sees it to its end; what an owner had already stays theirs."""
    return (
        {}
        if case.owner is not None or not by.is_staff or by.id == "system"
        else {"owner": by.id, "owner_name": by.name}
    )


def _deferred(tx: Tx, deferral: Deferral | None, lacking: list[Material], by: Actor, now: int) -> dict[str, Any]:
    if deferral is None or not lacking:
        return {}
    said = {
        "commitment": deferral.commitment.strip(),
        "until": deferral.until.isoformat(),
        "materials": [one.id for one in lacking],
        "names": [one.name for one in lacking],
        "by_name": by.name,
        "at": iso(now),
        "provisional": deadlines.is_provisional(tx, deferral.until.isoformat()),
    }
    return {"deferral": said, "deferral_due": deferral.until.isoformat()}


def send_on(tx: Tx, case: Case, item: ItemVersion, materials: list[Material], by: Actor, now: int) -> Case:
    """A part for each department that decides; none where the clerk decides at the window."""
    if item.kind == Kind.INSTANT_SINGLE and is_authorized(tx, by.id, departments(item), case.item_id):
        return case
    held = not has_paper(item, materials)
    for department in departments(item):
        tx.tasks.add(case.id, department, held=held)
    if held:
        case = move(tx, case, S.REVIEWING, by, "received", {"electronic": True}, now)
    return case


def has_paper(item: ItemVersion, materials: list[Material]) -> bool:
    """Is there anything to be carried to the department? As long as nobody knows what is asked for, there is."""
    if item.kind == Kind.ONLINE_FULL:
        return False
    return unwritten(item) or any(one.medium != Medium.ELECTRONIC and not one.shared for one in materials)


def new_code(tx: Tx, case: Case) -> str:
    """The unified code (统一申报编码): the national form where the item has a national code, else the hall's pattern.

    Raises SerialsExhausted.
    """
    today = deadlines.today(tx)
    node = None if case.is_bundle else tx.catalogue.find_node(case.item_id)
    if node is not None and is_national(node.code):
        serial = tx.serials.next(f"{node.code}:{today.isoformat()}", today, NATIONAL_SERIAL)
        return national_case_code(node.code, today, serial)
    offered = tx.rules.file.cases
    serial = tx.serials.next(str(today.year), date(today.year, 1, 1), serial_digits(offered.pattern))
    return unified_code(offered.pattern, offered.hall_code, today.year, serial)
