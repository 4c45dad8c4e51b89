"""自助填表 over HTTP: the phone that waits fills in, one clerk sees, nobody else reads anything."""

from __future__ import annotations

from typing import Any

from tests.web.conftest import Hall, code
from tests.web.test_cases_api import CLERK, PERSON, WINDOW, ok, opened, phone_token
from tests.web.test_cases_api import hall as published

hall = published  # the fixture: items of the fund and the police, window open


def begun(hall: Hall, ticket: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    path = f"/links/{ticket['link'].rsplit('/', 1)[1]}/form"
    version = ok(hall.get(path))["consent"]["version"]
    return path, ok(hall.post(path, {"consent": version}), 201)


def sent(hall: Hall, ticket: dict[str, Any]) -> str:
    path, form = begun(hall, ticket)
    typed = ok(hall.post(f"{path}/draft", {"key": form["key"], "revision": form["revision"], "form": PERSON}))
    ok(hall.post(f"{path}/send", {"key": form["key"], "revision": typed["revision"]}))
    return path


def called(hall: Hall) -> None:
    ok(hall.post(f"/windows/{WINDOW}/next", by=CLERK))
    ok(hall.post(f"/windows/{WINDOW}/start", by=CLERK))


def test_a_form_typed_while_waiting_is_in_the_clerks_case_and_in_nobody_elses_sight(hall: Hall) -> None:
    ticket = hall.take(section="fund")
    sent(hall, ticket)
    look = f"/tickets/{ticket['id']}/cases"
    assert ok(hall.get(look, by=CLERK))["filled"] is None, "it still waits"
    called(hall)
    seen = hall.get(look, by=CLERK)
    assert ok(seen)["filled"]["name_mask"] == "张**" and PERSON["id_number"] not in seen.text
    for other in ("clerk1", "guide", "manager"):
        assert ok(hall.get(look, by=other))["filled"] is None, other
    case = opened(hall)
    assert case["form"]["id_number"] == PERSON["id_number"] and not case["form_masked"]
    assert ok(hall.get(f"/cases/{case['id']}", by="clerk1"))["form_masked"]
    assert code(hall.post(f"/cases/{case['id']}/take-over-form", by="clerk1")) in ("not_your_case", "nothing_filled_in")
    assert ok(hall.post(f"/cases/{case['id']}/take-over-form", by=CLERK))["form"]["name"] == PERSON["name"]


def test_the_link_tells_that_there_is_a_form_and_nothing_of_what_it_says(hall: Hall) -> None:
    ticket = hall.take(section="fund", phone="13812341234")
    path = sent(hall, ticket)
    seen = hall.get(path)
    assert ok(seen)["state"] == "sent" and "张" not in seen.text and PERSON["id_number"] not in seen.text
    assert "公积金" in ok(seen)["subject"] and "24 小时" in ok(seen)["consent"]["words"]
    assert code(hall.post(f"{path}/open", {})) == "not_your_form"
    assert code(hall.post(f"{path}/open", {"key": "k" * 12})) == "not_your_form"
    assert ok(hall.post(f"{path}/open", {"phone_token": phone_token(hall)}))["form"]["name"] == PERSON["name"]
    assert code(hall.get("/links/aaaaaaaaaaaa/form")) == "link_unknown"


def test_it_is_deleted_at_once_and_the_words_must_be_the_ones_in_force(hall: Hall) -> None:
    ticket = hall.take(section="fund")
    path = sent(hall, ticket)
    assert hall.post(f"{path}/delete").status_code == 204
    assert ok(hall.get(path))["state"] == "none"
    assert code(hall.post(path, {"consent": "1999"})) == "consent_changed"
    called(hall)
    assert opened(hall)["form"]["name"] == ""


def test_what_is_kept_is_seen_corrected_and_used_again_with_the_phone_alone(hall: Hall) -> None:
    key = phone_token(hall)
    path, form = begun(hall, hall.take(section="fund"))
    proof = {"key": form["key"], "phone_token": key}
    typed = ok(hall.post(f"{path}/draft", {**proof, "revision": form["revision"], "form": PERSON}))
    version = ok(hall.get(path))["consent"]["version"]
    wrong = {**proof, "revision": typed["revision"], "keep": "1999"}
    assert code(hall.post(f"{path}/send", wrong)) == "consent_changed"
    assert ok(hall.post(f"{path}/send", {**wrong, "keep": version}))["kept"]
    (own,) = ok(hall.post("/profiles", {"phone_token": key}))["profiles"]
    seen = ok(hall.post(f"/profiles/{own['id']}/open", {"phone_token": key}))
    assert seen["form"]["id_number"] == PERSON["id_number"] and "name" in seen["required"]
    now = {"phone_token": key, "form": {**PERSON, "address": "解放路 1 号"}}
    assert hall.post(f"/profiles/{own['id']}/correct", now).status_code == 204
    seen = ok(hall.post(f"/profiles/{own['id']}/open", {"phone_token": key}))
    assert seen["form"]["address"] == "解放路 1 号"
    bad = {"phone_token": key, "form": {**PERSON, "contact_phone": "123"}}
    assert code(hall.post(f"/profiles/{own['id']}/correct", bad)) == "form_incomplete"
    again = hall.take(section="fund")
    path = f"/links/{again['link'].rsplit('/', 1)[1]}/form"
    begun_again = ok(hall.post(path, {"consent": version, "phone_token": key, "profile": own["id"]}), 201)
    filled = ok(hall.post(f"{path}/open", {"key": begun_again["key"]}))
    assert filled["form"]["address"] == "解放路 1 号"
    assert code(hall.post(path, {"consent": version, "profile": own["id"]})) == "profile_unknown"
