"""`run.py import` and `run.py export` as they are typed: what goes in, what is told, and the exit code."""

from __future__ import annotations

import csv
import fcntl
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from server.domain.catalogue.model import ItemVersion
from server.import_command import Options, run_export, run_import
from server.imports.writing import Export, Outgoing, write
from tests.imports.sample import plain

ROOT = Path(__file__).parents[2]
GUANGAN = ROOT / "config/mappings/guangan.toml"
HOLIDAYS = {"year": 2026, "days": [{"name": "元旦", "date": "2026-01-01", "isOffDay": True}]}


def imported(folder: Path, file: Path, what: str = "items", **more: object) -> tuple[int, str, str]:
    """(exit code, what went out, what was said on stderr)."""
    out, err = io.StringIO(), io.StringIO()
    code = run_import(Options(what, file, data=folder / "data", **more), out, err)  # type: ignore[arg-type]
    return code, out.getvalue(), err.getvalue()


def items(folder: Path, *given: Outgoing) -> Path:
    file = folder / "items.json"
    write(Export([], given or (Outgoing("pesticide", "", "", plain()),)), file)
    return file


def test_a_list_of_another_shape_is_in_the_hall_by_one_command(tmp_path: Path) -> None:
    names = ["养犬登记", "临时占用消防通道备案"]
    rows = [{"name": name, "link": f"x?itemCode=T-{n}&a=1", "qrcode": ""} for n, name in enumerate(names)]
    body = [{"department": "区公安分局", "items": [{"main_item": "未分类", "sub_items": rows}]}]
    (tmp_path / "list.json").write_text(json.dumps(body, ensure_ascii=False), "utf-8")
    typed = [sys.executable, "run.py", "import", "items", str(tmp_path / "list.json"), "--mapping", str(GUANGAN)]
    done = subprocess.run([*typed, "--data", str(tmp_path / "data"), "--publish"], cwd=ROOT, capture_output=True, text=True, timeout=60)  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "") and "发布 2 项" in done.stdout
    out = io.StringIO()
    assert run_export(Options("items", tmp_path / "out.json", data=tmp_path / "data"), out) == 0
    back = json.loads((tmp_path / "out.json").read_text("utf-8"))
    assert [one["item"]["name"] for one in back["items"]] == names
    assert back["items"][0]["initials"] == "yqdj", "people find it by its initials"


def test_a_second_time_nothing_changes_and_what_went_out_comes_in_again(tmp_path: Path) -> None:
    assert imported(tmp_path, items(tmp_path), publish=True)[0] == 0
    code, said, _ = imported(tmp_path, items(tmp_path), publish=True)
    assert code == 0 and "未变 1 项" in said
    book = tmp_path / "out.xlsx"
    assert run_export(Options("items", book, data=tmp_path / "data"), io.StringIO()) == 0
    assert "未变 1 项" in imported(tmp_path, book, publish=True)[1]


def test_a_refused_row_is_told_the_code_is_2_and_the_others_are_in(tmp_path: Path) -> None:
    good, lost = Outgoing("good", "", "", plain()), Outgoing("lost", "", "", plain(section="nowhere"))
    report = tmp_path / "report.csv"
    code, said, _ = imported(tmp_path, items(tmp_path, good, lost), report=report)
    assert code == 2 and "没有板块“nowhere”" in said and "存为草稿 1 项" in said and "拒绝 1 项" in said
    with report.open(encoding="utf-8-sig", newline="") as file:
        [row] = list(csv.DictReader(file))
    assert row["位置 place"].startswith("第2行") and row["应当 right"]


def test_a_dry_run_says_what_would_happen_and_leaves_the_hall_alone(tmp_path: Path) -> None:
    code, _, said = imported(tmp_path, items(tmp_path), dry_run=True)
    assert code == 1 and "还没有这座大厅" in said
    (tmp_path / "h.json").write_text(json.dumps(HOLIDAYS), "utf-8")
    imported(tmp_path, tmp_path / "h.json", "holidays")
    code, said, _ = imported(tmp_path, items(tmp_path), dry_run=True, publish=True)
    assert code == 0 and "将发布 1 项" in said
    assert "发布 1 项" in imported(tmp_path, items(tmp_path), publish=True)[1], "so nothing was there before"


def test_holidays_come_in_and_a_wrong_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "h.json").write_text(json.dumps(HOLIDAYS), "utf-8")
    code, said, _ = imported(tmp_path, tmp_path / "h.json", "holidays")
    assert code == 0 and "2026" in said
    (tmp_path / "h.json").write_text('{"year": 2026}', "utf-8")
    code, _, said = imported(tmp_path, tmp_path / "h.json", "holidays")
    assert code == 2 and "节假日文件有误" in said


@pytest.mark.parametrize("name", ["missing.xlsx", "missing.json", "missing.csv"])
def test_a_file_that_is_not_there_is_said_so(tmp_path: Path, name: str) -> None:
    code, _, said = imported(tmp_path, tmp_path / name)
    assert code == 2 and "没有这个文件" in said and not (tmp_path / "data").exists()


def test_while_another_process_serves_the_hall_nothing_is_imported_but_all_can_be_read(tmp_path: Path) -> None:
    assert imported(tmp_path, items(tmp_path))[0] == 0
    with (tmp_path / "data/serve.lock").open("a+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        code, _, said = imported(tmp_path, items(tmp_path))
        assert code == 1 and "正被另一个进程" in said
        assert imported(tmp_path, items(tmp_path), dry_run=True)[0] == 0
        assert run_export(Options("items", tmp_path / "out.csv", data=tmp_path / "data"), io.StringIO()) == 0


def test_an_export_to_a_kind_of_file_nobody_reads_is_refused(tmp_path: Path) -> None:
    err = io.StringIO()
    assert run_export(Options("items", tmp_path / "out.doc", data=tmp_path / "data"), io.StringIO(), err) == 2
    assert ".xlsx" in err.getvalue()


PDF, PNG = b"%PDF-1.4 blank form", b"\x89PNG\r\n\x1a\n sample"


def with_papers(folder: Path, blank: bytes = PDF) -> Path:
    """An item that names a blank form and a sample, both beside its file."""
    material = {"id": "form", "name": "申请表", "source": "申请人自备", "blank": "form.pdf", "sample": "form.png", "checkpoints": [{"id": "p1", "text": "有签名"}]}  # fmt: skip
    for name, data in (("blanks/form.pdf", blank), ("samples/form.png", PNG)):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(data)
    version = ItemVersion.model_validate(
        plain().model_dump(mode="json") | {"materials": [material], "always": ["form"]}
    )
    return items(folder, Outgoing("pesticide", "", "", version))


def test_samples_and_blank_forms_come_and_go_with_the_items(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()
    assert imported(first, with_papers(first), publish=True)[0] == 0
    assert run_export(Options("items", second / "all.xlsx", data=first / "data"), io.StringIO()) == 0
    assert (second / "all.files/pesticide/form.pdf").read_bytes() == PDF
    assert imported(second, second / "all.xlsx", publish=True)[0] == 0
    assert run_export(Options("items", second / "again.json", data=second / "data"), io.StringIO()) == 0
    assert (second / "again.files/pesticide/form.png").read_bytes() == PNG


def test_a_file_that_is_not_what_it_says_or_takes_anothers_name_is_told(tmp_path: Path) -> None:
    code, said, _ = imported(tmp_path, with_papers(tmp_path, b"MZ a program"))
    assert code == 2 and "不是可以接收的文件" in said and "存为草稿 1 项" in said
    assert imported(tmp_path, with_papers(tmp_path))[0] == 0
    code, said, _ = imported(tmp_path, with_papers(tmp_path, PDF + b" changed"))
    assert code == 2 and "换个名字" in said
