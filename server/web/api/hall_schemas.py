"""What the API takes and gives about the hall as a whole: board, items, notices, inbox, links."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, RootModel

from server.web.api.parsing import Query
from server.web.api.schemas import Code, Id, Kind, Out, State, Time, WindowState

# ---- hall and board ----


class SectionOut(Out):
    """`item_required`: no window serves the whole section, so a number needs an item."""

    id: str
    name: str
    name_en: str
    letter: str
    kind: Kind
    item_required: bool
    waiting: int
    open_windows: int
    expected_minutes: int | None


class HallWindow(Out):
    """`items` are those it serves besides its sections."""

    number: int
    kind: Kind
    name: str
    area: str
    sections: list[str]
    state: WindowState
    items: list[str]


class ItemOut(Out):
    """`offered`: some window serves it today. `version`: the catalogue's, with questions and a list; null where the item is
    known by name alone."""

    id: str
    name: str
    name_en: str
    section: str
    department: str
    initials: str
    expected_minutes: int
    offered: bool
    version: int | None


class Items(Out):
    items: list[ItemOut]


class Stop(Out):
    section: str | None = Field(description="null: the whole hall")
    message_zh: str
    message_en: str
    since: Time


class HallQuery(Query):
    items: bool = Field(True, description="false: `items` is empty, for screens that need none of them")


class ItemQuery(Query):
    q: Annotated[str, Field(max_length=60)] = Field(
        "", description="part of a name, or pinyin initials", examples=["bdc"]
    )
    section: Code | None = None


class PriorityOut(Out):
    """A class of the green channel."""

    id: str
    name: str
    name_en: str
    min_age: int | None


class AreaOut(Out):
    id: str
    name: str
    voice: Literal["voice", "silent", "both"]


class HoursOut(Out):
    """`weekly`: "0" is Monday."""

    weekly: dict[str, list[str]]
    lunch_shift: list[str]
    enforce: bool


class Hall(Out):
    """The hall file as everybody may see it, with lines and windows as they are at this moment."""

    id: str
    name: str
    name_en: str
    time_zone: str
    demo: bool
    sections: list[SectionOut]
    windows: list[HallWindow]
    items: list[ItemOut]
    priorities: list[PriorityOut]
    areas: list[AreaOut]
    hours: HoursOut
    stops: list[Stop]
    seq: int


class BoardCall(Out):
    """`calling`: called and not yet at the counter."""

    id: int
    number: str
    window: int
    section: str
    at: Time
    calls: int
    state: State
    calling: bool


class BoardWindow(Out):
    number: int
    kind: Kind
    name: str
    area: str
    state: WindowState
    ticket: str | None = Field(description="the number called to it or served by it")
    ticket_state: Literal["called", "serving"] | None


class Missed(Out):
    id: int
    number: str
    section: str
    window: int | None
    at: Time


class Board(Out):
    """What the hall's screens show. `seq` and `epoch` join it to the socket's events."""

    seq: int
    epoch: str
    now: Time
    calls: list[BoardCall]
    waiting: dict[str, int] = Field(description="section id → how many wait")
    windows: list[BoardWindow]
    no_shows: list[Missed]
    stops: list[Stop]


# ---- notices ----


NoticeState = Literal["pending", "sending", "sent", "delivered", "failed", "unknown", "merged", "dropped", "expired"]


class NoticeOut(Out):
    kind: Literal["taken", "soon", "called", "called_again"]
    state: NoticeState
    at: Time
    text: str
    template_id: str
    params: dict[str, str]
    phone: str | None = Field(description="masked")
    attempts: int
    error_code: str | None
    sent_at: Time | None
    delivered_at: Time | None


class NoticeList(RootModel[list[NoticeOut]]):
    """The ticket's notices, oldest first."""


class NoticeQuery(Query):
    ticket: Id


class InboxMessage(Out):
    at: Time
    to: str = Field(description="masked", examples=["138****8000"])
    kind: str
    number: str | None
    text: str
    state: str


class Inbox(Out):
    messages: list[InboxMessage]


# ---- citizens' links ----


class EvaluationTagOut(Out):
    """Why somebody was not satisfied, to be tapped."""

    id: str
    name: str
    name_en: str


class LinkEvaluation(Out):
    """`open`: it may be rated now. `score` is what was said, on the phone or on the pad."""

    open: bool
    score: int | None
    tags: list[EvaluationTagOut]


class Link(Out):
    """What a citizen's own page shows."""

    number: str
    section: str
    section_name: str
    section_name_en: str | None
    item_name: str | None
    item_name_en: str | None
    window: int | None
    called_window: int | None
    ahead: int
    expected_minutes: int | None
    state: State
    state_zh: str
    state_en: str
    held: bool
    soon: bool = Field(description="come near: notice two is due")
    calls: int
    phone: str | None = Field(description="masked")
    taken_at: Time
    called_at: Time | None
    started_at: Time | None
    ended_at: Time | None
    no_shows: int
    hall: str
    hall_en: str
    may_cancel: bool
    may_return: bool
    guide: str | None = Field(description="the item, if the catalogue says what to bring for it")
    bundle: str | None = Field(description="the bundle (一件事) it was taken for; its title is then `item_name`")
    applied_online: bool = Field(description="its form and papers came with an online application")
    evaluation: LinkEvaluation | None = Field(description="null until a service has ended")
