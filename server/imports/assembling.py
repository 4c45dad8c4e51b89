"""Rows → items, groups and bundles; an item one of whose rows is wrong is refused with every fault, the others go in."""

from __future__ import annotations

import dataclasses
import hashlib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from config.problems import Problem, did_you_mean
from config.sentences import explain
from server.domain.catalogue.model import ItemVersion
from server.domain.codes import is_national, national_fault
from server.imports.cells import values
from server.imports.rows import Row, Tables

MOST_LEVELS = 4
_PARTS = ("materials", "checkpoints", "questions", "options", "situations")
_ONLY = {"id": "all", "name": "一般情形"}


@dataclass(frozen=True, slots=True)
class Group:
    """A level of the tree above the items."""

    id: str
    parent: str
    name: str
    name_en: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Incoming:
    """One item of the file and where it stands there."""

    id: str
    parent: str
    code: str
    version: ItemVersion
    row: Row
    initials: str = ""
    rows: Mapping[tuple[int | str, ...], Row] = field(default_factory=dict)

    def row_of(self, *place: int | str) -> Row:
        """Where a part stands, such as ("materials", 0); the item's own row in a file that keeps them together."""
        return self.rows.get(place, self.row)


@dataclass(frozen=True, slots=True)
class Package:
    """一件事 as a file says it."""

    id: str
    name: str
    name_en: str
    items: tuple[str, ...]
    guide: str
    row: Row


@dataclass(slots=True)
class Catalogue:
    """What can be taken in of a file, and everything that cannot."""

    groups: dict[str, Group] = field(default_factory=dict)
    items: list[Incoming] = field(default_factory=list)
    bundles: list[Package] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    refused: int = 0


def assemble(tables: Tables, sections: Mapping[str, str] | None = None) -> Catalogue:
    """Groups first, then items with their parts, then bundles. `sections`: what people call them → their ids."""
    made = Catalogue(problems=list(tables.problems))
    for row in tables.of("groups"):
        _group(row, made)
    parts = _parts_by_item(tables)
    seen: dict[str, Row] = {}
    for row in tables.of("items"):
        faults: list[Problem] = []
        item = _item(row, parts, made, faults, sections or {})
        if item is not None and item.id in seen:
            other = seen[item.id].at()
            faults.append(row.problem("id", f"编号 {item.id} 与{other}重复", "每个事项一个编号", "the id is used twice", "one id an item"))  # fmt: skip
        if item is None or faults:
            made.problems += faults
            made.refused += 1
            continue
        seen[item.id] = row
        made.items.append(item)
    _orphans(parts, {_id(row) for row in tables.of("items")}, made)
    for row in tables.of("bundles"):
        _bundle(row, made)
    return made


def identified(*words: str) -> str:
    """An id for what has none: the same words give the same id, so that a second import finds the first."""
    return hashlib.sha256("\x1f".join(words).encode()).hexdigest()[:12]


def _parts_by_item(tables: Tables) -> dict[str, dict[str, list[Row]]]:
    found: dict[str, dict[str, list[Row]]] = defaultdict(lambda: {part: [] for part in _PARTS})
    for part in _PARTS:
        for row in tables.of(part):
            found[str(row.cells.get("item", ""))][part].append(row)
    return found


def _orphans(parts: Mapping[str, Mapping[str, list[Row]]], known: set[str], made: Catalogue) -> None:
    for item, rows in parts.items():
        if item not in known:
            made.problems += [
                row.problem(
                    "item",
                    f"“事项”表里没有 {item or '（空）'}",
                    "“事项”表里的编号",
                    f"no item {item}",
                    "an id of the items' table",
                )
                for part in _PARTS
                for row in rows[part]
            ]


def _group(row: Row, made: Catalogue) -> None:
    cells = {key: str(value).strip() for key, value in row.cells.items()}
    if not cells.get("id") or not cells.get("name"):
        made.problems.append(
            row.problem("id", "目录缺编号或名称", "都填上", "a group needs an id and a name", "give both")
        )
        return
    one = Group(cells["id"], cells.get("parent", ""), cells["name"], cells.get("name_en", ""), cells.get("code", ""))
    if one.parent and one.parent not in made.groups:
        made.problems.append(
            row.problem(
                "parent",
                f"没有上级 {one.parent}",
                "写在它前面的目录编号",
                f"no group {one.parent}",
                "a group above this line",
            )
        )
        return
    made.groups[one.id] = one


def _id(row: Row) -> str:
    """As given; else the code, else made of department, path and name."""
    given = str(row.cells.get("id") or row.cells.get("code") or "").strip()
    words = (str(row.cells.get(key, "")) for key in ("department", "path", "name"))
    return given or f"i-{identified(*words)}"


def _item(
    row: Row,
    parts: Mapping[str, Mapping[str, list[Row]]],
    made: Catalogue,
    faults: list[Problem],
    sections: Mapping[str, str],
) -> Incoming | None:
    cells = values(row, "items", faults)
    _by_name(row, cells, sections, faults)
    key, code = _id(row), str(cells.get("code", ""))
    if is_national(code) and (wrong := national_fault(code)):
        faults.append(row.problem("code", f"事项编码 {code} 有误", wrong[0], f"the code {code} is wrong", wrong[1]))
    parent = _parent(row, cells, made, faults)
    places: dict[tuple[int | str, ...], Row] = {(): row}
    body = row.cells["item"] if "item" in row.cells else _body(cells, parts.get(key, {}), places, faults)
    try:
        version = ItemVersion.model_validate(body)
    except ValidationError as error:
        told = {one.where for one in faults}
        explained = [_explained(one, places) for one in error.errors()]
        faults += [one for one in explained if one.where not in told]
        return None
    if not version.situations or not _is_key(key):
        faults.append(row.problem("id", f"“{key}”不能作编号", "英文字母、数字、. _ -，最多 64 个", f'"{key}" is no id', "letters, digits, . _ -, 64 at most"))  # fmt: skip
    return Incoming(key, parent, code, version, row, str(cells.get("initials", "")), places)


def _is_key(text: str) -> bool:
    return 0 < len(text) <= 64 and text[0].isalnum() and text.isascii() and all(c.isalnum() or c in "._-" for c in text)


def _by_name(row: Row, cells: dict[str, Any], sections: Mapping[str, str], faults: list[Problem]) -> None:
    """A department writes the section as the hall calls it."""
    named = str(cells.get("section", ""))
    if named in sections:
        cells["section"] = sections[named]
    elif named and sections and not _is_key(named):
        zh, en = did_you_mean(named, sections)
        faults.append(row.problem("section", f"大厅没有板块“{named}”", zh, f'the hall has no section "{named}"', en))


def _parent(row: Row, cells: Mapping[str, Any], made: Catalogue, faults: list[Problem]) -> str:
    """The group an item stands in: named by id, or made of its path."""
    parent = str(cells.get("parent", ""))
    path = [str(part) for part in cells.get("path", [])]
    if parent and parent not in made.groups:
        faults.append(row.problem("parent", f"“目录”表里没有 {parent}", "“目录”表里的编号，或改填目录路径", f"no group {parent}", "an id of the groups' table, or give a path"))  # fmt: skip
        return ""
    for depth, name in enumerate(path, 1):
        key = f"g-{identified(*path[:depth])}"
        made.groups.setdefault(key, Group(key, parent, name))
        parent = key
    if (depth := _depth(parent, made.groups)) >= MOST_LEVELS:
        faults.append(row.problem("path", f"在第 {depth + 1} 级", f"目录最多 {MOST_LEVELS} 级（含事项）", f"is on level {depth + 1}", f"{MOST_LEVELS} levels at most"))  # fmt: skip
    return parent


def _depth(group: str, groups: Mapping[str, Group]) -> int:
    depth = 0
    while group and depth <= MOST_LEVELS:
        group, depth = groups[group].parent, depth + 1
    return depth


def _body(
    cells: Mapping[str, Any],
    parts: Mapping[str, list[Row]],
    places: dict[tuple[int | str, ...], Row],
    faults: list[Problem],
) -> dict[str, Any]:
    """The item's rows as ItemVersion's JSON; `places` learns which row each part stands in."""
    body = {
        key: value
        for key, value in cells.items()
        if key not in ("id", "parent", "path", "code", "initials", "fee", "fee_basis")
    }
    body["fee"] = {"yuan": cells.get("fee", 0), "basis": cells.get("fee_basis", "")}
    for part, prefix, child, child_key, letter in (
        ("materials", "m", "checkpoints", "material", "p"),
        ("questions", "q", "options", "question", "o"),
        ("situations", "s", "", "", ""),
    ):
        body[part] = []
        for row in parts.get(part, []):
            at = (part, len(body[part]))
            places[at] = row
            one = _part(row, part, f"{prefix}{at[1] + 1}", faults)
            if child:
                one[child] = _children(
                    row, one["id"], parts.get(child, []), (child, child_key, letter), at, places, faults
                )
            body[part].append(one)
    body["situations"] = body["situations"] or [_ONLY]
    body.setdefault("start", (body["questions"] or body["situations"])[0]["id"])
    if not body["materials"]:
        body.pop("always", None)
    return body


def _part(row: Row, table: str, default: str, faults: list[Problem]) -> dict[str, Any]:
    one = {
        key: value for key, value in values(row, table, faults).items() if key not in ("item", "material", "question")
    }
    return {"id": default, **one}


def _children(
    parent: Row,
    key: str,
    rows: list[Row],
    names: tuple[str, str, str],
    at: tuple[int | str, ...],
    places: dict[tuple[int | str, ...], Row],
    faults: list[Problem],
) -> list[dict[str, Any]]:
    table, column, letter = names
    found: list[dict[str, Any]] = []
    for row in rows:
        if str(row.cells.get(column, "")) == key:
            places[(*at, table, len(found))] = row
            found.append(_part(row, table, f"{letter}{len(found) + 1}", faults))
    return found


def _explained(error: Any, places: Mapping[tuple[int | str, ...], Row]) -> Problem:
    """pydantic's error at the row it stands in."""
    loc = tuple(error["loc"])
    known = max((place for place in places if loc[: len(place)] == place), key=len)
    row, rest = places[known], loc[len(known) :]
    named = {("fee", "yuan"): "fee", ("fee", "basis"): "fee_basis"}.get(rest, ".".join(str(part) for part in rest))
    told = explain(error, ItemVersion, row.file, row.at(str(named)))
    fields = {name: getattr(told, name).replace("hall-file.md", "catalogue.md") for name in ("right", "right_en")}
    return dataclasses.replace(told, **fields)


def _bundle(row: Row, made: Catalogue) -> None:
    faults: list[Problem] = []
    cells = values(row, "bundles", faults)
    key, name, items = str(cells.get("id", "")), str(cells.get("name", "")), cells.get("items", [])
    if not _is_key(key) or not name or len(items) < 2:
        faults.append(row.problem("items", "一件事缺编号、名称，或少于两个事项", "编号、名称和两个以上的事项编号", "a bundle lacks its id, name or two items", "an id, a name and two items or more"))  # fmt: skip
    if faults:
        made.problems += faults
        made.refused += 1
        return
    made.bundles.append(
        Package(key, name, str(cells.get("name_en", "")), tuple(items), str(cells.get("guide", "")), row)
    )
