"""What the API takes and gives of supervision, reminders, and what closed accounts left behind."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from server.web.api.hall_schemas import NoticeState
from server.web.api.issue_schemas import ShortText
from server.web.api.parsing import Body, Query
from server.web.api.schemas import Id, Out, Sentence, Time
from server.web.api.task_schemas import CaseRow, ClockStopOut, Department, JointTask


class SupervisionQuery(Query):
    view: Literal["all", "due", "overdue", "stopped", "handed_on"] = "all"
    department: Department | None = None


class Remind(Body):
    model_config = ConfigDict(json_schema_extra={"examples": [{"to": "holder", "note": "请今天下班前办结"}]})

    to: Literal["holder", "head"]
    note: Sentence


class ReminderOut(Out):
    id: int
    case: int
    code: str | None
    board_number: str
    item_name: str
    department: str
    kind: Literal["yellow", "due", "overdue", "urged", "handover", "result"]
    kind_zh: str
    kind_en: str
    level: Literal["holder", "head", "manager", "contact"]
    recipient: str
    day: str
    at: Time
    seen_at: Time | None
    note: str
    due_day: str | None
    handover: int | None = Field(description="the list that is not signed, where it is about one")


class ReminderList(Out):
    reminders: list[ReminderOut]


class OwnReminders(Out):
    unseen: int
    reminders: list[ReminderOut]


class Figures(Out):
    running: int
    yellow: int
    overdue: int
    stopped: int
    handed_on: int


class AllFigures(Figures):
    decided_30: int = Field(description="decided in the last 30 days")
    on_time_30: int


class DepartmentFigures(Figures):
    department: str


class SupervisedCase(CaseRow):
    owner_name: str
    owner_left: bool = Field(description="the first handler's account is closed: a manager hands the case on")
    sms_unreached: NoticeState | None = Field(description="the state of the last SMS where it did not arrive")
    since: Time
    handed_on: bool
    tasks: list[JointTask]
    stop: ClockStopOut | None
    reminders: list[ReminderOut]


class LeftCase(Out):
    case: int
    code: str | None
    board_number: str
    item_name: str
    applicant: str
    state: str
    due_day: str | None
    due_provisional: bool


class ClerkName(Out):
    username: str
    name: str


class LeftOwner(ClerkName):
    cases: list[LeftCase]


class LeftBehind(Out):
    owners: list[LeftOwner] = Field(description="closed accounts that still have cases in hand")
    clerks: list[ClerkName] = Field(description="who may take them over")


class HandOnAll(Body):
    model_config = ConfigDict(
        json_schema_extra={"examples": [{"owner": "clerk3", "to": "clerk5", "reason": "王芳调离"}]}
    )

    owner: ShortText = Field(description="user name of the closed account")
    to: ShortText = Field(description="user name of the clerk who takes over")
    reason: Annotated[str, Field(min_length=1, max_length=200)]
    cases: Annotated[list[Id], Field(max_length=10_000)] = Field([], description="these only; empty: all of them")


class Supervision(Out):
    today: str
    figures: AllFigures
    by_department: list[DepartmentFigures]
    cases: list[SupervisedCase]
