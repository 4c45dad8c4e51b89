"""即办件 in pictures: a driving licence is renewed at one window, from the kiosk to the rating."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.case_scene import id_number
from tests.browser.record_stage import Stage, begin, call, open_window, sign
from tests.browser.record_visit import KIOSK, PAD

WINDOW, CITIZEN, NAME = 25, "13805701234", "王晓明"


def record(tell: Stage) -> None:
    tell.chapter("一、即办件：驾驶证换证，一个窗口当场办完", "1. Decided on the spot at one window")
    desk = open_window(tell, WINDOW)
    number = take(tell)
    pad = tell.sit(f"/pad?window={WINDOW}", PAD, "pad")
    take_in(tell, desk, number)
    decide(tell, desk, pad)


def take(tell: Stage) -> str:
    """The kiosk: the item, two questions, the list, the number."""
    page = tell.sit("/kiosk", KIOSK, "kiosk")
    page.tap("[data-find]")
    for letter in "JDCJSZ":
        page.tap(f'.key:text-is("{letter}")')
    page.tap("[data-item=licence-renew]")
    tell.shoot(page, "kiosk-item", "取号机：先看要带什么", "The kiosk: first, what to bring", wait="[data-guide]")
    page.tap("[data-guide]")
    tell.shoot(page, "kiosk-question", "一屏一个问题", "One question a screen", wait="[data-question]")
    page.tap("[data-option=yes]")
    page.wait_for_selector("[data-question=agent]")
    page.tap("[data-option=no]")
    tell.shoot(
        page,
        "kiosk-list",
        "自己情形的准确清单，可打印、可扫码带走",
        "The exact list, to print or scan",
        wait="[data-step=list]",
    )
    page.tap("[data-take-number]")
    for digit in CITIZEN:
        page.tap(f'.key:text-is("{digit}")')
    page.tap("[data-next]")
    page.tap("[data-take]")
    tell.shoot(page, "kiosk-number", "拿到号", "The number", wait="[data-number]", pause=1500)
    number = page.inner_text("[data-number]")
    page.context.close()
    return number


def take_in(tell: Stage, desk: Page, number: str) -> None:
    call(desk, number)
    tell.shoot(desk, "terminal", "25 号窗口叫号，群众到窗口；F12 收件", "Called and here; F12 begins the intake")
    begin(desk)
    tell.shoot(desk, "intake", "收件：群众在取号机上的回答已经在了", "The kiosk's answers are there", pause=1200)
    for _ in range(desk.locator(".material").count()):
        desk.keyboard.press("Enter")
    desk.locator("#f-name:focus").wait_for()
    desk.keyboard.type(NAME)
    desk.keyboard.press("Enter")
    desk.keyboard.type(id_number(7))
    desk.keyboard.press("F1")
    desk.locator("[data-testid=form-left].ok").wait_for()
    tell.shoot(desk, "intake-full", "逐项核对，填好基本信息；联系人同申请人（F1）", "Ticked and filled in", pause=1000)
    desk.keyboard.press("F12")
    tell.shoot(
        desk,
        "accept",
        "受理前看一眼：事项、申请人、日期",
        "One look before it is accepted",
        wait="dialog [data-testid=promised]",
    )
    desk.keyboard.press("Enter")
    tell.shoot(
        desk,
        "accepted",
        "已受理；有授权的人当场决定",
        "Accepted; who is authorised decides at once",
        wait="[data-decide=approved]",
        pause=1000,
    )


def decide(tell: Stage, desk: Page, pad: Page) -> None:
    desk.keyboard.press("F2")
    tell.shoot(desk, "approved", "准予", "Approved", wait="[data-hand-out]", pause=5500)
    desk.keyboard.press("F2")
    desk.locator("#collector").wait_for()
    desk.click("[data-ask-signature]")
    tell.shoot(pad, "pad-sign", "评价器变成签名板", "The pad asks for a signature", wait="#signature")
    sign(pad)
    tell.shoot(pad, "pad-signed", "手指签名", "Signed with a finger")
    pad.tap("[data-signed]")
    tell.shoot(desk, "signed", "窗口马上看到已签名", "The window sees it at once", wait="dialog .notice.ok")
    desk.locator("dialog").get_by_role("button", name="交付").click()
    tell.shoot(
        desk,
        "collected",
        "当场交付，办件完成",
        "Handed over: done",
        wait="[data-testid=done][data-state=collected]",
        pause=5500,
    )
    desk.keyboard.press("F8")
    tell.shoot(pad, "pad-ask", "办结号票，请群众评价", "The visit ends; how was it?", wait="[data-score]")
    pad.tap("[data-score='5']")
    tell.shoot(pad, "pad-thanks", "评过了", "Rated", pause=1000)
    desk.get_by_test_id("nobody").wait_for()
    desk.context.close()
    pad.context.close()
