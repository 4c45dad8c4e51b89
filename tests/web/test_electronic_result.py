"""The electronic result of a wholly online case over HTTP: put up by its department, saved by its citizen, by nobody else."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from tests.web.conftest import Hall, code
from tests.web.test_cases_api import PERSON, PNG, accepted, ok, on_both_stores, phone_token, ready, visit
from tests.web.test_cases_api import hall as published

hall = published  # the fixture: the demo's items are in force
RESULT = b"%PDF-1.7\n" + b"licence" * 100
OFFICE = "health.approver"


def applied(hall: Hall, **more: Any) -> tuple[int, str, str]:
    """A wholly online case under review: its number, its link's address, the phone's proof."""
    key = phone_token(hall)
    made = ok(hall.post("/applications", {"phone_token": key, "item": "birth-registration"}), 201)
    at = f"/case-links/{made['link'].rsplit('/', 1)[1]}"
    while made["question"]:
        answers = {**made["answers"], made["question"]["id"]: [made["question"]["options"][0]["id"]]}
        made = ok(hall.post(f"{at}/draft", {"phone_token": key, "revision": made["revision"], "answers": answers}))
    made = ok(hall.post(f"{at}/draft", {"phone_token": key, "revision": made["revision"], "form": PERSON}))
    for one in made["materials"]:
        ok(sent_in(hall, at, key, f"material:{one['id']}"), 201)
    case = ok(hall.post(f"{at}/submit", {"phone_token": key, "revision": made["revision"], **more}))
    ok(hall.post(f"/cases/{case['id']}/pre-review/pass", {"note": "齐全"}, by=OFFICE))
    return case["id"], at, key


def sent_in(hall: Hall, at: str, key: str, purpose: str) -> Any:
    query = {"name": "表.png", "purpose": purpose}
    return hall.call("POST", f"{at}/files", data=PNG, query_string=query, headers={"X-Phone-Token": key})


def put_up(hall: Hall, case: int, by: str = OFFICE, data: bytes = RESULT, name: str = "登记证.pdf") -> Any:
    return hall.call("POST", f"/cases/{case}/files", by=by, data=data, query_string={"name": name, "purpose": "result"})


def sms_of(hall: Hall, case: int) -> int:
    """How many SMS say that it was approved."""
    told = hall.app.store.read(hall.app.hall_id, lambda rx: rx.notices.of_ticket(case))
    return sum(one.kind == "case_approved" for one in told)


def task_of(hall: Hall, case: int) -> int:
    rows = ok(hall.get("/tasks", by=OFFICE))["tasks"]
    return int(next(one["id"] for one in rows if one["case"] == case))


def audited(hall: Hall) -> list[tuple[str, str]]:
    lines = hall.app.store.read(hall.app.hall_id, lambda rx: rx.audit.newest())
    return [(one.actor, one.subject) for one in lines if one.action == "file.read"]


@on_both_stores
def test_a_citizen_saves_the_result_by_the_own_phone_once_it_is_approved_and_not_before(hall: Hall) -> None:
    case, at, key = applied(hall)
    file = ok(put_up(hall, case), 201)["id"]
    task = task_of(hall, case)
    assert ok(hall.get(f"/tasks/{task}", by=OFFICE))["may"]["result"]
    mine = {"X-Phone-Token": key}
    results = [one for one in ok(hall.get(at))["files"] if one["purpose"] == "result"]
    assert results == [], "the department may decide otherwise"
    assert code(hall.get(f"{at}/files/{file}", headers=mine)) == "file_unknown"
    ok(hall.post(f"/tasks/{task}/approve", {"opinion": "同意"}, by=OFFICE))
    shown = ok(hall.get(at))
    assert (shown["state"], shown["delivery"]) == ("closed", "online")
    assert [one["id"] for one in shown["files"] if one["purpose"] == "result"] == [file]
    assert hall.get(f"{at}/files/{file}").status_code == 401, "a receipt carries the link, too"
    saved = hall.get(f"{at}/files/{file}", headers=mine)
    assert saved.data == RESULT
    assert saved.headers["Content-Disposition"].startswith("attachment")
    assert saved.headers["X-Content-Type-Options"] == "nosniff"
    assert audited(hall) == [(f"citizen-case:{case}", f"case:{case}")]


@on_both_stores
def test_a_result_put_up_after_the_approval_is_there_and_a_wrong_one_is_taken_back(hall: Hall) -> None:
    case, at, key = applied(hall)
    task = task_of(hall, case)
    ok(hall.post(f"/tasks/{task}/approve", {"opinion": "同意"}, by=OFFICE))
    assert ok(hall.get(f"/tasks/{task}", by=OFFICE))["may"]["result"], "decided, and still there to be given its result"
    assert (ok(hall.get(at))["state"], sms_of(hall, case)) == ("approved", 0), "nothing is finished, nobody is told"
    file = ok(put_up(hall, case), 201)["id"]
    assert (ok(hall.get(at))["state"], sms_of(hall, case)) == ("closed", 1)
    assert hall.get(f"{at}/files/{file}", headers={"X-Phone-Token": key}).data == RESULT
    remove = f"/cases/{case}/files/{file}/remove"
    assert code(hall.post(remove, by="clerk1")) == "not_your_department"
    assert hall.post(remove, by=OFFICE).status_code == 204
    asked = [one for one in ok(hall.get("/reminders", by=OFFICE))["reminders"] if one["case"] == case]
    assert [one["kind"] for one in asked] == ["result"], "the department owes another"
    assert code(hall.get(f"{at}/files/{file}", headers={"X-Phone-Token": key})) == "file_unknown"


def test_only_the_deciding_department_puts_a_result_up_and_only_as_a_document_or_picture(hall: Hall) -> None:
    case, at, key = applied(hall)
    for by in ("clerk1", "tax.approver"):
        assert code(put_up(hall, case, by=by)) == "not_your_department", by
    assert sent_in(hall, at, key, "result").status_code == 422, "a citizen makes no result"

    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert code(put_up(hall, case, data=made.getvalue(), name="结果.docx")) == "result_type_refused"
    visit(hall)
    counter = accepted(hall, ready(hall))
    assert code(put_up(hall, counter["id"], by="fund.approver")) == "result_not_electronic"


def test_what_was_refused_has_no_electronic_result(hall: Hall) -> None:
    case, _, _ = applied(hall)
    ok(hall.post(f"/tasks/{task_of(hall, case)}/reject", {"reasons": ["不符合条件"]}, by=OFFICE))
    assert code(put_up(hall, case)) == "result_not_electronic"


def test_whoever_wants_paper_of_a_wholly_online_case_collects_it_at_the_issue_window(hall: Hall) -> None:
    case, at, _ = applied(hall, paper=True)
    ok(hall.post(f"/tasks/{task_of(hall, case)}/approve", {"opinion": "同意"}, by=OFFICE))
    shown = ok(hall.get(at))
    assert (shown["state"], shown["delivery"]) == ("approved", "counter")
    assert [one["case"] for one in ok(hall.get("/handovers?direction=issue", by=OFFICE))["ready"]] == [case]
    made = ok(hall.post("/handovers", {"direction": "issue", "cases": [case]}, by=OFFICE), 201)
    ok(hall.post(f"/handovers/{made['id']}/receive", {"lines": [{"case": case, "received": True}]}, by="clerk1"))
    assert ok(hall.get(at))["state"] == "at_issue"
