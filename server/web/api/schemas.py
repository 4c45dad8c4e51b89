"""What the API takes and gives. These types validate requests and make the OpenAPI document; tests hold answers to them.

Field names are DESIGN.md's words. Times are ISO-8601 UTC texts ("2026-11-21T01:02:03.456Z"). Minutes may be fractions.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from server.domain.masking import mask_within
from server.web.api.parsing import Body, Query
from server.web.refusals import InvalidInput

Id = Annotated[int, Field(ge=1, le=999_999_999_999_999)]
WindowNumber = Annotated[int, Field(ge=1, le=999)]
Code = Annotated[str, Field(min_length=1, max_length=64)]
# Phones and ID numbers typed into a sentence would be kept in clear: they are masked before anything sees them.
Sentence = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(mask_within)]
Time = Annotated[str, Field(description="ISO-8601, UTC", examples=["2026-11-21T01:02:03.456Z"])]
State = Literal["waiting", "called", "serving", "parked", "no_show", "done", "cancelled", "expired"]
WindowState = Literal["open", "paused", "draining", "closed"]
Kind = Literal["intake", "issue", "agency"]


class Out(BaseModel):
    """What the hall answers: every field is always there, null where there is nothing to say."""

    model_config = ConfigDict(extra="forbid", defer_build=True)


# ---- errors ----


class ErrorDetail(Out):
    code: str = Field(examples=["ticket_unknown"])
    message_zh: str = Field(examples=["没有这张号票，请核对。"])
    message_en: str = Field(examples=["There is no such ticket. Please check."])
    detail: dict[str, Any] | None = None


class Error(Out):
    """Every refusal: what happened and what to do, in both languages."""

    error: ErrorDetail


# ---- sessions ----


class SignIn(Body):
    username: Code = Field(examples=["clerk3"])
    password: str = Field(min_length=1, max_length=200, examples=["k3fm-x7pa-9tqc"])


class Person(Out):
    id: str = Field(examples=["staff:clerk3"])
    name: str = Field(examples=["3号窗口"])
    roles: list[str] = Field(examples=[["clerk"]])
    windows: list[int] = Field(description="windows a clerk may take; empty = any")


class SessionOpen(Out):
    """Send `token` as `Authorization: Bearer`. Browsers also get it as a cookie and send `csrf` back."""

    token: str
    csrf: str
    actor: Person


class Me(Out):
    actor: Person
    csrf: str | None


# ---- tickets ----


class Take(Body):
    """Choose a section, an item or a bundle (一件事). Green channel and limits are lifted by staff alone, with a reason."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"item": "bdc-01", "phone": "13800138000"}, {"section": "A"}]}
    )

    section: Code | None = None
    item: Code | None = None
    bundle: Code | None = Field(
        None, description="a bundle's id: its number is taken for its first item, and waits with the minutes of all"
    )
    phone: Annotated[str, Field(max_length=40)] | None = None
    channel: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,31}$")] | None = Field(
        None, description="where it was taken; left out: kiosk, or guide when staff take it", examples=["kiosk"]
    )
    priority: Code | None = Field(None, description="class of the green channel")
    reason: Sentence | None = Field(None, description="why the class was granted")
    id_number: Annotated[str, Field(max_length=40)] | None = None
    override_reason: Sentence | None = Field(None, description="staff: why the limits do not apply")

    @model_validator(mode="after")
    def _an_item_or_a_bundle(self) -> Self:
        if self.item is not None and self.bundle is not None:
            raise InvalidInput([("bundle", "和“item”请只选一个。", "or item: give one alone.")])
        return self


class Phone(Body):
    """The ticket's phone from now on; null removes it. `reason`: staff's, where the phone has reached its limit."""

    phone: Annotated[str, Field(max_length=40)] | None = Field(examples=["13800138000"])
    reason: Sentence | None = None


class Reason(Body):
    reason: Sentence | None = None


class Ticket(Out):
    """A number and where it stands. `window` is where it waits or was called; only `called_window` is a fact."""

    id: int
    number: str = Field(examples=["A012"])
    section: str
    section_name: str
    item: str | None
    item_name: str | None
    window: int | None
    planned_window: int | None = Field(description="as told when the number was taken")
    called_window: int | None
    ahead: int = Field(description="how many before this one, in the lines of windows that can serve it")
    expected_minutes: int | None = Field(description="null: no window that can serve it is open now")
    state: State
    state_zh: str
    state_en: str
    held: bool = Field(description="the same person is being served with another number")
    link: str | None = Field(
        description="the citizen's own page; null for clerks, who must not rate in the citizen's name, and once the ticket has ended",
        examples=["http://127.0.0.1:8000/t/7kq4mx9apw3d"],
    )
    reason: str = Field(examples=["3号窗口：预计等候最短，4 分钟"])
    reason_en: str
    channel: str
    calls: int
    priority: str | None
    priority_reason: str | None
    phone: str | None = Field(description="masked", examples=["138****8000"])
    service_minutes: int
    no_shows: int
    end_reason: str | None
    taken_at: Time
    called_at: Time | None
    started_at: Time | None
    parked_at: Time | None
    parked_seconds: int = Field(description="spent parked so far; the clerk's clock leaves it out")
    ended_at: Time | None


class TicketLine(Out):
    """A ticket as a row of a line."""

    id: int
    number: str
    section: str
    section_name: str
    item_name: str | None
    state: State
    window: int | None
    waited_minutes: float
    priority: str | None
    rank_reason: str
    rank_reason_en: str
    taken_at: Time
    held: bool
    phone: str | None
    no_shows: int


class TicketLines(Out):
    tickets: list[TicketLine]


class LineQuery(Query):
    state: Literal["waiting", "called", "serving", "parked", "no_show"] = "waiting"
    section: Code | None = None


class Decision(Out):
    at: Time
    zh: str
    en: str
    type: str = Field(examples=["ticket.assigned"])


class Decisions(Out):
    ticket: int
    number: str
    decisions: list[Decision]


class Move(Body):
    """Where to: exactly one of the three."""

    section: Code | None = None
    item: Code | None = None
    window: WindowNumber | None = None


# ---- windows ----


MEANT = "only if this ticket is the one at the counter, so that a second press does not finish the next person"


class Next(Body):
    finish: bool = Field(False, description="finish the one being served first")
    ticket: Id | None = Field(None, description=f"with finish: {MEANT}")


class CallChosen(Body):
    ticket: Id = Field(examples=[12])
    reason: Annotated[str, Field(max_length=200), AfterValidator(mask_within)] = Field("", examples=["老人身体不适"])


class TicketChoice(Body):
    ticket: Id | None = None


class Pause(Body):
    """`force` is a manager's: leave even though people would wait without a window."""

    reason: Annotated[str, Field(max_length=200), AfterValidator(mask_within)] = Field("", examples=["设备故障"])
    force: bool = False


class Finish(Body):
    visits: int = Field(1, ge=1, le=99, description="how many matters this one visit settled")
    ticket: Id | None = Field(None, description=MEANT)


class Nothing(Body):
    """No fields; the body may be empty."""


class HandOver(Body):
    username: Code = Field(examples=["clerk5"])


class Window(Out):
    """A window as clerks and managers see it; `waiting_minutes` is the work in its own line."""

    number: int
    kind: Kind
    name: str
    area: str
    sections: list[str]
    state: WindowState
    clerk: str | None
    clerk_name: str | None
    reason: str | None
    state_since: Time | None
    waiting: int
    waiting_minutes: int


class Today(Out):
    served: int
    mean_service_minutes: float | None
    mean_wait_minutes: float | None
    no_shows: int
    longest_wait_minutes: float | None


class CallRules(Out):
    no_show_after_calls: int
    seconds_between: int


class Terminal(Out):
    """All that a window's terminal shows."""

    window: Window
    ticket: Ticket | None
    line: list[TicketLine]
    whole_line: list[TicketLine]
    parked: list[TicketLine]
    no_shows: list[TicketLine]
    today: Today
    rules: CallRules
    now: Time
    seq: int
    epoch: str
