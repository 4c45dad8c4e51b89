"""What the papers of a case say: 受理通知书, 一次性告知书, 不予受理决定书, 容缺承诺书."""

from __future__ import annotations

import pytest

from server.domain.cases.record import Case
from server.journey.cases import ending
from server.journey.cases.receipts import Paper, PaperNotThere, paper, papers_of
from server.web.pdf import draw
from tests.case_scene import PERSON, Cases
from tests.scene import small_hall


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


def test_a_bundles_receipt_lists_each_paper_once(desk: Cases) -> None:
    case = desk.save(desk.open(None, bundle="restaurant"), form=PERSON)
    desk.save(case, ticks=desk.all_ticks(case))
    said = read(desk, desk.accept(case), "acceptance")
    assert [line.split("（")[0] for line in said.lists[0][1]] == ["身份证", "租赁合同", "平面图"]
    assert dict(said.facts)["件类型"] == "一件事"


def test_a_paper_is_drawn_as_pdf_whatever_the_citizen_is_called(desk: Cases) -> None:
    case = desk.accepted(name="<b>张</b>&三")
    body = draw(read(desk, case, "acceptance"))
    assert body.startswith(b"%PDF-") and body.rstrip().endswith(b"%%EOF") and b"STSong-Light" in body
