"""What a clerk's eyes do: wait until the terminal shows something."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import TimeoutError

from tests.support.server import HallServer


def state(page: Any, words: str) -> None:
    """Wait until the window is in this state, with no command under way: a key would be ignored meanwhile."""
    page.locator("[data-testid=window-state]", has_text=words).wait_for(timeout=5000)
    settled(page)


def current(page: Any, number: str, badge: str) -> None:
    """Wait until the desk shows this number in this state, with no command under way."""
    page.locator("[data-testid=current-number]", has_text=number).wait_for(timeout=5000)
    page.locator("[data-testid=ticket-state]", has_text=badge).wait_for(timeout=5000)
    settled(page)


def nobody(page: Any) -> None:
    page.get_by_test_id("nobody").wait_for(timeout=5000)
    settled(page)


def settled(page: Any) -> None:
    page.locator("[aria-busy=true]").wait_for(state="detached", timeout=5000)


def dialog_by(page: Any, key: str) -> None:
    """Open a dialog by its key; a key pressed while the one before still closes is ignored, as for a clerk."""
    dialog = page.get_by_role("dialog")
    for _ in range(3):
        settled(page)
        page.keyboard.press(key)
        try:
            return dialog.wait_for(timeout=5000)
        except TimeoutError:
            continue
    return dialog.wait_for()


def said(page: Any, words: str) -> None:
    page.locator(".toast", has_text=words).first.wait_for(timeout=5000)


def look(hall: HallServer, ticket: Any) -> Any:
    return hall.signed_in("manager").read(f"/tickets/{ticket['id']}")
