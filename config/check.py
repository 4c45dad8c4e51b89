"""`run.py check-hall DIR`: what a hall's folder holds, and everything that is wrong with it."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import TextIO
from zoneinfo import ZoneInfo

from config.hall_model import DAYS, HallFile, Item
from config.hall_reader import read_parts
from config.initials import InitialsError, initials_elsewhere
from config.problems import HallFileError
from config.wording import KINDS, length, longest

ENDING_DAYS = 28
_DAYS_ZH = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
_KINDS_ZH = {"intake": "综合受理 intake", "issue": "出件 issue", "agency": "投诉代办 agency"}


def check(folder: Path | str, *, today: dt.date | None = None, out: TextIO | None = None) -> int:
    """Print the report for `folder`; 0 if the hall can open with it, 1 if not. `today` defaults to the hall's own."""
    out = out or sys.stdout
    folder = Path(folder)
    try:
        hall = read_parts(folder).whole()
    except HallFileError as error:
        count = len(error.problems)
        print(
            f"{folder}：发现 {count} 处问题，大厅不能载入 / {count} problem(s), this hall cannot be loaded\n", file=out
        )
        for number, problem in enumerate(error.problems, 1):
            print(f"{number:>3}. {problem.zh}\n     {problem.en}\n", file=out)
        return 1
    print(_summary(folder, hall), file=out)
    notes = advice(hall, today or dt.datetime.now(ZoneInfo(hall.hall.time_zone)).date())
    for note in notes:
        print(f"  提醒 note: {note}", file=out)
    print("\n没有问题，可以使用 / no problems, ready to use", file=out)
    return 0


def _summary(folder: Path, hall: HallFile) -> str:
    lines = [f"{hall.hall.name} / {hall.hall.name_en}  ({folder})", f"  板块 sections: {len(hall.sections)}"]
    for section in hall.sections:
        whole = [str(w.number) for w in hall.windows if section.id in w.sections]
        count = sum(item.section == section.id for item in hall.items)
        lines.append(
            f"    {section.letter}  {section.name}：{count} 个事项 items，窗口 windows {' '.join(whole) or '按事项 item by item'}"
        )
    kinds = "，".join(f"{zh} {sum(w.kind == kind for w in hall.windows)}" for kind, zh in _KINDS_ZH.items())
    lines.append(
        f"  窗口 windows: {len(hall.windows)}（{kinds}；午间值班 on lunch duty {sum(w.lunch for w in hall.windows)}）"
    )
    lines.append(f"  事项 items: {len(hall.items)}；服务安排 services: {len(hall.services)}")
    week = "；".join(
        f"{_DAYS_ZH[d]} {DAYS[d]} {' '.join(hall.hours.weekly[d])}"
        for d in sorted(hall.hours.weekly)
        if hall.hours.weekly[d]
    )
    lines.append(
        f"  开放 hours: {week}" + (f"；午间 lunch {' '.join(hall.hours.lunch_shift)}" if hall.hours.lunch_shift else "")
    )
    lines.append(f"  绿色通道 green channel: {'、'.join(c.name for c in hall.priority.classes) or '无 none'}")
    for kind in KINDS:
        worst = longest(
            hall.sms,
            kind,
            hall_name=hall.hall.name,
            section_names=[s.name for s in hall.sections],
            windows=[w.number for w in hall.windows],
        )
        lines.append(f"  短信 SMS {kind}: 最长 at most {length(worst)}/70 字")
    return "\n".join(lines)


def advice(hall: HallFile, today: dt.date) -> list[str]:
    """What is allowed but probably not meant, as sentences in both languages."""
    notes: list[str] = []
    if not hall.hours.enforce and not hall.demo:
        notes.append("hours.enforce = false：下班后也会发号 / numbers are issued outside opening hours too")
    for item in hall.items:
        if not hall.windows_for(item, today):
            notes.append(
                f"services.csv：今天不办理 {item.id}（{item.name}），不在起止日期内 / not offered today by its dates"
            )
        else:
            notes += _ending(hall, item, today)
    notes += _listed_in_vain(hall)
    for section in hall.sections:
        if not any(item.section == section.id for item in hall.items):
            notes.append(
                f"板块 {section.id}（{section.name}）没有事项，只能按板块取号 / has no items: numbers by section only"
            )
    if not any(date > today for date in (*hall.hours.closed_dates, *hall.hours.extra_dates)):
        notes.append("closed_dates 里没有今后的节假日，放假通知公布后请补上 / no coming holidays are listed")
    return notes + _stale_initials(hall)


def _listed_in_vain(hall: HallFile) -> list[str]:
    """Windows that list an item whose services rows leave them out: the rows decide, so the listing does nothing."""
    rows: dict[str, set[int]] = {}
    for service in hall.services:
        rows.setdefault(service.item, set()).update(service.windows)
    return [
        f"windows.csv：{window.number} 号窗口列了 {item}，但 services.csv 里没有它 / services.csv leaves this window out"
        for window in hall.windows
        for item in window.items
        if item in rows and window.number not in rows[item]
    ]


def _ending(hall: HallFile, item: Item, today: dt.date) -> list[str]:
    """A sentence if, within the coming weeks, the item's last row runs out."""
    for offset in range(1, ENDING_DAYS + 1):
        day = today + dt.timedelta(days=offset)
        if not hall.windows_for(item, day):
            return [f"services.csv：{item.id}（{item.name}）从 {day} 起不再办理 / is not offered from {day} on"]
    return []


def _stale_initials(hall: HallFile) -> list[str]:
    """Initials that no longer fit a name that was changed since: searching by letters would miss the item."""
    try:
        fresh = initials_elsewhere([item.name for item in hall.items])
    except InitialsError:
        return []
    return [
        f"items.csv：{item.id} 的首字母 {item.initials} 与名称不符（应为 {right}）/ initials do not fit the name, {right} would"
        for item, right in zip(hall.items, fresh, strict=True)
        if item.initials != right
    ]
