"""动态调整 (seed 003 三（一）9): somebody at work says that a published item is wrong, lacks something or is out of date;
its department takes it into a new version, or refuses with the reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from server.domain.refusals import Refusal


class Flaw(StrEnum):
    WRONG = "wrong"
    MISSING = "missing"
    OUTDATED = "outdated"
    UNCLEAR = "unclear"


FLAW_WORDS: dict[Flaw, tuple[str, str]] = {
    Flaw.WRONG: ("写错了", "wrong"),
    Flaw.MISSING: ("缺了", "missing"),
    Flaw.OUTDATED: ("过时了（法规、职能已变）", "out of date (the law or who answers for it has changed)"),
    Flaw.UNCLEAR: ("说不清、用不了", "unclear or unusable"),
}


class About(StrEnum):
    """What 003 lets be adjusted: 办事材料、办事情形、审查要点、办理流程、“一件事”组合."""

    MATERIALS = "materials"
    SITUATIONS = "situations"
    CHECKPOINTS = "checkpoints"
    PROCEDURE = "procedure"
    BUNDLE = "bundle"
    BASICS = "basics"


ABOUT_WORDS: dict[About, tuple[str, str]] = {
    About.MATERIALS: ("办事材料", "materials"),
    About.SITUATIONS: ("办事情形", "situations"),
    About.CHECKPOINTS: ("审查要点", "checkpoints"),
    About.PROCEDURE: ("办理流程、时限、收费", "procedure, limits, fee"),
    About.BUNDLE: ("“一件事”组合", "bundle"),
    About.BASICS: ("名称、编码、依据、受理条件", "name, code, ground, conditions"),
}


class AdjustmentState(StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    DONE = "done"


ADJUSTMENT_WORDS: dict[AdjustmentState, tuple[str, str]] = {
    AdjustmentState.OPEN: ("待部门处理", "waits for the department"),
    AdjustmentState.ACCEPTED: ("已采纳，正在改", "accepted, being changed"),
    AdjustmentState.REFUSED: ("不采纳", "refused"),
    AdjustmentState.DONE: ("已按此修改发布", "changed and published"),
}

ADJUSTMENT_MOVES: dict[AdjustmentState, frozenset[AdjustmentState]] = {
    AdjustmentState.OPEN: frozenset({AdjustmentState.ACCEPTED, AdjustmentState.REFUSED}),
    AdjustmentState.ACCEPTED: frozenset({AdjustmentState.DONE, AdjustmentState.OPEN}),
    AdjustmentState.REFUSED: frozenset(),
    AdjustmentState.DONE: frozenset(),
}
"""Back to OPEN: the draft it was taken into was discarded."""


class AdjustmentUnknown(Refusal):
    status, code = 404, "adjustment_unknown"
    zh = "没有这条调整建议，请刷新。"
    en = "There is no such request for a change. Reload the page."


class AdjustmentAnswered(Refusal):
    status, code = 409, "adjustment_answered"
    zh = "这条调整建议{state_zh}，不用再处理，请刷新。"
    en = "This request for a change is answered already ({state_en}). Reload the page."


class AdjustmentReasonMissing(Refusal):
    status, code = 422, "adjustment_reason_missing"
    zh = "不采纳要写明理由，提出的人会看到。"
    en = "Say why it is refused: whoever asked for it reads the reason."


class NothingToAdjust(Refusal):
    status, code = 409, "nothing_to_adjust"
    zh = "“{item}”没有现行版本，不能提调整建议；正在写的版本请在评审、模拟受理时提出。"
    en = "“{item}” has no version in force to adjust. What is being written is for its reviewers and trials."


@dataclass(frozen=True, slots=True)
class Adjustment:
    """A request to change a published item. `version`: what was in force when it was asked; `law`: the new rule that asks
    for it, in force from `law_from`; `due_day`: by when the department answers; `draft`: the version it was taken into."""

    id: int
    item_id: str
    version: int
    flaw: Flaw
    about: About
    text: str
    law: str
    law_from: date | None
    due_day: date
    state: AdjustmentState
    asked_at: int
    asked_by: str
    asked_by_name: str
    asked_from: str
    answer: str
    answered_at: int | None
    answered_by_name: str
    draft: int | None

    @property
    def open(self) -> bool:
        return self.state == AdjustmentState.OPEN


def answer_by(limit: date, law_from: date | None, today: date) -> date:
    """The hall's limit; sooner where a new rule is in force sooner, for then the item has to say what the rule says."""
    return limit if law_from is None else min(limit, max(law_from, today))
