"""出件窗口: results on their shelves, handed over against a code or an ID, or given to the courier."""

from __future__ import annotations

from typing import Any

from server.access.refusals import PadElsewhere, PadNeedsWindow
from server.domain.actor import Role
from server.domain.cases import courier as road
from server.domain.cases import issue as rule
from server.domain.cases.record import Case
from server.domain.hall import WindowUnknown
from server.domain.refusals import Refusal
from server.journey.cases import behind_views, collecting, issuing, rights, signing, taking_back
from server.journey.cases.finding import FindRequest, find_results
from server.journey.catalogue.rights import NotYourDepartment
from server.journey.counter import NotYourWindow
from server.store.cases import CaseMoved, CaseUnknown
from server.store.files import FileUnknown
from server.store.transaction import Tx
from server.web.access import LEADERS
from server.web.api.case_answers import CaseOut
from server.web.api.case_common import shown_to
from server.web.api.commands import command
from server.web.api.evaluation_schemas import PadQuery
from server.web.api.issue_schemas import (
    AskToSign,
    CollectResult,
    Dispatch,
    FindResult,
    PadSigning,
    ResultList,
    ResultOut,
    ResultsQuery,
    SignedOnPad,
    Slip,
)
from server.web.api.pad import own_window
from server.web.api.routing import Reply, Routes
from server.web.api.schemas import Nothing
from server.web.api.task_schemas import NoteGiven
from server.web.context import actor, services
from server.web.errors import error_body

routes = Routes("results")
ISSUERS = (Role.CLERK, *LEADERS)
TAKERS_BACK = (*ISSUERS, Role.APPROVER, Role.HEAD)
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
    """By the pickup code, the ID number or the case's code. Wrong pickup codes are counted for each clerk; a search
    by ID number is in the audit."""
    by = actor()
    wanted = FindRequest(by, body.pickup_code, body.id_number, body.code)
    if body.id_number and not body.pickup_code:
        services().store.audit(services().hall_id, by.id, "result.find", "identity", {})
    return command(find_results, wanted, body, lambda tx, found: _or_refused({"results": found}, found), _status)


@routes.post(
    "/results/{case}/hand-over",
    ISSUERS,
    may=rights.part,
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


@routes.post("/results/{case}/ask-signature", ISSUERS, may=rights.part,
             summary="请领取人签名 Ask for a signature on the pad",
             body=AskToSign, answers={200: ResultOut}, refusals=(*HERE, NotYourWindow, WindowUnknown))  # fmt: skip
def ask_signature(case: int, body: AskToSign) -> Reply:
    """The pad of the window shows what is handed over; its picture comes with the event result.signed."""
    return command(signing.ask_to_sign, signing.AskRequest(actor(), case, body.window, body.collector), body, _one)


@routes.get("/pad/signing", (Role.PAD, *LEADERS), summary="签名板 What a pad asks to be signed for", query=PadQuery,
            answers={200: PadSigning}, refusals=(PadNeedsWindow, PadElsewhere, WindowUnknown))  # fmt: skip
def pad_signing(query: PadQuery) -> Reply:
    """Read again at every event result.sign of the window."""
    window = own_window(query.window)
    found = services().store.read(services().hall_id, signing.asked_at, window)
    return 200, {"window": window, "signing": found}


@routes.post("/pad/signatures", (Role.PAD, *LEADERS), summary="签名完成 The pad's signature", body=SignedOnPad,
             answers={200: PadSigning},
             refusals=(rule.NotAskedToSign, rule.SignatureUnknown, FileUnknown, PadNeedsWindow, PadElsewhere))  # fmt: skip
def pad_signed(body: SignedOnPad) -> Reply:
    """The clerk's page may hand over now."""
    window = own_window(body.window)
    wanted = signing.SignedRequest(actor(), body.case, window, body.file)
    return command(signing.signed, wanted, body, lambda tx, _: {"window": window, "signing": None})


@routes.post("/results/{case}/dispatch", ISSUERS, may=rights.part, summary="交寄 Give to the courier", body=Dispatch,
             answers={200: ResultOut},
             refusals=(*HERE, road.CourierUnknown, road.NoWaybill, road.CourierCannotMove))  # fmt: skip
def dispatch(case: int, body: Dispatch) -> Reply:
    """The shelf is free again and the citizen is told the waybill."""
    wanted = collecting.DispatchRequest(actor(), case, body.waybill)
    return command(collecting.dispatch, wanted, body, _one)


@routes.post("/results/{case}/returned", ISSUERS, may=rights.part,
             summary="快递退回 It came back", body=NoteGiven, answers={200: ResultOut},
             refusals=(*HERE, rule.ShelvesFull))  # fmt: skip
def returned(case: int, body: NoteGiven) -> Reply:
    """On a shelf again, under a new pickup code."""
    return command(collecting.returned, issuing.CaseRequest(actor(), case, body.note), body, _one)


@routes.post("/results/{case}/take-back", TAKERS_BACK, may=rights.part, summary="退回部门更正 Take a result back", body=NoteGiven,
             answers={200: CaseOut}, refusals=(*HERE, NotYourDepartment, road.CourierCannotMove, rule.TakeBackReasonMissing))  # fmt: skip
def take_back(case: int, body: NoteGiven) -> Reply:
    """Something is wrong with it: by the issue window, or by its department. It goes by the next list back; the department
    sends it in again. The citizen is told that the code opens nothing for now."""
    who = actor()
    return command(taking_back.take_back, issuing.CaseRequest(who, case, body.note), body, shown_to(who))


@routes.post("/results/{case}/delivered", ISSUERS, may=rights.part, summary="快递已签收 It was delivered", body=Nothing,
             answers={200: ResultOut}, refusals=HERE)  # fmt: skip
def delivered(case: int, body: Nothing) -> Reply:
    """For a parcel on a slip filled in by hand, which no gateway follows."""
    return command(collecting.arrived_there, issuing.CaseRequest(actor(), case), body, _one)


@routes.post("/results/{case}/courier/retry", ISSUERS, may=rights.part,
             summary="重新叫快递 Order a courier again", body=Nothing,
             answers={200: ResultOut}, refusals=(*HERE, road.CourierCannotMove))  # fmt: skip
def retry_courier(case: int, body: Nothing) -> Reply:
    """After it was refused or came back."""
    return command(collecting.retry_courier, issuing.CaseRequest(actor(), case), body, _one)


@routes.post("/results/{case}/courier/slip", ISSUERS, may=rights.part,
             summary="留存寄件单据 Keep the courier's slip", body=Slip,
             answers={200: ResultOut}, refusals=(*HERE, road.CourierUnknown, road.SlipUnknown, FileUnknown))  # fmt: skip
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
