"""The hall's folder, part by part: every row and table is validated alone, so that all faults are found at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from config.hall_base import Part
from config.hall_behind import Handover, Issue, Progress
from config.hall_cases import Cases
from config.hall_catalogue import Catalogue, Files
from config.hall_checks import check_between
from config.hall_devices import Evaluation, Leds, Slip, Voice
from config.hall_model import (
    DAYS,
    Area,
    Calls,
    Dispatch,
    HallInfo,
    Hours,
    Item,
    Limits,
    Paper,
    Priority,
    Section,
    Service,
    SmsTexts,
    WindowDef,
)
from config.hall_parts import Parts, Placed
from config.hall_self_form import SelfForm
from config.problems import did_you_mean
from config.sentences import explain
from config.tables import numbers, read_csv, read_toml, words, yes_or_no
from config.text_checks import check_tables

P = TypeVar("P", bound=Part)

TABLES: dict[str, type[Part]] = {
    "hall": HallInfo,
    "hours": Hours,
    "limits": Limits,
    "priority": Priority,
    "dispatch": Dispatch,
    "calls": Calls,
    "sms": SmsTexts,
    "paper": Paper,
    "voice": Voice,
    "slip": Slip,
    "evaluation": Evaluation,
    "handover": Handover,
    "issue": Issue,
    "progress": Progress,
    "leds": Leds,
    "cases": Cases,
    "self_form": SelfForm,
    "catalogue": Catalogue,
    "files": Files,
}
LISTS = ("sections", "areas")
NEEDED = ("hall", "hours", "sections", "sms")

WINDOW_COLUMNS = {
    "number": ("窗口号", "window"),
    "kind": ("类型",),
    "name": ("名称",),
    "sections": ("板块", "section"),
    "items": ("事项", "item"),
    "area": ("区域",),
    "lunch": ("午间值班",),
}
ITEM_COLUMNS = {
    "id": ("编号",),
    "name": ("名称",),
    "name_en": ("英文名称",),
    "section": ("板块",),
    "department": ("部门",),
    "minutes": ("分钟",),
    "initials": ("首字母",),
    "bring": ("携带材料",),
}
SERVICE_COLUMNS = {
    "item": ("事项",),
    "windows": ("窗口", "window"),
    "from_date": ("from", "起"),
    "to_date": ("to", "止"),
}
KIND_WORDS = {"综合受理": "intake", "综合": "intake", "出件": "issue", "取件": "issue", "投诉代办": "agency"}
WINDOW_NAMES = {"intake": "综合受理窗口", "issue": "出件窗口", "agency": "投诉代办窗口"}


def read_parts(folder: Path) -> Parts:
    """Read and check everything in `folder`; the result holds the parts and all problems."""
    parts = Parts(folder)
    if not folder.is_dir():
        parts.tell(
            str(folder),
            "文件夹 (folder)",
            "没有这个文件夹",
            "一个放着 hall.toml、windows.csv、items.csv 的文件夹",
            "no such folder",
            "a folder that holds hall.toml, windows.csv and items.csv",
        )
        return parts
    _read_toml(parts)
    _read_windows(parts)
    _read_items(parts)
    _read_services(parts)
    check_between(parts)
    check_tables(parts)
    return parts


def validate(
    parts: Parts, model: type[P], data: object, file: str, at: Callable[[tuple[int | str, ...]], str]
) -> P | None:
    try:
        return model.model_validate(data)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            parts.problems.append(explain(detail, model, file, parts.place(file, at(detail["loc"]))))
        return None


def _read_toml(parts: Parts) -> None:
    data = read_toml(parts.folder / "hall.toml", parts.problems, parts.lines)
    if data is None:
        parts.complete = False
        return
    sms_file = _join_sms(parts, data)
    _check_keys(parts, data)
    for key, model in TABLES.items():
        if data.get(key) is not None:
            _read_table(parts, key, model, data[key], sms_file if key == "sms" else "hall.toml")
        elif key not in NEEDED:
            parts.tables[key] = model()
    if "sections" in data:
        _read_list(parts, "sections", Section, data["sections"], parts.sections)
    _read_list(parts, "areas", Area, data.get("areas", [{"id": "hall", "name": "等候区"}]), parts.areas)
    demo = data.get("demo", False)
    if isinstance(demo, bool):
        parts.demo = demo
    else:
        parts.tell("hall.toml", "demo", f"“{demo}”不是真假值", "true 或 false", "not a truth value", "true or false")


def _join_sms(parts: Parts, data: dict[str, Any]) -> str:
    """Put the texts of sms.toml, if there is one, where [sms] of hall.toml would be; the name of their file."""
    sms = parts.folder / "sms.toml"
    if not sms.exists():
        return "hall.toml"
    if "sms" in data:
        both = ("短信文本在 sms.toml 和 hall.toml 的 [sms] 里都有", "只留一处")
        both_en = ("the SMS texts are both here and in [sms] of hall.toml", "keep one of the two")
        parts.tell("sms.toml", "文件 (file)", *both, *both_en)
    data["sms"] = read_toml(sms, parts.problems, parts.lines)
    return "sms.toml"


def _check_keys(parts: Parts, data: dict[str, Any]) -> None:
    known = (*TABLES, *LISTS, "demo")
    for key in data:
        if key not in known:
            zh, en = did_you_mean(key, known)
            parts.tell("hall.toml", key, f"没有“{key}”这一项", zh, f'there is no "{key}"', en)
    for key in NEEDED:
        if key not in data:
            shown = f"[[{key}]]" if key in LISTS else f"[{key}]"
            right = (f"加上 {shown}（写法见 docs/hall-file.md）", f"add {shown} (see docs/hall-file.md)")
            parts.tell("hall.toml", shown, "缺少这一部分", right[0], "this part is missing", right[1])
            parts.complete = parts.complete and key not in LISTS


def _read_table(parts: Parts, key: str, model: type[Part], data: object, file: str) -> None:
    prefix = "" if file == "sms.toml" else key
    if not isinstance(data, dict):
        parts.tell(
            file, key, "应是一个表", f"[{key}]，下面每行一个键", "should be a table", f"[{key}] with a key a line"
        )
        return
    if key == "hours":
        data = _weekday_keys(parts, data)

    def at(loc: tuple[int | str, ...]) -> str:
        named = [
            DAYS[p] if key == "hours" and isinstance(p, int) and loc[0] == "weekly" and i == 1 else p
            for i, p in enumerate(loc)
        ]
        return key_path(([prefix] if prefix else []) + list(named))

    part = validate(parts, model, data, file, at)
    if part is not None:
        parts.tables[key] = part


def key_path(loc: list[int | str] | list[str]) -> str:
    """`["priority", "classes", 0, "name"]` → `priority.classes[1].name`; list places count from 1."""
    path = ""
    for piece in loc:
        if isinstance(piece, int):
            path += f"[{piece + 1}]"
        elif piece != "[key]":
            path += f".{piece}" if path else str(piece)
    return path


def _weekday_keys(parts: Parts, data: dict[str, Any]) -> dict[str, Any]:
    weekly = data.get("weekly")
    if not isinstance(weekly, dict):
        return data
    for day in weekly:
        if day not in DAYS:
            zh, en = did_you_mean(day, DAYS)
            parts.tell("hall.toml", f"hours.weekly.{day}", f"没有“{day}”这一天", zh, f'no such day "{day}"', en)
    return {**data, "weekly": {DAYS.index(day): spans for day, spans in weekly.items() if day in DAYS}}


def _read_list(parts: Parts, key: str, model: type[P], data: object, into: list[Placed[P]]) -> None:
    if not isinstance(data, list) or not data:
        parts.tell(
            "hall.toml",
            key,
            "应是至少一个表的列表",
            f"每个写成 [[{key}]]",
            "should be a list of tables",
            f"[[{key}]] for each",
        )
        parts.complete = False
        return
    for index, entry in enumerate(data):
        if isinstance(entry, dict) and "id" in entry:
            parts.ids[key].add(str(entry["id"]))
        place = partial(_list_place, f"{key}[{index + 1}]")
        part = validate(parts, model, entry, "hall.toml", partial(_list_loc, place))
        if part is not None:
            into.append(Placed(part, "hall.toml", place))


def _list_loc(place: Callable[[str], str], loc: tuple[int | str, ...]) -> str:
    return place(key_path(list(loc)))


def _list_place(name: str, column: str) -> str:
    return f"{name}.{column}" if column else name


def _read_rows(
    parts: Parts,
    file: str,
    model: type[P],
    columns: Mapping[str, tuple[str, ...]],
    into: list[Placed[P]],
    shape: Callable[[dict[str, Any]], dict[str, Any]],
    key: str = "",
) -> None:
    required = [name for name, info in model.model_fields.items() if info.is_required()]
    rows = read_csv(parts.folder / file, columns, required, parts.problems)
    if rows is None:
        parts.complete = False
        return
    for row in rows:
        if key and key in row.cells:
            word = row.cells[key]
            parts.ids[file.removesuffix(".csv")].add(str(int(word)) if key == "number" and word.isdecimal() else word)
        if any(name not in row.headers for name in required):  # already told once, for the whole file
            parts.complete = False
            continue
        cells = shape(dict(row.cells))
        part = validate(parts, model, cells, file, row.place)
        if part is None:
            parts.claimed |= {*cells.get("sections", ()), *cells.get("items", ()), cells.get("item", "")}
        else:
            into.append(Placed(part, file, row.at))


def _read_windows(parts: Parts) -> None:
    def shape(cells: dict[str, Any]) -> dict[str, Any]:
        for column in ("sections", "items"):
            cells[column] = words(cells.get(column, ""))
        cells["lunch"] = yes_or_no(cells.get("lunch", "no"))
        if "kind" in cells:
            cells["kind"] = KIND_WORDS.get(cells["kind"], cells["kind"])
            cells.setdefault("name", WINDOW_NAMES.get(cells["kind"], ""))
        if "area" not in cells and parts.areas:
            cells["area"] = parts.areas[0].part.id
        return cells

    _read_rows(parts, "windows.csv", WindowDef, WINDOW_COLUMNS, parts.windows, shape, "number")


def _read_items(parts: Parts) -> None:
    _read_rows(parts, "items.csv", Item, ITEM_COLUMNS, parts.items, lambda cells: cells, "id")


def _read_services(parts: Parts) -> None:
    if (parts.folder / "services.csv").exists():

        def shape(cells: dict[str, Any]) -> dict[str, Any]:
            if "windows" in cells:
                cells["windows"] = numbers(cells["windows"])
            return cells

        _read_rows(parts, "services.csv", Service, SERVICE_COLUMNS, parts.services, shape)
