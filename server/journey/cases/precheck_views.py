"""What a window sees of what the guide, the kiosk or the citizen's phone has found before the number was called."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from server.domain.cases.bundling import joined, joint_ticks
from server.domain.ticket import Ticket
from server.domain.units import iso
from server.journey.cases.prechecking import materials_so_far
from server.store.bundles import Bundle
from server.store.prechecks import Precheck
from server.store.transaction import Tx

Json = dict[str, Any]


def precheck_json(rx: Tx, parts: Sequence[Precheck]) -> Json | None:
    """None where nothing was found. Of a bundle as a case of it says it: answers by item, ticks of the one list."""
    if not parts:
        return None
    first = parts[0]
    about = _one(rx, first) if first.bundle is None else _whole(rx, first.bundle, parts)
    ticks = about.pop("ticks")
    return {
        "ticket": first.ticket_id,
        "bundle": first.bundle,
        **about,
        "ticks": [{"material": material, "checkpoint": point} for material, point in sorted(ticks)],
        "note": first.note,
        "by_name": first.by_name,
        "at": iso(first.at),
    }


def _one(rx: Tx, one: Precheck) -> Json:
    name = rx.catalogue.version(one.item_id, one.item_version).name
    return {
        "item": one.item_id,
        "name": name,
        "answers": one.answers,
        "situation": one.situation,
        "ticks": one.ticks,
    }


def _whole(rx: Tx, bundle_id: str, parts: Sequence[Precheck]) -> Json:
    bundle = rx.bundles.get(bundle_id)
    order = {item: at for at, item in enumerate(bundle.items)}
    shared = joined(
        [
            (one.item_id, materials_so_far(rx, one))
            for one in sorted(parts, key=lambda one: order.get(one.item_id, len(order)))
        ]
    )
    return {
        "item": bundle.id,
        "name": bundle.name,
        "answers": {one.item_id: one.answers for one in parts},
        "situation": None,
        "ticks": joint_ticks(shared, {one.item_id: one.ticks for one in parts}),
    }


def bundle_of(rx: Tx, ticket: Ticket) -> Bundle | None:
    """The 一件事 a ticket was taken for: its slip and its page say this title instead of its first item's."""
    found = rx.prechecks.bundle_of(ticket.id, ticket.item)
    return None if found is None else rx.bundles.get(found)
