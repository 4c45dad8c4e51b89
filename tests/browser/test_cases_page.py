"""办件 in a real Chromium against a real server: lists, search, hand-over, what is brought later, pre-review."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.browser.case_scene import Cases
from tests.browser.desks import HEIGHT, WIDTH, new_phone
from tests.browser.terminal_desk import current, said
from tests.browser.test_online_application import PHOTO
from tests.browser.test_readable import faults
from tests.support.server import HallServer

WINDOW = 27
CLERK = f"clerk{WINDOW}"
LOAN = "fund-loan"
FORM = {"applicant": "person", "name": "张三丰", "id_number": "330802198003071226", "contact_name": "张三丰"}
OpenPage = Callable[..., Any]


@pytest.fixture
def cases(clerk_hall: HallServer, open_page: OpenPage) -> Iterator[Callable[..., Any]]:
    def opened(query: str = "", account: str = CLERK) -> Any:
        page = open_page(f"{clerk_hall.url}/cases{query}", WIDTH, HEIGHT, sign_in=(clerk_hall, account))
        page.set_default_timeout(8000)
        page.locator("[data-view]").first.wait_for()
        return page

    yield opened


def filled(hall: HallServer, *, without: str = "", accept: bool = True, phone: str = "") -> Any:
    """A case of window 27, everything ticked but the material `without`, which then may follow."""
    clerk = hall.signed_in(CLERK)
    phone = phone or new_phone()
    ticket = hall.signed_in("guide").do("/tickets", {"item": LOAN, "channel": "guide", "phone": phone})
    clerk.do(f"/windows/{WINDOW}/open")
    clerk.do(f"/windows/{WINDOW}/call", {"ticket": ticket["id"], "reason": "约定时间已到"})
    clerk.do(f"/windows/{WINDOW}/start")
    answers = {"marital": ["married"], "more": []}
    case = clerk.do("/cases", {"window": WINDOW, "item": LOAN, "answers": answers})
    points = [(one["id"], point["id"]) for one in case["materials"] for point in one["checkpoints"]]
    ticks = [{"material": one, "checkpoint": point} for one, point in points if one != without]
    form = {**FORM, "contact_phone": phone}
    case = clerk.do(f"/cases/{case['id']}/draft", {"revision": case["revision"], "ticks": ticks, "form": form})
    if accept:
        later = {"commitment": "承诺按期补交《结婚证》。", "until": case["promise"]["day"]} if without else None
        case = clerk.do(f"/cases/{case['id']}/accept", {"revision": case["revision"], "deferral": later})
    clerk.do(f"/windows/{WINDOW}/finish", {"ticket": ticket["id"]})
    return case


def test_a_case_is_found_by_its_phone_and_shown_masked_with_its_papers(clerk_hall: HallServer, cases: Any) -> None:
    phone = new_phone()
    case = filled(clerk_hall, phone=phone)
    page = cases()
    page.locator("[data-find]").fill(f"{phone[:3]} {phone[3:7]} {phone[7:]}")
    page.keyboard.press("Enter")
    page.get_by_test_id("code").get_by_text(case["code"]).wait_for()
    shown = page.locator("[data-detail]").inner_text()
    assert faults(page) == []
    assert phone not in shown and FORM["id_number"] not in shown and "张**" in shown
    pdf = page.request.get(clerk_hall.url + page.locator("[data-paper=acceptance]").get_attribute("href"))
    assert pdf.body().startswith(b"%PDF")
    page.locator("[data-unmask]").click()
    page.get_by_label("原因").fill("核对身份")
    page.keyboard.press("Enter")
    page.locator("[data-detail]", has_text=FORM["id_number"]).wait_for()


def test_a_draft_of_an_earlier_visit_is_gone_on_with(clerk_hall: HallServer, cases: Any) -> None:
    case = filled(clerk_hall, accept=False)
    page = cases("?view=drafts")
    page.locator(f"[data-case='{case['id']}']").click()
    page.locator("[data-do=intake]").click()
    page.locator("[data-testid=ticked].ok").wait_for()
    page.keyboard.press("F12")
    page.get_by_role("dialog").locator("button[type=submit]").click()
    page.get_by_test_id("code").wait_for()


def test_what_was_to_follow_is_taken_in_and_ends_the_wait(clerk_hall: HallServer, cases: Any) -> None:
    case = filled(clerk_hall, without="marriage")
    page = cases("?view=deferral")
    page.locator(f"[data-case='{case['id']}']").click()
    page.locator("[data-detail]", has_text="待补交").wait_for()
    page.locator("[data-do=intake]").click()
    page.locator("[data-material=marriage] .material-head").click()
    page.keyboard.press("F12")
    page.get_by_role("dialog").locator("button[type=submit]").click()

    page.get_by_test_id("done").wait_for()
    assert page.locator("[data-fact=deferral]").count() == 0, "nothing is to be brought any more"
    assert clerk_hall.signed_in(CLERK).read(f"/cases/{case['id']}")["deferral_due"] is None


def test_what_a_department_asked_for_in_words_is_ticked_one_by_one_and_the_ticks_survive_a_reload(
    clerk_hall: HallServer, cases: Any
) -> None:
    case, scene = filled(clerk_hall), Cases(clerk_hall, WINDOW)
    scene.received(case)
    asked = [{"material": "id-card", "text": "复印件看不清"}, {"material": None, "text": "申请表没有签名"}]
    wanted = {"items": [*asked, {"material": None, "text": "请写明用途"}], "reason": ""}
    clerk_hall.signed_in("fund.approver").do(f"/tasks/{scene.task(case)['id']}/correction", wanted)
    page = cases(f"?case={case['id']}")
    page.locator("[data-do=intake]").click()
    page.locator("[data-row]:focus").wait_for()
    page.locator(".asked-of", has_text="复印件看不清").wait_for()
    page.keyboard.press("Space")  # the first of the words
    page.reload()
    page.locator("[data-row]:focus").wait_for()
    assert page.locator("[data-point=w0]").get_attribute("aria-checked") == "true"
    page.locator("[data-material=id-card] .material-head").click()
    page.keyboard.press("F12")
    said(page, "还没有核对完")
    page.locator("[data-point=w1]").click()
    page.keyboard.press("F12")
    page.get_by_role("dialog").locator("button[type=submit]").click()
    page.get_by_test_id("done").wait_for()
    line = clerk_hall.signed_in(CLERK).read(f"/cases/{case['id']}")["history"][-1]
    assert line["data"]["received"] == ["身份证", "申请表没有签名", "请写明用途"]
    assert page.locator("[data-paper]").first.get_attribute("data-paper").startswith("supplement")
    page = cases(f"?case={case['id']}")
    page.get_by_test_id("history").get_by_text("收到：身份证、申请表没有签名、请写明用途").wait_for()


def test_a_case_is_handed_on_with_a_reason_that_its_history_keeps(clerk_hall: HallServer, cases: Any) -> None:
    case = filled(clerk_hall)
    page = cases(f"?case={case['id']}")
    page.locator("[data-do=hand-on]").click()
    page.get_by_label("接手人的账号").fill("clerk28")
    page.get_by_label("原因").fill("调休")
    page.reload()
    page.locator("[data-do=hand-on]").click()
    assert (page.get_by_label("接手人的账号").input_value(), page.get_by_label("原因").input_value()) == (
        "clerk28",
        "调休",
    )
    page.get_by_role("dialog").get_by_role("button", name="移交").click()
    said(page, "已移交")
    page.get_by_test_id("history").get_by_text("首办责任移交").wait_for()
    new = clerk_hall.signed_in("manager").read(f"/cases/{case['id']}")["owner_name"]
    assert f"交给{new}" in page.get_by_test_id("history").inner_text()
    assert clerk_hall.signed_in("manager").read(f"/cases/{case['id']}")["owner"] == "staff:clerk28"
    page.locator(f"[data-case='{case['id']}']").wait_for(state="detached")


COMPANY = {
    "applicant": "company",
    "project_name": "关于申请建设项目环境影响报告表审批",
    "name": "一窗科技有限公司",
    "credit_code": "91330106589878543F",
    "contact_name": "李四",
}


def applied_online(hall: HallServer) -> tuple[Any, str]:
    """A half-online application sent in from a phone, and where its own page asks."""
    phone = new_phone()
    hall.api.do("/phone-codes", {"phone": phone})
    messages = hall.signed_in("manager").read("/inbox")["messages"]
    text = next(one["text"] for one in messages if one["kind"] == "phone_code" and one["to"].endswith(phone[-4:]))
    found = re.search(r"\d{6}", text)
    assert found
    key = hall.api.do("/phone-codes/verify", {"phone": phone, "code": found[0]})["phone_token"]
    made = hall.api.do("/applications", {"phone_token": key, "item": "eia-report"})
    at = f"/case-links/{made['link'].rsplit('/', 1)[1]}"
    while made["question"]:
        answers = {**made["answers"], made["question"]["id"]: [made["question"]["options"][-1]["id"]]}
        made = hall.api.do(f"{at}/draft", {"phone_token": key, "revision": made["revision"], "answers": answers})
    form = {**COMPANY, "contact_phone": phone}
    made = hall.api.do(f"{at}/draft", {"phone_token": key, "revision": made["revision"], "form": form})
    for one in (one for one in made["materials"] if one["medium"] != "paper" and not one["shared"]):
        address = f"{hall.url}/api/v1{at}/files?name=photo.png&purpose=material:{one['id']}"
        headers = {"X-Phone-Token": key, "Idempotency-Key": uuid.uuid4().hex}
        assert hall.api.http.post(address, data=PHOTO.read_bytes(), headers=headers, timeout=60).status_code == 201
    sent = {"phone_token": key, "revision": made["revision"], "in_hall": False, "keep": False}
    return hall.api.do(f"{at}/submit", sent), at


def test_an_online_application_passes_its_pre_review_and_its_papers_are_taken_in(
    clerk_hall: HallServer, cases: Any, desk: Callable[..., Any]
) -> None:
    case, at = applied_online(clerk_hall)
    page = cases("?view=pre-review", "clerk1")
    page.locator(f"[data-case='{case['id']}']").click()
    page.locator("[data-do=pass]").click()
    page.get_by_role("dialog").get_by_role("button", name="通过").click()
    said(page, "已通过预审")
    page.locator("[data-testid=state]", has_text="待到窗口交件").wait_for()
    number = clerk_hall.api.do(f"{at}/check-in")["visit"]["number"]
    page = desk(1)
    page.keyboard.press("F2")
    current(page, number, "已叫号")
    page.keyboard.press("F4")
    current(page, number, "办理中")
    page.keyboard.press("F12")
    page.locator("[data-row]:focus").wait_for()
    # Masked fields are not typed in: what they hide would be lost.
    assert page.locator("#f-name").get_attribute("readonly") is not None
    assert COMPANY["credit_code"] not in page.locator(".basic").inner_html()
    page.locator("[data-unmask]").click()
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelector('#f-credit_code').value === '91330106589878543F'")
    page.locator("[data-row]").first.focus()
    for _ in range(page.locator(".material").count()):
        page.keyboard.press("Enter")
    page.locator("[data-testid=ticked].ok").wait_for()
    page.keyboard.press("F12")
    page.get_by_role("dialog").locator("button[type=submit]").click()
    page.get_by_test_id("code").wait_for()
    taken = clerk_hall.signed_in("clerk1").read(f"/cases/{case['id']}")
    assert (taken["owner"], taken["applicant_mask"]) == ("staff:clerk1", "一窗****公司")
