"""Record a whole visit as pictures: `python -m tests.browser.record_visit` writes docs/img/visit/*.png and docs/visit.md.

A real server on the demo hall, a real Chromium, every screen at its real size. The hall is filled with the same people
each time; only times and links differ. A screen that this checkout does not have is left out, and said so.
"""

from __future__ import annotations

import io
import tempfile
import uuid
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.quick_hall import quick_hall
from tests.conftest import CHROMIUM_ARGS, chromium_path
from tests.support.server import ROOT, HallServer

PICTURES = ROOT / "docs/img/visit"
STORY = ROOT / "docs/visit.md"
LARGEST, WHOLE = 120_000, 1_500_000  # bytes: of one picture, of all
KIOSK, WALL, DESK, PAD, PHONE = (1080, 1920), (1920, 1080), (1366, 768), (1280, 800), (390, 844)
AS_A_WALL = "--autoplay-policy=no-user-gesture-required"  # a wall speaks without a tap
WINDOW, CITIZEN = 18, "13812345678"
OPEN = (1, 3, 4, 5, 10, 11, 12, 18, 19, 26, 27, 30, 36)
CALLED = (1, 4, 10, 11, 19, 26, 30)
BEFORE = (("police", 3), ("company", 6), ("property", 7), ("fund", 5), ("general", 4), ("investment", 3), ("pickup", 1))


class Recorder:
    """Opens screens, takes their pictures, and tells the story around them."""

    def __init__(self, browser: Browser, hall: HallServer, pictures: Path = PICTURES) -> None:
        self.browser, self.hall, self.pictures = browser, hall, pictures
        self.told: list[tuple[str, str, str]] = []
        self.missing: list[str] = []

    def open(self, path: str, size: tuple[int, int], account: str | None = None) -> Page | None:
        """A page of its own; None where this hall has none."""
        context = self.browser.new_context(
            viewport={"width": size[0], "height": size[1]}, timezone_id="Asia/Shanghai", locale="zh-CN"
        )
        if account:
            body = {"username": account, "password": self.hall.password}
            key = {"Idempotency-Key": uuid.uuid4().hex}
            assert context.request.post(self.hall.url + "/api/v1/sessions", data=body, headers=key).ok
        page = context.new_page()
        answer = page.goto(self.hall.url + path)
        if answer is not None and answer.status == 404:
            self.missing.append(path)
            return None
        return page

    def shoot(self, page: Page | None, name: str, zh: str, en: str, *, wait: str = "", pause: int = 600) -> None:
        """The screen as it is now, under the next number."""
        if page is None:
            return
        if wait:
            page.locator(wait).first.wait_for(timeout=60_000)
        page.wait_for_timeout(pause)
        self.keep(Image.open(io.BytesIO(page.screenshot())), name, zh, en)

    def keep(self, picture: Image.Image, name: str, zh: str, en: str) -> None:
        file = f"{len(self.told) + 1:02d}-{name}.png"
        save_small(picture, self.pictures / file)
        self.told.append((file, zh, en))
        print(f"{file}  {zh}", flush=True)  # noqa: T201


def save_small(picture: Image.Image, path: Path) -> None:
    """As few colours, and then as few points, as bring it under the limit."""
    picture = picture.convert("RGB")
    picture.thumbnail((1280, 1280), Image.Resampling.LANCZOS)
    for colours in (128, 64, 40):
        picture.quantize(colours, dither=Image.Dither.NONE).save(path, optimize=True)
        if path.stat().st_size < LARGEST:
            return
    picture.resize((picture.width * 3 // 4, picture.height * 3 // 4), Image.Resampling.LANCZOS).quantize(
        40, dither=Image.Dither.NONE
    ).save(path, optimize=True)


def fill(hall: HallServer) -> None:
    """A morning in the hall: windows open, people wait, some are being served."""
    kiosk = hall.signed_in("kiosk")
    for number in OPEN:
        hall.signed_in(f"clerk{number}").do(f"/windows/{number}/open")
    for section, people in BEFORE:
        for _ in range(people):
            kiosk.do("/tickets", {"section": section})
    for number in CALLED:
        hall.signed_in(f"clerk{number}").do(f"/windows/{number}/next")
        if number % 2:
            hall.signed_in(f"clerk{number}").do(f"/windows/{number}/start")


def find_slips(hall: HallServer, number: str) -> list[Path]:
    return sorted((hall.data_dir / "slips").glob(f"*_{number}.png"))


def take_at_the_kiosk(tell: Recorder) -> dict[str, Any]:
    """Steps 1–4: the citizen finds the item, leaves a phone and gets the number; the ticket as the manager sees it."""
    page = tell.open("/kiosk", KIOSK, "kiosk")
    assert page is not None
    tell.shoot(
        page, "kiosk", "取号机：选板块，或查事项", "The kiosk: choose a section or find the item", wait="[data-section]"
    )
    page.click("[data-find]")
    for letter in "JMSF":
        page.click(f'.key:text-is("{letter}")')
    tell.shoot(
        page, "find", "按拼音首字母 jmsf 找到身份证换领", "The item is found by its pinyin initials", wait="[data-item]"
    )
    page.click('[data-item="id-card-renew"]')
    page.click("[data-straight]")  # what to bring is known already
    for digit in CITIZEN:
        page.click(f'.key:text-is("{digit}")')
    page.click("[data-next]")
    page.click("[data-take]")
    tell.shoot(
        page,
        "number",
        "拿到号：板块、预计窗口、前面几人、约多久",
        "The number: section, planned window, people ahead, minutes",
        wait="[data-number]",
        pause=1500,
    )
    number = page.inner_text("[data-number]")
    waiting = tell.hall.signed_in("manager").read("/tickets?state=waiting")["tickets"]
    ticket: dict[str, Any] = next(one for one in waiting if one["number"] == number)
    slips = find_slips(tell.hall, number)
    if not slips:  # a kiosk that does not print by itself yet
        tell.hall.signed_in("kiosk").post(f"/tickets/{ticket['id']}/slip")
        slips = find_slips(tell.hall, number)
    if slips:
        tell.keep(
            Image.open(slips[-1]), "slip", "小票：号码、二维码、要带的材料", "The slip: number, QR code, what to bring"
        )
    else:
        tell.missing.append("the slip")
    page.context.close()
    return ticket


def wait_with_the_phone(tell: Recorder, ticket: dict[str, Any]) -> tuple[Page, Page | None]:
    """Steps 5–7: the SMS, the phone page and the wall before the call; the latter two stay open."""
    inbox = tell.open("/inbox", DESK, "guide")
    tell.shoot(
        inbox, "sms", "短信：取号成功，带手机页的链接", "The SMS: number taken, with the link", wait=".sms", pause=1500
    )
    if inbox:
        inbox.context.close()
    link = tell.hall.signed_in("manager").read(f"/tickets/{ticket['id']}")["link"]
    phone = tell.open("/t/" + link.rsplit("/", 1)[-1], PHONE)
    assert phone is not None
    tell.shoot(
        phone, "phone-waiting", "手机页：前面几人、约多久，自动更新", "The phone: live place in line", wait="#slip"
    )
    wall = tell.open("/display", WALL, "display")
    tell.shoot(wall, "wall-before", "叫号前的大厅屏", "The wall before the call", wait="[data-waiting]", pause=2500)
    return phone, wall


def be_called(tell: Recorder, ticket: dict[str, Any], phone: Page, wall: Page | None) -> Page:
    """Steps 8–12: window 18 serves those before, then calls; the terminal stays open."""
    clerk = tell.hall.signed_in(f"clerk{WINDOW}")
    above = tell.open(f"/display/window/{WINDOW}", WALL, "display")
    nearly = False
    while clerk.do(f"/windows/{WINDOW}/next", {"finish": True})["number"] != ticket["number"]:
        if not nearly:
            phone.locator(".is-soon").wait_for(timeout=20_000)
            tell.shoot(phone, "phone-soon", "快到了：手机变样，同时来第二条短信", "Almost: the phone changes")
        nearly = True
    tell.shoot(
        wall,
        "wall-called",
        "叫号：大厅屏",
        "The call on the wall",
        wait=f".panel-number:text-is('{ticket['number']}')",
        pause=900,
    )
    tell.shoot(above, "window-called", "叫号：窗口屏", "The call above the window", pause=1000)
    tell.shoot(phone, "phone-called", "叫号：手机", "The call on the phone", wait=".is-called", pause=300)
    terminal = tell.open(f"/terminal?window={WINDOW}", DESK, f"clerk{WINDOW}")
    assert terminal is not None
    clerk.do(f"/windows/{WINDOW}/start")
    tell.shoot(
        terminal, "terminal", "窗口终端：正在办理", "The clerk's terminal: serving", wait="text=办理中", pause=1500
    )
    return terminal


def rate(tell: Recorder, phone: Page) -> None:
    """Steps 13–16: finished; the pad invites and is answered, the phone says thank you, the manager sees the hall."""
    pad = tell.open(f"/pad?window={WINDOW}", PAD, "pad")
    if pad:
        pad.locator("[data-view]").wait_for()
        pad.wait_for_timeout(1500)
    tell.hall.signed_in(f"clerk{WINDOW}").do(f"/windows/{WINDOW}/finish")
    tell.shoot(
        pad, "pad", "评价器：五个选项，不选不算", "The pad: five options, none chosen", wait="[data-score]", pause=300
    )
    tell.shoot(phone, "phone-rating", "手机上也可以评", "The phone asks, too", wait="#rating fieldset")
    if pad:
        pad.click("[data-score='5']")
        tell.shoot(pad, "pad-thanks", "评价器：谢谢", "The pad says thank you", pause=1200)
        phone.reload()
    else:
        phone.click(".score-5")
        phone.click("#rate")
    tell.shoot(phone, "phone-rated", "评过了，手机上也看得到，不能再评", "Rated once; the phone knows", wait=".thanks")
    manager = tell.open("/manage", DESK, "manager")
    tell.shoot(manager, "manager", "值班经理看到的全厅", "The whole hall as the duty manager sees it", pause=2500)


def write_story(told: list[tuple[str, str, str]]) -> None:
    lines = [
        "# 一次办事 · One visit",
        "",
        "从取号到评价，每一步的屏幕，都由 `python -m tests.browser.record_visit` 在真实的演示大厅里拍下。",
        "Every screen of a visit, photographed in the running demo hall by that command.",
        "",
    ]
    for number, (file, zh, en) in enumerate(told, 1):
        width = (
            300
            if "phone" in file or "slip" in file
            else 360
            if file[3:] in ("kiosk.png", "find.png", "number.png")
            else 720
        )
        lines += [f"**{number}. {zh}** · {en}", "", f'<img src="img/visit/{file}" width="{width}" alt="{zh}">', ""]
    STORY.write_text("\n".join(lines), "utf-8")


def main() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    for old in PICTURES.glob("*.png"):
        old.unlink()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        hall = quick_hall(Path(folder)).start()
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=[*CHROMIUM_ARGS, AS_A_WALL])
        try:
            tell = Recorder(browser, hall)
            fill(hall)
            ticket = take_at_the_kiosk(tell)
            phone, wall = wait_with_the_phone(tell, ticket)
            be_called(tell, ticket, phone, wall)
            rate(tell, phone)
        finally:
            browser.close()
            hall.stop()
    write_story(tell.told)
    whole = sum(file.stat().st_size for file in PICTURES.glob("*.png"))
    print(f"{len(tell.told)} pictures, {whole // 1000} kB; left out: {', '.join(tell.missing) or 'nothing'}")  # noqa: T201
    assert whole < WHOLE, "the pictures weigh too much"


if __name__ == "__main__":
    main()
