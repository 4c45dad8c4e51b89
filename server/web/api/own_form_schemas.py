"""What the API takes and gives about 自助填表: a form filled in for a number, and particulars kept for the next."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field

from server.web.api.application_schemas import WithToken
from server.web.api.case_answers import ProfileOut
from server.web.api.case_schemas import Documents, Form
from server.web.api.parsing import Body
from server.web.api.schemas import Id, Out, Time

Version = Annotated[str, Field(max_length=20, examples=["2026-1"])]
Applicants = list[Literal["person", "company", "organisation"]]


class ConsentOut(Out):
    """What is agreed to before anything is kept; `keep_words` for the next time, too."""

    version: str
    words: str
    words_en: str
    keep_words: str
    keep_words_en: str


class OwnFormState(Out):
    """As the link alone shows it: no name, no number."""

    number: str
    subject: str
    subject_en: str
    may: bool = Field(description="the number is still in use and not for an online application")
    online: bool = Field(description="it is for an online application, whose form is filled in already")
    state: Literal["none", "draft", "sent", "used"]
    sent_at: Time | None
    consent: ConsentOut


class Proven(Body):
    """Either the key given when the form was begun, or a confirmed phone: the ticket's own, or the one it was sent with."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"key": "k3m9…"}]})

    key: Annotated[str, Field(max_length=40)] = ""
    phone_token: Annotated[str, Field(max_length=400)] = ""


class Begin(Body):
    model_config = ConfigDict(json_schema_extra={"examples": [{"consent": "2026-1"}]})

    consent: Version
    phone_token: Annotated[str, Field(max_length=400)] = ""
    profile: Id | None = None


class SaveOwnForm(Proven):
    model_config = ConfigDict(
        json_schema_extra={"examples": [{"key": "k3m9…", "revision": 1, "form": {"name": "张三"}}]}
    )

    revision: Id
    form: Form
    documents: Documents = Field({}, description="of an applicant without an ID card: field → document")


class SendOwnForm(Proven):
    model_config = ConfigDict(json_schema_extra={"examples": [{"key": "k3m9…", "revision": 2}]})

    revision: Id
    keep: Version = Field(
        "", description="the version of the words agreed to for the next time; it wants a confirmed phone"
    )


class OwnFormSaved(Out):
    """What the page needs to go on: nothing of what was typed, so that nothing of it is kept for retries."""

    id: int = Field(description="the ticket")
    revision: int
    required: list[str]
    applicants: Applicants
    sent_at: Time | None


class OwnFormOut(OwnFormSaved):
    """In clear, for the phone that began it or a confirmed one."""

    form: dict[str, Any]
    documents: Documents


class OwnFormBegun(OwnFormSaved):
    key: str = Field(description="given once; with it this phone opens the form again")


class OwnFormSent(OwnFormSaved):
    kept: bool = Field(
        description="kept for the next time; false also where another phone keeps that person's particulars"
    )


class Profiles(Out):
    profiles: list[ProfileOut]


class ProfileForm(Out):
    form: dict[str, Any]
    documents: Documents
    required: list[str]


class CorrectProfile(WithToken):
    form: Form
    documents: Documents = Field({})
