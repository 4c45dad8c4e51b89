"""What to bring, on a strip of paper: the exact list of one's situation, with what it takes and where to go."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ThingToBring:
    """One material: its name, `what` is wanted of it (原件 1份), and where one gets it ("" where nothing says)."""

    name: str
    what: str
    source: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class GuideSheet:
    """Every word of the sheet, ready to be set in type. `answered`: question and what was chosen; `item_en` "" where the
    sheet is in Chinese alone."""

    hall: str
    hall_en: str
    item: str
    item_en: str
    situation: str
    facts: tuple[tuple[str, str], ...]
    answered: tuple[tuple[str, str], ...]
    bring: tuple[ThingToBring, ...]
    link: str
    printed: str
    number: str = "guide"  # in the name of a kept picture, where a slip has its number
