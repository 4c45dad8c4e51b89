"""Rules between the parts of a hall file: references, duplicates, letters, services. Hours and SMS: `text_checks`.

Each check looks only at parts that are valid in themselves, and does not report what an earlier fault explains.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from config.hall_parts import Parts, Placed
from config.problems import did_you_mean


def check_between(parts: Parts) -> None:
    """Append what is wrong between the parts to `parts.problems`."""
    _check_duplicates(parts)
    _check_letters(parts)
    _check_windows(parts)
    _check_items(parts)
    _check_services(parts)
    if parts.complete:
        _check_coverage(parts)
        _check_idle_windows(parts)


def _twice(
    parts: Parts, placed: Iterable[Placed[Any]], key: Callable[[Any], object], column: str, zh: str, en: str
) -> None:
    seen: dict[object, str] = {}
    for entry in placed:
        value, place = key(entry.part), parts.place(entry.file, entry.at(column))
        if value in seen:
            parts.tell(
                entry.file,
                place,
                f"{zh}“{value}”重复，{seen[value]} 已有",
                f"每个{zh}只出现一次",
                f'{en} "{value}" is already in {seen[value]}',
                f"each {en} once",
            )
        seen.setdefault(value, place)


def _check_duplicates(parts: Parts) -> None:
    _twice(parts, parts.sections, lambda s: s.id, "id", "板块编号", "section id")
    _twice(parts, parts.areas, lambda a: a.id, "id", "区域编号", "area id")
    _twice(parts, parts.windows, lambda w: w.number, "number", "窗口号", "window number")
    _twice(parts, parts.items, lambda i: i.id, "id", "事项编号", "item id")
    _twice(parts, parts.items, lambda i: f"{i.name}（{i.section}）", "name", "事项名称", "item name")


def _check_letters(parts: Parts) -> None:
    seen: dict[str, str] = {}
    for entry in parts.sections:
        section = entry.part
        if section.letter in seen and seen[section.letter] != section.id:
            free = [
                chr(c) for c in range(ord("A"), ord("Z") + 1) if chr(c) not in {p.part.letter for p in parts.sections}
            ]
            parts.tell(
                entry.file,
                entry.at("letter"),
                f"板块“{section.id}”和“{seen[section.letter]}”都用字母 {section.letter}，号码会混淆",
                f"每个板块一个字母，还空着的有 {'、'.join(free[:6])}",
                f'sections "{section.id}" and "{seen[section.letter]}" share the letter {section.letter}',
                f"a letter for each section; free: {', '.join(free[:6])}",
            )
        seen.setdefault(section.letter, section.id)


def _reference(parts: Parts, entry: Placed[Any], column: str, kind: str, value: object) -> bool:
    """Whether `value` names a known section, item, window or area; reports it if not."""
    known: set[str] = parts.ids[kind]
    if str(value) in known or (not known and not parts.complete):
        return True
    zh_names = {"sections": "板块", "items": "事项", "windows": "窗口", "areas": "区域"}
    names: list[str] = sorted(known, key=lambda name: (len(name) if kind == "windows" else 0, name))
    zh, en = did_you_mean(value, names, near=kind != "windows")
    parts.tell(
        entry.file,
        entry.at(column),
        f"没有{zh_names[kind]}“{value}”",
        zh,
        f'there is no {kind.removesuffix("s")} "{value}"',
        en,
    )
    return False


def _check_windows(parts: Parts) -> None:
    for entry in parts.windows:
        window = entry.part
        for section in window.sections:
            _reference(parts, entry, "sections", "sections", section)
        for item in window.items:
            _reference(parts, entry, "items", "items", item)
        if window.area:
            _reference(parts, entry, "area", "areas", window.area)
        _check_kind(parts, entry)
        for column, words in (("sections", window.sections), ("items", window.items)):
            for word in sorted({w for w in words if words.count(w) > 1}):
                parts.tell(
                    entry.file,
                    entry.at(column),
                    f"“{word}”写了两次",
                    "写一次就够",
                    f'"{word}" is given twice',
                    "once is enough",
                )


def _check_kind(parts: Parts, entry: Placed[Any]) -> None:
    """A window serves at least one section of its own kind (a small hall's one window may serve others too)."""
    window = entry.part
    kinds = {placed.part.id: placed.part.kind for placed in parts.sections}
    sections = {placed.part.id: placed.part.section for placed in parts.items}
    served = [*window.sections, *(sections.get(item, "") for item in window.items)]
    found = sorted({kinds[section] for section in served if section in kinds})
    if not found or len(found) < len({kinds.get(section) for section in served}) or window.kind in found:
        return
    parts.tell(
        entry.file,
        entry.at("kind"),
        f"{window.number} 号窗口的类型是 {window.kind}，它办理的板块却是 {'、'.join(found)}",
        f"kind 写 {' 或 '.join(found)}，或在 sections、items 列换成 {window.kind} 类的板块、事项",
        f"window {window.number} is of kind {window.kind}, the sections it serves are of {', '.join(found)}",
        f"kind {' or '.join(found)}, or sections and items of kind {window.kind}",
    )


def _check_items(parts: Parts) -> None:
    for entry in parts.items:
        _reference(parts, entry, "section", "sections", entry.part.section)


def _check_services(parts: Parts) -> None:
    seen: dict[tuple[str, int], list[tuple[dt.date, dt.date, str]]] = {}
    for entry in parts.services:
        service = entry.part
        _reference(parts, entry, "item", "items", service.item)
        first, last = service.from_date or dt.date.min, service.to_date or dt.date.max
        if first > last:
            parts.tell(
                entry.file,
                entry.at("to_date"),
                f"结束日期 {last} 早于开始日期 {first}",
                "结束日期不早于开始日期",
                f"it ends on {last}, before it begins on {first}",
                "an end on or after the beginning",
            )
            continue
        for window in service.windows:
            if not _reference(parts, entry, "windows", "windows", window):
                continue
            spans = seen.setdefault((service.item, window), [])
            place = entry.at("windows")
            for other_first, other_last, other in spans:
                if first <= other_last and other_first <= last:
                    parts.tell(
                        entry.file,
                        place,
                        f"事项“{service.item}”在 {window} 号窗口的日期与 {other} 重叠",
                        "同一事项同一窗口的日期不重叠，或合并成一行",
                        f'the dates of item "{service.item}" at window {window} overlap {other}',
                        "dates that do not overlap for one item at one window, or one row",
                    )
                    break
            spans.append((first, last, place))


def _check_coverage(parts: Parts) -> None:
    """Nobody may draw a number that no window can ever serve."""
    whole = parts.claimed | {section for entry in parts.windows for section in entry.part.sections}
    listed = parts.claimed | {item for entry in parts.windows for item in entry.part.items}
    listed |= {entry.part.item for entry in parts.services}
    served_sections = whole | {entry.part.section for entry in parts.items if entry.part.id in listed}
    for section in parts.sections:
        if section.part.id not in served_sections:
            parts.tell(
                section.file,
                section.at("id"),
                f"板块“{section.part.id}”（{section.part.name}）没有任何窗口办理",
                f"在 windows.csv 里给至少一个窗口的 sections 列写上 {section.part.id}",
                f'no window serves section "{section.part.id}"',
                f"add {section.part.id} to the sections of a window in windows.csv",
            )
    for item in parts.items:
        known = item.part.section in parts.ids["sections"]
        if (
            known
            and item.part.section in served_sections
            and item.part.section not in whole
            and item.part.id not in listed
        ):
            parts.tell(
                item.file,
                item.at("id"),
                f"事项“{item.part.id}”（{item.part.name}）没有任何窗口办理",
                f"在 windows.csv 给某个窗口的 items 列写上 {item.part.id}，或在 services.csv 加一行",
                f'no window serves item "{item.part.id}"',
                f"add {item.part.id} to the items of a window in windows.csv, or a row in services.csv",
            )


def _check_idle_windows(parts: Parts) -> None:
    in_services = {number for entry in parts.services for number in entry.part.windows}
    for window in parts.windows:
        if not window.part.sections and not window.part.items and window.part.number not in in_services:
            parts.tell(
                window.file,
                window.at("sections"),
                f"{window.part.number} 号窗口什么也不办理",
                "在 sections 或 items 列写上它办理的板块或事项",
                f"window {window.part.number} serves nothing",
                "give its sections or items",
            )
