"""One signed request and its JSON answer; what an HTTP failure says of how far the request came."""

from __future__ import annotations

from typing import Any, Final

import requests

from sms.gateways.base import GatewayError, Passing, Unknown, lost, mask, retry_after
from sms.gateways.http_signing import Prepared

_TYPES: Final = {
    "json": "application/json; charset=utf-8",
    "json-base64": "text/plain; charset=utf-8",
    "form": "application/x-www-form-urlencoded; charset=utf-8",
}


def exchange(session: requests.Session, prepared: Prepared, timeout: float) -> Any:
    """The answer's JSON. Raises Passing, or Unknown when the request was handed over and the answer is lost."""
    headers = dict(prepared.headers)
    if prepared.body in _TYPES and not any(name.lower() == "content-type" for name in headers):
        headers["Content-Type"] = _TYPES[prepared.body]
    try:
        answer = session.request(
            prepared.method,
            prepared.address,
            data=prepared.content or None,
            headers=headers,
            timeout=timeout,
            allow_redirects=False,
        )
    except requests.RequestException as error:
        raise lost(error) from error
    _check_status(answer)
    try:
        return answer.json()
    except requests.exceptions.JSONDecodeError as error:
        raise _not_json(answer) from error


def _check_status(answer: requests.Response) -> None:
    status, wait = answer.status_code, retry_after(answer.headers.get("Retry-After"))
    if status == 429:
        raise Passing("http_429", "请求过多", retry_after=wait)
    if status == 504:
        raise Unknown("http_504", "服务商的网关超时")
    if status >= 500:
        raise Passing(f"http_{status}", "服务商暂不可用", retry_after=wait)


def _not_json(answer: requests.Response) -> GatewayError:
    status = answer.status_code
    if status < 300:
        return Unknown("answer", f"回答不是 JSON：{mask(answer.text[:80])}")
    return Passing(f"http_{status}", "服务商拒绝了请求，请检查地址和账户", account=True)
