"""网上件 in pictures: an environmental report is applied for on the phone, reviewed, brought to the hall, decided, collected."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.record_joint import agree, approve, bench
from tests.browser.record_stage import Stage, call, code_in, open_window, sign
from tests.browser.record_visit import DESK, PAD, PHONE
from tests.browser.test_online_application import PHOTO

WINDOW, ISSUE, CITIZEN = 2, 38, "13605709012"
COMPANY, CODE, CONTACT = "衢州清源环保科技有限公司", "91330800MA28F0XX0", "张丽华"
APPROVERS = {"市生态环境局": "ecology.approver", "市自然资源和规划局": "land.approver", "市水利局": "water.approver"}


def record(tell: Stage) -> None:
    tell.chapter(
        "三、网上件：手机申请，预审，凭受理号到窗口，凭取件码领取",
        "3. Applied for on the phone, brought to the window, collected by code",
    )
    desk = open_window(tell, WINDOW)
    phone = tell.sit("/g/eia-report", PHONE)
    inbox = tell.sit("/inbox", DESK, "guide")
    apply(tell, phone, inbox)
    review(tell)
    number = check_in(tell, phone)
    code = take_in(tell, desk, number)
    papers(tell, desk)
    decide(tell, code)
    issue(tell, phone, inbox, code)
    rate(tell, phone)
    for page in (desk, phone, inbox):
        page.context.close()


def credit_code(body: str) -> str:
    """With its check character (GB 32100)."""
    letters = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    return body + letters[(31 - sum(letters.index(c) * (3**at % 31) for at, c in enumerate(body)) % 31) % 31]


def answer(page: Page, *options: str) -> None:
    for option in options:
        question = page.locator("[data-question]").get_attribute("data-question")
        page.tap(f"[data-option={option}]")
        page.wait_for_function("q => document.querySelector('[data-question]')?.dataset.question !== q", arg=question)


def apply(tell: Stage, phone: Page, inbox: Page) -> None:
    phone.locator("[data-question]").wait_for()
    tell.shoot(phone, "phone-question", "手机指南：先问情形", "The phone asks, too")
    answer(phone, "table", "no", "no")
    phone.locator("#count").wait_for()
    tell.shoot(phone, "phone-list", "自己的清单，样例和空白表格", "The exact list with samples and forms")
    phone.tap("#apply")
    phone.locator("#verify").wait_for()
    phone.fill("#phone", CITIZEN)
    phone.tap("#send-code")
    phone.locator("#code").wait_for()
    phone.fill("#code", code_in(tell.sms(inbox, CITIZEN, "验证码")))
    tell.shoot(phone, "phone-verify", "短信验证手机号", "The phone is confirmed by SMS")
    phone.tap("#confirm-code")
    phone.locator("#form").wait_for()
    phone.fill("#f-name", COMPANY)
    phone.fill("#f-credit_code", credit_code(CODE))
    phone.locator("#saved", has_text="✓").wait_for()
    phone.reload()
    phone.locator("#form").wait_for()
    assert phone.input_value("#f-name") == COMPANY, "the draft survives"
    phone.fill("#f-contact_name", CONTACT)
    tell.shoot(phone, "phone-form", "重新打开，填过的都在", "Reloaded: nothing typed is lost", pause=1500)
    for at in range(phone.locator("#papers input[type=file]").count()):
        phone.locator("#papers input[type=file]").nth(at).set_input_files(str(PHOTO))
        phone.wait_for_function("n => document.querySelectorAll('[data-file]').length === n", arg=at + 1)
    phone.tap("#submit")
    tell.shoot(phone, "phone-submitted", "已提交，等预审", "Sent: under review", wait="[data-state=pre_review]")


def review(tell: Stage) -> None:
    page = tell.sit("/cases", DESK, "ecology.approver")
    page.locator("[data-case]").first.click()
    tell.shoot(page, "pre-review", "生态环境局预审", "The department reviews it", wait="[data-do=pass]", pause=800)
    page.click("[data-do=pass]")
    agree(page)
    page.locator(".toast.ok").first.wait_for()
    page.context.close()


def check_in(tell: Stage, phone: Page) -> str:
    phone.reload()
    tell.shoot(phone, "phone-passed", "预审通过：到大厅取受理号", "Passed: take a number in the hall", wait="#check-in")
    phone.tap("#check-in")
    phone.locator("#visit").wait_for()
    link = phone.url
    phone.tap("#visit")
    tell.shoot(phone, "phone-number", "受理号，手机上就是号票", "The acceptance number", wait="#slip", pause=1200)
    number = phone.inner_text("#number").strip()
    phone.goto(link)
    return number


def take_in(tell: Stage, desk: Page, number: str) -> str:
    call(desk, number)
    tell.shoot(desk, "terminal", "综合窗口叫到网办的受理号", "A window calls the online case")
    desk.keyboard.press("F12")
    desk.locator(".material, .choice").first.wait_for()
    tell.shoot(desk, "intake", "网上填的、问答都在，只核对纸质材料", "All that was filled in is here", pause=1000)
    for _ in range(desk.locator(".material").count()):
        desk.keyboard.press("Enter")
    desk.locator("[data-testid=ticked].ok").wait_for()
    desk.keyboard.press("F12")
    desk.locator("dialog [data-testid=promised]").wait_for()
    desk.keyboard.press("Enter")
    tell.shoot(desk, "accepted", "受理", "Accepted", wait="[data-testid=code]", pause=5500)
    code = desk.get_by_test_id("code").inner_text().replace("\n", "").replace(" ", "")
    desk.keyboard.press("F8")
    desk.get_by_test_id("nobody").wait_for()
    return code


def papers(tell: Stage, desk: Page) -> None:
    desk.goto(tell.hall.url + "/handovers")
    for department, who in APPROVERS.items():
        row = desk.locator("[data-list-id]", has_text=department).filter(has_text="待交出")
        row.first.wait_for()
        row.first.click()
        desk.locator(".sub", has_text=department).wait_for()
        desk.keyboard.press("F2")
        agree(desk)
        desk.locator("[data-list-state=sent]").wait_for()
        other = tell.sit("/handovers", DESK, who)
        other.locator("[data-list-id]", has_text="待签收").first.click()
        other.locator("[data-line]").first.wait_for()
        other.keyboard.press("F6")
        other.keyboard.press("F4")
        other.locator("[data-list-state=received]").wait_for()
        other.context.close()


def decide(tell: Stage, code: str) -> None:
    for who in ("land.approver", "water.approver", "ecology.approver"):
        page = bench(tell, who, code)
        approve(page, "经审查，同意。")
        if who == "ecology.approver":
            page.goto(tell.hall.url + "/handovers")
            page.click("[data-ready]")
            page.locator("[data-ready-case] input").first.check()
            page.click("[data-send-results]")
            page.locator("[data-list-state=sent]").wait_for()
        page.context.close()


def issue(tell: Stage, phone: Page, inbox: Page, code: str) -> None:
    counter = tell.issue or open_window(tell, ISSUE)
    counter.goto(tell.hall.url + "/issue")
    counter.click("[data-view=arrivals]")
    counter.locator("[data-arrival]").first.click()
    tell.shoot(counter, "arrivals", "结果到出件窗口，清点上架", "The result arrives", wait="[data-take-all]")
    counter.click("[data-take-all]")
    text = tell.sms(inbox, CITIZEN, "取件码")
    tell.shoot(inbox, "sms-ready", "短信：可以领取，取件码", "The SMS with the pick-up code")
    phone.reload()
    tell.shoot(phone, "phone-ready", "办件页：可以领取", "Ready to collect", wait="[data-state=at_issue]")
    counter.fill("[name=find]", code_in(text))
    counter.keyboard.press("Enter")
    counter.locator(".found").wait_for()
    tell.shoot(counter, "found", "报取件码，找到架号", "Found by the code, with its shelf")
    pad = tell.sit(f"/pad?window={ISSUE}", PAD, "pad")
    pad.locator("[data-view=rest]").wait_for()
    counter.fill("[name=collector]", CONTACT)
    counter.keyboard.press("F4")
    pad.locator("#signature").wait_for()
    sign(pad)
    tell.shoot(pad, "pad-signed", "领取人签名", "Signed for")
    pad.tap("[data-signed]")
    tell.shoot(counter, "signed", "签名到了，交付", "The signature is there", wait="[data-pad=signed]")
    counter.keyboard.press("F4")
    tell.shoot(counter, "handed-over", "已交给领取人", "Handed over", wait=".toast.ok")
    counter.context.close()
    pad.context.close()


def rate(tell: Stage, phone: Page) -> None:
    phone.reload()
    phone.locator("[data-state=collected]").wait_for()
    phone.locator(".score-5").wait_for()
    phone.locator("#rating").scroll_into_view_if_needed()
    tell.shoot(phone, "phone-rating", "手机上评价", "Rated on the phone")
    phone.tap(".score-5")
    phone.tap("#rate")
    tell.shoot(phone, "phone-thanks", "评过了", "Thank you", wait=".thanks")
