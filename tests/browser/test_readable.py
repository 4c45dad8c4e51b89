"""Everything citizens read meets WCAG 2 AA: contrast, names of controls, structure."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.phone_page import HEIGHT, WIDTH, clear_line, path_of, take
from tests.conftest import cannot
from tests.support.server import ROOT, HallServer

AXE = ROOT / "node_modules/axe-core/axe.min.js"
OpenPage = Callable[..., Any]

DESK, KIOSK, WALL, PAD = (1366, 768), (1080, 1920), (1920, 1080), (1280, 800)
PAGES: list[tuple[str, tuple[int, int], str | None, str]] = [
    # A new page belongs here: where, its real size, the demo account that opens it, what is there once it is drawn.
    # The kiosk's and the phone's steps are walked through below, the terminal's in test_terminal_window.py, the intake's in test_intake.py.
    ("/", DESK, None, ".health.ok"),
    ("/sign-in", DESK, None, "form"),
    ("/no-such-page", DESK, None, "h1"),
    ("/pair?role=display", WALL, None, "h1"),
    ("/pair?role=kiosk", KIOSK, None, "h1"),
    ("/display", WALL, "display", "[data-waiting]"),
    ("/display/window", WALL, "display", "h1"),
    ("/display/window/3", WALL, "display", "main, h1"),
    ("/pad?window=3", PAD, "pad", "main"),
    ("/guide", DESK, "guide", "h1, h2"),
    ("/manage", DESK, "manager", "h1, h2"),
    ("/manage/evaluations", DESK, "manager", "[data-level]"),
    ("/manage/devices", DESK, "manager", "h1, h2"),
    ("/approvals", DESK, "fund.approver", "[data-rows] .empty, [data-task]"),
    ("/handovers", DESK, "clerk1", "[data-rows] .empty, [data-list-id]"),
    ("/issue", DESK, "clerk38", "[data-rows] .empty, [data-result]"),
    ("/supervision", DESK, "manager", "[data-rows] .empty, [data-supervised]"),
    ("/authorizations", DESK, "fund.head", "[data-rows] .empty, [data-authorization]"),
    ("/calendar", DESK, "manager", ".month"),
    ("/health", DESK, "manager", "[data-verdict]"),
    ("/pad", PAD, "pad", "[data-view=choose]"),
    ("/inbox", DESK, "guide", "h1, h2"),
    ("/cases", DESK, "clerk26", "[data-view]"),
    ("/intake?window=26", DESK, "clerk26", ".notice"),
    ("/display/progress", WALL, "display", ".none"),
    ("/g", (WIDTH, HEIGHT), None, "#q"),
    ("/g/fund-loan", (WIDTH, HEIGHT), None, "[data-question]"),
    ("/apply/birth-registration", (WIDTH, HEIGHT), None, "[data-question]"),
    ("/me", (WIDTH, HEIGHT), None, "#verify"),
    ("/progress", (WIDTH, HEIGHT), None, "#code"),
    ("/c/abcdefghjkmn", (WIDTH, HEIGHT), None, "#problem:not([hidden])"),
    # An item's own tabs are looked at in test_catalogue_editor.py.
    ("/catalogue", DESK, "fund.editor", "[data-node]"),
    ("/catalogue/bundles", DESK, "manager", "[data-joint] li"),
    ("/catalogue/frequencies", DESK, "fund.editor", "tr[data-item]"),
    ("/t/abcdefghjkmn", (WIDTH, HEIGHT), None, "#problem:not([hidden])"),
]


# Two pictures later, what was asked for is drawn; then whatever still fades or slides is let come to its end. Not what
# flashes for seconds: its two halves are looked at in test_display.py.
DRAWN = """async () => {
    for (let i = 0; i < 2; i += 1) await new Promise(requestAnimationFrame);
    const short = document.getAnimations().filter((one) => one.effect.getComputedTiming().endTime <= 1000);
    await Promise.allSettled(short.map((one) => one.finished));
}"""


# What axe leaves undecided, text on a gradient: it must be readable on each of the gradient's own colours. Of half
# transparent ones nothing is said.
PALE = """(undecided) => {
    const channel = (x) => (x <= 0.03928 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4);
    const light = (rgb) => rgb.reduce((sum, x, i) => sum + channel(x / 255) * [0.2126, 0.7152, 0.0722][i], 0);
    const contrast = (a, b) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05);
    const colours = (css) => (css.match(/rgba?\\([^)]*\\)/g) ?? []).map((one) => one.match(/[\\d.]+/g).map(Number));
    const worst = ({ target, any }) => {
        const about = any[0]?.data;
        if (about?.messageKey !== 'bgGradient') return false;
        let behind = document.querySelector(target[0]);
        if (!behind) return false; // drawn anew meanwhile
        if (document.getAnimations().some((one) => one.effect.target.contains(behind))) return false; // it flashes
        const [text] = colours(getComputedStyle(behind).color);
        while (behind && !getComputedStyle(behind).backgroundImage.includes('gradient')) behind = behind.parentElement;
        const stops = behind ? colours(getComputedStyle(behind).backgroundImage) : [];
        if (text.length > 3 || stops.some((stop) => stop.length > 3)) return false;
        const needed = parseFloat(about.expectedContrastRatio);
        return stops.some((stop) => contrast(text, stop) < needed);
    };
    return undecided.filter(worst).map((node) => node.target[0]);
}"""


def faults(page: Any) -> list[str]:
    """axe's findings as "rule: where"; evaluated by the browser's debugger, which no content policy stops."""
    if not AXE.exists():
        cannot("no axe-core: npm ci")
    page.evaluate(DRAWN)
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text())
    kinds = "['violations', 'incomplete']"
    found = page.evaluate(f"axe.run(document, {{ runOnly: ['wcag2a', 'wcag2aa'], resultTypes: {kinds} }})")
    undecided = [node for rule in found["incomplete"] if rule["id"] == "color-contrast" for node in rule["nodes"]]
    said = [f"{rule['id']}: {node['target'][0]}" for rule in found["violations"] for node in rule["nodes"]]
    return said + [f"contrast on a gradient: {where}" for where in page.evaluate(PALE, undecided)]


@pytest.mark.parametrize("mode", ["ordinary", "large print", "English"])
def test_every_step_of_the_kiosk_can_be_read(hall_server: HallServer, open_page: OpenPage, mode: str) -> None:
    page = open_page(hall_server.url + "/kiosk", 1080, 1920, sign_in=(hall_server, "kiosk"))
    page.wait_for_selector("[data-section]")
    if mode != "ordinary":
        page.click("[data-elder-mode]" if mode == "large print" else "[data-language]")
    assert faults(page) == []
    page.click("[data-find]")
    page.wait_for_selector("[data-item]")
    assert faults(page) == []
    page.click("[data-item] >> nth=0")
    page.locator("[data-straight], .pad .key").first.wait_for()
    assert faults(page) == []
    if page.locator("[data-straight]").count():
        page.click("[data-straight]")
    page.click('.key:text-is("2")')
    assert faults(page) == []
    page.click("[data-no-phone]")
    assert faults(page) == []
    page.click("[data-take]")
    page.wait_for_selector("[data-number]")
    assert faults(page) == []


@pytest.mark.parametrize(("path", "size", "account", "drawn"), PAGES, ids=[page[0] for page in PAGES])
def test_every_page_can_be_read_in_both_languages(
    hall_server: HallServer, open_page: OpenPage, path: str, size: tuple[int, int], account: str | None, drawn: str
) -> None:
    page = open_page("about:blank", *size)
    if account:
        sign_in(page, hall_server, account)
    for language in ("zh", "en"):
        page.context.add_cookies([{"name": "yichuang_lang", "value": language, "url": hall_server.url}])
        page.goto(hall_server.url + path)
        page.locator(drawn).first.wait_for()
        assert page.locator("html").get_attribute("lang").startswith(language)
        assert faults(page) == [], language


def sign_in(page: Any, server: HallServer, account: str) -> None:
    body = {"username": account, "password": server.password}
    key = {"Idempotency-Key": uuid.uuid4().hex}
    assert page.context.request.post(server.url + "/api/v1/sessions", data=body, headers=key).ok


def in_both_languages(page: Any, state: str) -> None:
    """The phone page as it stands can be read, and so it can after a press on the other language."""
    assert faults(page) == [], state
    before = page.locator("html").get_attribute("lang")
    page.click("#language")
    assert page.locator("html").get_attribute("lang") != before
    assert faults(page) == [], state


def test_every_state_of_the_phone_page_can_be_read_in_both_languages(
    phone_hall_server: HallServer, open_page: OpenPage
) -> None:
    hall, clerk = phone_hall_server, phone_hall_server.signed_in("clerk26")
    clear_line(hall)
    first, mine = take(hall), take(hall)
    page = open_page(hall.url + path_of(mine), WIDTH, HEIGHT)
    page.wait_for_selector("main.is-soon")
    for other in ("en", "zh"):
        assert faults(page) == [], "soon"
        page.click("#cancel")
        assert faults(page) == [], "asked once more"
        page.click("#sheet-no")
        page.click("#language")
        page.wait_for_selector(f"html[lang^={other}]")
    hall.signed_in("manager").do(f"/tickets/{first['id']}/cancel")
    steps = {"called": "next", "no_show": "no-show", "waiting": "", "serving": "start", "done": "finish"}
    for state, press in steps.items():
        if state == "no_show":
            page.wait_for_timeout(1_100)
            clerk.do("/windows/26/recall")
            page.wait_for_timeout(1_100)
        if press:
            clerk.do(f"/windows/26/{press}")
        else:
            page.click("#return")
        page.wait_for_selector(f"main.is-{state}", timeout=8_000)
        in_both_languages(page, state)
        if state == "waiting":
            clerk.do("/windows/26/next")
    page.click(".score-1")
    in_both_languages(page, "rating")
    page.click("#rate")
    page.wait_for_selector(".thanks")
    in_both_languages(page, "rated")
