"""Step 4: everything that is missing is told at once (一次性告知), and brought; also what was allowed to follow (补交)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from server.domain.actor import Actor, Role
from server.domain.cases.bundling import joint_ticks, own_ticks
from server.domain.cases.intake import check_correction, missing
from server.domain.cases.received import ListPublished, Received, numbered_on, unwritten
from server.domain.cases.record import Case, Ticks
from server.domain.cases.state import CaseState
from server.domain.catalogue.model import FORM_WORDS
from server.domain.refusals import Refusal
from server.domain.units import iso
from server.journey.cases import deadlines, notices
from server.journey.cases.acknowledging import OWED, RECEIVED, asked_in_words, received
from server.journey.cases.drafting import in_hands_of, whole
from server.journey.cases.handing_later import list_later, pieces_brought
from server.journey.cases.intake import new_code
from server.journey.cases.items import Matter, checked_ticks, joint_list, matter, matters, whole_list
from server.journey.cases.moves import move, note
from server.store.cases import case_moved
from server.store.transaction import Tx

S = CaseState
RUNNING_ON = frozenset({S.ACCEPTED, S.REVIEWING, S.SUSPENDED})


class CorrectionEmpty(Refusal):
    status, code = 422, "correction_empty"
    zh = "请写明要补正的内容，一次告知全部。"
    en = "Say what has to be corrected, all of it at once."


class CorrectionMaterialUnknown(Refusal):
    status, code = 422, "correction_material_unknown"
    zh = "这个办件的材料清单里没有“{material}”，请刷新后重新选择。"
    en = "The list of this case has no material “{material}”. Reload and choose again."


class NothingToSupplement(Refusal):
    status, code = 409, "nothing_to_supplement"
    zh = "办件 {case} 没有待补的材料。"
    en = "Nothing is to be brought for case {case}."


class StillMissing(Refusal):
    status, code = 409, "still_missing"
    zh = "“{material}”还没有核对完，请核对后再提交。"
    en = "{material} is not checked yet. Check it, then go on."


@dataclass(frozen=True, slots=True)
class Wanted:
    """One thing to put right: of a material, or (None) of the application itself."""

    material: str | None
    text: str


@dataclass(frozen=True, slots=True)
class CorrectionRequest:
    """`reason`: why a supervisor tells a second time."""

    by: Actor
    case: int
    items: tuple[Wanted, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SupplementRequest:
    """`ticks`: what has been checked now, added to what was. `words`: of what was asked for in words, what is put right.
    `papers`: brought now, where no list is published."""

    by: Actor
    case: int
    ticks: frozenset[tuple[str, str]] = frozenset()
    note: str = ""
    words: frozenset[str] = frozenset()
    papers: tuple[Received, ...] = ()


def correct(tx: Tx, request: CorrectionRequest, now: int) -> Case:
    """Before acceptance, at the window or in the pre-review.

    Raises CaseMoved, NotYourCase, OtherDepartmentsReview, SecondCorrection, CorrectionEmpty, CorrectionMaterialUnknown.
    """
    case = tx.cases.get(request.case)
    from server.journey.cases.pre_review import may_review

    may_review(case, request.by)
    if case.at != S.PRE_REVIEW:
        whole(case)
        if not request.by.has(Role.HEAD):
            in_hands_of(case, request.by)
    before = case.start_day is None
    if not before or case.at not in (S.DRAFT, S.PRE_REVIEW, S.AWAITING_VISIT, S.CORRECTION):
        raise case_moved(case)
    return ask(tx, case, request.by, request.items, request.reason, now)


def ask(tx: Tx, case: Case, by: Actor, items: Sequence[Wanted], reason: str, now: int) -> Case:
    """Tell everything at once; the clock stands until it is brought. Departments ask for it this way, too.

    Raises SecondCorrection, CorrectionEmpty, CorrectionMaterialUnknown, CaseMoved, SerialsExhausted.
    """
    check_correction(case.corrections, by.leads or by.has(Role.HEAD), reason)
    items = [Wanted(one.material, one.text.strip()) for one in items if one.text.strip()]
    if not items:
        raise CorrectionEmpty()
    names = _names(tx, case)
    for one in items:
        if one.material is not None and one.material not in names:
            raise CorrectionMaterialUnknown(material=one.material)
    fresh = [{"material": one.material, "name": names.get(one.material or "", ""), "text": one.text} for one in items]
    still = [one for one in _unsettled(tx, case) if one not in fresh]
    said = {
        "items": [*still, *fresh],
        "from": (case.correction or {}).get("from", case.state) if case.at == S.CORRECTION else case.state,
        "at": iso(now),
        "by_name": by.name,
        "reason": reason.strip(),
    }
    if case.is_bundle:
        _ask_children(tx, case, by, items, said, now)
    columns = _asked(tx, case, said, {one.material for one in items})
    facts = {"items": fresh, "still": still, "reason": said["reason"], "due": columns["correction_due"]}
    facts[deadlines.LIMIT] = tx.rules.file.cases.correction_days
    facts["provisional"] = deadlines.is_provisional(tx, columns["correction_due"])
    case = move(tx, case, S.CORRECTION, by, "correction", facts, now, **columns)
    case = deadlines.stop(tx, case, "correction", items[0].text, by, now)
    notices.tell(tx, case, "correction", now, day=case.correction_due or "", repeat=case.corrections - 1)
    return case


def _asked(tx: Tx, case: Case, said: dict[str, Any], materials: set[str | None]) -> dict[str, Any]:
    return {
        "code": case.code or new_code(tx, case),
        "correction": said,
        "corrections": case.corrections + 1,
        "correction_due": deadlines.limit(tx, tx.rules.file.cases.correction_days),
        "pre_review_due": None,
        "ticks": frozenset(tick for tick in case.ticks if tick[0] not in materials),
    }


def _unsettled(tx: Tx, case: Case) -> list[dict[str, Any]]:
    """What an earlier notice asked for and nobody has brought yet: told a second time, it is still to be put right."""
    if case.at != S.CORRECTION:
        return []
    found = matters(tx, case)
    materials, ticks = found[0].materials, case.ticks
    if case.is_bundle:
        shared = joint_list(found)
        materials = [one.material for one in shared]
        ticks = frozenset(joint_ticks(shared, {one.case.item_id: one.case.ticks for one in found}))
    lacking = {one.id for one in missing(materials, ticks)}
    return [
        one for one in (case.correction or {}).get("items", []) if one["material"] is None or one["material"] in lacking
    ]


def _names(tx: Tx, case: Case) -> dict[str, str]:
    """material → name, of the case's list."""
    return {one.id: one.name for one in whole_list(case, matters(tx, case))}


def _ask_children(tx: Tx, parent: Case, by: Actor, items: Sequence[Wanted], said: dict[str, Any], now: int) -> None:
    """Each child waits with the whole; what was wrong is unticked where it belongs."""
    found = matters(tx, parent)
    wanted = {one.material for one in items}
    places = [
        (one.material.id, point.id)
        for one in joint_list(found)
        if one.material.id in wanted
        for point in one.material.checkpoints
    ]
    gone = own_ticks(joint_list(found), places)
    for one in found:
        ticks = one.case.ticks - gone.get(one.case.item_id, set())
        columns = {"correction": {**said, "items": []}, "ticks": ticks}
        move(tx, one.case, S.CORRECTION, by, "correction", {}, now, **columns)


def supplement(tx: Tx, request: SupplementRequest, now: int) -> Case:
    """补正 and 补交: what was missing is there. Anybody at a window may take it; the owner stays the owner.

    Raises NothingToSupplement, StillMissing, CheckpointUnknown, ListPublished, CaseMoved.
    """
    case = tx.cases.get(request.case)
    deferred = case.at in RUNNING_ON and case.deferral_due is not None
    corrected = case.at == S.CORRECTION and case.start_day is not None
    if not (deferred or corrected):
        raise NothingToSupplement(case=case.code or f"#{case.id}")
    one = matter(tx, case)
    ticks = case.ticks | checked_ticks(one.materials, request.ticks)
    lacking = {material.id: material.name for material in missing(one.materials, ticks)}
    facts: dict[str, Any] = {"note": request.note.strip(), "by": request.by.name}
    facts[RECEIVED] = received(one.materials, case.ticks, ticks)
    pieces = pieces_brought(one.materials, case.ticks, ticks, request.papers)
    if deferred:
        case = _deferred_brought(tx, case, request.by, ticks, lacking, facts, now)
        list_later(tx, case, pieces, now)
        return case
    in_words = asked_in_words(case, one.materials)
    still = [lacking[key] for key in _corrected(case) if key in lacking]
    still += [text for text in in_words if text not in request.words]
    if still:
        raise StillMissing(material=still[0])
    facts[RECEIVED] += [*in_words, *_written_down(tx, one, request.papers)]
    case = corrected_now(tx, tx.cases.get(case.id), request.by, ticks, facts, now)
    list_later(tx, case, pieces, now)
    return case


def _written_down(tx: Tx, one: Matter, papers: Sequence[Received]) -> list[str]:
    """Papers of an item without a list, added to those it has; as the receipt names them. Raises ListPublished."""
    if not papers:
        return []
    if not unwritten(one.item):
        raise ListPublished(item=one.item.name)
    parent = one.case.parent_id
    parts = [one.case] if parent is None else tx.cases.children(parent)
    fresh = numbered_on(papers, [each for part in parts for each in part.received or []])
    tx.cases.set(
        one.case,
        received=[
            *(one.case.received or []),
            *(each.model_dump(mode="json") | {"item": one.case.item_id} for each in fresh),
        ],
    )
    return [f"{each.name}（{FORM_WORDS[each.form][0]}，{each.copies}份）" for each in fresh]


def corrected_now(tx: Tx, case: Case, by: Actor, ticks: Ticks, facts: dict[str, Any], now: int) -> Case:
    """Back to where it was when the department asked; the clock runs on."""
    back = CaseState((case.correction or {})["from"])
    columns: dict[str, Any] = {"ticks": ticks, "correction_due": None}
    if case.deferral_due is not None:
        lacking = {one.id for one in missing(matter(tx, case).materials, ticks)}
        if not lacking.intersection((case.deferral or {})["materials"]):
            columns["deferral_due"] = None  # what was to follow came along
    facts = {**facts, OWED: columns.get("deferral_due", case.deferral_due)}
    case = move(tx, case, back, by, "supplemented", facts, now, **columns)
    case = deadlines.run(tx, case, now)
    notices.tell_step(tx, case, "supplemented", now)
    return case


def _corrected(case: Case) -> list[str]:
    return [one["material"] for one in (case.correction or {}).get("items", []) if one["material"]]


def _deferred_brought(
    tx: Tx,
    case: Case,
    by: Actor,
    ticks: frozenset[tuple[str, str]],
    lacking: dict[str, str],
    facts: dict[str, Any],
    now: int,
) -> Case:
    """Part of it may come first; the date stands until all is there."""
    due = case.deferral_due if any(key in lacking for key in (case.deferral or {})["materials"]) else None
    brought = len(ticks) > len(case.ticks)
    if not brought and due is not None:
        raise StillMissing(material=next(iter(lacking.values())))
    case = tx.cases.set(case, ticks=ticks, deferral_due=due)
    note(tx, case, by, "deferral_brought" if due is None else "deferral_part", {**facts, OWED: due})
    if due is None:
        notices.tell(tx, case, "deferral_done", now)
    return case
