"""一件事: several items, one form, one list without doubles, one case with children."""

from __future__ import annotations

from datetime import date

import pytest

from server.domain.actor import Actor, Role
from server.domain.cases.bundling import joined, joint_ticks, own_ticks
from server.domain.cases.intake import CheckpointsOpen, Deferral
from server.domain.cases.record import Case
from server.domain.cases.state import CaseState
from server.domain.catalogue.model import Material
from server.journey.cases import correcting, ending, opening
from server.journey.cases.drafting import ChildOfBundle
from server.journey.cases.items import CheckpointUnknown, joint_list, matters
from server.journey.cases.moves import move
from server.journey.cases.opening import BundleClosed
from server.journey.cases.task_views import detail
from server.journey.cases.views import case_view
from server.journey.catalogue import holidays
from server.store.bundles import Bundle
from server.store.transaction import Tx
from tests.case_scene import ADMIN, MARKET, PERSON, YEAR_2026, Cases, material


def children(desk: Cases, case: Case) -> list[Case]:
    return desk.hall.read(lambda rx: rx.cases.children(case.id))


def ready(desk: Cases) -> Case:
    case = desk.save(desk.open(None, bundle="restaurant"), form=PERSON)
    return desk.save(case, ticks=desk.all_ticks(case))


def test_the_joint_list_has_each_paper_once_with_the_most_copies_and_every_checkpoint() -> None:
    one = [
        Material(**material("card", "身份证", "有效", "清晰", copies=1, deferrable=True)),
        Material(**material("b", "租约")),
    ]
    two = [
        Material(**material("id", "身份证", "有效", "本人", copies=3)),
        Material(**material("c", "租约", form="copy")),
    ]
    shared = joined([("shop", one), ("food", two)])
    assert [(s.material.name, s.material.copies, s.material.deferrable, s.of) for s in shared] == [
        ("身份证", 3, False, ("shop", "food")),
        ("租约", 1, False, ("shop",)),
        ("租约", 1, False, ("food",)),
    ]
    assert [point.text for point in shared[0].material.checkpoints] == ["有效", "清晰", "本人"]
    assert own_ticks(shared, [("m1", "c1")]) == {"shop": {("card", "p1")}, "food": {("id", "p1")}}
    assert joint_ticks(shared, {"shop": {("card", "p1")}}) == set(), "one of two items has not seen it"
    assert joint_ticks(shared, {"shop": {("card", "p1")}, "food": {("id", "p1"), ("id", "p2")}}) == {
        ("m1", "c1"),
        ("m1", "c3"),
    }


def test_a_bundle_is_one_case_with_a_child_an_item_filled_in_once(desk: Cases) -> None:
    case = ready(desk)
    assert [(one.item_id, one.parent_id, one.state) for one in children(desk, case)] == [
        ("shop", case.id, "draft"),
        ("food", case.id, "draft"),
    ]
    assert [len(one.ticks) for one in children(desk, case)] == [2, 3], "the joint ticks are each item's own"
    case = desk.accept(case)
    shop, food = children(desk, case)
    assert {case.state, shop.state, food.state} == {"accepted"}
    assert len({case.code, shop.code, food.code}) == 3
    assert (shop.due_day, food.due_day, case.due_day) == ("2026-11-25", "2026-11-30", "2026-11-30")
    assert shop.applicant_mask == food.applicant_mask == "张**" and shop.phone_mask
    assert list(desk.sms(case)) == ["case_accepted"] and desk.sms(shop) == {}, "told once"
    assert [len(desk.hall.read(lambda rx, c=one: rx.tasks.of_case(c.id))) for one in (case, shop, food)] == [0, 1, 1]


def test_nothing_of_a_bundle_is_accepted_unless_all_of_it_is(desk: Cases) -> None:
    case = desk.save(desk.open(None, bundle="restaurant"), form=PERSON)
    desk.save(case, ticks=desk.all_ticks(case) - {("m2", "c1")})
    with pytest.raises(CheckpointsOpen):
        desk.accept(case)
    assert {one.state for one in [desk.get(case), *children(desk, case)]} == {"draft"}
    with pytest.raises(CheckpointUnknown):
        desk.save(case, ticks={("m9", "c1")})


def test_a_part_of_a_bundle_is_not_worked_on_alone_until_it_is_accepted(desk: Cases) -> None:
    case = ready(desk)
    child = children(desk, case)[0]
    with pytest.raises(ChildOfBundle):
        desk.save(child, ticks=set())
    with pytest.raises(ChildOfBundle):
        desk.accept(child)
    desk.accept(case)
    desk.write(ending.withdraw, ending.WithdrawRequest(desk.me, child.id, "不开店了"))
    assert [one.state for one in children(desk, case)] == ["withdrawn", "accepted"]
    assert desk.get(case).state == "accepted"


def test_a_paper_may_follow_for_the_item_that_lets_it(desk: Cases) -> None:
    case = desk.save(desk.open(None, bundle="restaurant"), form=PERSON)
    desk.save(case, ticks=desk.all_ticks(case) - {("m3", "c1")})
    desk.accept(case, Deferral("补交平面图", date(2026, 11, 24)))
    assert [one.deferral_due for one in children(desk, case)] == [None, "2026-11-24"]


def test_a_correction_is_told_for_the_whole_and_what_was_wrong_is_checked_again_everywhere(desk: Cases) -> None:
    case = desk.correct(ready(desk), ("m1", "已过有效期"))
    assert {one.state for one in [case, *children(desk, case)]} == {"correction"}
    assert [sorted(one.ticks) for one in children(desk, case)] == [[("lease", "p1")], [("plan", "p1")]]
    desk.save(case, ticks=desk.all_ticks(case))
    assert desk.accept(case).state == "accepted"
    assert {one.state for one in children(desk, case)} == {"accepted"}


def test_a_bundle_is_refused_or_withdrawn_with_all_its_parts(desk: Cases) -> None:
    case = ready(desk)
    desk.write(ending.refuse, ending.RefuseRequest(desk.me, case.id, ("不属于本中心缴存范围",)))
    assert {one.state for one in [desk.get(case), *children(desk, case)]} == {"refused"}
    other = ready(desk)
    desk.write(ending.withdraw, ending.WithdrawRequest(desk.me, other.id, "不办了"))
    assert {one.state for one in [desk.get(other), *children(desk, other)]} == {"withdrawn"}


def test_a_bundle_withdrawn_when_a_part_is_decided_keeps_that_decision(desk: Cases) -> None:
    case = desk.accept(ready(desk))
    shop = children(desk, case)[0]
    desk.hall.write(lambda tx, _, now: move(tx, shop, CaseState.APPROVED, desk.me, "approved", {}, now), None)
    desk.write(ending.withdraw, ending.WithdrawRequest(desk.me, case.id, "不开店了"))
    assert [one.state for one in children(desk, case)] == ["approved", "withdrawn"]
    assert (desk.get(case).state, desk.get(case).decision) == ("approved", "approved")


def test_a_bundle_that_is_closed_is_not_opened(desk: Cases) -> None:
    closed = Bundle("restaurant", "开一家小餐馆", "", ("shop", "food"), "", False)
    desk.hall.write(lambda tx, _, now: tx.bundles.put(closed, "staff:admin"), None)
    desk.visit()
    with pytest.raises(BundleClosed):
        desk.write(opening.open_case, opening.OpenRequest(desk.me, 1, None, "restaurant"))


def test_a_bundle_is_due_with_the_last_of_its_parts_also_after_the_calendar_changed(desk: Cases) -> None:
    case = desk.accept(ready(desk))
    before = case.due_day
    days = [*YEAR_2026["days"], {"name": "补充放假", "date": "2026-11-24", "isOffDay": True}]
    desk.write(holidays.import_holidays, holidays.ImportHolidays(ADMIN, {**YEAR_2026, "days": days}))
    last = max(one.due_day or "" for one in children(desk, case))
    assert before is not None and last > before
    assert desk.get(case).due_day == last


def test_a_part_that_its_department_has_asked_to_correct_may_be_withdrawn_alone(desk: Cases) -> None:
    case = desk.accept(ready(desk))

    def asked(tx: Tx, _: object, now: int) -> Case:
        held = move(tx, tx.cases.children(case.id)[0], CaseState.REVIEWING, desk.me, "received", {}, now)
        return correcting.ask(tx, held, desk.me, [correcting.Wanted("lease", "缺页")], "", now)

    part = desk.write(asked, None)
    assert desk.write(ending.withdraw, ending.WithdrawRequest(desk.me, part.id, "不办这一项了")).state == "withdrawn"
    assert desk.get(case).state == "accepted"


def test_a_department_has_the_papers_of_the_bundle_that_its_part_wants(desk: Cases) -> None:
    case = ready(desk)

    def hand_in(tx: Tx, _: object, now: int) -> dict[str, str]:
        shared = {one.material.name: one.material.id for one in joint_list(matters(tx, case))}
        for name, key in shared.items():
            tx.files.add(
                f"case:{case.id}", f"material:{key}", f"{name}.png", "image/png", 9, "0" * 64, "clean", "staff"
            )
        return shared

    desk.write(hand_in, None)
    desk.accept(case)
    (shop, _) = children(desk, case)
    market = Actor("staff:market.approver", "徐艳", frozenset({Role.APPROVER}), department=MARKET)

    def seen(rx: Tx) -> list[tuple[str, str, str]]:
        (task,) = rx.tasks.of_case(shop.id)
        return [(one["name"], one["purpose"], one["url"].split("/")[4]) for one in detail(rx, market, task.id)["files"]]

    assert desk.hall.read(seen) == [
        ("身份证.png", "material:id-card", str(case.id)),
        ("租赁合同.png", "material:lease", str(case.id)),
    ], "and not the floor plan, which only the food licence wants"
    own = desk.hall.read(lambda rx: case_view(rx, rx.cases.get(shop.id), market)["files"])
    assert [(one["name"], one["purpose"], one["case"]) for one in own] == [
        ("身份证.png", "material:id-card", case.id),
        ("租赁合同.png", "material:lease", case.id),
    ], "its case page shows the same"
    whole = desk.hall.read(lambda rx: case_view(rx, rx.cases.get(case.id), desk.me)["files"])
    assert len(whole) == 3 and {one["case"] for one in whole} == {case.id}
