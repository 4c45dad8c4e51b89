"""Screens of a hall and the people in front of them, for the recorded cases: signed in on the page, touched, typed, pressed."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from playwright.sync_api import Browser, Page

from tests.browser.record_visit import DESK, KIOSK, PAD, PHONE, Recorder
from tests.browser.terminal_desk import current, settled, state
from tests.support.server import HallServer

TOUCHED = (KIOSK, PAD, PHONE)
PATIENCE = 20_000  # ms


class Stage(Recorder):
    """Every screen stays open under its name, as in a hall."""

    def __init__(self, browser: Browser, hall: HallServer, pictures: Path) -> None:
        super().__init__(browser, hall, pictures)
        self.issue: Page | None = None  # the issue window, once it is open
        self.chapters: dict[int, tuple[str, str]] = {}

    def chapter(self, zh: str, en: str) -> None:
        """What comes next in the story; its heading."""
        self.chapters[len(self.told)] = (zh, en)

    def sit(self, path: str, size: tuple[int, int] = DESK, account: str | None = None) -> Page:
        """Open a page, signing in with the keyboard."""
        context = self.browser.new_context(
            viewport={"width": size[0], "height": size[1]}, timezone_id="Asia/Shanghai", locale="zh-CN",
            has_touch=size in TOUCHED, is_mobile=size == PHONE,
        )  # fmt: skip
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        way = urlencode({"next": path, "username": account})  # as the front door leads there
        page.goto(self.hall.url + (f"/sign-in?{way}" if account else path))
        if account:
            page.fill("#password", self.hall.password)
            page.locator("#go:not([disabled])").wait_for()
            page.press("#password", "Enter")
            page.wait_for_url(lambda url: "/sign-in" not in url)
        return page

    def sms(self, inbox: Page, phone: str, words: str) -> str:
        """The newest SMS to the phone that says these words, read in the demo's inbox; it stays open there."""
        mask = f"{phone[:3]}****{phone[-4:]}"
        inbox.locator(f"[data-person='{mask}']").click()
        found = inbox.locator(".sms", has_text=words).first
        found.wait_for()  # the page reads again by itself; a gateway takes its second or two
        return str(found.locator(".sms-text").inner_text())


def open_window(tell: Stage, number: int) -> Page:
    """A clerk comes to the window in the morning."""
    page = tell.sit(f"/terminal?window={number}", DESK, f"clerk{number}")
    page.get_by_test_id("window-state").wait_for()
    settled(page)
    page.keyboard.press("F1")
    state(page, "开放")
    return page


def call(page: Page, number: str) -> None:
    """The clerk's keys at an open window: the next one, here they are."""
    state(page, "开放")
    page.keyboard.press("F2")
    current(page, number, "已叫号")
    page.keyboard.press("F4")
    current(page, number, "办理中")
    settled(page)


def begin(page: Page) -> None:
    """From the terminal into the matter that stands chosen."""
    page.keyboard.press("F12")
    page.locator(".choice.at").wait_for()
    page.keyboard.press("Enter")
    page.locator("[data-row]:focus, .option:focus").wait_for()


def sign(pad: Page, glyphs: Any = None) -> None:
    """A finger writes a name into the pad's field."""
    field = pad.locator("#signature")
    field.wait_for()
    box = field.bounding_box()
    assert box
    for line in glyphs or NAME:
        points = [(box["x"] + box["width"] * x, box["y"] + box["height"] * y) for x, y in line]
        pad.mouse.move(*points[0])
        pad.mouse.down()
        for point in points[1:]:
            pad.mouse.move(*point, steps=6)
        pad.mouse.up()


# Something like 王 and 明, written quickly.
NAME = (
    ((0.22, 0.26), (0.36, 0.24)), ((0.23, 0.47), (0.35, 0.45)), ((0.2, 0.72), (0.38, 0.69)), ((0.29, 0.25), (0.285, 0.71)),
    ((0.47, 0.3), (0.465, 0.66)), ((0.47, 0.3), (0.54, 0.29), (0.54, 0.64), (0.47, 0.65)), ((0.47, 0.47), (0.54, 0.46)),
    ((0.61, 0.24), (0.605, 0.55), (0.57, 0.78)), ((0.61, 0.24), (0.71, 0.23), (0.7, 0.76), (0.67, 0.72)),
    ((0.61, 0.4), (0.7, 0.39)), ((0.61, 0.56), (0.7, 0.55)),
)  # fmt: skip


def code_in(text: str) -> str:
    """The six digits of an SMS."""
    return re.findall(r"(?<!\d)(\d{6})(?!\d)", text)[-1]
