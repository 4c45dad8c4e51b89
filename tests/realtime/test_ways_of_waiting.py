"""The stream on each way of waiting, in a server process of its own, over real sockets."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.support.api import Api
from tests.support.screen import Screen
from tests.support.server import HallServer


@pytest.fixture(scope="module", params=["eventlet", "gevent", "threading"])
def shared_server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[HallServer]:
    data = tmp_path_factory.mktemp(request.param) / "data"
    server = HallServer(data, env={"YICHUANG_ASYNC_MODE": request.param})
    yield server
    server.kill()


@pytest.fixture
def server(shared_server: HallServer) -> HallServer:
    """One for each way of waiting, started by the first of its tests and again by one whose forerunner stopped it."""
    if shared_server.process is None or shared_server.process.poll() is not None:
        shared_server.restart()
    return shared_server


def test_screens_see_every_event_once_and_catch_up_exactly(server: HallServer) -> None:
    section = server.api.read("/hall")["sections"][0]["id"]
    token = server.signed_in("display").token
    kiosks = [Api(server.url, server.signed_in("kiosk").token) for _ in range(8)]
    screens = [Screen(server.url, token=token).connect() for _ in range(5)]
    with ThreadPoolExecutor(8) as pool:
        for _ in range(10):
            list(pool.map(lambda kiosk: kiosk.do("/tickets", {"section": section}), kiosks))
    seq = server.board()["seq"]
    for screen in screens:
        screen.reached(seq)
        assert screen.messages[0][0] == "snapshot"
        assert screen.snapshot["seq"] + len(screen.applied()) == seq
    away = screens.pop()
    away.close()
    for kiosk in kiosks:
        kiosk.do("/tickets", {"section": section})
    later = server.board()["seq"]
    with Screen(server.url, token=token, epoch=away.snapshot["epoch"], seq=seq) as back:
        back.reached(later)
        missed = [event["seq"] for event in back.bodies("event")]  # an alarm of the hall's own may come after them
        assert missed[: later - seq] == list(range(seq + 1, later + 1))
        assert all(event["caught_up"] for event in back.applied()[: later - seq]), "an old call must not look new"
        assert not back.bodies("snapshot")
    for screen in screens:
        screen.close()


def test_a_call_is_on_the_wall_within_a_second_and_a_restart_loses_no_screen(server: HallServer) -> None:
    hall = server.api.read("/hall")  # a section in which no other test has left anybody
    window = next(w for w in hall["windows"] if w["sections"] and hall["sections"][0]["id"] not in w["sections"])
    clerk = server.signed_in(f"clerk{window['number']}")
    clerk.do(f"/windows/{window['number']}/open")
    ticket = server.signed_in("kiosk").do("/tickets", {"section": window["sections"][0]})
    token = server.signed_in("display").token
    with Screen(server.url, token=token) as wall, Screen(server.url, link=ticket["link"].rsplit("/", 1)[-1]) as phone:
        wall.until(lambda s: s.bodies("snapshot"))
        phone.until(lambda s: s.bodies("ticket"))
        pressed = time.monotonic()
        clerk.do(f"/windows/{window['number']}/next")
        wall.until(lambda s: any(event["type"] == "ticket.called" for event in s.bodies("event")))
        assert time.monotonic() - pressed < 1
        call = next(event["data"] for event in wall.bodies("event") if event["type"] == "ticket.called")
        assert (call["number"], call["window"]) == (ticket["number"], window["number"])
        phone.until(lambda s: s.bodies("ticket")[-1]["state"] == "called", 5)
        known = {"epoch": wall.snapshot["epoch"], "seq": wall.seq}
    server.kill()
    server.restart()
    with Screen(server.url, token=token, **known) as wall:
        server.signed_in(f"clerk{window['number']}").do(f"/windows/{window['number']}/finish")
        wall.until(lambda s: any(event["type"] == "ticket.finished" for event in s.bodies("event")))
        assert not any(event["type"] == "ticket.called" for event in wall.bodies("event")), "an old call came back"
        wall.applied()


def test_a_polite_stop_ends_with_zero_and_says_goodbye(server: HallServer) -> None:
    with Screen(server.url, token=server.signed_in("display").token) as screen:
        screen.until(lambda s: s.bodies("snapshot"))
        assert server.stop() == 0
        assert screen.ended.wait(5)
    assert "Stopping" in server.tail()
    assert not (server.data_dir / "serve.json").exists()
