"""Pinyin initials: worked out in another process, filled into the file or at load."""

from __future__ import annotations

import subprocess
import sys

import pytest

from config import initials
from config.initials import fill, initials_elsewhere, main
from config.wording import length
from tests.config.conftest import DEMO, HallFolder

CONCURRENT = """
import {mode}
{patch}
from config.hall_file import load_hall
import sys
{child}
hall = {call}
print(hall.items[0].initials, "pypinyin" in sys.modules)
"""


def blank_initials(demo: HallFolder) -> HallFolder:
    lines = (demo.path / "items.csv").read_text(encoding="utf-8").splitlines()
    return demo.write("items.csv", "\n".join([lines[0]] + [line.rsplit(",", 1)[0] + "," for line in lines[1:]]) + "\n")


def test_initials_are_the_first_letters_with_the_right_reading() -> None:
    names = ["不动产转移登记", "中国银行重庆分行", "个人5G业务（A类）", "临时（居民）身份证"]
    assert initials_elsewhere(names) == ["bdczydj", "zgyhcqfh", "gr5gywal", "lsjmsfz"]


def test_a_hall_with_blank_initials_loads_as_if_they_were_filled(demo: HallFolder) -> None:
    before = demo.load()
    assert blank_initials(demo).load() == before
    text = (demo.path / "items.csv").read_text(encoding="utf-8").replace(",initials\n", "\n", 1)
    assert demo.write("items.csv", text.replace(",\n", "\n")).load() == before


def test_loading_never_writes_into_the_halls_folder(demo: HallFolder) -> None:
    blank_initials(demo)
    before = {path: path.read_bytes() for path in demo.path.rglob("*") if path.is_file()}
    demo.load()
    assert {path: path.read_bytes() for path in demo.path.rglob("*") if path.is_file()} == before


def test_the_command_fills_only_empty_cells(demo: HallFolder, capsys: pytest.CaptureFixture[str]) -> None:
    whole = (demo.path / "items.csv").read_text(encoding="utf-8")
    demo.change("items.csv", ",qytzxmba", ",").change("items.csv", ",qytzxmhz", ",mine")
    assert main([str(demo.path)]) == 0
    assert "1 个事项" in capsys.readouterr().out
    assert (demo.path / "items.csv").read_text(encoding="utf-8") == whole.replace("qytzxmhz", "mine")
    assert fill(demo.path) == 0


def test_the_command_adds_a_missing_column_and_keeps_excels_mark(demo: HallFolder) -> None:
    text = "\n".join(line.rsplit(",", 1)[0] for line in (demo.path / "items.csv").read_text("utf-8").splitlines())
    (demo.path / "items.csv").write_bytes(text.encode("utf-8-sig"))
    assert fill(demo.path) == len(demo.load().items)
    raw = (demo.path / "items.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf") and raw.decode("utf-8-sig").splitlines()[0].endswith(",initials")


def test_the_command_says_what_is_wrong(demo: HallFolder, capsys: pytest.CaptureFixture[str]) -> None:
    demo.write("items.csv", "a,b\n1,2\n")
    assert main([str(demo.path)]) == 1
    assert "没有 name 列" in capsys.readouterr().err


def test_a_machine_without_pypinyin_gets_a_sentence(demo: HallFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    blank_initials(demo)
    initials._elsewhere.cache_clear()
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    problem = demo.problem()
    initials._elsewhere.cache_clear()
    assert "算不出拼音首字母" in problem.wrong and "python -m config.initials" in problem.right


IN_LOOP = "load_hall(sys.argv[1])"
IN_TPOOL = "__import__('eventlet.tpool').tpool.execute(load_hall, sys.argv[1])"
IN_POOL = "gevent.get_hub().threadpool.apply(load_hall, (sys.argv[1],))"
A_CHILD_BEFORE = "import subprocess; subprocess.run(['true'])"


@pytest.mark.parametrize(
    ("mode", "patch", "child", "call"),
    [
        ("eventlet", "eventlet.monkey_patch()", "", IN_LOOP),
        ("eventlet", "eventlet.monkey_patch()", A_CHILD_BEFORE, IN_TPOOL),
        ("gevent.monkey", "gevent.monkey.patch_all()", "", IN_LOOP),
        ("gevent.monkey", "gevent.monkey.patch_all()", A_CHILD_BEFORE, IN_LOOP),
        ("gevent.monkey", "gevent.monkey.patch_all()", A_CHILD_BEFORE, IN_POOL),
        ("threading", "", "", IN_LOOP),
    ],
)
def test_initials_are_filled_at_load_in_every_async_mode(
    demo: HallFolder, mode: str, patch: str, child: str, call: str
) -> None:
    blank_initials(demo)
    done = subprocess.run(
        [sys.executable, "-c", CONCURRENT.format(mode=mode, patch=patch, child=child, call=call), str(demo.path)],
        cwd=DEMO.parents[1],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stdout.split() == ["qytzxmba", "False"], done.stderr


def test_initials_fit_the_names_in_the_demo_hall(demo: HallFolder) -> None:
    hall = demo.load()
    assert all(item.initials and length(item.initials) <= length(item.name) for item in hall.items)
    assert initials_elsewhere([item.name for item in hall.items]) == [item.initials for item in hall.items]
