"""What a new hall file changes, in words for the manager."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from config.hall_file import HallFile
from config.hall_model import DAYS

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
    ("voice", "语音", "voice"),
    ("slip", "小票", "slip"),
    ("evaluation", "评价", "evaluation"),
    ("leds", "LED 条屏", "LED strips"),
    ("catalogue", "事项目录", "catalogue"),
    ("files", "文件", "files"),
)


@dataclass(frozen=True, slots=True)
class Change:
    zh: str
    en: str


LONGEST = 60
NOTHING = "（无）"


def _written(value: Any) -> str:
    if value is None:
        return NOTHING
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _leaves(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Each setting below `value` with its path, in the hall file's own writing."""
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _leaves(getattr(value, name), f"{path}.{name}".lstrip("."))
    elif isinstance(value, Mapping):
        for key, one in value.items():
            yield from _leaves(one, f"{path}.{DAYS[key] if path == 'weekly' else key}".lstrip("."))
    elif isinstance(value, list | tuple) and value and isinstance(value[0], BaseModel):
        for one in value:
            yield from _leaves(one, f"{path}.{getattr(one, 'id', getattr(one, 'window', ''))}".strip("."))
    else:
        texts = value if isinstance(value, list | tuple) else [value]
        yield path, "、".join(map(_written, texts)) or NOTHING


def _around(old: str, new: str) -> tuple[str, str]:
    """Long texts are cut so that where they begin to differ is seen."""
    first = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    start = max(0, first - 10)

    def cut(text: str) -> str:
        if len(text) <= LONGEST:
            return text
        part = text[start : start + LONGEST]
        return f"{'…' if start else ''}{part}{'…' if start + LONGEST < len(text) else ''}"

    return cut(old), cut(new)


def _fields(before: Any, after: Any) -> Iterator[tuple[str, str, str]]:
    """(path, was, is) of every setting that differs."""
    old, new = dict(_leaves(before)), dict(_leaves(after))
    for path in [*old, *(p for p in new if p not in old)]:
        was, now = old.get(path, NOTHING), new.get(path, NOTHING)
        if was != now:
            yield path, *_around(was, now)


def changes_between(before: HallFile, after: HallFile) -> Iterator[Change]:
    """Every row added, removed or changed, and every setting changed."""
    for table, key, zh, en in TABLES:
        old = {getattr(row, key): row for row in getattr(before, table)}
        new = {getattr(row, key): row for row in getattr(after, table)}
        for row_id in new.keys() - old.keys():
            yield Change(f"新增{zh} {row_id} {new[row_id].name}", f"{en} {row_id} added")
        for row_id in old.keys() - new.keys():
            yield Change(f"删除{zh} {row_id} {old[row_id].name}", f"{en} {row_id} removed")
        for row_id in sorted(key for key in old.keys() & new.keys() if old[key] != new[key]):
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
