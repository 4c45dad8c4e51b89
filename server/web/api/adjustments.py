"""动态调整: requests to change a published item, and their answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from server.domain.actor import Role
from server.domain.catalogue import adjustment as rule
from server.journey.catalogue import adjusting, rights
from server.journey.catalogue.drafting import NotAnItem, VersionUnderWay
from server.store.catalogue_rows import NodeUnknown
from server.web.access import EVERYBODY_AT_WORK, LEADERS
from server.web.api.adjustment_schemas import AdjustmentOut, Adjustments, AnswerAdjustment, AskAdjustment
from server.web.api.commands import command
from server.web.api.object_rights import roles_alone
from server.web.api.routing import Reply, Routes
from server.web.context import actor, services

if TYPE_CHECKING:
    from collections.abc import Callable

    from server.domain.actor import Actor
    from server.domain.catalogue.adjustment import Adjustment
    from server.store.transaction import Tx

routes = Routes("adjustments")
OF_ITEM = "/catalogue/items/{item}/adjustments"
ONE = "/catalogue/adjustments/{adjustment}"
ANSWERERS = (Role.EDITOR, Role.HEAD, *LEADERS)
ANSWERED = (rule.AdjustmentUnknown, rule.AdjustmentAnswered, rights.NotYourDepartment, rights.NeedsLeader)


def _shown(by: Actor) -> Callable[[Tx, Adjustment], Any]:
    return lambda tx, one: adjusting.shown(tx, one, by)


@routes.get(
    OF_ITEM,
    EVERYBODY_AT_WORK,
    may=roles_alone,
    summary="事项的调整建议 Requests to change an item",
    answers={200: Adjustments},
    refusals=(NodeUnknown, NotAnItem),
)
def of_item(item: str) -> Reply:
    """The last first, with what became of each."""
    return 200, services().store.read(services().hall_id, adjusting.of_item_view, item, actor())


@routes.post(
    OF_ITEM,
    EVERYBODY_AT_WORK,
    may=roles_alone,
    summary="提调整建议 Ask for a change",
    body=AskAdjustment,
    answers={201: AdjustmentOut},
    refusals=(NodeUnknown, NotAnItem, rule.NothingToAdjust),
)
def ask(item: str, body: AskAdjustment) -> Reply:
    """Of what is in force, by whoever works with it. Its department answers in `[catalogue] change_days` working days, or
    by the day the new rule is in force; the asker finds the answer in the own inbox."""
    by = actor()
    wanted = adjusting.AskAdjustment(by, item, body.flaw, body.about, body.text, body.law, body.law_from)
    return command(adjusting.ask, wanted, body, _shown(by), 201)


@routes.post(
    ONE + "/accept",
    ANSWERERS,
    may=rights.answers,
    summary="采纳，写进草稿 Accept into a draft",
    body=AnswerAdjustment,
    answers={200: AdjustmentOut},
    refusals=(*ANSWERED, VersionUnderWay),
)
def accept(adjustment: int, body: AnswerAdjustment) -> Reply:
    """Into the draft that is being written, or a new one (`draft`). Published, it is done; discarded, it is open again."""
    by = actor()
    return command(adjusting.accept, adjusting.AnswerAdjustment(by, adjustment, body.answer), body, _shown(by))


@routes.post(
    ONE + "/refuse",
    ANSWERERS,
    may=rights.answers,
    summary="不采纳 Refuse",
    body=AnswerAdjustment,
    answers={200: AdjustmentOut},
    refusals=(*ANSWERED, rule.AdjustmentReasonMissing),
)
def refuse(adjustment: int, body: AnswerAdjustment) -> Reply:
    """With the reason, which the asker reads."""
    by = actor()
    return command(adjusting.refuse, adjusting.AnswerAdjustment(by, adjustment, body.answer), body, _shown(by))
