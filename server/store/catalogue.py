"""SQL of the catalogue: the tree's nodes and every version of every item, for ever."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from server.domain.catalogue.in_hall import Published
from server.domain.catalogue.model import ItemVersion
from server.domain.catalogue.review import Stage
from server.store.catalogue_rows import (
    HEAD_COLUMNS,
    NODE_COLUMNS,
    VERSION_COLUMNS,
    DraftChanged,
    ItemNotPublished,
    Node,
    NodeUnknown,
    VersionHead,
    VersionRow,
    VersionUnknown,
    head_of,
    kept,
    node_of,
    version_of,
)

if TYPE_CHECKING:
    from server.store.transaction import Tx

# Published, and retired ones for the days on which they were in force.
_IN_FORCE = " stage IN ('published', 'retired') AND effective_from <= ? AND (effective_to IS NULL OR effective_to >= ?)"
_UNDER_WAY = (Stage.DRAFT, Stage.REVIEW, Stage.MOCK)


class Catalogue:
    """The catalogue of one hall, inside one transaction."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx
        self.db, self.hall = tx.db, tx.hall_id

    # -- the tree

    def nodes(self) -> list[Node]:
        """All nodes, each parent's children in their order."""
        return self._nodes("", " ORDER BY level, parent, position, id")

    def find_node(self, node_id: str) -> Node | None:
        return next(iter(self._nodes(" AND id = ?", "", node_id)), None)

    def node(self, node_id: str) -> Node:
        """Raises NodeUnknown."""
        found = self.find_node(node_id)
        if found is None:
            raise NodeUnknown(node=node_id)
        return found

    def children(self, parent: str) -> list[Node]:
        return self._nodes(" AND parent = ?", " ORDER BY position, id", parent)

    def by_code(self, code: str) -> list[Node]:
        return self._nodes(" AND code = ? AND code <> ''", " ORDER BY id", code)

    def _nodes(self, where: str, order: str, *values: Any) -> list[Node]:
        rows = self.db.all(
            f"SELECT {NODE_COLUMNS} FROM catalogue_nodes WHERE hall_id = ?{where}{order}", (self.hall, *values)
        )
        return [node_of(row) for row in rows]

    def put_node(self, node: Node) -> Node:
        """Add the node, or make the one with its id like it."""
        values = [getattr(node, name) for name in NODE_COLUMNS.split(", ")]
        values[8] = int(node.is_item)
        changed = ", ".join(f"{name} = excluded.{name}" for name in NODE_COLUMNS.split(", ")[1:])
        self.db.execute(
            f"INSERT INTO catalogue_nodes (hall_id, {NODE_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            f" ON CONFLICT (hall_id, id) DO UPDATE SET {changed}",
            (self.hall, *values),
        )
        return node

    # -- versions

    def versions(self, item_id: str) -> list[VersionRow]:
        """Newest first."""
        return self._versions(" AND item_id = ? ORDER BY version DESC", item_id)

    def row(self, item_id: str, version: int) -> VersionRow:
        """Raises VersionUnknown."""
        found = self._versions(" AND item_id = ? AND version = ?", item_id, version)
        if not found:
            raise VersionUnknown(item=item_id, version=version)
        return found[0]

    def version(self, item_id: str, version: int) -> ItemVersion:
        """What that version says, whatever its stage. Raises VersionUnknown."""
        return self.row(item_id, version).item

    def find_in_force(self, item_id: str, day: date) -> VersionRow | None:
        """The version that holds on `day`."""
        rows = self._versions(
            f" AND item_id = ? AND{_IN_FORCE} ORDER BY effective_from DESC, version DESC LIMIT 1",
            item_id,
            day.isoformat(),
            day.isoformat(),
        )
        return rows[0] if rows else None

    def in_force(self, item_id: str, day: date) -> tuple[int, ItemVersion]:
        """The version that holds on `day`, with its number. Raises ItemNotPublished."""
        row = self.find_in_force(item_id, day)
        if row is None:
            raise ItemNotPublished(item=item_id, day=day.isoformat())
        return row.version, row.item

    def all_in_force(self, day: date) -> list[Published]:
        """Every item with a published version that has begun by `day`; those that ended before it without a body."""
        text = day.isoformat()
        rows = self.db.all(
            "SELECT item_id, version, initials, body, effective_to FROM item_versions WHERE hall_id = ?"
            " AND stage IN ('published', 'retired') AND effective_from <= ? ORDER BY item_id, effective_from, version",
            (self.hall, text),
        )
        found: dict[str, Published] = {}
        for row in rows:
            holds = row["effective_to"] is None or row["effective_to"] >= text
            body = json.loads(row["body"]) if holds else None
            if holds or row["item_id"] not in found:
                found[row["item_id"]] = Published(row["item_id"], row["version"], row["initials"], body)
        return list(found.values())

    def turning(self, after: str, until: str) -> list[str]:
        """Items of which a version begins in (after, until], or ends so that its last day is in [after, until)."""
        rows = self.db.all(
            "SELECT DISTINCT item_id FROM item_versions WHERE hall_id = ? AND stage IN ('published', 'retired')"
            " AND ((effective_from > ? AND effective_from <= ?) OR (effective_to >= ? AND effective_to < ?))"
            " ORDER BY item_id",
            (self.hall, after, until, after, until),
        )
        return [row["item_id"] for row in rows]

    def under_way(self, item_id: str) -> VersionRow | None:
        """The version being written, reviewed or tried; there is one at most."""
        return next((one for one in self.versions(item_id) if one.stage in _UNDER_WAY), None)

    def heads_under_way(self) -> list[VersionHead]:
        """Every version being written, reviewed or tried, last changed first, without what it says."""
        marks = ", ".join("?" * len(_UNDER_WAY))
        rows = self.db.all(
            f"SELECT {HEAD_COLUMNS} FROM item_versions WHERE hall_id = ? AND stage IN ({marks})"
            " ORDER BY changed_at DESC, item_id",
            (self.hall, *(str(stage) for stage in _UNDER_WAY)),
        )
        return [head_of(row) for row in rows]

    def published(self, item_id: str) -> list[VersionRow]:
        """Published versions, in the order they take effect."""
        return self._versions(" AND item_id = ? AND stage = 'published' ORDER BY effective_from, version", item_id)

    def holding(self, item_id: str, day: date) -> list[VersionRow]:
        """Versions in force on `day` or later, also those whose last day is told already."""
        return self._versions(
            " AND item_id = ? AND stage IN ('published', 'retired') AND effective_from IS NOT NULL"
            " AND (effective_to IS NULL OR effective_to >= ?) ORDER BY effective_from, version",
            item_id,
            day.isoformat(),
        )

    def _versions(self, where: str, *values: Any) -> list[VersionRow]:
        rows = self.db.all(
            f"SELECT {VERSION_COLUMNS} FROM item_versions WHERE hall_id = ?{where}", (self.hall, *values)
        )
        return [version_of(row) for row in rows]

    def add_version(self, item_id: str, item: ItemVersion, initials: str, by: str, note: str = "") -> VersionRow:
        """A new draft, numbered after the last."""
        last = self.db.value(
            "SELECT MAX(version) FROM item_versions WHERE hall_id = ? AND item_id = ?", (self.hall, item_id)
        )
        version, now = int(last or 0) + 1, self._tx.now
        self.db.execute(
            "INSERT INTO item_versions (hall_id, item_id, version, stage, body, initials, note, created_at, created_by,"
            " changed_at, changed_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (self.hall, item_id, version, Stage.DRAFT.value, item.model_dump_json(), initials, note, now, by, now, by),
        )
        return self.row(item_id, version)

    def save(self, row: VersionRow, item: ItemVersion, initials: str, revision: int, by: str) -> VersionRow:
        """What a draft says from now on. Raises DraftChanged unless it still is at `revision`."""
        authors = kept(list(dict.fromkeys((*row.authors, by))))
        saved = self.db.execute(
            "UPDATE item_versions SET body = ?, initials = ?, revision = revision + 1, changed_at = ?, changed_by = ?,"
            " authors = ? WHERE hall_id = ? AND item_id = ? AND version = ? AND stage = 'draft' AND revision = ?",
            (
                item.model_dump_json(),
                initials,
                self._tx.now,
                by,
                authors,
                self.hall,
                row.item_id,
                row.version,
                revision,
            ),
        )
        if not saved:
            raise DraftChanged(item=row.item.name)
        return self.row(row.item_id, row.version)

    def move(self, row: VersionRow, stage: Stage, by: str, **more: Any) -> VersionRow:
        """Take the version to `stage` with other columns set; days as dates, reviewers as a list.

        Raises DraftChanged when somebody else moved it meanwhile.
        """
        values = {name: kept(value) for name, value in more.items()}
        sets = "".join(f", {name} = ?" for name in values)
        moved = self.db.execute(
            f"UPDATE item_versions SET stage = ?, changed_at = ?, changed_by = ?{sets}"
            " WHERE hall_id = ? AND item_id = ? AND version = ? AND stage = ? AND revision = ?",
            (
                stage.value,
                self._tx.now,
                by,
                *values.values(),
                self.hall,
                row.item_id,
                row.version,
                row.stage.value,
                row.revision,
            ),
        )
        if not moved:
            raise DraftChanged(item=row.item.name)
        return self.row(row.item_id, row.version)

    def volumes(self, since: int) -> dict[str, int]:
        """Cases by item since `since` (µs UTC), drafts left out."""
        rows = self.db.all(
            "SELECT item_id, COUNT(*) AS cases FROM cases WHERE hall_id = ? AND created_at >= ? AND code IS NOT NULL"
            " GROUP BY item_id",
            (self.hall, since),
        )
        return {row["item_id"]: int(row["cases"]) for row in rows}
