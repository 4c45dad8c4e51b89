"""What was read of a hall's folder: valid parts with their places, and the problems found so far."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TypeVar

from config.hall_base import Part
from config.hall_model import Area, HallFile, Item, Section, Service, WindowDef
from config.initials import InitialsError, initials_elsewhere
from config.problems import HallFileError, Problem, line

P = TypeVar("P", bound=Part)


@dataclass(frozen=True, slots=True)
class Placed(Generic[P]):
    """A valid part and where it stands; `at(column)` names the place for a problem."""

    part: P
    file: str
    at: Callable[[str], str]


@dataclass
class Parts:
    """What was read.

    So that one fault is not reported twice, `ids` also holds the ids of rows that failed, and `claimed` the sections
    and items that such rows wanted to serve; `complete` is False when a whole file or column is missing.
    """

    folder: Path
    problems: list[Problem] = field(default_factory=list)
    tables: dict[str, Part] = field(default_factory=dict)
    sections: list[Placed[Section]] = field(default_factory=list)
    areas: list[Placed[Area]] = field(default_factory=list)
    windows: list[Placed[WindowDef]] = field(default_factory=list)
    items: list[Placed[Item]] = field(default_factory=list)
    services: list[Placed[Service]] = field(default_factory=list)
    ids: dict[str, set[str]] = field(
        default_factory=lambda: {k: set() for k in ("sections", "areas", "windows", "items")}
    )
    claimed: set[str] = field(default_factory=set)
    lines: dict[str, dict[str, int]] = field(default_factory=dict)
    complete: bool = True
    demo: bool = False

    def place(self, file: str, where: str) -> str:
        """`where` with its line, if it is a key of a TOML file: `sms.taken.text` → 第57行 (line 57) sms.taken.text."""
        known, path = self.lines.get(file, {}), where
        while path and path not in known:
            path = path[: max(path.rfind("."), path.rfind("["), 0)]
        return line(known[path], where) if path else where

    def tell(self, file: str, where: str, wrong: str, right: str, wrong_en: str, right_en: str) -> None:
        """Note a problem."""
        self.problems.append(Problem(file, self.place(file, where), wrong, right, wrong_en, right_en))

    def whole(self) -> HallFile:
        """The hall; HallFileError if anything at all was wrong."""
        items = [] if self.problems else self._searchable_items()
        if self.problems:
            raise HallFileError(self.problems)
        return HallFile.model_validate(
            {
                **self.tables,
                "demo": self.demo,
                "areas": [p.part for p in self.areas],
                "sections": [p.part for p in self.sections],
                "windows": [p.part for p in self.windows],
                "items": items,
                "services": [p.part for p in self.services],
            }
        )

    def _searchable_items(self) -> list[Item]:
        """The items; initials left empty in the file are worked out here, so that nobody need know about them."""
        blank = [entry.part.name for entry in self.items if not entry.part.initials]
        try:
            found = dict(zip(blank, initials_elsewhere(blank), strict=True)) if blank else {}
        except InitialsError as error:
            self.tell(
                "items.csv",
                "initials",
                f"算不出拼音首字母（{error}）",
                f"运行 python -m config.initials {self.folder}，或自己填这一列",
                f"the pinyin initials cannot be worked out ({error})",
                f"run python -m config.initials {self.folder}, or fill the column",
            )
            return []
        return [
            entry.part if entry.part.initials else entry.part.model_copy(update={"initials": found[entry.part.name]})
            for entry in self.items
        ]
