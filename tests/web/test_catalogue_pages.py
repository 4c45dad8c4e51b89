"""Who may open the departments' pages of the catalogue, and what they are told before they ask."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from tests.web.conftest import Hall

PAGES = ("/catalogue", "/catalogue/bundles", "/catalogue/frequencies", "/catalogue/items/fund-loan", "/catalogue/items/fund-loan/trial")  # fmt: skip


def page_data(answer: Any) -> Any:
    found = re.search(r'id="page-data"[^>]*>(.*?)</script>', answer.get_data(as_text=True), re.S)
    assert found
    return json.loads(found[1])


@pytest.fixture
def fund_item(hall: Hall) -> None:
    """An item of the fund's, and a folder, in the tree."""
    folder = {"id": "fund-affairs", "name": "公积金业务", "is_item": False}
    item = {"id": "fund-loan", "name": "公积金贷款", "parent": "fund-affairs", "department": "市住房公积金管理中心", "is_item": True}  # fmt: skip
    for body in (folder, item):
        hall.post("/catalogue/nodes", body, by="manager")


@pytest.mark.usefixtures("fund_item")
def test_everybody_at_work_sees_the_catalogue_and_nobody_else(hall: Hall) -> None:
    for account in ("fund.editor", "fund.head", "clerk3", "guide", "manager"):
        browser = hall.browser()
        hall.sign_in(account, client=browser)
        assert {browser.get(path).status_code for path in PAGES} == {200}, account
        assert browser.get("/catalogue/items/fund-affairs").status_code == 404  # a folder has no versions
    assert {hall.browser().get(path).status_code for path in PAGES} == {302}


@pytest.mark.usefixtures("fund_item")
@pytest.mark.parametrize(
    ("account", "writes", "publishes", "tries"),
    [("fund.editor", True, False, False), ("fund.head", False, True, True), ("market.editor", False, False, False),
     ("clerk3", False, False, True), ("manager", True, True, True)],
)  # fmt: skip
def test_an_items_page_knows_what_this_person_may_do(
    hall: Hall, account: str, writes: bool, publishes: bool, tries: bool
) -> None:
    browser = hall.browser()
    hall.sign_in(account, client=browser)
    data = page_data(browser.get("/catalogue/items/fund-loan"))
    assert (data["item"]["may_write"], data["item"]["may_publish"], data["me"]["tries"]) == (writes, publishes, tries)


def test_a_departments_people_can_learn_who_they_are_and_sign_out(hall: Hall) -> None:
    assert hall.get("/me", by="fund.editor").json["actor"]["roles"] == ["editor"]  # type: ignore[index]
    assert hall.call("DELETE", "/sessions", by="fund.editor").status_code == 204
    assert hall.get("/me", by="fund.editor").status_code == 401
