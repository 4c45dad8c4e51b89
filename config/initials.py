"""Pinyin initials of item names (不动产 → bdc), so that citizens can search with a few letters.

`python -m config.initials DIR` fills the empty cells of the initials column of DIR/items.csv.
pypinyin takes 50 MB and is therefore only ever loaded in a process of its own, never in the server.
"""

from __future__ import annotations

import argparse
import contextlib
import csv
import io
import json
import os
import posix
import signal
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from config.problems import Problem
from config.tables import read_text

_ROOT = Path(__file__).resolve().parent.parent
_TIMEOUT_SECONDS = 60


class InitialsError(Exception):
    """The initials could not be worked out; the text says why."""


def initials_of(name: str) -> str:
    """Small letters and digits: the first letter of each syllable; Latin letters and digits stay, signs are dropped."""
    from pypinyin import Style, lazy_pinyin

    letters = "".join(lazy_pinyin(name, style=Style.FIRST_LETTER))
    return "".join(letter.lower() for letter in letters if letter.isascii() and letter.isalnum())


def initials_elsewhere(names: Sequence[str]) -> list[str]:
    """`initials_of` for each name, worked out in another process, so that this one stays small. InitialsError."""
    return list(_elsewhere(tuple(names)))


@cache
def _elsewhere(names: tuple[str, ...]) -> tuple[str, ...]:
    with TemporaryDirectory(prefix="yichuang-initials-") as folder:
        asked, found, said = (Path(folder) / name for name in ("asked", "found", "said"))
        asked.write_text(json.dumps(names), encoding="utf-8")
        try:
            _run(asked, found, said)
            return tuple(str(initials) for initials in json.loads(found.read_bytes()))
        except (OSError, ValueError) as error:
            words = said.read_text(encoding="utf-8", errors="replace").strip() if said.exists() else ""
            raise InitialsError(words.rsplit("\n", 1)[-1] or str(error)) from error


def _run(asked: Path, found: Path, said: Path) -> None:
    """One `--names` process, waited for; blocks this thread for about half a second.

    By `posix` itself: gevent's patched `subprocess` and `os` refuse to start a process in a thread of gevent's pool.
    """
    environment = {**os.environ, "PYTHONPATH": str(_ROOT), "PYTHONIOENCODING": "utf-8"}
    write = os.O_WRONLY | os.O_CREAT
    pid = posix.posix_spawn(
        sys.executable,
        [sys.executable, "-m", "config.initials", "--names"],
        environment,
        file_actions=[
            (os.POSIX_SPAWN_OPEN, 0, str(asked), os.O_RDONLY, 0),
            (os.POSIX_SPAWN_OPEN, 1, str(found), write, 0o600),
            (os.POSIX_SPAWN_OPEN, 2, str(said), write, 0o600),
        ],
    )
    with contextlib.suppress(ChildProcessError):  # someone's SIGCHLD handler was faster; the output tells
        posix.waitpid(pid, 0)


def fill(folder: Path) -> int:
    """Write the missing initials into items.csv and say how many; ValueError with a sentence if it cannot be read.

    Everything else in the file stays as it is; the file is replaced in one step.
    """
    path = folder / "items.csv"
    problems: list[Problem] = []
    text = read_text(path, problems)
    if text is None:
        raise ValueError(str(problems[0]))
    rows = list(csv.reader(io.StringIO(text, newline="")))
    titles = [title.strip().lower() for title in rows[0]] if rows else []
    name_at = next((i for i, title in enumerate(titles) if title in ("name", "名称")), None)
    if name_at is None:
        raise ValueError(f"{path}: 第一行没有 name 列 / the first line has no column name")
    at = next((i for i, title in enumerate(titles) if title in ("initials", "首字母")), None)
    if at is None:
        at = len(rows[0])
        rows[0].append("initials")
    filled = 0
    for row in rows[1:]:
        name = row[name_at].strip() if name_at < len(row) else ""
        if name and not (at < len(row) and row[at].strip()):
            row.extend([""] * (at + 1 - len(row)))
            row[at] = initials_of(name)
            filled += 1
    if filled:
        _replace(path, rows)
    return filled


def _replace(path: Path, rows: list[list[str]]) -> None:
    """Excel shows Chinese in a UTF-8 file only with a byte-order mark: keep one where there was one."""
    marked = path.read_bytes().startswith(b"\xef\xbb\xbf")
    fresh = path.with_suffix(".csv.new")
    with fresh.open("w", encoding="utf-8-sig" if marked else "utf-8", newline="") as file:
        csv.writer(file, lineterminator="\r\n" if marked else "\n").writerows(rows)
    fresh.replace(path)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m config.initials",
        description="填写 items.csv 的拼音首字母列 / fill the pinyin initials of items.csv",
    )
    parser.add_argument("folder", nargs="?", type=Path, help="大厅文件夹 / the hall's folder")
    parser.add_argument(
        "--names", action="store_true", help="names as a JSON list on standard input, initials on output"
    )
    given = parser.parse_args(arguments)
    if given.names:
        signal.alarm(_TIMEOUT_SECONDS)  # whoever waits for this process need not watch the clock
        print(json.dumps([initials_of(name) for name in json.load(sys.stdin.buffer)]))
        return 0
    if given.folder is None:
        parser.error("请给出大厅文件夹 / give the hall's folder")
    try:
        count = fill(given.folder)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"已填写 {count} 个事项的拼音首字母 / filled the initials of {count} item(s)")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
