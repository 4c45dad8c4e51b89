"""Any courier with an HTTP interface, described in a TOML file: order, waybill, states; signed."""

from __future__ import annotations

import secrets as random
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import requests

from server.couriers.description import CourierDescription, TrackRequest, load_courier
from server.domain.cases.courier import CourierState
from server.domain.cases.parcel import Ordered, Parcel, Place, Road
from sms.gateways.base import CannotTell, Passing, Unknown
from sms.gateways.generic_http import at, holds, refused, text_at
from sms.gateways.http_description import Request
from sms.gateways.http_signing import BEIJING, prepare, sign
from sms.gateways.http_talk import exchange

C = CourierState
FURTHEST = (C.PICKED_UP, C.IN_TRANSIT, C.RETURNED, C.DELIVERED)


class GenericHttpCourier:
    """One courier. `clock` gives seconds since 1970 and `nonce` a fresh string, for the signatures."""

    blocking = False

    def __init__(
        self,
        description: CourierDescription,
        secrets: Mapping[str, str],
        *,
        clock: Callable[[], float] = time.time,
        nonce: Callable[[], str] = lambda: random.token_hex(16),
    ) -> None:
        self.name = description.name
        self.repeats_safely = description.order.repeats_safely
        self._description = description
        self._secrets = dict(secrets)
        self._clock = clock
        self._nonce = nonce
        self._session = requests.Session()

    @classmethod
    def from_file(cls, path: Path, environment: Mapping[str, str] | None = None) -> GenericHttpCourier:
        """Raises ValueError with everything that is wrong with the file."""
        return cls(*load_courier(path, environment))

    def order(self, parcel: Parcel) -> Ordered:
        wanted = self._description.order
        data = self._ask(wanted, _words(parcel))
        if not holds(wanted.answer.success, data):
            raise refused(wanted.answer, data)
        waybill = text_at(data, wanted.answer.id)
        if not waybill:
            raise Unknown("answer", "回答里没有运单号")
        return Ordered(text_at(data, wanted.order_no) if wanted.order_no else waybill, waybill)

    def find(self, parcel: Parcel) -> Ordered | None:
        wanted = self._description.find
        if wanted is None:
            raise CannotTell("find", "快递公司没有按本系统编号查询的接口")
        data = self._ask_again(wanted, _words(parcel))
        if not holds(wanted.success, data):
            raise Passing("find", "查询被拒绝")
        if not holds(wanted.found, data):
            return None
        waybill = text_at(data, wanted.waybill)
        return Ordered(text_at(data, wanted.order_no) if wanted.order_no else waybill, waybill)

    def track(self, reference: str, ordered: Ordered) -> Road:
        wanted = self._description.track
        words = {"reference": reference, "waybill": ordered.waybill, "order_no": ordered.order_no}
        data = self._ask_again(wanted, words)
        if not holds(wanted.success, data):
            raise Passing("track", "轨迹查询被拒绝")
        listed = at(data, wanted.places)
        found = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
        found.sort(key=lambda one: text_at(one, wanted.time))
        places = tuple(Place(text_at(one, wanted.time), text_at(one, wanted.words)[:200]) for one in found)
        return Road(_furthest(wanted, {text_at(one, wanted.code) for one in found}), places)

    def close(self) -> None:
        self._session.close()

    def _ask(self, request: Request, words: Mapping[str, str]) -> Any:
        now = self._clock()
        values = {
            **words,
            "timestamp": str(int(now)),
            "timestamp_ms": str(int(now * 1000)),
            "local_time": datetime.fromtimestamp(now, BEIJING).strftime("%Y-%m-%d %H:%M:%S"),
            "nonce": self._nonce(),
            **{f"secrets.{name}": value for name, value in self._secrets.items()},
        }
        prepared = sign(prepare(request, values), self._description.signing)
        return exchange(self._session, prepared, self._description.timeout)

    def _ask_again(self, request: Request, words: Mapping[str, str]) -> Any:
        """A question: asking twice does no harm, so a lost answer is Passing."""
        try:
            return self._ask(request, words)
        except Unknown as error:
            raise Passing(error.code, error.message) from error


def _words(parcel: Parcel) -> dict[str, str]:
    words = {"reference": parcel.reference, "contents": parcel.contents}
    for who, address in (("receiver", parcel.receiver), ("sender", parcel.sender)):
        for name in ("name", "phone", "region", "detail", "postcode"):
            words[f"{who}.{name}"] = getattr(address, name)
    return words


def _furthest(wanted: TrackRequest, codes: set[str]) -> CourierState:
    lists = {
        C.PICKED_UP: wanted.picked_up,
        C.IN_TRANSIT: wanted.in_transit,
        C.RETURNED: wanted.returned,
        C.DELIVERED: wanted.delivered,
    }
    reached = C.ORDERED
    for state in FURTHEST:
        if codes & {str(code) for code in lists[state]}:
            reached = state
    return reached
