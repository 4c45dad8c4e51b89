"""One version of an item, as the department wrote it: frozen values that round-trip through JSON."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Key = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=64)]
Text = Annotated[str, Field(min_length=1, max_length=300)]


class Kind(StrEnum):
    """件类型 (seed 003, 三（四）): how an application of the item runs."""

    COMMITMENT = "commitment"
    INSTANT_HANDOVER = "instant_handover"
    INSTANT_SINGLE = "instant_single"
    ONLINE_FULL = "online_full"
    ONLINE_HALF = "online_half"


KIND_WORDS: dict[Kind, tuple[str, str]] = {
    Kind.COMMITMENT: ("承诺件", "decided within a promised time"),
    Kind.INSTANT_HANDOVER: ("即办件（前后台流转）", "decided at once, behind the counter"),
    Kind.INSTANT_SINGLE: ("即办件（前台一人通办）", "decided at once, at the window"),
    Kind.ONLINE_FULL: ("网上件（全流程）", "wholly online"),
    Kind.ONLINE_HALF: ("网上件（半流程）", "online, papers at the window"),
}


class Applicant(StrEnum):
    PERSON = "person"
    COMPANY = "company"
    ORGANISATION = "organisation"


APPLICANT_WORDS = {
    Applicant.PERSON: ("个人", "person"),
    Applicant.COMPANY: ("企业", "company"),
    Applicant.ORGANISATION: ("其他组织", "other organisation"),
}


class Form(StrEnum):
    """原件 / 核验原件、收复印件 / 复印件."""

    ORIGINAL = "original"
    VERIFIED_COPY = "verified_copy"
    COPY = "copy"


FORM_WORDS = {
    Form.ORIGINAL: ("原件", "original"),
    Form.VERIFIED_COPY: ("核验原件、收复印件", "copy, original shown"),
    Form.COPY: ("复印件", "copy"),
}


class Medium(StrEnum):
    PAPER = "paper"
    ELECTRONIC = "electronic"
    EITHER = "either"


MEDIUM_WORDS = {
    Medium.PAPER: ("纸质", "paper"),
    Medium.ELECTRONIC: ("电子", "electronic"),
    Medium.EITHER: ("纸质或电子", "paper or electronic"),
}


class Piece(BaseModel):
    """Frozen, and a key nobody knows is an error, never silently dropped."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True, allow_inf_nan=False)


class Mark(Piece):
    """Where a checkpoint is seen on the sample's picture; shares of its width and height, 0 to 1."""

    x: float = Field(ge=0, le=1)
    y: float = Field(ge=0, le=1)
    width: float = Field(gt=0, le=1)
    height: float = Field(gt=0, le=1)


class Checkpoint(Piece):
    """审查要点: one thing the clerk ticks; `about` its form or its content, `page` of the sample from 1."""

    id: Key
    text: Text
    about: Literal["form", "content"] = "content"
    page: int = Field(1, ge=1, le=99)
    mark: Mark | None = None


class Material(Piece):
    """材料: every column of seed 003's table. `blank` and `sample` name stored files; `shared`: the hall can fetch it;
    `result_of`: the item whose result it is, by its id. In a bundle with that item nobody brings it."""

    id: Key
    name: Text
    name_en: str = Field("", max_length=300)
    source: str = Field("", max_length=120)
    form: Form = Form.ORIGINAL
    copies: int = Field(1, ge=1, le=99)
    medium: Medium = Medium.PAPER
    shared: bool = False
    deferrable: bool = False
    blank: str = Field("", max_length=120)
    sample: str = Field("", max_length=120)
    note: str = Field("", max_length=300)
    result_of: str = Field("", max_length=64, pattern=r"^([A-Za-z0-9][A-Za-z0-9._-]*)?$")
    checkpoints: list[Checkpoint] = []


class Option(Piece):
    """An answer: the materials it adds, and the question or the situation it leads to ("" in a multiple choice)."""

    id: Key
    text: Text
    text_en: str = Field("", max_length=300)
    adds: list[Key] = []
    next: str = ""


class Question(Piece):
    """单选题 (exactly one), 多选题 (any number, also none) or 条件 (yes or no: two options).

    In a multiple choice every option adds materials and `next` of the question says how it goes on.
    """

    id: Key
    text: Text
    text_en: str = Field("", max_length=300)
    kind: Literal["single", "multiple", "condition"] = "single"
    options: Annotated[list[Option], Field(min_length=1, max_length=30)]
    next: str = ""


class Situation(Piece):
    """情形: a leaf. Its list is `adds`, the item's `always`, and what the answers on the way added."""

    id: Key
    name: Text
    name_en: str = Field("", max_length=300)
    adds: list[Key] = []


class Fee(Piece):
    """What it costs: `yuan` per case (0 = free) and the ground for it."""

    yuan: float = Field(0, ge=0, le=10_000_000)
    basis: str = Field("", max_length=300)


class ItemVersion(Piece):
    """What is published of an item. Limits in working days; 0 = the same day. `start`: the first question's id, or
    the only situation's."""

    name: Text
    name_en: str = Field("", max_length=300)
    department: Text
    section: Key
    kind: Kind
    legal_days: int = Field(ge=0, le=2000)
    promised_days: int = Field(ge=0, le=2000)
    fee: Fee = Fee()
    applicants: Annotated[list[Applicant], Field(min_length=1)]
    minutes: float = Field(15, gt=0, le=480)
    basis: str = Field("", max_length=2000)
    conditions: str = Field("", max_length=4000)
    guide: str = Field("", max_length=8000)
    result: str = Field("", max_length=200)
    refusal_reasons: list[Text] = []
    materials: list[Material] = []
    always: list[Key] = []
    questions: list[Question] = []
    situations: Annotated[list[Situation], Field(min_length=1)]
    start: Key
    joint_departments: list[Text] = []

    def material(self, key: str) -> Material | None:
        return next((one for one in self.materials if one.id == key), None)
