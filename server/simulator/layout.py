"""Which windows there are on a day, what each serves and when it is open, and how long a service is expected to take."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from zoneinfo import ZoneInfo

from config.hall_file import HallFile
from config.problems import Problem, did_you_mean
from server.domain import hours
from server.domain.hall import HallRules
from server.domain.hours import Span
from server.domain.units import SECOND

Subject = tuple[str, str | None]
Able = Callable[[str, str | None], tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Layout:
    """One day's windows. `duty` gives a window's open stretches; a window left out is open all day.

    `learned` is what the hall knew at the day's start: (visits, seconds) of an item or a section.
    `issuing(now, able, seconds)` raises the hall's refusal where numbers are not issued any more.
    """

    windows: tuple[int, ...]
    able: Able
    file_seconds: Callable[[str, str | None], int]
    mean: Callable[[str], int]
    fairness: int
    duty: Mapping[int, Sequence[Span]] = field(default_factory=dict)
    learned: Mapping[Subject, tuple[int, int]] = field(default_factory=dict)
    issuing: Callable[[int, tuple[int, ...], int], None] = lambda now, able, seconds: None

    @property
    def staffed(self) -> tuple[int, ...]:
        """The windows that open at all on this day."""
        return tuple(n for n in self.windows if self.duty.get(n)) if self.duty else self.windows


Layouts = Callable[[date], Layout]


def equal_windows(count: int, means: Mapping[str, int], mean: int) -> Layouts:
    """So many windows that serve every section; the mean services are what a hall file would say."""
    numbers = tuple(range(1, count + 1))
    layout = Layout(
        windows=numbers,
        able=lambda section, item: numbers,
        file_seconds=lambda section, item: means.get(section, mean),
        mean=lambda section: means.get(section, mean),
        fairness=mean * SECOND // 3,
    )
    return lambda day: layout


def hall_windows(
    file: HallFile,
    *,
    more: int = 0,
    duty: Callable[[HallRules], Mapping[int, Sequence[Span]]] | None = None,
    learned: Mapping[Subject, tuple[int, int]] | None = None,
    enforce: bool = True,
) -> Layouts:
    """The windows of a hall file, and `more` that serve everything.

    `duty` None: the hall's hours where it enforces them, lunch by the windows on lunch duty; else open all day.
    """

    def layout(day: date) -> Layout:
        rules = HallRules.build(file, day)
        extra = extra_numbers(file, more)
        shifts = dict((duty or hours_of)(rules))
        if shifts:
            shifts.update(dict.fromkeys(extra, joined(shifts.values())))
        return Layout(
            windows=(*sorted(rules.windows), *extra),
            able=lambda section, item: tuple(sorted(rules.able_windows(section, item))) + extra,
            file_seconds=rules.file_seconds,
            mean=lambda section: rules.section_means.get(section, rules.mean_seconds),
            fairness=rules.fairness,
            duty=shifts,
            learned=learned or {},
            issuing=_issuing(rules) if enforce else lambda now, able, seconds: None,
        )

    return layout


def extra_numbers(file: HallFile, more: int) -> tuple[int, ...]:
    """Numbers for windows that do not exist yet."""
    last = max(w.number for w in file.windows)
    return tuple(range(last + 1, last + 1 + more))


def hours_of(rules: HallRules) -> dict[int, list[Span]]:
    """Each window's open stretches; nothing where the hall does not enforce its hours."""
    if not rules.file.hours.enforce:
        return {}
    return {
        number: hours.spans_of(rules.file.hours, rules.day, rules.zone, window.lunch)
        for number, window in rules.windows.items()
    }


def joined(shifts: Iterable[Sequence[Span]]) -> list[Span]:
    """When at least one of them is open."""
    found: list[Span] = []
    for span in sorted((s for spans in shifts for s in spans), key=lambda s: s.start):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found


def _issuing(rules: HallRules) -> Callable[[int, tuple[int, ...], int], None]:
    def check(now: int, able: tuple[int, ...], seconds: int) -> None:
        hours.check_issuing(rules.file.hours, now, rules.zone, rules.lunch_duty(frozenset(able)), seconds)

    return check


def checker(file: HallFile) -> Callable[[str, str | None], Problem | None]:
    """Says what is wrong with a row's section and item; `where` is the column."""
    sections = {s.id: s for s in file.sections}
    items = {i.id: i for i in file.items}
    whole = {section for window in file.windows for section in window.sections}

    def check(section: str, item: str | None) -> Problem | None:
        if section not in sections:
            zh, en = did_you_mean(section, sections)
            return Problem("", "section", f"大厅没有板块“{section}”", zh, f'the hall has no section "{section}"', en)
        if item is not None and (item not in items or items[item].section != section):
            zh, en = did_you_mean(item, [i.id for i in file.items if i.section == section])
            wrong = (f"板块 {section} 没有事项“{item}”", f'section {section} has no item "{item}"')
            return Problem("", "item", wrong[0], zh, wrong[1], en)
        if item is None and section not in whole:
            wrong = (f"没有通办板块 {section} 的窗口", f"no window serves the whole section {section}")
            return Problem("", "section", wrong[0], "加上 item 列，写明事项", wrong[1], "add a column item")
        return None

    return check


def zone_of(file: HallFile) -> ZoneInfo:
    return ZoneInfo(file.hall.time_zone)
