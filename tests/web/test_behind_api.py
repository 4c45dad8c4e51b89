"""Behind the counter over HTTP: a case from its acceptance through two departments to the citizen's hands, and who may."""

from __future__ import annotations

from typing import Any

import pytest

from server.domain.actor import Actor, Role
from server.domain.cases.form import BasicForm
from server.domain.cases.record import Case
from server.journey.cases import clockwork, drafting, intake, opening
from server.journey.catalogue import publishing, tree
from server.store.transaction import Tx
from tests.case_rows import a_case
from tests.journey.cases.behind_scene import BY_POST, PERSON, PHONE
from tests.journey.catalogue_scene import ADMIN, body, material
from tests.web.conftest import Hall, code

POLICE, TAX = "市公安局", "市税务局"
ITEM = "behind-joint"


def clerk_of(hall: Hall) -> Actor:
    return Actor(f"staff:{hall.clerk}", "王芳", frozenset({Role.CLERK}))


def write(hall: Hall, step: Any, request: Any) -> Any:
    return hall.app.store.write(hall.app.hall_id, step, request)


@pytest.fixture
def ready(hall: Hall) -> Hall:
    """An item of two departments is published, and the section's window is open."""
    plain = {"start": "all", "questions": [], "situations": [{"id": "all", "name": "全部情形"}], "promised_days": 5}
    item = body(
        name="居住登记", section=hall.section, joint_departments=[TAX], result="居住证", always=["household"],
        materials=[material("household", "户口簿")], refusal_reasons=["不符合居住条件"], **plain,
    )  # fmt: skip
    node = tree.AddNode(ADMIN, ITEM, "居住登记", department=POLICE, is_item=True)
    write(hall, tree.add_node, node)
    write(
        hall, publishing.publish_ready, publishing.PublishReady(ADMIN, [publishing.ReadyItem(ITEM, item, "jzdj")], "t")
    )
    hall.open_window()
    return hall


def accepted(hall: Hall, form: BasicForm = PERSON) -> Case:
    hall.take(item=ITEM)
    assert hall.post(f"/windows/{hall.window}/next", by=hall.clerk).status_code == 200
    assert hall.post(f"/windows/{hall.window}/start", by=hall.clerk).status_code == 200
    by = clerk_of(hall)
    case: Case = write(hall, opening.open_case, opening.OpenRequest(by, hall.window, ITEM))
    ticks = frozenset({("household", "p1")})
    case = write(hall, drafting.save_draft, drafting.DraftRequest(by, case.id, case.revision, ticks=ticks, form=form))
    case = write(hall, intake.accept, intake.AcceptRequest(by, case.id, case.revision))
    assert hall.post(f"/windows/{hall.window}/finish", by=hall.clerk).status_code == 200
    write(hall, clockwork.tick, None)
    return case


def ok(answer: Any, status: int = 200) -> Any:
    assert answer.status_code == status, answer.text
    return answer.json


def carry(hall: Hall, case: Case) -> dict[str, int]:
    """Both sides sign for both departments' papers; department → task."""
    for made in ok(hall.get("/handovers?direction=department", by=hall.clerk))["handovers"]:
        ok(hall.post(f"/handovers/{made['id']}/send", by=hall.clerk))
        who = {POLICE: "police.approver", TAX: "tax.approver"}[made["department"]]
        ok(hall.post(f"/handovers/{made['id']}/receive", {"lines": [{"case": case.id, "received": True}]}, by=who))
    return {
        department: ok(hall.get("/tasks", by=who))["tasks"][0]["id"]
        for department, who in ((POLICE, "police.approver"), (TAX, "tax.approver"))
    }


def approved(hall: Hall, form: BasicForm = PERSON) -> Case:
    case = accepted(hall, form)
    tasks = carry(hall, case)
    ok(hall.post(f"/tasks/{tasks[POLICE]}/approve", {"opinion": "同意"}, by="police.approver"))
    ok(hall.post(f"/tasks/{tasks[TAX]}/approve", by="tax.approver"))
    return case


def issue_window(hall: Hall) -> tuple[int, str]:
    """An open issue window and its clerk."""
    number = next(window.number for window in hall.app.hall.windows if window.kind == "issue")
    ok(hall.post(f"/windows/{number}/open", by=f"clerk{number}"))
    return number, f"clerk{number}"


def test_a_case_goes_through_two_departments_to_the_shelf_and_into_the_citizens_hands(ready: Hall) -> None:
    hall = ready
    case = approved(hall)
    window, clerk = issue_window(hall)
    lists = ok(hall.get("/handovers?direction=issue", by="police.approver"))
    assert [one["case"] for one in lists["ready"]] == [case.id]
    made = ok(hall.post("/handovers", {"direction": "issue", "cases": [case.id]}, by="police.approver"), 201)
    assert made["state"] == "sent" and made["sent_by_name"].startswith("雷鸣")
    ok(hall.post(f"/handovers/{made['id']}/receive", {"lines": [{"case": case.id, "received": True}]}, by=clerk))
    (waiting,) = ok(hall.get("/results", by=clerk))["results"]
    assert (waiting["shelf"], waiting["title"], waiting["applicant"]) == (1, "居住证", "张*")
    pickup = hall.app.store.read(
        hall.app.hall_id,
        lambda rx: rx.vault.open(rx.results.find(case.id).pickup_box),  # type: ignore[union-attr]
    )
    found = ok(hall.post("/results/find", {"pickup_code": pickup}, by=clerk))["results"]
    assert [one["case"] for one in found] == [case.id]
    wanted = {"window": window, "collector": "张三", "unsigned_reason": "签名板损坏"}
    wrong = hall.post(f"/results/{case.id}/hand-over", {**wanted, "pickup_code": "000000"}, by=clerk)
    assert (wrong.status_code, code(wrong)) == (403, "pickup_wrong")
    done = ok(hall.post(f"/results/{case.id}/hand-over", {**wanted, "pickup_code": pickup}, by=clerk))
    assert (done["state"], done["proof"], done["collector"]) == ("collected", "code", "张*")
    again = hall.post(f"/results/{case.id}/hand-over", {**wanted, "pickup_code": pickup}, by=clerk)
    assert code(again) == "result_not_here" and "（已领取）" in again.json["error"]["message_zh"]
    link = hall.app.store.read(hall.app.hall_id, lambda rx: rx.cases.get(case.id).link)
    rating = ok(hall.get(f"/case-evaluations/{link}"))
    assert (rating["open"], rating["score"], rating["item_name"]) == (True, None, "居住登记")
    assert ok(hall.post("/case-evaluations", {"token": link, "score": 5}), 201)["score"] == 5
    assert ok(hall.get(f"/case-evaluations/{link}"))["score"] == 5
    assert ok(hall.get(f"/case-evaluations/{link}", by="manager"))["score"] is None
    assert code(hall.get("/case-evaluations/zzzzzzzzzzzz")) == "link_unknown"
    read = ok(hall.get("/case-evaluations", by="manager"))
    assert (read["rated"], read["departments"]) == (1, [{"department": POLICE, "ratings": 1, "average": 5.0}])
    assert read["said"] == [] and hall.get("/case-evaluations", by=clerk).status_code == 403
    assert code(hall.post("/case-evaluations", {"token": link, "score": 1})) == "evaluated_already"
    assert code(hall.post("/case-evaluations", {"token": link, "score": 5}, by="manager")) == "staff_cannot_evaluate"


def test_wrong_tries_are_counted_though_each_is_refused(ready: Hall) -> None:
    hall = ready
    case = approved(hall)
    _, clerk = issue_window(hall)
    made = ok(hall.post("/handovers", {"direction": "issue", "cases": [case.id]}, by="police.approver"), 201)
    ok(hall.post(f"/handovers/{made['id']}/receive", {"lines": [{"case": case.id, "received": True}]}, by=clerk))
    codes = [code(hall.post("/results/find", {"pickup_code": "000000"}, by=clerk)) for _ in range(5)]
    assert codes == ["pickup_wrong"] * 4 + ["pickup_locked"]
    tries = [hall.post("/progress/lookup", {"code": case.code, "last4": "0000"}) for _ in range(5)]
    assert [code(one) for one in tries] == ["progress_unknown"] * 4 + ["progress_locked"]
    assert code(hall.post("/progress/lookup", {"code": case.code, "last4": PHONE[-4:]})) == "progress_locked"
    hall.clock.pass_time(minutes=16)
    own = ok(hall.post("/progress/lookup", {"code": case.code, "last4": PHONE[-4:]}))
    assert own["code"] == case.code and own["state"] == "at_issue"


def test_a_wrong_try_sent_again_with_its_key_is_counted_once(ready: Hall) -> None:
    hall = ready
    case = accepted(hall)
    body_ = {"code": case.code, "last4": "0000"}
    for _ in range(6):
        answer = hall.post("/progress/lookup", body_, headers={"Idempotency-Key": "one"})
        assert code(answer) == "progress_unknown"
    assert ok(hall.post("/progress/lookup", {"code": case.code, "last4": PHONE[-4:]}))["code"] == case.code


def test_the_workbench_shows_decides_suspends_and_keeps_other_departments_out(ready: Hall) -> None:
    hall = ready
    case = accepted(hall)
    task = carry(hall, case)[POLICE]
    detail = ok(hall.get(f"/tasks/{task}", by="police.approver"))
    assert detail["form"]["name"] == "张*" and detail["materials"][0]["name"] == "户口簿"
    assert detail["refusal_reasons"] == ["不符合居住条件"] and detail["may"]["approve"]
    assert code(hall.get(f"/tasks/{task}", by="tax.approver")) == "other_department"
    assert hall.get("/tasks", by=hall.clerk).status_code == 403
    keyed = {"Idempotency-Key": "unmask-1"}
    clear = ok(hall.post(f"/tasks/{task}/unmask", {"reason": "核对姓名"}, by="police.approver", headers=keyed))
    assert clear["form"]["name"] == "张三"
    kept = hall.app.store.read(
        hall.app.hall_id, lambda rx: str([tuple(r) for r in rx.db.all("SELECT * FROM idempotency")])
    )
    assert "张三" not in kept and PHONE not in kept, "what is read in clear is nowhere kept in clear"
    assert ok(hall.get(f"/tasks/{task}", by="police.approver"))["history"][-1]["action"] == "unmasked"
    ok(hall.post(f"/tasks/{task}/hold", by="police.approver"))
    unsaid = hall.post(f"/tasks/{task}/suspend", {"kind": "hearing", "reason": " "}, by="police.approver")
    assert code(unsaid) == "invalid_input", "why the clock stands is always said"
    stood = ok(hall.post(f"/tasks/{task}/suspend", {"kind": "hearing", "reason": "听证"}, by="police.approver"))
    assert (stood["light"], stood["due_day"]) == ("stopped", None)
    assert code(hall.post(f"/tasks/{task}/approve", by="police.approver")) == "case_stands"
    ok(hall.post(f"/tasks/{task}/resume", {"note": "听证结束"}, by="police.approver"))
    asked = {"items": [{"material": "household", "text": "缺第二页"}]}
    assert ok(hall.post(f"/tasks/{task}/correction", asked, by="police.approver"))["case_state"] == "correction"
    assert code(hall.post(f"/tasks/{task}/reject", {"reasons": ["不符合"]}, by="police.approver")) == "case_stands"


def test_a_rejection_needs_its_reasons_and_ends_the_case_for_all_departments(ready: Hall) -> None:
    hall = ready
    case = accepted(hall)
    tasks = carry(hall, case)
    assert code(hall.post(f"/tasks/{tasks[TAX]}/reject", {"reasons": []}, by="tax.approver")) == "reasons_missing"
    row = ok(hall.post(f"/tasks/{tasks[TAX]}/reject", {"reasons": ["欠缴税款"]}, by="tax.approver"))
    assert (row["state"], row["case_state"], row["joint"][0]["state"]) == ("rejected", "rejected", "dropped")
    decided = ok(hall.get("/tasks?state=decided", by="police.approver"))["tasks"]
    assert [one["state"] for one in decided] == ["dropped"]


def test_the_manager_supervises_urges_and_each_reads_the_own_reminders(ready: Hall) -> None:
    hall = ready
    case = accepted(hall)
    carry(hall, case)
    page = ok(hall.get("/supervision", by="manager"))
    assert page["figures"]["running"] == 1 and page["cases"][0]["case"] == case.id
    assert ok(hall.get("/supervision?department=" + POLICE, by="tax.head"))["by_department"][0]["department"] == POLICE
    ok(hall.post(f"/supervision/{case.id}/remind", {"to": "holder", "note": "请今天办结"}, by="manager"))
    own = ok(hall.get("/reminders", by="police.approver"))
    assert own["unseen"] == 1 and own["reminders"][0]["note"] == "请今天办结"
    seen = ok(hall.post(f"/reminders/{own['reminders'][0]['id']}/seen", by="police.approver"))
    assert seen["seen_at"] is not None
    assert ok(hall.get("/reminders", by="police.approver"))["unseen"] == 0
    assert hall.get("/supervision", by=hall.clerk).status_code == 403


def test_anybody_sees_the_board_with_masks_alone(ready: Hall) -> None:
    hall = ready
    case = accepted(hall)
    (row,) = ok(hall.get("/progress"))["cases"]
    assert (row["applicant"], row["item_name"], row["state"]) == ("张*", "居住登记", "accepted")
    assert row["board_number"] == ok(hall.get(f"/cases/{case.id}", by=hall.clerk))["board_number"]
    assert "张三" not in str(row)
    assert (case.code or "")[-6:] not in str(row), "nothing of the code, with which one's own case is looked up"


def test_every_list_of_the_staff_knows_a_case_by_its_number_on_the_board(ready: Hall) -> None:
    hall = ready
    case = accepted(hall)
    (board,) = ok(hall.get("/progress"))["cases"]
    (mine,) = ok(hall.get("/cases", by=hall.clerk))["cases"]
    (found,) = ok(hall.post("/cases/search", {"code": case.code}, by=hall.clerk))["cases"]
    (supervised,) = ok(hall.get("/supervision", by="manager"))["cases"]
    carry(hall, case)
    (task,) = ok(hall.get("/tasks", by="police.approver"))["tasks"]
    assert {row["board_number"] for row in (board, mine, found, supervised, task)} == {board["board_number"]}


def test_a_clerk_sees_every_case_in_hand_and_a_manager_every_paper_to_follow(ready: Hall) -> None:
    hall = ready

    def fill(tx: Tx, _: None, now: int) -> None:
        for n in range(250):
            late = {"deferral_due": "2026-12-01"} if n == 249 else {}
            a_case(tx, link=f"many{n}", owner=f"staff:{hall.clerk}", owner_name="李红", **late)

    write(hall, fill, None)
    assert len(ok(hall.get("/cases?view=mine", by=hall.clerk))["cases"]) == 250
    assert [one["deferral_due"] for one in ok(hall.get("/cases?view=deferral", by="manager"))["cases"]] == [
        "2026-12-01"
    ]


def test_heads_keep_the_register_of_their_own_department(ready: Hall) -> None:
    hall = ready
    wanted = {"staff": hall.clerk, "items": [ITEM], "document": "委托书〔2026〕3号", "from_day": "2026-11-23"}
    made = ok(hall.post("/authorizations", wanted, by="police.head"), 201)
    assert made["department"] == POLICE and made["in_force"] and made["items"] == [{"id": ITEM, "name": "居住登记"}]
    assert code(hall.post("/authorizations", {**wanted, "department": TAX}, by="police.head")) == "other_department"
    assert (
        code(hall.post("/authorizations", {**wanted, "staff": "guide"}, by="police.head")) == "authorization_for_clerk"
    )
    assert (
        code(hall.post("/authorizations", {**wanted, "to_day": "2026-11-01"}, by="manager"))
        == "authorization_days_wrong"
    )
    for items, department in (([ITEM, "no-such-item"], POLICE), ([ITEM], "市水利局")):
        unknown = hall.post("/authorizations", {**wanted, "items": items, "department": department}, by="manager")
        assert code(unknown) == "authorization_item_unknown"
    assert [one["id"] for one in ok(hall.get("/authorizations", by=hall.clerk))["authorizations"]] == [made["id"]]
    ended = ok(hall.post(f"/authorizations/{made['id']}/revoke", by="police.head"))
    assert not ended["in_force"]
    assert code(hall.post(f"/authorizations/{made['id']}/revoke", by="police.head")) == "authorization_ended"


def test_a_parcel_is_ordered_beside_the_hall_and_given_to_the_courier(ready: Hall) -> None:
    hall = ready
    case = approved(hall, BY_POST)
    _, clerk = issue_window(hall)
    made = ok(hall.post("/handovers", {"direction": "issue", "cases": [case.id]}, by="police.approver"), 201)
    ok(hall.post(f"/handovers/{made['id']}/receive", {"lines": [{"case": case.id, "received": True}]}, by=clerk))
    assert code(hall.post(f"/results/{case.id}/dispatch", by=clerk)) == "no_waybill"
    assert code(hall.post(f"/results/{case.id}/dispatch", {"waybill": "http://"}, by=clerk)) == "invalid_input"
    hall.app.couriers.run_once()
    (row,) = ok(hall.get("/results", by=clerk))["results"]
    assert row["courier"]["state"] == "ordered" and row["courier"]["waybill"].startswith("EE")
    assert "荷花路" not in str(row)
    sent = ok(hall.post(f"/results/{case.id}/dispatch", by=clerk))
    assert (sent["state"], sent["shelf"]) == ("with_courier", None)
    back = ok(hall.post(f"/results/{case.id}/returned", {"note": "地址不详"}, by=clerk))
    assert (back["state"], back["shelf"]) == ("waiting", 1)
    ok(hall.post(f"/results/{case.id}/courier/retry", by=clerk))


def test_staff_see_how_the_sms_fared_never_its_words_and_send_again_what_failed(ready: Hall) -> None:
    hall = ready
    case = accepted(hall)
    path = f"/cases/{case.id}/notices"
    (shown,) = ok(hall.get(path, by=hall.clerk))
    assert (shown["kind"], shown["state"], "text" in shown, shown["may_again"]) == ("accepted", "pending", False, False)
    again = f"{path}/{shown['id']}/send-again"
    assert code(hall.post(again, {}, by=hall.clerk)) == "notice_not_again"
    hall.app.store.write(
        hall.app.hall_id, lambda tx, _, now: tx.notices.move(shown["id"], ("pending",), "failed"), None
    )
    assert hall.post(again, {}, by="police.approver").status_code == 403
    assert not ok(hall.get(path, by="police.approver"))[0]["may_again"]
    assert code(hall.get(path, by="market.approver")) == "not_your_department"
    (sent,) = ok(hall.post(again, {}, by=hall.clerk))
    assert (sent["id"], sent["state"]) == (shown["id"], "pending")
    assert hall.get(path).status_code == 401


def test_a_missing_line_stays_open_with_its_note(ready: Hall) -> None:
    hall = ready
    case = accepted(hall)
    made = next(
        one for one in ok(hall.get("/handovers", by="police.approver"))["handovers"] if one["department"] == POLICE
    )
    assert code(hall.post(f"/handovers/{made['id']}/send", by="police.approver")) == "handover_not_yours"
    ok(hall.post(f"/handovers/{made['id']}/send", by=hall.clerk))
    lines = {"lines": [{"case": case.id, "received": False, "note": "袋子里没有"}]}
    left = ok(hall.post(f"/handovers/{made['id']}/receive", lines, by="police.approver"))
    assert (left["state"], left["lines"][0]["state"], left["lines"][0]["note"]) == ("sent", "missing", "袋子里没有")
    assert all(one["department"] == POLICE for one in ok(hall.get("/handovers", by="police.head"))["handovers"])


def test_the_collector_signs_on_the_windows_pad(ready: Hall) -> None:
    hall = ready
    case = approved(hall)
    window, clerk = issue_window(hall)
    made = ok(hall.post("/handovers", {"direction": "issue", "cases": [case.id]}, by="police.approver"), 201)
    ok(hall.post(f"/handovers/{made['id']}/receive", {"lines": [{"case": case.id, "received": True}]}, by=clerk))
    pad = f"/pad/signing?window={window}"
    assert ok(hall.get(pad, by="pad"))["signing"] is None
    early = hall.post("/pad/signatures", {"case": case.id, "file": 1, "window": window}, by="pad")
    assert code(early) == "not_asked_to_sign"
    ok(hall.post(f"/results/{case.id}/ask-signature", {"window": window, "collector": "张三"}, by=clerk))
    asked = ok(hall.get(pad, by="pad"))["signing"]
    assert (asked["case"], asked["title"], asked["collector"]) == (case.id, "居住证", "张*")
    png = b"\x89PNG\r\n\x1a\n" + bytes(200)
    uploaded = hall.call("POST", f"/cases/{case.id}/files?name=签名.png&purpose=signature", by="pad", data=png)
    file = ok(uploaded, 201)["id"]
    ok(hall.post("/pad/signatures", {"case": case.id, "file": file, "window": window}, by="pad"))
    assert ok(hall.get(pad, by="pad"))["signing"] is None
    wanted = {"window": window, "collector": "张三", "id_number": PERSON.id_number}
    done = ok(hall.post(f"/results/{case.id}/hand-over", wanted, by=clerk))
    assert (done["proof"], done["signature"], done["state"]) == ("id", file, "collected")
    asked = ok(hall.get(f"/pad?window={window}", by="pad"))["invitation"]
    assert (asked["case"], asked["ticket"], asked["item"]) == (case.id, None, "居住登记")
    said = {"case": case.id, "score": 5, "window": window}
    for staff in (clerk, "manager"):
        assert code(hall.post("/pad/case-evaluations", said, by=staff)) == "staff_cannot_evaluate"
    assert ok(hall.post("/pad/case-evaluations", said, by="pad"), 201)["score"] == 5


@pytest.mark.parametrize("settings", ["sqlite", "postgres"], indirect=True)
def test_a_department_mails_a_result_itself_and_the_window_hears_that_it_arrived(ready: Hall) -> None:
    hall = ready
    case = approved(hall, BY_POST)
    who = {POLICE: "police.approver", TAX: "tax.approver"}
    tasks = {
        department: next(one["id"] for one in ok(hall.get("/tasks?state=decided", by=by))["tasks"])
        for department, by in who.items()
    }
    waybill = {"waybill": " 1099002233 "}
    assert code(hall.post(f"/tasks/{tasks[TAX]}/dispatch", waybill, by=who[TAX])) == "other_department"
    assert ok(hall.get(f"/tasks/{tasks[POLICE]}", by=who[POLICE]))["may"]["dispatch"]
    assert hall.post(f"/tasks/{tasks[POLICE]}/dispatch", {"waybill": "    "}, by=who[POLICE]).status_code == 422
    ok(hall.post(f"/tasks/{tasks[POLICE]}/dispatch", waybill, by=who[POLICE]))
    assert code(hall.post(f"/tasks/{tasks[POLICE]}/dispatch", waybill, by=who[POLICE])) == "not_to_be_mailed"
    assert ok(hall.get("/handovers?direction=issue", by=who[POLICE]))["ready"] == [], "it is not sent twice"
    kinds = hall.app.store.read(hall.app.hall_id, lambda rx: [one.kind for one in rx.notices.recent()])
    assert any("sent" in kind for kind in kinds)
    _, clerk = issue_window(hall)
    (sent,) = ok(hall.get("/results?state=with_courier", by=clerk))["results"]
    assert (sent["case"], sent["courier"]["waybill"], sent["shelf"]) == (case.id, "1099002233", None)
    ok(hall.post(f"/results/{case.id}/delivered", by=clerk))
    assert ok(hall.get(f"/cases/{case.id}", by=clerk))["state"] == "collected"


@pytest.mark.parametrize(("form", "gone"), [(PERSON, False), (BY_POST, True)])
def test_what_is_collected_in_person_or_gone_to_the_window_is_not_mailed_by_its_department(
    ready: Hall, form: BasicForm, gone: bool
) -> None:
    case = approved(ready, form)
    (task,) = ok(ready.get("/tasks?state=decided", by="police.approver"))["tasks"]
    if gone:
        ok(ready.post("/handovers", {"direction": "issue", "cases": [case.id]}, by="police.approver"), 201)
    refused = ready.post(f"/tasks/{task['id']}/dispatch", {"waybill": "1099002233"}, by="police.approver")
    assert code(refused) == "not_to_be_mailed"
    assert not ok(ready.get(f"/tasks/{task['id']}", by="police.approver"))["may"]["dispatch"]


def test_a_manager_hands_on_what_a_closed_account_left_and_nobody_else_may(ready: Hall) -> None:
    hall = ready
    case = accepted(hall)
    other = next(name for name in (f"clerk{number}" for number in range(1, 9)) if name != hall.clerk)
    ok(hall.post(f"/staff/{hall.clerk}/close", {}, by="admin"))
    (left,) = ok(hall.get("/supervision/left", by="manager"))["owners"]
    assert (left["username"], [one["case"] for one in left["cases"]]) == (hall.clerk, [case.id])
    wanted = {"owner": hall.clerk, "to": other, "reason": "离职"}
    for nobody in (other, "police.head"):
        assert hall.get("/supervision/left", by=nobody).status_code == 403
        assert hall.post("/supervision/hand-on", wanted, by=nobody).status_code == 403
    assert ok(hall.post("/supervision/hand-on", wanted, by="manager"))["owners"] == []
    assert ok(hall.get(f"/cases/{case.id}", by=other))["owner"] == f"staff:{other}"
    assert code(hall.post("/supervision/hand-on", wanted, by="manager")) == "nothing_left_behind"


def test_a_wrong_result_is_taken_back_by_the_window_or_by_its_own_department(ready: Hall) -> None:
    hall = ready
    case = approved(hall)
    _, clerk = issue_window(hall)
    made = ok(hall.post("/handovers", {"direction": "issue", "cases": [case.id]}, by="police.approver"), 201)
    ok(hall.post(f"/handovers/{made['id']}/receive", {"lines": [{"case": case.id, "received": True}]}, by=clerk))
    path = f"/results/{case.id}/take-back"
    for who, offered in (("police.approver", True), ("tax.approver", False)):
        (task,) = ok(hall.get("/tasks?state=decided", by=who))["tasks"]
        assert ok(hall.get(f"/tasks/{task['id']}", by=who))["may"]["take_back"] is offered
    assert code(hall.post(path, {"note": "漏盖章"}, by="market.approver")) == "not_your_department"
    assert code(hall.post(path, {}, by=clerk)) == "take_back_reason_missing"
    assert ok(hall.post(path, {"note": "漏盖章"}, by="police.approver"))["state"] == "approved"
    assert code(hall.post(path, {"note": "漏盖章"}, by=clerk)) == "result_not_here"
    (back,) = ok(hall.get("/handovers?direction=back", by=clerk))["handovers"]
    assert (back["department"], [line["case"] for line in back["lines"]]) == (POLICE, [case.id])
