"""What to bring, on one's own phone: found, answered, kept with the number, light enough for an old phone."""

from __future__ import annotations

import gzip
from typing import Any

import pytest

from tests.browser.guides import answer_all
from tests.browser.phone_page import HEIGHT, WIDTH, OpenPage, clear_line, path_of, take
from tests.browser.test_readable import faults
from tests.support.server import HallServer

FIRST_VIEW = 60_000  # bytes on the wire


@pytest.fixture
def hall(phone_hall_server: HallServer) -> HallServer:
    return phone_hall_server


def test_the_answers_given_on_the_phone_are_with_the_ticket_at_the_window(
    hall: HallServer, open_page: OpenPage
) -> None:
    clear_line(hall)
    ticket = take(hall)
    page = open_page(hall.url + path_of(ticket), WIDTH, HEIGHT, is_mobile=True)
    page.click("#prepare")
    page.fill("#q", "公积金贷款")
    page.click("[data-item=fund-loan]")
    answer_all(page, "#count")
    page.wait_for_selector("#attached.ok")
    kept = hall.signed_in("clerk26").read(f"/tickets/{ticket['id']}/cases")["precheck"]
    assert kept["item"] == "fund-loan" and kept["situation"]
    page.click(".back a")
    page.wait_for_selector("#slip:not([hidden])")


def test_an_answer_changed_later_changes_the_list_and_the_address_says_it(
    hall: HallServer, open_page: OpenPage
) -> None:
    page = open_page(hall.url + "/g/food-licence-new#category=sale&more-sale=vending", WIDTH, HEIGHT, is_mobile=True)
    page.wait_for_selector("[data-material=vending-list]")
    assert page.locator("[data-material=sales-plan] a.chip").count() >= 1, "a sample to look at"
    page.click(".answer >> nth=1")
    page.click("[data-option=agent]")
    page.click("#walk-next")
    page.wait_for_selector("[data-material=mandate]")
    assert page.locator("[data-material=vending-list]").count() == 0
    page.reload()
    page.wait_for_selector("[data-material=mandate]")
    form = page.get_attribute("[data-material=mandate] a[download]", "href")
    assert page.request.get(hall.url + form).ok, "the blank form can be downloaded"
    page.click("[data-points=form] summary")
    page.wait_for_selector("[data-points=form] .point-mark >> nth=4")
    assert page.locator("[data-points=form] li").count() == 5, "审查要点, before anybody comes"
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.locator("details:not(.points) p").first.is_visible(), "what is folded is on paper, too"
    assert page.is_visible("[data-material=mandate]") and page.is_hidden("#print"), "on paper the list, no buttons"
    assert page.is_hidden("[data-points=form]")
    page.emulate_media(media="screen")
    assert faults(page) == []


def test_the_first_view_is_light_and_works_without_modules(hall: HallServer, open_page: OpenPage) -> None:
    page = open_page("about:blank", WIDTH, HEIGHT, is_mobile=True)
    got: list[Any] = []
    page.on("response", lambda response: got.append(response))
    page.goto(hall.url + "/g/food-licence-new")
    page.wait_for_selector("[data-question]")
    assert faults(page) == []
    size = sum(len(gzip.compress(one.body())) for one in got)
    assert size < FIRST_VIEW, f"{size} bytes"
    assert page.locator("script[type=module]").count() == 0


def test_an_item_without_a_list_says_so_and_never_that_nothing_is_needed(hall: HallServer, open_page: OpenPage) -> None:
    page = open_page(hall.url + "/g", WIDTH, HEIGHT, is_mobile=True)
    first = page.locator("[data-item]").first
    first.wait_for()
    known = hall.api.read("/catalogue/search?q=")["items"]
    assert known[0]["things"] > 0 and known[-1]["things"] == 0, "what has a list comes first"
    page.goto(f"{hall.url}/g/{known[-1]['id']}")
    said = page.inner_text("#unwritten")
    assert "还没有发布" in said and "不用带" not in page.inner_text("main")
    assert "不收费" not in page.inner_text("main"), "what nobody wrote is not promised"
    assert faults(page) == []


def test_whoever_reads_english_is_asked_in_english_where_it_is_written(hall: HallServer, open_page: OpenPage) -> None:
    page = open_page(hall.url + "/g/id-card-renew", WIDTH, HEIGHT, is_mobile=True)
    page.click("#language")
    page.wait_for_selector("html[lang=en] .question")
    assert page.inner_text(".question h2") == "How old is the applicant?"
    page.click("[data-option=adult]")
    answer_all(page, "#count")
    assert "Identity card application form" in page.inner_text(".things")
    assert "16 or older" in page.inner_text(".answers")
    assert page.inner_text("#situation") == "Renewal of an ID card, 16 or older"
    assert faults(page) == []

    def unwritten(route: Any) -> None:
        answer = route.fetch()
        body = answer.json()
        body["question"]["text_en"] = ""
        route.fulfill(response=answer, json=body)

    page.route("**/guide", unwritten, times=1)
    page.goto(hall.url + "/g/food-licence-new")
    page.wait_for_selector(".question h2[lang=zh-CN]")
