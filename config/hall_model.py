"""What a hall is: the frozen models of the hall file. Import them from `config.hall_file`.

Units are in the names (minutes, seconds). Field rules live here; rules between files live in `config.hall_checks`.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from config.hall_base import Identifier, Name, Part
from config.hall_behind import Handover, Issue, Progress
from config.hall_cases import Cases
from config.hall_catalogue import Catalogue, Files
from config.hall_devices import Evaluation, Leds, Slip, Voice
from config.hall_self_form import SelfForm
from config.hall_sms import CaseTexts, SmsTemplate

WindowKind = Literal["intake", "issue", "agency"]
SmsKind = Literal["taken", "taken_soon", "soon", "called"]
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_SPAN = re.compile(r"^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-4]):([0-5]\d)$")


def span_minutes(span: str) -> tuple[int, int]:
    """`"08:30-12:00"` → (510, 720): minutes since the hall's midnight; the end may be 24:00. ValueError if malformed."""
    match = _SPAN.match(span)
    if not match:
        raise ValueError(span)
    start_hour, start_minute, end_hour, end_minute = map(int, match.groups())
    start, end = start_hour * 60 + start_minute, end_hour * 60 + end_minute
    if not start < end <= 24 * 60:
        raise ValueError(span)
    return start, end


def _checked_span(span: str) -> str:
    try:
        span_minutes(span)
    except ValueError:
        raise PydanticCustomError("span", "not a span of time") from None
    return span


def _checked_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise PydanticCustomError("time_zone", "not a time zone") from None
    return name


Span = Annotated[str, AfterValidator(_checked_span)]


class HallInfo(Part):
    """Which hall this is; `time_zone` (IANA name) decides when its business day turns."""

    id: Identifier
    name: Name
    name_en: Name
    time_zone: Annotated[str, AfterValidator(_checked_zone)]
    city: str = ""


class Hours(Part):
    """When the hall takes people in. `weekly` 0 = Monday; a day left out is closed.

    `lunch_shift` spans are served by the windows with `lunch = true` only. `closed_dates` and `extra_dates` go before
    `weekly`. With `enforce = false` numbers are issued at any hour. `issue_before_minutes`: with `enforce`, numbers
    are issued this long before the doors open.
    """

    enforce: bool = True
    weekly: dict[Annotated[int, Field(ge=0, le=6)], list[Span]]
    lunch_shift: list[Span] = []
    closed_dates: list[dt.date] = []
    extra_dates: dict[dt.date, list[Span]] = {}
    issue_before_minutes: int = Field(30, ge=0, le=240)

    def spans_on(self, day: dt.date) -> list[tuple[int, int]]:
        """When the hall is open on `day`, in minutes since its midnight, in order; lunch shift apart."""
        if day in self.closed_dates:
            return []
        spans = self.extra_dates.get(day, self.weekly.get(day.weekday(), []))
        return sorted(span_minutes(span) for span in spans)

    def lunch_on(self, day: dt.date) -> list[tuple[int, int]]:
        """The lunch shifts of `day`: only those between two opening spans, so none on a day that ends at noon."""
        opens = self.spans_on(day)
        shifts = sorted(span_minutes(span) for span in self.lunch_shift)
        return [
            (start, end)
            for start, end in shifts
            if any(close <= start for _, close in opens) and any(end <= begin for begin, _ in opens)
        ]


class Section(Part):
    """A section (板块) with a letter of its own before its numbers."""

    id: Identifier
    letter: Annotated[str, Field(pattern=r"^[A-Z]$")]
    name: Name
    name_en: Name
    kind: WindowKind


class WindowDef(Part):
    """A window: the sections it serves as a whole, and further items one by one."""

    number: int = Field(ge=1, le=999)
    kind: WindowKind
    name: str = ""
    sections: list[str] = []
    items: list[str] = []
    area: str = ""
    lunch: bool = False


class Item(Part):
    """Something a citizen can come for; `minutes` is the expected service time, `initials` its pinyin initials.

    `bring`: what to bring, for the slip.
    """

    id: Identifier
    name: Name
    name_en: str = ""
    section: str
    department: Name
    minutes: float = Field(gt=0, le=480)
    initials: Annotated[str, Field(pattern=r"^[a-z0-9]*$")] = ""
    bring: str = Field("", max_length=120)


class Service(Part):
    """These windows serve this item, from and to the given dates (both included; None = open-ended)."""

    item: str
    windows: Annotated[list[int], Field(min_length=1)]
    from_date: dt.date | None = None
    to_date: dt.date | None = None

    def covers(self, day: dt.date) -> bool:
        return (self.from_date is None or self.from_date <= day) and (self.to_date is None or day <= self.to_date)


class Limits(Part):
    """Live tickets one phone may hold: in all, and for one item."""

    per_phone: int = Field(3, ge=1, le=99)
    per_item: int = Field(1, ge=1, le=99)


class PriorityClass(Part):
    """A class of the green channel: `credit_minutes` earlier in line, or `first` of all; `min_age` in years."""

    id: Identifier
    name: Name
    name_en: Name
    credit_minutes: float = Field(ge=0, le=480)
    first: bool = False
    min_age: int | None = Field(None, ge=1, le=120)


class Priority(Part):
    """The green channel; at most `cap_share` of a section's tickets of the day get it, but always `cap_floor` may."""

    classes: list[PriorityClass] = []
    cap_share: float = Field(0.3, ge=0, le=1)
    cap_floor: int = Field(3, ge=0, le=999)


class Dispatch(Part):
    """`fairness_minutes` None = a third of the mean service; "soon" is this many ahead or this many minutes."""

    fairness_minutes: float | None = Field(None, ge=0, le=240)
    soon_ahead: int = Field(1, ge=0, le=20)
    soon_minutes: float = Field(5, ge=0, le=120)


class Calls(Part):
    """No-show after `before_no_show` calls, `seconds_between` apart; back `return_behind` others, `returns` times."""

    before_no_show: int = Field(2, ge=1, le=10)
    seconds_between: int = Field(15, ge=0, le=600)
    returns: int = Field(2, ge=0, le=10)
    return_behind: int = Field(3, ge=0, le=50)
    recent: int = Field(8, ge=1, le=30)
    forgotten_minutes: int = Field(60, ge=1, le=1440)
    deserted_minutes: int = Field(10, ge=1, le=1440)


class SmsTexts(Part):
    """The notices; `signature` without its 【】, `link_length` the longest link the hall will send."""

    signature: str = Field(min_length=2, max_length=20)
    link_length: int = Field(40, ge=16, le=70)
    taken: SmsTemplate
    taken_soon: SmsTemplate
    soon: SmsTemplate
    called: SmsTemplate
    cases: CaseTexts = CaseTexts()


class Paper(Part):
    """Numbers kept back for handing out by hand when the system is down."""

    first: int = Field(901, ge=1, le=999)
    last: int = Field(950, ge=1, le=999)


class Area(Part):
    """A waiting area and how it calls: spoken, silent (the screen flashes, the SMS tells), or both (seed 003, 004)."""

    id: Identifier
    name: Name
    voice: Literal["voice", "silent", "both"] = "both"


class HallFile(Part):
    """The whole hall file. `load_hall` checks what one field cannot know; JSON round-trips."""

    hall: HallInfo
    hours: Hours
    sections: Annotated[list[Section], Field(min_length=1)]
    windows: Annotated[list[WindowDef], Field(min_length=1)]
    items: list[Item] = []
    services: list[Service] = []
    limits: Limits = Limits()
    priority: Priority = Priority()
    dispatch: Dispatch = Dispatch()
    calls: Calls = Calls()
    sms: SmsTexts
    paper: Paper = Paper()
    voice: Voice = Voice()
    slip: Slip = Slip()
    evaluation: Evaluation = Evaluation()
    handover: Handover = Handover()
    issue: Issue = Issue()
    progress: Progress = Progress()
    leds: Leds = Leds()
    cases: Cases = Cases()
    self_form: SelfForm = SelfForm()
    catalogue: Catalogue = Catalogue()
    files: Files = Files()
    areas: list[Area] = []
    demo: bool = False

    def windows_by_item(self, day: dt.date) -> dict[str, frozenset[int]]:
        """`windows_for` every item, in one pass over the windows and the services."""
        rows: dict[str, list[Service]] = {}
        for row in self.services:
            rows.setdefault(row.item, []).append(row)
        whole: dict[str, set[int]] = {}
        listed: dict[str, set[int]] = {}
        for window in self.windows:
            for section in window.sections:
                whole.setdefault(section, set()).add(window.number)
            for item_id in window.items:
                listed.setdefault(item_id, set()).add(window.number)
        kept: dict[str, frozenset[int]] = {section: frozenset(numbers) for section, numbers in whole.items()}
        found: dict[str, frozenset[int]] = {}
        for item in self.items:
            if item.id in rows:
                found[item.id] = frozenset(n for row in rows[item.id] if row.covers(day) for n in row.windows)
            else:
                numbers = kept.get(item.section, frozenset())
                found[item.id] = numbers | listed[item.id] if item.id in listed else numbers
        return found

    def windows_for(self, item: Item, day: dt.date) -> list[int]:
        """Window numbers that serve `item` on `day`, ascending; none = the item is not offered that day.

        An item with `services` rows is served by those rows that cover the day, and by nothing else; any other item by
        the windows that serve its section as a whole and those that list it.
        """
        rows = [row for row in self.services if row.item == item.id]
        if rows:
            return sorted({number for row in rows if row.covers(day) for number in row.windows})
        return sorted(w.number for w in self.windows if item.section in w.sections or item.id in w.items)
