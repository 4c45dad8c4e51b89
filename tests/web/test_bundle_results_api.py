"""A bundle over HTTP, from the precheck to the result that one part makes for another, and who may open that result."""

from __future__ import annotations

import json
from typing import Any

import pytest

from server.domain.actor import SYSTEM
from server.domain.catalogue.model import ItemVersion
from server.journey.catalogue import publishing, tree
from server.store.bundles import Bundle
from tests.web.conftest import Hall, code
from tests.web.test_cases_api import CLERK, DEMO, PERSON, WINDOW, accepted, every_tick, ok, on_both_stores, saved
from tests.web.test_cases_api import hall as published
from tests.web.test_electronic_result import put_up

hall = published
MARKET, HEALTH = "market.approver", "health.approver"
ITEMS = ("individual-new", "public-place-hygiene")


@pytest.fixture
def shop(hall: Hall) -> Hall:
    """The demo's shop, whose licence the hygiene permit wants, as one bundle."""

    def publish(tx: Any, _: Any, now: int) -> None:
        one = json.loads((DEMO / f"{ITEMS[1]}.json").read_text("utf-8"))["items"][0]
        body = ItemVersion.model_validate(one["item"])
        if tx.catalogue.find_node(ITEMS[1]) is None:
            tree.add_node(tx, tree.AddNode(SYSTEM, ITEMS[1], body.name, department=body.department, is_item=True), now)
        ready = [publishing.ReadyItem(ITEMS[1], body)]
        publishing.publish_ready(tx, publishing.PublishReady(SYSTEM, ready, "演示"), now)
        tx.bundles.put(Bundle("barber", "开一家理发店", "", ITEMS, "", True), "system")

    hall.app.store.write(hall.app.hall_id, publish, None)
    return hall


def first_answers(hall: Hall) -> dict[str, Any]:
    """The first answer to every question of the bundle."""
    answers: dict[str, Any] = {}
    while open_ := ok(hall.post("/catalogue/bundles/barber/walk", {"answers": answers}))["open"]:
        one = open_[0]
        chosen = [] if one["question"]["kind"] == "multiple" else [one["question"]["options"][0]["id"]]
        answers.setdefault(one["item"], {})[one["question"]["id"]] = chosen
    return answers


def taken_in(hall: Hall) -> list[Any]:
    """The parts, accepted at the window from a number with its precheck, and received by their departments."""
    ticket, answers = hall.take(section="fund"), first_answers(hall)
    token = ticket["link"].rsplit("/", 1)[1]
    kept = ok(hall.post(f"/links/{token}/precheck", {"bundle": "barber", "answers": answers}))
    assert (kept["bundle"], kept["answers"]) == ("barber", answers)
    assert ok(hall.get(f"/links/{token}"))["item_name"] is None, "the number is not about an item of it"
    ok(hall.post(f"/windows/{WINDOW}/next", by=CLERK))
    ok(hall.post(f"/windows/{WINDOW}/start", by=CLERK))
    case = ok(hall.post("/cases", {"window": WINDOW, "bundle": "barber"}, by=CLERK), 201)
    assert case["questions"] == [] and [one["name"] for one in case["awaited"]] == ["营业执照"]
    case = accepted(hall, saved(hall, case, ticks=every_tick(case), form=PERSON))
    for one, by in zip(case["children"], (MARKET, HEALTH), strict=True):
        made = ok(hall.post("/handovers", {"department": one["department"], "direction": "department"}, by=CLERK), 201)
        lines = [{"case": line["case"], "received": True} for line in made["lines"]]
        ok(hall.post(f"/handovers/{made['id']}/receive", {"lines": lines}, by=by))
    return list(case["children"])


def task_of(hall: Hall, case: Any, by: str) -> int:
    return next(int(one["id"]) for one in ok(hall.get("/tasks", by=by))["tasks"] if one["case"] == case["id"])


@on_both_stores
def test_the_department_that_waits_opens_the_result_and_nothing_else_of_the_other_part(shop: Hall) -> None:
    licence, hygiene = taken_in(shop)
    waiting = task_of(shop, hygiene, HEALTH)
    assert code(shop.post(f"/tasks/{waiting}/approve", {"opinion": "同意"}, by=HEALTH)) == "result_awaited"
    assert code(put_up(shop, hygiene["id"], by=HEALTH)) == "result_not_electronic", "nobody waits for this one"
    file = ok(put_up(shop, licence["id"], by=MARKET), 201)
    at = f"/cases/{licence['id']}/files/{file['id']}"
    assert code(shop.get(at, by=HEALTH)) == "not_your_department", "not before it is approved"
    ok(shop.post(f"/tasks/{task_of(shop, licence, MARKET)}/approve", {"opinion": "同意"}, by=MARKET))
    shown = ok(shop.get(f"/tasks/{waiting}", by=HEALTH))
    assert [one["purpose"] for one in shown["files"]] == ["material:business-licence"]
    assert shop.get(at, by=HEALTH).status_code == 200 and shown["files"][0]["url"].endswith(at)
    assert code(shop.get(at, by="police.approver")) == "not_your_department"
    assert code(shop.get(f"/cases/{licence['id']}", by=HEALTH)) == "not_your_department"
    assert code(shop.post(f"{at}/remove", {}, by=HEALTH)) == "not_your_department"
    ok(shop.post(f"/tasks/{waiting}/approve", {"opinion": "同意"}, by=HEALTH))


def test_a_precheck_is_of_one_item_or_of_one_bundle(shop: Hall) -> None:
    ticket = shop.take(section="fund")
    path = f"/tickets/{ticket['id']}/precheck"
    assert code(shop.post(path, {"item": ITEMS[0], "bundle": "barber"}, by="guide")) == "invalid_input"
    assert code(shop.post(path, {}, by="guide")) == "invalid_input"
    assert code(shop.post(path, {"bundle": "nothing"}, by="guide")) == "bundle_unknown"
