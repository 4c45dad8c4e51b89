"""督办、公示: reminders climb from holder to head to manager, the board shows masks, one's own case needs four digits."""

from __future__ import annotations

import re

import pytest

from server.domain.cases.tries import ProgressLocked, ProgressUnknown
from server.journey.cases import behind_views, clockwork, progress, supervising, task_views
from server.journey.cases.authorizing import AuthorizeRequest, authorize
from server.store.transaction import Tx
from tests.journey.cases.behind_scene import APPROVER, HEAD, MANAGER, PHONE, POLICE, TAX, TAX_APPROVER, Behind
from tests.scene import Scene, clerk


@pytest.fixture
def behind(hall: Scene) -> Behind:
    scene = Behind(hall)
    scene.publish()
    return scene


def given(behind: Behind, case_id: int) -> set[tuple[str, str, str]]:
    """But those of a list that is not signed, which are about the list."""
    found = behind.hall.read(lambda rx: rx.reminders.of_case(case_id))
    return {(one.kind, one.level, one.recipient) for one in found if one.level != "contact"}


def test_reminders_go_to_the_holder_then_the_head_then_the_manager_each_once(behind: Behind) -> None:
    case = behind.at_departments(behind.accepted())  # due on Monday the 30th
    from server.journey.cases import approving

    behind.hall.write(approving.hold, approving.TaskRequest(APPROVER, behind.task(case).id))
    behind.to("2026-11-25", "09:00")
    behind.tick()
    assert given(behind, case.id) == set()
    behind.to("2026-11-26", "09:00")  # two working days are left
    behind.tick()
    yellow = {("yellow", "holder", APPROVER.id), ("yellow", "holder", f"department:{TAX}")}
    assert given(behind, case.id) == yellow
    behind.tick()
    assert not behind.hall.read(clockwork.due)
    behind.to("2026-11-30", "09:00")
    behind.tick()
    due = {("due", "holder", APPROVER.id), ("due", "head", f"head:{POLICE}"), ("due", "head", f"head:{TAX}"),
           ("due", "holder", f"department:{TAX}")}  # fmt: skip
    assert given(behind, case.id) == yellow | due
    assert behind.alarms("case_overdue") == []
    behind.to("2026-12-01", "09:00")
    behind.tick()
    assert ("overdue", "manager", "manager") in given(behind, case.id)
    told = [one.data for one in behind.hall.read(lambda rx: rx.cases.history(case.id)) if one.action == "reminded"]
    levels = ["holder", "holder", "head", "holder", "head", "manager"]
    assert [one["level"] for one in told if one["kind"] != "handover"] == levels, "each stands in the case's history"
    (alarm,) = behind.alarms("case_overdue")
    assert (alarm["due_day"], alarm["code"]) == ("2026-11-30", behind.number(case))
    behind.decide(case, APPROVER)
    behind.decide(case, TAX_APPROVER)
    behind.tick()
    assert behind.alarms("case_overdue") == []


def test_what_is_due_the_day_it_comes_in_reminds_nobody_that_day_and_all_of_them_the_next(behind: Behind) -> None:
    behind.publish("at-once", joint=(), kind="instant_handover", promised_days=0)
    case = behind.accepted("at-once")
    behind.tick()
    assert (case.due_day, given(behind, case.id)) == ("2026-11-23", set())
    behind.to("2026-11-24", "09:00")
    behind.tick()
    assert {(kind, level) for kind, level, _ in given(behind, case.id)} == {
        ("overdue", "holder"), ("overdue", "head"), ("overdue", "manager"),
    }  # fmt: skip


def test_what_is_promised_for_the_next_working_day_is_green_until_that_day(behind: Behind) -> None:
    behind.publish("deed", joint=(), promised_days=1)
    case = behind.at_departments(behind.accepted("deed"))

    def shown() -> str:
        return behind.hall.read(lambda rx: supervising.light_of(rx, rx.cases.get(case.id)))

    assert (case.due_day, shown()) == ("2026-11-24", "green")
    behind.to("2026-11-24", "09:00")
    behind.tick()
    assert shown() == "yellow"
    assert {(kind, level) for kind, level, _ in given(behind, case.id)} == {("due", "holder"), ("due", "head")}
    behind.to("2026-11-25", "09:00")
    assert shown() == "red"


def test_nobody_is_reminded_of_a_case_whose_clock_stands(behind: Behind) -> None:
    case = behind.at_departments(behind.accepted())
    behind.suspend(case)
    behind.to("2026-12-15", "09:00")
    behind.tick()
    assert given(behind, case.id) == set() and behind.alarms("case_overdue") == []


def test_each_reader_has_the_own_reminders_and_says_when_they_are_seen(behind: Behind) -> None:
    case = behind.at_departments(behind.accepted())
    behind.to("2026-12-01", "09:00")
    behind.tick()
    mine = behind.hall.read(behind_views.own_reminders, HEAD)
    assert {one["level"] for one in mine["reminders"]} == {"holder", "head"} and mine["unseen"] == 2
    assert behind.hall.read(behind_views.own_reminders, clerk(1))["reminders"] == []
    boss = behind.hall.read(behind_views.own_reminders, MANAGER)
    (only,) = boss["reminders"]
    assert (only["case"], only["kind_zh"]) == (case.id, "已超期")
    read = behind.hall.write(supervising.seen, supervising.SeenRequest(MANAGER, only["id"]))
    assert read.seen_by == MANAGER.id
    with pytest.raises(supervising.ReminderUnknown):
        behind.hall.write(supervising.seen, supervising.SeenRequest(APPROVER, only["id"]))


def test_a_manager_urges_as_often_as_needed_and_it_is_in_the_cases_history(behind: Behind) -> None:
    case = behind.at_departments(behind.accepted())
    for note in ("请今天办结", "再次催办"):
        behind.hall.write(supervising.remind, supervising.RemindRequest(MANAGER, case.id, "head", note))
    assert {kind for kind, _, _ in given(behind, case.id)} == {"urged:1", "urged:2"}
    actions = [line.action for line in behind.hall.read(lambda rx: rx.cases.history(case.id))]
    assert actions.count("urged") == 2
    from server.store.cases import CaseMoved

    behind.decide(case, TAX_APPROVER, False, "不符合")
    with pytest.raises(CaseMoved):
        behind.hall.write(supervising.remind, supervising.RemindRequest(MANAGER, case.id, "holder", "晚了"))


def test_what_waits_for_its_decision_at_the_window_is_urged_there(behind: Behind) -> None:
    behind.publish("at-once", joint=(), kind="instant_single", promised_days=0)

    def let(tx: Tx, _: None, now: int) -> None:
        tx.staff.add("clerk1", "1号窗口职员", ("clerk",), (), "no password", "")
        authorize(tx, AuthorizeRequest(HEAD, POLICE, "clerk1", ("at-once",), "1号", tx.rules.day), now)

    behind.hall.write(let, None)
    case = behind.accepted("at-once")
    assert behind.hall.read(lambda rx: rx.tasks.of_case(case.id)) == []
    for to, name in (("holder", clerk(1).id), ("head", f"head:{POLICE}")):
        found = behind.hall.write(supervising.remind, supervising.RemindRequest(MANAGER, case.id, to, "申请人在等"))
        assert name in {one.recipient for one in found}, to


def test_the_supervision_page_counts_what_is_late_standing_and_done_in_time(behind: Behind) -> None:
    late, standing, done = (behind.at_departments(behind.accepted()) for _ in range(3))
    behind.suspend(standing)
    behind.decide(done, APPROVER)
    behind.decide(done, TAX_APPROVER)
    behind.to("2026-12-02", "09:00")
    page = behind.hall.read(behind_views.supervision, MANAGER, "all", None)
    assert page["figures"] == {
        "running": 1, "yellow": 0, "overdue": 1, "stopped": 1, "handed_on": 0, "decided_30": 1, "on_time_30": 1,
    }  # fmt: skip
    assert page["by_department"] == [
        {"department": POLICE, "running": 1, "yellow": 0, "overdue": 1, "stopped": 1, "handed_on": 0}
    ]

    def ids(view: str) -> list[int]:
        return [one["case"] for one in behind.hall.read(behind_views.supervision, MANAGER, view, None)["cases"]]

    assert (ids("due"), ids("overdue"), ids("stopped"), ids("handed_on")) == ([], [late.id], [standing.id], [])
    stopped = behind.hall.read(behind_views.supervision, HEAD, "stopped", None)["cases"][0]
    assert stopped["stop"]["kind_zh"] == "听证"
    assert behind.hall.read(behind_views.supervision, TAX_APPROVER, "overdue", POLICE)["cases"][0]["case"] == late.id


def test_the_workbench_shows_what_is_due_first_and_masks_what_is_personal(behind: Behind) -> None:
    behind.publish("slow", promised_days=15)
    behind.publish("deed", promised_days=1)
    slow = behind.at_departments(behind.accepted("slow"))
    quick = behind.at_departments(behind.accepted())
    coming = behind.accepted()
    behind.to("2026-11-26", "09:00")
    behind.hall.tick()
    behind.hall.open(1)
    deed = behind.accepted("deed")
    bench = behind.hall.read(task_views.workbench, POLICE, "open")
    assert [(row["case"], row["light"], row["state"]) for row in bench["tasks"]] == [
        (deed.id, "green", "on_its_way"),
        (quick.id, "yellow", "held"),
        (coming.id, "yellow", "on_its_way"),
        (slow.id, "green", "held"),
    ]
    assert bench["counts"] == {"red": 0, "yellow": 1, "green": 1, "stopped": 0, "on_its_way": 2}
    seen = behind.hall.read(task_views.detail, APPROVER, behind.task(quick).id)
    assert seen["form"]["name"] == "张*" and PHONE not in str(seen)
    assert [one["id"] for one in seen["materials"]] == ["household", "photo"] and len(seen["ticks"]) == 2
    assert seen["may"]["approve"] and not seen["may"]["resume"]
    assert [one["department"] for one in seen["joint"]] == [TAX]


def test_the_progress_board_shows_masks_and_days_and_forgets_what_ended_long_ago(behind: Behind) -> None:
    behind.at_departments(behind.accepted())
    done = behind.at_issue()
    behind.collect(done, pickup_code=behind.pickup(done))
    rows = behind.hall.read(progress.board)["cases"]
    assert {(row["applicant"], row["state"]) for row in rows} == {("张*", "reviewing"), ("张*", "collected")}
    ended = next(row for row in rows if row["state"] == "collected")
    assert (ended["item_name"], ended["department"], ended["state_zh"]) == ("居住登记", POLICE, "已领取")
    days = ended["accepted_day"], ended["due_day"], ended["decided_day"]
    assert days == ("2026-11-23", "2026-11-30", "2026-11-23")
    assert all(PHONE not in str(row) and re.fullmatch("[A-Z]{2}[0-9]{4}", row["board_number"]) for row in rows)
    assert len({row["board_number"] for row in rows}) == 2
    behind.hall.wait(minutes=8 * 24 * 60)
    assert [row["state"] for row in behind.hall.read(progress.board)["cases"]] == ["reviewing"]


def test_ones_own_case_needs_the_code_and_four_digits_and_five_wrong_tries_lock_it(behind: Behind) -> None:
    case = behind.at_departments(behind.accepted())

    def look(code: str, last4: str) -> object:
        return behind.hall.write(progress.look_up, progress.LookupRequest(code, last4))

    code = case.code or ""
    own = look(f" {code.lower()} ", PHONE[-4:])
    assert own["code"] == code and own["history"][0]["zh"] == "受理"  # type: ignore[index]
    wrong = [look(code, "0000") for _ in range(5)]
    assert [type(one) for one in wrong] == [ProgressUnknown] * 4 + [ProgressLocked]
    assert isinstance(look(code, PHONE[-4:]), ProgressLocked)
    behind.hall.wait(minutes=16)
    assert look(code, PHONE[-4:])["code"] == code  # type: ignore[index]
    unknown = [look("2026999999999", "1234") for _ in range(5)]
    assert [type(one) for one in unknown] == [ProgressUnknown] * 4 + [ProgressLocked], (
        "who guesses codes learns nothing"
    )


def test_a_manager_without_a_department_sees_every_departments_work(behind: Behind) -> None:
    case = behind.accepted()
    behind.at_departments(case)
    every = behind.hall.read(task_views.workbench, "", "open")
    assert {(one["case"], one["department"]) for one in every["tasks"]} == {(case.id, POLICE), (case.id, TAX)}
    behind.decide(case)
    left = behind.hall.read(task_views.workbench, "", "open")["tasks"]
    decided = behind.hall.read(task_views.workbench, "", "decided")["tasks"]
    assert [one["department"] for one in left] == [TAX]
    assert [one["department"] for one in decided] == [POLICE]
