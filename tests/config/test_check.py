"""The report of `run.py check-hall DIR`."""

from __future__ import annotations

import datetime as dt
import io

from config.check import check
from config.hall_file import HallFileError, load_hall
from tests.config.conftest import DEMO, HallFolder

TODAY = dt.date(2026, 11, 25)


def report(demo: HallFolder, today: dt.date = TODAY) -> tuple[int, str]:
    out = io.StringIO()
    return check(demo.path, today=today, out=out), out.getvalue()


def test_a_good_hall_is_summed_up_and_gives_zero() -> None:
    out = io.StringIO()
    assert check(DEMO, today=TODAY, out=out) == 0
    text = out.getvalue()
    assert "不动产交易登记：30 个事项" in text and "窗口 windows: 40" in text and "70/70" in text
    assert "没有问题" in text and "提醒" not in text


def test_a_broken_hall_lists_every_problem_in_both_languages_and_gives_one(demo: HallFolder) -> None:
    demo.change("hall.toml", "per_phone = 3", "per_phone = 0").change("windows.csv", "\n2,intake", "\n1,intake")
    code, text = report(demo)
    assert code == 1 and "2 处问题" in text and "2 problem(s)" in text
    assert "limits.per_phone：0 超出范围。应当：不小于 1" in text
    assert "limits.per_phone: 0 is out of range. Right: at least 1" in text


def test_what_is_allowed_but_hardly_meant_is_a_note_not_a_problem(demo: HallFolder) -> None:
    demo.change("windows.csv", "2,intake,投资项目综合受理窗口,investment,", "2,intake,,investment,passport-first")
    demo.change("hall.toml", "demo = true", "demo = false").change("items.csv", "企业投资项目核准,", "企业项目核准,")
    code, text = report(demo, dt.date(2027, 10, 1))
    assert code == 0
    for part in (
        "enforce = false",
        "qytzxmhz 与名称不符（应为 qyxmhz）",
        "节假日",
        "2 号窗口列了 passport-first",
    ):
        assert part in text


def test_the_error_of_loading_reads_well_on_its_own(demo: HallFolder) -> None:
    demo.change("hall.toml", "per_phone = 3", "per_phone = 0")
    try:
        load_hall(demo.path)
    except HallFileError as error:
        assert error.message_zh.startswith("大厅文件有 1 处问题，未载入。hall.toml 第")
        assert error.message_en.startswith("The hall file has 1 problem(s) and was not loaded.")
        assert "per_phone" in str(error)
    else:
        raise AssertionError("it loaded")
