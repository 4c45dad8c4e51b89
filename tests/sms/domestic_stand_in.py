"""A server that answers like three kinds of domestic provider, checks their signatures by itself, and remembers.

/aliyun             Aliyun's RPC style: form fields, HMAC-SHA1, {"Code": "OK", "BizId": …}; QuerySendDetails too
/mas/tmpsubmit      the style of 云MAS: base64 of JSON, `mac` = MD5 over joined fields, {"rspcod": "success"}
/v1/send            a plain JSON provider: X-Signature = HMAC-SHA256 over timestamp, newline, body; {"result": {"code": 0}}
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, quote

from tests.support.stand_in import StandIn

KEY_ID, SECRET = "LTAI-stand-in", "domestic-secret"


@dataclass
class Domestic(StandIn):
    """What it holds. `refuse` {phone: code}."""

    messages: list[dict[str, Any]] = field(default_factory=list)
    states: dict[str, str] = field(default_factory=dict)  # reference → Aliyun's SendStatus
    nonces: set[str] = field(default_factory=set)

    def answer(self, path: str, headers: Any, body: bytes) -> tuple[int, dict[str, Any]]:
        if path == "/aliyun":
            return self.aliyun(dict(parse_qsl(body.decode(), keep_blank_values=True)))
        return self.mas(body) if path == "/mas/tmpsubmit" else self.plain(body, headers)

    # -- Aliyun ------------------------------------------------------------------------------------------

    def aliyun(self, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        given = form.pop("Signature", "")
        joined = "&".join(f"{_rfc3986(k)}={_rfc3986(form[k])}" for k in sorted(form))
        to_sign = "POST&%2F&" + _rfc3986(joined)
        mac = hmac.new(f"{SECRET}&".encode(), to_sign.encode(), hashlib.sha1)
        if form.get("AccessKeyId") != KEY_ID:
            return 404, {"Code": "InvalidAccessKeyId.NotFound", "Message": "Specified access key is not found."}
        if given != base64.b64encode(mac.digest()).decode():
            return 400, {"Code": "SignatureDoesNotMatch", "Message": "Specified signature is not matched."}
        if form["SignatureNonce"] in self.nonces:
            return 400, {"Code": "SignatureNonceUsed", "Message": "nonce used"}
        self.nonces.add(form["SignatureNonce"])
        if form["Action"] == "QuerySendDetails":
            return 200, self._details(form)
        code = self.refuse.get(form["PhoneNumbers"])
        if code:
            return 200, {"Code": code, "Message": f"{form['PhoneNumbers']} 被拒绝", "RequestId": "R"}
        self.messages.append(form)
        return 200, {"Code": "OK", "Message": "OK", "BizId": f"biz-{len(self.messages)}^0", "RequestId": "R"}

    def _details(self, form: dict[str, str]) -> dict[str, Any]:
        found = [
            {
                "OutId": m["OutId"],
                "PhoneNum": m["PhoneNumbers"],
                "SendStatus": int(self.states.get(m["OutId"], "1")),
                "ErrCode": "X",
            }
            for m in self.messages
            if m["PhoneNumbers"] == form["PhoneNumber"]
        ]
        return {"Code": "OK", "TotalCount": len(found), "SmsSendDetailDTOs": {"SmsSendDetailDTO": found}}

    # -- the others --------------------------------------------------------------------------------------

    def mas(self, body: bytes) -> tuple[int, dict[str, Any]]:
        data = json.loads(base64.b64decode(body))
        joined = "".join(
            (
                data["ecName"],
                data["apId"],
                SECRET,
                data["templateId"],
                data["mobiles"],
                data["params"],
                data["sign"],
                data["addSerial"],
            )
        )
        if data.get("mac") != hashlib.md5(joined.encode()).hexdigest():
            return 200, {"rspcod": "IllegalMac", "msgGroup": "", "success": False}
        code = self.refuse.get(data["mobiles"])
        if code:
            return 200, {"rspcod": code, "msgGroup": "", "success": False}
        self.messages.append(data)
        return 200, {"rspcod": "success", "msgGroup": f"g{len(self.messages)}", "success": True}

    def plain(self, body: bytes, headers: Any) -> tuple[int, dict[str, Any]]:
        expected = hmac.new(SECRET.encode(), headers["X-Timestamp"].encode() + b"\n" + body, hashlib.sha256).hexdigest()
        if headers["X-Signature"] != f"v1={expected}":
            return 200, {"result": {"code": 401, "text": "bad signature"}}
        data = json.loads(body)
        code = self.refuse.get(data["phone"])
        if code:
            return 200, {"result": {"code": int(code), "text": "refused"}}
        self.messages.append(data)
        return 200, {"result": {"code": 0}, "items": [{"id": 7000 + len(self.messages)}]}


def _rfc3986(text: str) -> str:
    return quote(text, safe="-_.~")
