"""Any domestic provider with an HTTP interface, described in a TOML file (see sms/README.md)."""

from __future__ import annotations

import secrets as random
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests

from sms.gateways.base import CannotTell, OutgoingSms, Passing, Permanent, Report, Sent, Unknown, mask
from sms.gateways.http_description import Answer, Description, Query, Rule, load_description
from sms.gateways.http_signing import Prepared, prepare, sign, values_for
from sms.gateways.http_talk import exchange


class GenericHttpGateway:
    """One provider. `clock` gives seconds since 1970 and `nonce` a fresh string, for the signatures."""

    blocking = False
    lookup_is_final = False

    def __init__(
        self,
        description: Description,
        secrets: Mapping[str, str],
        *,
        clock: Callable[[], float] = time.time,
        nonce: Callable[[], str] = lambda: random.token_hex(16),
    ) -> None:
        self.name = description.name
        self.reports = description.query is not None and bool(description.query.match)
        self._description = description
        self._secrets = dict(secrets)
        self._clock = clock
        self._nonce = nonce
        self._session = requests.Session()
        self._account_trouble = False

    @classmethod
    def from_file(cls, path: Path, environment: Mapping[str, str] | None = None) -> GenericHttpGateway:
        """Raises DescriptionError with everything that is wrong with the file."""
        return cls(*load_description(path, environment))

    def send(self, sms: OutgoingSms) -> Sent:
        answer = self._description.answer
        try:
            data = self._ask(self._prepared(self._description, sms), may_repeat=False)
            if not holds(answer.success, data):
                raise refused(answer, data)
        except Passing as error:
            self._account_trouble = error.account
            raise
        self._account_trouble = False
        return Sent(text_at(data, answer.id) if answer.id else "")

    def find(self, sms: OutgoingSms, *, since: int, same_phone: bool) -> Report | None:
        query = self._description.query
        if query is None or not query.match or not same_phone:
            raise CannotTell("query", "服务商没有可按本系统编号查询的接口")
        data = self._ask(self._prepared(query, sms), may_repeat=True)
        if not holds(query.success, data):
            raise Passing("query", "查询被拒绝")
        for found in _listed(query, data):
            if text_at(found, query.match) == sms.reference:
                return _report(query, found, text_at(found, query.id) if query.id else "")
        return None

    def status(self, gateway_id: str, sms: OutgoingSms, *, same_phone: bool) -> Report:
        return self.find(sms, since=0, same_phone=same_phone) or Report(gateway_id, "sent")

    def probe(self) -> None:
        """Any answer below 500 shows that the provider is there; only a message shows that we are welcome."""
        if self._account_trouble:
            raise CannotTell("account", "账户问题要发一条短信才知道")
        parts = urlsplit(self._description.url)
        try:
            answer = self._session.get(
                f"{parts.scheme}://{parts.netloc}/", timeout=self._description.timeout, allow_redirects=False
            )
        except requests.RequestException as error:
            raise Passing("connect", mask(type(error).__name__)) from error
        if answer.status_code >= 500:
            raise Passing(f"http_{answer.status_code}", "服务商暂不可用")

    def close(self) -> None:
        self._session.close()

    def _prepared(self, request: Description | Query, sms: OutgoingSms) -> Prepared:
        values = values_for(self._description, self._secrets, sms, now=self._clock(), nonce=self._nonce())
        return sign(prepare(request, values), self._description.signing)

    def _ask(self, prepared: Prepared, *, may_repeat: bool) -> Any:
        """The answer's JSON. A lost answer is Unknown, or Passing where asking twice does no harm."""
        try:
            return exchange(self._session, prepared, self._description.timeout)
        except Unknown as error:
            if may_repeat:
                raise Passing(error.code, error.message) from error
            raise


def refused(answer: Answer, data: Any) -> Permanent | Passing:
    """What the provider's error code means, by the lists in the file."""
    code = text_at(data, answer.code) if answer.code else ""
    words = mask(text_at(data, answer.message)[:200]) if answer.message else ""
    if code in _strings(answer.account):
        return Passing(code, words, account=True)
    if code in _strings(answer.permanent):
        return Permanent(code, words)
    if code in _strings(answer.passing) or answer.otherwise == "passing":
        return Passing(code or "refused", words)
    return Permanent(code or "refused", words)


def holds(rule: Rule, data: Any) -> bool:
    return text_at(data, rule.path) in _strings(rule.equals)


def at(data: Any, path: str) -> Any:
    """The value at "a.b.0.c"; None where there is none."""
    for part in path.split("."):
        if isinstance(data, dict):
            data = data.get(part)
        elif isinstance(data, list) and part.isdigit() and int(part) < len(data):
            data = data[int(part)]
        else:
            return None
    return data


def text_at(data: Any, path: str) -> str:
    return _string(at(data, path))


def _string(value: Any) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _strings(values: Iterable[Any]) -> set[str]:
    return {_string(value) for value in values}


def _listed(query: Query, data: Any) -> list[Any]:
    found = at(data, query.list_path) if query.list_path else data
    return found if isinstance(found, list) else [] if found is None else [found]


def _report(query: Query, found: Any, gateway_id: str) -> Report:
    status = text_at(found, query.status)
    if status in _strings(query.delivered):
        return Report(gateway_id, "delivered")
    if status in _strings(query.failed):
        return Report(gateway_id, "failed", (text_at(found, query.code) if query.code else "") or status)
    return Report(gateway_id, "sent")
