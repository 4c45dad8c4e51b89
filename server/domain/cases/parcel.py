"""A parcel as couriers know it: who receives it, its waybill, its road."""

from __future__ import annotations

from dataclasses import dataclass

from server.domain.cases.courier import CourierState


@dataclass(frozen=True, slots=True)
class Address:
    """Who receives or sends; `region` is province, city and county in one line."""

    name: str
    phone: str
    region: str
    detail: str
    postcode: str = ""


@dataclass(frozen=True, slots=True)
class Parcel:
    """`reference` is ours, the same for every attempt: a courier that knows it already answers with the same waybill."""

    reference: str
    receiver: Address
    sender: Address
    contents: str


@dataclass(frozen=True, slots=True)
class Ordered:
    """The courier will come: his order number and the waybill's."""

    order_no: str
    waybill: str


@dataclass(frozen=True, slots=True)
class Place:
    """One line of a parcel's road: `at` as the courier writes it."""

    at: str
    text: str


@dataclass(frozen=True, slots=True)
class Road:
    """Where a parcel is: ORDERED, PICKED_UP, IN_TRANSIT, DELIVERED or RETURNED, and how it got there, oldest first."""

    state: CourierState
    places: tuple[Place, ...] = ()
