"""What the API takes and gives about the catalogue in the making: tree, versions, reviews, trials, files."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field

from server.domain.catalogue.model import ItemVersion
from server.domain.catalogue.review import Grade
from server.web.api.adjustment_schemas import AdjustmentOut
from server.web.api.catalogue_schemas import Day, MaterialOut, NodeOut
from server.web.api.parsing import Body, Query
from server.web.api.schemas import Code, Out, Time, WindowNumber

NodeId = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=64)]
NodeName = Annotated[str, Field(min_length=1, max_length=300)]
Words = Annotated[str, Field(max_length=300)]
Revision = Annotated[int, Field(ge=1, description="the one the editor began from")]


class NewNode(Body):
    id: NodeId = Field(examples=["fund-loan"])
    name: NodeName = Field(examples=["住房公积金贷款"])
    parent: Annotated[str, Field(max_length=64)] = ""
    name_en: Words = ""
    code: Annotated[str, Field(max_length=64)] = ""
    department: Annotated[str, Field(max_length=120)] = Field("", examples=["市住房公积金管理中心"])
    is_item: bool = Field(False, examples=[True])
    position: Annotated[int, Field(ge=0, le=99_999)] | None = None


class NodeChange(Body):
    """What is left out stays."""

    name: NodeName | None = None
    parent: Annotated[str, Field(max_length=64)] | None = None
    name_en: Words | None = None
    code: Annotated[str, Field(max_length=64)] | None = None
    department: Annotated[str, Field(max_length=120)] | None = None
    position: Annotated[int, Field(ge=0, le=99_999)] | None = None


class UnderWay(Out):
    version: int
    stage: str
    stage_zh: str
    stage_en: str
    initials: str = Field(description="pinyin initials of its name, to find it by")


class DeskNode(NodeOut):
    position: int
    retired: bool
    in_force: int | None = Field(description="the version that holds today")
    under_way: UnderWay | None
    may_write: bool
    may_publish: bool


class DeskTree(Out):
    nodes: list[DeskNode]


class NodeKept(NodeOut):
    position: int


class OrderBody(Body):
    parent: Annotated[str, Field(max_length=64)] = Field("", description="empty: the top")
    order: Annotated[list[NodeId], Field(min_length=1, max_length=2000)] = Field(examples=[["fund-loan", "fund-rent"]])


class OrderOut(Out):
    nodes: list[NodeKept]


class VersionLine(Out):
    version: int
    stage: str
    stage_zh: str
    stage_en: str
    revision: int
    round: int
    effective_from: Day | None
    effective_to: Day | None
    note: str
    changed_at: Time
    changed_by: str
    published_at: Time | None


class VersionLines(Out):
    item: str
    name: str
    versions: list[VersionLine]


class FaultOut(Out):
    place: str
    zh: str
    en: str


class ReviewerOut(Out):
    username: str
    name: str


class ReviewOut(Out):
    round: int
    reviewer: str
    name: str
    grades: dict[str, str]
    reasons: dict[str, str]
    at: Time


class TrialOut(Out):
    round: int
    window: int | None = Field(description="null: an approver's objection")
    clerk: str
    name: str
    objection: str
    at: Time


class TrialWindow(Out):
    number: int
    name: str
    clerk_name: str | None = Field(description="who has it open now")
    ready: bool = Field(description="open, by a clerk who may still try it")


class Because(Out):
    zh: str
    en: str


class MockOut(Out):
    """What the mock intake still needs: so many different windows, each with another clerk."""

    needed: int
    missing: int
    windows: list[TrialWindow] = Field(description="where it may still be tried")
    refusal: Because | None = Field(description="why the asker's own open window cannot try it")


class VersionMay(Out):
    """`try` and `object`: a clerk's mock intake, an approver's objection."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    save: bool
    drop: bool
    submit: bool
    organize: bool = Field(description="choose who reviews it: the hall's administration")
    review: bool
    try_: bool = Field(alias="try")
    object: bool
    publish: bool


class VersionOut(VersionLine):
    item: str
    code: str
    body: dict[str, Any] = Field(description="the version as `save` takes it")
    materials: list[MaterialOut]
    faults: list[FaultOut]
    authors: list[ReviewerOut]
    reviewers: list[ReviewerOut]
    reviews: list[ReviewOut]
    trials: list[TrialOut]
    mock: MockOut | None = Field(description="in mock intake only")
    may: VersionMay
    publishable: bool


class NewDraft(Body):
    note: Words = ""


class SaveBody(Body):
    revision: Revision
    body: ItemVersion


class DropBody(Body):
    revision: Revision = Field(examples=[1])


class PanelBody(Body):
    reviewers: Annotated[list[Code], Field(max_length=20)] = Field(examples=[["market.head", "manager"]])


class SubmitBody(PanelBody):
    revision: Revision = Field(examples=[3])


class ReviewBody(Body):
    grades: Annotated[dict[Code, Annotated[Grade, Field(strict=False)]], Field(max_length=10)] = Field(
        examples=[dict.fromkeys(("naming", "situations", "materials", "checkpoints", "attributes"), "high")]
    )
    reasons: Annotated[dict[Code, Annotated[str, Field(max_length=500)]], Field(max_length=10)] = Field(
        default_factory=dict, description="one with each grade that is not high"
    )


class TrialBody(Body):
    window: WindowNumber | None = Field(None, examples=[3], description="left out by an approver who objects")
    objection: Annotated[str, Field(max_length=500)] = ""


class PublishBody(Body):
    effective_from: Annotated[date, Field(strict=False)] | None = Field(
        None, description="left out: today", examples=["2026-12-01"]
    )


class RetireBody(Body):
    last_day: Annotated[date, Field(strict=False)] | None = Field(
        None, description="the last day it is taken in; left out: it is gone at once"
    )
    reason: Words = ""


class VersionBrief(VersionLine):
    item: str
    name: str
    department: str


class InboxCounts(Out):
    reviews: int
    trials: int
    drafts: int
    adjustments: int
    asked: int


class Inbox(Out):
    """The first twenty of each list, and how many there are."""

    counts: InboxCounts
    reviews: list[VersionBrief]
    trials: list[VersionBrief]
    drafts: list[VersionBrief]
    adjustments: list[AdjustmentOut] = Field(description="requests for changes that the asker's department answers")
    asked: list[AdjustmentOut] = Field(description="what the asker asked for, and what became of it")


class ReviewersQuery(Query):
    q: Annotated[str, Field(max_length=60)] = ""


class Colleague(Out):
    username: str
    name: str
    department: str
    of_hall: bool = Field(description="of the hall's administration (行政服务中心)")


class Reviewers(Out):
    reviewers: list[Colleague]


class FrequencyLine(Out):
    item: str
    name: str
    department: str
    cases: int
    frequency: Literal["high", "middle", "low"]
    frequency_zh: str
    frequency_en: str


class Frequencies(Out):
    since: Day
    items: list[FrequencyLine]


class BundleBody(Body):
    id: NodeId = Field(examples=["restaurant"])
    name: Annotated[str, Field(min_length=1, max_length=120)] = Field(examples=["开一家小餐馆"])
    items: Annotated[list[NodeId], Field(max_length=20)] = Field(examples=[["company-self", "food-permit"]])
    name_en: Annotated[str, Field(max_length=120)] = ""
    guide: Annotated[str, Field(max_length=4000)] = ""
    active: bool = True


# ---- files ----


class FileQuery(Query):
    name: Annotated[str, Field(min_length=1, max_length=200)] = Field(examples=["申请表.pdf"])


class OwnFileQuery(FileQuery):
    purpose: Annotated[str, Field(pattern=r"^(material:[A-Za-z0-9._-]{1,64}|other)$")] = Field(
        "other", examples=["material:id-card"]
    )


class CaseFileQuery(FileQuery):
    purpose: Annotated[str, Field(pattern=r"^(material:[A-Za-z0-9._-]{1,64}|signature|waybill|result|other)$")] = Field(
        "other", examples=["material:id-card"], description="result: a wholly online case's, by its department"
    )


class FileOut(Out):
    id: int
    name: str
    purpose: str
    media_type: str
    bytes: int
    scan: Literal["clean", "unscanned"]
    added_at: Time
    url: str | None


class FilesOut(Out):
    files: list[FileOut]
