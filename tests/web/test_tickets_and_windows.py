"""The public contract of issue 2 §10: tickets, windows, board, idempotency."""

from __future__ import annotations

from typing import Any

import pytest

from tests.web.conftest import Hall, code

on_both_stores = pytest.mark.parametrize("settings", ["sqlite", "postgres"], indirect=True)


def act(hall: Hall, action: str, body: dict[str, object] | None = None, status: int = 200) -> dict[str, object]:
    answer = hall.post(f"/windows/{hall.window}/{action}", body, by=hall.clerk)
    assert answer.status_code == status, answer.text
    return dict(answer.json or {}) if status != 204 else {}


def test_a_number_taken_says_all_that_the_slip_needs(hall: Hall) -> None:
    hall.open_window()
    ticket = hall.take(phone="138 0013 8000")
    promised = {"id", "number", "section", "window", "ahead", "expected_minutes", "state", "link", "reason"}
    assert promised <= set(ticket)
    assert (ticket["state"], ticket["window"], ticket["ahead"]) == ("waiting", hall.window, 0)
    assert ticket["phone"] == "138****8000"
    assert ticket["reason"] and ticket["reason_en"]


def test_no_answer_ever_holds_a_whole_phone(hall: Hall) -> None:
    hall.open_window()
    ticket = hall.take(phone="13812345678")
    act(hall, "next")
    seen = [
        hall.get(path, by="manager").text
        for path in (
            f"/tickets/{ticket['id']}",
            f"/windows/{hall.window}",
            "/tickets?state=called",
            "/manage/overview",
            "/board",
            f"/notices?ticket={ticket['id']}",
            "/inbox",
            f"/tickets/{ticket['id']}/decisions",
        )
    ]
    assert not any("13812345678" in text for text in seen)
    assert "138****5678" in seen[0]


@on_both_stores
def test_a_visit_from_taking_to_finishing(hall: Hall) -> None:
    opened = hall.post(f"/windows/{hall.window}/open", by=hall.clerk).json or {}
    assert (opened["state"], opened["clerk"]) == ("open", hall.clerk)
    ticket = hall.take()
    called = act(hall, "next")
    assert (called["id"], called["state"], called["called_window"]) == (ticket["id"], "called", hall.window)
    assert act(hall, "start")["state"] == "serving"
    parked = act(hall, "park")
    assert parked["state"] == "parked"
    assert act(hall, "unpark", {"ticket": ticket["id"]})["state"] == "serving"
    hall.clock.pass_time(minutes=4)
    done = act(hall, "finish")
    assert (done["state"], done["window"]) == ("done", hall.window)
    assert act(hall, "drain")["state"] == "closed", "nobody is left to serve"


def test_next_with_nobody_waiting_is_204(hall: Hall) -> None:
    hall.open_window()
    act(hall, "next", status=204)


def test_next_while_one_is_called_is_409_with_that_ticket(hall: Hall) -> None:
    hall.open_window()
    first, second = hall.take(), hall.take()
    act(hall, "next")
    refused = hall.post(f"/windows/{hall.window}/next", by=hall.clerk)
    assert (refused.status_code, code(refused)) == (409, "window_busy")
    assert (refused.json or {})["error"]["detail"]["ticket"]["id"] == first["id"]
    assert act(hall, "next", {"finish": True})["id"] == second["id"]


@on_both_stores
def test_recall_and_no_show_and_return(hall: Hall) -> None:
    hall.open_window()
    ticket = hall.take()
    act(hall, "next")
    calls = hall.app.hall.calls
    early = hall.post(f"/windows/{hall.window}/no-show", by=hall.clerk)
    assert (early.status_code, code(early)) == (409, "no_show_too_early")
    for _ in range(calls.before_no_show):
        hall.clock.pass_time(seconds=calls.seconds_between + 1)
        act(hall, "recall")
    hall.clock.pass_time(seconds=calls.seconds_between + 1)
    assert act(hall, "no-show")["state"] == "no_show"
    back = hall.post(f"/tickets/{ticket['id']}/return", by="guide")
    assert (back.status_code, (back.json or {})["state"]) == (200, "waiting")


def test_a_chosen_one_is_called_with_a_reason_only(hall: Hall) -> None:
    hall.open_window()
    hall.take()
    second = hall.take()
    refused = hall.post(f"/windows/{hall.window}/call", {"ticket": second["id"], "reason": " "}, by=hall.clerk)
    assert (refused.status_code, code(refused)) == (422, "reason_missing_for_call")
    assert act(hall, "call", {"ticket": second["id"], "reason": "老人身体不适"})["id"] == second["id"]


@on_both_stores
def test_a_transfer_keeps_the_number(hall: Hall) -> None:
    hall.open_window()
    ticket = hall.take()
    act(hall, "next")
    sections = [s.id for s in hall.app.hall.sections if any(s.id in w.sections for w in hall.app.hall.windows)]
    missing = hall.post(f"/windows/{hall.window}/transfer", {}, by=hall.clerk)
    assert (missing.status_code, code(missing)) == (422, "target_missing")
    moved = act(hall, "transfer", {"section": sections[1]})
    assert (moved["number"], moved["section"], moved["state"]) == (ticket["number"], sections[1], "waiting")


def test_a_clerk_commands_only_their_own_window_and_a_manager_any(hall: Hall) -> None:
    hall.open_window()
    for action in ("pause", "next", "finish", "close", "drain"):
        answer = hall.post(f"/windows/{hall.window}/{action}", {}, by="clerk2" if hall.window != 2 else "clerk3")
        assert (answer.status_code, code(answer)) == (403, "not_your_window"), action
    paused = hall.post(f"/windows/{hall.window}/pause", {"reason": "无人值守"}, by="manager")
    assert (paused.status_code, (paused.json or {})["state"]) == (200, "paused")


def test_pausing_needs_a_reason(hall: Hall) -> None:
    hall.open_window()
    answer = hall.post(f"/windows/{hall.window}/pause", {}, by=hall.clerk)
    assert (answer.status_code, code(answer)) == (422, "reason_missing_for_pause")


def test_a_window_is_handed_over_with_its_customer(hall: Hall) -> None:
    hall.open_window()
    ticket = hall.take()
    act(hall, "next")
    unknown = hall.post(f"/windows/{hall.window}/hand-over", {"username": "nobody"}, by=hall.clerk)
    assert (unknown.status_code, code(unknown)) == (404, "staff_unknown")
    assert act(hall, "hand-over", {"username": "clerk30"})["clerk"] == "clerk30"
    shown = hall.get(f"/windows/{hall.window}", by="clerk30").json or {}
    assert shown["ticket"]["id"] == ticket["id"]
    assert code(hall.post(f"/windows/{hall.window}/finish", by=hall.clerk)) == "not_your_window"


@on_both_stores
def test_a_retried_command_gives_the_same_answer_and_is_done_once(hall: Hall) -> None:
    hall.open_window()
    key = {"Idempotency-Key": "take-1"}
    body = {"section": hall.section, "phone": "13800138000"}
    first = hall.post("/tickets", body, by="kiosk", headers=key)
    again = hall.post("/tickets", body, by="kiosk", headers=key)
    assert (first.status_code, first.json) == (again.status_code, again.json) == (201, first.json)
    hall.take()
    key = {"Idempotency-Key": "next-1"}
    called = [hall.post(f"/windows/{hall.window}/next", by=hall.clerk, headers=key) for _ in range(3)]
    assert len({(a.json or {})["id"] for a in called}) == 1
    assert (hall.get("/board").json or {})["waiting"][hall.section] == 1


def test_a_retried_204_is_a_204_again(hall: Hall) -> None:
    hall.open_window()
    key = {"Idempotency-Key": "next-empty"}
    for _ in range(2):
        assert hall.post(f"/windows/{hall.window}/next", by=hall.clerk, headers=key).status_code == 204


def test_the_same_key_with_another_body_or_another_address_is_refused(hall: Hall) -> None:
    key = {"Idempotency-Key": "k"}
    hall.post("/tickets", {"section": hall.section}, by="kiosk", headers=key)
    other = hall.post("/tickets", {"section": hall.section, "phone": "13800138000"}, by="kiosk", headers=key)
    assert (other.status_code, code(other)) == (422, "idempotency_key_reused")


def test_two_actors_may_use_the_same_key(hall: Hall) -> None:
    key = {"Idempotency-Key": "k"}
    answers = [hall.post("/tickets", {"section": hall.section}, by=who, headers=key) for who in ("kiosk", "guide")]
    assert len({(a.json or {})["number"] for a in answers}) == 2


def test_a_refused_command_may_be_tried_again_with_its_key(hall: Hall) -> None:
    key = {"Idempotency-Key": "k"}
    assert hall.post(f"/windows/{hall.window}/next", by=hall.clerk, headers=key).status_code == 409
    hall.open_window()
    assert hall.post(f"/windows/{hall.window}/next", by=hall.clerk, headers=key).status_code == 204


@on_both_stores
def test_the_database_holds_no_phone_and_no_plain_hash_of_a_body(hall: Hall) -> None:
    import hashlib
    import json

    body = {"section": hall.section, "phone": "13812345678"}
    hall.post("/tickets", body, by="kiosk", headers={"Idempotency-Key": "k"})
    kept = str(hall.app.store.read(hall.app.hall_id, _everything)).encode()
    assert b"take" in kept and b"13812345678" not in kept
    asked = f"POST /api/v1/tickets\n{json.dumps(body, separators=(',', ':'))}"
    assert hashlib.sha256(asked.encode()).hexdigest().encode() not in kept


def test_a_kiosk_sees_and_changes_only_what_it_issued(hall: Hall) -> None:
    own, other = hall.take(), hall.take(by="guide")
    assert hall.get(f"/tickets/{own['id']}", by="kiosk").status_code == 200
    assert code(hall.get(f"/tickets/{other['id']}", by="kiosk")) == "not_allowed"
    assert code(hall.post(f"/tickets/{other['id']}/cancel", by="kiosk")) == "not_allowed"
    assert (hall.post(f"/tickets/{own['id']}/cancel", by="kiosk").json or {})["state"] == "cancelled"


@on_both_stores
def test_a_phone_is_corrected_and_removed(hall: Hall) -> None:
    ticket = hall.take(phone="13800138000")
    path = f"/tickets/{ticket['id']}/phone"
    assert (hall.post(path, {"phone": "13900139000"}, by="guide").json or {})["phone"] == "139****9000"
    assert (hall.post(path, {"phone": None}, by="guide").json or {})["phone"] is None
    assert code(hall.post(path, {"phone": "12"}, by="guide")) == "phone_invalid"
    assert code(hall.post(path, {}, by="guide")) == "invalid_input"


def test_the_green_channel_is_not_a_kiosks_to_give(hall: Hall) -> None:
    shown = (hall.get("/hall").json or {})["priorities"]
    body = {"section": hall.section, "priority": shown[0]["id"], "reason": "行动不便"}
    assert hall.post("/tickets", body, by="kiosk").status_code == 403
    assert (hall.post("/tickets", body, by="guide").json or {})["priority"] == shown[0]["id"]


@on_both_stores
def test_the_board_and_the_lines_follow(hall: Hall) -> None:
    hall.open_window()
    first, second = hall.take(), hall.take()
    act(hall, "next")
    board = hall.get("/board").json or {}
    assert board["calls"][0] | {} and board["calls"][0]["number"] == first["number"]
    assert board["waiting"][hall.section] == 1
    assert next(w for w in board["windows"] if w["number"] == hall.window)["ticket"] == first["number"]
    lines = hall.get(f"/tickets?state=waiting&section={hall.section}", by="guide").json or {}
    assert [t["number"] for t in lines["tickets"]] == [second["number"]]
    decided = hall.get(f"/tickets/{first['id']}/decisions", by="manager").json or {}
    assert decided["decisions"] and all(d["zh"] for d in decided["decisions"])


def _everything(rx: Any) -> list[tuple[Any, ...]]:
    tables = ("tickets", "idempotency", "notices", "events", "audit")
    return [tuple(row) for table in tables for row in rx.db.all(f"SELECT * FROM {table}")]
