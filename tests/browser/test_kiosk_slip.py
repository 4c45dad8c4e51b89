"""The kiosk's slip, its reprint and its call for an attendant: real browsers, a real hall, a printer on the network."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import zxingcpp

from tests.browser.desks import copy_hall
from tests.browser.test_readable import faults
from tests.support.printer import Printer
from tests.support.server import HallServer

OpenPage = Callable[..., Any]
PATIENCE = 15_000


class Equipped:
    """A hall whose kiosk prints on `printer`."""

    def __init__(self, folder: Path) -> None:
        self.printer = Printer()
        self.file = copy_hall(folder) / "hall.toml"
        self.demo = self.file.read_text("utf-8")
        self.set('address = "file"', f'address = "{self.printer.address}"')
        self.server = HallServer(folder / "data", hall=self.file.parent).start()

    def set(self, old: str, new: str) -> None:
        assert old in self.demo
        self.file.write_text(self.demo.replace(old, new), "utf-8")

    def print_by_browser(self) -> None:
        begin, end = self.demo.index("[[slip.printers]]"), self.demo.index("[evaluation]")
        self.set(self.demo[begin:end], "browser = true\n\n")
        self.server.signed_in("manager").do("/manage/reload")


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Equipped]:
    equipped = Equipped(tmp_path_factory.mktemp("slip-hall"))
    yield equipped
    equipped.server.stop()
    equipped.printer.close()


@pytest.fixture
def kiosk(hall: Equipped, open_page: OpenPage) -> Any:
    hall.printer.state = "ready"
    page = open_page(hall.server.url + "/kiosk", 1080, 1920, sign_in=(hall.server, "kiosk"))
    page.set_default_timeout(PATIENCE)
    page.wait_for_selector("[data-section]")
    return page


@pytest.fixture
def guide(hall: Equipped, open_page: OpenPage) -> Any:
    page = open_page(hall.server.url + "/guide", 1366, 768, sign_in=(hall.server, "guide"))
    page.set_default_timeout(PATIENCE)
    page.wait_for_selector("[name=query]")
    return page


def take_by_keys(page: Any, section: str, phone: str = "") -> str:
    """Nothing but a keyboard is touched; each screen's heading has the focus when it comes."""
    page.focus(f'[data-section="{section}"]')
    page.keyboard.press("Enter")
    page.wait_for_selector('[data-step="phone"]')
    assert page.evaluate("document.activeElement.tagName") == "H1"
    if phone:
        page.keyboard.type(phone)
        page.keyboard.press("Enter")
    else:
        page.focus("[data-no-phone]")
        page.keyboard.press("Space")
    page.wait_for_selector('[data-step="confirm"]')
    page.focus("[data-take]")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-number]")
    assert page.evaluate("document.activeElement.textContent").split() == ["您的号码", page.inner_text("[data-number]")]
    return str(page.inner_text("[data-number]"))


def test_a_slip_comes_out_and_is_printed_again_for_who_knows_the_phone(hall: Equipped, kiosk: Any) -> None:
    number = take_by_keys(kiosk, "property", "13812345678")
    kiosk.wait_for_selector("[data-paper=printed]")
    assert "请取走小票" in kiosk.inner_text("[data-paper]")
    (code,) = zxingcpp.read_barcodes(hall.printer.papers[-1].picture.convert("L"))
    assert "/t/" in code.text
    kiosk.click("[data-done]")
    kiosk.click("[data-reprint]")
    kiosk.click(f'.letter-keys .key:text-is("{number[0]}")')
    kiosk.keyboard.type(number[1:] + "0000")
    kiosk.keyboard.press("Enter")
    kiosk.wait_for_selector(".entry-says.bad")
    assert faults(kiosk) == []
    assert "对不上" in kiosk.inner_text(".entry-says") or "尾号" in kiosk.inner_text(".entry-says")
    before = len(hall.printer.papers)
    kiosk.keyboard.type("5678")
    kiosk.click("[data-next]")
    kiosk.wait_for_selector("[data-step=reprinted]")
    assert len(hall.printer.papers) == before + 1


def test_when_the_printer_has_no_paper_the_number_stays_and_the_guide_is_told(
    hall: Equipped, kiosk: Any, guide: Any
) -> None:
    hall.printer.state = "no_paper"
    number = take_by_keys(kiosk, "police")
    kiosk.wait_for_selector("[data-paper=failed]")
    assert faults(kiosk) == []
    said = kiosk.inner_text('[data-step="result"]')
    assert number in said and "未能打印小票，号码有效" in said and "请记住号码" in said and "已通知工作人员" in said
    guide.wait_for_selector("[data-floor=printer]")
    assert "没有纸了，请换纸卷" in guide.inner_text("[data-floor=printer]")
    hall.printer.state = "ready"
    kiosk.click("[data-print-again]")
    kiosk.wait_for_selector("[data-paper=printed]")
    guide.wait_for_selector("[data-floor=printer]", state="detached")


def test_an_attendant_is_called_from_the_kiosk_and_the_guide_ends_the_call(
    hall: Equipped, kiosk: Any, guide: Any
) -> None:
    kiosk.click("[data-find]")
    kiosk.click("[data-attendant]")
    kiosk.wait_for_selector("[data-attendant=called]")
    assert "已通知，请稍候" in kiosk.inner_text("[data-attendant]")
    strip = guide.wait_for_selector("[data-floor=assistance]")
    assert "取号机有人呼叫工作人员" in strip.inner_text()
    kiosk.reload()
    kiosk.wait_for_selector("[data-attendant=called]")
    guide.click("[data-floor=assistance] .button")
    kiosk.wait_for_selector("[data-attendant=none]")
    guide.wait_for_selector("[data-floor=assistance]", state="detached")


def test_the_guide_prints_the_slip_of_any_live_number(hall: Equipped, kiosk: Any, guide: Any) -> None:
    take_by_keys(kiosk, "fund")
    kiosk.wait_for_selector("[data-paper=printed]")
    before = len(hall.printer.papers)
    guide.click("[data-ticket] >> nth=0")
    guide.click("[data-order=slip]")
    guide.wait_for_selector(".toast.ok")
    assert len(hall.printer.papers) == before + 1


def test_without_a_printer_the_browser_prints_a_page_as_wide_as_the_paper(hall: Equipped, kiosk: Any) -> None:
    hall.print_by_browser()
    kiosk.evaluate("() => { window.print = () => { window.printed = (window.printed ?? 0) + 1; }; }")
    number = take_by_keys(kiosk, "general")
    kiosk.wait_for_selector("[data-paper=printed]")
    assert kiosk.evaluate("window.printed") == 1
    kiosk.emulate_media(media="print")
    assert kiosk.is_visible("#paper") and not kiosk.is_visible("#kiosk")
    assert number in kiosk.inner_text("#paper") and kiosk.locator("#paper .qr-code path").count() == 1
    pdf = kiosk.pdf(prefer_css_page_size=True)
    assert pdf.count(b"/Type /Page\n") == 1 or b"/Count 1" in pdf
