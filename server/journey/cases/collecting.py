"""Handing a result over: against the pickup code or the ID, signed on the pad; or to the courier."""

from __future__ import annotations

from dataclasses import dataclass

from server.domain.actor import SYSTEM, Actor
from server.domain.cases.courier import CourierCannotMove, CourierState, CourierUnknown, NoWaybill, SlipUnknown
from server.domain.cases.form import mask_name
from server.domain.cases.issue import (
    AT_THE_WINDOW,
    NotAtIssueWindow,
    PickupLocked,
    PickupProofMissing,
    PickupWrong,
    ResultState,
    SignatureMissing,
    SignatureUnknown,
)
from server.domain.cases.record import Case
from server.domain.cases.state import CaseState
from server.domain.catalogue.model import Applicant
from server.domain.refusals import Refusal
from server.domain.units import MINUTE
from server.journey.cases import issuing, notices
from server.journey.cases.moves import move, note
from server.journey.cases.particulars import form_of
from server.journey.counter import NotYourWindow
from server.store.results import Result
from server.store.transaction import Tx

C = CourierState


@dataclass(frozen=True, slots=True)
class CollectRequest:
    """`collector`: who takes it, in words; `signature`: the id of a picture (None: the pad's, where it was asked for),
    else `unsigned_reason`."""

    by: Actor
    case: int
    window: int
    collector: str
    pickup_code: str | None = None
    id_number: str | None = None
    signature: int | None = None
    unsigned_reason: str = ""


def collect(tx: Tx, request: CollectRequest, now: int) -> Case | Refusal:
    """Hand it over. A wrong code is an answer and no error, so that it is counted: PickupWrong, PickupLocked.

    Raises CaseUnknown, ResultNotHere, NotAtIssueWindow, NotYourWindow, PickupProofMissing, SignatureMissing,
    SignatureUnknown.
    """
    case = tx.cases.get(request.case)
    if issuing.decided_at_window(tx, case) and case.window_number == request.window:
        issuing.at_window(tx, case, request.by, request.window, now)
        case = tx.cases.get(case.id)
    result = issuing.waiting(tx, case)
    _check_window(tx, case, result, request)
    signature = request.signature or result.signature_file
    _check_signature(tx, case, signature, request.unsigned_reason)
    proof = _proof(tx, case, result, request)
    subject = f"pickup:{case.id}"
    tries = tx.lookups.of(subject)
    if tries.minutes_locked(now) and not request.by.leads:  # a manager may look who it is
        return PickupLocked(minutes=tries.minutes_locked(now))
    if proof is None:
        tries = tries.wrong(now, tx.rules.file.progress.lock_minutes * MINUTE)
        tx.lookups.put(subject, tries)
        return PickupLocked(minutes=tries.minutes_locked(now)) if tries.locked_until else PickupWrong()
    tx.lookups.forgive(subject)
    tx.results.change(
        result,
        state=ResultState.COLLECTED,
        shelf=None,
        collected_at=now,
        collected_by=request.by.id,
        collector_mask=mask_name(request.collector, Applicant.PERSON),
        proof=proof,
        signature_file=signature,
        handed_by=request.by.id,
        window_number=request.window,
    )
    data = {"proof": proof, "window": request.window, "unsigned": request.unsigned_reason}
    stop_courier(tx, case)
    case = move(tx, case, CaseState.COLLECTED, request.by, "collected", data, now)
    notices.tell(tx, case, "collected", now)
    tx.events.append("result.handed_over", {"id": case.id, "window": request.window}, window=request.window)
    return case


def _check_window(tx: Tx, case: Case, result: Result, request: CollectRequest) -> None:
    kind = tx.rules.window(request.window).kind
    decided_here = result.window_number == request.window and result.shelf is None
    if kind != "issue" and not decided_here:
        raise NotAtIssueWindow(window=request.window)
    if tx.windows.get(request.window).clerk != request.by.id and not request.by.leads:
        raise NotYourWindow(window=request.window)


def _check_signature(tx: Tx, case: Case, signature: int | None, why_not: str) -> None:
    if signature is None:
        if not why_not.strip():
            raise SignatureMissing()
        return
    file = tx.files.get(signature)
    if file.owner != f"case:{case.id}" or file.purpose != "signature":
        raise SignatureUnknown(code=case.code or f"#{case.id}")


def _proof(tx: Tx, case: Case, result: Result, request: CollectRequest) -> str | None:
    """How the collector showed that it is theirs; None when they did not."""
    if result.pickup_hash is None and result.window_number == request.window:
        return AT_THE_WINDOW  # they stand before the clerk who has just decided it
    if request.pickup_code:
        right = issuing.pickup_print(tx, request.pickup_code.strip()) == result.pickup_hash
        return "code" if right else None
    if request.id_number:
        given = request.id_number.strip().upper()
        form = form_of(tx, case)
        known = {one.upper() for one in (form.identity, form.id_number, form.contact_id) if one}
        return "id" if given in known else None
    raise PickupProofMissing()


@dataclass(frozen=True, slots=True)
class DispatchRequest:
    """`waybill`: typed from the courier's slip; None: the gateway's."""

    by: Actor
    case: int
    waybill: str | None = None


def dispatch(tx: Tx, request: DispatchRequest, now: int) -> Case:
    """Given to the courier. Raises CaseUnknown, ResultNotHere, CourierUnknown, NoWaybill, CourierCannotMove."""
    case = tx.cases.get(request.case)
    issuing.waiting(tx, case)
    order = tx.couriers.of_case(case.id)
    if order is None:
        raise CourierUnknown()
    typed = (request.waybill or "").strip().upper()
    if typed and order.state in (C.RETURNED, C.CANCELLED):  # what came back goes as another parcel
        order = issuing.want_courier(tx, case, request.by)
    waybill = typed or ("" if order.state in (C.RETURNED, C.CANCELLED) else order.waybill)
    if not waybill:
        raise NoWaybill()
    by_gateway = order.state == C.ORDERED and waybill == order.waybill
    # Sent on a slip filled in by hand: nobody follows that parcel but the clerk.
    to = C.PICKED_UP if by_gateway else C.CANCELLED
    if order.state == C.ORDERING or tx.couriers.move(order, to, waybill=waybill, due_at=now + 30 * MINUTE) is None:
        raise CourierCannotMove(order.state)
    return issuing.send_off(tx, case, request.by, waybill, now)


def returned(tx: Tx, request: issuing.CaseRequest, now: int) -> Case:
    """The courier brought it back to the window. Raises CaseUnknown, ResultNotHere, ShelvesFull."""
    case = tx.cases.get(request.case)
    order = tx.couriers.of_case(case.id)
    case = issuing.came_back(tx, case, request.by, request.note, now)
    if order is not None:
        tx.couriers.move(order, C.RETURNED)
    return case


def arrived_there(tx: Tx, request: issuing.CaseRequest, now: int) -> Case:
    """A parcel nobody follows was delivered, as the clerk has heard. Raises CaseUnknown, CaseMoved."""
    case = issuing.delivered(tx, tx.cases.get(request.case), request.by, now)
    order = tx.couriers.of_case(case.id)
    if order is not None and order.state in (C.PICKED_UP, C.IN_TRANSIT):
        tx.couriers.move(order, C.DELIVERED)  # the citizen's page says so, too
    return case


def retry_courier(tx: Tx, request: issuing.CaseRequest, now: int) -> Case:
    """Order again: what was refused, or another parcel for what came back. Raises CourierUnknown, ResultNotHere,
    CourierCannotMove."""
    case = tx.cases.get(request.case)
    issuing.waiting(tx, case)
    order = tx.couriers.of_case(case.id)
    if order is None or order.state in (C.RETURNED, C.CANCELLED, C.FAILED):
        # Another order: the address may have been put right in the meantime.
        if order is not None and order.state == C.FAILED:
            tx.couriers.move(order, C.CANCELLED)
        issuing.want_courier(tx, case, request.by)
        note(tx, case, request.by, "courier_again", {})
        return case
    raise CourierCannotMove(order.state)


@dataclass(frozen=True, slots=True)
class SlipRequest:
    by: Actor
    case: int
    file: int


def keep_slip(tx: Tx, request: SlipRequest, now: int) -> Case:
    """The courier's slip, photographed or scanned, is kept (留存寄件单据). Raises CourierUnknown, SlipUnknown, FileUnknown."""
    case = tx.cases.get(request.case)
    order = tx.couriers.of_case(case.id)
    if order is None:
        raise CourierUnknown()
    file = tx.files.get(request.file)
    if file.owner != f"case:{case.id}" or file.purpose != "waybill":
        raise SlipUnknown(code=case.code or f"#{case.id}")
    tx.couriers.move(order, order.state, slip_file=request.file)
    note(tx, case, request.by, "courier_slip", {})
    return case


def stop_courier(tx: Tx, case: Case) -> None:
    """Collected in person after all, or taken back: a parcel that is not on the road is not wanted any more."""
    order = tx.couriers.of_case(case.id)
    if order is not None and order.state in (C.WANTED, C.ORDERED, C.FAILED):
        tx.couriers.move(order, C.CANCELLED)
        note(tx, case, SYSTEM, "courier_cancelled", {})
