"""A cell as the value it stands for: 即办件 → instant_single's family, 个人、企业 → a list, 是 → true."""

from __future__ import annotations

import re
from typing import Any

from config.problems import Problem, did_you_mean
from server.imports.rows import Row
from server.imports.sheets import BY_KEY, Column

_YES = {"true", "yes", "y", "1", "是", "√", "可", "可容缺", "共享"}
_NO = {"false", "no", "n", "0", "否", "×", "不可", "/"}


def values(row: Row, table: str, problems: list[Problem]) -> dict[str, Any]:
    """The row's cells by key; what cannot be understood is left out and told in `problems`."""
    found: dict[str, Any] = {}
    for column in BY_KEY[table].columns:
        if column.key in row.cells:
            known = len(problems)
            value = _value(row, column, row.cells[column.key], problems)
            if len(problems) == known:
                found[column.key] = value
    return found


def _value(row: Row, column: Column, cell: Any, problems: list[Problem]) -> Any:
    if column.shape == "lines":
        return _lines(cell, r"[\n\r]+")
    if column.shape == "list":
        parts = _lines(cell, r"[\n\r;；]+" if column.key == "path" else r"[\n\r;；、,，]+")
        return [_word(row, column, part, problems) for part in parts] if column.words else parts
    if column.shape == "ids":
        return _lines(cell, r"[\s,，、;；]+")
    if column.shape == "yes":
        return _truth(row, column, cell, problems)
    if column.shape == "mark":
        return _mark(row, column, cell, problems)
    return _word(row, column, cell, problems) if column.words else cell


def _lines(cell: Any, between: str) -> list[str]:
    if isinstance(cell, list):
        return [str(one) for one in cell]
    return [part.strip() for part in re.split(between, str(cell)) if part.strip()]


def _word(row: Row, column: Column, cell: Any, problems: list[Problem]) -> str:
    words = column.words or {}
    text = str(cell).strip()
    if text in words:
        return words[text]
    if text.lower() in words.values():
        return text.lower()
    zh, en = did_you_mean(text, words)
    problems.append(row.problem(column.key, f"“{text}”不能用", zh, f'"{text}" is not possible', en))
    return ""


def _truth(row: Row, column: Column, cell: Any, problems: list[Problem]) -> bool:
    text = str(cell).strip().lower()
    if text not in _YES | _NO:
        problems.append(
            row.problem(column.key, f"“{cell}”不是是或否", "是 或 否", f'"{cell}" is no yes or no', "是 or 否")
        )
    return text in _YES


def _mark(row: Row, column: Column, cell: Any, problems: list[Problem]) -> dict[str, float] | None:
    parts = re.split(r"[\s,，]+", str(cell).strip())
    try:
        x, y, width, height = (float(part) for part in parts)
    except ValueError:
        problems.append(
            row.problem(
                column.key,
                f"“{cell}”不是标注框",
                "四个 0 到 1 的数：左 上 宽 高，如 0.1 0.2 0.3 0.05",
                f'"{cell}" is no mark',
                "four numbers from 0 to 1: left top width height, such as 0.1 0.2 0.3 0.05",
            )
        )
        return None
    return {"x": x, "y": y, "width": width, "height": height}
