"""公示号: the short number of a case, on the progress board, in staff's lists, alarms and events."""

from __future__ import annotations

from server.domain.cases.board import board_number
from server.domain.cases.record import Case
from server.store.transaction import Tx


def number_of(rx: Tx, case: Case) -> str:
    """The case's own; people say it to each other where the whole code is too long."""
    return board_number(rx.vault.fingerprint(f"board:{case.id}"))


def numbers_of(rx: Tx, case: Case) -> str:
    """As a receipt says it: of a bundle those of its parts, which the board shows; "" before acceptance."""
    if case.accepted_at is None:
        return ""
    parts = rx.cases.children(case.id) if case.is_bundle else [case]
    return "、".join(number_of(rx, one) for one in parts)
