"""The table of docs/settings.md, made from `Settings`: `python -m config.settings_table` brings it up to date.

The Chinese column is written by hand in the document and kept; a new setting gets 「待写」 until somebody writes it.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from pydantic import AliasChoices, SecretStr
from pydantic.fields import FieldInfo

from config.settings import Settings

DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "settings.md"
TO_WRITE = "待写"
_HEAD = "| 环境变量 Variable | 默认 Default | 含义 | Meaning |\n| --- | --- | --- | --- |\n"
_TABLE = re.compile(re.escape(_HEAD) + r"(?:\|.*\|\n)*")


def names_of(field: str, info: FieldInfo) -> list[str]:
    """The environment variables a setting is read from, the one that wins first."""
    alias = info.validation_alias
    if isinstance(alias, AliasChoices):
        return [str(choice) for choice in alias.choices]
    return [alias] if isinstance(alias, str) else [f"YICHUANG_{field.upper()}"]


def default_of(info: FieldInfo) -> str:
    value = info.default
    if value is None or value == "" or isinstance(value, SecretStr):
        return "—"
    return f"`{value}`"


def table(chinese: dict[str, str]) -> str:
    """The whole table; `chinese` gives each variable's Chinese meaning."""
    rows = []
    for field, info in Settings.model_fields.items():
        names = names_of(field, info)
        shown = ", ".join(f"`{name}`" for name in names)
        rows.append(f"| {shown} | {default_of(info)} | {chinese.get(names[0], TO_WRITE)} | {info.description} |\n")
    return _HEAD + "".join(rows)


def chinese_in(document: str) -> dict[str, str]:
    """The Chinese meanings the document holds now, by the first variable of each row."""
    found = _TABLE.search(document)
    rows = found[0].splitlines()[2:] if found else []
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]
    return {row[0].split("`")[1]: row[2] for row in cells if len(row) == 4 and "`" in row[0]}


def current(document: str) -> str:
    """The document with its table brought up to date; ValueError if it has none."""
    if not _TABLE.search(document):
        raise ValueError(f"{DOCUMENT} 里没有设置表 / holds no table of settings")
    fresh = table(chinese_in(document))
    return _TABLE.sub(lambda _: fresh, document, count=1)


def main() -> int:
    DOCUMENT.write_text(current(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")
    missing = [name for name, words in chinese_in(DOCUMENT.read_text(encoding="utf-8")).items() if words == TO_WRITE]
    if missing:
        sys.stderr.write(f"{DOCUMENT}：请写上中文含义 / write the Chinese meaning of: {', '.join(missing)}\n")
    return 1 if missing else 0


if __name__ == "__main__":
    raise SystemExit(main())
