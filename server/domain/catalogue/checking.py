"""Everything that stands against publishing a version of an item, each fault with its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from server.domain.catalogue.faults import Fault, tree_faults
from server.domain.catalogue.model import ItemVersion, Kind
from server.domain.catalogue.wording import VAGUE_WORDS, vague_faults
from server.domain.refusals import Refusal

INSTANT = (Kind.INSTANT_HANDOVER, Kind.INSTANT_SINGLE)


class ItemHasFaults(Refusal):
    status, code = 422, "item_has_faults"
    zh = "事项还不能送审，有 {count} 处要改：{first_zh}"
    en = "The item cannot go to review; {count} places need work, the first: {first_en}"


def faults(item: ItemVersion, vague_words: Mapping[str, str] = VAGUE_WORDS) -> list[Fault]:
    """All faults: limits, questions, materials without checkpoints, vague words."""
    return [*_limits(item), *tree_faults(item), *_materials(item), *vague_faults(item, vague_words)]


def require_sound(item: ItemVersion, vague_words: Mapping[str, str] = VAGUE_WORDS) -> None:
    """Raises ItemHasFaults with every fault in its detail."""
    refuse_faults(faults(item, vague_words))


def refuse_faults(found: Sequence[Fault], refusal: type[Refusal] = ItemHasFaults) -> None:
    """Raises `refusal`, the first in its sentence and all in its detail, unless there are none."""
    if found:
        first = found[0]
        raise refusal(
            count=len(found),
            first_zh=f"{first.place}：{first.zh}。",
            first_en=f"{first.place}: {first.en}.",
            faults=[{"place": one.place, "zh": one.zh, "en": one.en} for one in found],
        )


def _limits(item: ItemVersion) -> Iterator[Fault]:
    if item.kind in INSTANT and item.promised_days:
        yield Fault("承诺时限", "即办件当场办结，承诺时限应为 0", "an instant item is decided on the spot: 0 days")
    if item.kind == Kind.COMMITMENT and not item.promised_days:
        yield Fault("承诺时限", "承诺件应写承诺的工作日数", "say in how many working days it will be decided")
    if item.promised_days > item.legal_days and item.kind not in INSTANT:
        yield Fault("承诺时限", "承诺时限不能长于法定时限", "the promise may not be longer than the legal limit")
    if item.fee.yuan and not item.fee.basis:
        yield Fault("收费", "收费应写明收费依据", "a fee needs its legal ground")
    if len(set(item.applicants)) != len(item.applicants):
        yield Fault("申请主体", "申请主体重复", "an applicant is named twice")


def _same_day(item: ItemVersion) -> bool:
    """Is it decided on the day it is taken in? Then no day is left on which a paper could follow (容缺受理)."""
    return item.kind in INSTANT or (item.kind != Kind.COMMITMENT and not item.promised_days)


def _materials(item: ItemVersion) -> Iterator[Fault]:
    for material in item.materials:
        place = f"材料“{material.name}”"
        if material.deferrable and _same_day(item):
            yield Fault(
                place,
                "当天办结的事项没有以后可补，请去掉“可容缺”",
                "nothing can follow later in an item decided the same day; it is not deferrable",
            )
        if not material.checkpoints:
            yield Fault(place, "没有审查要点，窗口无从核对", "has no checkpoint; the clerk would have nothing to tick")
        if len({one.id for one in material.checkpoints}) != len(material.checkpoints):
            yield Fault(place, "审查要点编号重复", "two checkpoints have the same id")
        if not material.source:
            yield Fault(place, "请写来源渠道，如“公安局”“申请人自备”", "say where the citizen gets it")
        for point in material.checkpoints:
            if point.mark and (point.mark.x + point.mark.width > 1.001 or point.mark.y + point.mark.height > 1.001):
                yield Fault(f"{place}→“{point.text}”", "标注框超出示例图", "the mark lies outside the sample")
            if point.mark and not material.sample:
                yield Fault(f"{place}→“{point.text}”", "有标注而没有示例图", "is marked on a sample that is not there")
