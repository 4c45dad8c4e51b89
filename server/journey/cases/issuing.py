"""出件: a result comes to the issue window, waits on a numbered shelf, and is handed over or goes by courier."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from server.domain.actor import Actor
from server.domain.cases.courier import mask_address
from server.domain.cases.issue import RESULT_WORDS, ResultNotHere, ResultState, free_shelf, pickup_code
from server.domain.cases.parcel import Address
from server.domain.cases.record import Case
from server.domain.cases.state import CASE_WORDS, CaseState
from server.journey.cases import notices
from server.journey.cases.moves import move
from server.journey.cases.particulars import ELECTRONIC, form_of
from server.store.couriers import CourierOrder
from server.store.results import Result
from server.store.transaction import Tx

COURIER = "courier"
DECIDED = frozenset({CaseState.APPROVED, CaseState.REJECTED})


@dataclass(frozen=True, slots=True)
class CaseRequest:
    by: Actor
    case: int
    note: str = ""


def arrive(tx: Tx, case: Case, department: str, by: Actor, now: int) -> Result:
    """A department's result is here: on the lowest free shelf, under a pickup code; the citizen is told, or a courier
    is wanted. Raises ShelvesFull, CaseMoved."""
    code = _new_code(tx)
    shelf = free_shelf(tx.results.shelves(), tx.rules.file.issue.shelves)
    result = tx.results.add(
        Result(
            case.id,
            title_of(tx, case),
            ResultState.WAITING,
            shelf,
            pickup_print(tx, code),
            tx.vault.seal(code),
            now,
            by.id,
            department=department,
        )
    )
    case = move(tx, case, CaseState.AT_ISSUE, by, "at_issue", {"shelf": shelf}, now)
    if case.delivery == COURIER:
        want_courier(tx, case, by)
    else:
        _tell_ready(tx, case, code, now)
    return result


def at_window(tx: Tx, case: Case, by: Actor, window: int, now: int) -> Result:
    """即办件，前台一人通办: the result is in the clerk's hands; it is handed over there, without shelf or code."""
    result = tx.results.add(
        Result(
            case.id,
            title_of(tx, case),
            ResultState.WAITING,
            arrived_at=now,
            arrived_by=by.id,
            window_number=window,
            department=case.department,
        )
    )
    move(tx, case, CaseState.AT_ISSUE, by, "at_issue", {"window": window}, now)
    return result


def decided_at_window(rx: Tx, case: Case) -> bool:
    """Was it decided on the spot and not handed over yet? No department had a part in it."""
    return case.at in DECIDED and not rx.tasks.of_case(case.id) and not case.is_bundle


def want_courier(tx: Tx, case: Case, by: Actor) -> CourierOrder:
    """A parcel to the recipient of the basic form."""
    form = form_of(tx, case)
    region = f"{form.province}{form.city}{form.district}"
    address = Address(
        form.recipient_name, form.recipient_phone, region, form.recipient_address, form.recipient_postcode
    )
    sealed = json.dumps(asdict(address), ensure_ascii=False)
    return tx.couriers.add(case.id, sealed, mask_address(region + form.recipient_address), by.id)


def send_off(tx: Tx, case: Case, by: Actor, waybill: str, now: int) -> Case:
    """The courier has it: the shelf is free again, the citizen is told the waybill. Raises ResultNotHere."""
    result = waiting(tx, case)
    tx.results.change(result, state=ResultState.WITH_COURIER, shelf=None, handed_by=by.id)
    case = move(tx, case, CaseState.SENT, by, "sent", {"waybill": waybill}, now)
    notices.tell_step(tx, case, "sent", now, waybill=waybill)
    return case


def delivered(tx: Tx, case: Case, by: Actor, now: int) -> Case:
    """The courier says that it was signed for."""
    result = tx.results.find(case.id)
    if result is not None and result.state == ResultState.WITH_COURIER:
        tx.results.change(result, state=ResultState.COLLECTED, collected_at=now, proof=COURIER)
    case = move(tx, case, CaseState.COLLECTED, by, "delivered", {}, now)
    notices.tell(tx, case, "delivered", now)
    return case


def came_back(tx: Tx, case: Case, by: Actor, note: str, now: int) -> Case:
    """The courier brought it back: on a shelf again, under another code. Raises ShelvesFull, CaseMoved."""
    result = tx.results.find(case.id)
    if result is None or result.state != ResultState.WITH_COURIER:
        raise not_here(case, result)
    code = _new_code(tx)
    shelf = free_shelf(tx.results.shelves(), tx.rules.file.issue.shelves)
    tx.results.change(
        result,
        state=ResultState.WAITING,
        shelf=shelf,
        pickup_hash=pickup_print(tx, code),
        pickup_box=tx.vault.seal(code),
        arrived_at=now,
        reminded_at=None,
        reminders=0,
    )
    case = move(tx, case, CaseState.AT_ISSUE, by, "came_back", {"shelf": shelf, "note": note}, now)
    _tell_ready(tx, case, code, now)
    return case


def _tell_ready(tx: Tx, case: Case, code: str, now: int) -> None:
    """Each time it is on a shelf: after a parcel came back, after it was taken back and put right."""
    times = sum(line.action in ("at_issue", "came_back") for line in tx.cases.history(case.id))
    notices.tell(tx, case, "ready", now, repeat=times - 1, pickup=code)


def waiting(tx: Tx, case: Case) -> Result:
    """The result of a case that waits here. Raises ResultNotHere."""
    result = tx.results.find(case.id)
    if result is None or result.state != ResultState.WAITING:
        raise not_here(case, result)
    return result


def not_here(case: Case, result: Result | None) -> ResultNotHere:
    return ResultNotHere(case.code or f"#{case.id}", RESULT_WORDS[result.state] if result else CASE_WORDS[case.at])


def title_of(tx: Tx, case: Case) -> str:
    """What the paper is called."""
    if case.decision == CaseState.REJECTED:
        return f"不予许可决定书（{case.name}）"
    return tx.catalogue.version(case.item_id, case.item_version).result or f"{case.name}办理结果"


def needs_issue(case: Case) -> bool:
    """Is there something of paper to hand out? What was applied for wholly online is issued online, unless the citizen
    asked for paper, here or by courier (根据要求制发纸质)."""
    return case.delivery != ELECTRONIC


def pickup_print(tx: Tx, code: str) -> str:
    """What a pickup code is found by."""
    return tx.vault.fingerprint(f"pickup:{code}")


def _new_code(tx: Tx) -> str:
    taken = tx.results.pickup_hashes()
    while True:
        code = pickup_code(tx.tokens())
        if pickup_print(tx, code) not in taken:
            return code
