"""动态调整: whoever works with an item asks for a change, its department answers, and the asker sees what became of it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from server.domain.catalogue.adjustment import (
    About,
    Adjustment,
    AdjustmentAnswered,
    AdjustmentReasonMissing,
    Flaw,
    NothingToAdjust,
)
from server.journey.cases import clockwork
from server.journey.catalogue import adjusting, drafting, publishing
from server.journey.catalogue.inbox import inbox_view
from server.journey.catalogue.rights import NotYourDepartment, answers
from tests.journey.catalogue_scene import ADMIN, EDITOR, HEAD, OTHER, POLICE, add_item, body, ready
from tests.scene import GUIDE, MANAGER, Scene, clerk, small_hall

CLERK = clerk(1)


def ask(hall: Scene, by: Any = CLERK, item: str = "id-lost", **more: Any) -> Adjustment:
    wanted = {"flaw": Flaw.OUTDATED, "about": About.MATERIALS, "text": "户口簿已不再要求提交", **more}
    return hall.write(adjusting.ask, adjusting.AskAdjustment(by, item, **wanted))


def accept(hall: Scene, one: Adjustment, by: Any = EDITOR) -> Adjustment:
    return hall.write(adjusting.accept, adjusting.AnswerAdjustment(by, one.id))


def outcome(hall: Scene, by: Any = CLERK) -> dict[str, Any]:
    """Of the asker's last request, as the asker sees it."""
    return dict(hall.read(inbox_view, by)["asked"][0])


def test_what_a_clerk_finds_wrong_goes_to_the_department_into_a_draft_and_into_the_hall(hall: Scene) -> None:
    ready(hall)
    made = ask(hall)
    (waits,) = hall.read(inbox_view, EDITOR)["adjustments"]
    assert (waits["text"], waits["state"], waits["asked_by_name"]) == (made.text, "open", CLERK.name)
    assert hall.read(inbox_view, OTHER)["adjustments"] == [], "another department's people are not asked"
    taken = accept(hall, made)
    assert (taken.state, taken.draft) == ("accepted", 2)
    assert hall.read(lambda rx: rx.catalogue.row("id-lost", 2)).note == "动态调整：户口簿已不再要求提交"
    assert hall.read(inbox_view, EDITOR)["adjustments"] == []
    row = hall.read(lambda rx: rx.catalogue.row("id-lost", 2))
    hall.write(lambda tx, _, now: publishing.put_in_force(tx, HEAD, row, None, now), None)
    assert outcome(hall)["state_zh"] == "已按此修改发布"


def test_a_refusal_gives_its_reason_to_the_asker_and_is_the_last_word(hall: Scene) -> None:
    ready(hall)
    made = ask(hall, GUIDE)
    with pytest.raises(AdjustmentReasonMissing):
        hall.write(adjusting.refuse, adjusting.AnswerAdjustment(HEAD, made.id, "  "))
    hall.write(adjusting.refuse, adjusting.AnswerAdjustment(HEAD, made.id, "新办法明年起施行"))
    seen = outcome(hall, GUIDE)
    assert (seen["state"], seen["answer"], seen["answered_by_name"]) == ("refused", "新办法明年起施行", "关勇")
    with pytest.raises(AdjustmentAnswered, match="不采纳"):
        accept(hall, made)


def test_requests_meet_in_one_draft_and_wait_again_when_it_is_discarded(hall: Scene) -> None:
    ready(hall)
    first, second = ask(hall), ask(hall, GUIDE, text="缺少监护人情形", flaw=Flaw.MISSING, about=About.SITUATIONS)
    assert accept(hall, first).draft == accept(hall, second, HEAD).draft == 2
    row = hall.read(lambda rx: rx.catalogue.row("id-lost", 2))
    hall.write(drafting.drop_draft, drafting.DropDraft(EDITOR, "id-lost", 2, row.revision))
    assert [one["state"] for one in hall.read(inbox_view, HEAD)["adjustments"]] == ["open", "open"]
    assert accept(hall, first).draft == 3


def test_nothing_is_taken_into_a_version_that_is_being_reviewed(hall: Scene) -> None:
    ready(hall)
    made = ask(hall)
    row = hall.write(drafting.start_draft, drafting.StartDraft(EDITOR, "id-lost"))
    hall.write(lambda tx, _, now: tx.catalogue.move(row, drafting.Stage.REVIEW, EDITOR.id), None)
    with pytest.raises(drafting.VersionUnderWay, match="业务评审"):
        accept(hall, made)
    assert outcome(hall)["state"] == "open"


def test_the_day_to_answer_by_is_the_halls_limit_or_the_new_rules_first_day(hall: Scene) -> None:
    hall.reload(small_hall(catalogue={"change_days": 5}))
    ready(hall)
    today = hall.read(lambda rx: rx.rules.day)
    limit = hall.read(lambda rx: rx.working_days().due(today, 5)).day
    assert ask(hall).due_day == limit
    law = {"law": "居民身份证法（修订）"}
    assert ask(hall, law_from=today, **law).due_day == today
    assert ask(hall, law_from=date(2020, 1, 1), **law).due_day == today, "a rule in force already: at once"
    assert ask(hall, law_from=date(2099, 1, 1), **law).due_day == limit
    hall.wait(minutes=24 * 60)
    hall.take()  # the first step of the next day
    assert [one["overdue"] for one in hall.read(inbox_view, MANAGER)["adjustments"]] == [True, True, False, False]


def test_what_a_department_leaves_unanswered_is_an_alarm_until_it_answers(hall: Scene) -> None:
    ready(hall)
    made = ask(hall, law="新办法", law_from=date(2020, 1, 1))
    assert not hall.read(clockwork.due)
    hall.wait(minutes=24 * 60)
    hall.take()
    assert hall.read(clockwork.due)
    hall.write(clockwork.tick, None)
    (alarm,) = (one for one in hall.read(lambda rx: rx.alarms.current()) if one.kind == adjusting.LATE_ALARM)
    assert alarm.subject == POLICE and not hall.read(clockwork.due)
    accept(hall, made)
    hall.write(clockwork.tick, None)
    assert adjusting.LATE_ALARM not in {one.kind for one in hall.read(lambda rx: rx.alarms.current())}


def test_only_what_is_in_force_is_adjusted_and_only_its_department_or_a_leader_answers(hall: Scene) -> None:
    add_item(hall)
    with pytest.raises(NothingToAdjust):
        ask(hall)
    ready(hall)
    made = ask(hall)
    for by in (EDITOR, HEAD, MANAGER, ADMIN):
        hall.read(lambda rx, by=by: answers(rx, by, made.id))
    for by in (OTHER, CLERK):
        with pytest.raises(NotYourDepartment):
            hall.read(lambda rx, by=by: answers(rx, by, made.id))
    assert body().department == POLICE
