"""Printers for the tests of slips, and a hall whose kiosk prints on one of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.support.printer import Printer, hurry, printers

MakePrinter = Callable[..., Printer]


@pytest.fixture
def printer() -> Iterator[MakePrinter]:
    """`printer("jam")`: a printer in that state, switched off after the test."""
    with printers() as make:
        yield make


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same deadlines, shorter."""
    hurry(monkeypatch)
