"""承诺件 in pictures: a home is sold; three departments decide together, one paper follows later, a courier brings the deed."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.case_scene import id_number
from tests.browser.record_stage import Stage, call, open_window
from tests.browser.record_visit import DESK, PHONE, WALL
from tests.browser.test_online_application import PHOTO

WINDOW, ISSUE, CITIZEN, NAME = 12, 38, "13905705678", "李晓红"
LAND, TAX, HOUSING = "市自然资源和规划局", "市税务局", "市住房和城乡建设局"
APPROVERS = {LAND: "land.approver", TAX: "tax.approver", HOUSING: "housing.approver"}
LATER = "old-invoice"


def record(tell: Stage) -> None:
    tell.chapter(
        "二、承诺件：二手房转移登记，三个部门并联审批，容缺受理，快递送达",
        "2. Three departments in parallel, one paper follows, by courier",
    )
    desk = open_window(tell, WINDOW)
    number = guided(tell)
    case = take_in(tell, desk, number)
    link = told(tell)
    phone = tell.sit(link, PHONE)
    tell.shoot(
        phone,
        "phone-accepted",
        "办件页：已受理，最迟哪天办好，还欠什么",
        "The case's own page",
        wait="[data-state]",
        pause=1200,
    )
    hand_over(tell, desk, case)
    look(tell, case)
    supplement(tell, desk, case)
    approve_all(tell, case)
    issue(tell, case)
    send(tell, case)
    phone.reload()
    tell.shoot(
        phone, "phone-delivered", "办件页：快递送达，可以评价", "The parcel is there", wait="[data-state]", pause=1500
    )
    progress(tell)
    for page in (desk, phone):
        page.context.close()


def guided(tell: Stage) -> str:
    """The guide looks at the papers before the number."""
    guide = tell.sit("/guide", DESK, "guide")
    guide.locator("[name=query]").press_sequentially("esf")
    guide.click("[data-found] [data-item=property-joint-transfer]")
    for option in ("person", "yes", "married", "no"):
        question = guide.locator("[data-question]").get_attribute("data-question")
        if option == "person":
            tell.shoot(guide, "guide-question", "导服台：先问几句，看材料", "The guide asks before the number")
        guide.click(f"[data-option={option}]")
        guide.wait_for_function("q => document.querySelector('[data-question]')?.dataset.question !== q", arg=question)
    guide.locator("[data-check]").focus()
    guide.keyboard.press("a")
    guide.click(f"[data-material={LATER}] .check-brought")
    tell.shoot(guide, "guide-check", "逐样看带了没有：原购房发票没带", "What was brought; one is missing")
    guide.locator("[name=phone]").press_sequentially(CITIZEN)
    guide.keyboard.press("F2")
    tell.shoot(
        guide,
        "guide-number",
        "取号，核对结果随号到窗口",
        "The number; the window gets the result",
        wait="[data-issued]",
    )
    number = str(guide.locator("[data-issued] .issued-number").inner_text())
    guide.context.close()
    return number


def take_in(tell: Stage, desk: Page, number: str) -> str:
    call(desk, number)
    tell.shoot(desk, "terminal", "窗口叫到号，看到导服核对的结果", "The window sees what the guide saw")
    desk.keyboard.press("F12")
    tell.shoot(desk, "choose", "F12：导服选好的事项已经选中", "The guide's item stands chosen", wait=".choice.at")
    desk.keyboard.press("Enter")
    desk.locator("[data-row]:focus, .option:focus").wait_for()
    materials = desk.locator(".material")
    for at in range(materials.count()):
        if "原购房发票" not in materials.nth(at).inner_text():
            materials.nth(at).locator(".material-head").click()
    desk.fill("#f-name", NAME)
    desk.fill("#f-id_number", id_number(21))
    desk.keyboard.press("F1")
    desk.locator("input[name=courier]").first.check()
    for part, name in (("province", "浙江省"), ("city", "衢州市"), ("district", "柯城区")):
        desk.locator(f"select#f-{part}").select_option(name)
    desk.fill("#f-recipient_address", "府山街道荷花路21号")
    desk.locator("[data-testid=form-left].ok").wait_for()
    tell.shoot(desk, "intake", "收件：八样到了七样，快递送达", "Seven of eight papers; by courier", pause=1000)
    desk.keyboard.press("F2")
    tell.shoot(
        desk,
        "defer",
        "容缺受理：承诺书写好，补交日期不过承诺日",
        "To follow: the commitment is written",
        wait="dialog #commitment",
    )
    desk.locator("dialog button[type=submit]").click()
    tell.shoot(
        desk,
        "accepted",
        "受理：编码、承诺日、要补的材料、可打印的文书",
        "Accepted: code, day, what is owed",
        wait="[data-testid=code]",
        pause=5500,
    )
    code = desk.get_by_test_id("code").inner_text().replace("\n", "").replace(" ", "")
    desk.keyboard.press("F8")
    desk.get_by_test_id("nobody").wait_for()
    return code


def told(tell: Stage) -> str:
    inbox = tell.sit("/inbox", DESK, "guide")
    text = tell.sms(inbox, CITIZEN, "受理")
    tell.shoot(inbox, "sms", "短信：已受理，带办件页的链接", "The SMS with the case's link")
    inbox.context.close()
    return "/c/" + text.split("/c/")[1].split()[0].rstrip("。，")


def hand_over(tell: Stage, desk: Page, code: str) -> None:
    """Both sides sign for the papers of each department."""
    desk.goto(tell.hall.url + "/handovers")
    for department, who in APPROVERS.items():
        row = desk.locator("[data-list-id]", has_text=department)
        for _ in range(20):
            if row.count():
                break
            desk.wait_for_timeout(500)
        row.first.click()
        desk.locator(".sub", has_text=department).first.wait_for()
        if department == LAND:
            tell.shoot(
                desk, "handover", "材料交接清单：窗口清点、签字交出", "The handover list: counted, signed", pause=800
            )
        desk.keyboard.press("F2")
        desk.locator("dialog .dialog-actions .primary").click()
        desk.locator("[data-list-state=sent]").wait_for()
        other = tell.sit("/handovers", DESK, who)
        other.locator("[data-list-id]").first.click()
        other.locator("[data-line]").first.wait_for()
        other.keyboard.press("F6")
        other.keyboard.press("F4")
        other.locator("[data-list-state=received]").wait_for()
        if department == LAND:
            tell.shoot(other, "received", "部门逐件签收，双方的名字都在", "The department signs, line by line")
        other.context.close()


def bench(tell: Stage, who: str, code: str) -> Page:
    page = tell.sit("/approvals", DESK, who)
    page.locator(".list-head [type=search]").fill(code)
    page.locator("[data-task]").first.click()
    page.locator("[data-case]").wait_for()
    return page


def agree(page: Page) -> None:
    page.locator("dialog .dialog-actions .primary").click()


def approve(page: Page, opinion: str) -> None:
    page.fill("[name=opinion]", opinion)
    page.locator("h2").first.click()
    page.keyboard.press("F4")
    agree(page)
    page.locator("[data-case]").wait_for(state="detached")


def look(tell: Stage, code: str) -> None:
    page = bench(tell, "tax.approver", code)
    tell.shoot(
        page,
        "approval",
        "税务局的审批工作台：一屏看全；容缺未补，先不能同意",
        "The tax office's workbench: a paper is owed",
        pause=1000,
    )
    page.context.close()


def supplement(tell: Stage, desk: Page, code: str) -> None:
    """The invoice follows; the window that took the case in ticks it."""
    desk.goto(tell.hall.url + "/cases")
    desk.locator("[data-view=deferral]").click()
    desk.locator("[data-case]", has_text=code[-6:]).first.click()
    tell.shoot(
        desk,
        "cases",
        "群众把发票送来：办件页里找到欠材料的",
        "The invoice is brought: the case is found",
        wait="[data-do=intake]",
        pause=800,
    )
    desk.click("[data-do=intake]")
    desk.locator(".material").first.wait_for()
    desk.locator(".material", has_text="原购房发票").locator(".material-head").click()
    desk.keyboard.press("F12")
    tell.shoot(desk, "supplement", "核对发票，材料补齐", "Checked: complete", wait="dialog .primary")
    agree(desk)
    desk.locator("[data-testid=done]").wait_for()


def approve_all(tell: Stage, code: str) -> None:
    for who, opinion in (("tax.approver", "税费已缴清，同意。"), ("housing.approver", "网签备案一致，同意。")):
        page = bench(tell, who, code)
        approve(page, opinion)
        page.context.close()
    page = bench(tell, "land.approver", code)
    tell.shoot(
        page, "approval-last", "资规局：另两家已同意，容缺已补", "The last department sees the others", pause=1000
    )
    approve(page, "登记要件齐全，准予登记。")
    page.goto(tell.hall.url + "/handovers")
    page.click("[data-ready]")
    page.locator("[data-ready-case] input").first.check()
    tell.shoot(page, "results", "办好的结果列清单送出件窗口", "Results go to the issue window by list")
    page.click("[data-send-results]")
    page.locator("[data-list-state=sent]").wait_for()
    page.context.close()


def issue(tell: Stage, code: str) -> None:
    terminal = open_window(tell, ISSUE)
    terminal.goto(tell.hall.url + "/issue")
    terminal.click("[data-view=arrivals]")
    terminal.locator("[data-arrival]").first.click()
    terminal.click("[data-take-all]")
    terminal.click("[data-view=courier]")
    terminal.locator("[data-result]").first.click()
    tell.shoot(
        terminal,
        "issue-courier",
        "出件窗口：上架，快递单号已由接口给出",
        "On the shelf; the waybill is there",
        wait="[data-courier=ordered]",
        pause=800,
    )
    terminal.click("[data-dispatch]")
    agree(terminal)
    terminal.locator("[data-state=with_courier], [data-result]").first.wait_for()
    tell.issue = terminal


def send(tell: Stage, code: str) -> None:
    page = tell.issue
    page.locator("[data-result]").first.click()
    page.locator("[data-state=with_courier]").wait_for()
    page.locator(".slip input[type=file]").set_input_files(str(PHOTO))
    page.locator("[data-no-slip]").wait_for(state="detached")
    tell.shoot(page, "sent", "交寄，寄件单据拍照留存", "With the courier; the slip is kept", pause=5500)
    page.click("[data-delivered]")
    page.wait_for_timeout(1500)
    tell.shoot(page, "delivered", "送达", "Delivered")


def progress(tell: Stage) -> None:
    wall = tell.sit("/display/progress", WALL, "display")
    tell.shoot(
        wall,
        "wall-progress",
        "大厅的进度公示屏：姓名遮蔽",
        "The progress board in the hall",
        wait="[data-case]",
        pause=1500,
    )
    wall.context.close()
