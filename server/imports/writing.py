"""The way out: the catalogue as one XLSX, CSV files or JSON that `reading` and `assembling` give back unchanged."""

from __future__ import annotations

import csv
import io
import json
import tempfile
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from server.domain.catalogue.model import ItemVersion
from server.imports.assembling import Group
from server.imports.reading import FORMAT
from server.imports.sheets import SHEETS, Column, Sheet


@dataclass(frozen=True, slots=True)
class Outgoing:
    """An item as it is written out."""

    id: str
    parent: str
    code: str
    version: ItemVersion
    initials: str = ""


@dataclass(frozen=True, slots=True)
class OutgoingBundle:
    id: str
    name: str
    name_en: str
    items: tuple[str, ...]
    guide: str


@dataclass(frozen=True, slots=True)
class Export:
    """What the hall has, groups before what stands in them."""

    groups: Sequence[Group]
    items: Sequence[Outgoing]
    bundles: Sequence[OutgoingBundle] = ()


def write(export: Export, path: Path) -> None:
    """By the file's ending: .xlsx, .csv (the other tables beside it) or .json. An OSError is the caller's to tell."""
    kind = path.suffix.lower()
    if kind == ".json":
        path.write_text(as_json(export), encoding="utf-8")
    elif kind == ".csv":
        for sheet, rows in tables(export):
            if rows or sheet.key == "items":
                file = path if sheet.key == "items" else path.with_suffix(f".{sheet.key}.csv")
                _csv(file, sheet, rows)
    else:
        _xlsx(path, export)


def packed(export: Export, kind: str) -> bytes:
    """The same as bytes to send: "xlsx", "json", or "csv" as a ZIP of its files."""
    with tempfile.TemporaryDirectory(prefix="yichuang-export-") as folder:
        path = Path(folder) / f"items.{kind}"
        write(export, path)
        if kind != "csv":
            return path.read_bytes()
        whole = io.BytesIO()
        with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
            for file in sorted(Path(folder).iterdir()):
                archive.write(file, file.name)
        return whole.getvalue()


def as_json(export: Export) -> str:
    """Only what differs from the model's defaults is written, so that people can read it."""
    body = {
        "format": FORMAT,
        "groups": [_filled(_group(one)) for one in export.groups],
        "items": [
            {
                **_filled({"id": one.id, "parent": one.parent, "code": one.code, "initials": one.initials}),
                "item": lean(one.version),
            }
            for one in export.items
        ],
        "bundles": [_filled(_bundle(one)) for one in export.bundles],
    }
    return json.dumps({key: value for key, value in body.items() if value}, ensure_ascii=False, indent=1) + "\n"


def lean(version: ItemVersion) -> dict[str, Any]:
    return version.model_dump(mode="json", exclude_defaults=True)


def tables(export: Export) -> Iterable[tuple[Sheet, list[dict[str, Any]]]]:
    """Every table with its rows by column key, values as people read them."""
    rows: dict[str, list[dict[str, Any]]] = {sheet.key: [] for sheet in SHEETS}
    rows["groups"] = [_group(one) for one in export.groups]
    rows["bundles"] = [_bundle(one) for one in export.bundles]
    for item in export.items:
        _item(item, rows)
    for sheet in SHEETS:
        yield sheet, [{c.key: _cell(c, row.get(c.key, "")) for c in sheet.columns} for row in rows[sheet.key]]


def _item(item: Outgoing, rows: dict[str, list[dict[str, Any]]]) -> None:
    body = item.version.model_dump(mode="json")
    fee = body.pop("fee")
    parts = {part: body.pop(part) for part in ("materials", "questions", "situations")}
    own = {
        "initials": item.initials,
        "id": item.id,
        "parent": item.parent,
        "code": item.code,
        "fee": fee["yuan"],
        "fee_basis": fee["basis"],
    }
    rows["items"].append({**body, **own})
    for material in parts["materials"]:
        points = material.pop("checkpoints")
        rows["materials"].append({"item": item.id, **material})
        rows["checkpoints"] += [{"item": item.id, "material": material["id"], **point} for point in points]
    for question in parts["questions"]:
        options = question.pop("options")
        rows["questions"].append({"item": item.id, **question})
        rows["options"] += [{"item": item.id, "question": question["id"], **option} for option in options]
    rows["situations"] += [{"item": item.id, **situation} for situation in parts["situations"]]


def _group(one: Group) -> dict[str, Any]:
    return {"id": one.id, "parent": one.parent, "name": one.name, "name_en": one.name_en, "code": one.code}


def _bundle(one: OutgoingBundle) -> dict[str, Any]:
    return {"id": one.id, "name": one.name, "name_en": one.name_en, "items": list(one.items), "guide": one.guide}


def _filled(body: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in body.items() if value not in ("", [])}


def _cell(column: Column, value: Any) -> Any:
    words: dict[str, str] = {}
    for zh, key in (column.words or {}).items():
        words.setdefault(key, zh)  # the first is how it is called
    if column.shape == "mark":
        return " ".join(f"{value[side]:g}" for side in ("x", "y", "width", "height")) if value else ""
    if column.shape == "yes":
        return "是" if value else "否"
    if isinstance(value, list):
        between = {"ids": " ", "list": "、"}.get(column.shape, "\n")
        return between.join(words.get(str(one), str(one)) for one in value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return words.get(value, value) if isinstance(value, str) else value


def _safe(value: Any) -> Any:
    """Excel would take a text that begins with = + - @ for a formula."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@") else value


def _csv(path: Path, sheet: Sheet, rows: Sequence[Mapping[str, Any]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:  # the mark is what makes Excel see Chinese
        out = csv.writer(file)
        out.writerow([column.title for column in sheet.columns])
        out.writerows([_safe(row[column.key]) for column in sheet.columns] for row in rows)


def _xlsx(path: Path, export: Export) -> None:
    from openpyxl import Workbook  # only here: the server itself never writes a workbook
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    book = Workbook()
    book.remove(book.active)
    for sheet, rows in tables(export):
        page = book.create_sheet(sheet.title)
        page.append([column.title for column in sheet.columns])
        for row in rows:
            page.append([_safe(row[column.key]) for column in sheet.columns])
        page.freeze_panes = "B2"
        page.auto_filter.ref = page.dimensions
        for number, column in enumerate(sheet.columns, 1):
            head = page.cell(1, number)
            head.font, head.fill = Font(bold=True), PatternFill("solid", fgColor="FFDCE6F2")
            head.alignment = Alignment(wrap_text=True, vertical="top")
            longest = max((len(str(row[column.key])) for row in rows), default=0)
            page.column_dimensions[get_column_letter(number)].width = min(48, max(10, longest * 1.6))
    book.save(path)
