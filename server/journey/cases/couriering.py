"""By courier: a parcel is wanted, ordered, and followed to its end. The sender (server.couriers) talks to the gateway
between these steps; a parcel is marked `ordering` and committed before the gateway hears of it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Literal

from server.domain.actor import SYSTEM
from server.domain.cases.courier import TRACKED, CourierState
from server.domain.cases.parcel import Address, Parcel, Place
from server.domain.cases.state import CaseState
from server.domain.masking import mask_within
from server.domain.units import MINUTE, SECOND
from server.journey.alarms import clear_alarm, raise_alarm
from server.journey.cases import issuing
from server.journey.cases.board_numbers import number_of
from server.journey.cases.moves import note
from server.store.couriers import CourierOrder
from server.store.transaction import Tx

C = CourierState
LEASE = 120 * SECOND  # no outcome after so long: whoever had it is dead. Longer than any talk with a gateway
LOOK_AGAIN = {C.ORDERED: 10 * MINUTE, C.PICKED_UP: 30 * MINUTE, C.IN_TRANSIT: 60 * MINUTE}
RETRY_DELAY = (15, 60, 300, 900)  # seconds
ALARM = ("courier_gateway", "courier")
MOST_PLACES = 60


@dataclass(frozen=True, slots=True)
class Claimed:
    """What the sender does next with an order: `work` "order" it, "ask" what became of it, or "track" it."""

    order: CourierOrder
    parcel: Parcel
    work: Literal["order", "ask", "track"]


@dataclass(frozen=True, slots=True)
class Handed:
    order: CourierOrder
    order_no: str
    waybill: str


@dataclass(frozen=True, slots=True)
class Refused:
    """The courier does not have it. `wait`: µs before the next try; None: never without somebody's help."""

    order: CourierOrder
    error: str
    wait: int | None


@dataclass(frozen=True, slots=True)
class Seen:
    """Where a parcel was seen, in the courier's words, which name phones; no places where the courier could not be asked."""

    order: CourierOrder
    state: CourierState
    places: tuple[Place, ...] = ()


def claim(tx: Tx, request: tuple[int, str], now: int) -> list[Claimed]:
    """Up to `limit` due orders for the gateway of that name; from here on nobody else takes them for a while."""
    limit, gateway = request
    claimed = []
    for order in tx.couriers.due(limit):
        work: Literal["order", "ask", "track"] = "track"
        if order.state == C.WANTED:
            work = "order"
            moved = tx.couriers.move(
                order, C.ORDERING, gateway=gateway, attempts=order.attempts + 1, due_at=now + LEASE
            )
        elif order.state == C.ORDERING:
            work = "ask"
            moved = tx.couriers.move(order, order.state, due_at=now + LEASE)
        else:
            moved = tx.couriers.move(order, order.state, due_at=now + LOOK_AGAIN[order.state])
        if moved is not None:
            claimed.append(Claimed(moved, _parcel(tx, moved), work))
    return claimed


def ask_all_now(tx: Tx, _: None, now: int) -> int:
    """After a crash, when nobody else sends for this hall: every order on its way is a question. How many."""
    left = [order for order in tx.couriers.in_state(C.ORDERING) if order.due_at > now]
    for order in left:
        tx.couriers.move(order, order.state, due_at=now)
    return len(left)


def record_ordered(tx: Tx, request: Handed, now: int) -> bool:
    """The courier will come; False when the order is elsewhere by now."""
    columns = {"order_no": request.order_no, "waybill": request.waybill, "error": None}
    moved = tx.couriers.move(request.order, C.ORDERED, due_at=now + LOOK_AGAIN[C.ORDERED], **columns)
    if moved is None:
        return False
    case = tx.cases.get(moved.case_id)
    clear_alarm(tx, "courier_failed", f"case:{case.id}")
    note(tx, case, SYSTEM, "courier_ordered", {"waybill": request.waybill})
    if (
        case.at == CaseState.COLLECTED
    ):  # in person, while the courier's answer was awaited: somebody has to call him off
        tx.couriers.move(moved, C.CANCELLED)
        error = f"已当面领取，请通知快递公司取消运单 {request.waybill}"
        raise_alarm(tx, "courier_failed", f"case:{case.id}", {"code": number_of(tx, case), "error": error})
    return True


def record_refused(tx: Tx, request: Refused, now: int) -> bool:
    """Try again later; or, when it will never be taken, tell the manager."""
    if request.wait is not None:
        again = tx.couriers.move(request.order, C.WANTED, error=request.error, due_at=now + request.wait)
        return again is not None
    moved = tx.couriers.move(request.order, C.FAILED, error=request.error)
    if moved is None:
        return False
    case = tx.cases.get(moved.case_id)
    note(tx, case, SYSTEM, "courier_failed", {"error": request.error})
    raise_alarm(tx, "courier_failed", f"case:{case.id}", {"code": number_of(tx, case), "error": request.error})
    return True


def record_lost(tx: Tx, request: Refused, now: int) -> bool:
    """The courier may have it: ask again after `wait`."""
    wait = request.wait or LEASE
    return tx.couriers.move(request.order, C.ORDERING, error=request.error, due_at=now + wait) is not None


def record_seen(tx: Tx, request: Seen, now: int) -> bool:
    """Where a parcel is; the case follows: sent, delivered, or back on a shelf. False when nothing is new."""
    order = tx.couriers.get(request.order.id)
    if order.state not in TRACKED:
        return False
    track = tuple({"at": one.at, "zh": mask_within(one.text)} for one in request.places)[-MOST_PLACES:] or order.track
    state = request.state if request.state != C.ORDERED else order.state
    if state == order.state:
        if track != order.track:
            tx.couriers.move(order, order.state, track=track)
        return False
    moved = tx.couriers.move(order, state, track=track, due_at=now + LOOK_AGAIN.get(state, 0))
    if moved is None:
        return False
    follow(tx, moved, now)
    return True


def follow(tx: Tx, order: CourierOrder, now: int) -> None:
    """What a parcel's state does to its case."""
    case = tx.cases.get(order.case_id)
    if order.state in (C.PICKED_UP, C.IN_TRANSIT, C.DELIVERED, C.RETURNED) and case.at == CaseState.AT_ISSUE:
        case = issuing.send_off(tx, case, SYSTEM, order.waybill or "", now)
    if case.at != CaseState.SENT:
        return
    if order.state == C.DELIVERED:
        issuing.delivered(tx, case, SYSTEM, now)
    elif order.state == C.RETURNED:
        issuing.came_back(tx, case, SYSTEM, "快递退回", now)


def delay(attempts: int) -> int:
    """Microseconds before the next try after so many."""
    return RETRY_DELAY[min(max(attempts, 1), len(RETRY_DELAY)) - 1] * SECOND


def raise_gateway_alarm(tx: Tx, data: dict[str, str], now: int) -> None:
    raise_alarm(tx, *ALARM, data)


def clear_gateway_alarm(tx: Tx, _: None, now: int) -> None:
    clear_alarm(tx, *ALARM)


def _parcel(tx: Tx, order: CourierOrder) -> Parcel:
    hall, issue = tx.rules.file.hall, tx.rules.file.issue
    sender = Address(issue.sender_name or hall.name, issue.sender_phone, "", issue.sender_address or hall.name)
    receiver = Address(**json.loads(tx.vault.open(order.address_box)))
    contents = tx.cases.get(order.case_id).name
    # A parcel that came back and goes again is another order, so the id of the order and not of the case.
    return Parcel(f"{tx.hall_id}-{order.id}", receiver, sender, contents)
