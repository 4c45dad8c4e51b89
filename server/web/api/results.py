"""出件窗口: results on their shelves, handed over against a code or an ID, or given to the courier."""

from __future__ import annotations

from typing import Any

from server.domain.actor import Role
from server.domain.cases import courier as road
from server.domain.cases import issue as rule
from server.domain.cases.record import Case
from server.domain.hall import WindowUnknown
from server.domain.refusals import Refusal
from server.journey.cases import behind_views, collecting, issuing
from server.journey.cases.finding import FindRequest, find_results
from server.journey.counter import NotYourWindow
from server.store.cases import CaseMoved, CaseUnknown
from server.store.files import FileUnknown
from server.store.transaction import Tx
from server.web.access import LEADERS
from server.web.api.commands import command
from server.web.api.issue_schemas import CollectResult, Dispatch, FindResult, ResultList, ResultOut, ResultsQuery, Slip
from server.web.api.routing import Reply, Routes
from server.web.api.schemas import Nothing
from server.web.api.task_schemas import NoteGiven
from server.web.context import actor, services
from server.web.errors import error_body

routes = Routes("results")
ISSUERS = (Role.CLERK, *LEADERS)
HERE = (CaseUnknown, rule.ResultNotHere, CaseMoved)


@routes.get("/results", ISSUERS, summary="出件台账 Results", query=ResultsQuery, answers={200: ResultList})
def list_(query: ResultsQuery) -> Reply:
    """Longest on the shelf first."""

    def view(rx: Tx) -> Any:
        return {"results": behind_views.results(rx, rule.ResultState(query.state))}

    return 200, services().store.read(services().hall_id, view)


@routes.post("/results/find", ISSUERS, summary="查找结果 Find a result", body=FindResult, answers={200: ResultList},
             refusals=(rule.PickupProofMissing, rule.PickupWrong, rule.PickupLocked))  # fmt: skip
def find(body: FindResult) -> Reply:
    """By the pickup code, the ID number or the case's code. Wrong pickup codes are counted for each clerk."""
    wanted = FindRequest(actor(), body.pickup_code, body.id_number, body.code)
    return command(find_results, wanted, body, lambda tx, found: _or_refused({"results": found}, found), _status)


@routes.post(
    "/results/{case}/hand-over",
    ISSUERS,
    summary="颁发 Hand over",
    body=CollectResult,
    answers={200: ResultOut},
    refusals=(
        *HERE,
        rule.NotAtIssueWindow,
        NotYourWindow,
        WindowUnknown,
        rule.PickupProofMissing,
        rule.PickupWrong,
        rule.PickupLocked,
        rule.SignatureMissing,
        rule.SignatureUnknown,
        FileUnknown,
    ),
)
def hand_over(case: int, body: CollectResult) -> Reply:
    """At an issue window, against the code or the ID, signed on the pad; or where it was decided on the spot."""
    wanted = collecting.CollectRequest(
        actor(),
        case,
        body.window,
        body.collector,
        body.pickup_code,
        body.id_number,
        body.signature,
        body.unsigned_reason,
    )
    return command(collecting.collect, wanted, body, _one, _status)


@routes.post("/results/{case}/dispatch", ISSUERS, summary="交寄 Give to the courier", body=Dispatch,
             answers={200: ResultOut},
             refusals=(*HERE, road.CourierUnknown, road.NoWaybill, road.CourierCannotMove))  # fmt: skip
def dispatch(case: int, body: Dispatch) -> Reply:
    """The shelf is free again and the citizen is told the waybill."""
    wanted = collecting.DispatchRequest(actor(), case, body.waybill)
    return command(collecting.dispatch, wanted, body, _one)


@routes.post("/results/{case}/returned", ISSUERS, summary="快递退回 It came back", body=NoteGiven, answers={200: ResultOut},
             refusals=(*HERE, rule.ShelvesFull))  # fmt: skip
def returned(case: int, body: NoteGiven) -> Reply:
    """On a shelf again, under a new pickup code."""
    return command(collecting.returned, issuing.CaseRequest(actor(), case, body.note), body, _one)


@routes.post("/results/{case}/delivered", ISSUERS, summary="快递已签收 It was delivered", body=Nothing,
             answers={200: ResultOut}, refusals=HERE)  # fmt: skip
def delivered(case: int, body: Nothing) -> Reply:
    """For a parcel on a slip filled in by hand, which no gateway follows."""
    return command(collecting.arrived_there, issuing.CaseRequest(actor(), case), body, _one)


@routes.post("/results/{case}/courier/retry", ISSUERS, summary="重新叫快递 Order a courier again", body=Nothing,
             answers={200: ResultOut}, refusals=(*HERE, road.CourierCannotMove))  # fmt: skip
def retry_courier(case: int, body: Nothing) -> Reply:
    """After it was refused or came back."""
    return command(collecting.retry_courier, issuing.CaseRequest(actor(), case), body, _one)


@routes.post("/results/{case}/courier/slip", ISSUERS, summary="留存寄件单据 Keep the courier's slip", body=Slip,
             answers={200: ResultOut}, refusals=(*HERE, road.CourierUnknown, rule.SignatureUnknown, FileUnknown))  # fmt: skip
def keep_slip(case: int, body: Slip) -> Reply:
    """A photograph or scan of the case's files (purpose waybill)."""
    return command(collecting.keep_slip, collecting.SlipRequest(actor(), case, body.file), body, _one)


def _one(tx: Tx, case: Case | Refusal) -> Any:
    if isinstance(case, Refusal):
        return error_body(case)
    return behind_views.result_of(tx, case)


def _or_refused(shown: Any, found: Any) -> Any:
    return error_body(found) if isinstance(found, Refusal) else shown


def _status(result: Any) -> int:
    """A wrong try is counted, so it is an answer that was saved and not an error that undoes itself."""
    return result.status if isinstance(result, Refusal) else 200
