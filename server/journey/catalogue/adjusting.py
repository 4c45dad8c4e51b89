"""动态调整: whoever works with a published item asks its department to change it, and sees what became of that.

Accepted, it goes into a draft, which is reviewed and tried like any other; the hall learns of it when that is published.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from server.domain.actor import Actor
from server.domain.catalogue.adjustment import (
    ABOUT_WORDS,
    ADJUSTMENT_WORDS,
    FLAW_WORDS,
    About,
    Adjustment,
    AdjustmentAnswered,
    AdjustmentReasonMissing,
    AdjustmentState,
    Flaw,
    NothingToAdjust,
    answer_by,
)
from server.domain.catalogue.review import Stage
from server.domain.units import iso
from server.journey.alarms import clear_alarm, raise_alarm, raised
from server.journey.cases.deadlines import limit
from server.journey.catalogue.drafting import begin, item_node, refuse_under_way
from server.journey.catalogue.rights import may_publish, may_write
from server.store.catalogue_rows import Node
from server.store.transaction import Tx

Json = dict[str, Any]
LATE_ALARM = "adjustment_late"


@dataclass(frozen=True, slots=True)
class AskAdjustment:
    """`law`: the new rule that asks for it, `law_from` the day it is in force."""

    by: Actor
    item: str
    flaw: Flaw
    about: About
    text: str
    law: str = ""
    law_from: date | None = None


@dataclass(frozen=True, slots=True)
class AnswerAdjustment:
    """`answer`: words for whoever asked; a refusal needs them."""

    by: Actor
    adjustment: int
    answer: str = ""


def ask(tx: Tx, request: AskAdjustment, now: int) -> Adjustment:
    """Raises NodeUnknown, NotAnItem, NothingToAdjust."""
    node = item_node(tx, request.item)
    row = tx.catalogue.find_in_force(node.id, tx.rules.day)
    if row is None:
        raise NothingToAdjust(item=node.name)
    allowed = date.fromisoformat(limit(tx, tx.rules.file.catalogue.change_days))
    due = answer_by(allowed, request.law_from, tx.rules.day)
    made = tx.adjustments.add(
        item_id=node.id,
        version=row.version,
        flaw=request.flaw.value,
        about=request.about.value,
        text=request.text,
        law=request.law,
        law_from=request.law_from.isoformat() if request.law_from else None,
        due_day=due.isoformat(),
        asked_at=now,
        asked_by=request.by.id,
        asked_by_name=request.by.name,
        asked_from=request.by.department,
    )
    tx.audit.add(request.by.id, "item.adjustment_asked", f"item:{node.id}", {"adjustment": made.id})
    return made


def accept(tx: Tx, request: AnswerAdjustment, now: int) -> Adjustment:
    """Into the draft that is being written, or a new one. Raises AdjustmentUnknown, AdjustmentAnswered, VersionUnderWay."""
    one = _open(tx, request.adjustment)
    node = item_node(tx, one.item_id)
    row = tx.catalogue.under_way(node.id)
    if row is None:
        row = begin(tx, node, request.by, note=f"动态调整：{one.text}"[:300])
    elif row.stage != Stage.DRAFT:
        refuse_under_way(node, row)
    return _answered(tx, one, AdjustmentState.ACCEPTED, request, now, draft=row.version)


def refuse(tx: Tx, request: AnswerAdjustment, now: int) -> Adjustment:
    """Raises AdjustmentUnknown, AdjustmentAnswered, AdjustmentReasonMissing."""
    one = _open(tx, request.adjustment)
    if not request.answer.strip():
        raise AdjustmentReasonMissing()
    return _answered(tx, one, AdjustmentState.REFUSED, request, now)


def _open(tx: Tx, adjustment: int) -> Adjustment:
    one = tx.adjustments.get(adjustment)
    if not one.open:
        zh, en = ADJUSTMENT_WORDS[one.state]
        raise AdjustmentAnswered(state_zh=zh, state_en=en)
    return one


def _answered(
    tx: Tx, one: Adjustment, to: AdjustmentState, request: AnswerAdjustment, now: int, **more: Any
) -> Adjustment:
    by = request.by
    said = {"answer": request.answer.strip(), "answered_at": now, "answered_by_name": by.name}
    tx.audit.add(by.id, f"item.adjustment_{to}", f"item:{one.item_id}", {"adjustment": one.id})
    return tx.adjustments.move(one, to, **said, **more)


def late(rx: Tx) -> dict[str, Adjustment]:
    """Department → the oldest request that it has not answered by its day."""
    found: dict[str, Adjustment] = {}
    for one in rx.adjustments.late(rx.rules.day.isoformat()):
        found.setdefault(rx.catalogue.node(one.item_id).department, one)
    return found


def late_change(rx: Tx) -> bool:
    """Do the alarms differ from what is late?"""
    return late(rx).keys() != raised(rx, LATE_ALARM)


def mind_late(tx: Tx, now: int) -> None:
    """One alarm a department, until it has answered."""
    found, told = late(tx), raised(tx, LATE_ALARM)
    for department in found.keys() - told:
        data = {"department": department, "due_day": found[department].due_day.isoformat()}
        raise_alarm(tx, LATE_ALARM, department, data)
    for department in told - found.keys():
        clear_alarm(tx, LATE_ALARM, department)


# ---- what pages show ----


def adjustment_json(rx: Tx, one: Adjustment, node: Node, by: Actor) -> Json:
    flaw, about, state = FLAW_WORDS[one.flaw], ABOUT_WORDS[one.about], ADJUSTMENT_WORDS[one.state]
    return {
        "id": one.id,
        "item": one.item_id,
        "name": node.name,
        "department": node.department,
        "version": one.version,
        "flaw": str(one.flaw),
        "flaw_zh": flaw[0],
        "flaw_en": flaw[1],
        "about": str(one.about),
        "about_zh": about[0],
        "about_en": about[1],
        "text": one.text,
        "law": one.law,
        "law_from": one.law_from.isoformat() if one.law_from else None,
        "due_day": one.due_day.isoformat(),
        "overdue": one.open and one.due_day < rx.rules.day,
        "state": str(one.state),
        "state_zh": state[0],
        "state_en": state[1],
        "asked_at": iso(one.asked_at),
        "asked_by_name": one.asked_by_name,
        "asked_from": one.asked_from,
        "answer": one.answer,
        "answered_at": iso(one.answered_at),
        "answered_by_name": one.answered_by_name,
        "draft": one.draft,
        "may_answer": one.open and (may_write(by, node.department) or may_publish(by, node.department)),
    }


def shown(rx: Tx, one: Adjustment, by: Actor) -> Json:
    return adjustment_json(rx, one, rx.catalogue.node(one.item_id), by)


def waiting_view(rx: Tx, by: Actor, nodes: Mapping[str, Node]) -> tuple[list[Json], list[Json]]:
    """What the person's department has to answer, due first; what the person asked for, the last first."""
    waiting = [adjustment_json(rx, one, nodes[one.item_id], by) for one in rx.adjustments.waiting()]
    asked = [adjustment_json(rx, one, nodes[one.item_id], by) for one in rx.adjustments.asked_by(by.id)]
    return [one for one in waiting if one["may_answer"]], asked


def of_item_view(rx: Tx, item: str, by: Actor) -> Json:
    """Raises NodeUnknown, NotAnItem."""
    node = item_node(rx, item)
    return {"adjustments": [adjustment_json(rx, one, node, by) for one in rx.adjustments.of_item(node.id)]}
