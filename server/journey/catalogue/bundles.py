"""一件事: several items applied for with one form and one list, put together by whoever leads the hall."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from server.domain.actor import Actor
from server.domain.cases.bundling import Carried, carried, comes_too_late, joined
from server.domain.cases.received import unwritten
from server.domain.catalogue.checking import refuse_faults
from server.domain.catalogue.model import ItemVersion
from server.domain.catalogue.situations import Answers, Walk, materials_of, walk
from server.domain.catalogue.wording import vague_in
from server.domain.guide_sheet import GuideSheet
from server.domain.refusals import Refusal
from server.domain.search import search_bundles
from server.journey.catalogue.drafting import item_node, vague_words
from server.journey.catalogue.guide import (
    answered_json,
    item_name,
    material_json,
    open_today,
    question_json,
    situation_json,
)
from server.journey.catalogue.rights import NeedsLeader
from server.journey.catalogue.sheet import answered_words, sheet_made, thing
from server.store.bundles import Bundle
from server.store.transaction import Tx

Json = dict[str, Any]
LEAST = 2


class BundleItemsTooFew(Refusal):
    status, code = 422, "bundle_items_too_few"
    zh = "一件事至少要有 {least} 个不同的事项。"
    en = "A bundle needs at least {least} different items."


class BundleOrderWrong(Refusal):
    status, code = 422, "bundle_order_wrong"
    zh = "“{material}”由“{made_by}”办理产生，请把它排在“{item}”前面。"
    en = "“{made_by}” makes the “{material}” that “{item}” asks for. Put it first."


class BundleWordingVague(Refusal):
    status, code = 422, "bundle_wording_vague"
    zh = "一件事还不能向群众提供，有 {count} 处要改：{first_zh}"
    en = "The bundle cannot be offered; {count} places need work, the first: {first_en}"


@dataclass(frozen=True, slots=True)
class PutBundle:
    by: Actor
    id: str
    name: str
    items: Sequence[str]
    name_en: str = ""
    guide: str = ""
    active: bool = True


def put_bundle(tx: Tx, request: PutBundle, now: int) -> Bundle:
    """Add a bundle or change the one with this id.

    Raises NeedsLeader, BundleItemsTooFew, BundleOrderWrong, BundleWordingVague, NodeUnknown, NotAnItem.
    """
    if not request.by.leads:
        raise NeedsLeader()
    items = tuple(dict.fromkeys(item_node(tx, item).id for item in request.items))
    if len(items) < LEAST:
        raise BundleItemsTooFew(least=LEAST)
    check_order(tx, items)
    if request.active:  # one that is vague can always be taken off the offer
        check_wording(tx, request.name, request.guide)
    bundle = Bundle(request.id, request.name, request.name_en, items, request.guide, request.active)
    tx.audit.add(request.by.id, "bundle.put", f"bundle:{bundle.id}", {"items": list(items), "active": bundle.active})
    return tx.bundles.put(bundle, request.by.id)


def check_order(rx: Tx, items: Sequence[str]) -> None:
    """An item comes after those whose results it asks for, as far as they are published. Raises BundleOrderWrong."""
    rows = {item: rx.catalogue.find_in_force(item, rx.rules.day) for item in items}
    late = comes_too_late([(item, row.item.materials if row else ()) for item, row in rows.items()])
    if late is not None:
        made_by, item = item_name(rx, late.made_by), item_name(rx, late.of[0])
        raise BundleOrderWrong(material=late.name, made_by=made_by, item=item)


def check_wording(rx: Tx, name: str, guide: str) -> None:
    """What citizens read of it is as exact as an item's. Raises BundleWordingVague."""
    refuse_faults(vague_in([("名称", name), ("办事说明", guide)], vague_words(rx)), BundleWordingVague)


def bundle_json(rx: Tx, bundle: Bundle) -> Json:
    items = [_item_json(rx, item) for item in bundle.items]
    return {
        "id": bundle.id,
        "name": bundle.name,
        "name_en": bundle.name_en,
        "guide": bundle.guide,
        "active": bundle.active,
        "section": _section(rx, bundle),
        "items": items,
        "offered": bundle.active and all(one["offered"] for one in items),
    }


def _section(rx: Tx, bundle: Bundle) -> str | None:
    """Where its number is taken: its first item's section."""
    first = rx.rules.items.get(bundle.items[0])
    return first.section if first else None


def _item_json(rx: Tx, item_id: str) -> Json:
    item, node = rx.rules.items.get(item_id), rx.catalogue.find_node(item_id)
    return {
        "id": item_id,
        "name": item.name if item else node.name if node else item_id,
        "department": item.department if item else node.department if node else "",
        "offered": item_id in rx.rules.versions and bool(rx.rules.item_windows.get(item_id)),
    }


def bundles_view(rx: Tx, *, every: bool = False, text: str = "") -> Json:
    """Those on offer that fit `text` (all, where it is blank); `every` for staff."""
    return {"bundles": [bundle_json(rx, one) for one in search_bundles(rx.bundles.all(active=not every), text)]}


def _ways(rx: Tx, bundle: Bundle, answers: Mapping[str, Answers]) -> list[tuple[str, int, ItemVersion, Walk]]:
    """(id, version, item, how far the answers lead) of each item. Raises ItemNotPublished, AnswerUnknown."""
    found = []
    for item_id in bundle.items:
        version, item = rx.catalogue.in_force(item_id, rx.rules.day)
        found.append((item_id, version, item, walk(item, answers.get(item_id, {}))))
    return found


def bundle_walk(rx: Tx, bundle_id: str, answers: Mapping[str, Answers]) -> Json:
    """The questions still open, item by item, and the one list so far.

    Raises BundleUnknown, ItemNotPublished, AnswerUnknown.
    """
    bundle = rx.bundles.get(bundle_id)
    open_: list[Json] = []
    items: list[Json] = []
    answered: list[Json] = []
    lists = []
    ways = _ways(rx, bundle, answers)
    for item_id, version, item, way in ways:
        if way.question:
            open_.append({"item": item_id, "name": item.name, "question": question_json(way.question)})
        found = situation_json(way.situation) if way.situation else None
        items.append({"item": item_id, "version": version, "name": item.name, "situation": found})
        said = answered_json(item, way, answers.get(item_id, {}))
        answered += [{"item": item_id, "name": item.name, **one} for one in said]
        lists.append((item_id, materials_of(item, way.materials)))
    names = {one["item"]: one["name"] for one in items}
    return {
        "bundle": bundle.id,
        "name": bundle.name,
        "name_en": bundle.name_en,
        "guide": bundle.guide,
        "open": open_,
        "answered": answered,
        "items": items,
        # A blank or a sample is a file of the first item that asks for the material.
        "materials": [
            {**material_json(rx, one.of[0], one.material), "of": [names[item] for item in one.of]}
            for one in joined(lists)
        ],
        "carried": [_carried_json(one, names) for one in carried(lists)],
        "unlisted": [item.name for _, _, item, _ in ways if unwritten(item)],
        "complete": not open_,
        "hall": rx.rules.file.hall.name,
        "hall_en": rx.rules.file.hall.name_en,
        "windows": sorted(rx.rules.item_windows.get(bundle.items[0], ())),
        "today": open_today(rx),
        "link": bundle_link(rx, bundle.id),
    }


def _carried_json(one: Carried, names: Mapping[str, str]) -> Json:
    zh, en = _carried_words(one, names)
    of = [names[item] for item in one.of]
    return {
        "name": one.name,
        "made_by": one.made_by,
        "made_by_name": names[one.made_by],
        "of": of,
        "zh": zh,
        "en": en,
    }


def _carried_words(one: Carried, names: Mapping[str, str]) -> tuple[str, str]:
    made_by = names[one.made_by]
    return f"由本件事中的“{made_by}”办理后自动带入", f"comes by itself from “{made_by}” of this visit"


def bundle_link(rx: Tx, bundle_id: str) -> str:
    return f"{rx.link_base}/g/b/{bundle_id}"


def bundle_sheet(rx: Tx, bundle_id: str, answers: Mapping[str, Answers], english: bool = False) -> GuideSheet:
    """The one list to print, each thing with the items that ask for it. Raises as `bundle_walk`."""
    bundle = rx.bundles.get(bundle_id)
    ways = _ways(rx, bundle, answers)
    names = {item_id: item.name for item_id, _, item, _ in ways}
    lists = [(item_id, materials_of(item, way.materials)) for item_id, _, item, way in ways]
    unlisted = [item.name for _, _, item, _ in ways if unwritten(item)]
    open_ = [("清单还没有发布", f"{'、'.join(unlisted)}：还要带什么，请问导服台")] if unlisted else []
    made = [(f"不用带：{one.name}", _carried_words(one, names)[0]) for one in carried(lists)]
    return sheet_made(
        rx,
        name=(bundle.name, bundle.name_en if english else ""),
        facts=(("一件事", "、".join(names.values())), *open_, *made),
        answered=tuple(
            pair
            for item_id, _, item, way in ways
            for pair in answered_words(item, way.answered, answers.get(item_id, {}), english=english)
        ),
        bring=tuple(
            thing(one.material, "用于：" + "、".join(names[item] for item in one.of), english=english)
            for one in joined(lists)
        ),
        link=bundle_link(rx, bundle.id),
    )
