"""Checks of server/concurrency.py in one mode. Run as `python -m tests.store.waiting MODE CHECK`."""

from __future__ import annotations

import sys

from server import concurrency

if __name__ == "__main__":
    concurrency.patch(sys.argv[1])  # type: ignore[arg-type]

import hashlib
import threading
from typing import Any


class Odd(Exception):
    """An error of the test's own, with an argument that must arrive."""


def blocking_lets_the_loop_go_on() -> None:
    ticks, over = [0], [False]

    def tick() -> None:
        while not over[0]:
            ticks[0] += 1
            concurrency.sleep(0)

    ticker = concurrency.spawn(tick)
    digest = concurrency.run_blocking(hashlib.pbkdf2_hmac, "sha256", b"a", b"b", 300_000)
    over[0] = True
    ticker.wait(10)
    assert len(digest) == 32
    assert ticks[0] > 3, ticks


def errors_cross_threads_as_they_are() -> None:
    def fail(word: str) -> None:
        raise Odd(word)

    try:
        concurrency.run_blocking(fail, "why")
    except Odd as error:
        assert error.args == ("why",)
    else:
        raise AssertionError("no error")


def a_signal_counts_once_however_often_it_is_set() -> None:
    signal = concurrency.Signal()
    assert signal.wait(0.01) is False
    for _ in range(3):
        signal.set()
    assert signal.wait(5) is True
    assert signal.wait(0.01) is False
    concurrency.spawn(signal.set)
    assert signal.wait(5) is True


def an_answer_reaches_everybody_who_waits() -> None:
    answer = concurrency.Answer()
    tasks = [concurrency.spawn(answer.wait) for _ in range(5)]
    concurrency.sleep(0.01)
    assert not answer.done
    answer.set(7)
    assert [task.wait(5) for task in tasks] == [7] * 5
    assert answer.wait() == 7
    failed = concurrency.Answer()
    failed.fail(Odd("why"))
    try:
        failed.wait()
    except Odd:
        pass
    else:
        raise AssertionError("no error")
    try:
        concurrency.Answer().wait(0.01)
    except TimeoutError:
        pass
    else:
        raise AssertionError("no time-out")


def a_lock_lets_in_so_many_and_no_more() -> None:
    lock, inside, most = concurrency.GreenLock(2), [0], [0]

    def enter() -> None:
        with lock:
            inside[0] += 1
            most[0] = max(most[0], inside[0])
            concurrency.sleep(0.002)
            inside[0] -= 1

    for task in [concurrency.spawn(enter) for _ in range(10)]:
        task.wait(10)
    assert most == [2]


def the_error_of_a_task_is_kept() -> None:
    import logging

    logging.disable()

    def fail() -> None:
        raise Odd("why")

    task = concurrency.spawn(fail)
    try:
        task.wait(5)
    except Odd:
        return
    raise AssertionError("no error")


def a_plain_lock_is_the_systems_own() -> None:
    lock = concurrency.plain_lock()
    assert type(lock).__module__ == "_thread", type(lock)
    patched: Any = threading.Lock()
    assert (type(patched) is type(lock)) == (concurrency.mode() == "threading")


CHECKS = {
    check.__name__: check
    for check in (
        blocking_lets_the_loop_go_on,
        errors_cross_threads_as_they_are,
        a_signal_counts_once_however_often_it_is_set,
        an_answer_reaches_everybody_who_waits,
        a_lock_lets_in_so_many_and_no_more,
        the_error_of_a_task_is_kept,
        a_plain_lock_is_the_systems_own,
    )
}

if __name__ == "__main__":
    for name, check in CHECKS.items():
        if not (concurrency.mode() == "threading" and name == "blocking_lets_the_loop_go_on"):
            check()
