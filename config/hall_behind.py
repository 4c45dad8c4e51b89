"""Behind the counter: when papers change hands, how results are issued, what the progress board shows."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from config.hall_base import Part

ClockTime = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]


class HandoverContact(Part):
    """交接联络人 of a `department`; `staff` is the account that is reminded, left out where there is none."""

    department: str = Field(min_length=1, max_length=80)
    name: str = Field(min_length=1, max_length=40)
    phone: str = Field("", max_length=40)
    staff: str = Field("", max_length=64)


class Handover(Part):
    """材料交接: papers go at these `slots` of the hall's clock; the department's `contacts` are reminded of a list that is
    unsigned `remind_minutes` after its slot; one unsigned at `signed_by` is an alarm."""

    contacts: list[HandoverContact] = []
    remind_minutes: int = Field(15, ge=1, le=240)
    slots: Annotated[list[ClockTime], Field(min_length=1, max_length=12)] = ["11:30", "17:00"]
    signed_by: ClockTime = "17:30"


class Issue(Part):
    """出件: results wait on numbered `shelves`; every `remind_days` without collection a reminder, `reminders` times;
    after `keep_days` on the shelf it goes back to the department and the case is closed.

    `sender_*`: what stands on a parcel; left out, the hall's name.
    """

    shelves: int = Field(200, ge=1, le=9999)
    remind_days: int = Field(7, ge=1, le=90)
    reminders: int = Field(3, ge=0, le=10)
    keep_days: int = Field(180, ge=1, le=3650)
    sender_name: str = Field("", max_length=40)
    sender_phone: str = Field("", max_length=20)
    sender_address: str = Field("", max_length=120)


class Progress(Part):
    """进度公示: what was decided stays shown for `shown_days`; five wrong tries at one's own case lock `lock_minutes`."""

    shown_days: int = Field(7, ge=0, le=90)
    lock_minutes: int = Field(15, ge=1, le=1440)
