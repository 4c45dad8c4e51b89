"""An item known by name alone: its list is not published, so the papers handed in are written down and carried."""

from __future__ import annotations

from typing import Any

import pytest

from server.domain.actor import SYSTEM
from server.domain.cases.received import ListPublished, PaperOfNoItem, Received
from server.domain.cases.record import Case
from server.domain.cases.state import CaseState, TaskState
from server.domain.catalogue.model import Form
from server.journey.cases import behind_views, correcting, drafting, handing_over
from server.journey.cases.moves import move
from server.journey.cases.receipts import paper
from server.journey.cases.views import case_view
from server.journey.catalogue import publishing, tree
from server.journey.catalogue.bundles import bundle_sheet, bundle_walk
from server.store.bundles import Bundle
from tests.case_scene import APPROVER, FUND, PERSON, Cases, item

PAPERS = (
    Received(id="received-1", name="还款申请", copies=2),
    Received(id="received-2", name="身份证", form=Form.COPY),
)


@pytest.fixture
def desk(desk: Cases) -> Cases:
    """With an item whose department has written no list, and one with questions that need nothing."""
    repay = item("公积金贷款提前还款", "commitment", FUND, materials=[], always=[])
    answers = [{"id": "yes", "text": "是", "next": "plain"}, {"id": "no", "text": "否", "next": "other"}]
    asked = [{"id": "own", "text": "本人办理", "kind": "condition", "options": answers}]
    leaves = [{"id": "plain", "name": "本人"}, {"id": "other", "name": "代办", "adds": ["id-card"]}]
    extend = item("贷款展期", "commitment", FUND, materials=[], always=[])
    query = item("缴存查询", "commitment", FUND, always=[], questions=asked, situations=leaves, start="own")

    def publish(tx: Any, _: Any, now: int) -> None:
        items = {"repay": repay, "query": query, "extend": extend}
        for key, body in items.items():
            tree.add_node(tx, tree.AddNode(SYSTEM, key, body.name, department=FUND, is_item=True), now)
        ready = [publishing.ReadyItem(key, body) for key, body in items.items()]
        publishing.publish_ready(tx, publishing.PublishReady(SYSTEM, ready, "测试"), now)
        for key, of in {"one": ("shop", "repay"), "two": ("shop", "repay", "extend")}.items():
            tx.bundles.put(Bundle(key, "还贷开店", "", of, "", True), SYSTEM.id)

    desk.write(publish, None)
    return desk


def taken_in(desk: Cases, *papers: Received) -> Case:
    case = desk.save(desk.open("repay"), form=PERSON)
    return desk.accept(desk.save(case, received=papers))


def test_papers_without_a_list_are_carried_to_the_department_and_named_on_its_list(desk: Cases) -> None:
    case = taken_in(desk, *PAPERS)
    assert case.state == "accepted", "its department has it when it has signed for the papers"
    (task,) = desk.hall.read(lambda rx: rx.tasks.of_case(case.id))
    assert task.state == TaskState.ON_ITS_WAY
    assert desk.write(lambda tx, _, now: handing_over.fill(tx, now), None) == 1
    (line,) = desk.hall.read(lambda rx: rx.handovers.lines_of_case(case.id))
    shown = desk.hall.read(behind_views.one_handover, line.handover_id)["lines"][0]
    assert (shown["pieces"], shown["papers"]) == (3, ["还款申请 2份", "身份证 1份"])


def test_the_receipt_names_what_was_written_down(desk: Cases) -> None:
    case = taken_in(desk, *PAPERS)
    receipt = desk.hall.read(lambda rx: paper(rx, case, "acceptance"))
    assert receipt.lists[0] == ("收到的材料", ("还款申请（原件，2份）", "身份证（复印件，1份）"))


def test_the_page_hears_that_no_list_is_published(desk: Cases) -> None:
    case = desk.save(desk.open("repay"), received=PAPERS[:1])
    view = desk.hall.read(case_view, case, desk.me)
    assert view["unwritten"] and [one["name"] for one in view["materials"]] == ["还款申请"]
    assert view["received"] == [
        {"id": "received-1", "name": "还款申请", "form": "original", "copies": 2, "item": "repay"}
    ]
    assert desk.save(case, received=()).received == []


def test_without_a_paper_written_down_its_department_signs_for_it_all_the_same(desk: Cases) -> None:
    case = taken_in(desk)
    assert case.state == "accepted" and desk.write(lambda tx, _, now: handing_over.fill(tx, now), None) == 1


def test_beside_a_published_list_nothing_is_written_down(desk: Cases) -> None:
    for case in (desk.open("loan"), desk.open("query"), desk.open(None, bundle="restaurant")):
        with pytest.raises(ListPublished):
            desk.write(drafting.save_draft, drafting.DraftRequest(desk.me, case.id, case.revision, received=PAPERS))


def bundle(desk: Cases, key: str, *papers: Received) -> Case:
    """A bundle whose published list is ticked, with papers written down for the items that have none."""
    case = desk.save(desk.open(None, bundle=key), form=PERSON)
    case = desk.save(case, ticks=desk.all_ticks(case))
    return desk.save(case, received=papers) if papers else case


def test_in_a_bundle_the_papers_of_the_item_without_a_list_are_its_own_and_its_departments(desk: Cases) -> None:
    case = bundle(desk, "one", *PAPERS)
    view = desk.hall.read(case_view, case, desk.me)
    assert view["unlisted"] == [{"item": "repay", "name": "公积金贷款提前还款"}] and not view["unwritten"]
    assert [one["name"] for one in view["materials"]] == ["身份证", "租赁合同", "还款申请", "身份证"]
    assert [one["of"] for one in view["materials"]][2:] == [["公积金贷款提前还款"]] * 2, "nobody else's identity card"
    assert [one["item"] for one in view["received"]] == ["repay", "repay"]
    case = desk.accept(case)
    shop, repay = desk.hall.read(lambda rx: rx.cases.children(case.id))
    assert (shop.received, len(repay.received or [])) == (None, 2)
    for one, names in ((case, ["身份证", "租赁合同", "还款申请", "身份证"]), (repay, ["还款申请", "身份证"])):
        receipt = desk.hall.read(lambda rx, c=one: paper(rx, c, "acceptance"))
        assert [each.split("（")[0] for each in receipt.lists[0][1]] == names
    desk.write(lambda tx, _, now: handing_over.fill(tx, now), None)
    (line,) = desk.hall.read(lambda rx: rx.handovers.lines_of_case(repay.id))
    shown = desk.hall.read(behind_views.one_handover, line.handover_id)["lines"][0]
    assert (shown["pieces"], shown["papers"]) == (3, ["还款申请 2份", "身份证 1份"])


def test_before_a_number_the_bundles_list_says_which_item_has_none_on_screens_and_on_paper(desk: Cases) -> None:
    assert desk.hall.read(bundle_walk, "one", {})["unlisted"] == ["公积金贷款提前还款"]
    assert desk.hall.read(bundle_walk, "restaurant", {})["unlisted"] == []
    facts = dict(desk.hall.read(bundle_sheet, "one", {}).facts)
    assert facts["清单还没有发布"] == "公积金贷款提前还款：还要带什么，请问导服台"


def test_where_two_items_of_a_bundle_have_no_list_each_paper_says_whose_it_is(desk: Cases) -> None:
    case = bundle(desk, "two")
    with pytest.raises(PaperOfNoItem, match="公积金贷款提前还款、贷款展期"):
        desk.save(case, received=PAPERS)
    with pytest.raises(PaperOfNoItem):
        desk.save(case, received=[PAPERS[0].model_copy(update={"item": "shop"})])
    mine = [one.model_copy(update={"item": item}) for one, item in zip(PAPERS, ("extend", "repay"), strict=True)]
    case = desk.accept(desk.save(case, received=mine))
    children = desk.hall.read(lambda rx: rx.cases.children(case.id))
    names = {one.item_id: [each["name"] for each in one.received or []] for one in children}
    assert names == {"shop": [], "repay": ["身份证"], "extend": ["还款申请"]}


def told(desk: Cases, case: Case, text: str) -> None:
    """Its department has it, and asks for something."""

    def ask(tx: Any, _: Any, now: int) -> None:
        there = move(tx, case, CaseState.REVIEWING, APPROVER, "received", {}, now)
        correcting.ask(tx, there, APPROVER, [correcting.Wanted(None, text)], "", now)

    desk.write(ask, None)


def test_what_is_brought_later_is_written_down_beside_what_was_there_and_receipted(desk: Cases) -> None:
    case = taken_in(desk, *PAPERS)

    told(desk, case, "补交借款合同")
    later = (Received(id="received-0", name="借款合同", form=Form.COPY),)
    brought = correcting.SupplementRequest(desk.me, case.id, words=frozenset({"补交借款合同"}), papers=later)
    case = desk.write(correcting.supplement, brought)
    assert [one["id"] for one in desk.get(case).received or []] == ["received-1", "received-2", "received-3"]
    receipt = desk.hall.read(lambda rx: paper(rx, rx.cases.get(case.id), "supplement"))
    assert receipt.lists[0][1] == ("补交借款合同", "借款合同（复印件，1份）")
    listed = desk.accepted("loan")
    told(desk, listed, "重填")
    beside = correcting.SupplementRequest(desk.me, listed.id, words=frozenset({"重填"}), papers=later)
    with pytest.raises(ListPublished):
        desk.write(correcting.supplement, beside)


def test_a_situation_that_needs_nothing_is_still_sent_on_without_paper(desk: Cases) -> None:
    case = desk.save(desk.open("query"), answers={"own": ["yes"]}, form=PERSON)
    assert not desk.hall.read(case_view, case, desk.me)["unwritten"]
    assert desk.accept(case).state == "reviewing"
