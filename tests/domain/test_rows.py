"""Rows are copied and made fast, and stay what they are."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, astuple, dataclass, replace

import pytest

from server.domain.rows import copier, maker
from server.domain.ticket import Ticket
from server.domain.window import Window

TICKET = Ticket(7, "2026-11-22", "A001", "general", None, "waiting", "kiosk", 1, 2, 600, "link", "device:k", 5)


@dataclass(frozen=True, slots=True)
class Slip:
    """A row with slots, as cases are."""

    id: int
    number: str
    printed: int = 0


def test_a_copied_ticket_has_the_changes_and_everything_else_of_the_old_one() -> None:
    changed = TICKET.but(state="called", window_number=3)
    assert changed == TICKET._replace(state="called", window_number=3) and TICKET.state == "waiting"
    assert isinstance(changed, Ticket) and changed.place == TICKET.place


def test_a_field_that_is_not_there_is_an_error_and_a_ticket_stays_as_it_is() -> None:
    with pytest.raises(KeyError):
        TICKET.but(colour="red")
    with pytest.raises(AttributeError):
        TICKET.but(state="called").state = "done"  # type: ignore[misc]


def test_a_copied_window_keeps_what_was_not_changed() -> None:
    window = Window(3, "open", "c", "王", None, None, 0, None, 2, 900, 1, 1, 1)
    assert window.but(waiting_count=3) == window._replace(waiting_count=3)


def test_a_row_with_slots_is_made_and_copied_as_replace_would_and_stays_frozen() -> None:
    slip, copied = Slip(1, "A001"), copier(Slip)
    assert maker(Slip)(astuple(slip)) == slip
    assert copied(slip, {"printed": 1}) == replace(slip, printed=1)
    assert hash(copied(slip, {})) == hash(slip)
    with pytest.raises(ValueError, match="zip"):
        maker(Slip)((1, "A001"))
    with pytest.raises(KeyError):
        copied(slip, {"colour": "red"})
    with pytest.raises(FrozenInstanceError):
        copied(slip, {}).printed = 2  # type: ignore[misc]
