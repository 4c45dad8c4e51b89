"""Printers for the tests of slips, and a hall whose kiosk prints on one of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from kiosk.printer import device
from tests.support.printer import Printer

MakePrinter = Callable[..., Printer]


@pytest.fixture
def printer() -> Iterator[MakePrinter]:
    """`printer("jam")`: a printer in that state, switched off after the test."""
    made: list[Printer] = []

    def make(state: str = "ready") -> Printer:
        made.append(Printer(state))
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same deadlines, shorter."""
    for name, seconds in (("CONNECT", 0.4), ("SEND", 0.6), ("STATUS", 0.3), ("DONE", 0.8)):
        monkeypatch.setattr(device, f"{name}_SECONDS", seconds)
