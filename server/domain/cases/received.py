"""What was handed in for an item whose list is not published: its clerk writes down each paper, as nobody else has."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from server.domain.catalogue.model import Form, ItemVersion, Material, Piece, Text
from server.domain.refusals import Refusal


class ListPublished(Refusal):
    status, code = 409, "list_published"
    zh = "“{item}”的材料清单已经发布，请按清单核对，不另行登记。"
    en = "The list of “{item}” is published. Check the papers against it, none are written down beside it."


class Received(Piece):
    """One paper: `id` is the page's own, unique in the case."""

    id: Annotated[str, Field(pattern=r"^received-[0-9]{1,3}$")]
    name: Text
    form: Form = Form.ORIGINAL
    copies: int = Field(1, ge=1, le=99)


def unwritten(item: ItemVersion) -> bool:
    """Known by name alone: neither a list nor a question. That is not "nothing is needed"."""
    return not item.materials and not item.questions


def received_materials(kept: list[dict[str, Any]] | None) -> list[Material]:
    """As rows of the case's list, with nothing to be ticked."""
    papers = [Received(**one) for one in kept or []]
    return [Material(id=one.id, name=one.name, source="申请人", form=one.form, copies=one.copies) for one in papers]
