"""An item known by name alone: its list is not published, so the papers handed in are written down and carried."""

from __future__ import annotations

from typing import Any

import pytest

from server.domain.actor import SYSTEM
from server.domain.cases.received import ListPublished, Received
from server.domain.cases.record import Case
from server.domain.cases.state import TaskState
from server.domain.catalogue.model import Form
from server.journey.cases import behind_views, drafting, handing_over
from server.journey.cases.receipts import paper
from server.journey.cases.views import case_view
from server.journey.catalogue import publishing, tree
from tests.case_scene import FUND, PERSON, Cases, item

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
    query = item("缴存查询", "commitment", FUND, always=[], questions=asked, situations=leaves, start="own")

    def publish(tx: Any, _: Any, now: int) -> None:
        items = {"repay": repay, "query": query}
        for key, body in items.items():
            tree.add_node(tx, tree.AddNode(SYSTEM, key, body.name, department=FUND, is_item=True), now)
        ready = [publishing.ReadyItem(key, body) for key, body in items.items()]
        publishing.publish_ready(tx, publishing.PublishReady(SYSTEM, ready, "测试"), now)

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
    assert view["received"] == [{"id": "received-1", "name": "还款申请", "form": "original", "copies": 2}]
    assert desk.save(case, received=()).received == []


def test_without_a_paper_written_down_its_department_signs_for_it_all_the_same(desk: Cases) -> None:
    case = taken_in(desk)
    assert case.state == "accepted" and desk.write(lambda tx, _, now: handing_over.fill(tx, now), None) == 1


def test_beside_a_published_list_nothing_is_written_down(desk: Cases) -> None:
    for case in (desk.open("loan"), desk.open("query"), desk.open(None, bundle="restaurant")):
        with pytest.raises(ListPublished):
            desk.write(drafting.save_draft, drafting.DraftRequest(desk.me, case.id, case.revision, received=PAPERS))


def test_a_situation_that_needs_nothing_is_still_sent_on_without_paper(desk: Cases) -> None:
    case = desk.save(desk.open("query"), answers={"own": ["yes"]}, form=PERSON)
    assert not desk.hall.read(case_view, case, desk.me)["unwritten"]
    assert desk.accept(case).state == "reviewing"
