"""What was handed in for an item whose list is not published: its clerk writes down each paper, as nobody else has."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import Field

from server.domain.catalogue.model import Form, ItemVersion, Material, Piece, Text
from server.domain.refusals import Refusal


class ListPublished(Refusal):
    status, code = 409, "list_published"
    zh = "“{item}”的材料清单已经发布，请按清单核对，不另行登记。"
    en = "The list of “{item}” is published. Check the papers against it, none are written down beside it."


class PaperOfNoItem(Refusal):
    status, code = 422, "paper_of_no_item"
    zh = "请写明“{name}”是哪一项的材料：{items_zh}。"
    en = "Say which item “{name}” is for: {items_en}."


class Received(Piece):
    """One paper: `id` is the page's own, unique in the case. `item`: in a bundle, whose it is; "" where only one can be."""

    id: Annotated[str, Field(pattern=r"^received-[0-9]{1,3}$")]
    name: Text
    form: Form = Form.ORIGINAL
    copies: int = Field(1, ge=1, le=99)
    item: str = ""


RECEIVED = "received-"


def unwritten(item: ItemVersion) -> bool:
    """Known by name alone: neither a list nor a question. That is not "nothing is needed"."""
    return not item.materials and not item.questions


def written_down(material: Material) -> bool:
    """By the clerk, not by its department: nothing of it is to be ticked, and it is nobody else's in a joint list."""
    return material.id.startswith(RECEIVED)


def sorted_out(papers: Sequence[Received], items: dict[str, str]) -> dict[str, list[Received]]:
    """Item → its papers. `items`: those of the bundle without a list, id → name. Raises PaperOfNoItem."""
    found: dict[str, list[Received]] = {item: [] for item in items}
    for one in papers:
        item = one.item or (next(iter(items)) if len(items) == 1 else "")
        if item not in found:
            names = list(items.values())
            raise PaperOfNoItem(name=one.name, items_zh="、".join(names), items_en=", ".join(names))
        found[item].append(one.model_copy(update={"item": item}))
    return found


def numbered_on(papers: Sequence[Received], before: Sequence[dict[str, Any]]) -> list[Received]:
    """Brought later: each with a number that none of `before` (in a bundle: of all its parts) has had."""
    last = max((int(one["id"].removeprefix(RECEIVED)) for one in before), default=0)
    return [one.model_copy(update={"id": f"{RECEIVED}{last + nth}"}) for nth, one in enumerate(papers, 1)]


def received_materials(kept: list[dict[str, Any]] | None) -> list[Material]:
    """As rows of the case's list, with nothing to be ticked."""
    papers = [Received(**one) for one in kept or []]
    return [Material(id=one.id, name=one.name, source="申请人", form=one.form, copies=one.copies) for one in papers]
