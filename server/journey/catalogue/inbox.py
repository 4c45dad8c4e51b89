"""What waits for somebody: versions to review and to try, own drafts, requests for changes; and what one asked for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from server.domain.actor import Actor
from server.domain.catalogue.review import Stage
from server.journey.catalogue.adjusting import waiting_view
from server.journey.catalogue.drafting import username
from server.journey.catalogue.rights import may_write
from server.journey.catalogue.views import row_json
from server.store.catalogue_rows import Node, VersionHead
from server.store.transaction import Tx

Json = dict[str, Any]
SHOWN = 20
"""Of each list; after an import a thousand drafts wait, which are found in the tree."""


def inbox_view(rx: Tx, by: Actor) -> Json:
    """The first of each list, and how many there are of each."""
    nodes = {node.id: node for node in rx.catalogue.nodes()}
    lists: dict[str, list[Any]] = {"reviews": [], "trials": [], "drafts": []}
    for name, head in _waiting(rx, by, nodes):
        lists[name].append(head)
    adjustments, asked = waiting_view(rx, by, nodes)
    return {
        **{name: [_brief(rx, head, nodes[head.item_id]) for head in found[:SHOWN]] for name, found in lists.items()},
        "adjustments": adjustments[:SHOWN],
        "asked": asked[:SHOWN],
        "counts": {
            **{name: len(found) for name, found in lists.items()},
            "adjustments": len(adjustments),
            "asked": len(asked),
        },
    }


def _waiting(rx: Tx, by: Actor, nodes: dict[str, Node]) -> Iterator[tuple[str, VersionHead]]:
    """(list, version) of all that waits, last changed first."""
    who = username(by)
    reviewed, tried = rx.acceptance.reviewed_by(who), rx.acceptance.tried_by(who)
    for head in rx.catalogue.heads_under_way():
        this_round = (head.item_id, head.version, head.round)
        if head.stage == Stage.DRAFT:
            if may_write(by, nodes[head.item_id].department):
                yield "drafts", head
        elif head.stage == Stage.REVIEW:
            if who in head.reviewers and this_round not in reviewed:
                yield "reviews", head
        elif this_round not in tried and who not in head.written_by:
            yield "trials", head


def _brief(rx: Tx, head: VersionHead, node: Node) -> Json:
    row = rx.catalogue.row(head.item_id, head.version)
    return {**row_json(row), "item": row.item_id, "name": row.item.name, "department": node.department}
