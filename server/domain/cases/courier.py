"""A courier order's states (EMS's shape: ordered with a waybill, picked up, on the road, delivered or back)."""

from __future__ import annotations

from enum import StrEnum

from server.domain.refusals import Refusal


class CourierState(StrEnum):
    """`ordering`: the gateway was asked and its answer is not known; it is asked about, never simply asked again."""

    WANTED = "wanted"
    ORDERING = "ordering"
    ORDERED = "ordered"
    PICKED_UP = "picked_up"
    IN_TRANSIT = "in_transit"
    DELIVERED = "delivered"
    RETURNED = "returned"
    FAILED = "failed"
    CANCELLED = "cancelled"


C = CourierState
COURIER_WORDS: dict[CourierState, tuple[str, str]] = {
    C.WANTED: ("待下单", "to be ordered"),
    C.ORDERING: ("下单中", "being ordered"),
    C.ORDERED: ("已下单，待揽收", "ordered, to be picked up"),
    C.PICKED_UP: ("已揽收", "picked up"),
    C.IN_TRANSIT: ("运输中", "on its way"),
    C.DELIVERED: ("已签收", "delivered"),
    C.RETURNED: ("已退回", "returned"),
    C.FAILED: ("下单失败", "not taken"),
    C.CANCELLED: ("已取消", "cancelled"),
}

_ROAD = {C.PICKED_UP, C.IN_TRANSIT, C.DELIVERED, C.RETURNED}
COURIER_MOVES: dict[CourierState, frozenset[CourierState]] = {
    C.WANTED: frozenset({C.ORDERING, C.CANCELLED}),
    C.ORDERING: frozenset({C.ORDERED, C.WANTED, C.FAILED, *_ROAD}),
    C.ORDERED: frozenset({*_ROAD, C.FAILED, C.CANCELLED}),
    C.PICKED_UP: frozenset({C.IN_TRANSIT, C.DELIVERED, C.RETURNED}),
    C.IN_TRANSIT: frozenset({C.DELIVERED, C.RETURNED}),
    C.DELIVERED: frozenset(),
    C.RETURNED: frozenset(),
    C.FAILED: frozenset({C.WANTED, C.CANCELLED}),
    C.CANCELLED: frozenset(),
}
"""Never backwards: a provider's late word about an earlier state changes nothing."""

TRACKED = frozenset({C.ORDERED, C.PICKED_UP, C.IN_TRANSIT})
"""States the gateway is asked about."""

AT_WORK = frozenset({C.WANTED, C.ORDERING, *TRACKED})


class CourierUnknown(Refusal):
    status, code = 404, "courier_unknown"
    zh = "这个办件没有快递单，请刷新页面。"
    en = "This case has no courier order. Reload the page."


class SlipUnknown(Refusal):
    status, code = 422, "slip_unknown"
    zh = "这个文件不是办件 {code} 的寄件单据，请重新上传。"
    en = "This file is no courier's slip of case {code}. Upload it again."


class NoWaybill(Refusal):
    status, code = 409, "no_waybill"
    zh = "快递单号还没有取得。请稍候，或手工填写运单号后交寄。"
    en = "There is no waybill number yet. Wait a moment, or type the one on the slip."


class CourierCannotMove(Refusal):
    status, code = 409, "courier_cannot_move"
    zh = "快递单现在是“{state_zh}”，不能这样操作，请刷新页面。"
    en = "The courier order is {state_en}, so this cannot be done now. Reload the page."

    def __init__(self, state: CourierState) -> None:
        zh, en = COURIER_WORDS[state]
        super().__init__(state=str(state), state_zh=zh, state_en=en)


def mask_address(address: str) -> str:
    """The region of an address is shown, the rest is not: 浙江省衢州市柯城区**** ."""
    shown = address.strip()[:9]
    return f"{shown}****" if len(address.strip()) > len(shown) else f"{address.strip()[:3]}****"
