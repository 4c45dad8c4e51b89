"""A citizen's own page in a browser, and the window whose calls it shows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.support.server import HallServer

WIDTH, HEIGHT = 390, 844
OpenPage = Callable[..., Any]


def take(hall: HallServer, **more: Any) -> dict[str, Any]:
    """A ticket for window 26's section, taken at the kiosk."""
    ticket: dict[str, Any] = hall.signed_in("kiosk").do("/tickets", {"section": "fund", **more})
    return ticket


def path_of(ticket: dict[str, Any]) -> str:
    return "/t/" + str(ticket["link"]).rsplit("/", 1)[-1]


def open_ticket(hall: HallServer, open_page: OpenPage, ticket: dict[str, Any], **options: Any) -> Any:
    page = open_page(hall.url + path_of(ticket), WIDTH, HEIGHT, is_mobile=True, **options)
    page.wait_for_selector("#slip:not([hidden])")
    return page


def clear_line(hall: HallServer) -> None:
    clerk = hall.signed_in("clerk26")
    while clerk.post("/windows/26/next", {"finish": True}).status_code == 200:
        pass
    clerk.post("/windows/26/finish")


def serve(hall: HallServer, **more: Any) -> dict[str, Any]:
    """A ticket that window 26 has just finished."""
    clear_line(hall)
    ticket = take(hall, **more)
    clerk = hall.signed_in("clerk26")
    assert clerk.do("/windows/26/next")["number"] == ticket["number"]
    clerk.do("/windows/26/finish")
    return ticket
