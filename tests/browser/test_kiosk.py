"""The kiosk as a citizen uses it: a real browser at the kiosk's size, on a real hall."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from server.domain.catalogue.model import ItemVersion
from server.domain.catalogue.review import ASPECTS
from tests.journey.catalogue_scene import body
from tests.support.server import HallServer

WIDTH, HEIGHT = 1080, 1920
OpenPage = Callable[..., Any]


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HallServer]:
    server = HallServer(tmp_path_factory.mktemp("kiosk-hall") / "data").start()
    for window in (3, 11, 18, 26):
        server.signed_in(f"clerk{window}").do(f"/windows/{window}/open")
    yield server
    server.stop()


@pytest.fixture
def kiosk(hall: HallServer, open_page: OpenPage) -> Any:
    page = open_page(hall.url + "/kiosk", WIDTH, HEIGHT, sign_in=(hall, "kiosk"), has_touch=True)
    page.wait_for_selector("[data-section]")
    return page


def tap(page: Any, text: str) -> None:
    for key in text:
        page.click(f'.key:text-is("{key}")')


def taken(hall: HallServer) -> int:
    return len(hall.signed_in("manager").read("/tickets?state=waiting")["tickets"])


def to_confirm(page: Any, section: str, phone: str = "") -> None:
    page.click(f'[data-section="{section}"]')
    if phone:
        tap(page, phone)
        page.click("[data-next]")
    else:
        page.click("[data-no-phone]")
    page.wait_for_selector('[data-step="confirm"]')


def test_a_number_is_taken_with_a_phone_in_four_touches_and_a_number(hall: HallServer, kiosk: Any) -> None:
    to_confirm(kiosk, "property", "13812345678")
    assert "138****5678" in kiosk.inner_text('[data-step="confirm"]')
    assert "13812345678" not in kiosk.content()
    kiosk.click("[data-take]")
    number = kiosk.inner_text("[data-number]")
    said = kiosk.inner_text('[data-step="result"]')
    assert re.fullmatch(r"C\d{3}", number)
    assert "预计11号窗口，以叫号为准" in said
    assert "人在您前面" in said and "短信会通知您" in said and "138****5678" in said
    assert number in [t["number"] for t in hall.signed_in("manager").read("/tickets?state=waiting")["tickets"]]


def test_a_number_can_be_taken_without_a_phone_and_followed_by_scanning(kiosk: Any) -> None:
    to_confirm(kiosk, "police")
    assert "不留手机号" in kiosk.inner_text('[data-step="confirm"]')
    kiosk.click("[data-take]")
    assert re.fullmatch(r"D\d{3}", kiosk.inner_text("[data-number]"))
    assert "请记住号码" in kiosk.inner_text('[data-step="result"]')
    assert kiosk.locator(".qr-code path").count() == 1


def test_a_wrong_phone_is_told_in_a_plain_sentence_before_anything_is_taken(hall: HallServer, kiosk: Any) -> None:
    before = taken(hall)
    kiosk.click('[data-section="police"]')
    tap(kiosk, "12")
    assert "手机号以 13 至 19 开头" in kiosk.inner_text("[data-step=phone] .entry-says")
    kiosk.click('.key:text-is("清空")')
    kiosk.click("[data-next]")
    assert "请输入手机号，或按“不留手机号”" in kiosk.inner_text(".entry-says")
    tap(kiosk, "1381234")
    kiosk.click("[data-next]")
    assert "手机号是 11 位，还差 4 位" in kiosk.inner_text(".entry-says")
    tap(kiosk, "56789999")
    assert kiosk.get_attribute("[data-typed]", "data-typed") == "13812345678"
    assert taken(hall) == before


def test_the_letters_bdc_find_real_estate_items_and_one_can_be_taken(kiosk: Any) -> None:
    kiosk.click("[data-find]")
    kiosk.wait_for_selector("[data-item]")
    tap(kiosk, "BDC")
    kiosk.wait_for_function("""() => {
        const names = [...document.querySelectorAll('[data-item] .item-name')].map((one) => one.textContent.trim());
        return names.length > 3 && names.every((name) => name.includes('不动产'));
    }""")
    assert "不动产交易登记" in kiosk.inner_text("#results")
    name = kiosk.inner_text("[data-item] .item-name >> nth=0")
    kiosk.click("[data-item] >> nth=0")
    kiosk.locator("[data-straight]:visible, [data-no-phone]:visible").first.wait_for()
    if kiosk.locator("[data-straight]").count():
        kiosk.click("[data-straight]")
    kiosk.click("[data-no-phone]")
    assert name in kiosk.inner_text('[data-step="confirm"]')
    kiosk.click("[data-take]")
    assert re.fullmatch(r"C\d{3}", kiosk.inner_text("[data-number]"))


def test_an_item_that_does_not_exist_gives_a_sentence_and_not_an_empty_page(kiosk: Any) -> None:
    kiosk.click("[data-find]")
    tap(kiosk, "QQZZ")
    kiosk.wait_for_selector(".results .empty")
    assert "没有找到这个事项" in kiosk.inner_text(".results")


def test_a_double_tap_takes_one_number(hall: HallServer, kiosk: Any) -> None:
    before = taken(hall)
    to_confirm(kiosk, "fund")
    kiosk.evaluate("() => { const b = document.querySelector('[data-take]'); b.click(); b.click(); b.click(); }")
    kiosk.wait_for_selector("[data-number]")
    kiosk.wait_for_timeout(300)
    assert taken(hall) == before + 1


def test_a_broken_answer_is_tried_again_with_the_same_key_and_takes_one_number(hall: HallServer, kiosk: Any) -> None:
    before = taken(hall)
    keys: list[str] = []

    def swallow(route: Any) -> None:
        keys.append(route.request.headers["idempotency-key"])
        route.fetch()  # the hall issued it, and the answer never arrives
        route.abort("connectionreset")

    kiosk.route("**/api/v1/tickets", swallow, times=5)
    to_confirm(kiosk, "company", "13900001111")
    kiosk.click("[data-take]")
    kiosk.wait_for_selector("[data-uncertain]", timeout=20_000)
    assert "不会重复取号" in kiosk.inner_text("[data-uncertain]")
    kiosk.unroute("**/api/v1/tickets")
    kiosk.click("[data-take]")
    assert re.fullmatch(r"B\d{3}", kiosk.inner_text("[data-number]"))
    assert len(set(keys)) == 1 and len(keys) > 1
    assert taken(hall) == before + 1


def test_the_result_goes_home_after_sixty_seconds_counted_in_sight(hall: HallServer, open_page: OpenPage) -> None:
    page = open_page("about:blank", WIDTH, HEIGHT, sign_in=(hall, "kiosk"))
    page.clock.install()
    page.goto(hall.url + "/kiosk")
    page.wait_for_selector("[data-section]")
    page.click("[data-language]")
    page.click("[data-elder-mode]")
    to_confirm(page, "investment")
    page.click("[data-take]")
    page.wait_for_selector("[data-number]")
    page.clock.run_for(20_000)
    assert 33 <= int(page.inner_text("[data-count] b")) <= 41  # the machine's own time runs on meanwhile
    page.mouse.click(540, 300)  # touching the result does not keep a stranger's number on the screen
    page.clock.run_for(30_000)
    assert page.locator("[data-number]").count() == 1
    page.clock.run_for(11_000)
    page.wait_for_selector("[data-section]")
    assert page.locator("[data-number]").count() == 0
    assert page.evaluate("document.documentElement.lang") == "zh-CN", "the next person starts in Chinese"
    assert not page.evaluate("document.documentElement.hasAttribute('data-elder')")


def test_a_person_who_is_still_typing_is_not_sent_home(hall: HallServer, open_page: OpenPage) -> None:
    page = open_page("about:blank", WIDTH, HEIGHT, sign_in=(hall, "kiosk"))
    page.clock.install()
    page.goto(hall.url + "/kiosk")
    page.click('[data-section="police"]')
    for digit in "138":
        page.clock.run_for(40_000)
        tap(page, digit)
    assert page.get_attribute("[data-typed]", "data-typed") == "138"
    page.clock.run_for(61_000)
    page.wait_for_selector("[data-section]")
    page.click('[data-section="police"]')
    assert page.get_attribute("[data-typed]", "data-typed") == "", "nothing of the last person is left"


def test_large_print_has_no_small_text_and_no_small_target_on_any_step(hall: HallServer, kiosk: Any) -> None:
    kiosk.click("[data-elder-mode]")
    check_large(kiosk, "home")
    kiosk.click("[data-find]")
    kiosk.wait_for_selector("[data-item]")
    check_large(kiosk, "find")
    kiosk.click("[data-home]")
    kiosk.click('[data-section="fund"]')
    tap(kiosk, "12")
    check_large(kiosk, "phone")
    kiosk.click("[data-no-phone]")
    check_large(kiosk, "confirm")
    kiosk.click("[data-elder-channel]")
    check_large(kiosk, "identity")
    kiosk.click("[data-back]")
    kiosk.click("[data-take]")
    kiosk.wait_for_selector("[data-number]")
    check_large(kiosk, "result")


def check_large(page: Any, step: str) -> None:
    small = page.evaluate("""() => {
        const seen = (el) => el.getClientRects().length > 0 && getComputedStyle(el).visibility !== 'hidden';
        const texts = [];
        const walker = document.createTreeWalker(document.querySelector('#kiosk'), NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) {
            const el = walker.currentNode.parentElement;
            if (walker.currentNode.textContent.trim() && seen(el) && parseFloat(getComputedStyle(el).fontSize) < 30)
                texts.push(walker.currentNode.textContent.trim() + ' ' + getComputedStyle(el).fontSize);
        }
        const targets = [...document.querySelectorAll('#kiosk button')].filter(seen)
            .map((el) => [el.textContent.trim(), el.getBoundingClientRect()])
            .filter(([, box]) => box.height < 60 || box.width < 60).map(([text, box]) => `${text} ${box.width}x${box.height}`);
        const screen = document.querySelector('.screen');
        const cut = screen.scrollHeight > screen.clientHeight + 1 || document.documentElement.scrollWidth > innerWidth;
        return [...texts, ...targets, ...(cut ? ['something is cut off'] : [])];
    }""")
    assert small == [], f"{step}: {small}"


def test_an_old_citizen_gets_the_green_channel_by_id_number_and_a_wrong_one_a_sentence(kiosk: Any) -> None:
    to_confirm(kiosk, "company")
    kiosk.click("[data-elder-channel]")
    tap(kiosk, "330802194501011231")
    kiosk.click("[data-next]")
    assert "身份证号不正确" in kiosk.inner_text(".entry-says")
    kiosk.click('.key:text-is("清空")')
    tap(kiosk, with_check_digit("33080219450101123"))
    kiosk.click("[data-next]")
    assert "绿色通道" in kiosk.inner_text('[data-step="confirm"]')
    kiosk.click("[data-take]")
    assert "绿色通道" in kiosk.inner_text('[data-step="result"]')


def with_check_digit(body: str) -> str:
    weighed = sum(int(digit) * (2 ** (17 - place) % 11) for place, digit in enumerate(body))
    return body + "10X98765432"[weighed % 11]


def test_a_refusal_is_shown_as_its_own_sentence_with_a_way_on(kiosk: Any) -> None:
    for expected in ("[data-number]", '[data-code="same_item_twice"]'):
        to_confirm(kiosk, "fund", "13700002222")
        kiosk.click("[data-take]")
        kiosk.wait_for_selector(expected)
        if "number" in expected:
            kiosk.click("[data-done]")
    said = kiosk.inner_text('[data-step="refused"]')
    assert "无需再取" in said and "没有取到新的号" in said


def test_the_stopped_hall_says_its_sentence_at_once_and_goes_on_when_resumed(hall: HallServer, kiosk: Any) -> None:
    manager = hall.signed_in("manager")
    manager.do("/manage/stop-issuing", {"section": "fund", "message_zh": "公积金系统维护，请14:00后再来。"})
    kiosk.wait_for_selector('[data-section="fund"].is-stopped', timeout=5_000)
    assert "公积金系统维护" in kiosk.inner_text('[data-section="fund"]')
    assert kiosk.is_disabled('[data-section="fund"]')
    manager.do("/manage/stop-issuing", {"message_zh": "系统故障暂停取号，请稍候。"})
    kiosk.wait_for_selector("[data-stopped]", timeout=5_000)
    assert "系统故障暂停取号" in kiosk.inner_text("[data-stopped]")
    manager.do("/manage/resume-issuing", {})
    manager.do("/manage/resume-issuing", {"section": "fund"})
    kiosk.wait_for_selector('[data-section="fund"]:not(.is-stopped)', timeout=5_000)


def test_a_lost_connection_is_said_and_taken_back(kiosk: Any) -> None:
    kiosk.context.set_offline(True)
    kiosk.wait_for_selector("[data-offline]", timeout=10_000)
    assert "网络中断，暂时不能取号" in kiosk.inner_text("[data-offline]")
    kiosk.context.set_offline(False)
    kiosk.wait_for_selector("[data-offline]", state="detached", timeout=10_000)


def test_a_new_kiosk_shows_a_code_and_works_once_a_manager_types_it(hall: HallServer, open_page: OpenPage) -> None:
    page = open_page(hall.url + "/kiosk", WIDTH, HEIGHT)
    assert "/pair" in page.url
    page.wait_for_function("() => /\\w{3}/.test(document.querySelector('#code').textContent)")
    code = page.inner_text("#code").replace(" ", "")
    hall.signed_in("manager").do("/devices", {"code": code, "name": "一号取号机", "role": "kiosk"})
    page.wait_for_selector("[data-section]", timeout=8_000)
    assert page.url.endswith("/kiosk")
    to_confirm(page, "police")
    page.click("[data-take]")
    assert re.fullmatch(r"D\d{3}", page.inner_text("[data-number]"))


def test_what_a_department_publishes_stands_in_an_open_search_without_a_touch(hall: HallServer, kiosk: Any) -> None:
    kiosk.click("[data-find]")
    tap(kiosk, "JMSFZBL")
    kiosk.wait_for_selector(".empty")
    publish(hall, "id-lost-now", body(name="居民身份证补领当日办", section="police"))
    kiosk.wait_for_selector('[data-item="id-lost-now"]')
    assert "居民身份证补领当日办" in kiosk.inner_text('[data-item="id-lost-now"]')


def publish(hall: HallServer, item: str, version: ItemVersion) -> None:
    """The whole way: written, reviewed by two, tried at three windows, published by the head."""
    editor, head = hall.signed_in("police.editor"), hall.signed_in("police.head")
    node = {"id": item, "name": version.name, "department": version.department, "is_item": True}
    editor.do("/catalogue/nodes", node)
    editor.do(f"/catalogue/items/{item}/versions")
    one = f"/catalogue/items/{item}/versions/1"
    saved = editor.do(f"{one}/save", {"revision": 1, "body": version.model_dump(mode="json")})
    editor.do(f"{one}/submit", {"revision": saved["revision"], "reviewers": ["tax.editor", "manager"]})
    for name in ("tax.editor", "manager"):
        hall.signed_in(name).do(f"{one}/reviews", {"grades": dict.fromkeys(ASPECTS, "high")})
    hall.signed_in("clerk18").do(f"{one}/trials", {"window": 18})
    for window in (19, 20):  # the section's other windows, open for the trial alone
        clerk = hall.signed_in(f"clerk{window}")
        clerk.do(f"/windows/{window}/open")
        clerk.do(f"{one}/trials", {"window": window})
        clerk.do(f"/windows/{window}/close")
    head.do(f"{one}/publish")
