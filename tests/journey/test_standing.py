"""One pass over all lines tells everybody what asking for each alone would have told."""

from __future__ import annotations

import contextlib
import random

import pytest

from server.domain.refusals import Refusal
from server.domain.standing import standings
from server.journey.outlook import all_lines, outlook_of
from server.store.transaction import Tx
from tests.scene import Scene


def both_ways(rx: Tx) -> int:
    """How many stand in line. AssertionError where the pass and the single look differ."""
    told = list(standings(all_lines(rx)))
    for place, outlook in told:
        ticket = rx.tickets.get(place.ticket)
        assert ticket.window_number == place.window
        assert outlook == outlook_of(rx, ticket), ticket.number
    return len(told)


@pytest.mark.parametrize("seed", range(3))
def test_one_pass_says_what_each_alone_is_told(hall: Scene, seed: int) -> None:
    dice = random.Random(seed)
    most = 0
    for turn in range(64):
        window, item = dice.randint(1, 6), dice.choice(["id-card", "passport", "transfer", "collect"])
        with contextlib.suppress(Refusal):  # a window that is not open, the last one that serves somebody
            match dice.choice(["take"] * 8 + ["open", "open", "next", "next", "drain", "pause", "close"]):
                case "take":
                    hall.take(item=item)
                case "open":
                    hall.open(window)
                case "next":
                    hall.next(window, finish=True)
                case "drain":
                    hall.drain(window)
                case "pause":
                    hall.pause(window)
                case "close":
                    hall.close(window)
        hall.wait(dice.randint(1, 90))
        if turn % 8 == 7:
            most = max(most, hall.read(both_ways))
    assert most > 8


def test_behind_hundreds_at_a_draining_window_both_still_agree(hall: Scene) -> None:
    hall.open(1)
    for _ in range(230):
        hall.take(item="id-card")
    hall.drain(1)
    hall.open(2)
    hall.take(item="id-card")
    assert hall.read(both_ways) == 231
