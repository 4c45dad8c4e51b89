"""材料交接清单: papers to departments, results to the issue window; both sides sign."""

from __future__ import annotations

from typing import Any

from server.domain.actor import Role
from server.domain.cases import handover as rule
from server.domain.cases.authorization import OtherDepartment
from server.domain.cases.issue import NothingToIssue, ShelvesFull
from server.journey.cases import behind_views, handing_over, rights
from server.store.cases import CaseUnknown
from server.store.handovers import Handover
from server.store.transaction import Tx
from server.web.access import LEADERS
from server.web.api.commands import command
from server.web.api.handover_schemas import HandoverOut, Handovers, HandoversQuery, MakeHandover, ReceiveHandover
from server.web.api.routing import Reply, Routes
from server.web.api.schemas import Nothing
from server.web.context import actor, services

routes = Routes("handovers")
SIGNERS = (Role.CLERK, Role.GUIDE, Role.APPROVER, Role.HEAD, *LEADERS)
SIGNING = (rule.HandoverUnknown, rule.HandoverNotYours, rule.HandoverClosed)


@routes.get("/handovers", SIGNERS, summary="交接清单 Handover lists", query=HandoversQuery, answers={200: Handovers})
def list_(query: HandoversQuery) -> Reply:
    """Today's lists and whatever is unsigned of other days; or one day's. `ready`: decided cases whose result may be sent."""
    day = query.day.isoformat() if query.day else None
    read = services().store.read
    view = read(services().hall_id, behind_views.handovers, actor(), day, query.department, query.direction)
    return 200, view


@routes.get("/handovers/{handover}", SIGNERS, may=rights.signs, summary="一张清单 A list", answers={200: HandoverOut},
            refusals=(rule.HandoverUnknown, OtherDepartment))  # fmt: skip
def see(handover: int) -> Reply:
    """With its lines; a department's people see their own lists."""

    return 200, services().store.read(services().hall_id, behind_views.one_handover, handover)


@routes.post("/handovers", SIGNERS, summary="立即移交 Hand over now", body=MakeHandover, answers={201: HandoverOut},
             refusals=(rule.NothingToHandOver, rule.HandoverNotYours, OtherDepartment, NothingToIssue, CaseUnknown))  # fmt: skip
def make(body: MakeHandover) -> Reply:
    """A list out of turn, signed by its sender: all papers waiting for a department, or these results of one's own."""
    by = actor()
    department = body.department or by.department
    wanted = handing_over.MakeRequest(by, department, body.direction, tuple(body.cases))
    return command(handing_over.make, wanted, body, _list, 201)


@routes.post("/handovers/{handover}/send", SIGNERS, may=rights.sends, summary="移交签字 Sign as the sender", body=Nothing,
             answers={200: HandoverOut}, refusals=SIGNING)  # fmt: skip
def send(handover: int, body: Nothing) -> Reply:
    """The papers leave; from here on the other side answers for finding them."""
    return command(handing_over.send, handing_over.SignRequest(actor(), handover), body, _list)


@routes.post("/handovers/{handover}/receive", SIGNERS, may=rights.receives,
             summary="接收签字 Sign as the receiver", body=ReceiveHandover,
             answers={200: HandoverOut}, refusals=(*SIGNING, rule.LineUnknown, rule.NoteNeeded, ShelvesFull))  # fmt: skip
def receive(handover: int, body: ReceiveHandover) -> Reply:
    """Line by line; what is not named stays open, what is missing needs a note and can be received later."""
    said = {one.case: (one.received, one.note) for one in body.lines}
    wanted = handing_over.SignRequest(actor(), handover, said)
    return command(handing_over.receive, wanted, body, _list)


def _list(tx: Tx, made: Handover) -> Any:
    return behind_views.handover_json(tx, made)
