"""What the API takes and gives about requests to change published items (动态调整)."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, ConfigDict, Field

from server.domain.catalogue.adjustment import About, Flaw
from server.domain.masking import mask_within
from server.web.api.catalogue_schemas import Day
from server.web.api.parsing import Body
from server.web.api.schemas import Out, Time

Said = Annotated[str, Field(max_length=500), AfterValidator(mask_within)]


class AskAdjustment(Body):
    """Numbers of people in the words are masked."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"flaw": "outdated", "about": "materials", "text": "户口簿已不再要求提交"}]}
    )

    flaw: Annotated[Flaw, Field(strict=False)]
    about: Annotated[About, Field(strict=False)]
    text: Annotated[Said, Field(min_length=1)] = Field(description="what is wrong, and what would be right")
    law: Annotated[str, Field(max_length=200)] = Field("", description="the new rule that asks for it")
    law_from: Annotated[date, Field(strict=False)] | None = Field(None, description="the day from which it is in force")


class AnswerAdjustment(Body):
    model_config = ConfigDict(json_schema_extra={"examples": [{"answer": "新办法自明年起施行，届时修改。"}]})

    answer: Said = Field("", description="a refusal needs it")


class AdjustmentOut(Out):
    id: int
    item: str
    name: str
    department: str
    version: int = Field(description="what was in force when it was asked")
    flaw: Flaw
    flaw_zh: str
    flaw_en: str
    about: About
    about_zh: str
    about_en: str
    text: str
    law: str
    law_from: Day | None
    due_day: Day = Field(description="by when the department answers")
    overdue: bool
    state: Literal["open", "accepted", "refused", "done"]
    state_zh: str
    state_en: str
    asked_at: Time
    asked_by_name: str
    asked_from: str = Field(description="the asker's department; empty for the windows and the hall")
    answer: str
    answered_at: Time | None
    answered_by_name: str
    draft: int | None = Field(description="the version it was taken into")
    may_answer: bool


class Adjustments(Out):
    adjustments: list[AdjustmentOut]
