"""LED strips: a line of text at every change, all of it again after a break, and nobody waits for a dead one."""

from __future__ import annotations

import contextlib
import queue
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from config.hall_devices import LedStrip
from display.led import Leds, Line
from tests.scene import Scene, small_hall
from tests.store_fixtures import HALL, FakeClock, make_store


class Strip:
    """A stand-in of a strip's controller: keeps the lines it is sent, as bytes."""

    def __init__(self, port: int = 0) -> None:
        self.lines: queue.Queue[bytes] = queue.Queue()
        self._socket = socket.create_server(("127.0.0.1", port))
        self.port = int(self._socket.getsockname()[1])
        self._connections: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self._connections.append(connection)
            threading.Thread(target=self._read, args=(connection,), daemon=True).start()

    def _read(self, connection: socket.socket) -> None:
        try:
            for line in connection.makefile("rb"):
                self.lines.put(line)
        except OSError:
            pass

    def next(self, encoding: str = "gb18030") -> str:
        return self.lines.get(timeout=5).decode(encoding)

    def unplug(self) -> None:
        for one in (self._socket, *self._connections):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)  # wakes whoever waits for it
            one.close()


@pytest.fixture
def strip() -> Iterator[Strip]:
    strip = Strip()
    yield strip
    strip.unplug()


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    clock = FakeClock()
    with make_store("sqlite", tmp_path, clock) as store:
        yield Scene(store, clock)


def hang(scene: Scene, *strips: dict[str, Any]) -> Leds:
    scene.reload(small_hall(leds={"strips": list(strips)}))
    leds = Leds(scene.store, HALL)
    leds.look()
    return leds


def test_a_strip_shows_its_windows_number_and_state_and_only_what_changed(scene: Scene, strip: Strip) -> None:
    leds = hang(scene, {"window": 1, "address": f"127.0.0.1:{strip.port}"})
    assert strip.next() == "1号窗口 未开放\n"
    scene.open(1, 2)
    leds.look()
    assert strip.next() == "1号窗口 空闲\n"
    scene.take()
    scene.take()
    for step, line in (
        (lambda: scene.next(1), "1号窗口 A001 叫号\n"),
        (lambda: scene.next(2), None),
        (lambda: scene.start(1), "1号窗口 A001 办理\n"),
        (lambda: (scene.finish(1), scene.pause(1)), "1号窗口 暂停\n"),
    ):
        step()
        leds.look()
        if line:
            assert strip.next() == line
    assert strip.lines.empty(), "another window's call is not sent here"
    leds.stop()


def test_a_strip_that_was_unplugged_is_sent_everything_again(scene: Scene, strip: Strip) -> None:
    scene.open(1)
    leds = hang(
        scene,
        {
            "window": 1,
            "address": f"127.0.0.1:{strip.port}",
            "encoding": "utf-8",
            "template": "{number} {state}/{state_en}",
        },
    )
    assert strip.next("utf-8") == "空闲/free\n"
    strip.unplug()
    scene.take()
    scene.next(1)
    leds.look()
    back = Strip(strip.port)
    assert back.next("utf-8") == "A001 叫号/calling\n"
    leds.stop()
    back.unplug()


def test_a_strip_that_hangs_up_at_once_is_tried_ever_less_often(monkeypatch: pytest.MonkeyPatch) -> None:
    server = socket.create_server(("127.0.0.1", 0))
    line = Line(LedStrip(window=1, address=f"127.0.0.1:{server.getsockname()[1]}"))
    pauses: list[float] = []

    def pass_time(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 4:
            line.stop()

    def hang_up() -> None:
        for _ in range(4):
            server.accept()[0].close()

    monkeypatch.setattr("display.led.concurrency.sleep", pass_time)
    threading.Thread(target=hang_up, daemon=True).start()
    line.run()
    assert pauses == [0.5, 1, 2, 4]
    server.close()


def test_a_strip_out_of_reach_holds_up_nobody(scene: Scene, strip: Strip) -> None:
    dead = socket.create_server(("127.0.0.1", 0))  # takes no connection on, so that the opening one hangs
    began = time.monotonic()
    leds = hang(
        scene,
        {"window": 2, "address": f"127.0.0.1:{dead.getsockname()[1]}"},
        {"window": 1, "address": f"127.0.0.1:{strip.port}"},
    )
    assert strip.next() == "1号窗口 未开放\n"
    assert time.monotonic() - began < 2
    leds.stop()
    dead.close()


def test_strips_come_and_go_with_the_hall_file(scene: Scene, strip: Strip) -> None:
    leds = hang(scene)
    assert leds.lines() == []
    scene.reload(small_hall(leds={"strips": [{"window": 3, "address": f"127.0.0.1:{strip.port}"}]}))
    leds.look()
    assert strip.next() == "3号窗口 未开放\n"
    scene.reload(small_hall())
    leds.look()
    assert leds.lines() == []


@pytest.mark.parametrize("wrong", [{"address": "strip"}, {"template": "{phone}"}, {"encoding": "big5"}, {"window": 0}])
def test_a_strip_that_cannot_work_is_refused_in_the_hall_file(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        LedStrip.model_validate({"window": 1, "address": "192.168.1.80:5000", **wrong})
