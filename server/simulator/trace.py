"""The trace: who comes when, for what, for how long. Every bad line is a problem with its number."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo
from pathlib import Path

from config.problems import Problem, line
from config.tables import Row, read_csv
from server.domain.units import MINUTE, moment

COLUMNS: dict[str, tuple[str, ...]] = {
    "arrived_at": ("到达时间",),
    "section": ("板块",),
    "service_minutes": ("办理分钟",),
    "patience_minutes": ("耐心分钟",),
    "priority": ("优先",),
    "person": ("办事人",),
    "item": ("事项",),
    "credit_minutes": ("提前分钟",),
}
NEEDED = ("arrived_at", "section", "service_minutes")
LONGEST_MINUTES = 24 * 60
PRIORITIES = ("0", "1", "2")
CREDITED = "2"
SEED = 20261120


@dataclass(frozen=True, slots=True)
class Visit:
    """One row. Times in µs; `service` None = not known, to be drawn; `credit` µs earlier in line."""

    line: int
    day: date
    at: int
    section: str
    item: str | None = None
    service: int | None = None
    patience: int | None = None
    priority: int = 0
    credit: int = 0
    person: str | None = None


Checked = Callable[[str, str | None], Problem | None]


def read_trace(
    path: Path, zone: tzinfo, credit_minutes: float, check: Checked | None = None
) -> tuple[list[Visit], list[Problem]]:
    """The visits in order of arrival, and every fault found. `check(section, item)` asks the hall.

    Times without an offset are the hall's own; with one they are turned into it.
    """
    if not path.exists():
        return [], [_no_file(path)]
    problems: list[Problem] = []
    rows = read_csv(path, COLUMNS, NEEDED, problems)
    reader = _Reader(path.name, zone, credit_minutes, check, problems)
    visits = [visit for row in rows or () if (visit := reader.visit(row)) is not None]
    if rows is not None and not rows:
        problems.append(
            Problem(path.name, line(2), "没有数据行", "每行一位办事人", "there are no rows", "one row a citizen")
        )
    return sorted(visits, key=lambda v: (v.at, v.line)), problems


def _no_file(path: Path) -> Problem:
    right, right_en = f"检查文件名和位置：{path.absolute()}", f"check its name and place: {path.absolute()}"
    return Problem(path.name, "文件 (file)", "没有这个文件", right, "the file is missing", right_en)


class _Reader:
    def __init__(
        self, file: str, zone: tzinfo, credit_minutes: float, check: Checked | None, problems: list[Problem]
    ) -> None:
        self.file, self.zone, self.check, self.problems = file, zone, check, problems
        self.credit = credit_minutes
        self.known: dict[tuple[str, str | None], Problem | None] = {}

    def visit(self, row: Row) -> Visit | None:
        before = len(self.problems)
        when = self._when(row)
        section, item = self._subject(row)
        service = self._minutes(row, "service_minutes")
        patience = self._minutes(row, "patience_minutes")
        credit = self._minutes(row, "credit_minutes")
        priority = self._priority(row)
        if len(self.problems) > before or when is None or section is None:
            return None
        if credit is None:
            credit = round(self.credit * MINUTE) if priority == int(CREDITED) else 0
        person = row.cells.get("person")
        return Visit(row.line, when.date(), moment(when), section, item, service, patience, priority, credit, person)

    def _wrong(self, row: Row, column: str, words: tuple[str, str, str, str]) -> None:
        self.problems.append(Problem(self.file, row.at(column), *words))

    def _when(self, row: Row) -> datetime | None:
        text = str(row.cells.get("arrived_at", ""))
        form = ("日期T时间，如 2026-11-20T08:30:00", "date and time, such as 2026-11-20T08:30:00")
        try:
            found = datetime.fromisoformat(text) if len(text) > len("2026-11-20") else None
        except ValueError:
            found = None
        if found is None:
            wrong, wrong_en = ("没有填", "is empty") if not text else (f"“{text}”不是时间", f'"{text}" is no time')
            self._wrong(row, "arrived_at", (wrong, form[0], wrong_en, form[1]))
            return None
        return found.replace(tzinfo=self.zone) if found.tzinfo is None else found.astimezone(self.zone)

    def _subject(self, row: Row) -> tuple[str | None, str | None]:
        section, item = row.cells.get("section"), row.cells.get("item")
        if not section:
            self._wrong(row, "section", ("没有填", "填板块代号", "is empty", "give the section"))
            return None, None
        if self.check is not None:
            if (section, item) not in self.known:
                self.known[section, item] = self.check(section, item)
            found = self.known[section, item]
            if found is not None:
                self.problems.append(replace(found, file=self.file, where=row.at(found.where)))
        return section, item

    def _minutes(self, row: Row, column: str) -> int | None:
        text = row.cells.get(column)
        if text is None:
            return None
        try:
            minutes = float(text)
        except ValueError:
            minutes = math.nan
        if not 0 <= minutes <= LONGEST_MINUTES:
            wrong = (f"“{text}”不是 0 到 {LONGEST_MINUTES} 的分钟数", "分钟数，如 7.5，或留空")
            wrong_en = (f'"{text}" is not a number from 0 to {LONGEST_MINUTES}', "minutes, such as 7.5, or nothing")
            self._wrong(row, column, (*wrong, *wrong_en))
            return None
        return round(minutes * MINUTE)

    def _priority(self, row: Row) -> int:
        text = str(row.cells.get("priority", "0"))
        if text not in PRIORITIES:
            self._wrong(
                row,
                "priority",
                (f"“{text}”不能用", "0、1 或 2（2 = 绿色通道）", f'"{text}" is not possible', "0, 1 or 2 (2 = credit)"),
            )
            return 0
        return int(text)


def fill_in(visits: Sequence[Visit], fallback: Callable[[str, str | None], int | None]) -> list[Visit]:
    """Blank services drawn from the served ones of the same section, always the same ones.

    A section of which nothing was served: `fallback(section, item)` in seconds, else any section's served ones.
    """
    dice = random.Random(SEED)
    served = _served(visits)
    every = [v.service for v in visits if v.service is not None]
    filled = []
    for visit in visits:
        if visit.service is None:
            pool = served.get(visit.section)
            expected = None if pool else fallback(visit.section, visit.item)
            if expected is not None:
                pool = [expected * 1_000_000]
            visit = replace(visit, service=dice.choice(pool or every or [5 * MINUTE]))
        filled.append(visit)
    return filled


def _served(visits: Iterable[Visit]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for visit in visits:
        if visit.service is not None:
            found.setdefault(visit.section, []).append(visit.service)
    return found


def mean_seconds(visits: Iterable[Visit]) -> tuple[dict[str, int], int]:
    """(mean service of each section, of all) in whole seconds, at least 1."""
    served = _served(visits)
    every = [x for known in served.values() for x in known] or [5 * MINUTE]
    means = {section: max(1, sum(known) // len(known) // 1_000_000) for section, known in served.items()}
    return means, max(1, sum(every) // len(every) // 1_000_000)
