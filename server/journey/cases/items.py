"""What a case is about: the item as it was published when the case was opened, its answers and its list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from server.domain.cases import signed_form
from server.domain.cases.bundling import Shared, joined, makes, own_ticks
from server.domain.cases.received import received_materials, unwritten, written_down
from server.domain.cases.record import Case, Ticks
from server.domain.cases.state import CaseState
from server.domain.catalogue.model import ItemVersion, Material
from server.domain.catalogue.situations import Walk, materials_of, walk
from server.domain.refusals import Refusal
from server.journey.cases.particulars import check_code
from server.store.transaction import Tx


class CheckpointUnknown(Refusal):
    status, code = 422, "checkpoint_unknown"
    zh = "这个情形的材料清单里没有审查要点“{material}/{checkpoint}”，请刷新后再核对。"
    en = "The list of this situation has no checkpoint {material}/{checkpoint}. Reload and check again."


class SituationOpen(Refusal):
    status, code = 409, "situation_open"
    zh = "“{item}”的办事情形还没有问完：{question}"
    en = "The situation of “{item}” is not found yet: {question}"


@dataclass(frozen=True, slots=True)
class Awaited:
    """A material of a part of a bundle that another part, `made_by`, makes."""

    material: Material
    made_by: Case

    @property
    def here(self) -> bool:
        """Is the result there?"""
        return self.made_by.decision == CaseState.APPROVED


@dataclass(frozen=True, slots=True)
class Matter:
    """A case with its item, how far its answers lead, and its list so far in the item's order.

    `materials` are brought; `awaited` come from other parts of the bundle.
    """

    case: Case
    item: ItemVersion
    way: Walk
    materials: list[Material]
    awaited: tuple[Awaited, ...] = ()


def matter(tx: Tx, case: Case) -> Matter:
    """Of a case with an item of its own. The version it was opened under stays its own. First in its list stands the form
    itself, where it is to be printed and signed (固化材料); without a published list it is what was received."""
    item = tx.catalogue.version(case.item_id, case.item_version)
    way = walk(item, case.answers)
    signed = [signed_form.material(check_code(tx, case))] if signed_form.wanted(case) else []
    materials = [*signed, *materials_of(item, way.materials), *received_materials(case.received)]
    if case.parent_id is None or not any(one.result_of for one in materials):
        return Matter(case, item, way, materials)
    before = {one.item_id: one for one in tx.cases.children(case.parent_id) if one.id < case.id}
    awaited = tuple(Awaited(one, before[one.result_of]) for one in materials if makes(one, before))
    return Matter(case, item, way, [one for one in materials if not makes(one, before)], awaited)


def name_en(rx: Tx, case: Case) -> str:
    """What a citizen's page in English calls it, as the catalogue says today; "" where nobody has written it."""
    if case.bundle is not None and case.parent_id is None:
        return rx.bundles.get(case.bundle).name_en
    item = rx.rules.items.get(case.item_id)
    return item.name_en if item else ""


def waiting_for(rx: Tx, case: Case) -> list[Case]:
    """The parts of its bundle that want what this one makes."""
    if case.parent_id is None:
        return []
    others = (one for one in rx.cases.children(case.parent_id) if one.id > case.id)
    return [one for one in others if any(each.made_by.id == case.id for each in matter(rx, one).awaited)]


def matters(tx: Tx, case: Case) -> list[Matter]:
    """The case's own, or one a child for a bundle."""
    cases = tx.cases.children(case.id) if case.is_bundle else [case]
    return [matter(tx, one) for one in cases]


def joint_list(found: Sequence[Matter]) -> list[Shared]:
    """The one list of a bundle: of what its items' departments have written. What a clerk has written down is of one item."""
    lists = [(one.case.item_id, [each for each in one.materials if not written_down(each)]) for one in found]
    return joined(lists)


def whole_list(case: Case, found: Sequence[Matter]) -> list[Material]:
    """Everything the case lists: its own or the joint list, and what was written down."""
    if not case.is_bundle:
        return found[0].materials
    received = [each for one in found for each in one.materials if written_down(each)]
    return [*(one.material for one in joint_list(found)), *received]


def unlisted(found: Sequence[Matter]) -> dict[str, str]:
    """Items whose list is not published, id → name."""
    return {one.case.item_id: one.item.name for one in found if unwritten(one.item)}


def need_situation(one: Matter) -> Matter:
    """Raises SituationOpen with the question still to be answered."""
    if one.way.situation is None:
        question = one.way.question.text if one.way.question else "?"
        raise SituationOpen(item=one.item.name, question=question)
    return one


def checked_answers(item: ItemVersion, answers: Mapping[str, Any]) -> dict[str, list[str]]:
    """Answers on the way, and no others. Raises AnswerUnknown."""
    given = {str(key): [str(one) for one in chosen] for key, chosen in answers.items()}
    return {key: given[key] for key in walk(item, given).answered}


def checked_ticks(materials: Iterable[Material], ticks: Iterable[tuple[str, str]]) -> Ticks:
    """Raises CheckpointUnknown for one that is not in the list."""
    known = {(one.id, point.id) for one in materials for point in one.checkpoints}
    found = frozenset(ticks)
    for material, point in sorted(found - known):
        raise CheckpointUnknown(material=material, checkpoint=point)
    return found


def checked_own_ticks(shared: Iterable[Shared], ticks: Iterable[tuple[str, str]]) -> dict[str, Ticks]:
    """item → its own ticks, from those of a bundle's list. Raises CheckpointUnknown."""
    try:
        return {item: frozenset(own) for item, own in own_ticks(shared, ticks).items()}
    except KeyError as unknown:
        material, point = unknown.args[0]
        raise CheckpointUnknown(material=material, checkpoint=point) from None


def kept_ticks(materials: Iterable[Material], ticks: Ticks) -> Ticks:
    """After an answer has changed: what is still in the list."""
    return ticks & {(one.id, point.id) for one in materials for point in one.checkpoints}


def departments(item: ItemVersion) -> tuple[str, ...]:
    """Who decides: the item's own department first, then those of the joint approval (并联审批)."""
    return tuple(dict.fromkeys((item.department, *item.joint_departments)))
