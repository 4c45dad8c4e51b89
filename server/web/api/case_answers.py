"""What the API answers about cases (办件)."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, RootModel

from server.web.api.catalogue_schemas import CheckpointOut, MaterialColumns, QuestionOut, SituationOut
from server.web.api.hall_schemas import NoticeState
from server.web.api.schemas import Out, Time

Day = Annotated[str, Field(description="ISO day", examples=["2026-11-23"])]
CaseState = Literal[
    "draft", "pre_review", "awaiting_visit", "correction", "accepted", "reviewing", "suspended", "approved", "rejected",
    "at_issue", "sent", "collected", "closed", "refused", "withdrawn", "terminated",
]  # fmt: skip


class CaseBrief(Out):
    id: int
    code: str | None
    board_number: str = Field(description="公示号 on the progress board", examples=["KM4207"])
    item: str
    name: str
    department: str
    kind: str
    channel: str
    state: CaseState
    state_zh: str
    state_en: str
    since: Time
    applicant_mask: str
    due_day: Day | None
    due_provisional: bool
    deferral_due: Day | None
    correction_due: Day | None
    pre_review_due: Day | None
    provisional: list[str] = Field(
        description="which of deferral_due, correction_due and pre_review_due lie in a year whose holidays are not published"
    )
    owner_name: str
    revision: int
    created_at: Time


class CaseList(Out):
    cases: list[CaseBrief]


class OwnCase(CaseBrief):
    name_en: str = Field(description="empty where nobody has written it")
    link: str = Field(description="the case's own page")


class OwnCases(Out):
    cases: list[OwnCase]


class CaseNoticeOut(Out):
    id: int
    kind: str = Field(description="accepted, correction, ready, sent, …", examples=["ready"])
    state: NoticeState
    at: Time
    phone: str | None = Field(description="masked")
    sent_at: Time | None
    delivered_at: Time | None
    error: str
    may_again: bool


class CaseNoticeList(RootModel[list[CaseNoticeOut]]):
    """A case's SMS, oldest first."""


class TickOut(Out):
    material: str
    checkpoint: str


class PrecheckOut(Out):
    ticket: int
    item: str = Field(description="the item's id, or the bundle's")
    bundle: str | None
    name: str
    answers: dict[str, Any] = Field(description="question → options chosen; of a bundle: item → such answers")
    situation: str | None
    ticks: list[TickOut]
    note: str
    by_name: str
    at: Time


class ProfileOut(Out):
    id: int
    applicant: str
    name_mask: str
    identity_mask: str
    kept_at: Time


class SelfFilled(Out):
    """自助填表: sent by the citizen while waiting; its fields come into the case, never here."""

    applicant: str
    name_mask: str
    sent_at: Time
    used: bool = Field(description="a case was filled in from it")


class TicketCases(Out):
    ticket: int
    number: str
    item: str | None
    precheck: PrecheckOut | None
    filled: SelfFilled | None = Field(description="for the clerk at whose window the ticket is, and nobody else")
    profiles: list[ProfileOut]
    cases: list[CaseBrief]


class OpenQuestion(Out):
    item: str
    name: str
    question: QuestionOut


class Answered(Out):
    item_name: str
    question: str
    text: str
    chosen: list[str]
    chosen_text: list[str]


class CaseCheckpoint(CheckpointOut):
    ticked: bool


class CaseMaterial(MaterialColumns):
    of: list[str]
    complete: bool
    checkpoints: list[CaseCheckpoint]


class AwaitedOut(Out):
    """A material nobody brings: another part of the bundle makes it."""

    material: str
    name: str
    case: int
    code: str | None
    item: str
    item_name: str
    state_zh: str
    state_en: str
    here: bool = Field(description="the other part is approved")
    of: list[str] = Field(description="the parts that want it")


class FeeOut(Out):
    yuan: float
    basis: str


class Promise(Out):
    day: Day
    provisional: bool


class CaseFileOut(Out):
    id: int
    case: int
    purpose: str
    name: str
    media_type: str
    bytes: int
    earlier: bool = Field(description="from before the correction, which asks for it anew")


class HistoryLine(Out):
    at: Time
    by_name: str
    action: str
    action_zh: str
    action_en: str
    from_: CaseState | None = Field(alias="from")
    to: CaseState | None
    data: dict[str, Any]


class ReceivedOut(Out):
    """A paper that the clerk wrote down."""

    id: str
    name: str
    form: str
    copies: int
    item: str = Field("", description="in a bundle, whose it is")


class UnlistedOut(Out):
    item: str
    name: str


class Shown(Out):
    """What the desk and the citizen's page both show."""

    id: int
    code: str | None
    item: str
    item_version: int
    name: str
    department: str
    section: str
    kind: str
    kind_zh: str
    kind_en: str
    channel: str
    state: CaseState
    state_zh: str
    state_en: str
    since: Time
    revision: int
    created_at: Time
    ticket: int | None
    ticket_number: str | None
    parent: int | None
    bundle: str | None
    children: list[CaseBrief]
    applicant: str
    applicants: list[str]
    applicant_mask: str
    phone_mask: str | None
    answers: dict[str, Any]
    question: QuestionOut | None
    questions: list[OpenQuestion]
    answered: list[Answered]
    situation: SituationOut | None
    materials: list[CaseMaterial]
    unwritten: bool = Field(description="the item's list is not published: that is not “nothing is needed”")
    unlisted: list[UnlistedOut] = Field(description="the same, of a bundle: those of its items without a list")
    received: list[ReceivedOut]
    awaited: list[AwaitedOut]
    form: dict[str, Any]
    form_masked: bool
    required: list[str]
    fee: FeeOut
    refusal_reasons: list[str]
    legal_days: int
    promised_days: int
    promise: Promise
    accepted_at: Time | None
    board_number: str = Field(
        description="公示号 on the progress board; of a bundle its parts'; empty before acceptance"
    )
    start_day: Day | None
    due_day: Day | None
    due_provisional: bool
    deferral: dict[str, Any] | None
    deferral_due: Day | None
    correction: dict[str, Any] | None
    corrections: int
    correction_due: Day | None
    pre_review_due: Day | None
    provisional: list[str] = Field(
        description="which of deferral_due, correction_due and pre_review_due lie in a year whose holidays are not published"
    )
    delivery: Literal["counter", "courier", "online"]
    decided_at: Time | None
    decision: str | None
    ended_at: Time | None
    end_reason: str | None
    files: list[CaseFileOut]
    papers: list[str]
    history: list[HistoryLine]
    may: dict[str, bool]


class BrokenOut(Out):
    item: str
    day: Day


class CaseOut(Shown):
    """A case as those at work see it. The citizen's link is theirs alone."""

    owner: str | None
    owner_name: str
    window: int | None
    saved_at: Time | None
    saved_by_name: str
    overrides: dict[str, str]
    broken_promises: list[BrokenOut] = Field(
        description="commitments the applicant did not keep lately: nothing may follow later but by a supervisor, with a reason"
    )


class FormOut(Out):
    form: dict[str, Any]
