"""What the API takes and gives of results, couriers, supervision, progress and ratings of cases."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from server.web.api.evaluation_schemas import Said, ScoreCount
from server.web.api.hall_schemas import EvaluationTagOut, NoticeState
from server.web.api.parsing import Body, Query
from server.web.api.schemas import Id, Out, Time, WindowNumber
from server.web.api.task_schemas import Department, Light, Waybill, Words

ShortText = Annotated[str, Field(min_length=1, max_length=40)]
ResultWord = Literal["waiting", "with_courier", "collected", "returned"]
CourierWord = Literal[
    "wanted", "ordering", "ordered", "picked_up", "in_transit", "delivered", "returned", "failed", "cancelled"
]

# ---- results ----


class ResultsQuery(Query):
    state: ResultWord = "waiting"


class FindResult(Body):
    """One of the three."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"pickup_code": "483920"}]})

    pickup_code: ShortText | None = None
    id_number: ShortText | None = None
    code: ShortText | None = None


class CollectResult(Body):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"window": 38, "pickup_code": "483920", "collector": "张三", "unsigned_reason": "手部受伤"}]
        }
    )

    window: WindowNumber
    collector: ShortText
    pickup_code: ShortText | None = None
    id_number: ShortText | None = None
    signature: Id | None = Field(None, description="a file of the case (purpose signature); left out: the pad's")
    unsigned_reason: Words = Field("", description="why there is no signature")


class AskToSign(Body):
    model_config = ConfigDict(json_schema_extra={"examples": [{"window": 38, "collector": "张三"}]})

    window: WindowNumber
    collector: ShortText


class SignedOnPad(Body):
    model_config = ConfigDict(json_schema_extra={"examples": [{"case": 12, "file": 31}]})

    case: Id
    file: Id = Field(description="uploaded before to /cases/{case}/files?purpose=signature")
    window: WindowNumber | None = Field(None, description="left out by a paired pad")


class ToSign(Out):
    case: int
    board_number: str
    title: str
    item_name: str
    collector: str


class PadSigning(Out):
    window: int
    signing: ToSign | None


class Dispatch(Body):
    waybill: Waybill | None = Field(None, description="of a slip filled in by hand; left out: the gateway's")


class Slip(Body):
    file: Id = Field(examples=[12])


class Place(Out):
    at: str
    zh: str


class CourierOut(Out):
    id: int
    gateway: str
    state: CourierWord
    state_zh: str
    state_en: str
    waybill: str | None
    address: str
    slip_file: int | None
    error: str | None
    track: list[Place]


class ParcelBack(Out):
    at: Time
    note: str


class GoingBack(Out):
    since: Time | None
    handover: int | None = Field(description="the list it goes back to its department by")
    state: Literal["open", "sent", "received"] | None
    received_at: Time | None


class ResultOut(Out):
    case: int
    code: str | None
    board_number: str
    item_name: str
    applicant: str
    phone: str | None
    sms_unreached: NoticeState | None = Field(description="the state of the last SMS where it did not arrive")
    title: str
    department: str
    decision: str
    state: ResultWord
    shelf: int | None
    arrived_at: Time | None
    reminders: int
    came_back: ParcelBack | None = Field(description="the courier brought it back, and it waits here again")
    going_back: GoingBack | None = Field(description="nobody collected it: it goes back to its department")
    collected_at: Time | None
    collector: str
    proof: str
    window: int | None
    signature: int | None
    delivery: str
    needs_code: bool = Field(description="false: decided at this window, the citizen stands before the clerk")
    courier: CourierOut | None


class ResultList(Out):
    results: list[ResultOut]


# ---- progress ----


class ProgressQuery(Query):
    department: Department | None = None


class ProgressRow(Out):
    board_number: str = Field(description="公示号: on the receipt, too; no part of the code", examples=["KM4207"])
    item_name: str
    item_name_en: str = Field(description="empty where nobody has written it")
    department: str
    applicant: str
    state: str
    state_zh: str
    state_en: str
    light: Light
    accepted_day: str | None
    due_day: str | None
    due_provisional: bool
    decided_day: str | None
    decision: str | None


class ProgressBoard(Out):
    today: str
    cases: list[ProgressRow]


class LookUp(Body):
    model_config = ConfigDict(json_schema_extra={"examples": [{"code": "20260100000197", "last4": "1234"}]})

    code: Annotated[str, Field(min_length=4, max_length=64)]
    last4: Annotated[str, Field(pattern=r"^[0-9]{4}$")]


class ProgressLine(Out):
    day: str
    zh: str
    en: str


class OwnCourier(Out):
    waybill: str | None
    state: CourierWord
    zh: str
    en: str
    track: list[Place]


class OwnProgress(ProgressRow):
    code: str | None
    history: list[ProgressLine]
    courier: OwnCourier | None
    deferral_due: str | None
    provisional: list[str] = Field(description="deferral_due, where its year's holidays are not published")


# ---- ratings ----


class EvaluateCase(Said):
    model_config = ConfigDict(json_schema_extra={"examples": [{"token": "7kq4mx9apw3d", "score": 5}]})

    token: Annotated[str, Field(min_length=1, max_length=40)] = Field(description="the end of the case's link")


class CaseRating(Out):
    open: bool = Field(description="issued, not rated yet, and in time")
    score: int | None
    item_name: str
    tags: list[EvaluationTagOut]


class DepartmentRating(Out):
    department: str
    ratings: int
    average: float


class SaidOfCase(Out):
    case: int
    code: str | None
    item_name: str
    department: str
    day: str
    at: Time
    score: int
    tags: list[EvaluationTagOut]
    comment: str
    channel: Literal["pad", "phone"]


class CaseRatings(Out):
    first: str
    last: str
    issued: int = Field(description="matters whose result reached its citizen; those not rated are 未评价")
    rated: int
    scores: list[ScoreCount]
    departments: list[DepartmentRating]
    said: list[SaidOfCase] = Field(description="low scores and comments, newest first, 200 at most")


class PadSaidOfCase(Said):
    model_config = ConfigDict(json_schema_extra={"examples": [{"case": 12, "score": 5}]})

    case: Id
    window: WindowNumber | None = Field(None, description="left out by a paired pad")
