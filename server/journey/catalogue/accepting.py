"""业务评审: reviewers grade a version; any 中 or 低 sends it back, all 高 takes it on to mock intake."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from server.domain.actor import Actor
from server.domain.catalogue.review import ASPECTS, GRADE_WORDS, Grade, Review, Stage, verdict
from server.domain.refusals import Refusal
from server.journey.catalogue.drafting import item_node, panel_of, username
from server.journey.catalogue.rights import NeedsLeader, reviews
from server.store.catalogue_rows import VersionRow
from server.store.transaction import Tx


class NotInReview(Refusal):
    status, code = 409, "not_in_review"
    zh = "“{item}”第 {version} 版不在业务评审中，请刷新。"
    en = "Version {version} of “{item}” is not under review. Reload the page."


class ReviewIncomplete(Refusal):
    status, code = 422, "review_incomplete"
    zh = "请给 {count} 个方面都打分，打“中”“低”的请写明理由。"
    en = "Grade all {count} aspects, and give the reason for each that is not high."


class ReviewedAlready(Refusal):
    status, code = 409, "reviewed_already"
    zh = "这一轮您已评审过“{item}”。"
    en = "You have reviewed “{item}” in this round already."


@dataclass(frozen=True, slots=True)
class GiveReview:
    """`grades` by aspect, a reason with each that is not high."""

    by: Actor
    item: str
    version: int
    grades: Mapping[str, Grade]
    reasons: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ChangePanel:
    """`reviewers` are user names: who reviews it from now on."""

    by: Actor
    item: str
    version: int
    reviewers: tuple[str, ...]


def change_panel(tx: Tx, request: ChangePanel, now: int) -> VersionRow:
    """The hall's administration organises the review: somebody else looks instead of one who never answers. What was said
    stays; where everybody now asked has said 高, it goes on.

    Raises NotInReview, NeedsLeader, and what `panel_of` does.
    """
    node = item_node(tx, request.item)
    row = tx.catalogue.row(node.id, request.version)
    if not request.by.leads:
        raise NeedsLeader()
    if row.stage != Stage.REVIEW:
        raise NotInReview(item=node.name, version=row.version)
    panel = panel_of(tx, row.written_by, request.reviewers)
    tx.audit.add(request.by.id, "item.panel_changed", f"item:{node.id}", {"version": row.version, "reviewers": panel})
    row = tx.catalogue.move(row, Stage.REVIEW, request.by.id, reviewers=panel)
    return _settle(tx, row, request.by, "")


def _settle(tx: Tx, row: VersionRow, by: Actor, why: str) -> VersionRow:
    """Where what was said in this round takes it, if anywhere; `why` it goes back."""
    said = [one for round_, _, one in tx.acceptance.reviews(row) if round_ == row.round]
    to = verdict(said, row.reviewers)
    if to is None:
        return row
    return tx.catalogue.move(row, to, by.id, note=why if to == Stage.DRAFT else "", revision=row.revision + 1)


def review(tx: Tx, request: GiveReview, now: int) -> VersionRow:
    """Any 中 or 低 sends it back with its reasons; the last 高 sends it on to mock intake.

    Raises NotInReview, NotAReviewer, ReviewIncomplete, ReviewedAlready.
    """
    node = item_node(tx, request.item)
    row = tx.catalogue.row(node.id, request.version)
    if row.stage != Stage.REVIEW:
        raise NotInReview(item=node.name, version=row.version)
    reviews(tx, request.by, node.id, row.version)
    who = username(request.by)
    reasons = {aspect: text.strip() for aspect, text in request.reasons.items() if text.strip()}
    given = Review(who, dict(request.grades), reasons)
    if not given.complete:
        raise ReviewIncomplete(count=len(ASPECTS))
    if not tx.acceptance.add_review(row, given):
        raise ReviewedAlready(item=node.name)
    grades = {aspect: str(grade) for aspect, grade in given.grades.items()}
    tx.audit.add(request.by.id, "item.reviewed", f"item:{node.id}", {"version": row.version, "grades": grades})
    return _settle(tx, row, request.by, _why(request.by.name, given))


def _why(name: str, given: Review) -> str:
    parts = [
        f"{ASPECTS[aspect][0]}（{GRADE_WORDS[grade][0]}）：{given.reasons[aspect]}"
        for aspect, grade in given.grades.items()
        if grade != Grade.HIGH
    ]
    return f"{name}评审退回。{'；'.join(parts)}"
