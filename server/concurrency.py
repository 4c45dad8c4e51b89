"""Waiting: the only module that knows whether the process is eventlet, gevent or plain threads.

`patch(mode)` comes before every other import of the process; without it the mode is "threading".
"The loop" below is the one thread that serves everybody (in threading mode: whichever thread calls).
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import Any, Literal, Protocol, TypeVar

T = TypeVar("T")
Mode = Literal["eventlet", "gevent", "threading"]

log = logging.getLogger(__name__)
_mode: Mode = "threading"


def patch(mode: Mode) -> None:
    """Choose how this process waits. Call once, before anything that opens sockets is imported."""
    global _mode
    if mode == "eventlet":
        import eventlet

        eventlet.monkey_patch()
    elif mode == "gevent":
        from gevent import monkey

        monkey.patch_all()
    elif mode != "threading":
        raise ValueError(f"unknown mode {mode!r}: use eventlet, gevent or threading")
    _mode = mode


def mode() -> Mode:
    """The mode chosen by `patch`."""
    return _mode


def sleep(seconds: float) -> None:
    """Let others run for at least so many seconds."""
    if _mode == "eventlet":
        import eventlet

        eventlet.sleep(seconds)
    elif _mode == "gevent":
        import gevent

        gevent.sleep(seconds)
    else:
        time.sleep(seconds)


class _Waiter(Protocol):
    """A binary semaphore: the one primitive everything below is made of."""

    def acquire(self, blocking: bool = True, timeout: Any = None) -> Any: ...
    def release(self) -> Any: ...


def _semaphore(value: int) -> Any:
    if _mode == "eventlet":
        from eventlet.semaphore import Semaphore

        return Semaphore(value)
    if _mode == "gevent":
        from gevent.lock import Semaphore as GeventSemaphore

        return GeventSemaphore(value)
    return threading.Semaphore(value)


class Answer:
    """A result that arrives once. `set` or `fail` on the loop; any number may `wait`."""

    __slots__ = ("_done", "_error", "_gate", "_value")

    def __init__(self) -> None:
        self._done = False
        self._value: Any = None
        self._error: BaseException | None = None
        self._gate = _semaphore(0)

    def set(self, value: Any) -> None:
        self._value = value
        self._finish()

    def fail(self, error: BaseException) -> None:
        self._error = error
        self._finish()

    def _finish(self) -> None:
        self._done = True
        self._gate.release()

    def wait(self, timeout: float | None = None) -> Any:
        """The value, or the error raised. TimeoutError when `timeout` seconds pass first."""
        if not self._done:
            if not self._gate.acquire(timeout=timeout):
                raise TimeoutError("no answer in time")
            self._gate.release()  # the next waiter
        if self._error is not None:
            raise self._error
        return self._value

    @property
    def done(self) -> bool:
        return self._done


class Signal:
    """Wakes the one task that waits. Any number of `set`s before it looks count as one."""

    def __init__(self) -> None:
        self._lock = _semaphore(0)
        self._raised = False

    def set(self) -> None:
        """Wake the waiter, or let its next `wait` return at once."""
        if not self._raised:
            self._raised = True
            self._lock.release()

    def wait(self, timeout: float | None = None) -> bool:
        """True when set (and reset by that), False when `timeout` seconds passed."""
        if not self._lock.acquire(timeout=timeout):
            return False
        self._raised = False
        return True


class GreenLock:
    """A lock between tasks of the loop. Never take it in a function given to `run_blocking`."""

    def __init__(self, holders: int = 1) -> None:
        self._lock = _semaphore(holders)

    def __enter__(self) -> GreenLock:
        self._lock.acquire()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self._lock.release()


def spawn(fn: Callable[..., Any], *args: Any) -> Answer:
    """Run `fn` as a task of its own. An error is logged and kept in the answer."""
    answer = Answer()

    def task() -> None:
        try:
            answer.set(fn(*args))
        except Exception as error:
            log.exception("a background task ended: %s", getattr(fn, "__qualname__", fn))
            answer.fail(error)

    if _mode == "eventlet":
        import eventlet

        eventlet.spawn_n(task)
    elif _mode == "gevent":
        import gevent

        gevent.spawn(task)
    else:
        threading.Thread(target=task, name=getattr(fn, "__qualname__", "task"), daemon=True).start()
    return answer


def _caught(fn: Callable[..., Any], args: tuple[Any, ...]) -> tuple[Any, BaseException | None]:
    """Errors come back as values: the pools print or swallow some when they cross threads."""
    try:
        return fn(*args), None
    except BaseException as error:
        return None, error


def run_blocking(fn: Callable[..., T], *args: Any) -> T:
    """Run `fn` where it may block (disk, database, password hashing) while the loop goes on.

    In `fn`: no logging, no green lock, nothing of the loop's (a patched lock held there can hang for ever).
    """
    if _mode == "threading":
        return fn(*args)
    if _mode == "eventlet":
        from eventlet import tpool

        value, error = tpool.execute(_caught, fn, args)
    else:
        import gevent

        value, error = gevent.get_hub().threadpool.apply(_caught, (fn, args))
    if error is not None:
        raise error
    result: T = value
    return result
