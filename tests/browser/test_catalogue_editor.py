"""A department writes an item in a real Chromium, from nothing to what the kiosk shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.desks import HEIGHT, WIDTH, open_windows, tidy
from tests.browser.test_readable import faults
from tests.support.server import ROOT, HallServer

PATIENCE = 10_000  # ms
SAMPLE = ROOT / "config/demo/catalogue/samples/id-card.png"
TABS = ("basics", "questions", "materials", "materials/id-card", "preview", "acceptance", "versions")
HIGH = dict.fromkeys(("naming", "situations", "materials", "checkpoints", "attributes"), "high")


@pytest.fixture(scope="module")
def own_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HallServer]:
    server = HallServer(tmp_path_factory.mktemp("editor") / "data").start()
    yield server
    server.stop()


@pytest.fixture
def hall(own_server: HallServer) -> Iterator[HallServer]:
    yield own_server
    tidy(own_server)


@pytest.fixture
def at(hall: HallServer, open_page: Callable[..., Any]) -> Callable[[str, str], Any]:
    """`at("fund.editor", "/catalogue")`: that page, signed in."""

    def opened(who: str, path: str) -> Any:
        page = open_page(hall.url + path, WIDTH, HEIGHT, sign_in=(hall, who))
        page.set_default_timeout(PATIENCE)
        return page

    return opened


def draft_of(hall: HallServer, item: str) -> str:
    """A new draft of a published item; the path of its version in the API."""
    version = hall.signed_in("fund.editor").do(f"/catalogue/items/{item}/versions", {"note": ""})["version"]
    return f"/catalogue/items/{item}/versions/{version}"


def saved(page: Any) -> None:
    page.locator("[data-save-state]", has_text="已保存").wait_for()


def write_question(page: Any, text: str, material: str) -> None:
    """By keys alone: a condition; who answers 是 brings `material`, which is new."""
    page.keyboard.press("F4")
    page.locator("[name=question]:focus").wait_for()
    page.keyboard.type(text)
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator("dialog [name=fresh]").press_sequentially(material)
    page.keyboard.press("Enter")
    page.locator(".material-chip", has_text=material).wait_for()


def complete_material(page: Any, name: str, source: str, point: str) -> None:
    """The fault names the material; its row leads to what is missing."""
    page.click("[data-to-submit]")
    row = page.locator("[data-fault-list] li", has_text=f"材料“{name}”")
    row.filter(has_text="没有审查要点").get_by_role("link", name="去改").click()
    page.fill("[name=source]", source)
    page.click("[data-add-point]")
    page.locator("[name=point]:focus").press_sequentially(point)
    saved(page)


def test_an_item_is_written_reviewed_tried_and_published_and_the_guide_shows_it(hall: HallServer, at: Any) -> None:
    page = at("fund.editor", "/catalogue")
    page.click("[data-add-item]")
    page.fill("[name=name]", "公积金异地缴存补贴")
    page.reload()
    page.click("[data-add-item]")
    assert page.input_value("[name=name]") == "公积金异地缴存补贴", "what was typed survives a reload"
    page.locator("[name=name]").press("Enter")
    page.wait_for_url("**/catalogue/items/item-*")
    item = page.url.split("/items/")[1].split("?")[0]
    page.select_option("[name=section]", "fund")
    mark_an_id_card(page)
    page.click("[data-tab=questions]")
    page.locator("[data-tab-body=questions]").wait_for()
    write_question(page, "缴存地在外地", "异地缴存证明")
    write_question(page, "委托他人办理", "授权委托书")
    page.locator("[name=question]").nth(1).focus()
    page.keyboard.press("Alt+ArrowUp")  # asked first from now on
    for first in ("缴存地在外地", "委托他人办理"):
        page.locator(".handle").nth(1).drag_to(
            page.locator("[data-question]").nth(0), target_position={"x": 200, "y": 5}
        )
        page.wait_for_function("text => document.querySelector('[name=question]').value === text", arg=first)
    page.check("[name=show-english]")
    page.locator("[data-situation] [name=english]").fill("Subsidy")
    complete_material(page, "异地缴存证明", "缴存地公积金中心", "缴存单位与劳动合同一致")
    complete_material(page, "授权委托书", "申请人自备", "委托人已签名")
    page.click("[data-tab=preview]")
    page.locator(".walk-asks", has_text="委托他人办理").wait_for()
    page.get_by_role("button", name="是", exact=True).click()
    page.locator(".walk-asks", has_text="缴存地在外地").wait_for()
    page.get_by_role("button", name="否", exact=True).click()
    page.locator("[data-situation-shown]").wait_for()
    assert page.locator("[data-situation-shown] .walk-list strong").all_inner_texts() == ["居民身份证", "授权委托书"]
    page.click("[data-to-submit]")
    page.locator("[data-unsaid]", has_text="还没有写：设定依据、受理条件、办事指南、办理结果").wait_for()
    page.check("[name=reviewer][value='market.editor']")
    page.locator("[data-lacking]", has_text="还缺：至少两位、行政服务中心的一位").wait_for()
    assert page.locator("[data-submit-now]").is_disabled()
    page.check("[name=reviewer][value='manager']")
    assert faults(page) == []
    page.click("[data-submit-now]")
    page.locator("[data-tab-body] h2", has_text="业务评审").wait_for()
    accept(hall, at, item)
    head = at("fund.head", f"/catalogue/items/{item}#acceptance")
    head.locator("[data-publish]").wait_for()
    assert faults(head) == []
    head.click("[data-publish-now]")
    head.locator("[data-published]", has_text="现行版本").wait_for()
    guide = hall.api.do(f"/catalogue/items/{item}/guide", {"answers": {"q2": ["o1"], "q1": ["o2"]}})
    assert [one["name"] for one in guide["materials"]] == ["居民身份证", "授权委托书"]
    assert guide["situation"]["name_en"] == "Subsidy"
    assert guide["materials"][0]["checkpoints"][0]["mark"]["width"] > 0.2
    assert any(one["id"] == item for one in hall.api.read("/items?q=异地缴存补贴")["items"])


def mark_an_id_card(page: Any) -> None:
    """A material with a sample; a box dragged on it is a checkpoint. What is missing is named at its place."""
    page.click("[data-tab=materials]")
    page.click("[data-add-material]")
    page.fill("[name=material-name]", "居民身份证")
    page.locator(".fault", has_text="请写来源渠道").wait_for()
    page.locator(".tabs .count").wait_for()
    page.fill("[name=source]", "公安局")
    page.set_input_files("[data-file=sample] input", SAMPLE)
    picture = page.locator("[data-marked] img")
    picture.evaluate("(img) => img.decode()")
    box = picture.bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.2, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + 110)
    page.mouse.up()
    page.locator("[name=point]:focus").press_sequentially("核对姓名是否跟申请表的一致")
    page.locator("[data-mark]").wait_for()
    saved(page)
    page.locator(".fault").wait_for(state="detached")


def accept(hall: HallServer, at: Any, item: str) -> None:
    """A reviewer and a clerk on their pages, the others by the API."""
    path = f"/catalogue/items/{item}/versions/1"
    hall.signed_in("market.editor").do(path + "/reviews", {"grades": HIGH, "reasons": {}})
    leader = at("manager", "/catalogue")
    leader.click(f"[data-inbox=reviews] [data-waits={item}]")
    leader.locator("[data-review]").wait_for()
    leader.click("[data-organize]")
    leader.uncheck("[name=reviewer][value=manager]")
    leader.locator("[data-lacking]", has_text="行政服务中心的一位").wait_for()
    assert faults(leader) == []
    leader.check("[name=reviewer][value=manager]")
    leader.check("[name=reviewer][value='tax.editor']")
    leader.click("[data-submit-now]")
    leader.locator(".toast", has_text="评审人已换").wait_for()
    hall.signed_in("tax.editor").do(path + "/reviews", {"grades": HIGH, "reasons": {}})
    leader.click("[data-aspect=materials] [data-grade=middle]")
    leader.fill("[data-aspect=materials] input", "第三份材料的来源不清楚")
    leader.reload()  # the browser dies: what was graded is there again
    assert leader.input_value("[data-aspect=materials] input") == "第三份材料的来源不清楚"
    for button in leader.locator("[data-grade=high]").all():
        button.click()
    assert faults(leader) == []
    leader.click("[data-send-review]")
    leader.locator("h2", has_text="模拟受理：0 / 3").wait_for()
    open_windows(hall, 26, 27, 28)
    for window in (27, 28):
        hall.signed_in(f"clerk{window}").do(path + "/trials", {"window": window, "objection": ""})
    leader.reload()
    leader.locator("[data-missing-trials] dd", has_text="26 号").wait_for()
    assert "还差 1 次" in leader.inner_text("[data-missing-trials]")
    assert faults(leader) == []
    clerk = at("clerk26", "/catalogue")
    clerk.click(f"[data-inbox=trials] [data-waits={item}]")
    clerk.get_by_role("button", name="否", exact=True).click()
    clerk.locator(".walk-asks", has_text="缴存地在外地").wait_for()
    clerk.get_by_role("button", name="否", exact=True).click()
    clerk.locator("[data-tick]").first.wait_for()
    assert clerk.locator("[data-fine]").is_disabled()
    clerk.locator("[data-tick]").first.check()
    clerk.reload()
    clerk.locator("[data-tick]").first.wait_for()
    assert clerk.locator("[data-tick]").first.is_checked(), "a trial begun is gone on with"
    for tick in clerk.locator("[data-tick]").all():
        tick.check()
    assert faults(clerk) == []
    clerk.click("[data-fine]")
    clerk.locator("[data-said=fine]").wait_for()


def test_a_clerk_asks_for_a_change_and_reads_what_the_department_made_of_it(hall: HallServer, at: Any) -> None:
    clerk = at("clerk26", "/catalogue#fund-loan")
    clerk.click("[data-shown=fund-loan] [data-adjust]")
    clerk.locator("[data-adjust-form] select").first.wait_for()
    clerk.select_option("[name=about]", "materials")
    clerk.select_option("[name=flaw]", "outdated")
    clerk.fill("[name=text]", "收入证明已可联网核验，不用再交")
    clerk.reload()
    clerk.click("[data-shown=fund-loan] [data-adjust]")
    clerk.locator("[data-adjust-form] select").first.wait_for()
    assert clerk.input_value("[name=text]") == "收入证明已可联网核验，不用再交"
    assert faults(clerk) == []
    clerk.click("dialog .button.primary")
    clerk.locator(".toast", has_text="前答复").wait_for()
    head = at("fund.head", "/catalogue")
    head.click("[data-inbox=adjustments] [data-request]")
    head.locator("[data-adjustment]", has_text="收入证明已可联网核验").wait_for()
    assert head.locator("[data-refuse-adjustment]").is_disabled()
    head.fill("[name=answer]", "核验接口月底开通，届时再改")
    head.reload()
    head.click("[data-inbox=adjustments] [data-request]")
    assert head.input_value("[name=answer]") == "核验接口月底开通，届时再改"
    assert faults(head) == []
    head.click("[data-refuse-adjustment]")
    head.locator(".toast", has_text="已答复").wait_for()
    clerk.goto(f"{hall.url}/catalogue")
    clerk.locator("[data-inbox=asked]", has_text="核验接口月底开通").wait_for()
    assert "不采纳" in clerk.inner_text("[data-inbox=asked]")
    assert faults(clerk) == []


def test_a_table_is_tried_first_each_refused_row_named_and_the_others_become_drafts(
    hall: HallServer, at: Any, tmp_path: Path
) -> None:
    titles = "编号,事项名称,部门,板块,件类型,法定时限（工作日）,承诺时限（工作日）,申请主体\n"
    good = "table-good,职工互助金领取,市住房公积金管理中心,公积金业务,承诺件,20,5,个人\n"
    table = tmp_path / "事项.csv"
    table.write_text(titles + good + good.replace("table-good", "table-bad").replace("20", "二十"), "utf-8")
    page = at("fund.editor", "/catalogue")
    page.click("[data-import]")
    page.set_input_files("dialog input[type=file]", table)
    row = page.locator("dialog tbody tr")
    row.filter(has_text="第3行").filter(has_text="“二十”不是整数").wait_for()
    assert row.count() == 1 and "会导入 1 个事项为草稿" in page.inner_text("dialog")
    assert faults(page) == []
    assert hall.signed_in("fund.editor").get("/catalogue/items/table-good/versions").status_code == 404
    page.get_by_role("button", name="导入为草稿").last.click()
    page.locator("[data-inbox=drafts] [data-waits=table-good]").wait_for()


def test_a_draft_is_found_by_its_initials_and_a_tree_that_stays_the_same_is_not_sent_again(
    hall: HallServer, at: Any
) -> None:
    editor = hall.signed_in("fund.editor")
    fresh = {"id": "fund-old-house", "name": "老旧小区改造提取", "department": "市住房公积金管理中心", "is_item": True}
    editor.do("/catalogue/nodes", fresh)
    editor.do("/catalogue/items/fund-old-house/versions", {"note": ""})
    page = at("fund.editor", "/catalogue")
    page.locator("[data-find]").press_sequentially("ljxqgz")
    page.locator("[data-node=fund-old-house]").wait_for()
    page.reload()
    page.locator("[data-tree] [data-node]").first.wait_for()
    sent, shown = page.evaluate(
        "(({transferSize, encodedBodySize}) => [transferSize, encodedBodySize])"
        "(performance.getEntriesByType('resource').find((one) => one.name.endsWith('/catalogue/nodes')))"
    )
    assert sent < 1000 < shown, "only that it is still the same"


def test_what_was_written_while_the_server_was_away_survives_a_reload(hall: HallServer, at: Any) -> None:
    path = draft_of(hall, "fund-proof")
    page = at("fund.editor", "/catalogue/items/fund-proof")
    page.route("**/save", lambda route: route.abort())
    page.fill("[name=result]", "住房公积金缴存使用证明")
    page.locator("[data-save-state]", has_text="连不上").wait_for()
    assert hall.signed_in("fund.editor").read(path)["body"]["result"] == ""
    page.unroute("**/save")
    page.reload()
    page.locator(".toast", has_text="已找回").wait_for()
    assert page.input_value("[name=result]") == "住房公积金缴存使用证明"
    saved(page)
    assert hall.signed_in("fund.editor").read(path)["body"]["result"] == "住房公积金缴存使用证明"


def test_words_kept_here_are_shown_when_the_draft_was_submitted_meanwhile(hall: HallServer, at: Any) -> None:
    path = draft_of(hall, "fund-open")
    page = at("fund.editor", "/catalogue/items/fund-open")
    page.route("**/save", lambda route: route.abort())
    page.fill("[name=result]", "缴存登记回执")
    page.locator("[data-save-state]", has_text="连不上").wait_for()
    hall.signed_in("manager").do(path + "/drop", {"revision": hall.signed_in("manager").read(path)["revision"]})
    page.goto(f"{hall.url}/catalogue/items/fund-open?version={path.rsplit('/', 1)[1]}")
    page.locator("[data-conflict]", has_text="已经不是草稿了").locator("summary").click()
    page.locator("[data-conflict] li", has_text="缴存登记回执").wait_for()


def test_two_who_write_one_draft_are_told_and_choose(hall: HallServer, at: Any) -> None:
    path = draft_of(hall, "fund-base")
    page = at("fund.editor", "/catalogue/items/fund-base")
    page.locator("[name=result]").wait_for()
    manager = hall.signed_in("manager")
    theirs = manager.read(path)
    manager.do(path + "/save", {"revision": theirs["revision"], "body": theirs["body"] | {"promised_days": 3}})
    page.fill("[name=result]", "缴存基数调整通知")
    told = page.locator("[data-conflict]")
    told.get_by_text("manager").wait_for()
    told.locator("summary").click()
    assert faults(page) == []
    mine = theirs["body"]["promised_days"]
    told.locator("li", has_text=f"承诺时限（工作日）：3 → {mine}").wait_for()
    assert manager.read(path)["body"]["result"] == ""  # nothing is overwritten unasked
    page.click("[data-theirs]")
    told.wait_for(state="detached")
    assert page.input_value("[name=promised_days]") == "3"
    page.click("[data-undo]")
    page.locator("[data-save-state]", has_text="已保存").wait_for()
    assert (manager.read(path)["body"]["result"], manager.read(path)["body"]["promised_days"]) == (
        "缴存基数调整通知",
        mine,
    )


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_tab_of_an_item_and_of_its_draft_can_be_read(hall: HallServer, at: Any, language: str) -> None:
    hall.signed_in("fund.editor").post("/catalogue/items/fund-loan/versions", {"note": ""})  # refused the second time
    page = at("fund.editor", "/catalogue")
    page.context.add_cookies([{"name": "yichuang_lang", "value": language, "url": hall.url}])
    for version in (1, 2):
        page.goto(f"{hall.url}/catalogue/items/fund-loan?version={version}")
        page.locator(".tabs").wait_for()
        for tab in TABS:
            page.evaluate("(to) => { location.hash = to; }", tab)
            page.locator(f"[data-tab-body={tab.split('/')[0]}]").wait_for()
            assert faults(page) == [], f"version {version}, {tab}"
