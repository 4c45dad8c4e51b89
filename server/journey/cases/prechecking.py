"""Step 1: the guide, or the citizen's own phone, finds the situation and checks what was brought; the window sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from server.domain.actor import Actor
from server.domain.catalogue.situations import materials_of, walk
from server.domain.ticket import LIVE
from server.journey.cases.items import checked_answers, checked_ticks
from server.store.prechecks import Precheck
from server.store.tickets import moved
from server.store.transaction import Tx


@dataclass(frozen=True, slots=True)
class PrecheckRequest:
    """`ticks`: what the guide has seen is in order."""

    by: Actor
    ticket: int
    item: str
    answers: Mapping[str, Any]
    ticks: frozenset[tuple[str, str]] = frozenset()
    note: str = ""


def precheck(tx: Tx, request: PrecheckRequest, now: int) -> Precheck:
    """Keep it with the ticket, in place of a former one.

    Raises TicketUnknown, TicketMoved, ItemNotPublished, AnswerUnknown, CheckpointUnknown.
    """
    ticket = tx.tickets.get(request.ticket)
    if ticket.state not in LIVE:
        raise moved(ticket)
    version, item = tx.catalogue.in_force(request.item, tx.rules.day)
    answers = checked_answers(item, request.answers)
    way = walk(item, answers)
    ticks = checked_ticks(materials_of(item, way.materials), request.ticks)
    situation = way.situation.id if way.situation else None
    return tx.prechecks.put(
        Precheck(
            ticket.id,
            request.item,
            version,
            answers,
            situation,
            ticks,
            request.note.strip(),
            request.by.id,
            request.by.name,
            now,
        )
    )
