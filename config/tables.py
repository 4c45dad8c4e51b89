"""Reading the hall's files as text, TOML and CSV. Faults become problems; nothing here raises on bad content."""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from config.problems import Problem, did_you_mean, line

_TOML_PLACE = re.compile(r"^(?P<what>.*?) ?\((?:at (?P<place>line \d+, column \d+)|at end of document)\)$")
_TOML_TABLE = re.compile(r"^\s*(\[\[?)\s*([^\[\]]+?)\s*\]")
_TOML_KEY = re.compile(r'^\s*([\w\-"][\w\-". ]*?)\s*=')
_SEPARATORS = re.compile(r"[\s,;|、，；]+")
_RANGE = re.compile(r"^(\d{1,3})-(\d{1,3})$")
_YES = {"true", "yes", "y", "1", "是", "有", "√"}
_NO = {"false", "no", "n", "0", "否", "无"}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a CSV file: filled cells by column name; `headers` gives each column's title as written."""

    line: int
    cells: dict[str, Any]
    headers: Mapping[str, str]

    def at(self, column: str) -> str:
        """The place of a column's cell."""
        return line(self.line, self.headers.get(column, column))

    def place(self, loc: tuple[int | str, ...]) -> str:
        """The place of a pydantic error."""
        return self.at(str(loc[0]) if loc else "")


def read_text(path: Path, problems: list[Problem]) -> str | None:
    """The file as UTF-8 (Excel's byte-order mark is dropped), or None with a problem."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        problems.append(
            Problem(
                path.name,
                "文件 (file)",
                "没有这个文件",
                f"在 {path.parent} 里放一个 {path.name}（可从 config/demo 复制）",
                "the file is missing",
                f"put a {path.name} into {path.parent} (copy it from config/demo)",
            )
        )
        return None
    except OSError as error:
        problems.append(
            Problem(
                path.name,
                "文件 (file)",
                f"读不了：{error.strerror}",
                "一个本程序有权读取的普通文件",
                f"cannot be read: {error.strerror}",
                "a plain file this program may read",
            )
        )
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        problems.append(_not_utf8(path.name, data, error.start))
        return None


def _not_utf8(file: str, data: bytes, at: int) -> Problem:
    guess, guess_en = "不是 UTF-8 编码", "is not UTF-8"
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        guess, guess_en = "是 UTF-16（Unicode 文本）编码", "is UTF-16 (Unicode text)"
    else:
        try:
            data.decode("gb18030")
            guess, guess_en = "是 GBK 编码（旧版 Excel 的“CSV”）", "is GBK (Excel's plain CSV)"
        except UnicodeDecodeError:
            pass
    return Problem(
        file,
        line(data.count(b"\n", 0, at) + 1),
        guess,
        "在 Excel 里另存为“CSV UTF-8（逗号分隔）”，或用记事本另存为 UTF-8",
        guess_en,
        'save it in Excel as "CSV UTF-8", or as UTF-8 in a text editor',
    )


def read_toml(path: Path, problems: list[Problem], lines: dict[str, dict[str, int]]) -> dict[str, Any] | None:
    """The file's tables, or None with a problem; `lines[file name]` gets the line of each key."""
    text = read_text(path, problems)
    if text is None:
        return None
    lines[path.name] = _key_lines(text)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        match = _TOML_PLACE.match(str(error))
        what = match["what"] if match else str(error)
        place = (match["place"] if match else None) or "end of document"
        number = re.search(r"line (\d+)", place)
        problems.append(
            Problem(
                path.name,
                line(int(number[1])) if number else "文件末尾 (end)",
                f"TOML 语法错误（{what}）",
                "键 = 值，文字用英文双引号，列表用 [ ]，同一个键只写一次",
                f"TOML syntax error ({what})",
                'key = value, text in "straight quotes", lists in [ ], each key once',
            )
        )
        return None


def _key_lines(text: str) -> dict[str, int]:
    """`sms.taken.text` → its line, `sections[2].letter` → its line; tables of a list count from 1."""
    found: dict[str, int] = {}
    counts: dict[str, int] = {}
    table = ""
    for number, content in enumerate(text.split("\n"), 1):
        if header := _TOML_TABLE.match(content):
            table = header[2].replace('"', "").replace(" ", "")
            if header[1] == "[[":
                counts[table] = counts.get(table, 0) + 1
                found.setdefault(table, number)
                table = f"{table}[{counts[table]}]"
            found.setdefault(table, number)
        elif key := _TOML_KEY.match(content):
            name = key[1].replace('"', "").replace(" ", "")
            found.setdefault(f"{table}.{name}" if table else name, number)
    return found


def read_csv(
    path: Path, columns: Mapping[str, Sequence[str]], required: Sequence[str], problems: list[Problem]
) -> list[Row] | None:
    """Rows of a CSV file whose first line names the columns; `columns` gives each name's accepted titles.

    None when the file cannot be used at all; single faults are reported and the rest is read on.
    """
    text = read_text(path, problems)
    if text is None:
        return None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        titles = [title.strip() for title in next(reader, [])]
        headers = _headers(path.name, titles, columns, required, problems)
        return None if headers is None else _rows(path.name, reader, headers, problems)
    except csv.Error as error:
        problems.append(
            Problem(
                path.name,
                line(reader.line_num),
                f"CSV 格式错误（{error}）",
                "含逗号或引号的格子用英文双引号括起来，且引号成对",
                f"CSV syntax error ({error})",
                "put cells with commas or quotes in straight double quotes, in pairs",
            )
        )
        return None


def _headers(
    file: str, titles: list[str], columns: Mapping[str, Sequence[str]], required: Sequence[str], problems: list[Problem]
) -> list[tuple[str, str]] | None:
    """(column, title) for each position; column "" for a title nobody knows. None if there is no header to go by."""
    names = {title.lower(): column for column, others in columns.items() for title in (column, *others)}
    found = [(names.get(title.lower(), ""), title) for title in titles]
    known = {column for column, _ in found if column}
    if not known:
        shown = ",".join(required)
        problems.append(
            Problem(
                file,
                line(1),
                "第一行不是列名（或不是用英文逗号分隔）",
                f"第一行写列名，用英文逗号分隔，如 {shown}",
                "the first line does not name the columns (or they are not separated by commas)",
                f"name the columns in the first line, separated by commas: {shown}",
            )
        )
        return None
    _check_titles(file, found, names, problems)
    for column in required:
        if column not in known:
            wrong, right = f"缺少“{column}”列", f"第一行加上 {column}，每行填上它的值"
            wrong_en, right_en = f'column "{column}" is missing', f"add {column} to the first line, and its values"
            problems.append(Problem(file, line(1), wrong, right, wrong_en, right_en))
    return found


def _check_titles(file: str, found: list[tuple[str, str]], names: Mapping[str, str], problems: list[Problem]) -> None:
    seen: set[str] = set()
    for column, title in found:
        if not column and title:
            zh, en = did_you_mean(title, names)
            wrong = (f"没有“{title}”这一列", zh, f'there is no column "{title}"', en)
        elif column and column in seen:
            wrong = (f"“{title}”列出现两次", "每列只出现一次", f'column "{title}" appears twice', "each column once")
        else:
            seen.add(column)
            continue
        problems.append(Problem(file, line(1, title), *wrong))


def _rows(file: str, reader: Any, headers: list[tuple[str, str]], problems: list[Problem]) -> list[Row]:
    rows: list[Row] = []
    titles = {column: title for column, title in headers if column}
    start = reader.line_num + 1
    for values in reader:
        values = [value.strip() for value in values]
        if any(values):
            if any(values[len(headers) :]):
                problems.append(
                    Problem(
                        file,
                        line(start),
                        f"有 {len(values)} 格，列名只有 {len(headers)} 个",
                        "每格对应一个列名；格子里有逗号时用英文双引号括起来",
                        f"{len(values)} cells for {len(headers)} columns",
                        "one cell a column; put a cell that holds a comma in straight double quotes",
                    )
                )
            cells = {column: value for (column, _), value in zip(headers, values, strict=False) if column and value}
            rows.append(Row(start, cells, titles))
        start = reader.line_num + 1
    return rows


def words(cell: str) -> list[str]:
    """The entries of a list cell: separated by spaces, semicolons, 、 or commas."""
    return [word for word in _SEPARATORS.split(cell) if word]


def numbers(cell: str) -> list[str]:
    """As `words`, with ranges spelled out: `1-3 7` → 1, 2, 3, 7. What is no number stays for the model to refuse."""
    found: list[str] = []
    for word in words(cell):
        match = _RANGE.match(word)
        if match and int(match[1]) <= int(match[2]):
            found.extend(str(number) for number in range(int(match[1]), int(match[2]) + 1))
        else:
            found.append(word)
    return found


def yes_or_no(cell: str) -> bool | str:
    """是/否, yes/no, true/false, 1/0; anything else stays for the model to refuse."""
    lowered = cell.lower()
    return True if lowered in _YES else False if lowered in _NO else cell
