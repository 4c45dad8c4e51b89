"""What the API takes and gives about the catalogue as citizens see it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field

from server.web.api.parsing import Body, Query
from server.web.api.schemas import Code, Out, Time

Day = Annotated[str, Field(description="day of the hall's calendar", examples=["2026-11-23"])]
Frequency = Literal["high", "middle", "low"]
Answers = Annotated[
    dict[Code, Annotated[list[Code], Field(max_length=30)]],
    Field(max_length=60, description="question → chosen options", examples=[{"house": ["new"]}]),
]


class NodeOut(Out):
    id: str
    parent: str = Field(description="empty at the top")
    level: int
    name: str
    name_en: str
    code: str
    department: str
    is_item: bool
    frequency: Frequency | None


class Tree(Out):
    nodes: list[NodeOut]


class SearchQuery(Query):
    q: Annotated[str, Field(max_length=60)] = Field("", description="words or pinyin initials", examples=["gjj"])
    section: Code | None = None
    department: Annotated[str, Field(max_length=120)] | None = None
    applicant: Literal["person", "company", "organisation"] | None = None


class FeeOut(Out):
    yuan: float
    basis: str


class ItemBrief(Out):
    """Limits in working days. `path`: the folders above it."""

    id: str
    name: str
    name_en: str
    code: str
    department: str
    section: str
    kind: str
    kind_zh: str
    kind_en: str
    legal_days: int
    promised_days: int
    fee: FeeOut
    applicants: list[str]
    version: int
    frequency: Frequency | None
    path: list[str]
    asks: int = Field(description="how many questions there are; 0: one list for everybody")
    things: int = Field(description="how many materials it knows; 0: its department has written no list yet")


class FoundItems(Out):
    items: list[ItemBrief]


class MarkOut(Out):
    x: float
    y: float
    width: float
    height: float


class CheckpointOut(Out):
    id: str
    text: str
    about: Literal["form", "content"]
    page: int
    mark: MarkOut | None = Field(description="where the sample shows it, in shares of its width and height")


class MaterialColumns(Out):
    """The columns of seed 003's table."""

    id: str
    name: str
    name_en: str = Field(description="empty where nobody has written it")
    source: str
    form: str
    form_zh: str
    form_en: str
    copies: int
    medium: str
    medium_zh: str
    medium_en: str
    shared: bool
    deferrable: bool
    blank: str
    sample: str
    note: str
    result_of: str = Field(description="the item whose result it is; in a bundle with that item nobody brings it")


class MaterialOut(MaterialColumns):
    blank_url: str | None
    sample_url: str | None
    result_of_name: str
    checkpoints: list[CheckpointOut]


class OptionOut(Out):
    id: str
    text: str
    text_en: str


class QuestionOut(Out):
    id: str
    text: str
    text_en: str = Field(description="empty where nobody has written it")
    kind: Literal["single", "multiple", "condition"]
    options: list[OptionOut]


class SituationOut(Out):
    id: str
    name: str
    name_en: str = Field(description="empty where nobody has written it")


class ItemTexts(ItemBrief):
    minutes: float
    conditions: str
    guide: str
    basis: str
    result: str
    refusal_reasons: list[str]
    joint_departments: list[str]


class ItemWhole(ItemTexts):
    materials: list[MaterialOut]
    questions: list[QuestionOut]
    situations: list[SituationOut]
    effective_from: Day | None
    effective_to: Day | None


class WalkBody(Body):
    model_config = ConfigDict(json_schema_extra={"examples": [{"answers": {"house": ["new"]}}]})

    answers: Answers = Field(default_factory=dict)


Language = Literal["zh", "en"]


class PrintWalk(WalkBody):
    language: Language = Field("zh", description="en: English names beside the Chinese ones")


class Answered(Out):
    question: str
    text: str
    text_en: str
    chosen: list[str]
    chosen_text: list[str]
    chosen_text_en: list[str] = Field(description="in Chinese where there is no English")


class WalkOut(Out):
    """The next question, or the situation with its exact list."""

    item: str
    version: int
    name: str
    question: QuestionOut | None
    situation: SituationOut | None
    answered: list[Answered]
    materials: list[MaterialOut]


class Promise(Out):
    day: Day
    provisional: bool


class GuideOut(WalkOut):
    about: ItemTexts
    hall: str
    hall_en: str
    windows: list[int]
    today: list[str] = Field(description="when the hall is open today")
    promise: Promise | None = Field(description="when it would be decided if taken in today")
    link: str = Field(description="the item's guide on a phone")
    bring: list[str] = Field(description="what slips ask for: all there is for an item without a list of its own")
    printed_at: Time


# ---- words and calendar ----


class Word(Out):
    id: str
    zh: str
    en: str


class SectionName(Out):
    id: str
    name: str
    name_en: str


class Words(Out):
    """What the pages of the catalogue are written with."""

    kinds: list[Word]
    forms: list[Word]
    media: list[Word]
    applicants: list[Word]
    aspects: list[Word]
    grades: list[Word]
    stages: list[Word]
    frequencies: list[Word]
    flaws: list[Word] = Field(description="what a request for a change says is amiss")
    abouts: list[Word] = Field(description="with which part of the item")
    vague_words: dict[str, str] = Field(description="word → what to write instead")
    departments: list[str]
    sections: list[SectionName]


class HolidayOut(Out):
    date: Day
    name: str
    works: bool = Field(description="a weekend day that is worked; else a day off")


class HolidaysOut(Out):
    years: list[int]
    missing: list[int] = Field(description="years that are asked for and not published here")
    days: list[HolidayOut]


class HolidayFile(Body):
    """The year as published: `{"year", "days": [{"name", "date", "isOffDay"}]}`."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"file": {"year": 2026, "days": [{"name": "元旦", "date": "2026-01-01", "isOffDay": True}]}}]
        }
    )

    file: dict[str, Any]


class PrintedGuide(Out):
    """The list came out of `printer`; or `browser`: the page prints it itself."""

    printed: bool
    printer: str | None = Field(examples=["一号小票机"])
    browser: bool
