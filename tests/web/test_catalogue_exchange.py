"""Items in and out over HTTP while the hall runs: a department brings its workbook and is told every row refused."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from server.domain.catalogue.model import ItemVersion
from server.imports.writing import Export, Outgoing, packed
from tests.imports.sample import plain
from tests.web.conftest import Hall, code

POLICE, TAX = "市公安局", "市税务局"


def item(key: str, department: str = POLICE, **changes: Any) -> Outgoing:
    return Outgoing(key, "", "", plain(f"事项{key}", department=department, section="police", **changes))


def sent(hall: Hall, by: str, *items: Outgoing, query: str = "", name: str = "items.xlsx") -> Any:
    data = packed(Export([], items), name.rpartition(".")[2])
    return hall.call("POST", f"/catalogue/import?name={name}{query}", by=by, data=data)


def in_force(hall: Hall) -> list[str]:
    return [one["id"] for one in (hall.get("/catalogue/tree").json or {})["nodes"]]


@pytest.mark.parametrize("settings", ["sqlite", "postgres"], indirect=True)
def test_a_departments_workbook_becomes_its_drafts(hall: Hall) -> None:
    answer = sent(hall, "police.editor", item("a"), item("b"), item("c", TAX))
    said = answer.json
    assert answer.status_code == 200 and said["drafted"] == ["a", "b"] and said["refused"] == 1
    [problem] = said["problems"]
    assert "不归您导入" in problem["wrong_zh"] and "第4行" in problem["where"]
    assert problem["file"] == "items.xlsx[事项]"
    inbox = hall.get("/catalogue/inbox", by="police.editor").json or {}
    assert {one["item"] for one in inbox["drafts"]} == {"a", "b"} and in_force(hall) == []
    again = sent(hall, "police.editor", item("a"), item("b")).json
    assert again["unchanged"] == ["a", "b"] and again["problems"] == []


def test_only_an_administrator_publishes_without_review_and_then_it_is_on_the_kiosk_at_once(hall: Hall) -> None:
    for by in ("police.editor", "manager"):
        assert code(sent(hall, by, item("a"), query="&publish=true")) == "import_publish_needs_admin"
    assert sent(hall, "admin", item("a"), query="&publish=true").json["published"] == ["a"]
    assert in_force(hall) == ["a"]
    assert hall.take(item="a")["item_name"] == "事项a"


def test_a_dry_run_tells_and_changes_nothing(hall: Hall) -> None:
    said = sent(hall, "admin", item("a"), query="&publish=true&dry_run=true").json
    assert said["published"] == ["a"] and said["dry_run"] and in_force(hall) == []


@pytest.mark.parametrize("by", ["clerk1", "guide", "police.approver", None])
def test_nobody_else_may_import(hall: Hall, by: str | None) -> None:
    assert sent(hall, by, item("a")).status_code in (401, 403)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "data", "status"),
    [
        ("a.xlsx", b"nothing", 422),
        ("a.json", b"[", 422),
        ("a.docx", b"x", 422),
        ("a.zip", b"PK nothing", 422),
        ("..%2Fa.json", b"{}", 422),
        ("a.csv", b"", 422),
    ],
)
def test_a_file_nobody_can_read_is_refused_with_what_would_be_right(
    hall: Hall, name: str, data: bytes, status: int
) -> None:
    answer = hall.call("POST", f"/catalogue/import?name={name}", by="admin", data=data)
    assert answer.status_code == status and code(answer)


@pytest.mark.parametrize("kind", ["xlsx", "csv", "json"])
def test_what_is_exported_can_be_imported_again_by_whoever_may(hall: Hall, kind: str) -> None:
    sent(hall, "admin", item("a"), item("t", TAX), query="&publish=true")
    answer = hall.get(f"/catalogue/export?format={kind}&department={POLICE}", by="police.editor")
    assert answer.status_code == 200 and "attachment" in answer.headers["Content-Disposition"]
    if kind == "csv":
        with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
            assert archive.namelist() == ["items.csv", "items.situations.csv"]
    if kind == "xlsx":
        sheet = openpyxl.load_workbook(io.BytesIO(answer.data))["事项"]
        assert [row[4].value for row in sheet.iter_rows(min_row=2)] == ["事项a"], "the department's own alone"
    back = (
        hall.call(
            "POST", f"/catalogue/import?name=x.{kind.replace('csv', 'zip')}", by="police.editor", data=answer.data
        ).json
        or {}
    )
    assert back["unchanged"] == ["a"] and back["problems"] == []


def test_a_workbook_that_unpacks_to_gigabytes_is_not_unpacked(hall: Hall, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr("server.imports.reading.MOST_UNPACKED", 1000)
    assert code(sent(hall, "admin", item("a"))) == "import_not_understood"
    assert isinstance(plain(), ItemVersion)
