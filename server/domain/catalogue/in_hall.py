"""What the catalogue has published as items of the hall (同源发布): one source for kiosk, desks, phone and print."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from config.hall_file import HallFile, Item

BRING_LENGTH = 120
SEE_LIST = "另按您的情形，见材料清单"


@dataclass(frozen=True, slots=True)
class Published:
    """An item of the catalogue on one day: its version's `body` as plain JSON, or None: it is offered no more."""

    item_id: str
    version: int
    initials: str
    body: Mapping[str, Any] | None


def overlaid(file: HallFile, published: Iterable[Published]) -> HallFile:
    """The hall file with the catalogue's items laid over its own of the same id, the others after them.

    An item whose section the hall file no longer has stays as the hall file has it, or away.
    """
    entries = list(published)
    if not entries:
        return file
    items = {item.id: item for item in file.items}
    sections = {section.id for section in file.sections}
    for entry in entries:
        if entry.body is None:
            items.pop(entry.item_id, None)
        elif entry.body["section"] in sections:
            items[entry.item_id] = _item(entry, entry.body, items.get(entry.item_id))
    return file.model_copy(update={"items": list(items.values())})


def _item(entry: Published, body: Mapping[str, Any], own: Item | None) -> Item:
    """Checked when it was written, so not once more."""
    return Item.model_construct(
        id=entry.item_id,
        name=body["name"],
        name_en=body["name_en"] or (own.name_en if own else ""),
        section=body["section"],
        department=body["department"],
        minutes=float(body["minutes"]),
        initials=entry.initials or (own.initials if own and own.name == body["name"] else ""),
        bring=bring(body) or (own.bring if own else ""),
    )


def bring(body: Mapping[str, Any]) -> str:
    """What everybody brings, for the slip; where answers add more it says so. "" for an item without materials."""
    names = {one["id"]: one["name"] for one in body["materials"]}
    keys = list(body["always"])
    if not body["questions"]:
        keys += body["situations"][0]["adds"]
    tail = SEE_LIST if len(set(keys)) < len(names) else ""
    text = "、".join(dict.fromkeys(names[key] for key in keys if key in names))
    if len(text) + len(tail) + 1 > BRING_LENGTH:
        cut = text[: BRING_LENGTH - len(SEE_LIST) - 1].rpartition("、")[0]
        return f"{cut}；{SEE_LIST}" if cut else SEE_LIST
    return "；".join(filter(None, (text, tail)))
