"""收件受理 in a real Chromium against a real server: from the terminal to the receipt, with the keyboard."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.desks import new_phone
from tests.browser.terminal_desk import current, settled
from tests.browser.test_readable import faults
from tests.support.server import ROOT, HallServer

WINDOW = 26
LOAN = "fund-loan"
ANSWERS = {"marital": ["single"], "more": []}
ID_NUMBER = "330802198003071226"
Desk = Callable[..., Any]


class Hands:
    """A clerk's hands: every key is counted."""

    def __init__(self, page: Any) -> None:
        self.page, self.keys = page, 0

    def press(self, key: str, times: int = 1) -> None:
        for _ in range(times):
            self.page.keyboard.press(key)
        self.keys += times

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.keys += len(text)


def serving(hall: HallServer, desk: Desk, *, item: str = LOAN, precheck: Any = None, window: int = WINDOW) -> Any:
    """The window's terminal with somebody being served who came for `item`."""
    guide = hall.signed_in("guide")
    ticket = guide.do("/tickets", {"item": item, "channel": "guide", "phone": new_phone()})
    if precheck is not None:
        guide.do(f"/tickets/{ticket['id']}/precheck", {"item": item, "answers": precheck, "ticks": [], "note": ""})
    page = desk(window)
    page.keyboard.press("F2")
    current(page, ticket["number"], "已叫号")
    page.keyboard.press("F4")
    current(page, ticket["number"], "办理中")
    return page


def begin(page: Any) -> None:
    """F12 from the terminal, Enter on the matter that stands chosen; the list has the keys."""
    page.keyboard.press("F12")
    page.locator(".choice.at").wait_for()
    page.keyboard.press("Enter")
    page.locator("[data-row]:focus, .option:focus").wait_for()


def case_of(hall: HallServer, page: Any) -> Any:
    return hall.signed_in(f"clerk{WINDOW}").read(f"/cases/{page.url.split('/intake/')[1].split('?')[0]}")


def saved(page: Any) -> None:
    page.locator("[data-testid=saved][data-state=saved]").wait_for()


def tick_everything(page: Any) -> None:
    for _ in range(page.locator(".material").count()):
        page.keyboard.press("Enter")
    page.locator("[data-testid=ticked].ok").wait_for()


def fill(page: Any, *, courier: bool = False) -> None:
    page.locator("#f-name").fill("张三丰")
    page.locator("#f-id_number").fill(ID_NUMBER)
    page.keyboard.press("F1")
    if courier:
        for part, name in (("province", "浙江省"), ("city", "衢州市"), ("district", "柯城区")):
            page.locator(f"#f-{part}").select_option(name)
        page.locator("#f-recipient_address").fill("府山街道 1 号")
    page.locator("[data-testid=form-left].ok").wait_for()


def test_a_prepared_personal_matter_is_accepted_by_the_keyboard_alone(clerk_hall: HallServer, desk: Desk) -> None:
    page = serving(clerk_hall, desk, precheck=ANSWERS)
    hands = Hands(page)
    hands.press("F12")
    page.locator(".choice.at", has_text="公积金贷款").wait_for()
    hands.press("Enter")
    page.locator("[data-row]:focus").wait_for()
    materials = page.locator(".material").count()
    hands.press("Enter", materials)
    page.locator("#f-name:focus").wait_for()
    hands.type("张三丰")
    hands.press("Enter")
    hands.type(ID_NUMBER)
    page.locator("[data-testid=holder]", has_text="女 1980-03-07").wait_for()
    hands.press("F1")
    hands.press("F12")
    page.locator("dialog [data-testid=promised]").wait_for()
    hands.press("Enter")
    page.locator("[data-testid=done][data-state=accepted], [data-testid=done][data-state=reviewing]").wait_for()
    case = case_of(clerk_hall, page)
    assert page.get_by_test_id("code").inner_text().replace("\n", "") == case["code"]
    assert case["applicant_mask"] == "张**"
    assert case["situation"] is not None and all(one["complete"] for one in case["materials"])
    # With .28 s a key (an average typist, keystroke-level model) and 1.35 s to look at each paper: under 40 s.
    assert materials >= 8
    assert hands.keys * 0.28 + materials * 1.35 < 40, (hands.keys, materials)
    pdf = page.request.get(clerk_hall.url + page.locator("[data-paper=acceptance]").get_attribute("href"))
    assert pdf.body().startswith(b"%PDF")
    page.keyboard.press("F9")
    page.get_by_test_id("nobody").wait_for()


def test_what_may_follow_later_is_deferred_with_a_commitment(clerk_hall: HallServer, desk: Desk) -> None:
    page = serving(clerk_hall, desk, precheck={"marital": ["married"], "more": []})
    begin(page)
    tick_everything(page)
    fill(page)
    page.locator("[data-upload]").set_input_files(ROOT / "config/demo/catalogue/samples/id-card.png")
    page.locator("[data-file]", has_text="id-card.png").wait_for()
    page.keyboard.press("F7")
    page.wait_for_function("() => document.querySelector('[data-testid=camera]')?.videoWidth > 0")
    page.keyboard.press("Space")
    page.locator("[data-keep]:focus").wait_for()
    page.keyboard.press("Enter")
    page.locator("[data-file]", has_text="-2.jpg").wait_for()
    later = page.locator(".material", has=page.locator(".badge.warn", has_text="可容缺")).first
    later.locator(".material-head").click()
    page.keyboard.press("F12")
    page.locator(".toast", has_text="容缺受理").wait_for()
    page.keyboard.press("F2")
    dialog = page.get_by_role("dialog")
    name = later.locator(".material-name").inner_text().split(". ")[1].strip()
    assert f"《{name}》" in dialog.locator("#commitment").input_value()
    last = dialog.locator("#until").get_attribute("max")
    assert dialog.locator("#until").input_value() == last
    dialog.locator("button[type=submit]").click()
    page.locator("[data-fact=deferral]").wait_for()
    case = case_of(clerk_hall, page)
    assert case["deferral_due"] == last
    assert [one["purpose"] for one in case["files"]] == [f"material:{case['materials'][-1]['id']}"] * 2
    assert [one["media_type"] for one in case["files"]] == ["image/png", "image/jpeg"]
    assert page.locator("[data-paper=commitment]").count() == 1


def test_what_is_not_ticked_is_told_once_for_all(clerk_hall: HallServer, desk: Desk) -> None:
    page = serving(clerk_hall, desk, precheck=ANSWERS)
    begin(page)
    page.keyboard.press("Enter", delay=20)
    fill(page)
    page.keyboard.press("F3")
    dialog = page.get_by_role("dialog")
    rows = dialog.locator(".notice-rows li").count()
    assert rows == page.locator(".material").count() - 1
    dialog.locator("textarea").first.fill("照片是十年前的")
    dialog.locator("[data-add]").click()
    dialog.locator("textarea").last.fill("申请表没有签名")
    page.reload()  # the browser dies: what was being written is there again
    page.locator("[data-row]:focus").wait_for()
    page.keyboard.press("F3")
    assert dialog.locator("textarea").first.input_value() == "照片是十年前的"
    rows = dialog.locator(".notice-rows li").count()
    dialog.locator("button[type=submit]").click()
    page.locator("[data-testid=done][data-state=correction]").wait_for()
    case = case_of(clerk_hall, page)
    assert len(case["correction"]["items"]) == rows
    assert case["correction"]["items"][-1]["text"] == "申请表没有签名"
    # The papers come at once: back to the list, tick the rest, accept.
    page.locator("[data-resume]").click()
    page.keyboard.press("F12")
    page.locator("[data-row]:focus").wait_for()
    assert "申请表没有签名" in page.get_by_test_id("asked").inner_text()
    tick_everything(page)
    page.keyboard.press("F12")
    page.get_by_role("dialog").locator("button[type=submit]").click()
    page.locator("[data-testid=code]").wait_for()


def test_an_application_is_refused_with_the_items_own_reasons(clerk_hall: HallServer, desk: Desk) -> None:
    page = serving(clerk_hall, desk, precheck=ANSWERS)
    begin(page)
    page.keyboard.press("F4")  # a decision is made out to somebody: the name is asked for first
    page.locator("#f-name:focus").wait_for()
    page.keyboard.type("张三丰")
    page.keyboard.press("F4")
    dialog = page.get_by_role("dialog")
    assert dialog.locator("button[type=submit]").is_disabled()
    page.keyboard.press("1")
    page.locator("#other-reason").fill("房屋在外地")
    page.reload()
    page.locator("[data-row]:focus").wait_for()
    page.keyboard.press("F4")
    assert page.locator("#other-reason").input_value() == "房屋在外地"
    reason = dialog.locator(".reasons [aria-pressed=true]").inner_text().split("\n")[-1].removeprefix("1").strip()
    dialog.locator("button[type=submit]").click()
    page.locator("[data-testid=done][data-state=refused]").wait_for()
    assert f"{reason}；房屋在外地" in page.locator("[data-fact=reasons]").inner_text()
    assert page.locator("[data-paper=refusal]").count() == 1


def test_an_instant_matter_is_decided_and_handed_out_at_the_same_window(clerk_hall: HallServer, desk: Desk) -> None:
    paper = {"staff": "clerk18", "items": ["*"], "document": "委托书〔2026〕3号", "from_day": "2026-01-01"}
    clerk_hall.signed_in("police.head").do("/authorizations", paper)
    page = serving(clerk_hall, desk, item="id-card-lost", window=18)
    begin(page)
    page.keyboard.press("1")
    page.locator("[data-row]:focus").wait_for()
    tick_everything(page)
    fill(page)
    page.keyboard.press("F12")
    page.get_by_role("dialog").wait_for()
    page.keyboard.press("Enter")
    page.locator("[data-decide=approved]").wait_for()
    page.keyboard.press("F2")
    page.locator("[data-hand-out]").wait_for()
    page.keyboard.press("F2")
    dialog = page.get_by_role("dialog")
    assert dialog.locator("#collector").input_value() == "张三丰"
    dialog.get_by_role("button", name="没有评价器").click()
    dialog.get_by_role("button", name="交付").click()
    page.locator("[data-testid=done][data-state=collected]").wait_for()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_intake_its_dialogs_and_its_receipt_can_be_read(clerk_hall: HallServer, desk: Desk, language: str) -> None:
    page = serving(clerk_hall, desk)
    page.context.add_cookies([{"name": "yichuang_lang", "value": language, "url": clerk_hall.url}])
    begin(page)
    assert faults(page) == []
    page.keyboard.press("1")
    page.locator("[data-answer]").wait_for()
    page.keyboard.press("Enter")
    page.locator("[data-row]:focus").wait_for()
    page.locator("#f-id_number").fill("110101199001010012")
    page.locator("[data-override=id_number]").wait_for()
    page.locator("input[name=courier]").first.check()
    page.locator("select#f-province").wait_for()
    assert faults(page) == []
    fill(page, courier=True)
    page.locator("[data-row]").first.focus()
    for key in ("F3", "F4", "z"):
        page.keyboard.press(key)
        page.get_by_role("dialog").wait_for()
        assert faults(page) == [], key
        page.keyboard.press("Escape")
        page.get_by_role("dialog").wait_for(state="detached")
    tick_everything(page)
    page.keyboard.press("F12")
    page.get_by_role("dialog").wait_for()
    assert faults(page) == []
    page.keyboard.press("Enter")
    page.get_by_test_id("code").wait_for()
    assert faults(page) == []


def test_a_draft_survives_a_reload_a_lost_link_and_a_crash(clerk_hall: HallServer, desk: Desk) -> None:
    page = serving(clerk_hall, desk, precheck=ANSWERS)
    begin(page)
    page.keyboard.press("Space")
    page.locator("#f-name").fill("李四")
    saved(page)
    page.reload()
    page.locator("#f-name").wait_for()
    assert page.locator("#f-name").input_value() == "李四"
    assert page.locator("[data-testid=ticked]").inner_text().startswith("1/")
    page.context.set_offline(True)
    page.locator("#f-remark").fill("断网时写的")
    page.locator("[data-testid=saved][data-state=lost]").wait_for()
    # The browser dies: only what this machine kept is left, and it is saved when the page comes back.
    other = page.context.new_page()
    page.close(run_before_unload=False)
    other.context.set_offline(False)
    other.goto(page.url)
    other.locator("#f-remark").wait_for()
    saved(other)
    assert other.locator("#f-remark").input_value() == "断网时写的"
    assert case_of(clerk_hall, other)["form"]["remark"] == "断网时写的"
    assert other.evaluate("Object.keys(localStorage).filter((k) => k.startsWith('yichuang-intake')).length") == 0


def test_a_draft_changed_elsewhere_is_not_written_over_unasked(clerk_hall: HallServer, desk: Desk) -> None:
    page = serving(clerk_hall, desk, precheck=ANSWERS)
    begin(page)
    case = case_of(clerk_hall, page)
    manager = clerk_hall.signed_in("manager")
    form = {**case["form"], "name": "王五"}
    changed = manager.do(f"/cases/{case['id']}/draft", {"revision": case["revision"], "form": form})
    page.locator("#f-name").fill("李四")
    dialog = page.get_by_role("dialog", name="改动")
    assert changed["saved_by_name"] and changed["saved_by_name"] in dialog.inner_text()
    dialog.get_by_role("button", name="用对方的").click()
    saved(page)
    assert page.locator("#f-name").input_value() == "王五"
    settled(page)
