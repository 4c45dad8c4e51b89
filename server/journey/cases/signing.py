"""The collector signs on the window's pad: the clerk asks, the pad shows what is handed over and gives the picture back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from server.domain.actor import Actor
from server.domain.cases.form import mask_name
from server.domain.cases.issue import NotAskedToSign, ResultState, SignatureUnknown
from server.domain.cases.record import Case
from server.domain.catalogue.model import Applicant
from server.journey.cases import issuing
from server.journey.cases.board_numbers import number_of
from server.journey.counter import NotYourWindow
from server.store.results import Result
from server.store.transaction import Tx

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class AskRequest:
    """The clerk of `window` asks `collector` to sign on its pad."""

    by: Actor
    case: int
    window: int
    collector: str


@dataclass(frozen=True, slots=True)
class SignedRequest:
    """`file`: the pad's picture, kept with the case's files."""

    by: Actor
    case: int
    window: int
    file: int


def ask_to_sign(tx: Tx, request: AskRequest, now: int) -> Case:
    """Show it on the pad of the window; whatever was asked for there before is forgotten.

    Raises CaseUnknown, ResultNotHere, NotYourWindow, WindowUnknown.
    """
    tx.rules.window(request.window)
    if tx.windows.get(request.window).clerk != request.by.id and not request.by.leads:
        raise NotYourWindow(window=request.window)
    case = tx.cases.get(request.case)
    if issuing.decided_at_window(tx, case) and case.window_number == request.window:
        issuing.at_window(tx, case, request.by, request.window, now)
        case = tx.cases.get(case.id)
    result = issuing.waiting(tx, case)
    for other in tx.results.signing_at(request.window):
        tx.results.change(other, collector_mask="", signature_file=None)
    mask = mask_name(request.collector, Applicant.PERSON)
    tx.results.change(result, window_number=request.window, collector_mask=mask, signature_file=None)
    tx.events.append("result.sign", {"id": case.id, "window": request.window}, window=request.window)
    return case


def asked_at(rx: Tx, window: int) -> Json | None:
    """What the pad of a window shows to be signed for; None when nothing waits for a signature."""
    rx.rules.window(window)
    result = next((one for one in rx.results.signing_at(window) if one.signature_file is None), None)
    if result is None:
        return None
    case = rx.cases.get(result.case_id)
    return {
        "case": case.id,
        "board_number": number_of(rx, case),
        "title": result.title,
        "item_name": case.name,
        "collector": result.collector_mask,
    }


def signed(tx: Tx, request: SignedRequest, now: int) -> Result:
    """The picture is there. Raises NotAskedToSign, SignatureUnknown, FileUnknown."""
    result = tx.results.find(request.case)
    waits = result is not None and result.state == ResultState.WAITING and bool(result.collector_mask)
    if result is None or not waits or result.window_number != request.window:
        raise NotAskedToSign()
    file = tx.files.get(request.file)
    if file.owner != f"case:{request.case}" or file.purpose != "signature":
        raise SignatureUnknown(code=f"#{request.case}")
    result = tx.results.change(result, signature_file=file.id)
    tx.events.append("result.signed", {"id": request.case, "window": request.window}, window=request.window)
    return result
