"""A post office that answers as examples/ems.toml expects, checks signatures by itself, and remembers its parcels."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass, field
from typing import Any

from tests.support.stand_in import StandIn

CUSTOMER, KEY = "1100012345", "post-secret"


@dataclass
class Post(StandIn):
    """What it holds. `refuse` {receiver's name: code}."""

    parcels: dict[str, dict[str, Any]] = field(default_factory=dict)  # by our reference
    roads: dict[str, list[dict[str, str]]] = field(default_factory=dict)  # by waybill
    orders: int = 0  # how often a parcel was asked for
    key: str = KEY

    def seen(self, waybill: str, code: str, at: str, words: str) -> None:
        """A parcel was seen: 203 picked up, 305 on the road, 704 delivered, 711 going back."""
        self.roads.setdefault(waybill, []).append({"opTime": at, "opCode": code, "opDesc": words})

    def answer(self, path: str, headers: Any, body: bytes) -> tuple[int, dict[str, Any]]:
        return 200, self._answer(path, headers, body)

    def _answer(self, path: str, headers: Any, body: bytes) -> dict[str, Any]:
        signed = hmac.new(self.key.encode(), headers["X-Timestamp"].encode() + b"\n" + body, hashlib.sha256).digest()
        if headers["X-Customer"] != CUSTOMER or headers["X-Signature"] != base64.b64encode(signed).decode():
            return {"code": "A0002", "msg": "签名不正确"}
        data = json.loads(body)
        if path == "/open/order":
            return self._order(data)
        if path == "/open/order/query":
            known = self.parcels.get(data["logisticsOrderNo"])
            return {"code": "00000", "body": known["given"]} if known else {"code": "B0404", "msg": "无此订单"}
        return {"code": "00000", "body": {"responseItems": self.roads.get(data["waybillNo"], [])}}

    def _order(self, data: dict[str, Any]) -> dict[str, Any]:
        self.orders += 1
        code = self.refuse.get(data["receiver"]["name"])
        if code:
            return {"code": code, "msg": f"{data['receiver']['mobile']} 收件信息不全"}
        known = self.parcels.get(data["logisticsOrderNo"])
        if known is None:
            number = len(self.parcels) + 1
            given = {"orderNo": f"O{number:06d}", "waybillNo": f"11{number:011d}"}
            known = self.parcels[data["logisticsOrderNo"]] = {"data": data, "given": given}
        return {"code": "00000", "body": known["given"]}
