"""Step 1: the guide, or the citizen's own phone, finds the situation and checks what was brought; the window sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from server.domain.actor import Actor
from server.domain.cases.bundling import joined
from server.domain.cases.record import Ticks
from server.domain.catalogue.model import Material
from server.domain.catalogue.situations import materials_of, walk
from server.domain.ticket import LIVE, State, Ticket
from server.journey import line
from server.journey.cases.items import checked_answers, checked_own_ticks, checked_ticks
from server.journey.step import changes_lines
from server.store.prechecks import Precheck
from server.store.tickets import moved
from server.store.transaction import Tx


@dataclass(frozen=True, slots=True)
class PrecheckRequest:
    """Of an `item`, or of a `bundle` (一件事): then `answers` are by item, and `ticks` of the one list. `ticks`: what the
    guide has seen is in order."""

    by: Actor
    ticket: int
    item: str | None
    answers: Mapping[str, Any]
    ticks: Ticks = frozenset()
    note: str = ""
    bundle: str | None = None


@changes_lines
def precheck(tx: Tx, request: PrecheckRequest, now: int) -> list[Precheck]:
    """Keep it with the ticket, in place of a former one: a part an item.

    Raises TicketUnknown, TicketMoved, BundleUnknown, ItemNotPublished, AnswerUnknown, CheckpointUnknown.
    """
    ticket = tx.tickets.get(request.ticket)
    if ticket.state not in LIVE:
        raise moved(ticket)
    if request.bundle is None:
        parts = [_part(tx, request, request.item or "", request.answers, now)]
    else:
        items = tx.bundles.get(request.bundle).items
        parts = [_part(tx, request, item, request.answers.get(item, {}), now) for item in items]
    parts = _ticked(tx, request, parts)
    tx.prechecks.put(ticket.id, parts)
    if ticket.state in (State.WAITING, State.NO_SHOW):
        line.recount(tx, ticket)  # several items take longer than the one its number was taken for
    return parts


def begin_bundle(tx: Tx, by: Actor, ticket: Ticket, bundle: str, now: int) -> None:
    """A number is taken for a 一件事 of which nothing is answered yet. Raises ItemNotPublished."""
    request = PrecheckRequest(by, ticket.id, None, {}, bundle=bundle)
    tx.prechecks.put(ticket.id, [_part(tx, request, item, {}, now) for item in tx.bundles.get(bundle).items])


def _part(tx: Tx, request: PrecheckRequest, item_id: str, answers: Mapping[str, Any], now: int) -> Precheck:
    """What was answered of one item; nothing ticked yet."""
    version, item = tx.catalogue.in_force(item_id, tx.rules.day)
    given = checked_answers(item, answers)
    found = walk(item, given).situation
    return Precheck(
        ticket_id=request.ticket,
        item_id=item_id,
        bundle=request.bundle,
        item_version=version,
        answers=given,
        situation=found.id if found else None,
        ticks=frozenset(),
        note=request.note.strip(),
        by_id=request.by.id,
        by_name=request.by.name,
        at=now,
    )


def _ticked(tx: Tx, request: PrecheckRequest, parts: list[Precheck]) -> list[Precheck]:
    """With the ticks, each item's own. Raises CheckpointUnknown."""
    lists = [(one.item_id, materials_so_far(tx, one)) for one in parts]
    if request.bundle is None:
        own = {parts[0].item_id: checked_ticks(lists[0][1], request.ticks)}
    else:
        own = checked_own_ticks(joined(lists), request.ticks)
    return [replace(one, ticks=own.get(one.item_id, frozenset())) for one in parts]


def materials_so_far(rx: Tx, one: Precheck) -> list[Material]:
    """The item's list as far as the answers lead, in the version they were given to."""
    item = rx.catalogue.version(one.item_id, one.item_version)
    return materials_of(item, walk(item, one.answers).materials)
