"""The manager's routes, devices, staff, citizens' links, notices, health."""

from __future__ import annotations

import base64
import hashlib
import hmac
from pathlib import Path
from typing import Any

import pytest

from config.settings import Settings
from server.app import create_app
from server.store.sqlite import SqliteDb
from server.web.checks import Check, hall_checks, warn_untidied
from server.web.context import EXTENSION
from tests.web.conftest import PASSWORD, Clock, Hall, code


def test_issuing_stops_for_a_section_and_resumes(hall: Hall) -> None:
    stop = {"section": hall.section, "message_zh": "系统故障暂停取号", "message_en": "Out of order"}
    assert (hall.post("/manage/stop-issuing", stop, by="manager").json or {})["stops"][0]["section"] == hall.section
    refused = hall.post("/tickets", {"section": hall.section}, by="kiosk")
    assert (refused.status_code, code(refused)) == (409, "issuing_stopped")
    assert (refused.json or {})["error"]["message_zh"] == "系统故障暂停取号"
    assert (hall.get("/board").json or {})["stops"]
    assert (hall.post("/manage/resume-issuing", {"section": hall.section}, by="manager").json or {})["stops"] == []
    assert code(hall.post("/manage/resume-issuing", {}, by="manager")) == "not_stopped"
    assert hall.take()


def test_the_live_page_shows_lines_and_totals(hall: Hall) -> None:
    hall.open_window()
    hall.take()
    shown = hall.get("/manage/overview", by="manager").json or {}
    line = next(s for s in shown["sections"] if s["id"] == hall.section)
    assert (line["waiting"], shown["totals"]["taken"]) == (1, 1)


def test_forgotten_servings_are_ended(hall: Hall) -> None:
    hall.open_window()
    ticket = hall.take()
    hall.post(f"/windows/{hall.window}/next", by=hall.clerk)
    hall.post(f"/windows/{hall.window}/start", by=hall.clerk)
    hall.clock.pass_time(minutes=hall.app.hall.calls.forgotten_minutes + 1)
    assert (hall.post("/manage/clear-forgotten", by="manager").json or {})["ended"] == [ticket["id"]]


def test_paper_numbers_join_the_line_as_of_when_they_were_handed_out(hall: Hall) -> None:
    letter = next(s.letter for s in hall.app.hall.sections if s.id == hall.section)
    number = f"{letter}{hall.app.hall.paper.first}"
    body = {"section": hall.section, "numbers": [number], "taken_at": "2026-11-23T00:30:00Z"}
    entered = hall.post("/manage/paper-numbers", body, by="manager")
    assert entered.status_code == 201
    assert [(t["number"], t["taken_at"][:16]) for t in (entered.json or {})["tickets"]] == [
        (number, "2026-11-23T00:30")
    ]
    assert code(hall.post("/manage/paper-numbers", body, by="manager")) == "paper_number_used"
    naive = hall.post("/manage/paper-numbers", body | {"taken_at": "2026-11-23T00:30:00"}, by="manager")
    assert (naive.status_code, code(naive)) == (422, "invalid_input")


def test_a_bad_hall_file_is_refused_with_all_its_faults_and_nothing_changes(hall: Hall, tmp_path: Path) -> None:
    assert (hall.post("/manage/reload", by="manager").json or {})["changes"] == []
    folder = tmp_path / "bad"
    folder.mkdir()
    for file in Path("config/demo").iterdir():
        if file.is_file():
            (folder / file.name).write_bytes(file.read_bytes())
    text = (folder / "hall.toml").read_text("utf-8")
    (folder / "hall.toml").write_text("colour = 1\n" + text, "utf-8")
    hall.app.settings.hall_dir = folder
    answer = hall.post("/manage/reload", by="manager")
    assert (answer.status_code, code(answer)) == (422, "hall_file_invalid")
    assert (answer.json or {})["error"]["detail"]["problems"][0]["zh"]
    assert hall.take()


def test_an_alarm_is_marked_seen(hall: Hall) -> None:
    hall.app.store.write(hall.app.hall_id, lambda tx, _, now: tx.alarms.open("sms_gateway", "sms", {}))
    alarm = (hall.get("/manage/overview", by="manager").json or {})["alarms"][0]
    seen = hall.post(f"/manage/alarms/{alarm['id']}/seen", by="manager").json or {}
    assert seen["seen_by"] == "manager"
    assert code(hall.post("/manage/alarms/999999/seen", by="manager")) == "alarm_unknown"


def test_a_kiosk_is_paired_takes_a_number_with_its_cookie_and_is_turned_out(hall: Hall) -> None:
    screen = hall.browser()
    asked = hall.post("/pairings", {"role": "kiosk"}, client=screen).json or {}
    fetch = (f"/pairings/{asked['device']}/token", {"secret": asked["secret"]})
    assert hall.post(*fetch, client=screen).status_code == 202
    paired = hall.post("/devices", {"code": asked["code"], "name": "一楼取号机"}, by="manager")
    assert paired.status_code == 201
    armed = hall.post(*fetch, client=screen)
    assert (armed.json or {})["paired"] is True
    assert "HttpOnly" in armed.headers["Set-Cookie"]
    me = hall.get("/me", client=screen).json or {}
    assert me["actor"]["roles"] == ["kiosk"]
    body = {"section": hall.section}
    assert code(hall.post("/tickets", body, client=screen)) == "csrf"
    taken = hall.post("/tickets", body, client=screen, headers={"X-CSRF-Token": me["csrf"]})
    assert taken.status_code == 201
    assert "yichuang_device" in screen.get("/kiosk").headers["Set-Cookie"], "a screen in use never runs out"
    listed = (hall.get("/devices", by="manager").json or {})["devices"]
    assert [d["name"] for d in listed] == ["一楼取号机"]
    assert (hall.post(f"/devices/{asked['device']}/revoke", by="manager").json or {})["revoked_at"]
    assert hall.get("/me", client=screen).status_code == 401


def test_a_browser_that_is_both_a_screen_and_a_desk_acts_as_the_page_that_asks(hall: Hall) -> None:
    both = hall.browser()
    desk = hall.sign_in("manager", client=both).json or {}
    asked = hall.post("/pairings", {"role": "kiosk"}, client=both).json or {}
    hall.post("/devices", {"code": asked["code"], "name": "取号机"}, by="manager")
    hall.post(f"/pairings/{asked['device']}/token", {"secret": asked["secret"]}, client=both)
    page = both.get("/kiosk").text
    screen = page.split('name="csrf-token" content="', 1)[1].split('"', 1)[0]
    assert screen != desk["csrf"]
    for csrf, roles in ((screen, ["kiosk"]), (desk["csrf"], ["manager"])):
        headers = {"X-CSRF-Token": csrf}
        assert (hall.get("/me", client=both, headers=headers).json or {})["actor"]["roles"] == roles
        assert hall.post("/tickets", {"section": hall.section}, client=both, headers=headers).status_code == 201


def test_a_wrong_code_pairs_nothing(hall: Hall) -> None:
    answer = hall.post("/devices", {"code": "AAAAAA", "name": "x"}, by="manager")
    assert (answer.status_code, code(answer)) == (404, "pairing_unknown")


def test_a_citizen_sees_cancels_and_returns_by_link_alone(hall: Hall) -> None:
    hall.open_window()
    link = hall.take(phone="13800138000")["link"].rsplit("/", 1)[1]
    shown = hall.get(f"/links/{link}").json or {}
    assert (shown["state"], shown["may_cancel"], shown["phone"]) == ("waiting", True, "138****8000")
    assert hall.get(f"/links/{link.upper()}").status_code == 200
    assert code(hall.post(f"/links/{link}/return")) == "ticket_moved"
    assert (hall.post(f"/links/{link}/cancel").json or {})["state"] == "cancelled"


def test_guessing_links_is_slowed_down(hall: Hall) -> None:
    answers = [hall.get(f"/links/{'2' * 11}{c}") for c in "23456789abcdefghjkmnpqrstuvwxyz"]
    assert {code(a) for a in answers[:30]} == {"link_unknown"}
    assert code(answers[30]) == "too_many_requests"


def test_the_notices_of_a_ticket_are_listed_with_their_texts(hall: Hall) -> None:
    hall.open_window()
    ticket = hall.take(phone="13800138000")
    listed = hall.get(f"/notices?ticket={ticket['id']}", by="guide").json
    assert isinstance(listed, list) and listed[0]["kind"] == "taken"
    assert ticket["number"] in listed[0]["text"]
    assert (hall.get("/inbox", by="guide").json or {})["messages"][0]["to"] == "138****8000"


def test_staff_are_kept_by_administrators(hall: Hall) -> None:
    new = {"username": "wang.fang", "name": "王芳", "roles": ["clerk"], "password": "long-enough-1"}
    assert hall.post("/staff", new, by="admin").status_code == 201
    assert code(hall.post("/staff", new, by="admin")) == "staff_exists"
    assert code(hall.post("/staff", new, by="manager")) == "not_allowed"
    assert hall.sign_in("wang.fang", "long-enough-1").status_code == 200
    assert (hall.post("/staff/wang.fang/close", by="admin").json or {})["active"] is False
    assert hall.sign_in("wang.fang", "long-enough-1").status_code == 401
    assert (hall.post("/staff/wang.fang/reopen", by="admin").json or {})["active"] is True
    assert hall.post("/staff/wang.fang/password", {"password": "changed-pass-2"}, by="admin").status_code == 200
    assert hall.sign_in("wang.fang", "changed-pass-2").status_code == 200
    assert code(hall.post("/staff/nobody/close", by="admin")) == "staff_unknown"


def test_health_says_503_until_everything_works(hall: Hall) -> None:
    answer = hall.browser().get("/healthz")
    assert (answer.status_code, (answer.json or {})["sender"]) == (503, False)
    hall.app.sender._turned_at = hall.clock()
    answer = hall.browser().get("/healthz")
    assert (answer.status_code, (answer.json or {})["ok"]) == (200, True)
    assert (answer.json or {})["epoch"]
    hall.app.store.close()
    answer = hall.browser().get("/healthz")
    assert (answer.status_code, (answer.json or {})["database"]) == (503, False)


def test_a_database_that_does_not_tidy_itself_is_told_in_the_log_and_on_the_health_page(
    hall: Hall, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    app = hall.app

    def line() -> Check:
        return next(one for one in hall_checks(app.flask.extensions[EXTENSION]) if one.name_en == "Database")

    assert line().ok
    warn_untidied(app.store, app.hall_id)
    assert not caplog.records
    monkeypatch.setattr(SqliteDb, "tidies_itself", lambda db: False)
    assert not line().ok and "autovacuum = on" in line().says_zh
    create_app(app.settings, clock=hall.clock).store.close()
    assert "autovacuum is off" in caplog.text


def test_metrics_count_what_happened_in_the_hall(hall: Hall) -> None:
    hall.open_window()
    for _ in range(3):
        hall.take()
    hall.post(f"/windows/{hall.window}/next", by=hall.clerk)
    for _ in range(2):
        text = hall.browser().get("/metrics").text
    assert f'yichuang_tickets_taken_total{{section="{hall.section}"}} 3.0' in text
    assert f'yichuang_calls_total{{section="{hall.section}"}} 1.0' in text
    assert f'yichuang_waiting{{section="{hall.section}"}} 2.0' in text
    assert 'yichuang_http_seconds_count{method="POST",route="/api/v1/tickets",status="201"} 3.0' in text


def test_only_twilio_itself_may_report_a_message(tmp_path: Path) -> None:
    settings = Settings(
        data_dir=tmp_path,
        async_mode="threading",
        demo_password=PASSWORD,
        twilio_auth_token="token-of-twilio",
        public_url="https://hall.example",
    )  # type: ignore[call-arg]
    app = create_app(settings, clock=Clock())
    hall = Hall(app, Clock())
    form = {"MessageSid": "SM1", "MessageStatus": "delivered"}
    url = "https://hall.example/api/v1/callbacks/twilio/status"
    path = "/callbacks/twilio/status"
    right = {"X-Twilio-Signature": _signed("token-of-twilio", url, form)}
    assert code(hall.call("POST", path, data=form)) == "callback_not_signed"
    assert code(hall.call("POST", path, data=form, headers={"X-Twilio-Signature": "x"})) == "callback_not_signed"
    assert hall.call("POST", path, data=form, headers=right).status_code == 204
    app.store.close()


def _signed(token: str, url: str, form: dict[str, Any]) -> str:
    text = url + "".join(f"{name}{form[name]}" for name in sorted(form))
    return base64.b64encode(hmac.new(token.encode(), text.encode(), hashlib.sha1).digest()).decode()


def test_a_page_says_so_when_the_database_is_away(hall: Hall) -> None:
    browser = hall.browser()
    hall.sign_in("clerk1", client=browser)
    hall.app.store.close()
    hall.clock.pass_time(seconds=10)
    for path in ("/terminal", "/manage", "/api/v1/board"):
        answer = browser.get(path)
        assert answer.status_code in (404, 503), path
        assert "secret" not in answer.text and "Traceback" not in answer.text


@pytest.mark.parametrize("query", ["不动产", "bdc", "BDC"])
def test_an_item_is_found_by_name_and_by_initials(quiet_hall: Hall, query: str) -> None:
    found = (quiet_hall.get(f"/items?q={query}").json or {})["items"]
    assert found and "不动产" in found[0]["name"]
