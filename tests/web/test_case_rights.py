"""Whose case it is, over HTTP: clerks take in any matter, departments see and touch their own, and looking is audited."""

from __future__ import annotations

import pytest

from server.journey.cases import rights
from server.web.access import ANYONE
from server.web.api.routing import Routes
from tests.web.conftest import Hall, code
from tests.web.test_behind_api import POLICE, accepted
from tests.web.test_behind_api import ready as published
from tests.web.test_cases_api import ok

ready = published  # the fixture: an item of the police and the tax office, its window open


def actions(hall: Hall) -> list[tuple[str, str]]:
    return [(one.actor, one.action) for one in hall.app.store.read(hall.app.hall_id, lambda rx: rx.audit.newest())]


def test_a_department_sees_its_own_cases_and_no_others(ready: Hall) -> None:
    case = accepted(ready)
    for by in ("police.approver", "police.head", "tax.approver", "guide"):
        assert ok(ready.get(f"/cases/{case.id}", by=by))["applicant_mask"] == "张*", by
    for by in ("fund.approver", "market.head"):
        assert code(ready.get(f"/cases/{case.id}", by=by)) == "not_your_department", by
        assert code(ready.get(f"/cases/{case.id}/papers/acceptance.pdf", by=by)) == "not_your_department", by
        assert ok(ready.post("/cases/search", {"code": case.code}, by=by)) == {"cases": []}, by
    assert code(ready.get(f"/cases/{case.id}", by="police.editor")) == "not_allowed", "editors write items"
    assert [one["id"] for one in ok(ready.post("/cases/search", {"code": case.code}, by="tax.head"))["cases"]] == [
        case.id
    ]


def test_who_reads_a_paper_that_names_the_applicant_is_in_the_audit(ready: Hall) -> None:
    case = accepted(ready)
    assert ready.get(f"/cases/{case.id}/papers/acceptance.pdf", by="police.approver").status_code == 200
    assert ("staff:police.approver", "case.paper") in actions(ready)


def test_a_handover_list_is_for_those_who_sign_it(ready: Hall) -> None:
    accepted(ready)
    lists = ok(ready.get("/handovers?direction=department", by=ready.clerk))["handovers"]
    mine = next(one["id"] for one in lists if one["department"] == POLICE)
    assert ok(ready.get(f"/handovers/{mine}", by="police.approver"))["id"] == mine
    assert code(ready.get(f"/handovers/{mine}", by="fund.approver")) == "other_department"


@pytest.mark.parametrize(
    ("path", "body"),
    [("correction", {"items": [{"material": None, "text": "地址不完整"}]}), ("refuse", {"other": "不属于受理范围"})],
)
def test_nobody_of_another_department_stops_a_case_that_waits_for_its_papers(
    ready: Hall, path: str, body: dict[str, object]
) -> None:
    case = accepted(ready)

    def online(tx, _, now):  # type: ignore[no-untyped-def]
        waits = {"state": "awaiting_visit", "owner": None, "start_day": None, "channel": "online"}
        tx.cases.set(tx.cases.get(case.id), **waits)

    ready.app.store.write(ready.app.hall_id, online)
    for by in ("fund.approver", "fund.head", "tax.head"):
        assert code(ready.post(f"/cases/{case.id}/{path}", body, by=by)) == "other_departments_review", by
    assert ready.post(f"/cases/{case.id}/{path}", body, by="police.head").status_code == 200


def test_only_a_head_who_has_a_part_in_a_case_urges_it(ready: Hall) -> None:
    case = accepted(ready)
    urge = {"to": "head", "note": "请尽快"}
    assert code(ready.post(f"/supervision/{case.id}/remind", urge, by="fund.head")) == "not_your_department"
    assert ready.post(f"/supervision/{case.id}/remind", urge, by="police.head").status_code == 200


def test_a_retry_is_answered_as_before_although_the_case_is_in_other_hands_by_now(ready: Hall) -> None:
    case, key = accepted(ready), {"Idempotency-Key": "handed-on-1"}
    other = next(f"clerk{one.number}" for one in ready.app.hall.windows if f"clerk{one.number}" != ready.clerk)
    body, path = {"to": other, "reason": "换班"}, f"/cases/{case.id}/hand-on"
    first = ok(ready.post(path, body, by=ready.clerk, headers=key))
    assert ok(ready.post(path, body, by=ready.clerk, headers=key)) == first
    assert code(ready.post(path, body, by=ready.clerk)) == "not_your_case"


def test_a_route_that_judges_nobody_is_a_fault_and_never_an_answer(
    hall: Hall, caplog: pytest.LogCaptureFixture
) -> None:
    routes = Routes("forgotten")

    @routes.post("/cases/{case}/forgotten", ANYONE, may=rights.part, summary="", answers={204: None})
    def forgotten(case: int) -> tuple[int, None]:
        return 204, None

    hall.app.flask.register_blueprint(routes.blueprint)
    assert hall.app.flask.test_client().post("/api/v1/cases/1/forgotten").status_code == 500
    assert "nobody judged" in caplog.text


def test_an_application_that_was_not_submitted_is_its_citizens_alone(ready: Hall) -> None:
    case = accepted(ready)

    def draft(tx, _, now):  # type: ignore[no-untyped-def]
        tx.cases.set(tx.cases.get(case.id), state="draft", owner=None, start_day=None, channel="online")

    ready.app.store.write(ready.app.hall_id, draft)
    revision = ok(ready.get(f"/cases/{case.id}", by=ready.clerk))["revision"]
    for path in ("draft", "accept"):
        refused = ready.post(f"/cases/{case.id}/{path}", {"revision": revision}, by=ready.clerk)
        assert code(refused) == "not_submitted", path


def test_codes_are_sent_slowly_to_many_phones_from_one_address(hall: Hall) -> None:
    sent = [hall.post("/phone-codes", {"phone": f"139{number:08d}"}).status_code for number in range(31)]
    assert sent == [204] * 30 + [429]
    hall.clock.pass_time(minutes=21)
    assert hall.post("/phone-codes", {"phone": "13900000099"}).status_code == 204


def test_many_cases_are_not_tried_fast_from_one_address(hall: Hall) -> None:
    tried = [code(hall.post("/progress/lookup", {"code": f"2026010{n:05d}", "last4": "1234"})) for n in range(31)]
    assert tried == ["progress_unknown"] * 30 + ["too_many_requests"]
