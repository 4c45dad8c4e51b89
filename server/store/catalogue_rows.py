"""Rows of the catalogue as values."""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from server.domain.catalogue.model import ItemVersion
from server.domain.catalogue.review import Stage
from server.domain.refusals import Refusal

if TYPE_CHECKING:
    from server.store.db import Row

NODE_COLUMNS = "id, parent, level, position, name, name_en, code, department, is_item, retired_at"
VERSION_COLUMNS = (
    "item_id, version, stage, body, initials, revision, round, reviewers, effective_from, effective_to, note, created_at,"
    " created_by, changed_at, changed_by, published_at, authors"
)


HEAD_COLUMNS = "item_id, version, stage, initials, round, reviewers, created_by, authors"


class NodeUnknown(Refusal):
    status, code = 404, "catalogue_node_unknown"
    zh = "目录里没有“{node}”，请刷新后重新选择。"
    en = "There is no “{node}” in the catalogue. Reload and choose again."


class VersionUnknown(Refusal):
    status, code = 404, "item_version_unknown"
    zh = "事项“{item}”没有第 {version} 版，请刷新后重新选择。"
    en = "The item “{item}” has no version {version}. Reload and choose again."


class ItemNotPublished(Refusal):
    status, code = 404, "item_not_published"
    zh = "事项“{item}”在 {day} 没有已生效的版本，请咨询导服台。"
    en = "The item “{item}” has no version in force on {day}. Please ask the guide desk."


class DraftChanged(Refusal):
    status, code = 409, "draft_changed"
    zh = "“{item}”刚被别人改过，请刷新后在新内容上再改。"
    en = "“{item}” was changed by somebody else meanwhile. Reload, then change it again."


@dataclass(frozen=True, slots=True)
class Node:
    """A place in the tree; an item where `is_item`. `level` 1 to 4; `retired_at` µs UTC."""

    id: str
    parent: str
    level: int
    position: int
    name: str
    name_en: str
    code: str
    department: str
    is_item: bool
    retired_at: int | None


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version as it is kept; `text` its JSON. Effective days include both ends. Times µs UTC."""

    item_id: str
    version: int
    stage: Stage
    text: str
    initials: str
    revision: int
    round: int
    reviewers: tuple[str, ...]
    effective_from: date | None
    effective_to: date | None
    note: str
    created_at: int
    created_by: str
    changed_at: int
    changed_by: str
    published_at: int | None
    authors: tuple[str, ...]

    @property
    def written_by(self) -> frozenset[str]:
        """User names of everybody who wrote at it: they neither review nor try it."""
        return _people(self)

    @property
    def item(self) -> ItemVersion:
        return parsed(self.text)


@dataclass(frozen=True, slots=True)
class VersionHead:
    """What a list needs of a version, without what it says: a thousand are read at once."""

    item_id: str
    version: int
    stage: Stage
    initials: str
    round: int
    reviewers: tuple[str, ...]
    created_by: str
    authors: tuple[str, ...]

    @property
    def written_by(self) -> frozenset[str]:
        return _people(self)


@functools.lru_cache(maxsize=512)
def parsed(text: str) -> ItemVersion:
    """A published version never changes, so what was parsed once is kept."""
    return ItemVersion.model_validate_json(text)


def _people(version: VersionRow | VersionHead) -> frozenset[str]:
    return frozenset(one.removeprefix("staff:") for one in (version.created_by, *version.authors))


def node_of(row: Row) -> Node:
    values = {name: row[name] for name in NODE_COLUMNS.split(", ")}
    return Node(**{**values, "is_item": bool(row["is_item"])})


def version_of(row: Row) -> VersionRow:
    values = {name: row[name] for name in VERSION_COLUMNS.split(", ") if name != "body"}
    days = {name: _day(row[name]) for name in ("effective_from", "effective_to")}
    lists = {name: tuple(json.loads(row[name])) for name in ("reviewers", "authors")}
    return VersionRow(**{**values, **days, **lists, "stage": Stage(row["stage"]), "text": row["body"]})


def head_of(row: Row) -> VersionHead:
    values = {name: row[name] for name in HEAD_COLUMNS.split(", ")}
    lists = {name: tuple(json.loads(row[name])) for name in ("reviewers", "authors")}
    return VersionHead(**{**values, **lists, "stage": Stage(row["stage"])})


def kept(value: Any) -> Any:
    """A value as its column holds it."""
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | tuple) else value


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
