"""What screens show of a case: whole for those who work on it, masked for everybody who did not type it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from server.domain.actor import Actor
from server.domain.cases.bundling import joint_ticks
from server.domain.cases.documents import named
from server.domain.cases.form import BasicForm, masked, required
from server.domain.cases.received import written_down
from server.domain.cases.record import Case, Ticks
from server.domain.cases.state import CaseState
from server.domain.cases.words import action_words
from server.domain.catalogue.model import FORM_WORDS, KIND_WORDS, MEDIUM_WORDS, ItemVersion, Kind, Material
from server.domain.units import iso
from server.journey.cases import deadlines
from server.journey.cases.answering import earlier_files
from server.journey.cases.awaiting import awaited_json, days_of, files_made
from server.journey.cases.board_numbers import number_of, numbers_of
from server.journey.cases.bundle_files import files_of_bundle
from server.journey.cases.credit import broken_promises
from server.journey.cases.electronic import shown_to_citizen
from server.journey.cases.items import Matter, joint_list, matters, unlisted
from server.journey.cases.may import may
from server.journey.cases.own_page import own_page
from server.journey.cases.particulars import form_of, overrides_of
from server.journey.cases.receipts import open_papers, papers_for
from server.journey.cases.standing import standing
from server.journey.catalogue.guide import question_json, situation_json
from server.store.files import StoredFile
from server.store.transaction import Tx

Json = dict[str, Any]
BUNDLE_WORDS = ("一件事", "bundle")


def brief(rx: Tx, case: Case) -> Json:
    """One line of a list."""
    zh, en = standing(rx, case)
    return {
        "id": case.id,
        "code": case.code,
        "board_number": number_of(rx, case),
        "item": case.item_id,
        "name": case.name,
        "department": case.department,
        "kind": case.kind,
        "channel": case.channel,
        "state": case.state,
        "state_zh": zh,
        "state_en": en,
        "since": iso(case.state_since),
        "applicant_mask": case.applicant_mask,
        "due_day": case.due_day,
        "due_provisional": case.due_provisional,
        "deferral_due": case.deferral_due,
        "correction_due": case.correction_due,
        "pre_review_due": case.pre_review_due,
        "provisional": deadlines.provisional(rx, case),
        "owner_name": case.owner_name,
        "revision": case.revision,
        "created_at": iso(case.created_at),
    }


def case_view(rx: Tx, case: Case, by: Actor) -> Json:
    """All of a case for those at work. The form is in clear only for the owner of a draft."""
    own = case.at in (CaseState.DRAFT, CaseState.CORRECTION, CaseState.AWAITING_VISIT) and case.owner == by.id
    made = [file for one in ([] if case.is_bundle else matters(rx, case)) for file in files_made(rx, one)]
    return {
        **_shown(rx, case, clear=own),
        "owner": case.owner,
        "owner_name": case.owner_name,
        "window": case.window_number,
        "files": _files(rx, case, [*rx.files.of(f"case:{case.id}"), *files_of_bundle(rx, case), *made]),
        "papers": papers_for(rx, case, by),
        "saved_at": iso(case.saved_at),
        "saved_by_name": case.saved_by or "",
        "overrides": overrides_of(rx, case),
        "history": [_line(one, data=True) for one in rx.cases.history(case.id)],
        "broken_promises": _broken(rx, case),
        "may": may(rx, case, by),
    }


def _broken(rx: Tx, case: Case) -> list[Json]:
    """Before acceptance: why nothing may follow later this time."""
    found = broken_promises(rx, case.identity_hash) if case.start_day is None else []
    return [{"item": one.item, "day": one.day} for one in found]


def citizen_view(rx: Tx, case: Case, *, clear: bool = False) -> Json:
    """The citizen's own page; `clear`: the phone was confirmed."""
    state = case.at
    editable = case.channel == "online" and state in (CaseState.DRAFT, CaseState.CORRECTION) and case.start_day is None
    return {
        **_shown(rx, case, clear=clear),
        "files": _files(rx, case, (one for one in rx.files.of(f"case:{case.id}") if shown_to_citizen(case, one))),
        "documents": named(overrides_of(rx, case)) if clear else {},
        "deferral": _told(case.deferral, "commitment", "until", "materials", "names"),
        "correction": _told(case.correction, "items", "at"),
        "papers": open_papers(rx, case),
        "history": [_line(one, data=False) for one in rx.cases.history(case.id)],
        "visit": _visit(rx, case),
        **own_page(rx, case, clear=clear),
        "may": {
            "save": editable,
            "submit": editable,
            "upload": editable,
            "withdraw": state in (CaseState.DRAFT, CaseState.PRE_REVIEW, CaseState.AWAITING_VISIT, CaseState.CORRECTION)
            or state in (CaseState.ACCEPTED, CaseState.REVIEWING, CaseState.SUSPENDED),
            "check_in": state == CaseState.AWAITING_VISIT,
            "supplement": case.channel == "online" and state == CaseState.CORRECTION and case.start_day is not None,
        },
    }


def _told(said: Mapping[str, Any] | None, *keys: str) -> Json | None:
    """Of what was asked for, what is for the citizen: no names of clerks, no words between them."""
    return None if said is None else {key: said[key] for key in keys if key in said}


def _shown(rx: Tx, case: Case, *, clear: bool) -> Json:
    found = matters(rx, case)
    form = form_of(rx, case)
    zh, en = BUNDLE_WORDS if case.is_bundle else KIND_WORDS[Kind(case.kind)]
    ticket = rx.tickets.get(case.ticket_id) if case.ticket_id else None
    return {
        **{key: value for key, value in brief(rx, case).items() if key != "owner_name"},
        "item_version": case.item_version,
        "section": case.section,
        "kind_zh": zh,
        "kind_en": en,
        "ticket": case.ticket_id,
        "ticket_number": ticket.number if ticket else None,
        "parent": case.parent_id,
        "bundle": case.bundle,
        "children": [brief(rx, one.case) for one in found] if case.is_bundle else [],
        "applicant": case.applicant,
        "applicants": _applicants(found),
        "phone_mask": case.phone_mask,
        "answers": {one.case.item_id: one.case.answers for one in found} if case.is_bundle else case.answers,
        **_questions(case, found),
        "materials": _materials(case, found),
        "unwritten": not case.is_bundle and bool(unlisted(found)),
        "unlisted": [{"item": item, "name": name} for item, name in unlisted(found).items()],
        "received": [paper for one in found for paper in one.case.received or []],
        "awaited": awaited_json(found),
        "form": form.model_dump(mode="json") if clear else masked(form),
        "form_masked": not clear,
        "required": list(required(form)),
        "fee": _fee(found),
        "refusal_reasons": list(dict.fromkeys(reason for one in found for reason in one.item.refusal_reasons)),
        "legal_days": case.legal_days,
        "promised_days": case.promised_days,
        "promise": _promise(rx, case, found),
        "accepted_at": iso(case.accepted_at),
        "board_number": numbers_of(rx, case),
        "start_day": case.start_day,
        "deferral": case.deferral,
        "correction": case.correction,
        "corrections": case.corrections,
        "delivery": case.delivery,
        "decided_at": iso(case.decided_at),
        "decision": case.decision,
        "ended_at": iso(case.ended_at),
        "end_reason": case.end_reason,
    }


def _files(rx: Tx, case: Case, found: Iterable[StoredFile]) -> list[Json]:
    """`case`: whose it is, and under whose address it opens. `earlier`: from before what the correction asks for anew."""
    earlier = earlier_files(rx, case)
    return [
        {
            "id": one.id,
            "case": int(one.owner.removeprefix("case:")),
            "purpose": one.purpose,
            "name": one.name,
            "media_type": one.media_type,
            "bytes": one.bytes,
            "earlier": one.id in earlier,
        }
        for one in found
    ]


def _applicants(found: Sequence[Matter]) -> list[str]:
    """Who may apply for all of them."""
    return [one.value for one in found[0].item.applicants if all(one in other.item.applicants for other in found)]


def _fee(found: Sequence[Matter]) -> Json:
    bases = "；".join(one.item.fee.basis for one in found if one.item.fee.basis)
    return {"yuan": sum(one.item.fee.yuan for one in found), "basis": bases}


def _promise(rx: Tx, case: Case, found: Sequence[Matter]) -> Json:
    """When it would be done, taken in today. A part of a bundle may have to wait for another part."""
    whole = found if case.parent_id is None else matters(rx, rx.cases.get(case.parent_id))
    days = days_of(whole)
    dues = [deadlines.promise(rx, days[one.case.id], deadlines.today(rx)) for one in found]
    last = max((due for due in dues if due), key=lambda due: due.day)
    return {"day": last.day.isoformat(), "provisional": last.provisional}


def _questions(case: Case, found: Sequence[Matter]) -> Json:
    first = found[0]
    open_ones = [
        {"item": one.case.item_id, "name": one.item.name, "question": question_json(one.way.question)}
        for one in found
        if one.way.question is not None
    ]
    situation = first.way.situation
    alone = not case.is_bundle
    return {
        "question": open_ones[0]["question"] if alone and open_ones else None,
        "questions": open_ones,
        "answered": [entry for one in found for entry in answered(one.item, one.case.answers, one.way.answered)],
        "situation": situation_json(situation) if alone and situation else None,
    }


def answered(item: ItemVersion, answers: Mapping[str, Any], on_the_way: Sequence[str]) -> list[Json]:
    """The answers as a person reads them, in the order they were asked."""
    questions = {one.id: one for one in item.questions}
    return [
        {
            "item_name": item.name,
            "question": key,
            "text": questions[key].text,
            "chosen": list(answers[key]),
            "chosen_text": [one.text for one in questions[key].options if one.id in answers[key]],
        }
        for key in on_the_way
    ]


def _materials(case: Case, found: Sequence[Matter]) -> list[Json]:
    if not case.is_bundle:
        return [material_json(one, found[0].case.ticks, [found[0].item.name]) for one in found[0].materials]
    shared = joint_list(found)
    ticks = frozenset(joint_ticks(shared, {one.case.item_id: one.case.ticks for one in found}))
    names = {one.case.item_id: one.item.name for one in found}
    written = [
        material_json(each, ticks, [one.item.name]) for one in found for each in one.materials if written_down(each)
    ]
    return [*(material_json(one.material, ticks, [names[item] for item in one.of]) for one in shared), *written]


def material_json(one: Material, ticks: Ticks, of: list[str]) -> Json:
    """A row of the list with its checkpoints."""
    form_zh, form_en = FORM_WORDS[one.form]
    medium_zh, medium_en = MEDIUM_WORDS[one.medium]
    points = [{**point.model_dump(mode="json"), "ticked": (one.id, point.id) in ticks} for point in one.checkpoints]
    return {
        **one.model_dump(mode="json", exclude={"checkpoints"}),
        "form_zh": form_zh,
        "form_en": form_en,
        "medium_zh": medium_zh,
        "medium_en": medium_en,
        "of": of,
        "complete": all(point["ticked"] for point in points),
        "checkpoints": points,
    }


def _line(one: Any, *, data: bool) -> Json:
    zh, en = action_words(one.action)
    return {
        "at": iso(one.at),
        "by_name": one.by_name if data else "",
        "action": one.action,
        "action_zh": zh,
        "action_en": en,
        "from": one.from_state,
        "to": one.to_state,
        "data": dict(one.data) if data else {},
    }


def _visit(rx: Tx, case: Case) -> Json | None:
    """The number for bringing the papers."""
    if case.channel != "online" or case.ticket_id is None:
        return None
    ticket = rx.tickets.get(case.ticket_id)
    return {"number": ticket.number, "state": str(ticket.state), "link": f"{rx.link_base}/t/{ticket.link}"}


def form_json(form: BasicForm) -> Json:
    return form.model_dump(mode="json")
