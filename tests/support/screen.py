"""A screen of the hall, or a citizen's page, as a Socket.IO client that keeps whatever it is sent."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import Any

import socketio


class Screen:
    """Connects to /hall. `messages` holds (name, body, arrival) in the order of arrival."""

    def __init__(self, url: str, **auth: Any) -> None:
        self.url = url
        self.auth = auth
        self.messages: list[tuple[str, dict[str, Any], float]] = []
        self.refused: Any = None
        self.ended = threading.Event()
        self._changed = threading.Condition()
        self.client = socketio.Client(reconnection=False)
        # The client hands each message to a thread of its own, which loses their order; here order is what is tested.
        trigger = self.client.eio._trigger_event
        self.client.eio._trigger_event = lambda event, *args, **how: trigger(
            event, *args, **{**how, "run_async": False}
        )
        for name in ("snapshot", "event", "again", "ticket"):
            self.client.on(name, self._keeper(name), namespace="/hall")
        self.client.on("connect_error", self._refuse, namespace="/hall")
        self.client.on("disconnect", lambda *_: self.ended.set(), namespace="/hall")

    def _keeper(self, name: str) -> Callable[[dict[str, Any]], None]:
        def keep(body: dict[str, Any]) -> None:
            with self._changed:
                self.messages.append((name, body, time.monotonic()))
                self._changed.notify_all()

        return keep

    def _refuse(self, reason: Any) -> None:
        self.refused = reason

    def connect(self, headers: dict[str, str] | None = None) -> Screen:
        """Raises socketio.exceptions.ConnectionError when refused; then `refused` says why."""
        self.client.connect(
            self.url,
            headers=headers or {},
            auth=self.auth,
            namespaces=["/hall"],
            transports=["websocket"],
            wait_timeout=10,
        )
        return self

    def close(self) -> None:
        if self.client.connected:
            self.client.disconnect()

    def __enter__(self) -> Screen:
        return self.connect()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.close()

    def bodies(self, name: str) -> list[dict[str, Any]]:
        return [body for kind, body, _ in self.messages if kind == name]

    @property
    def snapshot(self) -> dict[str, Any]:
        return self.bodies("snapshot")[-1]

    @property
    def seq(self) -> int:
        """How far this screen is."""
        return max([body["seq"] for _, body, _ in self.messages if "seq" in body], default=-1)

    def until(self, test: Callable[[Screen], Any], seconds: float = 10) -> Screen:
        """Wait until `test(self)` holds; AssertionError with what came instead."""
        deadline = time.monotonic() + seconds
        with self._changed:
            while not test(self):
                left = deadline - time.monotonic()
                assert left > 0, (
                    f"not in {seconds} s; got {[(n, b.get('seq'), b.get('type')) for n, b, _ in self.messages]}"
                )
                self._changed.wait(left)
        return self

    def reached(self, seq: int, seconds: float = 10) -> Screen:
        return self.until(lambda screen: screen.seq >= seq, seconds)

    def applied(self) -> list[dict[str, Any]]:
        """The events a screen that follows the rules would apply; AssertionError on a gap or on foreign events."""
        epoch, seq, applied = self.auth.get("epoch"), self.auth.get("seq"), []
        for name, body, _ in self.messages:
            if name == "snapshot":
                epoch, seq, applied = body["epoch"], body["seq"], []
            elif name == "event":
                assert body["epoch"] == epoch, "an event of another epoch, or before any snapshot"
                if body["seq"] <= seq:
                    continue
                assert body["prev"] == seq, f"a gap: {body['prev']} after {seq}"
                seq = body["seq"]
                applied.append(body)
        return applied
