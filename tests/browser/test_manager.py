"""The manager's page in a real Chromium against a real server."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.browser.desks import HEIGHT, WIDTH, copy_hall, open_windows, take, tidy
from tests.support.server import HallServer

PROPERTY, PROPERTY_TOO = 10, 11  # two windows of one section
COMPANY = 4
AGENCY = 39
PATIENCE = 8000  # ms


@pytest.fixture(scope="module")
def hall_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_hall(tmp_path_factory.mktemp("manager-hall"))


@pytest.fixture(scope="module")
def own_server(hall_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[HallServer]:
    server = HallServer(tmp_path_factory.mktemp("manager") / "data", hall=hall_folder).start()
    yield server
    server.stop()


@pytest.fixture
def hall(own_server: HallServer) -> Iterator[HallServer]:
    yield own_server
    tidy(own_server)


@pytest.fixture
def manage(hall: HallServer, open_page: Callable[..., Any]) -> Callable[[], Any]:
    """The manager's page, signed in and filled."""

    def opened(path: str = "/manage") -> Any:
        page = open_page(hall.url + path, WIDTH, HEIGHT, sign_in=(hall, "manager"))
        page.set_default_timeout(PATIENCE)
        if path == "/manage":
            page.locator("[data-window]").first.wait_for()
        return page

    return opened


def press(page: Any, name: str) -> None:
    page.locator(".commands").get_by_role("button", name=name).click()


def agree(page: Any) -> None:
    """The dialog's main button."""
    page.locator("dialog .dialog-actions .primary").click()


def card(page: Any, number: int) -> Any:
    return page.locator(f'[data-window="{number}"]')


def test_the_manager_stops_issuing_and_the_kiosk_refuses_with_that_sentence(hall: HallServer, manage: Any) -> None:
    page = manage()
    press(page, "暂停取号")
    page.get_by_role("button", name="系统故障").click()
    page.fill("dialog [name=message_zh]", "系统故障，暂停取号，请 14:30 再来。")
    page.fill("dialog [name=message_en]", "No numbers until 14:30.")
    agree(page)
    page.locator("[data-stop=hall]", has_text="请 14:30 再来").wait_for()
    answer = hall.signed_in("kiosk").post("/tickets", {"section": "property"})
    assert answer.status_code == 409
    assert answer.json()["error"]["message_zh"] == "系统故障，暂停取号，请 14:30 再来。"
    assert answer.json()["error"]["message_en"] == "No numbers until 14:30."

    page.locator("[data-stop=hall] button").click()
    agree(page)
    page.locator("[data-stop=hall]").wait_for(state="detached")
    assert hall.signed_in("kiosk").post("/tickets", {"section": "property"}).status_code == 201


def test_stopping_one_section_leaves_the_others_issuing(hall: HallServer, manage: Any) -> None:
    page = manage()
    page.locator("[data-section=property]").get_by_role("button", name="停号").click()
    assert page.locator("dialog [name=section]").input_value() == "property"
    agree(page)
    page.locator("[data-section=property]").get_by_role("button", name="恢复").wait_for()
    kiosk = hall.signed_in("kiosk")
    assert kiosk.post("/tickets", {"section": "property"}).status_code == 409
    assert kiosk.post("/tickets", {"section": "company"}).status_code == 201


def test_the_page_follows_the_hall_without_being_touched(hall: HallServer, manage: Any) -> None:
    page = manage()
    open_windows(hall, COMPANY)
    ticket = take(hall, "company")
    hall.signed_in(f"clerk{COMPANY}").do(f"/windows/{COMPANY}/next")
    window = card(page, COMPANY)
    window.locator(".number", has_text=ticket["number"]).wait_for()
    page.locator(f'[data-window="{COMPANY}"].called').wait_for()
    hall.signed_in(f"clerk{COMPANY}").do(f"/windows/{COMPANY}/start")
    page.locator(f'[data-window="{COMPANY}"].serving .window-clock').wait_for()


def test_a_waiting_ticket_is_moved_to_another_window(hall: HallServer, manage: Any) -> None:
    open_windows(hall, PROPERTY)
    first, second = take(hall, "property"), take(hall, "property")
    open_windows(hall, PROPERTY_TOO)
    page = manage()
    press(page, "移动号票")
    page.locator(f"[data-move={second['number']}] input").check()
    page.select_option("dialog [name=to]", f"window:{COMPANY}")
    agree(page)
    page.locator("dialog .bad-text", has_text=f"{COMPANY}号窗口").wait_for()  # closed: said, and nothing moved
    page.select_option("dialog [name=to]", f"window:{PROPERTY_TOO}")
    agree(page)
    page.locator(".toast.ok", has_text="已移动 1 张").wait_for()
    manager = hall.signed_in("manager")
    assert manager.read(f"/tickets/{second['id']}")["window"] == PROPERTY_TOO
    assert manager.read(f"/tickets/{first['id']}")["window"] == PROPERTY


def test_a_deserted_window_is_force_paused_and_its_line_goes_elsewhere(hall: HallServer, manage: Any) -> None:
    open_windows(hall, PROPERTY)
    ticket = take(hall, "property")
    open_windows(hall, PROPERTY_TOO)
    page = manage()
    card(page, PROPERTY).click()
    page.locator("[data-order=pause]").click()
    page.get_by_role("button", name="人员离岗").click()
    agree(page)
    page.locator(f'[data-window="{PROPERTY}"].paused', has_text="人员离岗").wait_for()
    assert hall.signed_in("manager").read(f"/tickets/{ticket['id']}")["window"] == PROPERTY_TOO


def test_pausing_the_last_open_window_says_how_many_wait_and_asks_again(hall: HallServer, manage: Any) -> None:
    open_windows(hall, AGENCY)
    take(hall, "agency")
    page = manage()
    card(page, AGENCY).click()
    page.locator("[data-order=pause]").click()
    page.get_by_role("button", name="设备故障").click()
    agree(page)
    page.locator("dialog", has_text="还有 1 人在等").wait_for()
    assert hall.signed_in("manager").read(f"/windows/{AGENCY}")["window"]["state"] == "open"
    agree(page)
    page.locator(f'[data-window="{AGENCY}"].paused').wait_for()
    alarm = page.locator("[data-alarm]", has_text="没有开放的窗口")
    alarm.wait_for(timeout=30_000)
    alarm.get_by_role("button", name="知道了").click()
    page.locator("[data-alarm].seen", has_text="没有开放的窗口").wait_for()


def test_forgotten_servings_are_ended_after_a_look_at_the_list(hall: HallServer, manage: Any) -> None:
    open_windows(hall, COMPANY, PROPERTY)
    gone, staying = take(hall, "company"), take(hall, "property")
    for number in (COMPANY, PROPERTY):
        hall.signed_in(f"clerk{number}").do(f"/windows/{number}/next")
        hall.signed_in(f"clerk{number}").do(f"/windows/{number}/start")
    page = manage()
    page.locator(f'[data-window="{COMPANY}"].serving').wait_for()
    press(page, "清场")
    assert page.locator("dialog .dialog-actions .primary").is_disabled()
    page.locator(f"[data-clear={gone['number']}] input").check()
    agree(page)
    page.locator(".toast.ok", has_text=gone["number"]).wait_for()
    manager = hall.signed_in("manager")
    assert manager.read(f"/tickets/{gone['id']}")["state"] == "done"
    assert manager.read(f"/tickets/{staying['id']}")["state"] == "serving"
    page.locator(f'[data-window="{COMPANY}"].idle').wait_for()


def test_a_bad_hall_file_changes_nothing_and_a_corrected_one_shows_its_changes(
    hall: HallServer, hall_folder: Path, manage: Any
) -> None:
    toml = hall_folder / "hall.toml"
    good = toml.read_text("utf-8")
    page = manage()
    toml.write_text(good.replace('time_zone = "Asia/Shanghai"', 'time_zone = "Asia/Shanghia"'), "utf-8")
    try:
        press(page, "重载大厅文件")
        agree(page)
        page.locator("[data-problems]", has_text="Asia/Shanghia").wait_for()
        changed = re.sub(r"before_no_show = \d+", "before_no_show = 4", good)
        toml.write_text(changed.replace('name = "取件"', 'name = "统一出件"'), "utf-8")
        agree(page)
        page.locator("[data-changes] li", has_text="统一出件").wait_for()
        page.locator("dialog .dialog-actions button").click()
        page.locator("[data-section]", has_text="统一出件").wait_for()  # the page took the new names
        assert hall.signed_in("manager").read("/windows/1")["rules"]["no_show_after_calls"] == 4
    finally:
        toml.write_text(good, "utf-8")
        hall.signed_in("manager").do("/manage/reload")


def test_paper_numbers_are_entered_and_each_refusal_is_shown(hall: HallServer, manage: Any) -> None:
    hall.signed_in("manager").do("/manage/paper-numbers", {"section": "property", "numbers": ["C902"]})
    page = manage()
    press(page, "补录纸号")
    page.select_option("dialog [name=section]", "property")
    page.fill("dialog [name=numbers]", "C901-C903，A5")
    page.locator("dialog .error", has_text="A5").wait_for()
    page.fill("dialog [name=numbers]", "C901-C903，905")
    page.get_by_text("共 4 个").wait_for()
    agree(page)
    page.locator("[data-paper=C905] .ok-text").wait_for()
    assert page.locator("[data-paper=C902] .bad-text").inner_text() == "纸质号码 C902 今天已录入，请核对。"
    assert page.locator("dialog [name=numbers]").input_value() == "C902"  # what is left to look at
    numbers = {row["number"] for row in hall.signed_in("manager").read("/tickets?section=property")["tickets"]}
    assert {"C901", "C902", "C903", "C905"} <= numbers


def test_paper_numbers_rank_by_the_time_they_were_handed_out(hall: HallServer, manage: Any) -> None:
    earlier = take(hall, "fund")
    page = manage()
    press(page, "补录纸号")
    page.select_option("dialog [name=section]", "fund")
    page.fill("dialog [name=time]", "00:00")
    page.fill("dialog [name=numbers]", "E911")
    agree(page)
    page.locator("[data-paper=E911] .ok-text").wait_for()
    line = hall.signed_in("manager").read("/tickets?section=fund")["tickets"]
    assert [row["number"] for row in line] == ["E911", earlier["number"]]
    midnight = datetime.now(ZoneInfo("Asia/Shanghai")).replace(hour=0, minute=0, second=0, microsecond=0)
    assert datetime.fromisoformat(line[0]["taken_at"]) == midnight


def test_a_lost_line_is_said_and_the_page_catches_up(hall: HallServer, manage: Any) -> None:
    page = manage()
    # What the windows show comes before the live line; a line that was never up cannot be lost.
    page.locator("[data-lost][data-connection=up]").wait_for(state="attached")
    page.context.set_offline(True)
    page.locator("[data-lost]", has_text="连接中断").wait_for()
    open_windows(hall, COMPANY)
    page.context.set_offline(False)
    page.locator("[data-lost]").wait_for(state="hidden", timeout=20_000)
    page.locator(f'[data-window="{COMPANY}"].idle').wait_for(timeout=20_000)


def test_a_device_is_paired_by_its_code_and_revoked(hall: HallServer, manage: Any) -> None:
    asked = hall.api.do("/pairings", {"role": "kiosk"})
    page = manage("/manage/devices")
    page.fill("[name=code]", "WRONG1")
    page.fill("[name=name]", "东门取号机")
    page.get_by_role("button", name="配对", exact=True).click()
    page.locator("[role=alert].notice.bad").wait_for()
    page.fill("[name=code]", asked["code"].lower())
    page.get_by_role("button", name="配对", exact=True).click()
    row = page.locator("[data-device]", has_text="东门取号机")
    row.wait_for()
    assert hall.api.do(f"/pairings/{asked['device']}/token", {"secret": asked["secret"]})["paired"]
    row.get_by_role("button", name="停用").click()
    agree(page)
    page.locator("[data-device].gone", has_text="已停用").wait_for()


@pytest.mark.parametrize("path", ["/manage", "/manage/devices"])
def test_a_guide_does_not_see_the_managers_pages(hall: HallServer, open_page: Callable[..., Any], path: str) -> None:
    page = open_page(hall.url + path, WIDTH, HEIGHT, sign_in=(hall, "guide"))
    assert page.locator("[data-windows], [data-pair]").count() == 0


def test_a_low_score_reaches_the_manager_with_its_reason_and_number(hall: HallServer, manage: Any) -> None:
    open_windows(hall, COMPANY)
    ticket = take(hall, "company")
    clerk = hall.signed_in(f"clerk{COMPANY}")
    clerk.do(f"/windows/{COMPANY}/call", {"ticket": ticket["id"], "reason": "测试"})
    clerk.do(f"/windows/{COMPANY}/finish")
    said = {"ticket": ticket["id"], "score": 1, "tags": ["unclear"], "comment": "没说要带什么", "window": COMPANY}
    hall.signed_in("pad").do("/pad/evaluations", said)
    page = manage()
    page.locator("[data-total=rated]", has_text="差评 1").click()
    page.wait_for_url("**/manage/evaluations")
    row = page.locator(f"[data-said={ticket['number']}]", has_text="没说要带什么")
    row.locator("text=没有说清楚").wait_for()
    assert page.locator("[data-level='1'] b").inner_text() == "1"
    page.get_by_role("button", name="近 7 天").click()
    row.wait_for()
    with page.expect_download() as download:
        page.get_by_role("link", name="导出 CSV").click()
    assert download.value.suggested_filename.startswith("evaluations_")


def test_an_attendant_called_at_a_kiosk_is_an_alarm_until_somebody_was_there(hall: HallServer, manage: Any) -> None:
    page = manage()
    hall.signed_in("kiosk").do("/assistance", {})
    alarm = page.locator(".alarm", has_text="呼叫工作人员")
    alarm.locator("[data-done]").click()
    alarm.wait_for(state="detached")
    assert hall.signed_in("kiosk").read("/assistance")["called"] is False


def test_the_longest_wait_of_the_whole_hall_is_on_the_live_page(hall: HallServer, manage: Any) -> None:
    page = manage()
    tile = page.locator("[data-total=longest-wait] b")
    assert tile.inner_text() == "—"
    open_windows(hall, PROPERTY)
    take(hall, "property")
    page.locator("[data-total=longest-wait]", has_text="0 分钟").wait_for()
