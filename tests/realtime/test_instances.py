"""Two instances of one hall: what is committed through one is on the screens of the other."""

from __future__ import annotations

import os
import queue
import threading
import time
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest

from server.realtime.wake import Wake
from tests.conftest import cannot
from tests.support.screen import Screen
from tests.support.server import HallServer


@pytest.fixture
def redis_url() -> str:
    import redis

    url = os.environ.get("YICHUANG_TEST_REDIS", "redis://127.0.0.1:6379/0")
    try:
        redis.Redis.from_url(url, socket_connect_timeout=2).ping()
    except redis.RedisError as problem:
        cannot(f"no Redis at {url}: {problem}")
    return url


@pytest.mark.parametrize("mode", ["eventlet", "gevent", "threading"])
def test_a_number_taken_at_one_instance_is_on_the_others_wall_at_once(
    start_server: Callable[..., HallServer], postgres_url: str, redis_url: str, tmp_path: Path, mode: str
) -> None:
    env = {"DATABASE_URL": postgres_url, "REDIS_URL": redis_url, "YICHUANG_ASYNC_MODE": mode}
    one = start_server(env=env, data=tmp_path / "shared")
    two = start_server(env=env, data=tmp_path / "shared")
    assert one.url != two.url
    section = one.api.read("/hall")["sections"][0]["id"]
    token = one.signed_in("display").token
    with Screen(two.url, token=token) as wall:
        wall.until(lambda s: s.bodies("snapshot"))
        time.sleep(0.5)
        waits = []
        for count in range(1, 7):
            one.signed_in("kiosk").do("/tickets", {"section": section})
            taken = time.monotonic()
            wall.until(lambda s, count=count: sum(e["type"] == "ticket.taken" for e in s.applied()) == count)
            waits.append(time.monotonic() - taken)
        assert sorted(waits)[3] < 0.5, f"woken, not found by looking every two seconds: {waits}"
    with Screen(one.url, token=token, epoch=wall.snapshot["epoch"], seq=wall.snapshot["seq"]) as moved:
        moved.reached(wall.seq)
        missed = [e["seq"] for e in moved.applied() if e["seq"] <= wall.seq]  # after it, the hall's own alarm may come
        assert missed == [e["seq"] for e in wall.applied()]


def test_what_an_instance_says_in_passing_reaches_the_others_and_not_itself(redis_url: str) -> None:
    heard: queue.Queue[tuple[str, object]] = queue.Queue()
    woken = threading.Event()
    channel = f"test-{uuid.uuid4().hex}"
    one = Wake(redis_url, channel, woken.set, lambda who, it: heard.put(("one", it)))
    two = Wake(redis_url, channel, woken.set, lambda who, it: heard.put(("two", it)))
    for wake in (one, two):
        wake.start()
        assert woken.wait(5), "it listens"
        woken.clear()
    one.say({"shown": [7], "area": "east"})
    assert heard.get(timeout=5) == ("two", {"shown": [7], "area": "east"})
    assert not woken.is_set(), "an answer is no commit"
    two.tell("hall")
    assert woken.wait(5)
    assert heard.empty()
    one.stop()
    two.stop()


def test_a_message_that_cannot_be_read_does_not_end_the_listening(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.realtime.wake.concurrency.sleep", lambda seconds: None)
    wake = Wake("redis://127.0.0.1:1", "hall", lambda: None)
    messages = iter(["another {half a", "another {}"])

    def listen() -> None:
        for message in messages:
            wake._take(message)
        wake.stop()

    wake._keep_on(listen)
    assert next(messages, None) is None
