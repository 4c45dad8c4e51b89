"""From draft to publication: saved by revision, graded by reviewers, tried at three windows (seed 003, 事项验收)."""

from __future__ import annotations

from typing import Any

import pytest

from server.domain.actor import Actor, Role
from server.domain.catalogue.checking import ItemHasFaults
from server.domain.catalogue.review import (
    ASPECTS,
    Grade,
    ReviewersTooFew,
    ReviewerWroteIt,
    ReviewWithoutDepartment,
    ReviewWithoutHall,
)
from server.journey.catalogue import accepting, drafting, mock_intake, publishing
from server.journey.catalogue.inbox import inbox_view
from server.journey.catalogue.rights import NeedsLeader, NotAReviewer, NotYourDepartment
from server.journey.catalogue.views import version_view
from server.store.catalogue_rows import DraftChanged, VersionRow
from server.store.transaction import Tx
from tests.journey.catalogue_scene import (
    ADMIN,
    APPROVER,
    EDITOR,
    HEAD,
    OTHER,
    add_item,
    body,
    draft,
    material,
    ready,
)
from tests.scene import MANAGER, Scene, clerk, small_hall

REVIEWERS = ("wang", "li")
HIGH = dict.fromkeys(ASPECTS, Grade.HIGH)


@pytest.fixture(autouse=True)
def people(hall: Scene) -> None:
    def step(tx: Tx, _: None, now: int) -> None:
        for name in ("wang", "zhou", "gone"):
            tx.staff.add(name, f"{name}老师", ("editor",), (), "x", "市住建局")
        for name in ("li", "manager"):
            tx.staff.add(name, f"{name}老师", ("manager",), (), "x")
        tx.staff.add("police.editor", "尹娜", ("editor",), (), "x", "市公安局")
        tx.staff.set_active("gone", False)

    hall.write(step, None)


def reviewer(name: str) -> Actor:
    return Actor(f"staff:{name}", f"{name}老师", frozenset({Role.EDITOR}))


def save(hall: Scene, row: VersionRow, revision: int | None = None, by: Actor = EDITOR, **changes: Any) -> VersionRow:
    wanted = drafting.SaveDraft(by, row.item_id, row.version, revision or row.revision, body(**changes))
    return hall.write(drafting.save_draft, wanted)


def submit(hall: Scene, row: VersionRow, reviewers: tuple[str, ...] = REVIEWERS) -> VersionRow:
    return hall.write(drafting.submit, drafting.SubmitDraft(EDITOR, row.item_id, row.version, row.revision, reviewers))


def review(hall: Scene, name: str, version: int = 1, **lower: tuple[Grade, str]) -> VersionRow:
    grades = {**HIGH, **{aspect: grade for aspect, (grade, _) in lower.items()}}
    reasons = {aspect: why for aspect, (_, why) in lower.items()}
    return hall.write(accepting.review, accepting.GiveReview(reviewer(name), "id-lost", version, grades, reasons))


def attempt(hall: Scene, window: int | None, objection: str = "", by: Actor | None = None) -> VersionRow:
    who = by or clerk(window or 0)
    return hall.write(mock_intake.try_item, mock_intake.TryItem(who, "id-lost", 1, window, objection))


def publish(hall: Scene, by: Actor = HEAD) -> VersionRow:
    return hall.write(publishing.publish, publishing.Publish(by, "id-lost", 1))


def in_mock(hall: Scene) -> VersionRow:
    add_item(hall)
    submit(hall, draft(hall))
    review(hall, "wang")
    return review(hall, "li")


def test_an_item_goes_the_whole_way_into_the_hall(hall: Scene) -> None:
    assert in_mock(hall).stage == "mock"
    with pytest.raises(publishing.MockIntakeMissing, match="3 个不同"):
        publish(hall)
    hall.open(1, 2, 3)
    for window in (1, 2):
        attempt(hall, window)
    with pytest.raises(publishing.MockIntakeMissing):
        publish(hall)
    attempt(hall, 3)
    hall.reload(small_hall(catalogue={"vague_words": {"回执": "写“照相馆回执”"}}))
    with pytest.raises(ItemHasFaults, match="照相馆回执"):
        publish(hall)  # what became vague while it was reviewed is not published either
    hall.reload(small_hall())
    shown = hall.read(version_view, "id-lost", 1, HEAD)
    assert shown["publishable"] and shown["may"]["publish"]
    row = publish(hall)
    assert (row.stage, row.effective_to) == ("published", None)
    assert hall.take(item="id-lost").section == "general"
    assert hall.read(lambda rx: rx.catalogue.in_force("id-lost", rx.rules.day)) == (1, body())


def test_the_second_of_two_editors_is_told_that_the_draft_has_changed(hall: Scene) -> None:
    add_item(hall)
    row = draft(hall)
    assert save(hall, row, minutes=9).revision == 2
    with pytest.raises(DraftChanged):
        save(hall, row, minutes=10)
    assert hall.read(lambda rx: rx.catalogue.version("id-lost", 1)).minutes == 9
    with pytest.raises(NotYourDepartment):
        save(hall, row, 2, by=OTHER)


def test_a_draft_is_saved_with_faults_and_submitted_only_without(hall: Scene) -> None:
    add_item(hall)
    vague = [material("household", "户口簿等材料"), material("photo", "相片回执")]
    row = draft(hall, materials=vague)
    with pytest.raises(ItemHasFaults) as refused:
        submit(hall, row)
    assert refused.value.detail["faults"][0]["place"] == "材料“户口簿等材料”"
    shown = hall.read(version_view, "id-lost", 1, EDITOR)
    assert "模糊" in shown["faults"][0]["zh"]
    assert submit(hall, save(hall, row)).stage == "review"


def test_the_halls_own_vague_words_are_refused_too(hall: Scene) -> None:
    hall.reload(small_hall(catalogue={"vague_words": {"回执": "写“照相馆回执”"}}))
    add_item(hall)
    with pytest.raises(ItemHasFaults, match="照相馆回执"):
        submit(hall, draft(hall))


def test_two_reviewers_who_are_there_are_needed_of_the_hall_and_of_a_department(hall: Scene) -> None:
    """由行政服务中心组织相关部门业务骨干开展评审."""
    add_item(hall)
    row = draft(hall)
    for too_few in (("wang",), ("wang", "wang")):
        with pytest.raises(ReviewersTooFew):
            submit(hall, row, too_few)
    with pytest.raises(ReviewWithoutHall, match="值班经理或管理员"):
        submit(hall, row, ("wang", "zhou"))
    with pytest.raises(ReviewWithoutDepartment):
        submit(hall, row, ("li", "manager"))
    for unknown in (("wang", "nobody"), ("wang", "gone")):
        with pytest.raises(drafting.ReviewerUnknown):
            submit(hall, row, unknown)


def test_nobody_reviews_what_they_wrote(hall: Scene) -> None:
    add_item(hall)
    row = draft(hall)
    with pytest.raises(ReviewerWroteIt, match="尹娜"):
        submit(hall, row, ("li", "police.editor"))
    row = save(hall, row, by=MANAGER)
    with pytest.raises(ReviewerWroteIt, match="manager老师"):
        submit(hall, row, ("wang", "manager"))
    row = save(hall, row)
    assert submit(hall, row).reviewers == REVIEWERS
    shown = hall.read(version_view, "id-lost", 1, EDITOR)
    assert [one["username"] for one in shown["authors"]] == ["manager", "police.editor"]


@pytest.mark.parametrize("grade", [Grade.MIDDLE, Grade.LOW])
def test_one_lower_grade_sends_it_back_with_its_reason_and_the_next_round_begins_anew(
    hall: Scene, grade: Grade
) -> None:
    add_item(hall)
    submit(hall, draft(hall))
    review(hall, "wang")
    back = review(hall, "li", materials=(grade, "户口簿应写明首页和本人页"))
    assert (back.stage, back.round) == ("draft", 1)
    assert "户口簿应写明首页和本人页" in back.note and "li老师" in back.note
    again = submit(hall, save(hall, back))
    assert (again.stage, again.round, again.note) == ("review", 2, "")
    assert review(hall, "li").stage == "review", "wang's grades of the first round count no more"
    assert review(hall, "wang").stage == "mock"
    assert len(hall.read(version_view, "id-lost", 1, EDITOR)["reviews"]) == 4, "what was said before stays"


def test_a_review_is_whole_by_somebody_asked_and_once(hall: Scene) -> None:
    add_item(hall)
    row = draft(hall)
    with pytest.raises(accepting.NotInReview):
        review(hall, "wang")
    submit(hall, row)
    with pytest.raises(NotAReviewer):
        review(hall, "zhao")
    with pytest.raises(accepting.ReviewIncomplete):
        review(hall, "wang", materials=(Grade.LOW, "  "))
    review(hall, "wang")
    with pytest.raises(accepting.ReviewedAlready):
        review(hall, "wang")
    with pytest.raises(drafting.NotADraft):
        save(hall, row)


def test_the_halls_administration_asks_somebody_else_where_one_never_answers(hall: Scene) -> None:
    add_item(hall)
    submit(hall, draft(hall))

    def ask(*names: str, by: Actor = MANAGER) -> VersionRow:
        return hall.write(accepting.change_panel, accepting.ChangePanel(by, "id-lost", 1, names))

    review(hall, "li")
    with pytest.raises(NeedsLeader):
        ask("li", "zhou", by=HEAD)
    with pytest.raises(ReviewWithoutDepartment):
        ask("li", "manager")
    with pytest.raises(ReviewerWroteIt):
        ask("li", "police.editor")
    assert ask("li", "zhou").stage == "review"
    with pytest.raises(NotAReviewer):
        review(hall, "wang")
    assert review(hall, "zhou").stage == "mock", "what li said before counts"
    with pytest.raises(accepting.NotInReview):
        ask("li", "wang")


def test_an_objection_at_a_window_or_of_an_approver_sends_it_back(hall: Scene) -> None:
    in_mock(hall)
    hall.open(1)
    attempt(hall, 1)
    back = attempt(hall, None, "缺少监护人情形", by=APPROVER)
    assert (back.stage, back.note) == ("draft", "模拟受理退回（雷鸣）：缺少监护人情形")
    submit(hall, back)
    review(hall, "wang")
    review(hall, "li")
    assert attempt(hall, 1, "要点三看不清").note == "模拟受理退回（1号窗口）：要点三看不清"


def test_a_trial_is_made_at_ones_own_open_comprehensive_window(hall: Scene) -> None:
    in_mock(hall)
    with pytest.raises(mock_intake.TrialNotYourWindow):
        attempt(hall, 1)
    hall.open(1, 4, 5, 6)
    with pytest.raises(mock_intake.TrialNotYourWindow):
        attempt(hall, 1, by=clerk(2))
    for special in (4, 5, 6):
        with pytest.raises(mock_intake.TrialWindowNotComprehensive, match="1, 2, 3"):
            attempt(hall, special)
    with pytest.raises(mock_intake.TrialNotYourWindow):
        attempt(hall, None, "不行", by=EDITOR)
    with pytest.raises(mock_intake.ObjectionMissing):
        attempt(hall, None, " ", by=APPROVER)
    hall.write(drafting_close, 1)
    with pytest.raises(mock_intake.TrialNotYourWindow):
        attempt(hall, 1)


def test_three_clerks_at_three_windows_and_not_one_at_all_of_them(hall: Scene) -> None:
    """如果办事事项经过3个以上不同的综合窗口受理: one clerk who goes from window to window has not shown that."""
    in_mock(hall)
    hall.open(1)
    attempt(hall, 1)
    hall.write(drafting_close, 1)
    hall.write(open_at, (clerk(1), 2))
    with pytest.raises(mock_intake.TriedAlready, match="1号窗口试过"):
        attempt(hall, 2, by=clerk(1))
    hall.write(open_at, (clerk(2), 1))
    with pytest.raises(mock_intake.TriedAlready, match="1号窗口试过"):
        attempt(hall, 1, by=clerk(2))
    shown = hall.read(version_view, "id-lost", 1, clerk(1))
    assert (shown["mock"]["needed"], shown["mock"]["missing"], shown["may"]["try"]) == (3, 2, False)
    assert "1号窗口试过" in shown["mock"]["refusal"]["zh"]
    assert [(one["number"], one["ready"]) for one in shown["mock"]["windows"]] == [(2, False), (3, False)]
    hall.open(3)
    ready_now = hall.read(version_view, "id-lost", 1, clerk(3))["mock"]
    assert [one["number"] for one in ready_now["windows"] if one["ready"]] == [3] and ready_now["refusal"] is None
    assert attempt(hall, 2, "要点三看不清", by=clerk(1)).stage == "draft", "an objection always counts"


def test_where_a_section_has_too_few_windows_any_comprehensive_window_tries(hall: Scene) -> None:
    add_item(hall)
    submit(hall, draft(hall, section="house"))
    review(hall, "wang")
    review(hall, "li")
    hall.open(1, 2, 4)
    for window in (1, 2, 4):
        attempt(hall, window)
    assert hall.read(version_view, "id-lost", 1, HEAD)["publishable"]


def test_whoever_wrote_it_does_not_try_it_and_no_other_department_stops_it(hall: Scene) -> None:
    add_item(hall)
    writer = Actor("staff:clerk1", "一号", frozenset({Role.CLERK, Role.EDITOR}), department="市公安局")
    submit(hall, save(hall, draft(hall), by=writer))
    review(hall, "wang")
    review(hall, "li")
    hall.open(1)
    with pytest.raises(mock_intake.TrialByAuthor):
        attempt(hall, 1, by=writer)
    stranger = Actor("staff:tax.head", "税务", frozenset({Role.HEAD}), department="市税务局")
    with pytest.raises(NotYourDepartment):
        attempt(hall, None, "不行", by=stranger)
    assert not hall.read(version_view, "id-lost", 1, stranger)["may"]["object"]


def open_at(tx: Tx, who: tuple[Actor, int], now: int) -> None:
    from server.journey.counter import WindowRequest, open_window

    open_window(tx, WindowRequest(*who), now)


def drafting_close(tx: Tx, number: int, now: int) -> None:
    from server.journey.counter import LeaveRequest, close_window

    close_window(tx, LeaveRequest(clerk(number), number), now)


def test_only_the_departments_head_or_a_leader_publishes_and_only_from_mock_intake(hall: Scene) -> None:
    add_item(hall)
    draft(hall)
    with pytest.raises(publishing.NotInMockIntake):
        publish(hall)
    for by in (EDITOR, OTHER, APPROVER):
        with pytest.raises(NotYourDepartment):
            publish(hall, by)


def test_one_version_is_under_way_at_a_time_and_a_dropped_one_stays_in_the_history(hall: Scene) -> None:
    ready(hall)
    row = hall.write(drafting.start_draft, drafting.StartDraft(EDITOR, "id-lost"))
    assert (row.version, row.item, row.initials) == (2, body(), "jmsfzbl"), "a new version begins as the last one"
    with pytest.raises(drafting.VersionUnderWay, match="第 2 版还在草稿"):
        draft(hall)
    hall.write(drafting.drop_draft, drafting.DropDraft(EDITOR, "id-lost", 2, row.revision))
    assert draft(hall).version == 3
    assert [one.stage for one in hall.read(lambda rx: rx.catalogue.versions("id-lost"))] == [
        "draft",
        "retired",
        "published",
    ]
    assert hall.read(lambda rx: rx.catalogue.in_force("id-lost", rx.rules.day))[0] == 1


def test_a_new_item_begins_as_the_hall_file_knows_it(hall: Scene) -> None:
    add_item(hall, "passport", "普通护照签发")
    row = hall.write(drafting.start_draft, drafting.StartDraft(EDITOR, "passport"))
    assert (row.item.section, row.item.minutes, row.item.department) == ("general", 6, "市公安局")


def test_everybody_finds_what_waits_for_them(hall: Scene) -> None:
    add_item(hall)
    row = draft(hall)
    assert [one["item"] for one in hall.read(inbox_view, EDITOR)["drafts"]] == ["id-lost"]
    assert not any(hall.read(inbox_view, OTHER)["counts"].values())
    submit(hall, row)
    assert len(hall.read(inbox_view, reviewer("wang"))["reviews"]) == 1
    review(hall, "wang")
    assert hall.read(inbox_view, reviewer("wang"))["reviews"] == []
    review(hall, "li")
    hall.open(1)
    assert len(hall.read(inbox_view, clerk(1))["trials"]) == 1
    attempt(hall, 1)
    assert hall.read(inbox_view, clerk(1))["trials"] == []
    assert len(hall.read(inbox_view, MANAGER)["trials"]) == 1
    assert ADMIN.leads


def test_a_version_that_waits_for_a_reviewer_in_vain_may_be_discarded(hall: Scene) -> None:
    add_item(hall)
    row = submit(hall, draft(hall))
    assert row.stage == "review"
    assert hall.read(version_view, "id-lost", row.version, EDITOR)["may"]["drop"]
    hall.write(drafting.drop_draft, drafting.DropDraft(EDITOR, "id-lost", row.version, row.revision))
    assert draft(hall).version == row.version + 1
