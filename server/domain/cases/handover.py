"""材料交接: lists of papers for each department and time slot, signed by both sides (seed 003, 三（四）)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Literal

from server.domain.refusals import Refusal

Direction = Literal["department", "issue", "back"]
OUT: Direction = "department"
"""Papers from the windows to a department."""
IN: Direction = "issue"
"""Results from a department to the issue window."""
BACK: Direction = "back"
"""Results that nobody collected, from the issue window back to their department."""
TO_DEPARTMENT = frozenset({OUT, BACK})


class HandoverState(StrEnum):
    OPEN = "open"
    SENT = "sent"
    RECEIVED = "received"


HANDOVER_WORDS: dict[HandoverState, tuple[str, str]] = {
    HandoverState.OPEN: ("移交方还没有签字交出", "its sender has not signed yet"),
    HandoverState.SENT: ("已经签字交出，等对方签收", "it was sent and waits for the receiving side"),
    HandoverState.RECEIVED: ("双方都已经签字", "both sides have signed"),
}


class LineState(StrEnum):
    """`missing`: the other side looked for it in vain; the line stays open until it turns up."""

    LISTED = "listed"
    SENT = "sent"
    RECEIVED = "received"
    MISSING = "missing"


class HandoverUnknown(Refusal):
    status, code = 404, "handover_unknown"
    zh = "没有这张交接清单，请刷新页面。"
    en = "There is no such handover list. Reload the page."


class HandoverNotYours(Refusal):
    status, code = 403, "handover_not_yours"
    zh = "这张清单应由{who_zh}签字，请对方登录后签收。"
    en = "This list is signed by {who_en}. Ask them to sign in and sign."


class HandoverClosed(Refusal):
    status, code = 409, "handover_closed"
    zh = "这张清单现在不能这样签：{state_zh}。请刷新页面。"
    en = "This list cannot be signed so now: {state_en}. Reload the page."

    @classmethod
    def at(cls, state: HandoverState) -> HandoverClosed:
        """In words: how far its signatures are."""
        zh, en = HANDOVER_WORDS[state]
        return cls(state_zh=zh, state_en=en)


class LineUnknown(Refusal):
    status, code = 422, "handover_line_unknown"
    zh = "清单上没有编号为 {case} 的办件，请刷新页面。"
    en = "Case {case} is not on this list. Reload the page."


class NoteNeeded(Refusal):
    status, code = 422, "handover_note_needed"
    zh = "没有收到的办件请写明缺什么，便于对方查找。"
    en = "Say what is missing, so that the other side can look for it."


class NothingToHandOver(Refusal):
    status, code = 409, "nothing_to_hand_over"
    zh = "{department}现在没有等待交接的办件。"
    en = "Nothing waits to be handed over for {department}."


@dataclass(frozen=True, slots=True)
class Slot:
    """A list's place in the calendar: a day of the hall and a time of its clock, "HH:MM"."""

    day: date
    time: str


def next_slot(now: datetime, slots: Sequence[str], works: Callable[[date], bool]) -> Slot:
    """The next time papers go, at `now` on the hall's clock: today's next, else the next working day's first."""
    clock = f"{now:%H:%M}"
    ordered = sorted(slots)
    later = next((slot for slot in ordered if slot > clock), None)
    if later is not None and works(now.date()):
        return Slot(now.date(), later)
    day = now.date() + timedelta(days=1)
    while not works(day):
        day += timedelta(days=1)
    return Slot(day, ordered[0])


def is_late(day: date, now: datetime, day_end: str) -> bool:
    """Should a list of `day` be signed by now? `day_end`, "HH:MM": when that day's papers must have gone."""
    return (day.isoformat(), day_end) <= (now.date().isoformat(), f"{now:%H:%M}")


def remind_now(day: date, slot: str, now: datetime, minutes: int) -> bool:
    """Should a list of this slot be signed by now, so many minutes after it?"""
    due = datetime.combine(day, time.fromisoformat(slot), tzinfo=now.tzinfo) + timedelta(minutes=minutes)
    return now >= due


def after_receiving(lines: Mapping[int, LineState], said: Mapping[int, tuple[bool, str]]) -> dict[int, LineState]:
    """The lines as the receiver signs them; `said`: case → (there, note). What is not said stays as it is.

    Raises LineUnknown, NoteNeeded.
    """
    result = dict(lines)
    for case, (there, note) in said.items():
        if case not in lines:
            raise LineUnknown(case=case)
        if not there and not note.strip():
            raise NoteNeeded()
        if lines[case] != LineState.RECEIVED:
            result[case] = LineState.RECEIVED if there else LineState.MISSING
    return result
