"""Whatever is sent to whichever route, the answer is one the document knows, and never an error inside."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest

from server.web.api.subjects import operations
from tests.web.conftest import Hall
from tests.web.test_trust import filled

ODD: list[Any] = [
    None, True, 0, -1, 1, 2**31, 2**63, 10**30, 1.5, "", " ", "0", "A001", "x" * 300, "'; DROP TABLE tickets; --", "%", "{0}",
    "{number}", "\t\n", "\u202e", "😀", "１３８００１３８０００", "2026-13-45T99:00:00Z", "2026-11-23T01:00:00Z", [], [1], ["A901"], {}, {"a": 1},
]  # fmt: skip


@pytest.mark.parametrize(
    "operation", [o for o in operations() if o.method == "POST"], ids=lambda o: f"{o.tag}_{o.name}"
)
def test_no_rubbish_body_breaks_a_route(quiet_hall: Hall, operation: Any) -> None:
    chance = random.Random(operation.path)
    names = list(operation.body.model_fields) if operation.body else []
    path = filled(operation.path)
    for _ in range(25):
        body: dict[str, Any] = {name: chance.choice(ODD) for name in names if chance.random() < 0.7}
        if operation.name in ("sign_in", "close", "set_password"):
            body.pop("password", None)  # hashing is slow, and closing the administrator ends the test
        sent = json.dumps(body)
        headers = {"Idempotency-Key": chance.choice(["k1", "k2", "😀".encode().decode("latin-1"), "x" * 200])}
        by = "admin" if operation.tag != "sessions" else None
        answer = quiet_hall.call(
            "POST", path, by=by, data=sent, content_type="application/json", headers=headers,
            environ_base={"REMOTE_ADDR": f"10.{chance.randrange(250)}.{chance.randrange(250)}.1"},
        )  # fmt: skip
        assert answer.status_code < 500, (sent, answer.text)


@pytest.mark.parametrize("operation", [o for o in operations() if o.method == "GET"], ids=lambda o: f"{o.tag}_{o.name}")
def test_no_rubbish_query_breaks_a_route(quiet_hall: Hall, operation: Any) -> None:
    chance = random.Random(operation.path)
    names = [*(operation.query.model_fields if operation.query else ()), "unknown"]
    for _ in range(25):
        query = {name: str(chance.choice(ODD)) for name in names if chance.random() < 0.6}
        answer = quiet_hall.call("GET", filled(operation.path), by="admin", query_string=query)
        assert answer.status_code < 500, (query, answer.text)
