"""What the API takes and gives of tasks, handover lists and authorizations."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, ConfigDict, Field

from server.domain.masking import mask_within
from server.web.api.case_answers import AwaitedOut, HistoryLine
from server.web.api.parsing import Body, Query
from server.web.api.schemas import Code, Out, Sentence, Time

Department = Annotated[str, Field(min_length=1, max_length=120)]
Words = Annotated[str, Field(max_length=500), AfterValidator(mask_within)]
Light = Literal["green", "yellow", "red", "stopped", "done"]
TaskWord = Literal["on_its_way", "held", "approved", "rejected", "dropped"]
Waybill = Annotated[str, Field(min_length=4, max_length=40, pattern=r"^[A-Za-z0-9 -]+$")]

# ---- tasks ----


class TasksQuery(Query):
    state: Literal["open", "decided"] = "open"
    department: Department | None = Field(None, description="managers alone; others see their own department's")


class ReasonGiven(Body):
    reason: Sentence = Field(examples=["核对身份证号"])


class NoteGiven(Body):
    note: Words = ""


class Approve(Body):
    opinion: Words = Field("", examples=["材料齐全，同意"])
    without_result: Words = Field("", description="why not to wait for what another part of the bundle makes")


class Reject(Body):
    model_config = ConfigDict(json_schema_extra={"examples": [{"reasons": ["申请人不符合缴存条件"], "opinion": ""}]})

    reasons: Annotated[list[Words], Field(max_length=10)]
    opinion: Words = ""


class CorrectionItem(Body):
    material: Code | None = None
    text: Words


class Correction(Body):
    model_config = ConfigDict(
        json_schema_extra={"examples": [{"items": [{"material": "income", "text": "收入证明未盖公章"}], "reason": ""}]}
    )

    items: Annotated[list[CorrectionItem], Field(min_length=1, max_length=30)]
    reason: Words = ""


class Suspend(Body):
    kind: Code = Field(examples=["hearing"])
    reason: Sentence = Field(examples=["利害关系人申请听证"])


class JointTask(Out):
    department: str
    state: TaskWord
    state_zh: str
    state_en: str
    holder_name: str
    opinion: str
    reasons: list[str]
    decided_at: Time | None


class CaseRow(Out):
    """A case in a list: where it stands against its limit. `days_left` in working days, negative: so many late."""

    case: int
    code: str | None
    board_number: str = Field(description="公示号: what people say to each other", examples=["KM4207"])
    item: str
    item_name: str
    kind: str
    department: str
    applicant: str
    case_state: str
    case_zh: str
    case_en: str
    light: Light
    due_day: str | None
    due_provisional: bool
    days_left: int | None
    deferral_due: str | None
    correction_due: str | None = Field(description="while a correction is waited for: until when")
    provisional: list[str] = Field(
        description="deferral_due, correction_due, where its year's holidays are not published"
    )
    corrections: int


class TaskRow(CaseRow):
    id: int
    state: TaskWord
    state_zh: str
    state_en: str
    holder: str | None
    holder_name: str
    received_at: Time | None
    decided_at: Time | None
    opinion: str
    reasons: list[str]
    joint: list[JointTask] = Field(description="what the other departments of the case do")
    waits_for: list[str] = Field(description="the other parts of its bundle whose results it waits for")
    result_owed: bool = Field(description="approved wholly online, and its electronic result is not up yet")


class TaskCounts(Out):
    red: int
    yellow: int
    green: int
    stopped: int
    on_its_way: int


class Workbench(Out):
    department: str
    today: str
    yellow_days: int
    counts: TaskCounts
    tasks: list[TaskRow]


class Tick(Out):
    material: str
    checkpoint: str


class CaseFile(Out):
    id: int
    name: str
    purpose: str
    media_type: str
    bytes: int
    url: str


class ClockStopOut(Out):
    id: int
    kind: str
    kind_zh: str
    kind_en: str
    reason: str
    since_day: str
    until_day: str | None


class BothLanguages(Out):
    zh: str
    en: str


class Special(BothLanguages):
    kind: str


class May(Out):
    hold: bool
    release: bool
    approve: bool
    reject: bool
    correct: bool
    suspend: bool
    resume: bool
    dispatch: bool = Field(description="the department may mail the result itself")
    take_back: bool = Field(description="the result waits at the issue window and may be taken back")
    result: bool = Field(description="upload the electronic result of a wholly online case")


class Mail(Body):
    waybill: Waybill = Field(examples=["1234567890123"], description="from the slip the department filled in")


class TaskDetail(TaskRow):
    """A case as it was taken in: its list with what was ticked, its form masked, its files and history."""

    answers: dict[str, Any]
    answered: list[dict[str, Any]] = Field(description="the answers in words, in the order they were asked")
    situation: str | None
    situation_name: str
    materials: list[dict[str, Any]]
    awaited: list[AwaitedOut] = Field(description="materials that other parts of the bundle make")
    ticks: list[Tick]
    form: dict[str, Any]
    files: list[CaseFile]
    deferral: dict[str, Any] | None
    correction: dict[str, Any] | None
    owner_name: str
    accepted_at: Time | None
    stops: list[ClockStopOut]
    history: list[HistoryLine]
    refusal_reasons: list[str]
    conditions: str
    basis: str
    rights: BothLanguages
    special: list[Special]
    may: May


class ClearForm(Out):
    form: dict[str, Any]
