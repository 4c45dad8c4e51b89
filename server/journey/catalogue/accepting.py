"""An item is accepted (事项验收): reviewers grade it, then clerks take it in at their windows for trial."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from server.domain.actor import Actor, Role
from server.domain.catalogue.review import ASPECTS, GRADE_WORDS, Grade, MockIntake, Review, Stage, mock_verdict, verdict
from server.domain.refusals import Refusal
from server.domain.window import WindowState
from server.journey.catalogue.drafting import item_node
from server.journey.catalogue.publishing import NotInMockIntake
from server.journey.catalogue.rights import reviews
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


class TrialNotYourWindow(Refusal):
    status, code = 403, "trial_not_your_window"
    zh = "请在您自己开着的窗口模拟受理，{window}号窗口现在不是。"
    en = "Try the item at the window you have open yourself; window {window} is not."


class TrialWindowNotComprehensive(Refusal):
    status, code = 409, "trial_window_not_comprehensive"
    zh = "{window}号窗口不是综合受理窗口，请在综合受理窗口模拟受理。"
    en = "Window {window} is not a comprehensive intake window. Try the item at one that is."


class ObjectionMissing(Refusal):
    status, code = 422, "objection_missing"
    zh = "请写明对“{item}”的异议；没有异议由窗口模拟受理确认。"
    en = "Say what stands against “{item}”; that nothing does is for the windows to find."


@dataclass(frozen=True, slots=True)
class GiveReview:
    """`grades` by aspect, a reason with each that is not high."""

    by: Actor
    item: str
    version: int
    grades: Mapping[str, Grade]
    reasons: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TryItem:
    """`window` None: an approver's objection. `objection` "" when the mock intake went well."""

    by: Actor
    item: str
    version: int
    window: int | None
    objection: str = ""


def username(by: Actor) -> str:
    return by.id.removeprefix("staff:")


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
    said = [one for round_, _, one in tx.acceptance.reviews(row) if round_ == row.round]
    to = verdict(said, row.reviewers)
    if to is None:
        return row
    note = _why(request.by.name, given) if to == Stage.DRAFT else ""
    return tx.catalogue.move(row, to, request.by.id, note=note, revision=row.revision + 1)


def _why(name: str, given: Review) -> str:
    parts = [
        f"{ASPECTS[aspect][0]}（{GRADE_WORDS[grade][0]}）：{given.reasons[aspect]}"
        for aspect, grade in given.grades.items()
        if grade != Grade.HIGH
    ]
    return f"{name}评审退回。{'；'.join(parts)}"


def try_item(tx: Tx, request: TryItem, now: int) -> VersionRow:
    """A mock intake at an open comprehensive window; any objection, also an approver's, sends the version back.

    Raises NotInMockIntake, TrialNotYourWindow, TrialWindowNotComprehensive, ObjectionMissing, WindowUnknown.
    """
    node = item_node(tx, request.item)
    row = tx.catalogue.row(node.id, request.version)
    if row.stage != Stage.MOCK:
        raise NotInMockIntake(item=node.name, version=row.version)
    objection = request.objection.strip()
    window = _window(tx, request.by, request.window)
    if not window and not objection:
        raise ObjectionMissing(item=node.name)
    trial = MockIntake(window, username(request.by), objection)
    tx.acceptance.add_trial(row, trial)
    data = {"version": row.version, "window": window, "objection": objection}
    tx.audit.add(request.by.id, "item.tried", f"item:{node.id}", data)
    trials = [one for round_, _, one in tx.acceptance.trials(row) if round_ == row.round]
    if mock_verdict(trials) != Stage.DRAFT:
        return row
    where = f"{window}号窗口" if window else request.by.name
    note = f"模拟受理退回（{where}）：{objection}"
    return tx.catalogue.move(row, Stage.DRAFT, request.by.id, note=note, revision=row.revision + 1)


def _window(tx: Tx, by: Actor, number: int | None) -> int:
    """The clerk's own comprehensive window; 0 for an approver, who has none."""
    if number is None:
        if not by.has(Role.APPROVER, Role.HEAD, Role.MANAGER, Role.ADMIN):
            raise TrialNotYourWindow(window="—")
        return 0
    known = tx.rules.window(number)
    window = tx.windows.get(number)
    if window.state == WindowState.CLOSED or window.clerk != by.id:
        raise TrialNotYourWindow(window=number)
    if known.kind != "intake" or not known.sections:
        raise TrialWindowNotComprehensive(window=number)
    return number
