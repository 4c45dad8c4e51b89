"""Step 3: answers, ticks and the basic form are saved as they are typed, each over the revision its page has seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from server.domain.actor import Actor
from server.domain.cases import signed_form
from server.domain.cases.form import CHECKED, SHORTEST_REASON, BasicForm, NotCheckedField, OverrideReasonMissing, label
from server.domain.cases.received import ListPublished, Received, sorted_out
from server.domain.cases.record import Case
from server.domain.cases.state import CaseState
from server.domain.catalogue.situations import materials_of, walk
from server.domain.refusals import Refusal
from server.domain.window import WindowState
from server.journey.cases.items import (
    Matter,
    checked_answers,
    checked_own_ticks,
    checked_ticks,
    joint_list,
    kept_ticks,
    matters,
    unlisted,
)
from server.journey.cases.particulars import changed_columns, form_of, overrides_of
from server.store.cases import case_moved
from server.store.transaction import Tx

S = CaseState
EDITABLE = frozenset({S.DRAFT, S.AWAITING_VISIT, S.CORRECTION})


class NotYourCase(Refusal):
    status, code = 403, "not_your_case"
    zh = "办件 {case} 由{owner}经办，请对方办理或移交给您。"
    en = "Case {case} is in the hands of {owner}. Ask them to do it or to hand it on to you."


class ChildOfBundle(Refusal):
    status, code = 409, "child_of_bundle"
    zh = "“{name}”是一件事中的一项，受理前请在整件事里一起办理。"
    en = "“{name}” is part of a bundle. Until it is accepted, work on the bundle as a whole."


class NotSubmitted(Refusal):
    status, code = 409, "not_submitted"
    zh = "“{name}”的网上申请申请人还没有提交，提交后才能办理。"
    en = "The applicant has not submitted this online application (“{name}”) yet. It can be worked on after that."


@dataclass(frozen=True, slots=True)
class DraftRequest:
    """None leaves a part as it is. `answers` and `ticks` of a bundle: by item, and of the joint list.
    `received`: the papers, where no list is published."""

    by: Actor
    case: int
    revision: int
    answers: Mapping[str, Any] | None = None
    ticks: frozenset[tuple[str, str]] | None = None
    form: BasicForm | None = None
    overrides: Mapping[str, str] | None = None
    received: tuple[Received, ...] | None = None


def in_hands_of(case: Case, by: Actor) -> None:
    """May `by` change it? Its owner and leaders; anybody at a window where it has no owner yet. Raises NotYourCase;
    NotSubmitted while an online application is still its citizen's."""
    if case.channel == "online" and case.at == S.DRAFT:
        raise NotSubmitted(name=case.name)
    if case.owner not in (None, by.id) and not by.leads:
        raise NotYourCase(case=case.code or f"#{case.id}", owner=case.owner_name)


def takes_in(rx: Tx, case: Case, by: Actor) -> None:
    """May `by` go on with its intake? Whose hands it is in; and what was told to be corrected before acceptance is taken
    by whoever sits at a window: its applicant comes back to any of them. Raises NotYourCase, NotSubmitted."""
    if not (case.at == S.CORRECTION and case.start_day is None and _at_a_window(rx, by)):
        in_hands_of(case, by)


def _at_a_window(rx: Tx, by: Actor) -> bool:
    return any(one.clerk == by.id and one.state != WindowState.CLOSED for one in rx.windows.all())


def whole(case: Case) -> None:
    """Raises ChildOfBundle for a part of a bundle that is not accepted yet."""
    if case.parent_id is not None and case.at in (S.DRAFT, S.CORRECTION) and case.start_day is None:
        raise ChildOfBundle(name=case.name)


def need_editable(case: Case) -> None:
    """What a case was taken in with stays, also while a department waits for a correction. Raises CaseMoved."""
    if case.at not in EDITABLE or case.start_day is not None:
        raise case_moved(case)


def save_draft(tx: Tx, request: DraftRequest, now: int) -> Case:
    """Raises CaseDraftChanged, CaseMoved, NotYourCase, AnswerUnknown, CheckpointUnknown, OverrideReasonMissing,
    ListPublished, PaperOfNoItem."""
    case = tx.cases.get(request.case)
    whole(case)
    takes_in(tx, case, request.by)
    need_editable(case)
    return save(tx, case, request)


def save(tx: Tx, case: Case, request: DraftRequest) -> Case:
    """Save what the request holds, whoever asks."""
    columns: dict[str, Any] = {"saved_at": tx.now, "saved_by": request.by.name}
    if request.form is not None or request.overrides is not None:
        columns |= _changed_form(tx, case, request)
    if request.received is not None:
        columns |= _received(tx, case, request.received)
    saved: Case | None = None
    if request.answers is not None or request.ticks is not None:
        found = matters(tx, case)
        if not case.is_bundle:
            stale = "ticks" in columns
            columns |= _list_columns(found[0], request.answers, request.ticks)
            if stale:
                columns["ticks"] = signed_form.without(columns["ticks"])
        else:
            saved = tx.cases.save(case, request.revision, **columns)
            _save_children(tx, found, request)
    return saved or tx.cases.save(case, request.revision, **columns)


def _received(tx: Tx, case: Case, papers: tuple[Received, ...]) -> dict[str, Any]:
    """The columns; of a bundle each part keeps its own. Raises ListPublished, PaperOfNoItem."""
    found = matters(tx, case)
    items = unlisted(found)
    if not items:
        raise ListPublished(item=case.name)
    own = sorted_out(papers, items)
    kept = {item: [one.model_dump(mode="json") for one in some] for item, some in own.items()}
    if not case.is_bundle:
        return {"received": kept[case.item_id]}
    for one in found:
        if one.case.item_id in kept:
            tx.cases.set(one.case, received=kept[one.case.item_id])
    return {}


def _changed_form(tx: Tx, case: Case, request: DraftRequest) -> dict[str, Any]:
    form = request.form if request.form is not None else form_of(tx, case)
    before, was = overrides_of(tx, case), form_of(tx, case)
    overrides = dict(request.overrides or {})
    if request.overrides is None:  # a reason is given for one number: another wants its own
        overrides = {key: why for key, why in before.items() if getattr(form, key) == getattr(was, key)}
    for key, why in overrides.items():
        if key not in CHECKED:
            raise NotCheckedField(field=key)
        if len(why.strip()) < SHORTEST_REASON:
            zh, en = label(key, form.applicant)
            raise OverrideReasonMissing(label_zh=zh, label_en=en)
    if overrides != before:
        tx.audit.add(request.by.id, "case.check_let_pass", f"case:{case.id}", {"fields": overrides})
    return changed_columns(tx, case, form, overrides)


def _list_columns(
    one: Matter, answers: Mapping[str, Any] | None, ticks: frozenset[tuple[str, str]] | None
) -> dict[str, Any]:
    columns: dict[str, Any] = {}
    materials = one.materials
    if answers is not None:
        given = checked_answers(one.item, answers)
        way = walk(one.item, given)
        signed = [material for material in one.materials if material.id == signed_form.SIGNED]
        materials = [*signed, *materials_of(one.item, way.materials)]
        columns |= {"answers": given, "situation": way.situation.id if way.situation else None}
    kept = kept_ticks(materials, one.case.ticks) if ticks is None else checked_ticks(materials, ticks)
    return {**columns, "ticks": kept}


def _save_children(tx: Tx, found: list[Matter], request: DraftRequest) -> None:
    """Answers first: they change the joint list that the ticks belong to."""
    for one in found:
        given = None if request.answers is None else request.answers.get(one.case.item_id, one.case.answers)
        tx.cases.save(one.case, one.case.revision, **_list_columns(one, given, None))
    if request.ticks is None:
        return
    parent = found[0].case.parent_id
    assert parent is not None
    found = matters(tx, tx.cases.get(parent))
    by_item = checked_own_ticks(joint_list(found), request.ticks)
    for one in found:
        tx.cases.save(one.case, one.case.revision, ticks=by_item.get(one.case.item_id, frozenset()))
