"""Another system's list comes in by a mapping file, in one command and without a program."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from server.domain.catalogue.checking import faults
from server.imports.assembling import Catalogue, assemble
from server.imports.mapping import read_mapped, read_mapping
from server.imports.rows import Unreadable

ROOT = Path(__file__).parents[2]
GUANGAN = ROOT / "config/mappings/guangan.toml"
REAL = ROOT.parent / "shared/data/guangan_items.json"


def link(code: str) -> str:
    return f"http://example.test/ywTransToDetail?areaCode=511602000000&itemCode={code}&taskType=1"


def district(*codes: str) -> list[dict[str, object]]:
    """A list of the published one's shape."""
    found = [{"name": f"事项{code}", "link": link(code), "qrcode": ""} for code in codes]
    return [
        {"department": "区公安分局", "items": [{"main_item": "户口登记", "sub_items": found[:1]}]},
        {"department": "区气象局", "items": [{"main_item": "未分类", "sub_items": found[1:]}]},
    ]


def mapped(folder: Path, body: object) -> Catalogue:
    (folder / "list.json").write_text(json.dumps(body, ensure_ascii=False), "utf-8")
    return assemble(read_mapped(folder / "list.json", read_mapping(GUANGAN)))


def test_lists_within_lists_become_departments_main_items_and_items(tmp_path: Path) -> None:
    made = mapped(tmp_path, district("511A01-0001", "511B02-0002"))
    assert made.problems == [] and [one.id for one in made.items] == ["511A01-0001", "511B02-0002"]
    first, second = made.items
    assert (first.version.department, first.version.section) == ("区公安分局", "police")
    assert (second.version.department, second.version.section) == ("区气象局", "general")
    parent = made.groups[first.parent]
    assert parent.name == "户口登记" and made.groups[parent.parent].name == "区公安分局"
    assert made.groups[second.parent].name == "区气象局", "未分类 is no level of the tree"
    assert second.version.guide.startswith("办事指南：http")


def test_a_row_that_lacks_its_code_still_has_an_id_of_its_own(tmp_path: Path) -> None:
    body = district("511A01-0001", "511B02-0002")
    body[1]["items"][0]["sub_items"][0]["link"] = ""  # type: ignore[index]
    made = mapped(tmp_path, body)
    assert made.problems == [] and made.items[1].id.startswith("i-")


@pytest.mark.skipif(not REAL.exists(), reason="the district's list lies beside the project, not in it")
def test_the_districts_1135_items_all_come_in() -> None:
    made = assemble(read_mapped(REAL, read_mapping(GUANGAN)))
    assert (len(made.items), made.refused, made.problems) == (1135, 0, [])
    assert len({one.id for one in made.items}) == 1135
    unsound = [one.version.name for one in made.items if faults(one.version)]
    assert unsound == ["依据档案记载出具相关证明"], "its official name is a vague word; it stays a draft"


def test_a_workbook_of_another_layout_comes_in_by_its_titles(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    page = book.active
    page.title = "清单"
    page.append(["序号", "项目", "办理单位", "类别"])
    page.append([1, "临时占道许可", "市综合行政执法局", "即办"])
    page.append([2, "夜间施工许可", "市生态环境局", "承诺"])
    book.save(tmp_path / "list.xlsx")
    (tmp_path / "m.toml").write_text(
        '[tables.items]\nsheet = "清单"\n[tables.items.columns]\nid = { from = "序号", prefix = "x-" }\nname = "项目"\n'
        'department = "办理单位"\nsection = { value = "general" }\nlegal_days = { value = 20 }\n'
        'kind = { from = "类别", map = { "即办" = "即办件（前台一人通办）", "承诺" = "承诺件" } }\n'
        'promised_days = { from = "类别", map = { "即办" = "0", "承诺" = "5" } }\napplicants = { value = ["个人"] }\n',
        "utf-8",
    )
    made = assemble(read_mapped(tmp_path / "list.xlsx", read_mapping(tmp_path / "m.toml")))
    assert made.problems == []
    assert [(one.id, one.version.kind, one.version.promised_days) for one in made.items] == [
        ("x-1", "instant_single", 0),
        ("x-2", "commitment", 5),
    ]


def test_what_cannot_be_understood_is_told_at_the_fields_of_their_file(tmp_path: Path) -> None:
    body = district("511A01-0001", "511B02-0002")
    body[0]["items"][0]["sub_items"][0]["name"] = ""  # type: ignore[index]
    made = mapped(tmp_path, body)
    assert [one.id for one in made.items] == ["511B02-0002"] and made.refused == 1
    assert (made.problems[0].file, made.problems[0].where) == ("list.json", "第1行 (line 1) name")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[tables.items.columns]\nnaem = 'x'\n", "naem"),
        ("[tables.itmes.columns]\nname = 'x'\n", "itmes"),
        ("[tables.items.columns]\nname = { form = 'x' }\n", "form"),
        ("[tables.items.columns]\nname = { from = 'x', match = '(' }\n", "正则"),
        ("[tables.items.columns]\nname = { from = 'x', match = 'a' }\n", "括号组"),
        ("name = ", "TOML"),
    ],
)
def test_a_wrong_mapping_is_refused_with_its_key(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "m.toml").write_text(text, "utf-8")
    with pytest.raises(Unreadable) as refused:
        read_mapping(tmp_path / "m.toml")
    assert says in str(refused.value.problem)


def test_a_mapping_that_finds_nothing_says_so(tmp_path: Path) -> None:
    made = mapped(tmp_path, {"data": []})
    assert made.items == [] and "没有找到一行" in made.problems[0].wrong
