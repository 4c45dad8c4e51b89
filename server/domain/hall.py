"""The hall as its rules see it on one business day: who serves what, built from the hall file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from config.hall_file import HallFile, Item, PriorityClass, Section, WindowDef
from server.domain.catalogue.in_hall import Published, overlaid
from server.domain.refusals import Refusal
from server.domain.units import SECOND


class SectionUnknown(Refusal):
    status, code = 404, "section_unknown"
    zh = "没有“{section}”这个板块，请从大厅的板块中选择。"
    en = "There is no section “{section}”. Please choose one of the hall's sections."


class ItemUnknown(Refusal):
    status, code = 404, "item_unknown"
    zh = "没有“{item}”这个事项，请重新查找。"
    en = "There is no item “{item}”. Please look it up again."


class WindowUnknown(Refusal):
    status, code = 404, "window_unknown"
    zh = "没有{window}号窗口，请核对窗口号。"
    en = "There is no window {window}. Please check the number."


class ItemRequired(Refusal):
    status, code = 422, "item_required"
    zh = "“{section}”没有通办窗口，请选择具体事项后取号。"
    en = "No window serves the whole section “{section}”. Please choose an item first."


class ItemNotOffered(Refusal):
    status, code = 409, "item_not_offered"
    zh = "“{item}”今天没有窗口办理，请咨询导服台。"
    en = "No window serves “{item}” today. Please ask the guide desk."


@dataclass(frozen=True)
class HallRules:
    """Look-ups over one version of the hall file and the catalogue for one day. Build with `HallRules.build`.

    `file` holds the catalogue's items, too.
    """

    file: HallFile
    day: date
    zone: ZoneInfo
    sections: dict[str, Section]
    items: dict[str, Item]
    windows: dict[int, WindowDef]
    whole_section: dict[str, frozenset[int]]
    item_windows: dict[str, frozenset[int]]
    mean_seconds: int
    section_means: dict[str, int]
    versions: dict[str, int]  # of the catalogue's items in force
    once_a_day: dict[str, Any] = field(default_factory=dict, compare=False)  # what reads worked out for all others

    @staticmethod
    def build(file: HallFile, day: date, published: Iterable[Published] = ()) -> HallRules:
        """`published`: what the catalogue has of that day; it goes before the file's own items."""
        entries = list(published)
        file = overlaid(file, entries)
        windows = {w.number: w for w in file.windows}
        whole = {s.id: frozenset(w.number for w in file.windows if s.id in w.sections) for s in file.sections}
        seconds: dict[str, list[int]] = {s.id: [] for s in file.sections}
        for item in file.items:
            seconds.setdefault(item.section, []).append(round(item.minutes * 60))
        every = [one for own in seconds.values() for one in own]
        mean = sum(every) // len(every) if every else 300
        means = {s.id: sum(own) // len(own) if (own := seconds[s.id]) else mean for s in file.sections}
        return HallRules(
            file=file,
            day=day,
            zone=ZoneInfo(file.hall.time_zone),
            sections={s.id: s for s in file.sections},
            items={i.id: i for i in file.items},
            windows=windows,
            whole_section=whole,
            item_windows=file.windows_by_item(day),
            mean_seconds=mean,
            section_means=means,
            versions={entry.item_id: entry.version for entry in entries if entry.body is not None},
        )

    def section(self, section_id: str) -> Section:
        """Raises SectionUnknown."""
        try:
            return self.sections[section_id]
        except KeyError:
            raise SectionUnknown(section=section_id) from None

    def item(self, item_id: str) -> Item:
        """Raises ItemUnknown."""
        try:
            return self.items[item_id]
        except KeyError:
            raise ItemUnknown(item=item_id) from None

    def window(self, number: int) -> WindowDef:
        """Raises WindowUnknown."""
        try:
            return self.windows[number]
        except KeyError:
            raise WindowUnknown(window=number) from None

    def able_windows(self, section: str, item: str | None) -> frozenset[int]:
        """The windows that may serve a ticket for `item`, or for the whole `section`.

        Raises ItemRequired, ItemNotOffered.
        """
        if item is None:
            able = self.whole_section[section]
            if not able:
                raise ItemRequired(section=self.section(section).name)
            return able
        able = self.item_windows[item]
        if not able:
            raise ItemNotOffered(item=self.item(item).name)
        return able

    def able_or_none(self, section: str, item: str | None) -> frozenset[int]:
        """As `able_windows`, but empty where nothing serves it (after a reload took it away)."""
        if item is not None and item in self.items:
            return self.item_windows[item]
        return self.whole_section.get(section, frozenset())

    def name_of(self, section: str, item: str | None) -> str:
        """What a ticket is for, in words; ids where the hall file no longer knows them."""
        if item is not None:
            return self.items[item].name if item in self.items else item
        return self.sections[section].name if section in self.sections else section

    def file_seconds(self, section: str, item: str | None) -> int:
        """Expected service seconds by the hall file alone."""
        if item is not None and item in self.items:
            return max(1, round(self.items[item].minutes * 60))
        return self.section_means.get(section, self.mean_seconds)

    @property
    def fairness(self) -> int:
        """µs a rank elsewhere must be earlier to go before a window's own line; default a third of the mean service."""
        minutes = self.file.dispatch.fairness_minutes
        seconds = self.mean_seconds / 3 if minutes is None else minutes * 60
        return int(seconds * SECOND)

    def priority_class(self, class_id: str) -> PriorityClass | None:
        return next((c for c in self.file.priority.classes if c.id == class_id), None)

    def class_for_age(self, age: int) -> PriorityClass | None:
        """The class a citizen of so many years gets by age alone; none below 0, an age nobody knows."""
        if age < 0:
            return None
        fitting = [c for c in self.file.priority.classes if c.min_age is not None and age >= c.min_age]
        return max(fitting, key=lambda c: c.min_age or 0, default=None)

    def lunch_duty(self, windows: frozenset[int]) -> bool:
        """Is one of these windows on duty over lunch?"""
        return any(self.windows[n].lunch for n in windows if n in self.windows)
