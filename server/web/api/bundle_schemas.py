"""What the API takes and gives about bundles (一件事) as citizens see them."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from server.web.api.catalogue_schemas import Answered, Answers, Language, MaterialOut, QuestionOut, SituationOut
from server.web.api.parsing import Body, Query
from server.web.api.schemas import Code, Out


class BundleQuery(Query):
    q: Annotated[str, Field(max_length=60)] = Field("", description="words or pinyin initials", examples=["cg"])


class BundleItem(Out):
    id: str
    name: str
    department: str
    offered: bool


class BundleOut(Out):
    id: str
    name: str
    name_en: str
    guide: str
    active: bool
    offered: bool
    section: str | None = Field(description="where its number is taken: the first item's")
    items: list[BundleItem]


class BundlesOut(Out):
    bundles: list[BundleOut]


class BundleWalkBody(Body):
    answers: Annotated[dict[Code, Answers], Field(max_length=20)] = Field(
        default_factory=dict, description="item → question → chosen options"
    )


class PrintBundleWalk(BundleWalkBody):
    language: Language = Field("zh", description="en: English names beside the Chinese ones")


class OpenQuestion(Out):
    item: str
    name: str
    question: QuestionOut


class BundleMatter(Out):
    item: str
    version: int
    name: str
    situation: SituationOut | None


class BundleAnswered(Answered):
    item: str
    name: str


class JointMaterial(MaterialOut):
    of: list[str] = Field(description="names of the items that ask for it")


class CarriedOut(Out):
    name: str
    made_by: str = Field(description="the item")
    made_by_name: str
    of: list[str]
    zh: str
    en: str


class BundleWalkOut(Out):
    bundle: str
    name: str
    name_en: str
    guide: str
    open: list[OpenQuestion]
    answered: list[BundleAnswered]
    items: list[BundleMatter]
    materials: list[JointMaterial]
    carried: list[CarriedOut] = Field(description="nobody brings these: an item of the bundle makes them")
    unlisted: list[str] = Field(description="items whose list is not published: that is not “nothing is needed”")
    complete: bool
    hall: str
    hall_en: str
    windows: list[int] = Field(description="of the first item, where the number is taken")
    today: list[str] = Field(description="when the hall is open today")
    link: str = Field(description="the same on a phone")
