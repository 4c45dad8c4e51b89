"""What the API takes and gives about evaluations (好差评)."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, ConfigDict, Field

from server.domain.evaluation import COMMENT_LENGTH, MOST_TAGS
from server.domain.masking import mask_within
from server.web.api.hall_schemas import EvaluationTagOut
from server.web.api.parsing import Body, Query
from server.web.api.schemas import Code, Id, Out, Time, WindowNumber, WindowState

Score = Annotated[int, Field(ge=1, le=5, description="5 非常满意 · 4 满意 · 3 基本满意 · 2 不满意 · 1 非常不满意")]
Comment = Annotated[str, Field(max_length=COMMENT_LENGTH), AfterValidator(mask_within)]
Tags = Annotated[list[Code], Field(max_length=MOST_TAGS)]


class Said(Body):
    """What a citizen says, wherever it is said."""

    score: Score
    tags: Tags = Field([], description="ids of the hall file's reasons; with the two low scores only")
    comment: Comment = ""


class Evaluate(Said):
    model_config = ConfigDict(
        json_schema_extra={"examples": [{"token": "7kq4mx9apw3d", "score": 2, "tags": ["slow"], "comment": "等太久"}]}
    )

    token: Annotated[str, Field(min_length=1, max_length=40)] = Field(description="the end of the citizen's link")


class Given(Out):
    score: int
    at: Time


# ---- the pad ----


class PadQuery(Query):
    window: WindowNumber | None = Field(None, description="left out by a paired pad, which has its own")


class PadSaid(Said):
    model_config = ConfigDict(json_schema_extra={"examples": [{"ticket": 12, "score": 5}]})

    ticket: Id
    window: WindowNumber | None = Field(None, description="left out by a paired pad")


class Invitation(Out):
    """A service that may be rated now: what it was, and who served."""

    ticket: int | None = Field(description="rated by /pad/evaluations; None: a case")
    case: int | None = Field(description="its result was handed over just now: rated by /pad/case-evaluations")
    number: str = Field(description="the ticket's number, or the 公示号 of the case")
    item: str
    item_en: str
    clerk_name: str
    until: Time = Field(description="the quiet countdown's end")


class Pad(Out):
    window: int
    state: WindowState
    clerk_name: str | None
    invitation: Invitation | None
    tags: list[EvaluationTagOut]
    seconds: int = Field(description="how long an invitation stands")
    now: Time


# ---- the manager ----


class Days(Query):
    """Business days, both included; left out: today."""

    first: date | None = Field(None, alias="from", examples=["2026-11-16"])
    last: date | None = Field(None, alias="to", examples=["2026-11-22"])


class ReportQuery(Days):
    words: bool = Field(True, description="with the low scores and comments; reading them is noted in the audit")


class ScoreCount(Out):
    score: int
    zh: str
    en: str
    count: int


class WindowAverage(Out):
    window: int
    ratings: int
    average: float = Field(description="1–5; windows with fewer than five ratings are left out")


class SaidThen(Out):
    """One evaluation, for the manager's follow-up."""

    ticket: int
    number: str
    day: str
    at: Time
    score: int
    tags: list[EvaluationTagOut]
    comment: str
    channel: Literal["pad", "phone"]
    window: int | None
    clerk_name: str
    item_name: str


class Report(Out):
    first: str
    last: str
    finished: int = Field(description="services that ended; those not rated are 未评价")
    rated: int
    scores: list[ScoreCount]
    windows: list[WindowAverage]
    low: list[SaidThen] = Field(description="the two low scores, newest first, 200 at most")
    remarks: list[SaidThen] = Field(description="what others wrote, newest first, 200 at most")
