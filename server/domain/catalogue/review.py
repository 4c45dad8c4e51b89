"""Acceptance of an item (事项验收, seed 003 三（一）5): business review by grades, then mock intake at the windows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

MOCK_WINDOWS = 3
"""Different comprehensive windows that must take the item in without objection (3个以上不同的综合窗口)."""


class Stage(StrEnum):
    DRAFT = "draft"
    REVIEW = "review"
    MOCK = "mock"
    PUBLISHED = "published"
    RETIRED = "retired"


STAGE_WORDS = {
    Stage.DRAFT: ("草稿", "draft"),
    Stage.REVIEW: ("业务评审", "business review"),
    Stage.MOCK: ("模拟受理", "mock intake"),
    Stage.PUBLISHED: ("已发布", "published"),
    Stage.RETIRED: ("已停用", "retired"),
}

STAGE_MOVES: dict[Stage, frozenset[Stage]] = {
    Stage.DRAFT: frozenset({Stage.REVIEW, Stage.RETIRED}),
    Stage.REVIEW: frozenset({Stage.DRAFT, Stage.MOCK}),
    Stage.MOCK: frozenset({Stage.DRAFT, Stage.PUBLISHED}),
    Stage.PUBLISHED: frozenset({Stage.RETIRED}),
    Stage.RETIRED: frozenset(),
}


class Grade(StrEnum):
    """高: understood at once; 中: with a question or another paper; 低: materials or checkpoints are missing."""

    HIGH = "high"
    MIDDLE = "middle"
    LOW = "low"


GRADE_WORDS = {Grade.HIGH: ("高", "high"), Grade.MIDDLE: ("中", "middle"), Grade.LOW: ("低", "low")}

ASPECTS: dict[str, tuple[str, str]] = {
    "naming": ("名称和编码准确完整", "names and codes"),
    "situations": ("办事情形细化到位", "situations"),
    "materials": ("材料齐全、名称规范", "materials"),
    "checkpoints": ("审查要点准确", "checkpoints"),
    "attributes": ("数据共享、容缺属性已标注", "shared and deferrable marked"),
}
"""What a reviewer grades, as 003 lists it."""


@dataclass(frozen=True, slots=True)
class Review:
    """One reviewer's grades, a reason with each that is not high."""

    reviewer: str
    grades: dict[str, Grade]
    reasons: dict[str, str]

    @property
    def complete(self) -> bool:
        """Every aspect graded, every lower grade explained."""
        lower = [aspect for aspect, grade in self.grades.items() if grade != Grade.HIGH]
        return self.grades.keys() == ASPECTS.keys() and all(self.reasons.get(aspect, "").strip() for aspect in lower)

    @property
    def passes(self) -> bool:
        return self.complete and set(self.grades.values()) == {Grade.HIGH}


@dataclass(frozen=True, slots=True)
class MockIntake:
    """A trial at one window: `objection` empty when the clerk and the approver had none."""

    window: int
    clerk: str
    objection: str = ""


def verdict(reviews: Iterable[Review], reviewers: Iterable[str]) -> Stage | None:
    """Where the item goes: back to DRAFT at the first 中 or 低, on to MOCK when everybody asked said 高 throughout,
    None while somebody has yet to answer."""
    given = {review.reviewer: review for review in reviews if review.complete}
    if any(not review.passes for review in given.values()):
        return Stage.DRAFT
    asked = set(reviewers)
    return Stage.MOCK if asked and asked <= given.keys() else None


def mock_verdict(trials: Iterable[MockIntake]) -> Stage | None:
    """DRAFT at the first objection; PUBLISHED when enough different windows had none; None before."""
    tried = list(trials)
    if any(trial.objection.strip() for trial in tried):
        return Stage.DRAFT
    return Stage.PUBLISHED if len({trial.window for trial in tried}) >= MOCK_WINDOWS else None
