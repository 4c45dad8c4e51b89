"""What the hall's catalogue says, ready to be written out."""

from __future__ import annotations

from server.domain.catalogue.review import Stage
from server.imports.assembling import Group
from server.imports.writing import Export, Outgoing, OutgoingBundle
from server.store.catalogue_rows import Node, VersionRow
from server.store.transaction import Tx


def collect(rx: Tx) -> Export:
    """Every item not retired, as it is in force today; one that never was as its newest draft says. Folders that hold
    nothing are left out."""
    nodes = {node.id: node for node in rx.catalogue.nodes() if node.retired_at is None}
    items = [
        Outgoing(node.id, node.parent, node.code, row.item, row.initials)
        for node in nodes.values()
        if node.is_item and (row := _version(rx, node.id)) is not None
    ]
    above: dict[str, Node] = {}
    for item in items:
        chain, parent = [], item.parent
        while parent and parent not in above:
            chain.append(nodes[parent])
            parent = nodes[parent].parent
        above.update({node.id: node for node in reversed(chain)})
    groups = [Group(node.id, node.parent, node.name, node.name_en, node.code) for node in above.values()]
    bundles = [
        OutgoingBundle(one.id, one.name, one.name_en, one.items, one.guide) for one in rx.bundles.all(active=True)
    ]
    return Export(groups, items, bundles)


def _version(rx: Tx, item_id: str) -> VersionRow | None:
    row = rx.catalogue.find_in_force(item_id, rx.rules.day)
    return row or next((one for one in rx.catalogue.versions(item_id) if one.stage != Stage.RETIRED), None)
