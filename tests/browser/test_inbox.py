"""The demo's inbox in a real Chromium: what citizens' phones get, live."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.browser.desks import HEIGHT, WIDTH, copy_hall, new_phone, open_windows, take, tidy
from tests.support.server import HallServer

WINDOW = 10
PATIENCE = 12_000  # ms


@pytest.fixture(scope="module")
def own_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HallServer]:
    folder = tmp_path_factory.mktemp("inbox")
    server = HallServer(folder / "data", hall=copy_hall(folder)).start()
    yield server
    server.stop()


@pytest.fixture
def hall(own_server: HallServer) -> Iterator[HallServer]:
    yield own_server
    tidy(own_server)


@pytest.fixture
def inbox(hall: HallServer, open_page: Callable[..., Any]) -> Any:
    page = open_page(hall.url + "/inbox", WIDTH, HEIGHT, sign_in=(hall, "guide"))
    page.set_default_timeout(PATIENCE)
    return page


def masked(phone: str) -> str:
    return f"{phone[:3]}****{phone[7:]}"


def test_the_inbox_shows_the_three_sms_of_one_visit_newest_first(hall: HallServer, inbox: Any) -> None:
    open_windows(hall, WINDOW)
    clerk = hall.signed_in(f"clerk{WINDOW}")
    others = [take(hall, "property") for _ in range(3)]
    phone = new_phone()
    ticket = take(hall, "property", phone=phone)
    inbox.locator(f'[data-person="{masked(phone)}"]').click()
    mine = inbox.locator(f"[data-sms][data-number={ticket['number']}]")
    inbox.locator("[data-sms=taken]").wait_for()
    for _ in others:
        clerk.do(f"/windows/{WINDOW}/next")
        clerk.do(f"/windows/{WINDOW}/finish")
    inbox.locator("[data-sms=soon]").wait_for()
    clerk.do(f"/windows/{WINDOW}/next")
    inbox.locator("[data-sms=called]").wait_for()
    kinds = [mine.nth(i).get_attribute("data-sms") for i in range(mine.count())]
    assert kinds == ["called", "soon", "taken"]
    assert f"{WINDOW}号窗口" in mine.first.inner_text()
    assert phone not in inbox.content()


def test_a_recipient_is_found_by_the_ticket_number_or_the_phone(hall: HallServer, inbox: Any) -> None:
    phone, other = new_phone(), new_phone()
    ticket = take(hall, "company", phone=phone)
    take(hall, "police", phone=other)
    inbox.locator(f'[data-person="{masked(other)}"]').wait_for()
    inbox.fill("[data-search]", ticket["number"].lower())
    inbox.locator(f'[data-person="{masked(other)}"]').wait_for(state="detached")
    assert masked(phone) in inbox.locator("[data-phone]").inner_text()
    inbox.fill("[data-search]", other[-4:])
    inbox.locator(f'[data-person="{masked(other)}"]').wait_for()
    inbox.fill("[data-search]", "没有")
    inbox.get_by_text("没有找到").wait_for()


def test_without_a_phone_no_message_is_sent(hall: HallServer, inbox: Any) -> None:
    ticket = take(hall, "fund")
    with_phone = take(hall, "fund", phone=new_phone())
    inbox.locator(".last", has_text=with_phone["number"]).wait_for()
    assert inbox.locator(".last", has_text=ticket["number"]).count() == 0
