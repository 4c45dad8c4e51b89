"""What a new hall file changes, in words for the manager."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from config.hall_file import HallFile

TABLES = (
    ("sections", "id", "板块", "section"),
    ("windows", "number", "窗口", "window"),
    ("items", "id", "事项", "item"),
    ("areas", "id", "等候区", "area"),
)
PARTS = (
    ("hall", "大厅信息", "hall"),
    ("hours", "开放时间", "hours"),
    ("limits", "取号限制", "limits"),
    ("priority", "绿色通道", "green channel"),
    ("dispatch", "分配规则", "dispatch"),
    ("calls", "叫号规则", "calls"),
    ("sms", "短信", "SMS"),
    ("paper", "纸质号码", "paper numbers"),
)


@dataclass(frozen=True, slots=True)
class Change:
    zh: str
    en: str


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 60 else text[:57] + "…"


def _fields(before: Any, after: Any) -> Iterator[tuple[str, str, str]]:
    for name in type(after).model_fields:
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            yield name, _short(old), _short(new)


def changes_between(before: HallFile, after: HallFile) -> Iterator[Change]:
    """Every row added, removed or changed, and every setting changed."""
    for table, key, zh, en in TABLES:
        old = {getattr(row, key): row for row in getattr(before, table)}
        new = {getattr(row, key): row for row in getattr(after, table)}
        for row_id in new.keys() - old.keys():
            yield Change(f"新增{zh} {row_id} {new[row_id].name}", f"{en} {row_id} added")
        for row_id in old.keys() - new.keys():
            yield Change(f"删除{zh} {row_id} {old[row_id].name}", f"{en} {row_id} removed")
        for row_id in sorted(old.keys() & new.keys()):
            for name, was, now in _fields(old[row_id], new[row_id]):
                yield Change(f"{zh} {row_id} 的 {name}：{was} → {now}", f"{en} {row_id} {name}: {was} → {now}")
    old_services, new_services = set(map(_service, before.services)), set(map(_service, after.services))
    for text in sorted(new_services - old_services):
        yield Change(f"新增对应关系 {text}", f"service added {text}")
    for text in sorted(old_services - new_services):
        yield Change(f"删除对应关系 {text}", f"service removed {text}")
    for part, zh, en in PARTS:
        for name, was, now in _fields(getattr(before, part), getattr(after, part)):
            yield Change(f"{zh} {name}：{was} → {now}", f"{en} {name}: {was} → {now}")


def _service(row: Any) -> str:
    return f"{row.item} → {','.join(map(str, row.windows))}（{row.from_date or ''}–{row.to_date or ''}）"
