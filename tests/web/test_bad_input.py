"""Bad input of every kind gets a sentence that says what to correct."""

from __future__ import annotations

from typing import Any

import pytest

from tests.web.conftest import Hall, code

JSON = {"content_type": "application/json"}


def fields(answer: Any) -> list[str]:
    return [one["field"] for one in answer.json["error"]["detail"]["fields"]]


@pytest.mark.parametrize(
    "raw", [b"{", b"{]", b"nonsense", b'{"section": NaN', b"\xff\xfe", b'{"a":"\\ud800"}', b"[" * 9000]
)
def test_malformed_json_says_where(quiet_hall: Hall, raw: bytes) -> None:
    answer = quiet_hall.call("POST", "/tickets", by="kiosk", data=raw, **JSON)
    assert (answer.status_code, code(answer)) == (400, "malformed_json")
    assert "第" in (answer.json or {})["error"]["message_zh"]


@pytest.mark.parametrize("raw", [b"[]", b'"text"', b"1", b"null"])
def test_json_that_is_no_object_is_refused(quiet_hall: Hall, raw: bytes) -> None:
    answer = quiet_hall.call("POST", "/tickets", by="kiosk", data=raw, **JSON)
    assert (answer.status_code, code(answer)) == (422, "invalid_input")


def test_a_form_instead_of_json_is_refused(quiet_hall: Hall) -> None:
    answer = quiet_hall.call("POST", "/tickets", by="kiosk", data={"section": "x"})
    assert (answer.status_code, code(answer)) == (415, "not_json")


def test_a_body_too_large_is_refused_with_the_limit(quiet_hall: Hall) -> None:
    answer = quiet_hall.call("POST", "/tickets", by="kiosk", data=b'{"section":"' + b"x" * 70_000 + b'"}', **JSON)
    assert (answer.status_code, code(answer)) == (413, "body_too_large")


def test_an_unknown_field_is_refused_by_name(quiet_hall: Hall) -> None:
    answer = quiet_hall.post("/tickets", {"section": quiet_hall.section, "phon": "13800138000"}, by="kiosk")
    assert (answer.status_code, code(answer)) == (422, "invalid_input")
    assert fields(answer) == ["phon"]
    assert "phon" in (answer.json or {})["error"]["message_zh"]


def test_all_wrong_fields_are_named_at_once(quiet_hall: Hall) -> None:
    answer = quiet_hall.post("/windows/1/call", {"ticket": "x", "reason": 5, "extra": 1}, by="clerk1")
    assert sorted(fields(answer)) == ["extra", "reason", "ticket"]


@pytest.mark.parametrize(
    "body",
    [
        {"section": 7},
        {"section": ""},
        {"section": "x" * 65},
        {"section": "a\x00b"},
        {"section": "a", "channel": "Carrier Pigeon!"},
        {"section": "a", "phone": 13800138000},
        {"section": ["a"]},
        {"section": {"id": "a"}},
    ],
)
def test_a_value_of_the_wrong_kind_names_its_field(quiet_hall: Hall, body: dict[str, Any]) -> None:
    answer = quiet_hall.post("/tickets", body, by="kiosk")
    assert (answer.status_code, code(answer)) == (422, "invalid_input")
    assert fields(answer)[0] in body


@pytest.mark.parametrize("ticket", [0, -1, 1.5, True, "1", 10**20, None])
def test_a_ticket_id_that_is_none_is_refused(quiet_hall: Hall, ticket: Any) -> None:
    quiet_hall.open_window()
    answer = quiet_hall.post(
        f"/windows/{quiet_hall.window}/call", {"ticket": ticket, "reason": "老人"}, by=quiet_hall.clerk
    )
    assert (answer.status_code, code(answer)) == (422, "invalid_input")


@pytest.mark.parametrize("phone", ["12345", "12800138000", "138001380001", "abcdefghijk", "1380013800x", "+1 555 0100"])
def test_a_wrong_phone_issues_nothing(quiet_hall: Hall, phone: str) -> None:
    answer = quiet_hall.post("/tickets", {"section": quiet_hall.section, "phone": phone}, by="kiosk")
    assert (answer.status_code, code(answer)) == (422, "phone_invalid")
    assert (quiet_hall.get("/board").json or {})["waiting"][quiet_hall.section] == 0


def test_neither_section_nor_item_is_refused(quiet_hall: Hall) -> None:
    assert code(quiet_hall.post("/tickets", {}, by="kiosk")) == "choice_missing"


def test_unknown_things_are_not_found_each_in_its_own_words(quiet_hall: Hall) -> None:
    assert code(quiet_hall.post("/tickets", {"section": "nowhere"}, by="kiosk")) == "section_unknown"
    assert code(quiet_hall.post("/tickets", {"item": "nothing"}, by="kiosk")) == "item_unknown"
    assert code(quiet_hall.get("/tickets/999", by="manager")) == "ticket_unknown"
    assert code(quiet_hall.get("/windows/999", by="manager")) == "window_unknown"
    assert code(quiet_hall.get("/links/23456789abcd")) == "link_unknown"
    assert code(quiet_hall.get("/notices?ticket=999", by="manager")) == "ticket_unknown"


@pytest.mark.parametrize(
    "path", ["/nothing", "/tickets/abc", "/tickets/" + "9" * 5000, "/windows/-1", "/tickets/1/../2"]
)
def test_an_unknown_address_is_refused_as_json(quiet_hall: Hall, path: str) -> None:
    answer = quiet_hall.get(path, by="manager")
    assert (answer.status_code, code(answer)) == (404, "not_found")


def test_a_wrong_method_says_which_work(quiet_hall: Hall) -> None:
    answer = quiet_hall.call("PUT", "/tickets", by="manager")
    assert (answer.status_code, code(answer)) == (405, "method_not_allowed")
    assert answer.headers["Allow"] == "GET, POST"


@pytest.mark.parametrize("query", ["", "?ticket=", "?ticket=x", "?ticket=0", "?ticket=1&tikcet=2"])
def test_a_bad_query_names_the_parameter(quiet_hall: Hall, query: str) -> None:
    answer = quiet_hall.get(f"/notices{query}", by="manager")
    assert (answer.status_code, code(answer)) == (422, "invalid_input")
    assert fields(answer)[0] in ("ticket", "tikcet")


@pytest.mark.parametrize("key", ["", "x" * 201, "a\x01b"])
def test_a_bad_idempotency_key_is_refused(quiet_hall: Hall, key: str) -> None:
    answer = quiet_hall.post("/tickets", {"section": quiet_hall.section}, by="kiosk", headers={"Idempotency-Key": key})
    assert (answer.status_code, code(answer)) == (422, "idempotency_key_invalid")


def test_an_error_inside_is_said_without_its_insides(hall: Hall) -> None:
    def broken() -> str:
        raise RuntimeError("secret of the house")

    from server.web.access import ANYONE, audience

    hall.app.flask.add_url_rule("/api/v1/broken", "broken", audience(*ANYONE)(broken))
    answer = hall.get("/broken")
    assert (answer.status_code, code(answer)) == (500, "internal")
    assert "secret" not in answer.text
    assert len((answer.json or {})["error"]["detail"]["reference"]) == 8


def test_a_person_sees_a_page_and_not_json(quiet_hall: Hall) -> None:
    answer = quiet_hall.browser().get("/no-such-page")
    assert answer.status_code == 404
    assert answer.mimetype == "text/html"
    assert "没有这个地址" in answer.text


@pytest.mark.parametrize("path", ["/staff/a%00b/close", "/devices/%00/revoke"])
def test_a_nul_in_an_address_is_refused_before_any_database_sees_it(quiet_hall: Hall, path: str) -> None:
    answer = quiet_hall.browser().post(
        "/api/v1" + path, headers={"Authorization": f"Bearer {quiet_hall.token('admin')}"}
    )
    assert (answer.status_code, code(answer)) == (400, "bad_request")
