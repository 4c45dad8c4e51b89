"""What the API takes and gives about online applications, phones that are to be known, and kept particulars."""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict, Field

from server.web.api.case_answers import CaseState, Day, Shown
from server.web.api.case_schemas import Answering, Documents, Form, Words
from server.web.api.issue_schemas import OwnCourier
from server.web.api.parsing import Body
from server.web.api.schemas import Code, Id, Out, Time

PhoneText = Annotated[str, Field(min_length=1, max_length=40)]
Token = Annotated[str, Field(min_length=1, max_length=400, description="from /phone-codes/verify")]


class PhoneIn(Body):
    phone: PhoneText = Field(examples=["13800138000"])


class CodeIn(Body):
    phone: PhoneText = Field(examples=["13800138000"])
    code: Annotated[str, Field(min_length=1, max_length=12)] = Field(examples=["483920"])


class PhoneKnown(Out):
    phone_token: str
    minutes: int = Field(description="how long it is good")


class WithToken(Body):
    phone_token: Token


class Apply(Answering):
    model_config = ConfigDict(json_schema_extra={"examples": [{"phone_token": "v1.…", "item": "birth-registration"}]})

    phone_token: Token
    item: Code


class SaveApplication(Answering):
    phone_token: Token
    revision: Id
    form: Form | None = None
    documents: Documents | None = Field(None, description="of an applicant without an ID card: field → document")


class Submit(Body):
    phone_token: Token
    revision: Id
    in_hall: bool = Field(False, description="from the online area of the hall: the number is taken at once")
    keep: bool = Field(False, description="consent to keep the particulars for the next time")
    paper: bool = Field(False, description="a wholly online item: the result on paper, too, at the issue window")


class SupplementOwn(Body):
    phone_token: Token
    note: Words = ""


class Visit(Out):
    number: str
    state: str
    link: str


class Bring(Out):
    section: str
    section_en: str
    windows: list[int]
    today: list[str] = Field(description="opening hours today", examples=[["08:30-12:00"]])
    until: Day = Field(description="after this day the application ends")


class ApplicationOut(Shown):
    """A case as its citizen sees it."""

    name_en: str = Field(description="empty where nobody has written it")
    end_reason_en: str = Field(description="where the hall ended it by itself; somebody's own words stay Chinese")
    visit: Visit | None
    courier: OwnCourier | None
    bring: Bring | None = Field(description="where the signed form and the papers go, while they are awaited")
    documents: Documents = Field(description="whose number stands in the ID card's place")
    pickup: str | None = Field(description="the pick-up code, for the confirmed phone while the result waits")


class ApplicationOpened(ApplicationOut):
    link: str


class PhoneCase(Out):
    item: str
    name: str
    name_en: str
    code: str | None
    state: CaseState
    state_zh: str
    state_en: str
    since: Time
    due_day: Day | None
    link: str


class PhoneCases(Out):
    cases: list[PhoneCase]
