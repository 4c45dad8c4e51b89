"""限时办结、统一督办: how a case stands against its limit, and who is reminded of it when."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from server.domain.cases.state import RUNNING, STOPPED, CaseState

Light = Literal["green", "yellow", "red", "stopped", "done"]
Level = Literal["holder", "head", "manager"]


class ReminderKind(StrEnum):
    YELLOW = "yellow"
    DUE = "due"
    OVERDUE = "overdue"
    URGED = "urged"
    HANDOVER = "handover"
    RESULT = "result"


REMINDER_WORDS: dict[ReminderKind, tuple[str, str]] = {
    ReminderKind.YELLOW: ("临近期限", "nearly due"),
    ReminderKind.DUE: ("今天到期", "due today"),
    ReminderKind.OVERDUE: ("已超期", "overdue"),
    ReminderKind.URGED: ("督办", "urged"),
    ReminderKind.HANDOVER: ("交接清单未签", "list not signed"),
    ReminderKind.RESULT: ("电子结果未上传", "electronic result missing"),
}


def yellow_from(limit: int, yellow_days: int) -> int:
    """So many working days before its end a limit of `limit` days is nearly over: `yellow_days`, but never before half of
    it has passed. A case that is yellow the moment it is taken in tells nobody anything (承诺 1 个工作日)."""
    return min(yellow_days, limit // 2)


def light(state: CaseState, left: int | None, yellow_days: int) -> Light:
    """The colour of a case with `left` working days after today (negative: late; None: no limit runs); `yellow_days`:
    its own, as `yellow_from` says."""
    if state in STOPPED:
        return "stopped"
    if state not in RUNNING:
        return "done"
    if left is None or left > yellow_days:
        return "green"
    return "red" if left < 0 else "yellow"


@dataclass(frozen=True, slots=True)
class Reminding:
    """Somebody is to be reminded; each once a case."""

    kind: ReminderKind
    level: Level


def reminders_due(state: CaseState, left: int | None, yellow_days: int) -> tuple[Reminding, ...]:
    """Who should have been reminded of a case by now: the holder before the limit, the head on its last day, the
    manager (and both of them again) once it is past. Nobody while the clock stands."""
    if state not in RUNNING or left is None or left > yellow_days:
        return ()
    due = [Reminding(ReminderKind.YELLOW, "holder")]
    if left <= 0:
        due += [Reminding(ReminderKind.DUE, "holder"), Reminding(ReminderKind.DUE, "head")]
    if left < 0:
        due += [Reminding(ReminderKind.OVERDUE, level) for level in ("holder", "head", "manager")]
    # What a later one says, an earlier one need not.
    loudest = {one.level: one for one in due}
    return tuple(loudest.values())


def result_reminders(waited: int) -> tuple[Reminding, ...]:
    """Who should have been told by now that an approved case still has no electronic result, `waited` working days after
    the approval: its holder, a day later the head, then the manager."""
    levels: tuple[Level, ...] = ("holder", "head", "manager")
    return tuple(Reminding(ReminderKind.RESULT, level) for level in levels[: max(waited, 0)])
