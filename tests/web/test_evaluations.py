"""Rating over HTTP: by the citizen's link or the window's pad, never by staff."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from tests.web.conftest import Hall, code

on_both_stores = pytest.mark.parametrize("settings", ["sqlite", "postgres"], indirect=True)


def visit(hall: Hall, finish: bool = True) -> dict[str, Any]:
    """A ticket called and, unless said otherwise, finished at the hall's first window; with its `token`."""
    hall.open_window()
    ticket = hall.take()
    at = f"/windows/{hall.window}"
    assert hall.post(f"{at}/next", by=hall.clerk).status_code == 200
    if finish:
        assert hall.post(f"{at}/finish", by=hall.clerk).status_code == 200
    return {**ticket, "token": ticket["link"].rsplit("/", 1)[1]}


@on_both_stores
def test_a_citizen_rates_by_the_link_once_and_a_retry_gets_the_same_answer(hall: Hall) -> None:
    token = visit(hall)["token"]
    said = {"token": token, "score": 2, "tags": ["slow"], "comment": "电话13812345678"}
    first = hall.post("/evaluations", said, headers={"Idempotency-Key": "tap-1"})
    assert (first.status_code, (first.json or {})["score"]) == (201, 2)
    again = hall.post("/evaluations", said, headers={"Idempotency-Key": "tap-1"})
    assert (again.status_code, again.json) == (201, first.json)
    other = hall.post("/evaluations", {**said, "score": 5}, headers={"Idempotency-Key": "tap-1"})
    assert code(other) == "idempotency_key_reused"
    twice = hall.post("/evaluations", {"token": token, "score": 5})
    assert (twice.status_code, code(twice)) == (409, "evaluated_already")
    page = (hall.get(f"/links/{token}").json or {})["evaluation"]
    assert (page["open"], page["score"]) == (False, 2) and {"id", "name", "name_en"} == set(page["tags"][0])


def test_the_page_asks_for_a_rating_only_when_the_service_has_ended(hall: Hall) -> None:
    ticket = visit(hall, finish=False)
    early = hall.post("/evaluations", {"token": ticket["token"], "score": 5})
    assert (early.status_code, code(early)) == (409, "evaluation_not_yet")
    assert (hall.get(f"/links/{ticket['token']}").json or {})["evaluation"] is None


@pytest.mark.parametrize("username", ["clerk1", "guide", "manager", "admin"])
def test_a_request_that_carries_a_staff_session_is_refused_by_name(hall: Hall, username: str) -> None:
    token = visit(hall)["token"]
    said = {"token": token, "score": 5}
    by_header = hall.post("/evaluations", said, by=username)
    browser = hall.browser()
    hall.sign_in(username, client=browser)
    by_cookie = hall.post("/evaluations", said, client=browser)
    for refused in (by_header, by_cookie):
        assert (refused.status_code, code(refused)) == (403, "staff_cannot_evaluate")
    assert hall.post("/evaluations", said).status_code == 201


@pytest.mark.parametrize(
    "wrong",
    [{"score": 0}, {"score": 6}, {"score": "5"}, {}, {"score": 1, "comment": "长" * 201}, {"score": 1, "mood": "x"},
     {"score": 2, "tags": "slow"}, {"score": 2, "tags": ["slow"] * 7}, {"score": 4.5}],
)  # fmt: skip
def test_a_score_that_is_none_is_refused_with_the_field_named(hall: Hall, wrong: dict[str, Any]) -> None:
    refused = hall.post("/evaluations", {"token": "23456789abcd", **wrong})
    assert (refused.status_code, code(refused)) == (422, "invalid_input")


def test_guessing_links_to_rate_is_slowed_down(hall: Hall) -> None:
    answers = [hall.post("/evaluations", {"token": f"2345678{n:05d}".replace("0", "a").replace("1", "b"), "score": 1})
               for n in range(31)]  # fmt: skip
    assert {(a.status_code, code(a)) for a in answers[:30]} == {(404, "link_unknown")}
    assert (answers[30].status_code, code(answers[30])) == (429, "too_many_requests")


# ---- the pad ----


def paired_pad(hall: Hall, window: int) -> Any:
    """A browser that is the paired pad of a window, and its CSRF token."""
    browser = hall.browser()
    asked = hall.post("/pairings", {"role": "pad"}, client=browser).json or {}
    body = {"code": asked["code"], "name": f"{window}号窗评价器", "window": window}
    assert (hall.post("/devices", body, by="manager").json or {})["window"] == window
    got = hall.post(f"/pairings/{asked['device']}/token", {"secret": asked["secret"]}, client=browser)
    assert (got.status_code, (got.json or {})["window"]) == (200, window)
    csrf = (hall.get("/me", client=browser).json or {})["csrf"]
    return browser, {"X-CSRF-Token": csrf}


def test_a_paired_pad_shows_its_windows_service_and_rates_it_once(hall: Hall) -> None:
    ticket = visit(hall)
    pad, csrf = paired_pad(hall, hall.window)
    shown = hall.get("/pad", client=pad).json or {}
    assert (shown["window"], shown["invitation"]["ticket"]) == (hall.window, ticket["id"])
    said = {"ticket": ticket["id"], "score": 1, "tags": ["attitude"], "comment": "不耐烦"}
    assert hall.post("/pad/evaluations", said, client=pad, headers=csrf).status_code == 201
    assert (hall.get("/pad", client=pad).json or {})["invitation"] is None
    assert code(hall.post("/pad/evaluations", said, client=pad, headers=csrf)) == "evaluated_already"
    assert code(hall.post("/evaluations", {"token": ticket["token"], "score": 5})) == "evaluated_already"


def test_another_windows_pad_is_refused(hall: Hall) -> None:
    ticket = visit(hall)
    elsewhere = next(w.number for w in hall.app.hall.windows if w.number != hall.window)
    pad, csrf = paired_pad(hall, elsewhere)
    said = {"ticket": ticket["id"], "score": 5}
    assert code(hall.post("/pad/evaluations", said, client=pad, headers=csrf)) == "evaluation_elsewhere"
    as_other = {**said, "window": hall.window}
    assert code(hall.post("/pad/evaluations", as_other, client=pad, headers=csrf)) == "pad_elsewhere"
    assert code(hall.get(f"/pad?window={hall.window}", client=pad)) == "pad_elsewhere"
    assert code(hall.post("/pad/evaluations", said, by="pad")) == "pad_needs_window"


@pytest.mark.parametrize("username", ["clerk1", "guide", "manager", "admin"])
def test_staff_cannot_rate_on_a_pad_either(hall: Hall, username: str) -> None:
    ticket = visit(hall)
    said = {"ticket": ticket["id"], "score": 5, "window": hall.window}
    assert code(hall.post("/pad/evaluations", said, by=username)) == "staff_cannot_evaluate"
    assert hall.post("/pad/evaluations", said, by="pad").status_code == 201


def test_a_clerk_learns_neither_the_score_nor_the_citizens_link(hall: Hall) -> None:
    ticket = visit(hall)
    said = {"ticket": ticket["id"], "score": 1, "window": hall.window, "comment": "说话难听"}
    assert hall.post("/pad/evaluations", said, by="pad").status_code == 201
    paths = [f"/tickets/{ticket['id']}", f"/windows/{hall.window}", f"/tickets/{ticket['id']}/decisions",
             f"/notices?ticket={ticket['id']}"]  # fmt: skip
    seen = [hall.get(path, by=hall.clerk).text for path in paths]
    for text in seen:
        assert ticket["token"] not in text and "说话难听" not in text and "evaluation" not in text
    again = hall.take(phone="13800138000")
    secret = again["link"].rsplit("/", 1)[1]
    called = hall.post(f"/windows/{hall.window}/next", by=hall.clerk)
    busy = hall.post(f"/windows/{hall.window}/next", by=hall.clerk)
    notices = hall.get(f"/notices?ticket={again['id']}", by=hall.clerk)
    assert code(busy) == "window_busy"
    assert not any(secret in answer.text for answer in (called, busy, notices))
    assert secret in hall.get(f"/notices?ticket={again['id']}", by="guide").text
    for path in ("/pad?window=1", "/devices"):
        assert code(hall.get(path, by=hall.clerk)) == "not_allowed"


def test_a_guide_who_printed_the_slip_learns_no_score_by_its_link(hall: Hall) -> None:
    ticket = visit(hall)
    assert hall.post("/evaluations", {"token": ticket["token"], "score": 1}).status_code == 201
    for path in (f"/tickets/{ticket['id']}", f"/notices?ticket={ticket['id']}"):
        assert ticket["token"] not in hall.get(path, by="guide").text, "an ended ticket has no slip to hand over"
    signed_in = (hall.get(f"/links/{ticket['token']}", by="guide").json or {})["evaluation"]
    assert (signed_in["open"], signed_in["score"]) == (False, None)
    assert (hall.get(f"/links/{ticket['token']}").json or {})["evaluation"]["score"] == 1


# ---- the manager ----


def rated(hall: Hall, *scores: int, **words: Any) -> list[dict[str, Any]]:
    """So many visits, each rated on the pad; `words` go with the last."""
    visits = []
    for n, score in enumerate(scores, 1):
        visits.append(visit(hall))
        said = {
            "ticket": visits[-1]["id"],
            "score": score,
            "window": hall.window,
            **(words if n == len(scores) else {}),
        }
        assert hall.post("/pad/evaluations", said, by="pad").status_code == 201
    return visits


def audited(hall: Hall, action: str) -> list[dict[str, Any]]:
    newest = hall.app.store.read(hall.app.hall_id, lambda rx: rx.audit.newest())
    return [line.data for line in newest if line.action == action]


@on_both_stores
def test_the_manager_sees_the_levels_the_share_and_the_low_scores_with_their_reasons(hall: Hall) -> None:
    visits = rated(hall, 5, 5, 4, 2, tags=["slow", "attitude"], comment="请回电13812345678")
    visit(hall)
    seen = hall.get("/evaluations", by="manager").json or {}
    assert [(one["zh"], one["count"]) for one in seen["scores"]] == [
        ("非常满意", 2), ("满意", 1), ("基本满意", 0), ("不满意", 1), ("非常不满意", 0)]  # fmt: skip
    assert (seen["finished"], seen["rated"], seen["windows"]) == (5, 4, [])
    (low,) = seen["low"]
    assert (low["number"], low["window"], low["comment"]) == (visits[3]["number"], hall.window, "请回电138****5678")
    assert [tag["name"] for tag in low["tags"]] == ["办理太慢", "态度不好"]
    assert low["clerk_name"] and low["item_name"]
    rated(hall, 3, comment="谢谢")
    again = hall.get("/evaluations", by="manager").json or {}
    assert again["windows"] == [{"window": hall.window, "ratings": 5, "average": 3.8}]
    assert [one["comment"] for one in again["remarks"]] == ["谢谢"]
    assert (hall.get("/manage/overview", by="manager").json or {})["evaluations"] == {"rated": 5, "low": 1}


def test_whoever_reads_what_citizens_wrote_is_in_the_audit_and_figures_alone_are_not(hall: Hall) -> None:
    rated(hall, 5)
    hall.get("/evaluations", by="manager")
    assert audited(hall, "evaluations.read") == [], "nothing was written"
    rated(hall, 1, comment="态度差")
    assert "态度差" not in hall.get("/evaluations?words=false", by="manager").text
    assert audited(hall, "evaluations.read") == []
    hall.get("/evaluations", by="manager")
    assert audited(hall, "evaluations.read") == [{"rows": 1}]


def test_yesterday_is_looked_up_by_its_date_and_days_must_be_in_order(hall: Hall) -> None:
    rated(hall, 1)
    hall.clock.pass_time(minutes=24 * 60)
    hall.tokens.clear()
    assert (hall.get("/evaluations", by="manager").json or {})["rated"] == 0
    assert (hall.get("/evaluations?from=2026-11-23", by="manager").json or {})["rated"] == 1
    assert (hall.get("/evaluations?to=2026-11-23", by="manager").json or {})["finished"] == 1
    for days in ("from=2026-11-24&to=2026-11-23", "from=2024-01-01&to=2026-01-01"):
        assert code(hall.get(f"/evaluations?{days}", by="manager")) == "evaluation_days_wrong"
    assert code(hall.get("/evaluations?from=soon", by="manager")) == "invalid_input"


def test_the_export_is_a_table_a_spreadsheet_reads_and_no_comment_becomes_a_formula(hall: Hall) -> None:
    (ticket,) = rated(hall, 2, tags=["slow"], comment='=HYPERLINK("x")，"真慢"')
    answer = hall.get("/evaluations.csv", by="manager")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    text = answer.get_data(as_text=True)
    assert text.startswith("\ufeff评价时间,业务日期,号码")
    (row,) = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert (row["号码"], row["整体满意度"], row["评价等级"]) == (ticket["number"], "2", "不满意")
    assert (row["差评原因"], row["文字评价"]) == ("办理太慢", '\'=HYPERLINK("x")，"真慢"')
    assert row["评价时间"] == "2026-11-23 09:00:00"
    assert audited(hall, "evaluations.export") == [{"rows": 1}]
    assert code(hall.get("/evaluations.csv", by=hall.clerk)) == "not_allowed"
