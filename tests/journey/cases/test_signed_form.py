"""固化材料: the form of a half-online application is printed, signed and brought; a paper that does not fit is found out."""

from __future__ import annotations

import re
from typing import Any

import pytest

from server.domain.cases.intake import CheckpointsOpen
from server.domain.cases.record import Case
from server.domain.cases.signed_form import SIGNED
from server.journey.cases import applying
from server.journey.cases.items import matter
from server.journey.cases.particulars import check_code
from server.journey.cases.receipts import open_papers, paper, papers_for, papers_of
from server.journey.cases.views import citizen_view
from server.web.pdf import draw
from tests.case_scene import APPROVER, PERSON, Cases
from tests.journey.cases.test_online import apply, fill, passed, submit, submitted


def code_of(desk: Cases, case: Case) -> str:
    return desk.hall.read(lambda rx: check_code(rx, rx.cases.get(case.id)))


def listed(desk: Cases, case: Case) -> list[str]:
    return desk.hall.read(lambda rx: [one.id for one in matter(rx, rx.cases.get(case.id)).materials])


def at_the_window(desk: Cases, case: Case) -> Case:
    """Its number is called and served at window 1."""
    desk.write(applying.check_in, applying.CheckIn(case.id))
    desk.hall.next(1)
    desk.hall.start(1)
    return desk.get(case)


def test_the_form_to_sign_says_what_was_filled_in_and_a_code_of_all_of_it(desk: Cases) -> None:
    case, key = apply(desk)
    fill(desk, case, key, address="文化路 8 号")
    assert listed(desk, case) == ["id-card"], "nothing to sign before it was sent in"
    case = submit(desk, case, key)
    said = desk.hall.read(lambda rx: paper(rx, case, "application"))
    facts = dict(said.facts)
    assert (facts["申报人"], facts["身份证"], facts["通讯地址"]) == (PERSON["name"], PERSON["id_number"], "文化路 8 号")
    assert "联系人电话" not in facts, "what was left empty is no room to write in"
    code = code_of(desk, case)
    assert re.fullmatch(r"[0-9A-F]{4}-[0-9A-F]{4}", code) and any(code in line for line in said.closing)
    assert said.to == "市卫健委" and any("签名" in line for line in said.closing)
    assert b"/Encrypt" in draw(said), "its file is not to be changed"


def test_the_link_alone_and_departments_are_not_given_the_form_in_clear(desk: Cases) -> None:
    case, _ = submitted(desk)

    def asked(rx: Any) -> tuple[list[str], list[str], list[str]]:
        return papers_of(rx, case), open_papers(rx, case), papers_for(rx, case, APPROVER)

    whole, by_link, by_department = desk.hall.read(asked)
    assert whole == ["application"] and by_link == [] == by_department
    assert desk.hall.read(lambda rx: papers_for(rx, case, desk.me)) == ["application"]
    assert desk.hall.read(lambda rx: citizen_view(rx, case, clear=True))["papers"] == []


def test_the_window_takes_it_in_only_with_the_signed_paper(desk: Cases) -> None:
    case = at_the_window(desk, passed(desk, submitted(desk)[0]))
    assert listed(desk, case) == [SIGNED, "id-card"]
    desk.save(case, ticks={("id-card", "p1"), ("id-card", "p2")})
    with pytest.raises(CheckpointsOpen):
        desk.accept(case)
    desk.save(case, ticks=desk.all_ticks(case))
    case = desk.accept(case)
    receipt = desk.hall.read(lambda rx: paper(rx, case, "acceptance"))
    assert receipt.lists[0][1][0].startswith("网上申请表（打印并亲笔签名）")


def test_a_form_that_has_changed_wants_a_new_signature(desk: Cases) -> None:
    case, key = submitted(desk)
    before = code_of(desk, case)
    case = at_the_window(desk, passed(desk, case))
    desk.save(case, ticks=desk.all_ticks(case))
    desk.correct(desk.get(case), (None, "电话写错了"))
    fill(desk, case, key)
    assert code_of(desk, case) == before and (SIGNED, "code") in desk.get(case).ticks, "saved, nothing changed"
    fill(desk, case, key, contact_landline="0570-1234567")
    assert code_of(desk, case) != before
    left = desk.get(case).ticks
    assert not any(material == SIGNED for material, _ in left) and ("id-card", "p1") in left


def test_what_was_taken_in_before_the_hall_asked_for_it_is_not_asked_for_it_now(desk: Cases) -> None:
    case = at_the_window(desk, passed(desk, submitted(desk)[0]))

    def as_before(tx: Any, _: Any, now: int) -> None:
        tx.cases.set(tx.cases.get(case.id), start_day="2026-11-18", ticks=frozenset({("id-card", "p1")}))

    desk.hall.write(as_before, None)
    assert listed(desk, case) == ["id-card"]


def test_its_page_says_what_to_bring_where_and_until_when_while_it_is_awaited(desk: Cases) -> None:
    case, _ = submitted(desk)

    def shown() -> Any:
        return desk.hall.read(lambda rx: citizen_view(rx, rx.cases.get(case.id)))

    assert shown()["bring"] is None
    passed(desk, case)
    bring = shown()["bring"]
    assert bring["windows"] == [1, 2, 3] and bring["until"] == "2026-12-18" and bring["section"] and bring["today"]
    assert [one["id"] for one in shown()["materials"]] == [SIGNED, "id-card"]
