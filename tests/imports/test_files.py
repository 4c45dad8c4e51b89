"""Items leave as XLSX, CSV and JSON and come back unchanged; every row that is refused is named with its place."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import openpyxl
import pytest

from server.domain.catalogue.checking import faults
from server.imports.assembling import Catalogue, assemble
from server.imports.reading import read
from server.imports.rows import Unreadable
from server.imports.writing import write
from tests.imports.sample import everything, plain, worked_out

HEAD = "编号,目录路径,事项名称,部门,板块,件类型,法定时限（工作日）,承诺时限（工作日）,申请主体\n"


def taken(path: Path) -> Catalogue:
    return assemble(read(path))


def from_csv(folder: Path, body: str, head: str = HEAD, **brothers: str) -> Catalogue:
    file = folder / "items.csv"
    file.write_text(head + body, "utf-8")
    for name, text in brothers.items():
        (folder / f"items.{name}.csv").write_text(text, "utf-8")
    return taken(file)


@pytest.mark.parametrize("ending", [".xlsx", ".csv", ".json"])
def test_what_went_out_comes_back_unchanged(tmp_path: Path, ending: str) -> None:
    assert faults(worked_out()) == []
    export = everything()
    write(export, tmp_path / f"items{ending}")
    back = taken(tmp_path / f"items{ending}")
    assert [str(one) for one in back.problems] == []
    assert list(back.groups.values()) == list(export.groups)
    assert [(one.id, one.parent, one.code, one.version) for one in back.items] == [
        (one.id, one.parent, one.code, one.version) for one in export.items
    ]
    [bundle] = back.bundles
    assert (bundle.id, bundle.name, bundle.items) == ("haulier", "开货运公司", ("pesticide", "freight-permit"))


def test_a_workbook_shows_people_words_and_no_formula(tmp_path: Path) -> None:
    write(everything(), tmp_path / "items.xlsx")
    book = openpyxl.load_workbook(tmp_path / "items.xlsx")
    assert book.sheetnames == ["目录", "事项", "材料", "审查要点", "问题", "选项", "情形", "一件事"]
    rows = [dict(zip([c.value for c in book["事项"][1]], [c.value for c in row], strict=True)) for row in book["事项"].iter_rows(min_row=2)]  # fmt: skip
    assert rows[0]["件类型"] == "承诺件" and rows[0]["申请主体"] == "个人、企业" and rows[0]["收费（元）"] == 12.5
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f" or (cell.value and str(cell.value)[:1] in "=+-@")]


def test_a_department_fills_one_table_and_has_items(tmp_path: Path) -> None:
    made = from_csv(tmp_path, 'pesticide,"农业；种植",农药经营许可,市农业农村局,general,承诺件,20,5,个人、企业\n')
    assert made.problems == []
    [item] = made.items
    assert item.version.situations[0].name == "一般情形" and faults(item.version) == []
    names = []
    while item.parent and (group := made.groups[item.parent]):
        names.insert(0, group.name)
        item = type(item)(item.id, group.parent, item.code, item.version, item.row)
    assert names == ["农业", "种植"]


def test_an_item_without_an_id_gets_the_same_one_every_time(tmp_path: Path) -> None:
    row = ",农业,农药经营许可,市农业农村局,general,承诺件,20,5,个人\n"
    first, second = from_csv(tmp_path, row), from_csv(tmp_path, row)
    assert first.items[0].id == second.items[0].id and first.items[0].id.startswith("i-")
    renamed = from_csv(tmp_path, row.replace("农药", "兽药"))
    assert renamed.items[0].id != first.items[0].id


@pytest.mark.parametrize(
    ("row", "place", "wrong", "right"),
    [
        ("a,x,名,市局,general,承诺件,二十,5,个人", "第2行 (line 2) 法定时限（工作日）", "不是整数", "整数，如 3"),
        ("a,x,名,市局,general,承诺,20,5,个人", "第2行 (line 2) 件类型", "“承诺”不能用", "承诺件"),
        ("a,x,名,市局,general,承诺件,20,5,个体", "第2行 (line 2) 申请主体", "“个体”不能用", "个人"),
        ("a,x,,市局,general,承诺件,20,5,个人", "第2行 (line 2) 事项名称", "没有填", "填上它"),
        ("a b,x,名,市局,general,承诺件,20,5,个人", "第2行 (line 2) 编号", "不能作编号", "英文字母"),
        ("a,x,名,市局,general,承诺件,20,-1,个人", "承诺时限", "超出范围", "不小于 0"),
        ("a,x；y；z；w,名,市局,general,承诺件,20,1,个人", "目录路径", "第 5 级", "最多 4 级"),
        ("a,x,名,市局,,承诺件,20,1,个人", "板块", "没有填", "docs/catalogue.md"),
    ],
)
def test_a_refused_row_says_line_column_what_is_wrong_and_what_would_be_right(
    tmp_path: Path, row: str, place: str, wrong: str, right: str
) -> None:
    made = from_csv(tmp_path, f"{row}\nb,x,别的事项,市局,general,承诺件,20,5,个人\n")
    assert [one.id for one in made.items] == ["b"], "the good row goes in all the same"
    assert made.refused == 1
    told = [one for one in made.problems if place in one.where and wrong in one.wrong and right in one.right]
    assert told and told[0].file == "items.csv", [str(one) for one in made.problems]
    assert told[0].wrong_en and told[0].right_en and len(made.problems) == len({one.where for one in made.problems})


def test_a_wrong_checkpoint_refuses_its_item_and_names_its_own_table_and_line(tmp_path: Path) -> None:
    made = from_csv(
        tmp_path,
        "a,x,名,市局,general,承诺件,20,5,个人\n",
        materials="事项编号,编号,材料名称,来源渠道,是否可容缺\na,m,身份证,公安局,也许\n",
        checkpoints="事项编号,材料编号,审查要点,标注框（左 上 宽 高）\na,m,看姓名,0.1 0.2 0.3 0.1\na,m,看照片,左上角\n",
    )
    assert made.items == [] and made.refused == 1
    places = {(one.file, one.where) for one in made.problems}
    assert ("items.materials.csv", "第2行 (line 2) 是否可容缺") in places
    assert ("items.checkpoints.csv", "第3行 (line 3) 标注框（左 上 宽 高）") in places


def test_the_same_id_twice_and_a_part_of_no_item_are_told(tmp_path: Path) -> None:
    row = "a,x,名,市局,general,承诺件,20,5,个人\n"
    made = from_csv(tmp_path, row + row, materials="事项编号,材料名称\nzzz,身份证\n")
    assert [one.id for one in made.items] == ["a"]
    assert any("重复" in one.wrong and one.where.startswith("第3行") for one in made.problems)
    assert any("没有 zzz" in one.wrong for one in made.problems)


def test_a_national_code_is_checked_and_other_codes_are_opaque(tmp_path: Path) -> None:
    head = HEAD.replace("编号,", "编号,编码,", 1)
    row = "{id},{code},x,名,市局,general,承诺件,20,5,个人\n"
    wrong = "1" * 31
    made = from_csv(tmp_path, row.format(id="a", code=wrong) + row.format(id="b", code="E-000004-001"), head)
    assert [one.id for one in made.items] == ["b"]
    assert any("事项编码" in one.wrong for one in made.problems)


def test_a_column_nobody_knows_is_told_with_the_one_that_was_meant(tmp_path: Path) -> None:
    made = from_csv(tmp_path, "", HEAD.replace("申请主体", "申请主题"))
    assert any("申请主题" in one.wrong and "申请主体" in one.right for one in made.problems)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("items.docx", b"x", "不认识 .docx"),
        ("items.xlsx", b"not a zip", "不是能打开的 Excel"),
        ("items.json", b"{", "不是 JSON"),
        ("items.json", b"[]", "不是本系统导出"),
        ("items.csv", "事项".encode("gbk"), "GBK"),
        ("missing.csv", None, "没有这个文件"),
    ],
)
def test_a_file_that_cannot_be_read_says_what_to_save_it_as(
    tmp_path: Path, name: str, content: bytes | None, says: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(Unreadable) as refused:
        read(tmp_path / name)
    assert says in refused.value.problem.wrong and refused.value.problem.right


def test_a_workbook_of_another_layout_points_to_the_mapping(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["事项名称"])
    book.save(tmp_path / "other.xlsx")
    with pytest.raises(Unreadable) as refused:
        read(tmp_path / "other.xlsx")
    assert "--mapping" in refused.value.problem.right


def test_json_names_the_entry_and_the_key(tmp_path: Path) -> None:
    write(everything(), tmp_path / "items.json")
    body = json.loads((tmp_path / "items.json").read_text("utf-8"))
    body["items"][0]["item"]["materials"][1]["copies"] = 0
    body["items"][1]["title"] = "x"
    (tmp_path / "items.json").write_text(json.dumps(body), "utf-8")
    made = taken(tmp_path / "items.json")
    assert made.items == []
    assert any("第1行" in one.where and "materials.1.copies" in one.where for one in made.problems)
    assert any("第2行" in one.where and "“title”" in one.wrong for one in made.problems)


def test_only_what_differs_from_the_ordinary_stands_in_json(tmp_path: Path) -> None:
    write(everything(), tmp_path / "items.json")
    body = json.loads((tmp_path / "items.json").read_text("utf-8"))
    assert body["items"][1]["item"].keys() == {
        "name", "department", "section", "kind", "legal_days", "promised_days", "applicants", "start", "situations",
    }  # fmt: skip
    assert plain() == everything().items[1].version


def test_csv_opens_in_excel_with_chinese_titles(tmp_path: Path) -> None:
    write(everything(), tmp_path / "items.csv")
    assert (tmp_path / "items.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    with (tmp_path / "items.checkpoints.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows[0]["标注框（左 上 宽 高）"] == "0.125 0.25 0.5 0.0625" and rows[1]["形式或内容"] == "形式"
