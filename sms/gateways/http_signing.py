"""Filling a description's placeholders, and signing the request that comes out.

`SIGNERS` is the place to add another provider's scheme: a function from the request to the request, signed.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, Final
from urllib.parse import quote, urlencode, urlsplit

from sms.gateways.base import OutgoingSms
from sms.gateways.http_description import PLACEHOLDER, Description, Request, Signing

# Domestic providers mean Beijing's clock when they say date or time.
BEIJING: Final = timezone(timedelta(hours=8))

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A request with its values filled in; `content` is made from `fields` at the end."""

    method: str
    url: str
    body: str
    headers: dict[str, str]
    fields: dict[str, Any]
    values: Values = field(default_factory=dict, repr=False)  # holds the secrets

    @property
    def content(self) -> bytes:
        if self.body == "query":
            return b""
        if self.body == "form":
            return urlencode(_texts(self.fields)).encode()
        data = json.dumps(self.fields, ensure_ascii=False, separators=(",", ":")).encode()
        return base64.b64encode(data) if self.body == "json-base64" else data

    @property
    def address(self) -> str:
        if self.body != "query":
            return self.url
        return f"{self.url}{'&' if '?' in self.url else '?'}{urlencode(_texts(self.fields), quote_via=quote)}"


def values_for(
    description: Description,
    secrets: Mapping[str, str],
    sms: OutgoingSms,
    *,
    now: float,
    nonce: str,
    gateway_id: str = "",
) -> dict[str, Any]:
    """Everything a placeholder may stand for. `now` in seconds since 1970."""
    params = {
        description.params.get(name, name): value
        for name, value in sms.params.items()
        if not description.params or name in description.params
    }
    ordered = [sms.params.get(name, "") for name in description.params_order] or list(params.values())
    end = sms.text.find("】") if sms.text.startswith("【") else -1
    unsigned = sms.text[end + 1 :]
    here = datetime.fromtimestamp(now, BEIJING)
    return {
        "to": description.phone_prefix + sms.to,
        "text": unsigned if description.strip_signature else sms.text,
        "text_unsigned": unsigned,
        "signature_name": sms.text[1:end] if end > 0 else "",
        "template_id": sms.template_id,
        "reference": sms.reference,
        "params": params,
        "params_json": json.dumps(params, ensure_ascii=False, separators=(",", ":")),
        "params_list": ordered,
        "params_list_json": json.dumps(ordered, ensure_ascii=False, separators=(",", ":")),
        "timestamp": str(int(now)),
        "timestamp_ms": str(int(now * 1000)),
        "iso_time": datetime.fromtimestamp(now, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "local_time": here.strftime("%Y%m%d%H%M%S"),
        "date": here.strftime("%Y%m%d"),
        "nonce": nonce,
        "gateway_id": gateway_id,
        **{f"secrets.{name}": value for name, value in secrets.items()},
        **{f"param.{name}": value for name, value in sms.params.items()},
    }


def prepare(request: Request, values: Values) -> Prepared:
    """The request with every placeholder filled, not yet signed."""
    return Prepared(
        request.method,
        _text(request.url, values, escape=True),
        request.body,
        {name: _text(value, values) for name, value in request.headers.items()},
        {name: _fill(value, values) for name, value in request.fields.items()},
        values,
    )


def sign(prepared: Prepared, signing: Signing) -> Prepared:
    return SIGNERS[signing.kind](prepared, signing)


def _fill(value: Any, values: Values) -> Any:
    if isinstance(value, dict):
        return {name: _fill(inner, values) for name, inner in value.items()}
    if isinstance(value, list):
        return [_fill(inner, values) for inner in value]
    if not isinstance(value, str):
        return value
    whole = PLACEHOLDER.fullmatch(value)
    return values[whole[1]] if whole else _text(value, values)


def _text(template: str, values: Values, *, escape: bool = False) -> str:
    def one(name: str) -> str:
        value = values.get(name, "")
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        return quote(text, safe="") if escape else text

    return PLACEHOLDER.sub(lambda match: one(match[1]), template)


def _texts(fields: Mapping[str, Any]) -> dict[str, str]:
    return {
        name: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        for name, value in fields.items()
    }


def _unsigned(prepared: Prepared, signing: Signing) -> Prepared:
    return prepared


def _digest(prepared: Prepared, signing: Signing) -> Prepared:
    texts = _texts(prepared.fields)
    content = prepared.content
    canonical = _text(
        signing.canonical,
        {
            **prepared.values,
            **{f"field.{name}": value for name, value in texts.items()},
            "method": prepared.method,
            "path": urlsplit(prepared.url).path or "/",
            "sorted_fields": "&".join(f"{name}={texts[name]}" for name in sorted(texts)),
            "body": content.decode(),
            "body_sha256": hashlib.sha256(content).hexdigest(),
            "body_md5": hashlib.md5(content, usedforsecurity=False).hexdigest(),
        },
    ).encode()
    key = str(prepared.values.get(f"secrets.{signing.secret}", "")).encode()
    name = signing.algorithm.removeprefix("hmac-")
    if signing.algorithm.startswith("hmac-"):
        digest = hmac.new(key, canonical, name).digest()
    else:
        digest = hashlib.new(name, canonical, usedforsecurity=False).digest()
    place, _, target = signing.into.partition(":")
    signature = signing.prefix + _encoded(digest, signing.encoding)
    if place == "header":
        return replace(prepared, headers={**prepared.headers, target: signature})
    return replace(prepared, fields={**prepared.fields, target: signature})


def _aliyun_rpc(prepared: Prepared, signing: Signing) -> Prepared:
    """HMAC-SHA1 over METHOD&%2F&<sorted, percent-encoded fields>, the key followed by "&"."""
    texts = _texts(prepared.fields)
    canonical = "&".join(f"{_percent(name)}={_percent(texts[name])}" for name in sorted(texts))
    to_sign = f"{prepared.method}&{_percent('/')}&{_percent(canonical)}"
    key = f"{prepared.values.get(f'secrets.{signing.secret}', '')}&"
    signature = base64.b64encode(hmac.new(key.encode(), to_sign.encode(), "sha1").digest()).decode()
    return replace(prepared, fields={**prepared.fields, "Signature": signature})


def _percent(text: str) -> str:
    return quote(text, safe="~")


def _encoded(digest: bytes, encoding: str) -> str:
    if encoding == "base64":
        return base64.b64encode(digest).decode()
    return digest.hex().upper() if encoding == "HEX" else digest.hex()


SIGNERS: Final[dict[str, Callable[[Prepared, Signing], Prepared]]] = {
    "none": _unsigned,
    "digest": _digest,
    "aliyun-rpc": _aliyun_rpc,
}
