"""What every way in ends in: rows of cells with their places, and what is wrong with a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from config.problems import Problem, line
from server.imports.sheets import BY_KEY


@dataclass(frozen=True, slots=True)
class Row:
    """Filled cells by column key. `file` as the report names it; `titles`: each column as the file writes it."""

    file: str
    number: int
    cells: Mapping[str, Any]
    titles: Mapping[str, str] = field(default_factory=dict)

    def at(self, column: str = "") -> str:
        """The place of a cell, or of the row."""
        return line(self.number, self.titles.get(column, column))

    def problem(self, column: str, wrong: str, right: str, wrong_en: str, right_en: str) -> Problem:
        return Problem(self.file, self.at(column), wrong, right, wrong_en, right_en)


@dataclass(slots=True)
class Tables:
    """A file's rows by table, and every problem found on the way."""

    rows: dict[str, list[Row]] = field(default_factory=lambda: {key: [] for key in BY_KEY})
    problems: list[Problem] = field(default_factory=list)

    def of(self, table: str) -> Iterator[Row]:
        return iter(self.rows[table])


class Unreadable(Exception):
    """The file as a whole cannot be used; the problem says why and what would be right."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem
