"""The collector of cycles walks when nobody waits for a screen, and finds what ended connections leave."""

from __future__ import annotations

import ctypes
import gc
import subprocess
import sys
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest

from server import garbage
from server.garbage import Garbage
from tests.store_fixtures import FakeClock

ROOT = Path(__file__).resolve().parents[2]


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


@pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "gnu_get_libc_version"), reason="the keeping is glibc's")
def test_a_thread_that_hashed_a_password_keeps_none_of_its_memory() -> None:
    """In a process of its own: what malloc is told holds for all that comes after."""
    said = subprocess.run([sys.executable, "-c", _HASHING], capture_output=True, text=True, check=True, cwd=ROOT)
    assert int(said.stdout) < 20, f"six threads kept {said.stdout} MB of what their hashes used"


_HASHING = """
import threading
from pathlib import Path
from server.access.passwords import hash_password
from server.garbage import give_large_blocks_back

def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 // 1_000_000

give_large_blocks_back()
done, over = threading.Barrier(7), threading.Event()

def work():
    for _ in range(2):
        hash_password("secret")
    done.wait()
    over.wait()

before = resident()
for _ in range(6):
    threading.Thread(target=work).start()
done.wait()
print(resident() - before)
over.set()
"""
