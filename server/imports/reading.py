"""A file of our own layout as rows: XLSX by its sheets, CSV by the file and its brothers, JSON by its lists."""

from __future__ import annotations

import csv
import io
import json
import tempfile
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from config.problems import Problem, did_you_mean, line
from config.tables import read_text
from server.imports.rows import Row, Tables, Unreadable
from server.imports.sheets import BY_KEY, SHEETS, Sheet, sheet_named

MOST_BYTES = 64 * 1024 * 1024
MOST_UNPACKED = 512 * 1024 * 1024
MOST_ROWS = 200_000
FORMAT = "yichuang-catalogue/1"
KINDS = (".xlsx", ".csv", ".json")
PACKED = ".zip"
"""The CSV files of one export as one file to send."""


def read(path: Path) -> Tables:
    """The rows of a file in the layout of docs/catalogue.md. Raises Unreadable."""
    check(path)
    if path.suffix.lower() == ".xlsx":
        return _xlsx(path)
    if path.suffix.lower() == PACKED:
        return _packed(path)
    return _csv(path) if path.suffix.lower() == ".csv" else _json(path)


def check(path: Path) -> None:
    """Is there a file of a kind and size that can be read? Raises Unreadable."""
    if path.suffix.lower() not in (*KINDS, PACKED):
        raise Unreadable(
            Problem(
                path.name,
                "文件 (file)",
                f"不认识 {path.suffix or '没有扩展名'} 文件",
                "另存为 .xlsx、.csv（UTF-8）、几个 .csv 的 .zip 或 .json",
                "not a kind of file that can be read",
                "save it as .xlsx, .csv (UTF-8), a .zip of .csv or .json",
            )
        )
    try:
        size = path.stat().st_size
    except OSError as error:
        raise Unreadable(
            Problem(
                path.name,
                "文件 (file)",
                f"读不了 {path}：{'没有这个文件' if isinstance(error, FileNotFoundError) else error.strerror}",
                "一个本程序有权读取的文件",
                f"{path} cannot be read: {error.strerror}",
                "a file this program may read",
            )
        ) from None
    if size > MOST_BYTES:
        raise Unreadable(
            Problem(
                path.name,
                "文件 (file)",
                f"有 {size >> 20} MB",
                f"不超过 {MOST_BYTES >> 20} MB，请分成几个文件",
                f"has {size >> 20} MB",
                f"{MOST_BYTES >> 20} MB at most; split it",
            )
        )


def text_of(path: Path) -> str:
    """The file as UTF-8 text. Raises Unreadable."""
    problems: list[Problem] = []
    text = read_text(path, problems)
    if text is None:
        raise Unreadable(problems[0])
    return text


def grids(path: Path) -> dict[str, list[list[Any]]]:
    """Every sheet of a workbook as lists of cells, by title. Raises Unreadable."""
    import openpyxl  # only here: the server itself never reads a workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with zipfile.ZipFile(path) as archive:  # a few kilobytes can hold gigabytes of nothing
            if sum(part.file_size for part in archive.infolist()) > MOST_UNPACKED:
                raise ValueError("too much inside")
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        found = {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book.worksheets}
        book.close()
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise Unreadable(
            Problem(
                path.name,
                "文件 (file)",
                f"不是能打开的 Excel 工作簿（{error}）",
                "在 Excel 里另存为“Excel 工作簿 (.xlsx)”",
                f"is not a workbook that opens ({error})",
                'save it in Excel as "Excel Workbook (.xlsx)"',
            )
        ) from None
    return found


def csv_grid(path: Path) -> list[list[Any]]:
    return [list(row) for row in csv.reader(io.StringIO(text_of(path), newline=""))]


def json_of(path: Path) -> Any:
    """Raises Unreadable."""
    try:
        return json.loads(text_of(path))
    except (json.JSONDecodeError, RecursionError) as error:
        place = line(error.lineno) if isinstance(error, json.JSONDecodeError) else "文件 (file)"
        raise Unreadable(
            Problem(path.name, place, f"不是 JSON（{error}）", "合法的 JSON", f"is not JSON ({error})", "valid JSON")
        ) from None


def plain(cell: Any) -> Any:
    """A cell as text: Excel's 3.0 is 3, blanks at the ends are none, the ' before a formula's sign is taken off."""
    if isinstance(cell, bool) or cell is None:
        return {True: "是", False: "否", None: ""}[cell]
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    text = str(cell).strip()
    return text[1:] if text[:1] == "'" and text[1:2] in "=+-@" and len(text) > 1 else text


def titled(grid: Sequence[Sequence[Any]], file: str) -> list[tuple[int, dict[str, str]]]:
    """The rows below the first, by the titles in it: (line, filled cells). Raises Unreadable past MOST_ROWS."""
    titles = [plain(cell) for cell in grid[0]] if grid else []
    if len(grid) > MOST_ROWS:
        raise Unreadable(
            Problem(file, line(MOST_ROWS), "行数太多", "分成几个文件", "too many rows", "split it into several files")
        )
    rows = []
    for number, cells in enumerate(grid[1:], 2):
        named = {title: plain(cell) for title, cell in zip(titles, cells, strict=False) if title}
        filled = {title: text for title, text in named.items() if text}
        if filled:
            rows.append((number, filled))
    return rows


def _xlsx(path: Path) -> Tables:
    tables = Tables()
    books = grids(path)
    known = {title: sheet for title in books if (sheet := sheet_named(title)) is not None}
    if not any(sheet.key in ("items", "bundles") for sheet in known.values()):
        raise Unreadable(
            Problem(
                path.name,
                "工作表 (sheets)",
                "没有“事项”工作表",
                "一个名为“事项”的工作表，第一行是列名；别的格式请用 --mapping",
                'no sheet is called "事项" (items)',
                'a sheet "事项" with titles in its first row; use --mapping for another layout',
            )
        )
    for title, sheet in known.items():
        _rows(sheet, books[title], f"{path.name}[{title}]", tables)
    return tables


def _csv(path: Path) -> Tables:
    """The file holds the items; `NAME.materials.csv` and so on beside it the rest, where there is any."""
    tables = Tables()
    for sheet in SHEETS:
        file = path if sheet.key == "items" else path.with_suffix(f".{sheet.key}.csv")
        if sheet.key == "items" or file.exists():
            check(file)
            _rows(sheet, csv_grid(file), file.name, tables)
    return tables


def _packed(path: Path) -> Tables:
    """A ZIP as an export makes it. Folders in it count for nothing: no name leads out of the place it is unpacked to."""
    try:
        with zipfile.ZipFile(path) as archive, tempfile.TemporaryDirectory(prefix="yichuang-unpacked-") as folder:
            parts = [one for one in archive.infolist() if one.filename.lower().endswith(".csv")]
            if not parts:
                raise ValueError("no .csv in it")
            if sum(one.file_size for one in parts) > MOST_UNPACKED:
                raise ValueError("too much inside")
            for one in parts:
                (Path(folder) / Path(one.filename).name).write_bytes(archive.read(one))
            return _csv(min(Path(folder).iterdir(), key=lambda file: len(file.name)))
    except (zipfile.BadZipFile, ValueError, OSError, RuntimeError) as error:
        raise Unreadable(
            Problem(
                path.name,
                "文件 (file)",
                f"不是能打开的压缩包（{error}）",
                "导出的 CSV 压缩包，或几个 .csv 不加密打成的 .zip",
                f"is no ZIP that can be opened ({error})",
                "an exported ZIP of CSV files, or a .zip of .csv without a password",
            )
        ) from None


def _rows(sheet: Sheet, grid: Sequence[Sequence[Any]], file: str, tables: Tables) -> None:
    names = {plain(cell): sheet.column(plain(cell)) for cell in (grid[0] if grid else []) if plain(cell)}
    for title, column in names.items():
        if column is None:
            zh, en = did_you_mean(title, [one.title for one in sheet.columns])
            tables.problems.append(
                Problem(file, line(1, title), f"没有“{title}”这一列", zh, f'there is no column "{title}"', en)
            )
    for number, filled in titled(grid, file):
        cells = {column.key: text for title, text in filled.items() if (column := names[title]) is not None}
        titles = {column.key: title for title, column in names.items() if column is not None}
        if cells:
            tables.rows[sheet.key].append(Row(file, number, cells, titles))


def _json(path: Path) -> Tables:
    body = json_of(path)
    if not isinstance(body, dict) or body.get("format") != FORMAT:
        raise Unreadable(
            Problem(
                path.name,
                "format",
                "不是本系统导出的事项文件",
                f'"format": "{FORMAT}"；别的格式请用 --mapping',
                "is not a catalogue file of this system",
                f'"format": "{FORMAT}"; use --mapping for another layout',
            )
        )
    tables = Tables()
    for key in body.keys() - {"format", "groups", "items", "bundles"}:
        zh, en = did_you_mean(key, ["groups", "items", "bundles"])
        tables.problems.append(Problem(path.name, key, f"没有“{key}”这个键", zh, f'there is no key "{key}"', en))
    for key in ("groups", "items", "bundles"):
        tables.rows[key] = list(_entries(body.get(key, []), key, path.name, tables))
    return tables


def _entries(entries: object, key: str, file: str, tables: Tables) -> Iterable[Row]:
    """A JSON list's entries; their "line" is their place in the list."""
    known = {one.key for one in BY_KEY[key].columns} | ({"item"} if key == "items" else set())
    for number, entry in enumerate(entries if isinstance(entries, list) else [entries], 1):
        row = Row(f"{file}[{key}]", number, entry if isinstance(entry, dict) else {})
        unknown = sorted(row.cells.keys() - known)
        if not row.cells or unknown:
            what = unknown[0] if unknown else "?"
            zh, en = did_you_mean(what, known)
            tables.problems.append(row.problem(what, f"没有“{what}”这个键", zh, f'there is no key "{what}"', en))
        else:
            yield row
