"""What the API takes and gives about evaluations (好差评)."""

from __future__ import annotations

from typing import Annotated

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

    ticket: int
    number: str
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
