"""SQL of bundles (一件事): several items applied for with one form."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from server.domain.refusals import Refusal

if TYPE_CHECKING:
    from server.store.db import Row
    from server.store.transaction import Tx


class BundleUnknown(Refusal):
    status, code = 404, "bundle_unknown"
    zh = "没有“{bundle}”这个一件事套餐，请重新选择。"
    en = "There is no bundle “{bundle}”. Please choose again."


@dataclass(frozen=True, slots=True)
class Bundle:
    """`items` in the order they are applied for; `guide` in words."""

    id: str
    name: str
    name_en: str
    items: tuple[str, ...]
    guide: str
    active: bool


def _bundle(row: Row) -> Bundle:
    return Bundle(
        row["id"], row["name"], row["name_en"], tuple(json.loads(row["items"])), row["guide"], bool(row["active"])
    )


class Bundles:
    """The bundles of one hall, inside one transaction."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    def all(self, *, active: bool = False) -> list[Bundle]:
        rows = self._tx.db.all(
            "SELECT id, name, name_en, items, guide, active FROM bundles WHERE hall_id = ?"
            f"{' AND active = 1' if active else ''} ORDER BY name, id",
            (self._tx.hall_id,),
        )
        return [_bundle(row) for row in rows]

    def get(self, bundle_id: str) -> Bundle:
        """Raises BundleUnknown."""
        row = self._tx.db.one(
            "SELECT id, name, name_en, items, guide, active FROM bundles WHERE hall_id = ? AND id = ?",
            (self._tx.hall_id, bundle_id),
        )
        if row is None:
            raise BundleUnknown(bundle=bundle_id)
        return _bundle(row)

    def put(self, bundle: Bundle, by: str) -> Bundle:
        """Add it, or make the one with its id like it."""
        self._tx.db.execute(
            "INSERT INTO bundles (hall_id, id, name, name_en, items, guide, active, changed_at, changed_by)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (hall_id, id) DO UPDATE SET name = excluded.name,"
            " name_en = excluded.name_en, items = excluded.items, guide = excluded.guide, active = excluded.active,"
            " changed_at = excluded.changed_at, changed_by = excluded.changed_by",
            (
                self._tx.hall_id,
                bundle.id,
                bundle.name,
                bundle.name_en,
                json.dumps(bundle.items),
                bundle.guide,
                int(bundle.active),
                self._tx.now,
                by,
            ),
        )
        return bundle
