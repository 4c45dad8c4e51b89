"""Who may do what, how they prove it, and what every answer carries."""

from __future__ import annotations

import logging
from typing import Any

import pytest

from server.domain.actor import Role
from server.web.access import Audience, audience_of, undeclared_routes
from server.web.api.subjects import operations
from tests.web.conftest import Hall, code

ACCOUNTS = {Role.ADMIN: "admin", Role.MANAGER: "manager", Role.GUIDE: "guide", Role.KIOSK: "kiosk",
            Role.DISPLAY: "display", Role.PAD: "pad", Role.CLERK: "clerk1"}  # fmt: skip


NUMBERS = {name for one in operations() for name, kind in one.path_types.items() if kind is int}


def filled(path: str) -> str:
    path = path.replace("{window}", "1")
    for name in NUMBERS:
        path = path.replace(f"{{{name}}}", "999")
    return path.replace("{token}", "23456789abcd").replace("{device}", "feed").replace("{username}", "nobody")


def test_every_route_of_the_whole_app_declares_who_may_use_it(hall: Hall) -> None:
    assert undeclared_routes(hall.app.flask) == []


def test_a_route_that_declares_nobody_is_refused_to_everybody(hall: Hall) -> None:
    hall.app.flask.add_url_rule("/api/v1/forgotten", "forgotten", lambda: "secret")
    assert undeclared_routes(hall.app.flask) == ["/api/v1/forgotten (forgotten)"]
    for username in (None, "admin"):
        answer = hall.get("/forgotten", by=username)
        assert answer.status_code == 403
        assert code(answer) == "undeclared_route"


@pytest.mark.parametrize("operation", operations(), ids=lambda o: f"{o.tag}_{o.name}")
def test_each_route_admits_its_roles_and_refuses_all_others(quiet_hall: Hall, operation: Any) -> None:
    allowed = Audience(frozenset(operation.roles))
    if operation.name == "sign_out" or allowed.public:
        return
    path = filled(operation.path)
    body = {"json": {}} if operation.method == "POST" else {}
    answer = quiet_hall.call(operation.method, path, **body)
    assert (answer.status_code, code(answer)) == (401, "not_signed_in")
    for role, username in ACCOUNTS.items():
        answer = quiet_hall.call(operation.method, path, by=username, **body)
        refused = answer.status_code == 403 and code(answer) == "not_allowed"
        own_only = operation.tag == "tickets" and role is Role.KIOSK
        if role in allowed.roles or role is Role.ADMIN:
            assert not refused or own_only, f"{username} may not {operation.method} {path}"
        else:
            assert refused, f"{username} may {operation.method} {path}: {answer.status_code}"


def test_pages_send_people_to_sign_in_and_screens_to_be_paired(hall: Hall) -> None:
    for rule in hall.app.flask.url_map.iter_rules():
        declared = audience_of(hall.app.flask.view_functions[rule.endpoint])
        if (
            declared is None
            or not declared.page
            or declared.public
            or rule.arguments
            or "GET" not in (rule.methods or ())
        ):
            continue
        answer = hall.browser().get(rule.rule)
        assert answer.status_code == 302, rule.rule
        target = "/pair?role=" if declared.device_role else "/sign-in?next="
        assert answer.headers["Location"].startswith(target), rule.rule


def test_a_cookie_needs_the_csrf_token_for_whatever_changes_something(hall: Hall) -> None:
    browser = hall.browser()
    opened = hall.sign_in("manager", client=browser).json or {}
    stop = {"message_zh": "系统故障暂停取号"}
    assert hall.get("/manage/overview", client=browser).status_code == 200
    for sent in ({}, {"X-CSRF-Token": "wrong"}, {"X-CSRF-Token": "密"}):
        refused = hall.post("/manage/stop-issuing", stop, client=browser, headers=_latin(sent))
        assert (refused.status_code, code(refused)) == (403, "csrf")
    right = {"X-CSRF-Token": opened["csrf"]}
    assert hall.post("/manage/stop-issuing", stop, client=browser, headers=right).status_code == 200


def _latin(headers: dict[str, str]) -> dict[str, str]:
    return {name: value.encode().decode("latin-1") for name, value in headers.items()}


def test_a_bearer_token_needs_no_csrf_token(hall: Hall) -> None:
    assert hall.post("/manage/stop-issuing", {"message_zh": "检修"}, by="manager").status_code == 200


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost.evil.example"])
def test_a_request_from_another_sites_page_is_refused(hall: Hall, origin: str) -> None:
    answer = hall.post("/sessions", {"username": "admin", "password": "x"}, headers={"Origin": origin})
    assert (answer.status_code, code(answer)) == (403, "foreign_origin")


def test_a_request_from_our_own_page_is_not(hall: Hall) -> None:
    assert hall.sign_in("admin", headers={"Origin": "http://localhost"}).status_code == 200


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(hall: Hall) -> None:
    plain = hall.sign_in("clerk1").headers["Set-Cookie"]
    assert "HttpOnly" in plain and "SameSite=Strict" in plain and "Secure" not in plain
    secure = hall.sign_in("clerk1", base_url="https://localhost").headers["Set-Cookie"]
    assert "Secure" in secure
    behind_proxy = hall.sign_in("clerk1", headers={"X-Forwarded-Proto": "https"}).headers["Set-Cookie"]
    assert "Secure" in behind_proxy


@pytest.mark.parametrize("path", ["/api/v1/board", "/api/v1/nothing", "/sign-in", "/healthz", "/api/docs", "/static/x"])
def test_every_answer_carries_the_security_headers(hall: Hall, path: str) -> None:
    headers = hall.browser().get(path).headers
    policy = headers["Content-Security-Policy"]
    if headers["Content-Type"] == "application/json":
        assert policy == "default-src 'none'; frame-ancestors 'none'"
    else:
        assert "default-src 'self'" in policy and "object-src 'none'" in policy and "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy and "*" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"


def test_two_pages_never_share_a_nonce(hall: Hall) -> None:
    policies = [hall.browser().get("/api/docs").headers["Content-Security-Policy"] for _ in range(2)]
    assert policies[0] != policies[1]


def test_one_address_may_not_ask_without_end_and_others_are_not_held_up(hall: Hall) -> None:
    hall.app.flask.extensions["yichuang"].access.limits._public.limit = 50
    elsewhere = {"environ_base": {"REMOTE_ADDR": "10.0.0.9"}}
    answers = [hall.get("/board") for _ in range(52)]
    assert [a.status_code for a in answers[:50]] == [200] * 50
    refused = answers[-1]
    assert (refused.status_code, code(refused)) == (429, "too_many_requests")
    assert int(refused.headers["Retry-After"]) >= 1
    assert hall.get("/board", **elsewhere).status_code == 200
    hall.clock.pass_time(minutes=2)
    assert hall.get("/board").status_code == 200


def test_those_who_proved_who_they_are_are_not_limited(hall: Hall) -> None:
    hall.token("display")
    hall.app.flask.extensions["yichuang"].access.limits._public.limit = 1
    assert {hall.get("/board", by="display").status_code for _ in range(20)} == {200}


def test_forty_correct_sign_ins_in_one_second_are_not_held_up(hall: Hall) -> None:
    assert {hall.sign_in(f"clerk{n}").status_code for n in range(1, 33)} == {200}
    assert {hall.sign_in("admin").status_code for _ in range(8)} == {200}


def test_many_wrong_passwords_from_one_address_are_slowed_down(hall: Hall) -> None:
    answers = [hall.sign_in(f"nobody{n}", "wrong") for n in range(31)]
    assert {a.status_code for a in answers[:30]} == {401}
    assert (answers[30].status_code, code(answers[30])) == (429, "too_many_requests")


def test_the_access_log_holds_no_phone_no_token_and_no_link(hall: Hall, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        ticket = hall.take(phone="13812345678")
        link = ticket["link"].rsplit("/", 1)[1]
        hall.get(f"/links/{link}")
        hall.get(f"/items?q={link}")
        hall.browser().get(f"/t/{link}")
    written = caplog.text
    assert "/api/v1/links/<token>" in written
    assert link not in written and "13812345678" not in written and hall.token("kiosk") not in written


def test_a_signed_out_token_opens_nothing(hall: Hall) -> None:
    token = {"Authorization": f"Bearer {hall.token('manager')}"}
    assert hall.get("/me", headers=token).status_code == 200
    assert hall.call("DELETE", "/sessions", headers=token).status_code == 204
    answer = hall.get("/me", headers=token)
    assert (answer.status_code, code(answer)) == (401, "session_ended")


def test_me_gives_a_browser_its_csrf_token_and_a_program_none(hall: Hall) -> None:
    browser = hall.browser()
    opened = hall.sign_in("guide", client=browser).json or {}
    assert (hall.get("/me", client=browser).json or {})["csrf"] == opened["csrf"]
    assert (hall.get("/me", by="guide").json or {})["csrf"] is None
