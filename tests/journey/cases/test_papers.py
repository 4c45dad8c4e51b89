"""What the papers of a case say: 受理通知书, 一次性告知书, 不予受理决定书, 容缺承诺书, and the receipts of later papers and of a withdrawal."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from server.domain.cases.intake import Deferral
from server.domain.cases.record import Case
from server.domain.cases.state import CaseState
from server.journey.cases import applying, correcting, ending, moves
from server.journey.cases.correcting import Wanted
from server.journey.cases.receipts import Paper, PaperNotThere, paper, papers_of
from server.web.pdf import draw
from tests.case_scene import PERSON, Cases
from tests.journey.cases.test_online import fill, passed, submit, submitted
from tests.scene import MANAGER, small_hall


def read(desk: Cases, case: Case, kind: str) -> Paper:
    return desk.hall.read(lambda rx: paper(rx, rx.cases.get(case.id), kind))


def there(desk: Cases, case: Case) -> list[str]:
    return desk.hall.read(lambda rx: papers_of(rx, rx.cases.get(case.id)))


def test_a_receipt_says_what_when_and_who_and_what_is_to_follow(desk: Cases) -> None:
    case = desk.deferred()
    assert there(desk, case) == ["acceptance", "commitment"]
    said = read(desk, case, "acceptance")
    facts = dict(said.facts)
    assert (said.title, said.number, said.to) == ("受理通知书", case.code, "张三丰")
    assert facts["承诺办结日"] == "2026年11月25日" and facts["证件号码"] == "3301**********1236"
    assert facts["经办人（首办责任人）"] == desk.me.name
    assert [heading for heading, _ in said.lists] == ["收到的材料", "容缺材料（应于2026年11月24日前补交）"]
    assert said.lists[1][1] == ("银行卡",) and not any("银行卡" in line for line in said.lists[0][1])
    assert said.link.endswith(f"/c/{case.link}") and said.day == "2026年11月18日"
    promise = read(desk, case, "commitment")
    assert "三个工作日内补交银行卡" in promise.paragraphs


def test_a_correction_lists_everything_and_a_refusal_its_reasons_and_remedies(desk: Cases) -> None:
    case = desk.correct(desk.ready(), ("id-card", "已过有效期"), (None, "申请表没有签名"))
    said = read(desk, case, "correction")
    assert said.lists[0][1] == ("身份证：已过有效期", "申请表没有签名") and "2026年11月25日" in said.closing[0]
    with pytest.raises(PaperNotThere):
        read(desk, case, "refusal")
    desk.hall.reload(small_hall(cases={"remedies": "请于三十日内复议。", "office": "小县政务服务中心"}))
    desk.write(ending.refuse, ending.RefuseRequest(desk.me, case.id, ("不属于本中心缴存范围",), "材料虚假"))
    refusal = read(desk, case, "refusal")
    assert refusal.lists[0][1] == ("不属于本中心缴存范围", "材料虚假")
    assert refusal.closing == ("请于三十日内复议。",) and refusal.office == "小县政务服务中心"


def test_a_second_notice_changes_nothing_in_the_first_and_forgets_nothing_of_it(desk: Cases) -> None:
    case = desk.correct(desk.ready(), ("id-card", "已过有效期"), (None, "申请表没有签名"))
    first = read(desk, case, "correction")
    desk.hall.wait(minutes=24 * 60)
    asked = ("bank-card", "请带原件")
    case = desk.correct(case, asked, by=MANAGER, reason="核对时又发现一处")
    assert there(desk, case) == ["correction-2", "correction"]
    assert read(desk, case, "correction") == first, "what was said, by whom, when and until when"
    second = read(desk, case, "correction-2")
    assert second.lists == (
        ("需要补正的内容", ("银行卡：请带原件",)),
        ("此前告知、尚未补正的内容", ("身份证：已过有效期", "申请表没有签名")),
    )
    facts = dict(second.facts)
    assert (facts["告知人"], second.day, first.day) == (MANAGER.name, "2026年11月19日", "2026年11月18日")
    texts = [one["text"] for one in (desk.get(case).correction or {})["items"]]
    assert texts == ["已过有效期", "申请表没有签名", "请带原件"], "the page still lists what was asked first"


def test_a_notice_and_a_receipt_say_the_same_when_what_they_asked_for_is_brought_and_the_clerk_has_changed(
    desk: Cases,
) -> None:
    case = desk.correct(desk.ready(), ("id-card", "已过有效期"))
    told = read(desk, case, "correction")
    desk.hall.wait(minutes=24 * 60)
    desk.save(case, ticks=desk.all_ticks(case))
    case = desk.accept(case)
    assert read(desk, case, "correction") == told and "前补正" in told.closing[0]
    receipt = read(desk, case, "acceptance")

    def later(tx, _, now):  # type: ignore[no-untyped-def]
        tx.cases.set(tx.cases.get(case.id), owner="staff:other", owner_name="别人", due_day="2027-01-04")

    desk.hall.write(later, None)
    assert read(desk, case, "acceptance") == receipt


def test_a_bundles_receipt_lists_each_paper_once(desk: Cases) -> None:
    case = desk.save(desk.open(None, bundle="restaurant"), form=PERSON)
    desk.save(case, ticks=desk.all_ticks(case))
    said = read(desk, desk.accept(case), "acceptance")
    assert [line.split("（")[0] for line in said.lists[0][1]] == ["身份证", "租赁合同", "平面图"]
    assert dict(said.facts)["件类型"] == "一件事"


def test_what_was_brought_later_is_receipted_each_time_with_when_and_to_whom(desk: Cases) -> None:
    case = desk.deferred()
    assert "supplement" not in there(desk, case), "nothing was brought yet"
    desk.hall.wait(minutes=24 * 60)
    desk.supplement(case, ("bank-card", "p1"))
    said = read(desk, case, "supplement")
    assert (said.title, said.number) == ("补交（补正）材料回执", case.code)
    ((heading, lines),) = said.lists
    assert re.fullmatch(rf"2026年11月19日\d\d:\d\d，{desk.me.name}收到", heading) and lines == ("银行卡",)
    assert said.closing == ("材料已经收齐，继续办理。",) and said.day == "2026年11月19日"


def test_a_part_of_what_is_owed_says_what_is_still_to_come(desk: Cases) -> None:
    case = desk.save(desk.open("food"), form=PERSON)
    desk.save(case, ticks={("id", "p1"), ("id", "p2")})
    case = desk.accept(case, Deferral("三日内补交", date(2026, 11, 24)))
    asked = Wanted("id", "反面不清晰")

    def department_asks(tx, _, now):  # type: ignore[no-untyped-def]
        seen = moves.move(tx, tx.cases.get(case.id), CaseState.REVIEWING, desk.me, "task_held", {}, now)
        correcting.ask(tx, seen, desk.me, [asked], "", now)

    desk.hall.write(department_asks, None)
    desk.supplement(case, ("id", "p1"), ("id", "p2"))
    said = read(desk, case, "supplement")
    assert said.lists[0][1] == ("身份证",) and said.closing[0].startswith("其余容缺材料请于2026年11月24日前补交")


def test_what_was_put_right_online_is_receipted_as_handed_in_by_the_applicant(desk: Cases) -> None:
    case, key = submitted(desk)
    assert "supplement" not in there(desk, case), "the application itself is not a later paper"
    desk.correct(case, ("id-card", "正面不清晰"), (None, "申请表没有签名"), by=desk.me)
    desk.hall.wait(seconds=30)
    fill(desk, case, key)
    submit(desk, case, key)
    said = read(desk, case, "supplement")
    heading, lines = said.lists[0]
    assert heading.endswith("，申请人网上提交") and lines == ("修改后的申请信息",), "no file of the card came"


def test_whoever_withdraws_has_it_on_paper_with_what_had_been_handed_in(desk: Cases) -> None:
    case = desk.accepted()
    desk.write(ending.withdraw, ending.WithdrawRequest(desk.me, case.id, "改日再办"))
    said = read(desk, case, "withdrawal")
    facts = dict(said.facts)
    assert (said.title, facts["撤回原因"], facts["经办"]) == ("撤回申请回执", "改日再办", desk.me.name)
    assert any(line.startswith("身份证") for line in said.lists[0][1]) and "凭本回执" in said.closing[0]


def test_what_was_brought_later_is_among_what_is_given_back_and_what_never_came_is_not(desk: Cases) -> None:
    brought, owing = desk.deferred(), desk.deferred()
    desk.supplement(brought, ("bank-card", "p1"))
    for case, there_was in ((brought, True), (owing, False)):
        desk.write(ending.withdraw, ending.WithdrawRequest(desk.me, case.id, "改日再办"))
        names = [line.split("（")[0] for line in read(desk, case, "withdrawal").lists[0][1]]
        assert ("银行卡" in names) is there_was and "身份证" in names


def test_a_withdrawal_on_the_phone_says_so_and_what_lapsed_by_itself_has_no_receipt(desk: Cases) -> None:
    case, key = submitted(desk)
    passed(desk, case)
    desk.write(applying.withdraw_online, applying.CitizenRequest(case.id, key))
    said = read(desk, case, "withdrawal")
    assert dict(said.facts)["经办"] == "申请人在手机上办理" and said.lists == ()
    draft = desk.open("loan")
    desk.next_day(4)
    assert desk.get(draft).state == "withdrawn" and there(desk, draft) == []


def test_a_paper_is_drawn_as_pdf_whatever_the_citizen_is_called(desk: Cases) -> None:
    case = desk.accepted(name="<b>张</b>&三")
    body = draw(read(desk, case, "acceptance"))
    assert body.startswith(b"%PDF-") and body.rstrip().endswith(b"%%EOF") and b"STSong-Light" in body


@pytest.mark.parametrize(("materials", "pages"), [(3, 1), (11, 1), (40, 2)])
def test_a_receipt_spares_a_page_where_it_can_and_nobody_signs_a_page_alone(
    desk: Cases, materials: int, pages: int
) -> None:
    said = read(desk, desk.accept(desk.ready()), "acceptance")
    many = replace(said, lists=(("收到的材料", tuple(f"材料{number}（原件，1份）" for number in range(materials))),))
    assert len(re.findall(rb"/Type /Page\b", draw(many))) == pages
