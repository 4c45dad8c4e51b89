"""Cases over HTTP with the demo's own items: at the window, online, and every answer as the document promises."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from server.domain.actor import SYSTEM
from server.domain.catalogue.model import ItemVersion
from server.domain.codes import SerialsExhausted
from server.journey.catalogue import publishing, tree
from server.store.bundles import Bundle
from tests.web.conftest import Hall, code

DEMO = Path("config/demo/catalogue")
ITEMS = ("fund-loan", "id-card-renew", "birth-registration", "eia-report", "individual-new", "food-licence-new")
WINDOW, CLERK = 26, "clerk26"
PERSON = {
    "name": "张三丰",
    "id_number": "330102195001011236",
    "contact_name": "张三丰",
    "contact_phone": "13812341234",
}
PNG = b"\x89PNG\r\n\x1a\n" + b"x" * 200
SECRETS = ("张三丰", "330102195001011236", "13812341234")
on_both_stores = pytest.mark.parametrize("settings", ["sqlite", "postgres"], indirect=True)


def _publish(tx: Any, _: Any, now: int) -> None:
    ready = []
    for name in ITEMS:
        one = json.loads((DEMO / f"{name}.json").read_text("utf-8"))["items"][0]
        body = ItemVersion.model_validate(one["item"])
        if tx.catalogue.find_node(name) is None:
            tree.add_node(tx, tree.AddNode(SYSTEM, name, body.name, department=body.department, is_item=True), now)
        ready.append(publishing.ReadyItem(name, body))
    publishing.publish_ready(tx, publishing.PublishReady(SYSTEM, ready, "演示"), now)
    tx.bundles.put(Bundle("shop-food", "开店", "", ("individual-new", "food-licence-new"), "", True), "system")


@pytest.fixture
def hall(hall: Hall) -> Hall:
    hall.app.store.write(hall.app.hall_id, _publish, None)
    assert hall.post(f"/windows/{WINDOW}/open", by=CLERK).status_code == 200
    return hall


def ok(answer: Any, status: int = 200) -> Any:
    assert answer.status_code == status, answer.text
    return answer.json


def visit(hall: Hall, **more: Any) -> dict[str, Any]:
    ticket = hall.take(**({"section": "fund"} | more))
    ok(hall.post(f"/windows/{WINDOW}/next", by=CLERK))
    ok(hall.post(f"/windows/{WINDOW}/start", by=CLERK))
    return ticket


def opened(hall: Hall, item: str = "fund-loan", **more: Any) -> Any:
    return ok(hall.post("/cases", {"window": WINDOW, "item": item, **more}, by=CLERK), 201)


def saved(hall: Hall, case: Any, **parts: Any) -> Any:
    case = ok(hall.get(f"/cases/{case['id']}", by=CLERK))
    return ok(hall.post(f"/cases/{case['id']}/draft", {"revision": case["revision"], **parts}, by=CLERK))


def every_tick(case: Any, without: str = "") -> list[dict[str, str]]:
    return [
        {"material": one["id"], "checkpoint": point["id"]}
        for one in case["materials"]
        for point in one["checkpoints"]
        if one["id"] != without
    ]


def ready(hall: Hall, without: str = "", **form: Any) -> Any:
    """A fund loan that can be accepted."""
    case = saved(hall, opened(hall), answers={"marital": ["married"], "more": []}, form={**PERSON, **form})
    return saved(hall, case, ticks=every_tick(case, without))


def accepted(hall: Hall, case: Any, **more: Any) -> Any:
    return ok(hall.post(f"/cases/{case['id']}/accept", {"revision": case["revision"], **more}, by=CLERK))


def inbox(hall: Hall) -> list[dict[str, Any]]:
    return list((hall.get("/inbox", by="manager").json or {})["messages"])


def phone_token(hall: Hall, phone: str = "13812341234") -> str:
    hall.clock.pass_time(seconds=61)
    assert hall.post("/phone-codes", {"phone": phone}).status_code == 204
    text = next(one["text"] for one in inbox(hall) if one["kind"] == "phone_code")
    found = re.search(r"\d{6}", text)
    assert found
    return str(ok(hall.post("/phone-codes/verify", {"phone": phone, "code": found[0]}))["phone_token"])


# ---- at the window ----


@on_both_stores
def test_a_clerk_takes_in_a_fund_loan_from_the_ticket_to_the_receipt(hall: Hall) -> None:
    ticket = visit(hall, phone="13812341234")
    case = opened(hall)
    assert case["question"]["id"] == "marital" and case["form"]["contact_phone"] == "13812341234"
    case = saved(hall, case, answers={"marital": ["married"], "more": []}, form=PERSON)
    assert case["situation"] and case["question"] is None and len(case["materials"]) >= 8
    case = saved(hall, case, ticks=every_tick(case))
    assert all(one["complete"] for one in case["materials"])
    done = accepted(hall, case)
    assert (done["state"], done["owner_name"], done["papers"]) == ("accepted", done["owner_name"], ["acceptance"])
    assert done["due_day"] == "2026-11-30" and done["code"] and done["form_masked"]
    listed = ok(hall.get(f"/tickets/{ticket['id']}/cases", by=CLERK))
    assert [one["code"] for one in listed["cases"]] == [done["code"]]
    paper = hall.get(f"/cases/{done['id']}/papers/acceptance.pdf", by=CLERK)
    assert paper.status_code == 200 and paper.data.startswith(b"%PDF-") and len(paper.data) > 2000
    assert code(hall.get(f"/cases/{done['id']}/papers/refusal.pdf", by=CLERK)) == "paper_not_there"
    sms = next(one for one in inbox(hall) if one["kind"] == "case_accepted")
    assert done["code"] in sms["text"] and sms["to"] == "138****1234"


def test_a_retried_acceptance_gives_the_same_answer_and_one_code(hall: Hall) -> None:
    visit(hall)
    case = ready(hall)
    sent = {"revision": case["revision"]}
    first = hall.post(f"/cases/{case['id']}/accept", sent, by=CLERK, headers={"Idempotency-Key": "k"})
    again = hall.post(f"/cases/{case['id']}/accept", sent, by=CLERK, headers={"Idempotency-Key": "k"})
    assert first.status_code == 200 and first.json == again.json
    late = hall.post(f"/cases/{case['id']}/accept", sent, by=CLERK)
    assert (late.status_code, code(late)) == (409, "case_moved")


def test_answers_kept_for_retries_hold_nothing_readable(hall: Hall) -> None:
    visit(hall)
    case = opened(hall)
    sent = {"revision": case["revision"], "form": PERSON}
    for _ in range(2):
        answer = hall.post(f"/cases/{case['id']}/draft", sent, by=CLERK, headers={"Idempotency-Key": "typed"})
        assert ok(answer)["form"]["name"] == PERSON["name"]
    kept = str(
        hall.app.store.read(hall.app.hall_id, lambda rx: [r[0] for r in rx.db.all("SELECT body FROM idempotency")])
    )
    assert not [one for one in SECRETS if one in kept]


def test_what_is_missing_is_named_field_by_field(hall: Hall) -> None:
    visit(hall)
    case = opened(hall)
    refused = hall.post(f"/cases/{case['id']}/accept", {"revision": case["revision"]}, by=CLERK)
    assert (refused.status_code, code(refused)) == (422, "form_incomplete")
    fields = (refused.json or {})["error"]["detail"]["fields"]
    assert [one["field"] for one in fields] == ["name", "id_number", "contact_name", "contact_phone"]
    saved(hall, case, form={**PERSON, "id_number": "330102195001011235"})
    case = saved(hall, case, overrides={"id_number": "旧证号码"})
    assert case["overrides"] == {"id_number": "旧证号码"}
    refused = hall.post(f"/cases/{case['id']}/accept", {"revision": case["revision"]}, by=CLERK)
    assert code(refused) == "situation_open"
    old = hall.post(f"/cases/{case['id']}/draft", {"revision": 1, "form": PERSON}, by=CLERK)
    assert (old.status_code, code(old)) == (409, "case_draft_changed")


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/cases", {"window": WINDOW}),
        ("/cases", {"window": WINDOW, "item": "fund-loan", "bundle": "shop-food"}),
        ("/cases", {"window": WINDOW, "item": "fund-loan", "answers": {"marital": "married"}}),
        ("/cases/1/draft", {"revision": 1, "form": {"name": "张", "nickname": "三"}}),
        ("/cases/1/draft", {"revision": 1, "form": {"name": "张\u0000"}}),
        ("/cases/1/draft", {"revision": 1, "ticks": [["id-card", "p1"]]}),
        ("/cases/1/accept", {"revision": 1, "deferral": {"commitment": "补", "until": "soon"}}),
        ("/cases/search", {"phone": "13812341234", "code": "1"}),
        ("/cases/1/correction", {"items": "everything"}),
    ],
)
def test_a_body_that_does_not_fit_is_refused_with_the_field_named(hall: Hall, path: str, body: Any) -> None:
    refused = hall.post(path, body, by=CLERK)
    assert (refused.status_code, code(refused)) == (422, "invalid_input"), refused.text


def test_whoever_did_not_type_the_form_sees_it_masked_and_looking_is_audited(hall: Hall) -> None:
    visit(hall)
    case = accepted(hall, ready(hall))
    for by in (CLERK, "clerk3", "manager", "fund.approver"):
        shown = hall.get(f"/cases/{case['id']}", by=by)
        assert not [one for one in SECRETS if one in shown.text], by
        assert "/c/" not in shown.text, "the citizen's link, which rates, is not for staff"
    clear = ok(hall.post(f"/cases/{case['id']}/unmask", {"reason": "核对身份"}, by="fund.approver"))
    assert clear["form"]["id_number"] == PERSON["id_number"]
    other = hall.post(f"/cases/{case['id']}/unmask", {"reason": "好奇"}, by="tax.approver")
    assert (other.status_code, code(other)) == (403, "other_departments_review")
    rows = hall.app.store.read(
        hall.app.hall_id, lambda rx: [list(r) for r in rx.db.all("SELECT actor, action FROM audit")]
    )
    assert ["staff:fund.approver", "case.unmasked"] in rows


def test_cases_are_found_by_code_phone_or_number_and_never_by_somebody_outside(hall: Hall) -> None:
    visit(hall)
    case = accepted(hall, ready(hall))
    for asked in ({"code": case["code"]}, {"phone": "138 1234 1234"}, {"id_number": PERSON["id_number"]}):
        found = ok(hall.post("/cases/search", asked, by="guide"))
        assert [one["id"] for one in found["cases"]] == [case["id"]], asked
    abroad = saved(hall, opened(hall), form={**PERSON, "id_number": "E12345678"}, overrides={"id_number": "持护照办理"})
    (found,) = ok(hall.post("/cases/search", {"code": "e1234 5678"}, by="guide"))["cases"]
    assert found["id"] == abroad["id"], "a passport, whose shape is nobody's"
    for nobody in ({"phone": "13900000000"}, {"code": "E99999999"}):
        assert ok(hall.post("/cases/search", nobody, by="guide")) == {"cases": []}
    assert hall.post("/cases/search", {"code": case["code"]}).status_code == 401
    assert hall.post("/cases/search", {"code": case["code"]}, by="kiosk").status_code in (401, 403)


def test_departments_neither_open_nor_accept(hall: Hall) -> None:
    visit(hall)
    case = ready(hall)
    assert hall.post("/cases", {"window": WINDOW, "item": "fund-loan"}, by="fund.approver").status_code == 403
    sent = {"revision": case["revision"]}
    assert hall.post(f"/cases/{case['id']}/accept", sent, by="fund.approver").status_code == 403
    refused = hall.post(f"/cases/{case['id']}/accept", sent, by="clerk3")
    assert (refused.status_code, code(refused)) == (403, "not_your_case")


def test_another_window_goes_on_with_what_was_told_to_be_corrected(hall: Hall) -> None:
    visit(hall)
    case = ready(hall)
    told = {"items": [{"material": case["materials"][0]["id"], "text": "已过有效期"}]}
    asked = ok(hall.post(f"/cases/{case['id']}/correction", told, by=CLERK))
    draft = {"revision": asked["revision"], "ticks": every_tick(asked)}
    refused = hall.post(f"/cases/{case['id']}/draft", draft, by="clerk27")
    assert (refused.status_code, code(refused)) == (403, "not_your_case"), "at no window"
    ok(hall.post("/windows/27/open", by="clerk27"))
    (found,) = ok(hall.post("/cases/search", {"code": asked["code"]}, by="clerk27"))["cases"]
    seen = ok(hall.get(f"/cases/{found['id']}", by="clerk27"))
    assert seen["may"]["accept"] and seen["form_masked"], "personal data is asked for, and that is in the audit"
    saved = ok(hall.post(f"/cases/{case['id']}/draft", draft, by="clerk27"))
    done = ok(hall.post(f"/cases/{case['id']}/accept", {"revision": saved["revision"]}, by="clerk27"))
    assert (done["state"], done["owner"]) == ("accepted", case["owner"])
    assert done["history"][-1]["by_name"] != case["owner_name"]


def test_papers_are_written_down_only_where_no_list_is_published(hall: Hall) -> None:
    paper = {"id": "received-1", "name": "还款申请", "copies": 2}

    def publish(tx: Any, _: Any, now: int) -> None:
        leaf = {"start": "all", "situations": [{"id": "all", "name": "一般情形"}], "applicants": ["person"]}
        days = {"kind": "commitment", "legal_days": 20, "promised_days": 10}
        name, fund = "公积金提前还款", "市住房公积金管理中心"
        body = ItemVersion.model_validate({"name": name, "department": fund, "section": "fund", **leaf, **days})
        tree.add_node(tx, tree.AddNode(SYSTEM, "repay", body.name, department=fund, is_item=True), now)
        publishing.publish_ready(
            tx, publishing.PublishReady(SYSTEM, [publishing.ReadyItem("repay", body)], "演示"), now
        )

    hall.app.store.write(hall.app.hall_id, publish, None)
    visit(hall)
    case = saved(hall, opened(hall, "repay"), received=[paper])
    assert case["unwritten"] and case["received"] == [{**paper, "form": "original", "item": "repay"}]
    for wrong in ([paper, paper], [{**paper, "id": "x"}], [{**paper, "copies": 0}], [{**paper, "name": ""}]):
        sent = {"revision": case["revision"], "received": wrong}
        assert hall.post(f"/cases/{case['id']}/draft", sent, by=CLERK).status_code == 422, wrong
    loan = opened(hall)
    refused = hall.post(f"/cases/{loan['id']}/draft", {"revision": 1, "received": [paper]}, by=CLERK)
    assert (refused.status_code, code(refused)) == (409, "list_published")


def test_a_deferral_a_supplement_and_the_lists_that_show_them(hall: Hall) -> None:
    visit(hall)
    case = ready(hall, without="marriage")
    wanted = {"revision": case["revision"], "deferral": {"commitment": "三日内补交", "until": "2026-11-26"}}
    done = ok(hall.post(f"/cases/{case['id']}/accept", wanted, by=CLERK))
    assert done["deferral"]["names"] == ["结婚证"] and done["papers"] == ["acceptance", "commitment"]
    assert [one["id"] for one in ok(hall.get("/cases?view=deferral", by=CLERK))["cases"]] == [case["id"]]
    assert ok(hall.get("/cases?view=mine", by="clerk3"))["cases"] == []
    ticks = [one for one in every_tick(done) if one["material"] == "marriage"]
    brought = ok(hall.post(f"/cases/{case['id']}/supplement", {"ticks": ticks}, by="clerk3"))
    assert brought["deferral_due"] is None and brought["owner"] == done["owner"]
    for paper in ("acceptance", "commitment"):
        assert hall.get(f"/cases/{case['id']}/papers/{paper}.pdf", by=CLERK).data.startswith(b"%PDF-")


def test_a_correction_a_refusal_a_withdrawal_and_a_handing_on(hall: Hall) -> None:
    visit(hall)
    case = ready(hall)
    items = [{"material": "bank-card", "text": "卡号看不清"}, {"material": None, "text": "申请表未签名"}]
    told = ok(hall.post(f"/cases/{case['id']}/correction", {"items": items}, by=CLERK))
    assert (told["state"], told["correction_due"], told["papers"]) == ("correction", "2026-11-30", ["correction"])
    again = hall.post(f"/cases/{case['id']}/correction", {"items": items, "reason": "又发现"}, by=CLERK)
    assert (again.status_code, code(again)) == (403, "second_correction")
    handed = ok(hall.post(f"/cases/{case['id']}/hand-on", {"to": "clerk27", "reason": "换班"}, by=CLERK))
    assert handed["owner"] == "staff:clerk27" and handed["history"][-1]["action"] == "handed_on"
    reasons = {"reasons": told["refusal_reasons"][:1], "other": ""}
    refused = ok(hall.post(f"/cases/{case['id']}/refuse", reasons, by="clerk27"))
    assert (refused["state"], refused["end_reason"]) == ("refused", told["refusal_reasons"][0])
    for paper in ("correction", "refusal"):
        assert hall.get(f"/cases/{case['id']}/papers/{paper}.pdf", by=CLERK).data.startswith(b"%PDF-")
    other = ready(hall)
    gone = ok(hall.post(f"/cases/{other['id']}/withdraw", {"reason": "不贷了"}, by=CLERK))
    assert (gone["state"], gone["end_reason"]) == ("withdrawn", "不贷了")


@on_both_stores
@pytest.mark.parametrize("path, body", [
    ("correction", {"items": [{"material": None, "text": "申请表未签名"}]}),
    ("refuse", {"reasons": [], "other": "不属于本中心"}),
    ("accept", {}),
])  # fmt: skip
def test_when_the_years_codes_are_used_up_nothing_moves_and_the_answer_says_so(
    hall: Hall, path: str, body: Any
) -> None:
    visit(hall)
    case = ready(hall)
    hall.app.store.write(hall.app.hall_id, _use_up_the_codes, None)
    refused = hall.post(
        f"/cases/{case['id']}/{path}", {**body, **({} if body else {"revision": case["revision"]})}, by=CLERK
    )
    assert (refused.status_code, code(refused)) == (SerialsExhausted.status, SerialsExhausted.code)
    assert ok(hall.get(f"/cases/{case['id']}", by=CLERK))["state"] == "draft"
    said = hall.get("/openapi.json").json["paths"][f"/api/v1/cases/{{case}}/{path}"]["post"]["responses"]
    assert SerialsExhausted.code in json.dumps(said[str(SerialsExhausted.status)], ensure_ascii=False)


def _use_up_the_codes(tx: Any, _: Any, now: int) -> None:
    for year in (2025, 2026, 2027):
        tx.serials.next(str(year), date(year, 1, 1), 6)
    tx.db.execute("UPDATE case_serials SET last = 999999999 WHERE hall_id = ?", (tx.hall_id,))


def test_a_bundle_has_one_form_one_list_and_a_child_an_item(hall: Hall) -> None:
    visit(hall)
    case = ok(hall.post("/cases", {"window": WINDOW, "bundle": "shop-food"}, by=CLERK), 201)
    assert [one["item"] for one in case["children"]] == ["individual-new", "food-licence-new"]
    assert {one["item"] for one in case["questions"]} == {"individual-new", "food-licence-new"}
    while case["questions"]:
        asked = case["questions"][0]
        answers = {**case["answers"][asked["item"]], asked["question"]["id"]: [asked["question"]["options"][0]["id"]]}
        case = saved(hall, case, answers={asked["item"]: answers})
    assert any(len(one["of"]) == 2 for one in case["materials"]), "a paper both want is listed once"
    case = saved(hall, case, form=PERSON, ticks=every_tick(case))
    done = accepted(hall, case)
    assert {one["state"] for one in done["children"]} == {"accepted"}
    assert hall.get(f"/cases/{done['id']}/papers/acceptance.pdf", by=CLERK).data.startswith(b"%PDF-")


def test_an_authorized_clerk_does_an_instant_item_from_number_to_result_at_one_window(hall: Hall) -> None:
    visit(hall)
    case = opened(hall, "id-card-renew")
    while case["question"]:
        answers = {**case["answers"], case["question"]["id"]: [case["question"]["options"][-1]["id"]]}
        case = saved(hall, case, answers=answers)
    case = accepted(hall, saved(hall, case, form=PERSON, ticks=every_tick(case)))
    decide = {"window": WINDOW, "decision": "approved", "opinion": "符合"}
    refused = hall.post(f"/cases/{case['id']}/decide-at-once", decide, by=CLERK)
    assert (refused.status_code, code(refused)) == (403, "not_authorized")
    paper = {"staff": CLERK, "items": ["*"], "document": "委托〔2026〕1号", "from_day": "2026-01-01", "to_day": None}
    ok(hall.post("/authorizations", {"department": "市公安局", **paper}, by="police.head"), 201)
    assert not case["may"]["decide_at_once"], "this one is the department's already"
    again = opened(hall, "id-card-renew")
    again = saved(hall, again, answers=case["answers"], form=PERSON, ticks=every_tick(case))
    again = accepted(hall, again)
    assert again["may"]["decide_at_once"] and again["due_day"] == "2026-11-23"
    done = ok(hall.post(f"/cases/{again['id']}/decide-at-once", decide, by=CLERK))
    assert done["decision"] == "approved"
    handed = hall.post(
        f"/results/{again['id']}/hand-over",
        {"window": WINDOW, "collector": "张三丰", "unsigned_reason": "签名板维修"},
        by=CLERK,
    )
    assert handed.status_code == 200, handed.text
    assert ok(hall.get(f"/cases/{again['id']}", by=CLERK))["state"] == "collected"


# ---- before the number ----


def test_what_the_guide_and_the_phone_found_comes_with_the_ticket(hall: Hall) -> None:
    ticket = hall.take(section="fund")
    found = {"item": "fund-loan", "answers": {"marital": ["single"], "more": []}, "note": "材料齐"}
    kept = ok(hall.post(f"/tickets/{ticket['id']}/precheck", found, by="guide"))
    assert kept["situation"] and kept["by_name"]
    token = ticket["link"].rsplit("/", 1)[1]
    own = {"item": "fund-loan", "answers": {"marital": ["married"], "more": []}}
    ok(hall.post(f"/links/{token}/precheck", own))
    ok(hall.post(f"/windows/{WINDOW}/next", by=CLERK))
    ok(hall.post(f"/windows/{WINDOW}/start", by=CLERK))
    assert ok(hall.get(f"/tickets/{ticket['id']}/cases", by=CLERK))["precheck"]["answers"]["marital"] == ["married"]
    assert opened(hall)["answers"] == {"marital": ["married"], "more": []}


def test_particulars_kept_at_the_window_are_there_for_the_next_visit_and_deleted_by_their_phone(hall: Hall) -> None:
    ticket = visit(hall, phone="13812341234")
    case = saved(hall, opened(hall), form=PERSON)
    assert code(hall.post(f"/cases/{case['id']}/keep-profile", {"consent": False}, by=CLERK)) == "consent_missing"
    ok(hall.post(f"/cases/{case['id']}/keep-profile", {"consent": True}, by=CLERK))
    (profile,) = ok(hall.get(f"/tickets/{ticket['id']}/cases", by=CLERK))["profiles"]
    other = opened(hall, "id-card-renew")
    filled = ok(hall.post(f"/cases/{other['id']}/prefill", {"profile": profile["id"]}, by=CLERK))
    assert filled["form"]["id_number"] == PERSON["id_number"]
    key = phone_token(hall)
    (own,) = ok(hall.post("/profiles", {"phone_token": key}))["profiles"]
    assert own["name_mask"] == "张**"
    assert hall.post(f"/profiles/{own['id']}/delete", {"phone_token": key}).status_code == 204
    assert ok(hall.post("/profiles", {"phone_token": key})) == {"profiles": []}


# ---- online ----


@on_both_stores
def test_a_citizen_applies_online_wholly_and_the_department_has_it(hall: Hall) -> None:
    key = phone_token(hall)
    made = ok(hall.post("/applications", {"phone_token": key, "item": "birth-registration"}), 201)
    token = made["link"].rsplit("/", 1)[1]
    at = f"/case-links/{token}"
    while made["question"]:
        answers = {**made["answers"], made["question"]["id"]: [made["question"]["options"][0]["id"]]}
        made = ok(hall.post(f"{at}/draft", {"phone_token": key, "revision": made["revision"], "answers": answers}))
    made = ok(hall.post(f"{at}/draft", {"phone_token": key, "revision": made["revision"], "form": PERSON}))
    sent = {"phone_token": key, "revision": made["revision"]}
    missing = hall.post(f"{at}/submit", sent)
    assert (missing.status_code, code(missing)) == (409, "uploads_missing")
    for one in made["materials"]:
        if not one["shared"]:
            query = {"name": "表.png", "purpose": f"material:{one['id']}"}
            proof = {"X-Phone-Token": key}
            ok(hall.call("POST", f"{at}/files", data=PNG, query_string=query, headers=proof), 201)
    shown = ok(hall.post(f"{at}/submit", sent))
    assert shown["state"] == "pre_review" and shown["form_masked"]
    public = hall.get(at)
    assert not [one for one in SECRETS if one in public.text]
    waiting = ok(hall.get("/pre-reviews", by="health.approver"))["cases"]
    assert [one["id"] for one in waiting] == [shown["id"]]
    assert ok(hall.get("/pre-reviews", by="tax.approver"))["cases"] == []
    done = ok(hall.post(f"/cases/{shown['id']}/pre-review/pass", {"note": "齐全"}, by="health.approver"))
    assert done["state"] == "reviewing" and done["code"]
    assert hall.get(f"{at}/papers/acceptance.pdf").data.startswith(b"%PDF-")
    ok(hall.post(f"{at}/withdraw", {"phone_token": key}))
    assert ok(hall.get(at))["state"] == "withdrawn"


def test_the_number_for_bringing_the_papers_is_called_at_a_window_that_takes_the_case_in(hall: Hall) -> None:
    key = phone_token(hall)
    made = ok(hall.post("/applications", {"phone_token": key, "item": "eia-report"}), 201)
    at = f"/case-links/{made['link'].rsplit('/', 1)[1]}"
    early = hall.post(f"{at}/check-in")
    assert (early.status_code, code(early)) == (409, "no_visit_needed")
    while made["question"]:
        answers = {**made["answers"], made["question"]["id"]: [made["question"]["options"][-1]["id"]]}
        made = ok(hall.post(f"{at}/draft", {"phone_token": key, "revision": made["revision"], "answers": answers}))
    company = {
        "applicant": "company",
        "project_name": "关于申请环评",
        "name": "一窗科技有限公司",
        "credit_code": "91330106589878543F",
        "contact_name": "李四",
        "contact_phone": "13812341234",
    }
    made = ok(hall.post(f"{at}/draft", {"phone_token": key, "revision": made["revision"], "form": company}))
    sent = {"phone_token": key, "revision": made["revision"], "in_hall": True, "keep": True}
    assert code(hall.post(f"{at}/submit", {**sent, "in_hall": False})) == "uploads_missing"
    for one in (one for one in made["materials"] if one["medium"] == "electronic" and not one["shared"]):
        query = {"name": "说明.png", "purpose": f"material:{one['id']}"}
        ok(hall.call("POST", f"{at}/files", data=PNG, query_string=query, headers={"X-Phone-Token": key}), 201)
    shown = ok(hall.post(f"{at}/submit", sent))
    assert shown["state"] == "awaiting_visit" and shown["visit"]["number"].startswith("A")
    assert shown["may"]["check_in"] and ok(hall.post(f"{at}/check-in"))["visit"] == shown["visit"]
    assert code(hall.get(f"{at}/papers/application.pdf")) == "paper_not_there", "it says everything in clear"
    assert code(hall.get(f"{at}/application.pdf")) == "phone_token_old"
    signed = hall.get(f"{at}/application.pdf", headers={"X-Phone-Token": key})
    assert signed.status_code == 200 and signed.data.startswith(b"%PDF-")
    assert code(hall.get(f"/cases/{shown['id']}/papers/application.pdf", by="fund.approver")) == "not_your_department"
    assert hall.get(f"/cases/{shown['id']}/papers/application.pdf", by="clerk1").status_code == 200
    ok(hall.post("/windows/1/open", by="clerk1"))
    called = ok(hall.post("/windows/1/next", by="clerk1"))
    ok(hall.post("/windows/1/start", by="clerk1"))
    listed = ok(hall.get(f"/tickets/{shown['ticket']}/cases", by="clerk1"))["cases"]
    assert called and [one["id"] for one in listed] == [shown["id"]]
    case = ok(hall.get(f"/cases/{shown['id']}", by="clerk1"))
    ticks = {"revision": case["revision"], "ticks": every_tick(case)}
    case = ok(hall.post(f"/cases/{case['id']}/draft", ticks, by="clerk1"))
    done = ok(hall.post(f"/cases/{case['id']}/accept", {"revision": case["revision"]}, by="clerk1"))
    assert done["owner"] == "staff:clerk1" and done["state"] == "accepted"


def test_a_wrong_code_a_wrong_phone_and_a_guessed_link_open_nothing(hall: Hall) -> None:
    key = phone_token(hall)
    made = ok(hall.post("/applications", {"phone_token": key, "item": "eia-report"}), 201)
    at = f"/case-links/{made['link'].rsplit('/', 1)[1]}"
    soon = hall.post("/phone-codes", {"phone": "13812341234"})
    assert (soon.status_code, code(soon)) == (429, "code_too_soon")
    other = phone_token(hall, "13900000000")
    refused = hall.post(f"{at}/open", {"phone_token": other})
    assert (refused.status_code, code(refused)) == (403, "not_your_application")
    assert ok(hall.post(f"{at}/open", {"phone_token": key}))["form_masked"] is False
    assert code(hall.get("/case-links/23456789abcd")) == "link_unknown"
    wrong = hall.post("/phone-codes/verify", {"phone": "13700000000", "code": "000000"})
    assert (wrong.status_code, code(wrong)) == (403, "phone_code_spent")
    not_online = hall.post("/applications", {"phone_token": key, "item": "fund-loan"})
    assert (not_online.status_code, code(not_online)) == (409, "not_online")


def test_a_citizen_finds_the_cases_of_a_visit_by_the_tickets_link_and_sees_no_clerks_words(hall: Hall) -> None:
    ticket = visit(hall)
    case = accepted(hall, ready(hall))
    (listed,) = ok(hall.get(f"/links/{ticket['link'].rsplit('/', 1)[1]}/cases"))["cases"]
    assert listed["code"] == case["code"]
    own = ok(hall.get(f"/case-links/{listed['link'].rsplit('/', 1)[1]}"))
    assert (own["code"], own["form_masked"], own["may"]["withdraw"]) == (case["code"], True, True)
    assert all(line["by_name"] == "" and line["data"] == {} for line in own["history"])
    assert "owner" not in own
