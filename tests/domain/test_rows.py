"""Rows copied without their slow `__init__` are the rows that `dataclasses.replace` would give."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, astuple, replace

import pytest

from server.domain.rows import maker
from server.domain.ticket import Ticket
from server.domain.window import Window

TICKET = Ticket(7, "2026-11-22", "A001", "general", None, "waiting", "kiosk", 1, 2, 600, "link", "device:k", 5)


def test_a_copied_ticket_is_what_replace_would_make() -> None:
    changed = TICKET.but(state="called", window_number=3)
    assert changed == replace(TICKET, state="called", window_number=3) and TICKET.state == "waiting"
    assert hash(changed) == hash(replace(TICKET, state="called", window_number=3))


def test_a_row_of_the_table_becomes_the_same_ticket() -> None:
    assert maker(Ticket)(astuple(TICKET)) == TICKET
    with pytest.raises(ValueError, match="zip"):
        maker(Ticket)(astuple(TICKET)[:-1])


def test_a_field_that_is_not_there_is_an_error_and_a_row_stays_frozen() -> None:
    with pytest.raises(KeyError):
        TICKET.but(colour="red")
    with pytest.raises(FrozenInstanceError):
        TICKET.but(state="called").state = "done"  # type: ignore[misc]


def test_a_copied_window_keeps_what_was_not_changed() -> None:
    window = Window(3, "open", "c", "王", None, None, 0, None, 2, 900, 1, 1, 1)
    assert window.but(waiting_count=3) == replace(window, waiting_count=3)
