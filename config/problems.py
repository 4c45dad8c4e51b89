"""What is wrong with a hall file, in words an IT person can act on: Chinese first, English second."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: the file, the line or key, what is wrong, and what would be right."""

    file: str
    where: str
    wrong: str
    right: str
    wrong_en: str = ""
    right_en: str = ""

    @property
    def zh(self) -> str:
        return f"{self.file} {self.where}：{self.wrong}。应当：{self.right}"

    @property
    def en(self) -> str:
        return f"{self.file} {self.where}: {self.wrong_en or self.wrong}. Right: {self.right_en or self.right}"

    def __str__(self) -> str:
        return f"{self.zh}\n    {self.en}"


class HallFileError(Exception):
    """The hall file cannot be used; `problems` holds everything found, in file order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))

    @property
    def message_zh(self) -> str:
        return f"大厅文件有 {len(self.problems)} 处问题，未载入。" + "；".join(p.zh for p in self.problems)

    @property
    def message_en(self) -> str:
        return f"The hall file has {len(self.problems)} problem(s) and was not loaded. " + "; ".join(
            p.en for p in self.problems
        )


def line(number: int, column: str = "") -> str:
    """The place in a CSV file, readable in both languages; the first line is 1."""
    return f"第{number}行 (line {number})" + (f" {column}" if column else "")


def closest(word: object, known: Iterable[object]) -> str | None:
    """The known word nearest to a mistyped one, if any is near."""
    found = difflib.get_close_matches(str(word).lower(), [str(k) for k in known], n=1, cutoff=0.6)
    return found[0] if found else None


def did_you_mean(word: object, known: Iterable[object], limit: int = 12, near: bool = True) -> tuple[str, str]:
    """(Chinese, English) advice for an unknown word: the nearest known one if `near`, or else the list of them."""
    names = [str(k) for k in known]
    meant = closest(word, names) if near else None
    if meant:
        return f"是不是“{meant}”？", f'did you mean "{meant}"?'
    listed = "、".join(names[:limit]) + ("……" if len(names) > limit else "")
    listed_en = ", ".join(names[:limit]) + ("…" if len(names) > limit else "")
    return (f"可用的有：{listed}", f"one of: {listed_en}") if names else ("先定义它", "define it first")
