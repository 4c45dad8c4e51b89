"""The collector of cycles walks when nobody waits for a screen, and finds what ended connections leave."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from server import garbage
from server.garbage import Garbage
from tests.store_fixtures import FakeClock


class Knot:
    """Refers to itself: only a walk finds it."""

    def __init__(self) -> None:
        self.me = self


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)
    gc.unfreeze()


def test_it_waits_for_a_quiet_moment_and_then_walks_over_what_is_new() -> None:
    clock = FakeClock()
    keeper = Garbage(lambda: 0, clock)
    keeper.on_events([])
    gone = weakref.ref(Knot())
    gc.disable()
    try:
        assert keeper.look() == "" and gone()
        clock.advance(2)
        assert keeper.look() == "new" and gone() is None
        assert gc.get_freeze_count() > 1000, "what lives on is set aside"
    finally:
        gc.enable()


def test_a_hall_that_is_never_quiet_is_walked_over_all_the_same() -> None:
    clock = FakeClock()
    keeper = Garbage(lambda: 0, clock)
    walks = []
    for _ in range(garbage.PATIENCE + 1):
        keeper.on_events([])
        walks.append(keeper.look())
    assert walks.count("new") == 1


def test_what_many_ended_connections_left_is_found_although_it_was_set_aside() -> None:
    clock = FakeClock()
    ended = 0
    keeper = Garbage(lambda: ended, clock)
    knot = Knot()
    clock.advance(60)
    assert keeper.look() == "new"
    gone = weakref.ref(knot)
    del knot
    ended = 5
    assert keeper.look() == "new" and gone(), "few: later"
    ended = garbage.MANY
    assert keeper.look() == "everything" and gone() is None
    ended += 1
    found = [keeper.look() for _ in range(garbage.OLD)]
    assert found[-1] == "everything" and found.count("everything") == 1
