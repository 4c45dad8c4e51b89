"""Acceptance of an item (事项验收, seed 003 三（一）5): business review by grades, then mock intake at the windows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from server.domain.refusals import Refusal

MOCK_WINDOWS = 3
"""Different comprehensive windows, each with another clerk, that must take the item in without objection (3个以上不同的综合窗口)."""
REVIEWERS = 2
"""多个评审人员: as many reviewers at least."""


class ReviewersTooFew(Refusal):
    status, code = 422, "reviewers_too_few"
    zh = "业务评审至少要 {least} 位评审人，且不能是送审人自己。"
    en = "A review needs at least {least} reviewers, and not whoever submits it."


class ReviewerWroteIt(Refusal):
    status, code = 422, "reviewer_wrote_it"
    zh = "{reviewer}写过这一版，不能评审自己写的，请另选一位。"
    en = "{reviewer} wrote at this version and cannot review it. Please choose somebody else."


class ReviewWithoutHall(Refusal):
    status, code = 422, "review_without_hall"
    zh = "业务评审由行政服务中心组织，请至少选一位行政服务中心的评审人（值班经理或管理员）。"
    en = "The hall's administration leads the review: choose a manager or an administrator among the reviewers."


class ReviewWithoutDepartment(Refusal):
    status, code = 422, "review_without_department"
    zh = "业务评审要有部门业务骨干参加，请至少选一位部门的评审人。"
    en = "A review needs somebody who knows the matter: choose at least one reviewer of a department."


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
class Reviewer:
    """Somebody asked to review. `of_hall`: of the hall's administration (行政服务中心); `department` "" for none."""

    username: str
    name: str
    of_hall: bool
    department: str


def check_panel(reviewers: Iterable[Reviewer], authors: Iterable[str]) -> None:
    """003: 由行政服务中心组织相关部门业务骨干开展评审. Nobody grades what they wrote: 高 means clear at the first sight.

    Raises ReviewersTooFew, ReviewerWroteIt, ReviewWithoutHall, ReviewWithoutDepartment.
    """
    panel, wrote = {one.username: one for one in reviewers}, set(authors)
    own = next((one for one in panel.values() if one.username in wrote), None)
    if own is not None:
        raise ReviewerWroteIt(reviewer=own.name)
    if len(panel) < REVIEWERS:
        raise ReviewersTooFew(least=REVIEWERS)
    if not any(one.of_hall for one in panel.values()):
        raise ReviewWithoutHall()
    if not any(one.department for one in panel.values()):
        raise ReviewWithoutDepartment()


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


def trial_windows(serving: frozenset[int], comprehensive: frozenset[int]) -> frozenset[int]:
    """Where an item may be tried: at the comprehensive windows that serve its section; where these are fewer than the
    trials it takes, at any comprehensive window, as any is to take in any matter."""
    able = serving & comprehensive
    return able if len(able) >= MOCK_WINDOWS else comprehensive


def counted(trials: Iterable[MockIntake]) -> list[MockIntake]:
    """The trials that count, in their order: without objection, each at another window and by another clerk."""
    found: list[MockIntake] = []
    for trial in trials:
        fresh = all(trial.window != one.window and trial.clerk != one.clerk for one in found)
        if trial.window and not trial.objection.strip() and fresh:
            found.append(trial)
    return found


def mock_verdict(trials: Iterable[MockIntake]) -> Stage | None:
    """DRAFT at the first objection; PUBLISHED when enough trials count; None before."""
    tried = list(trials)
    if any(trial.objection.strip() for trial in tried):
        return Stage.DRAFT
    return Stage.PUBLISHED if len(counted(tried)) >= MOCK_WINDOWS else None
