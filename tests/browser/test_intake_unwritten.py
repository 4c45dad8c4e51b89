"""An item whose list is not published, at the window in a real Chromium: what was handed in is written down and carried."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.browser.desks import HEIGHT, WIDTH
from tests.browser.test_intake import case_of, fill, saved, serving
from tests.browser.test_readable import faults
from tests.support.server import HallServer

EARLY = "fund-loan-early"


HEAD = "*申报者 项目代码 所属部门 申报来源 事项名称 审批类型 承诺时间 申报数量"
OWN = {
    "企业": "*申报项目名称 *申报单位 *统一社会信用代码 法定代表人",
    "非企业": "*申报项目名称 *申报单位 *单位相关证件号 法定代表人",
    "个人": "*申报人 *身份证",
}
CONTACT = "*联系人姓名 *联系人手机 联系人身份证 联系人电话 通讯地址 邮政编码 *是否快递送达"
COURIER = "*收件人姓名 *收件人手机 *所在地区 邮政编码 *详细地址"


def has_the_tables_of_003(page: Any) -> None:
    """Each label, each * and each choice in the order of the notice's three tables."""
    assert page.locator("#f-applicant label").all_inner_texts() == ["个人", "企业", "非企业"]
    assert page.locator("#f-courier label").all_inner_texts() == ["是", "否"]
    page.check("[name=courier][value=true]")
    for kind, own in OWN.items():
        page.get_by_label(kind, exact=True).check()
        page.locator("table.basic th", has_text="申报人" if kind == "个人" else "申报单位").wait_for()
        labels = page.locator("table.basic th, table.basic .region-label").all_inner_texts()
        assert " ".join(labels).split() == f"{HEAD} {own} {CONTACT} {COURIER} 备注".split(), kind
    page.check("[name=courier][value=false]")
    assert page.locator("#f-recipient_name").count() == 0, "the courier's lines are there when it is wanted"


def list_of(hall: HallServer, page: Any, case: Any) -> int:
    """The list that the case's papers go by, once housekeeping has made it; other tests' cases have lists of their own."""
    for _ in range(60):
        lists = hall.signed_in("manager").read("/handovers?direction=department")["handovers"]
        mine = [one["id"] for one in lists if case["id"] in [line["case"] for line in one["lines"]]]
        if mine:
            return int(mine[0])
        page.wait_for_timeout(500)
    raise AssertionError("on no list")


def test_papers_without_a_list_are_written_down_and_stand_on_the_handover_list(
    clerk_hall: HallServer, desk: Callable[..., Any], open_page: Callable[..., Any]
) -> None:
    page = serving(clerk_hall, desk, item=EARLY)
    page.keyboard.press("F12")
    page.locator(".choice.at", has_text="提前还款").wait_for()
    page.keyboard.press("Enter")
    page.locator("[name=received-name]:focus").wait_for()
    assert "清单还没有发布" in page.locator("[data-received]").inner_text()
    assert "不需要材料" not in page.locator("[data-area=materials]").inner_text()
    page.keyboard.type("还款申请")
    page.keyboard.press("Enter")
    page.keyboard.type("借款合同")
    page.locator("[name=received-copies]").fill("2")
    page.keyboard.press("F12")
    page.locator(".toast", has_text="还没有登记").wait_for()
    page.keyboard.press("Enter")
    page.locator("[data-paper=借款合同]").wait_for()
    has_the_tables_of_003(page)
    fill(page)
    saved(page)
    assert faults(page) == []
    page.reload()
    page.locator("[data-paper=还款申请]").wait_for()
    page.keyboard.press("F12")
    assert "借款合同 ×2" in page.locator("dialog .summary").inner_text()
    page.keyboard.press("Enter")
    page.locator("[data-testid=done][data-state=accepted]").wait_for()
    case = case_of(clerk_hall, page)
    assert [(one["name"], one["copies"]) for one in case["received"]] == [("还款申请", 1), ("借款合同", 2)]
    lists = open_page(
        f"{clerk_hall.url}/handovers#{list_of(clerk_hall, page, case)}", WIDTH, HEIGHT, sign_in=(clerk_hall, "clerk26")
    )
    lists.locator(f"[data-line='{case['id']}'] [data-papers]", has_text="借款合同 2份").wait_for()


def test_in_a_bundle_the_keys_go_from_the_list_to_the_papers_of_the_item_that_has_none(
    clerk_hall: HallServer, desk: Callable[..., Any]
) -> None:
    items = ["fund-loan", EARLY]
    clerk_hall.signed_in("manager").do("/catalogue/bundles", {"id": "repay-all", "name": "还清再贷", "items": items})
    page = serving(clerk_hall, desk, item="fund-loan")
    answers = {"fund-loan": {"marital": ["married"], "more": []}}
    wanted = {"window": 26, "bundle": "repay-all", "answers": answers}
    case = clerk_hall.signed_in("clerk26").do("/cases", wanted)
    page.goto(f"{clerk_hall.url}/intake/{case['id']}?window=26")
    page.locator("[data-row]:focus").wait_for()
    for _ in case["materials"]:
        page.keyboard.press("Enter")
    page.locator("[name=received-name]:focus").wait_for()
    assert "公积金贷款提前还款" in page.inner_text("[data-received]")
    page.keyboard.type("还款申请")
    page.keyboard.press("Enter")
    saved(page)
    kept = clerk_hall.signed_in("clerk26").read(f"/cases/{case['id']}")["received"]
    assert [(one["name"], one["item"]) for one in kept] == [("还款申请", EARLY)]
    assert faults(page) == []
