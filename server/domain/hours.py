"""Opening hours: when numbers are issued, and when to come back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from config.hall_file import Hours
from server.domain.refusals import Refusal
from server.domain.units import MINUTE, SECOND, local, moment

WEEKDAYS_ZH = "一二三四五六日"
LOOK_AHEAD_DAYS = 21


class IssuingClosed(Refusal):
    status, code = 409, "issuing_closed"
    zh = "现在不是取号时间，请于{back_zh}再来。"
    en = "Numbers are not issued now. Please come back {back_en}."


class FullForToday(Refusal):
    status, code = 409, "full_for_today"
    zh = "按目前等候人数，今天下班前已办不完，请于{back_zh}再来。"
    en = "With those already waiting, closing time would pass before your turn. Please come back {back_en}."


@dataclass(frozen=True, slots=True)
class Span:
    """An open stretch, µs UTC, end not included."""

    start: int
    end: int


def spans_of(hours: Hours, day: date, zone: ZoneInfo, lunch: bool) -> list[Span]:
    """The open stretches of a day, touching ones joined; with the lunch shift between them where someone is on duty."""
    midnight = datetime.combine(day, time(), zone)
    pairs = [
        (moment(midnight + timedelta(minutes=opens)), moment(midnight + timedelta(minutes=closes)))
        for opens, closes in hours.spans_on(day) + (hours.lunch_on(day) if lunch else [])
    ]
    spans: list[Span] = []
    for opens, closes in sorted(pairs):
        if spans and opens <= spans[-1].end:
            spans[-1] = Span(spans[-1].start, max(spans[-1].end, closes))
        else:
            spans.append(Span(opens, closes))
    return spans


def finish_of(spans: Sequence[Span], now: int, seconds: int) -> int | None:
    """When `seconds` of waiting and service would end, counting open time only; None if not today."""
    left = seconds * SECOND
    for span in spans:
        start = max(now, span.start)
        if start >= span.end:
            continue
        if start + left <= span.end:
            return start + left
        left -= span.end - start
    return None


def _come_back(at: int, now: int, zone: ZoneInfo) -> dict[str, str]:
    when, today = local(at, zone), local(now, zone).date()
    days = (when.date() - today).days
    clock = f"{when:%H:%M}"
    if days == 0:
        return {"back_zh": f"今天 {clock}", "back_en": f"today at {clock}"}
    if days == 1:
        return {"back_zh": f"明天 {clock}", "back_en": f"tomorrow at {clock}"}
    return {
        "back_zh": f"{when.month}月{when.day}日（周{WEEKDAYS_ZH[when.weekday()]}）{clock}",
        "back_en": f"on {when:%a} {when.date().isoformat()} at {clock}",
    }


def next_opening(hours: Hours, now: int, zone: ZoneInfo, lunch: bool) -> int | None:
    """The next time numbers are issued after `now`, within three weeks; None if no opening is known."""
    today = local(now, zone).date()
    for offset in range(LOOK_AHEAD_DAYS):
        for span in spans_of(hours, today + timedelta(days=offset), zone, lunch):
            opens = span.start - hours.issue_before_minutes * MINUTE
            if opens > now:
                return opens
    return None


def check_issuing(hours: Hours, now: int, zone: ZoneInfo, lunch: bool, wait_and_service: int) -> None:
    """Refuse a number that could not be served before closing time.

    `wait_and_service` in seconds. Raises IssuingClosed outside the hours, FullForToday when the
    expected finish passes the day's last closing. Does nothing where the hall does not enforce hours.
    """
    if not hours.enforce:
        return
    spans = spans_of(hours, local(now, zone).date(), zone, lunch)
    early = hours.issue_before_minutes * MINUTE
    issuing = any(span.start - early <= now < span.end for span in spans)
    if issuing and finish_of(spans, now, wait_and_service) is not None:
        return
    back = next_opening(hours, now, zone, lunch)
    words = (
        _come_back(back, now, zone)
        if back is not None
        else {"back_zh": "大厅公布的下一个工作日", "back_en": "on the next working day the hall announces"}
    )
    raise FullForToday(**words) if issuing else IssuingClosed(**words)
