"""What the API takes and gives in the office: the manager's page, devices, staff, health."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, Field

from server.web.api.hall_schemas import Stop
from server.web.api.parsing import Body
from server.web.api.schemas import Code, Id, Out, Sentence, State, Ticket, Time, Window, WindowNumber

# ---- manager ----


class ManagedTicket(Out):
    id: int
    number: str
    state: State
    since: Time | None
    expected_minutes: int
    forgotten: bool


class ManagedWindow(Window):
    ticket: ManagedTicket | None
    last_action_at: Time | None


class ManagedSection(Out):
    id: str
    name: str
    name_en: str
    letter: str
    waiting: int
    open_windows: int
    expected_minutes: int | None
    longest_wait_minutes: float
    stopped: bool


class AlarmOut(Out):
    id: int
    kind: str
    subject: str
    zh: str
    en: str
    data: dict[str, Any]
    raised_at: Time
    seen_by: str | None


class NoticeCounts(Out):
    pending: int
    failed: int
    unknown: int


class Totals(Out):
    taken: int
    served: int
    waiting: int
    no_shows: int
    cancelled: int
    mean_wait_minutes: float | None
    mean_whole_visit_minutes: float | None


class Rated(Out):
    """Today's evaluations; who said what is read at /evaluations."""

    rated: int
    low: int


class Overview(Out):
    """The manager's live page."""

    windows: list[ManagedWindow]
    sections: list[ManagedSection]
    alarms: list[AlarmOut]
    notices: NoticeCounts
    stops: list[Stop]
    totals: Totals
    evaluations: Rated
    now: Time
    seq: int
    epoch: str
    version: int


class StopIssuing(Body):
    section: Code | None = Field(None, description="left out: the whole hall")
    message_zh: Sentence = Field(examples=["系统故障暂停取号，请约 20 分钟后再来。"])
    message_en: Annotated[str, Field(max_length=200)] | None = None


class ResumeIssuing(Body):
    section: Code | None = None


class Stops(Out):
    stops: list[Stop]


class ClearForgotten(Body):
    tickets: Annotated[list[Id], Field(max_length=500)] | None = Field(None, description="left out: all forgotten")


class Ended(Out):
    ended: list[int] = Field(description="ids of the tickets")


class Entered(Out):
    tickets: list[Ticket]


class Change(Out):
    zh: str
    en: str


class Reloaded(Out):
    version: int
    changes: list[Change]
    rehomed: int


class PaperNumbers(Body):
    section: Code = Field(examples=["investment"])
    numbers: Annotated[
        list[Annotated[str, Field(pattern=r"^[A-Za-z]\d{3,4}$")]], Field(min_length=1, max_length=200)
    ] = Field(examples=[["A901", "A902"]])
    taken_at: AwareDatetime | None = None


# ---- devices ----


class AskToPair(Body):
    role: Literal["kiosk", "display", "pad"] = Field(examples=["kiosk"])
    name: Annotated[str, Field(max_length=60)] = ""


class PairingOut(Out):
    device: str
    code: str = Field(examples=["7KMQ4X"])
    secret: str
    expires_at: Time


class FetchToken(Body):
    secret: Annotated[str, Field(min_length=1, max_length=100)] = Field(examples=["Vw3k…"])


class Paired(Out):
    """While `paired` is false, ask again; once true, the device's cookie is set."""

    paired: bool
    role: str | None = None
    name: str | None = None
    area: str | None = None
    window: int | None = None


class PairDevice(Body):
    code: Annotated[str, Field(min_length=1, max_length=20)] = Field(examples=["7KMQ4X"])
    name: Annotated[str, Field(min_length=1, max_length=60)] = Field(examples=["一楼取号机"])
    role: Literal["kiosk", "display", "pad"] | None = None
    area: Code | None = None
    window: WindowNumber | None = Field(None, description="of an evaluation pad: the window it stands at")


class DeviceOut(Out):
    id: str
    role: str
    name: str
    area: str | None
    window: int | None = Field(description="of an evaluation pad")
    paired_at: Time | None
    paired_by: str | None
    seen_at: Time | None
    revoked_at: Time | None


class Devices(Out):
    devices: list[DeviceOut]


# ---- staff ----

Username = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]{0,31}$")]
StaffRole = Literal["admin", "manager", "guide", "clerk", "editor", "approver", "head"]
Password = Annotated[str, Field(min_length=8, max_length=200)]


class NewStaff(Body):
    username: Username = Field(examples=["wang.fang"])
    name: Annotated[str, Field(min_length=1, max_length=60)] = Field(examples=["王芳"])
    roles: Annotated[list[StaffRole], Field(min_length=1, max_length=7)] = Field(examples=[["clerk"]])
    windows: Annotated[list[Annotated[int, Field(ge=1, le=999)]], Field(max_length=200)] = Field([])
    department: Annotated[str, Field(max_length=120)] = Field("", examples=["市住房公积金管理中心"])
    password: Password = Field(examples=["k3fm-x7pa-9tqc"])


class SetPassword(Body):
    password: Password = Field(examples=["k3fm-x7pa-9tqc"])


class StaffOut(Out):
    username: str
    name: str
    roles: list[str]
    windows: list[int]
    department: str
    active: bool
    locked: bool


class StaffList(Out):
    staff: list[StaffOut]


# ---- health ----


class Health(Out):
    """`ok` false comes with 503."""

    ok: bool
    database: bool
    sender: bool
    epoch: str | None
    version: str
