"""What the API takes and gives about cases (办件), for those at work."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, ConfigDict, Field, model_validator

from server.domain.cases.form import BasicForm
from server.domain.cases.received import Received
from server.domain.catalogue.model import Form as PaperForm
from server.domain.masking import mask_within
from server.web.api.parsing import Body, Query
from server.web.api.schemas import Code, Id, Sentence, WindowNumber
from server.web.refusals import InvalidInput

Words = Annotated[str, Field(max_length=500), AfterValidator(mask_within)]
Answers = Annotated[
    dict[Code, Any], Field(description="question → options chosen; of a bundle: item → such answers", max_length=60)
]


def checked_answers(answers: dict[str, Any] | None, *, nested: bool = True) -> None:
    """Lists of option ids, one level deeper for a bundle. Raises InvalidInput."""
    for key, value in (answers or {}).items():
        if nested and isinstance(value, dict):
            checked_answers(value, nested=False)
        elif not (
            isinstance(value, list)
            and len(value) <= 60
            and all(isinstance(one, str) and len(one) <= 64 for one in value)
        ):
            raise InvalidInput([(f"answers.{key}"[:80], "应为选项编号的列表。", "must be a list of option ids.")])


class Answering(Body):
    """A body with answers."""

    answers: Answers | None = None

    @model_validator(mode="after")
    def _answers_are_lists(self) -> Self:
        checked_answers(self.answers)
        return self


class OfItemOrBundle(Answering):
    item: Code | None = None
    bundle: Code | None = None

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if (self.item is None) == (self.bundle is None):
            raise InvalidInput([("item", "和“bundle”请只选一个。", "or bundle: give exactly one.")])
        return self


class Tick(Body):
    material: Code
    checkpoint: Code


Ticks = Annotated[list[Tick], Field(max_length=1000)]


def ticks(some: list[Tick]) -> frozenset[tuple[str, str]]:
    return frozenset((one.material, one.checkpoint) for one in some)


PersonField = Annotated[str, Field(pattern="^(id_number|contact_id)$")]
Documents = dict[PersonField, Literal["passport", "hk_macao", "taiwan", "foreigner", "other"]]
"""Field → the document whose number stands there in the ID card's place."""


class Form(BasicForm):
    """The basic form of seed 003; a draft may hold anything."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    @model_validator(mode="after")
    def _no_control_characters(self) -> Self:
        for name in type(self).model_fields:
            value = getattr(self, name)
            if (isinstance(value, str) and not value.isprintable() and name != "remark") or "\x00" in str(value):
                raise InvalidInput([(f"form.{name}", "不能含控制字符。", "must not hold control characters.")])
        return self


# ---- what is sent ----


class OpenCase(OfItemOrBundle):
    model_config = ConfigDict(json_schema_extra={"examples": [{"window": 3, "item": "fund-loan"}]})

    window: WindowNumber


class PaperIn(Body):
    """A paper handed in where no list is published."""

    name: Annotated[str, Field(min_length=1, max_length=100), AfterValidator(mask_within)]
    form: Annotated[PaperForm, Field(strict=False)] = PaperForm.ORIGINAL
    copies: Annotated[int, Field(ge=1, le=99)] = 1


class ReceivedIn(PaperIn):
    """`id`: "received-" and a number of the page's own."""

    id: Annotated[str, Field(pattern=r"^received-[0-9]{1,3}$")]
    item: Code | Literal[""] = Field("", description="in a bundle, whose it is; needed where several have no list")


class SaveDraft(Answering):
    """What is left out stays as it is."""

    revision: Id
    ticks: Ticks | None = None
    form: Form | None = None
    overrides: dict[Code, Annotated[str, Field(max_length=200), AfterValidator(mask_within)]] | None = Field(
        None, description="field with check digits → why it may be wrong"
    )
    received: Annotated[list[ReceivedIn], Field(max_length=60)] | None = Field(
        None, description="the papers handed in, all of them, where the item's list is not published"
    )

    @model_validator(mode="after")
    def _papers_are_told_apart(self) -> Self:
        known = [one.id for one in self.received or []]
        if len(set(known)) != len(known):
            raise InvalidInput([("received", "编号重复。", "holds an id twice.")])
        return self


def brought(some: list[PaperIn]) -> tuple[Received, ...]:
    """Brought later: numbered where they are added."""
    return tuple(Received(id="received-0", **one.model_dump()) for one in some)


def papers(some: list[ReceivedIn] | None) -> tuple[Received, ...] | None:
    """None stays None: nothing is said of them."""
    return None if some is None else tuple(Received(**one.model_dump()) for one in some)


class DeferralIn(Body):
    commitment: Words
    until: Annotated[date, Field(strict=False)]
    despite: Words = Field("", description="why a supervisor trusts it although an earlier commitment was broken")


class Accept(Body):
    model_config = ConfigDict(json_schema_extra={"examples": [{"revision": 4, "deferral": None}]})

    revision: Id
    deferral: DeferralIn | None = None


class CorrectionItem(Body):
    material: Code | None = None
    text: Annotated[str, Field(max_length=300), AfterValidator(mask_within)]


class Correct(Body):
    items: Annotated[list[CorrectionItem], Field(max_length=100)]
    reason: Words = ""


class Supplement(Body):
    ticks: Ticks = Field([])
    note: Words = ""
    words: Annotated[list[Words], Field(max_length=50)] = Field(
        [], description="of the correction's items that have no checkpoint: the texts of those that are put right"
    )
    papers: Annotated[list[PaperIn], Field(max_length=60)] = Field(
        [], description="brought now, written down where the item's list is not published"
    )


class Refuse(Body):
    reasons: Annotated[list[Annotated[str, Field(max_length=300)]], Field(max_length=30)] = Field([])
    other: Words = ""


class WithReason(Body):
    reason: Words


class DecideAtOnce(Body):
    window: WindowNumber
    decision: Literal["approved", "rejected"] = "approved"
    opinion: Words = ""
    reasons: Annotated[list[Words], Field(max_length=30)] = Field([])
    without_result: Words = Field("", description="why not to wait for what another part of the bundle makes")


class HandOn(Body):
    to: Code
    reason: Words


class PrefillIn(Body):
    profile: Id | None = None
    identity: Annotated[str, Field(max_length=40)] = ""


class KeepProfileIn(Body):
    consent: bool


class Note(Body):
    note: Words = ""


class Unmask(Body):
    reason: Sentence


class Search(Body):
    """Exactly one of them."""

    code: Annotated[str, Field(max_length=64)] | None = None
    phone: Annotated[str, Field(max_length=40)] | None = None
    id_number: Annotated[str, Field(max_length=40)] | None = None
    credit_code: Annotated[str, Field(max_length=40)] | None = None

    @model_validator(mode="after")
    def _exactly_one(self) -> Self:
        given = [self.code, self.phone, self.id_number, self.credit_code]
        if sum(one is not None for one in given) != 1:
            raise InvalidInput([("code", "、手机号、证件号请只填一项。", "or phone or number: give exactly one.")])
        return self


class CaseQuery(Query):
    view: Literal["mine", "drafts", "correction", "deferral", "online"] = "mine"


class PreReviewQuery(Query):
    department: Annotated[str, Field(max_length=120)] | None = None


class PrecheckIn(OfItemOrBundle):
    ticks: Ticks = Field([])
    note: Words = ""
