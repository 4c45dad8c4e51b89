"""One item's result is another's material: nobody brings it, the later part waits for it, and ends where it never comes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from server.domain.actor import Actor, Role
from server.domain.cases.bundling import Carried, carried, days_waiting, joined
from server.domain.cases.record import Case
from server.domain.cases.special import ResultAwaited
from server.domain.cases.state import TaskState
from server.domain.catalogue.model import Material
from server.journey.cases import approving, at_once, deadlines, ending, suspending, task_views
from server.journey.cases.electronic import RESULT
from server.journey.cases.items import matter
from server.journey.cases.views import case_view
from server.journey.catalogue import publishing, tree
from server.journey.catalogue.bundles import BundleOrderWrong, PutBundle, bundle_sheet, bundle_walk, put_bundle
from server.journey.catalogue.drafting import faults_of
from server.journey.catalogue.guide import walk_view
from server.journey.catalogue.rights import NotYourDepartment
from server.journey.filing import AddCaseFile, CaseFile, Received, add_case_file, case_file
from server.store.bundles import Bundle
from server.store.tasks import Task
from tests.case_scene import ADMIN, HEALTH, MARKET, PERSON, POLICE, Cases, item, material

MARKETER = Actor("staff:market.approver", "石磊", frozenset({Role.APPROVER}), department=MARKET)
HEALER = Actor("staff:health.approver", "白芷", frozenset({Role.APPROVER}), department=HEALTH)
LICENCE = material("licence", "营业执照", "名称与申请表一致", form="copy", result_of="shop")
HYGIENE = item(
    "公共场所卫生许可", "commitment", HEALTH, promised_days=3,
    materials=[material("id", "身份证", "在有效期内"), LICENCE, material("air", "检测报告")], always=["id", "licence", "air"],
)  # fmt: skip


@pytest.fixture
def hotel(desk: Cases) -> Cases:
    """A bundle of the shop (5 days), which makes the licence that the hygiene permit (3 days) wants."""

    def publish(tx: Any, _: Any, now: int) -> None:
        tree.add_node(tx, tree.AddNode(ADMIN, "hygiene", HYGIENE.name, department=HEALTH, is_item=True), now)
        ready = [publishing.ReadyItem("hygiene", HYGIENE)]
        publishing.publish_ready(tx, publishing.PublishReady(ADMIN, ready, "测试"), now)
        tx.bundles.put(Bundle("hotel", "开一家小旅馆", "", ("shop", "hygiene"), "", True), ADMIN.id)

    desk.hall.write(publish, None)
    return desk


def taken_in(desk: Cases) -> tuple[Case, Case, Case]:
    """The whole, the shop and the hygiene permit, accepted and received by their departments."""
    whole = desk.save(desk.open(None, bundle="hotel"), form=PERSON)
    whole = desk.accept(desk.save(whole, ticks=desk.all_ticks(whole)))
    shop, hygiene = desk.hall.read(lambda rx: rx.cases.children(whole.id))

    def receive(tx: Any, _: Any, now: int) -> None:
        for case in (shop, hygiene):
            for task in tx.tasks.of_case(case.id):
                tx.tasks.move(task, TaskState.HELD, received_at=now)

    desk.hall.write(receive, None)
    return whole, shop, hygiene


def task_of(desk: Cases, case: Case) -> Task:
    (task,) = desk.hall.read(lambda rx: rx.tasks.of_case(case.id))
    return task


def decide(desk: Cases, case: Case, by: Actor, *, approve: bool = True, **more: Any) -> Any:
    return desk.write(approving.decide, approving.DecideRequest(by, task_of(desk, case).id, approve, **more))


def test_what_an_earlier_item_makes_is_on_no_list_and_a_later_item_makes_nothing_for_it() -> None:
    licence = Material(**LICENCE)
    own = Material(**material("card", "身份证"))
    parts = [("shop", [own]), ("hygiene", [own, licence]), ("food", [licence])]
    assert [one.material.name for one in joined(parts)] == ["身份证"]
    assert carried(parts) == [Carried("营业执照", "shop", ("hygiene", "food"))]
    turned = list(reversed(parts))
    assert [one.material.name for one in joined(turned)] == ["营业执照", "身份证"]
    assert carried(turned) == []


@pytest.mark.parametrize(
    ("own", "results", "days"), [(3, [5], 6), (8, [5], 8), (5, [0], 5), (0, [0], 0), (0, [2, 4], 5)]
)
def test_a_part_that_waits_is_due_after_what_it_waits_for_and_else_as_published(
    own: int, results: list[int], days: int
) -> None:
    assert days_waiting(own, results) == days


def test_the_guide_of_a_bundle_says_what_comes_by_itself_and_the_item_alone_still_asks_for_it(hotel: Cases) -> None:
    walk = hotel.hall.read(lambda rx: bundle_walk(rx, "hotel", {}))
    assert [one["name"] for one in walk["materials"]] == ["身份证", "租赁合同", "检测报告"]
    (made,) = walk["carried"]
    assert (made["name"], made["made_by_name"], made["of"]) == ("营业执照", "个体工商户设立", ["公共场所卫生许可"])
    assert made["zh"] == "由本件事中的“个体工商户设立”办理后自动带入"
    sheet = hotel.hall.read(lambda rx: bundle_sheet(rx, "hotel", {}))
    assert ("不用带：营业执照", made["zh"]) in sheet.facts
    alone = hotel.hall.read(lambda rx: walk_view(rx, "hygiene", {}))
    licence = next(one for one in alone["materials"] if one["name"] == "营业执照")
    assert licence["result_of_name"] == "个体工商户设立"
    case = hotel.open("hygiene")
    assert {one["id"] for one in hotel.hall.read(lambda rx: case_view(rx, case, hotel.me))["materials"]} >= {"licence"}


def test_every_part_can_be_looked_at_by_itself_as_a_draft_under_way_and_at_its_end(hotel: Cases) -> None:
    def days(whole: Case) -> dict[str, str]:
        def read(rx: Any) -> dict[str, str]:
            cases = [whole, *rx.cases.children(whole.id)]
            return {one.name: case_view(rx, one, hotel.me)["promise"]["day"] for one in cases}

        return hotel.hall.read(read)

    draft = days(hotel.open(None, bundle="hotel"))
    assert draft["开一家小旅馆"] == draft[HYGIENE.name] > draft["个体工商户设立"]
    whole, shop, hygiene = taken_in(hotel)
    assert days(whole) == draft
    decide(hotel, shop, MARKETER)
    decide(hotel, hygiene, HEALER)
    assert days(whole) == draft


def test_the_later_part_is_accepted_without_it_waits_for_it_and_has_it_when_it_is_there(hotel: Cases) -> None:
    whole, shop, hygiene = taken_in(hotel)
    (row,) = hotel.hall.read(lambda rx: task_views.workbench(rx, HEALTH, "open"))["tasks"]
    assert row["waits_for"] == ["个体工商户设立"]
    with pytest.raises(ResultAwaited, match="营业执照"):
        decide(hotel, hygiene, HEALER)
    put = AddCaseFile(MARKETER, shop.id, RESULT, Received("营业执照.pdf", "application/pdf", 9, "ab" * 32, "clean"))
    file = hotel.write(add_case_file, put)
    with pytest.raises(NotYourDepartment):
        hotel.hall.read(lambda rx: case_file(rx, CaseFile(HEALER, shop.id, file.id)))
    decide(hotel, shop, MARKETER)
    seen = hotel.hall.read(lambda rx: task_views.detail(rx, HEALER, task_of(hotel, hygiene).id))
    assert seen["waits_for"] == [] and [one["here"] for one in seen["awaited"]] == [True]
    assert [(one["name"], one["purpose"]) for one in seen["files"]] == [("营业执照.pdf", "material:licence")]
    assert hotel.hall.read(lambda rx: case_file(rx, CaseFile(HEALER, shop.id, file.id))).id == file.id
    assert "result_here" in hotel.actions(hygiene)
    decide(hotel, hygiene, HEALER)
    assert hotel.get(whole).decision == "approved"


def test_nothing_else_of_the_other_part_is_open_to_the_department_that_waits(hotel: Cases) -> None:
    _, shop, _ = taken_in(hotel)
    put = AddCaseFile(MARKETER, shop.id, "other", Received("内部.pdf", "application/pdf", 9, "cd" * 32, "clean"))
    file = hotel.write(add_case_file, put)
    decide(hotel, shop, MARKETER)
    with pytest.raises(NotYourDepartment):
        hotel.hall.read(lambda rx: case_file(rx, CaseFile(HEALER, shop.id, file.id)))


def test_an_approver_who_does_not_wait_says_why(hotel: Cases) -> None:
    _, shop, hygiene = taken_in(hotel)
    decide(hotel, hygiene, HEALER, without_result="电子证照库已核到执照")
    told = next(
        one for one in hotel.hall.read(lambda rx: rx.cases.history(hygiene.id)) if one.action == "task_approved"
    )
    assert told.data["reason"] == "电子证照库已核到执照" and told.data["without"] == ["营业执照"]
    decide(hotel, shop, MARKETER, approve=False, reasons=("名称不符",))
    assert hotel.get(hygiene).decision == "approved", "what is decided stays decided"


def test_who_decides_at_the_window_before_the_result_is_there_says_why_too(hotel: Cases) -> None:
    def publish(tx: Any, _: Any, now: int) -> None:
        tree.add_node(tx, tree.AddNode(ADMIN, "seal", "公章备案", department=POLICE, is_item=True), now)
        wanted = [material("id-card", "身份证"), LICENCE]
        seal = item("公章备案", "instant_single", POLICE, materials=wanted, always=["id-card", "licence"])
        publishing.publish_ready(tx, publishing.PublishReady(ADMIN, [publishing.ReadyItem("seal", seal)], "测试"), now)
        tx.bundles.put(Bundle("stall", "开一家小店", "", ("shop", "seal"), "", True), ADMIN.id)

    hotel.hall.write(publish, None)
    hotel.authorize("seal")
    whole = hotel.save(hotel.open(None, bundle="stall"), form=PERSON)
    whole = hotel.accept(hotel.save(whole, ticks=hotel.all_ticks(whole)))
    seal = hotel.hall.read(lambda rx: rx.cases.children(whole.id))[1]
    request = at_once.AtOnceRequest(hotel.me, seal.id, 1)
    with pytest.raises(ResultAwaited, match="营业执照"):
        hotel.write(at_once.decide_at_once, request)
    hotel.write(at_once.decide_at_once, replace(request, without_result="申请人已另行提交"))
    told = next(one for one in hotel.hall.read(lambda rx: rx.cases.history(seal.id)) if one.action == "approved")
    assert (told.data["reason"], told.data["without"]) == ("申请人已另行提交", ["营业执照"])


@pytest.mark.parametrize("how", ["rejected", "withdrawn"])
def test_where_the_result_never_comes_the_part_that_waits_ends_with_notice(hotel: Cases, how: str) -> None:
    whole, shop, hygiene = taken_in(hotel)
    if how == "rejected":
        decide(hotel, shop, MARKETER, approve=False, reasons=("名称不符",))
    else:
        hotel.write(ending.withdraw, ending.WithdrawRequest(hotel.me, shop.id, "不开了"))
    ended = hotel.get(hygiene)
    assert ended.state == "terminated" and "个体工商户设立" in (ended.end_reason or "")
    assert "case_terminated" in hotel.sms(hygiene)
    assert task_of(hotel, hygiene).state == TaskState.DROPPED
    assert hotel.get(whole).state in ("rejected", "withdrawn", "terminated")


def test_a_whole_that_is_withdrawn_ends_its_parts_alike(hotel: Cases) -> None:
    whole, shop, hygiene = taken_in(hotel)
    hotel.write(ending.withdraw, ending.WithdrawRequest(hotel.me, whole.id, "不开了"))
    assert [hotel.get(one).state for one in (whole, shop, hygiene)] == ["withdrawn"] * 3


def test_the_limit_is_joint_and_stands_and_runs_with_the_part_that_is_waited_for(hotel: Cases) -> None:
    whole, shop, hygiene = taken_in(hotel)
    days = [one.due_day for one in (shop, hygiene, whole)]
    assert days == ["2026-11-25", "2026-11-26", "2026-11-26"], "three days would end before the licence is there"
    assert hotel.hall.read(lambda rx: matter(rx, rx.cases.get(hygiene.id))).case.promised_days == 6
    task = task_of(hotel, shop).id
    hotel.write(suspending.suspend, suspending.SuspendRequest(MARKETER, task, "hearing", "申请听证"))
    assert hotel.get(hygiene).due_day is None
    hotel.next_day(3)
    hotel.write(suspending.resume, approving.TaskRequest(MARKETER, task))
    later = [hotel.get(one).due_day or "" for one in (shop, hygiene, whole)]
    assert later[0] > days[0] and later[1] == later[2] > later[0]
    hotel.write(lambda tx, request, now: deadlines.recount(tx, ADMIN), None)
    assert [hotel.get(one).due_day for one in (shop, hygiene, whole)] == later


def test_an_item_comes_after_what_it_asks_for_and_asks_for_what_there_is(hotel: Cases) -> None:
    with pytest.raises(BundleOrderWrong, match="营业执照"):
        hotel.write(put_bundle, PutBundle(ADMIN, "hotel", "开一家小旅馆", ("hygiene", "shop")))
    wrong = [one.model_copy(update={"result_of": "nothing"}) for one in HYGIENE.materials]
    own = [one.model_copy(update={"result_of": "hygiene"}) for one in HYGIENE.materials]
    for materials in (wrong, own):
        body = HYGIENE.model_copy(update={"materials": materials})
        told = hotel.hall.read(lambda rx, body=body: faults_of(rx, "hygiene", body))
        assert [one.place for one in told] == ["材料“身份证”", "材料“营业执照”", "材料“检测报告”"]
    assert hotel.hall.read(lambda rx: faults_of(rx, "hygiene", HYGIENE)) == []
