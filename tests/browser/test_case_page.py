"""A case's own page: where it stands in plain words, its papers, what can be done from home."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.desks import new_phone
from tests.browser.guides import (
    PERSON,
    answer_all,
    confirm_phone,
    decided_at_once,
    path_of,
    phone_token,
    taken_in,
    to_issue,
)
from tests.browser.phone_page import HEIGHT, WIDTH, OpenPage, clear_line
from tests.browser.test_online_application import PHOTO, draft
from tests.browser.test_readable import faults
from tests.support.server import ROOT, HallServer

OTHER_PHOTO = next(one for one in (ROOT / "config/demo/catalogue/samples").glob("*.png") if one != PHOTO)


CHINESE_LEFT = """() => {
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), left = [];
  while (walk.nextNode()) {
    const text = walk.currentNode.data, inside = walk.currentNode.parentElement;
    if (/[\\u4e00-\\u9fff]/.test(text) && !inside.closest('[lang=zh-CN], noscript, script')) left.push(text);
  }
  return left;
}"""


def in_english(page: Any) -> str:
    """The page after its language button: only what people have written is Chinese, and is said to be."""
    page.click("#language")
    page.wait_for_selector("html[lang=en] #state")
    assert page.evaluate(CHINESE_LEFT) == []
    assert faults(page) == []
    return str(page.inner_text("#page"))


@pytest.fixture
def hall(phone_hall_server: HallServer) -> HallServer:
    clear_line(phone_hall_server)
    return phone_hall_server


def test_an_accepted_case_says_by_when_and_gives_its_receipt(hall: HallServer, open_page: OpenPage) -> None:
    case = taken_in(hall, new_phone())
    page = open_page(hall.url + path_of(case), WIDTH, HEIGHT, is_mobile=True)
    page.wait_for_selector("[data-state=accepted]")
    said = page.inner_text("main")
    assert case["code"] in said and "最迟" in said and "张**" in said
    assert PERSON["name"] not in page.content()
    receipt = page.request.get(hall.url + page.get_attribute("#documents a", "href"))
    assert receipt.ok and receipt.body().startswith(b"%PDF")
    assert faults(page) == []
    page.click("#language")
    page.wait_for_selector("html[lang=en] [data-state=accepted]")
    assert faults(page) == []


def test_whoever_applied_can_withdraw_with_the_confirmed_phone(hall: HallServer, open_page: OpenPage) -> None:
    phone = new_phone()
    case = taken_in(hall, phone)
    page = open_page(hall.url + path_of(case), WIDTH, HEIGHT, is_mobile=True)
    page.on("dialog", lambda dialog: dialog.accept())
    page.click("details:has(#withdraw) summary")
    page.click("#withdraw")
    confirm_phone(page, hall, phone)
    page.wait_for_selector("#verify", state="detached")
    page.click("details:has(#withdraw) summary")
    page.click("#withdraw")
    page.wait_for_selector("[data-state=withdrawn]")


def test_a_half_online_case_is_reviewed_and_its_number_taken_in_the_hall(hall: HallServer, open_page: OpenPage) -> None:
    phone = new_phone()
    token = phone_token(hall, phone)
    page = open_page(hall.url + "/apply/eia-report", WIDTH, HEIGHT, is_mobile=True)
    answer_all(page, "#verify")
    page.evaluate(
        "token => sessionStorage.setItem('yichuang.phone', JSON.stringify({token, until: Date.now() + 1e6}))", token
    )
    page.reload()
    page.wait_for_selector("#form")
    company = {"#f-name": "衢州测试有限公司", "#f-credit_code": "91330800MA28F0XX0A", "#f-contact_name": "李四"}
    for field, text in company.items():
        page.fill(field, text)
    page.click("#submit")
    page.locator("#e-credit_code:not(:empty), #problem:not(:empty)").first.wait_for()
    if page.locator("#e-credit_code").count():
        page.fill("#f-credit_code", credit_code())
        page.click("#submit")
    page.wait_for_function("() => document.querySelector('#problem').innerText.includes('请上传')")
    send_in_all(page)
    page.click("#submit")
    page.wait_for_selector("[data-state=pre_review]")
    case = max(hall.signed_in("manager").read("/pre-reviews")["cases"], key=lambda one: one["id"])
    hall.signed_in("manager").do(f"/cases/{case['id']}/pre-review/pass", {"note": ""})
    page.reload()
    page.wait_for_selector("[data-state=awaiting_visit]")
    assert faults(page) == []
    assert "签名" in page.inner_text("#bring") and "号窗口" in page.inner_text("#bring")
    with page.expect_download() as saved:  # printed, signed, brought
        page.click("#application-form")
    assert saved.value.suggested_filename == "申请表.pdf"
    page.click("#check-in")
    page.wait_for_selector("#visit")
    page.click("#visit")
    page.wait_for_selector("#slip:not([hidden])")


def send_in_all(page: Any) -> None:
    """A photo of each material."""
    for at in range(page.locator("#papers input[type=file]").count()):
        page.locator("#papers input[type=file]").nth(at).set_input_files(str(PHOTO))
        page.wait_for_function("n => document.querySelectorAll('[data-file]').length === n", arg=at + 1)


def credit_code(body: str = "91330800MA28F0XX0") -> str:
    """A unified social credit code with its check character (GB 32100)."""
    letters = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    weights = [3**place % 31 for place in range(17)]
    return body + letters[(31 - sum(letters.index(c) * w for c, w in zip(body, weights, strict=True)) % 31) % 31]


def test_a_correction_is_read_and_answered_from_home(hall: HallServer, open_page: OpenPage) -> None:
    phone = new_phone()
    page = open_page(hall.url + "/apply/birth-registration", WIDTH, HEIGHT, is_mobile=True)
    answer_all(page, "#verify")
    confirm_phone(page, hall, phone)
    page.wait_for_selector("#form")
    page.fill("#f-name", PERSON["name"])
    page.fill("#f-id_number", PERSON["id_number"])
    send_in_all(page)
    page.click("#submit")
    page.wait_for_selector("[data-state=pre_review]")
    leader = hall.signed_in("manager")
    case = max(leader.read("/pre-reviews")["cases"], key=lambda one: one["id"])
    photo = leader.read(f"/cases/{case['id']}")["materials"][0]
    wrong = [{"material": photo["id"], "text": "看不清，请重拍"}]
    leader.do(f"/cases/{case['id']}/correction", {"items": wrong, "reason": ""})
    more = [{"material": None, "text": "请写明出生地"}]
    leader.do(f"/cases/{case['id']}/correction", {"items": more, "reason": "又发现一处"})
    page.reload()
    page.wait_for_selector("[data-state=correction]")
    page.wait_for_selector("#form")
    assert page.locator("#correction li").all_inner_texts() == [f"{photo['name']}：看不清，请重拍", "请写明出生地"]
    assert page.locator("[data-earlier=true]").all_inner_texts() == [f"原来传的：{PHOTO.name}"], (
        "no tick: it answers nothing"
    )
    papers = page.locator("#documents a").all_inner_texts()
    assert papers == ["一次性告知书（第2次）（PDF）", "一次性告知书（PDF）"], "each notice is there by itself"
    assert faults(page) == []
    page.click("#submit")
    page.wait_for_function("() => document.querySelector('#problem').innerText.includes('请重新上传补正后的')")
    count = page.locator("[data-file]").count()
    page.locator("input[type=file]").first.set_input_files(str(OTHER_PHOTO))
    page.wait_for_function("n => document.querySelectorAll('[data-file]').length === n", arg=count + 1)
    page.click("#submit")
    page.wait_for_selector("[data-state=pre_review]")


def test_the_pick_up_code_is_shown_to_the_confirmed_phone_alone(hall: HallServer, open_page: OpenPage) -> None:
    phone = new_phone()
    case = taken_in(hall, phone)
    to_issue(hall, case)
    page = open_page(hall.url + path_of(case), WIDTH, HEIGHT, is_mobile=True)
    page.wait_for_selector("[data-state=at_issue]")
    assert page.locator("#pickup").count() == 0
    page.click("#show-pickup")
    confirm_phone(page, hall, phone)
    code = page.inner_text("#pickup")
    found = hall.signed_in("clerk38").do("/results/find", {"pickup_code": code})["results"]
    assert [one["case"] for one in found] == [case["id"]]
    assert faults(page) == []


def test_a_result_handed_over_is_rated_once_on_the_cases_own_page(hall: HallServer, open_page: OpenPage) -> None:
    case = decided_at_once(hall, new_phone())
    page = open_page(hall.url + path_of(case), WIDTH, HEIGHT, is_mobile=True)
    page.wait_for_selector("#state")
    assert page.is_hidden("#rating"), "nothing to rate before the result is in hand"
    given = {"window": 18, "collector": PERSON["name"], "unsigned_reason": "签名板损坏"}
    hall.signed_in("clerk18").do(f"/results/{case['id']}/hand-over", given)
    page.reload()
    page.click(".score-5")
    page.click("#rate")
    page.wait_for_selector("#rated.thanks")
    assert faults(page) == []
    page.reload()
    page.wait_for_selector("#rated.thanks")


def test_whoever_owes_a_paper_reads_which_and_by_when(hall: HallServer, open_page: OpenPage) -> None:
    case = taken_in(hall, new_phone(), defer=True)
    page = open_page(hall.url + path_of(case), WIDTH, HEIGHT, is_mobile=True)
    page.wait_for_selector("#deferral")
    name = next(one["name"] for one in case["materials"] if one["id"] in case["deferral"]["materials"])
    assert name in page.inner_text("#deferral") and "等短信就行" not in page.inner_text("#state")
    assert faults(page) == []
    said = in_english(page)
    assert said.startswith("Housing fund loan") and "Marriage certificate" in said and name not in said


def test_a_refusal_says_why_on_the_page_itself(hall: HallServer, open_page: OpenPage) -> None:
    phone = new_phone()
    at = hall.signed_in("clerk26")
    ticket = hall.signed_in("guide").do("/tickets", {"section": "fund", "phone": phone, "channel": "guide"})
    assert at.do("/windows/26/next")["number"] == ticket["number"]
    at.do("/windows/26/start")
    case = at.do("/cases", {"window": 26, "item": "fund-loan"})
    draft = {"revision": case["revision"], "form": {**PERSON, "contact_phone": phone}}
    case = at.do(f"/cases/{case['id']}/draft", draft)
    reason = case["refusal_reasons"][0]
    at.do(f"/cases/{case['id']}/refuse", {"reasons": [reason], "other": ""})
    at.do("/windows/26/finish")
    token = str(ticket["link"]).rsplit("/", 1)[-1]
    case["link"] = hall.api.read(f"/links/{token}/cases")["cases"][0]["link"]
    page = open_page(hall.url + path_of(case), WIDTH, HEIGHT, is_mobile=True)
    page.wait_for_selector("[data-state=refused]")
    assert reason in page.inner_text("#state")
    assert faults(page) == []
    assert reason in in_english(page), "a clerk's words stay as they were written"


def test_what_a_department_asks_under_review_is_not_sent_empty_and_a_note_may_say_how_it_stands(
    hall: HallServer, open_page: OpenPage
) -> None:
    page = open_page("about:blank", WIDTH, HEIGHT, is_mobile=True)
    draft(hall, page, new_phone())
    page.fill("#f-name", PERSON["name"])
    page.fill("#f-id_number", PERSON["id_number"])
    send_in_all(page)
    page.click("#submit")
    page.wait_for_selector("[data-state=pre_review]")
    office = hall.signed_in("health.approver")
    case = max(one["id"] for one in office.read("/pre-reviews")["cases"])
    office.do(f"/cases/{case}/pre-review/pass", {"note": "齐全"})
    task = next(one["id"] for one in office.read("/tasks")["tasks"] if one["case"] == case)
    office.do(f"/tasks/{task}/correction", {"items": [{"material": None, "text": "请写明出生地"}], "reason": ""})
    page.reload()
    page.click("#supplement")
    page.wait_for_function("() => document.querySelector('#problem').innerText.includes('请写明出生地')")
    assert faults(page) == []
    page.fill("#note", "出生地是衢州市柯城区")
    page.click("#supplement")
    page.wait_for_selector("[data-state=reviewing]")
