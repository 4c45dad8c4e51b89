"""What the API takes and gives of handover lists and of the authorization register."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from server.web.api.parsing import Body, Query
from server.web.api.schemas import Code, Id, Out, Sentence, Time
from server.web.api.task_schemas import Department, Words

Direction = Literal["department", "issue", "back"]

# ---- handovers ----


class HandoversQuery(Query):
    day: date | None = None
    direction: Direction | None = None
    department: Department | None = None


class MakeHandover(Body):
    model_config = ConfigDict(
        json_schema_extra={"examples": [{"department": "市公安局", "direction": "issue", "cases": [12, 15]}]}
    )

    department: Department | None = Field(None, description="left out: one's own")
    direction: Direction = "department"
    cases: Annotated[list[Id], Field(max_length=200)] = Field([], description="the results sent; for direction issue")


class Signed(Body):
    case: Id
    received: bool
    note: Words = ""


class ReceiveHandover(Body):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"lines": [{"case": 12, "received": True}, {"case": 13, "received": False, "note": "缺收入证明"}]}
            ]
        }
    )

    lines: Annotated[list[Signed], Field(min_length=1, max_length=500)]


class HandoverLine(Out):
    case: int
    code: str | None
    board_number: str
    item_name: str
    applicant: str
    pieces: int
    later: bool = Field(description="补交材料: they follow papers of an earlier list")
    shared_with: list[str] = Field(description="并联审批: the other departments that look at the same papers")
    papers: list[str] = Field(description="what they are, where the item's list is not published")
    state: Literal["listed", "sent", "received", "missing"]
    note: str


class ContactOut(Out):
    name: str
    phone: str


class HandoverOut(Out):
    id: int
    day: str
    slot: str
    department: str
    contacts: list[ContactOut] = Field(description="交接联络人, as the hall file names them")
    direction: Direction
    state: Literal["open", "sent", "received"]
    made_at: Time
    sent_by_name: str
    sent_at: Time | None
    received_by_name: str
    received_at: Time | None
    lines: list[HandoverLine]


class ReadyToIssue(Out):
    """Decided, and its result on no list yet."""

    case: int
    code: str | None
    item_name: str
    applicant: str
    department: str
    decision: str
    due_day: str | None


class Handovers(Out):
    day: str
    slots: list[str]
    handovers: list[HandoverOut]
    ready: list[ReadyToIssue]


# ---- authorizations ----


class AuthorizationsQuery(Query):
    department: Department | None = None
    staff: Code | None = None


class Authorize(Body):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "staff": "clerk3",
                    "items": ["ga-01"],
                    "document": "委托书〔2026〕3号",
                    "from_day": "2026-11-23",
                    "to_day": None,
                }
            ]
        }
    )

    department: Department | None = Field(None, description="left out: one's own")
    staff: Code
    items: Annotated[list[Code], Field(min_length=1, max_length=500)] = Field(description='"*": all of the department')
    document: Sentence
    from_day: date
    to_day: date | None = None


class AuthorizedItem(Out):
    id: str
    name: str


class AuthorizationOut(Out):
    id: int
    department: str
    staff: str
    staff_name: str
    items: list[AuthorizedItem]
    document: str
    from_day: str
    to_day: str | None
    made_at: Time
    made_by: str
    revoked_at: Time | None
    in_force: bool


class AuthorizationList(Out):
    authorizations: list[AuthorizationOut]
