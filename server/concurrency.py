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
from typing import Any, Literal, TypeVar

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


def _semaphore(value: int) -> Any:
    """The one primitive everything below is made of."""
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


def plain_lock() -> Any:
    """A lock of the operating system's, for objects used inside `run_blocking` alone."""
    if _mode == "eventlet":
        from eventlet import patcher

        return patcher.original("threading").Lock()
    if _mode == "gevent":
        from gevent import monkey

        return monkey.get_original("threading", "Lock")()
    return threading.Lock()


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


# -- serving -----------------------------------------------------------------------------------------------

KEEP_ALIVE_SECONDS = 75  # an idle connection; longer than a browser keeps one, so that it is the browser that closes
SILENT_SECONDS = 90  # a peer that is gone; longer than two of the sockets' pings


def listen(host: str, port: int) -> Any:
    """A listening socket. OSError when the address is taken or not ours."""
    import socket

    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_STREAM)
    try:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        # Inherited by every connection: without it gevent's answers wait 40 ms for the client's acknowledgement.
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sock.bind((host, port))
        sock.listen(2048)
    except OSError:
        sock.close()
        raise
    return sock


def serve(sock: Any, app: Any, max_connections: int) -> Callable[[], None]:
    """Serve a WSGI app on a listening socket, in a task of its own. Call the result to accept no more."""
    if _mode == "eventlet":
        return _serve_eventlet(sock, app, max_connections)
    if _mode == "gevent":
        return _serve_gevent(sock, app, max_connections)
    return _serve_threads(sock, app)


def _serve_eventlet(sock: Any, app: Any, max_connections: int) -> Callable[[], None]:
    import eventlet
    import eventlet.wsgi

    def task() -> None:
        eventlet.wsgi.server(
            sock,
            app,
            log=log,
            log_output=False,
            debug=False,
            max_size=max_connections,
            keepalive=KEEP_ALIVE_SECONDS,
            socket_timeout=SILENT_SECONDS,
            capitalize_response_headers=False,  # ours are; done anew for each header of each answer
        )

    stop: Callable[[], None] = eventlet.spawn(task).kill
    return stop


def _serve_gevent(sock: Any, app: Any, max_connections: int) -> Callable[[], None]:
    from gevent import pywsgi
    from geventwebsocket.handler import WebSocketHandler

    server = pywsgi.WSGIServer(sock, app, handler_class=WebSocketHandler, log=None, spawn=max_connections)
    server.start()
    return lambda: server.stop(timeout=0)


def _serve_threads(sock: Any, app: Any) -> Callable[[], None]:
    from werkzeug.serving import WSGIRequestHandler, make_server

    class Quiet(WSGIRequestHandler):
        """One connection a request, but for sockets, which are closed when they end instead of read on."""

        timeout = SILENT_SECONDS

        def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
            """/metrics counts requests."""

        def connection_dropped(self, error: BaseException, environ: Any = None) -> None:
            self.close_connection = True

    host, port = sock.getsockname()[:2]
    server = make_server(host, port, app, threaded=True, request_handler=Quiet, fd=sock.fileno())
    threading.Thread(target=server.serve_forever, name="http", daemon=True).start()
    return server.shutdown
