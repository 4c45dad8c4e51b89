"""Bodies and answers about slips and about calling an attendant."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from server.web.api.office_schemas import AlarmOut
from server.web.api.parsing import Body
from server.web.api.schemas import Out, Sentence, Time


class Reprint(Body):
    """`phone_tail`: the last four digits of the phone; a kiosk must send them, staff need not."""

    number: Annotated[str, Field(pattern=r"^[A-Z][0-9]{3}$")] = Field(examples=["C012"])
    phone_tail: Annotated[str, Field(pattern=r"^[0-9]{4}$")] | None = Field(None, examples=["5678"])


class SlipOut(Out):
    """What stands on a slip, word for word."""

    hall: str
    hall_en: str
    number: str
    priority: str
    window: str = Field(examples=["预计3号窗口，以叫号为准"])
    window_en: str
    ahead: int | None
    wait: str = Field(examples=["约12分钟"])
    section: str
    section_en: str
    item: str
    item_en: str
    bring: list[str]
    link: str
    phone: str = Field(description="masked", examples=["138****8000"])
    taken: str
    reprinted: str
    note: str


class Printed(Out):
    """A slip came out of `printer`; or `browser`: the page prints `slip` itself."""

    printed: bool
    printer: str | None = Field(examples=["一号小票机"])
    browser: bool
    slip: SlipOut | None


class Pictures(Out):
    slips: list[str] = Field(description="addresses of pictures")


class CallAttendant(Body):
    place: Sentence | None = Field(None, description="where; left out: the device's name", examples=["一号取号机"])


class Attendant(Out):
    """Is an attendant called? `alarm` and `at` are null when none is."""

    called: bool
    alarm: int | None
    subject: str = Field(description="in the events alarm.raised and alarm.cleared of this call")
    at: Time | None


class FloorAlarms(Out):
    alarms: list[AlarmOut]
