"""Another system's file as rows of ours, by a mapping (TOML): which of its fields each of our columns comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from config.problems import Problem, did_you_mean
from config.sentences import explain
from config.tables import read_toml
from server.imports.reading import check, csv_grid, grids, json_of, plain, titled
from server.imports.rows import Row, Tables, Unreadable
from server.imports.sheets import BY_KEY

TableName = Literal["groups", "items", "materials", "checkpoints", "questions", "options", "situations", "bundles"]


class Piece(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Source(Piece):
    """Where a column's value comes from: fields of the row (`from`), or the same `value` for every row.

    `match`: a pattern whose first group is taken; `map`: their word → ours (`other` for the rest); `drop`: words that
    mean nothing; `prefix` goes before what was found; `default` stands in when nothing was.
    """

    fields: Annotated[list[str], Field(alias="from")] = []
    value: str | int | float | list[str] | None = None
    match: str = ""
    map: dict[str, str] = {}
    other: str = ""
    drop: list[str] = []
    prefix: str = ""
    default: str = ""

    @field_validator("fields", mode="before")
    @classmethod
    def _one_or_more(cls, given: Any) -> Any:
        return [given] if isinstance(given, str) else given

    @field_validator("match")
    @classmethod
    def _has_a_group(cls, given: str) -> str:
        try:
            groups = re.compile(given).groups
        except re.error as error:
            raise ValueError(f"不是正则表达式 no pattern: {error}") from None
        if given and groups != 1:
            raise ValueError("应有一个括号组 needs exactly one (group)")
        return given


class TableMapping(Piece):
    """`rows`: the lists to go down in a JSON file, outermost first ("" = the file itself is the list); the fields of
    an outer level are seen by every row below. `sheet`: of a workbook, "" = the first."""

    rows: list[str] = [""]
    sheet: str = ""
    columns: dict[str, Source]

    @field_validator("columns", mode="before")
    @classmethod
    def _short_form(cls, given: Any) -> Any:
        """`name = "事项名称"` is short for `name = { from = "事项名称" }`."""
        if not isinstance(given, dict):
            return given
        return {key: {"from": one} if isinstance(one, str) else one for key, one in given.items()}


class FileMapping(Piece):
    """A mapping file: one table of ours or several."""

    about: str = ""
    tables: dict[TableName, TableMapping]


def read_mapping(path: Path) -> FileMapping:
    """Raises Unreadable with the first fault."""
    problems: list[Problem] = []
    body = read_toml(path, problems, {})
    if body is None:
        raise Unreadable(problems[0])
    try:
        mapping = FileMapping.model_validate(body)
    except ValidationError as error:
        one = error.errors()[0]
        raise Unreadable(explain(one, FileMapping, path.name, ".".join(str(part) for part in one["loc"]))) from None
    for name, table in mapping.tables.items():
        known = [column.key for column in BY_KEY[name].columns]
        for key in table.columns:
            if key not in known:
                zh, en = did_you_mean(key, known)
                place = f"tables.{name}.columns"
                raise Unreadable(Problem(path.name, place, f"没有“{key}”这一列", zh, f'there is no column "{key}"', en))
    return mapping


def read_mapped(path: Path, mapping: FileMapping) -> Tables:
    """The file's rows in our columns. Raises Unreadable."""
    check(path)
    tables = Tables()
    for name, table in mapping.tables.items():
        for file, number, fields in _rows(path, table):
            cells = {key: found for key, source in table.columns.items() if (found := value(source, fields)) != ""}
            titles = {key: "、".join(source.fields) or key for key, source in table.columns.items()}
            tables.rows[name].append(Row(file, number, cells, titles))
        if not tables.rows[name]:
            tables.problems.append(
                Problem(
                    path.name,
                    f"rows = {table.rows}",
                    "没有找到一行",
                    "映射文件里 rows 或 sheet 指向有数据的地方",
                    "not one row was found",
                    "rows or sheet of the mapping should name where the data is",
                )
            )
    return tables


def value(source: Source, fields: Mapping[str, Any]) -> Any:
    """One column of one row; "" when there is nothing."""
    if source.value is not None:
        return source.value
    found = [text for name in source.fields if (text := _taken(source, plain(fields.get(name)))) != ""]
    if not found:
        return source.default
    return source.prefix + found[0] if len(source.fields) == 1 else found


def _taken(source: Source, text: str) -> str:
    if source.match:
        hit = re.search(source.match, text)
        text = (hit[1] or "") if hit else ""
    if text in source.drop:
        return ""
    return source.map.get(text, source.other or text) if source.map and text else text


def _rows(path: Path, table: TableMapping) -> Iterator[tuple[str, int, Mapping[str, Any]]]:
    kind = path.suffix.lower()
    if kind == ".json":
        for number, fields in enumerate(_down(json_of(path), table.rows, {}), 1):
            yield path.name, number, fields
        return
    if kind == ".csv":
        sheets, title = {"": csv_grid(path)}, ""
    else:
        sheets = grids(path)
        title = table.sheet or next(iter(sheets), "")
    file = f"{path.name}[{title}]" if title else path.name
    for number, fields in titled(sheets.get(title, []), file):
        yield file, number, fields


def _down(node: Any, keys: list[str], above: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The rows of lists within lists; each row sees the plain fields of the levels above it."""
    entries = node if not keys[0] else node.get(keys[0], []) if isinstance(node, dict) else []
    for entry in entries if isinstance(entries, list) else []:
        if not isinstance(entry, dict):
            continue
        seen = {**above, **{key: one for key, one in entry.items() if not isinstance(one, list | dict)}}
        if len(keys) > 1:
            yield from _down(entry, keys[1:], seen)
        else:
            yield seen
