"""What a screen is sent when it connects, stays, and comes back."""

from __future__ import annotations

import itertools
import threading
import time

import pytest
import socketio.exceptions

from server.domain.actor import SYSTEM
from server.domain.units import HOUR
from server.journey.counter import WindowRequest, open_window
from server.journey.ending import TicketRequest, cancel_ticket
from tests.realtime.conftest import Hall


def test_a_new_screen_gets_a_snapshot_and_then_every_event_once(hall: Hall) -> None:
    hall.take(3)
    with hall.screen(token=hall.token()) as screen:
        screen.until(lambda s: s.bodies("snapshot"))
        assert screen.snapshot["stream"] == "hall"
        assert sum(screen.snapshot["board"]["waiting"].values()) == 3
        hall.take(5)
        screen.reached(hall.seq)
        taken = [event for event in screen.applied() if event["type"] == "ticket.taken"]
        assert len(taken) == 5
        assert [event["seq"] for event in screen.applied()] == list(range(screen.snapshot["seq"] + 1, hall.seq + 1))


def test_screens_that_connect_in_the_middle_of_a_rush_miss_nothing(hall: Hall) -> None:
    token = hall.token()
    rush = [threading.Thread(target=hall.take, args=(40,)) for _ in range(3)]
    for thread in rush:
        thread.start()
    screens = []
    for _ in range(8):
        screens.append(hall.screen(token=token).connect())
        time.sleep(0.02)
    for thread in rush:
        thread.join()
    for screen in screens:
        screen.reached(hall.seq, 20)
        kinds = [name for name, _, _ in screen.messages]
        assert kinds[0] == "snapshot", "nothing comes before the snapshot"
        assert screen.snapshot["seq"] + len(screen.applied()) == hall.seq
        screen.close()


def test_a_screen_that_comes_back_gets_exactly_what_it_missed(hall: Hall) -> None:
    token = hall.token()
    with hall.screen(token=token) as before:
        before.until(lambda s: s.bodies("snapshot"))
        epoch, seq = before.snapshot["epoch"], before.seq
    hall.take(20)
    missed = hall.seq - seq
    with hall.screen(token=token, epoch=epoch, seq=seq) as after:
        after.reached(hall.seq)
        assert not after.bodies("snapshot")
        assert len(after.bodies("event")) == missed
        assert all(event["caught_up"] for event in after.bodies("event")), "an old call must not look new"
        hall.take()
        after.reached(hall.seq)
        assert "caught_up" not in after.bodies("event")[-1]
        assert len(after.applied()) == hall.seq - seq


def test_a_screen_that_missed_nothing_is_sent_nothing_until_something_happens(hall: Hall) -> None:
    token = hall.token()
    hall.take(2)
    with hall.screen(token=token) as before:
        before.until(lambda s: s.bodies("snapshot"))
        epoch, seq = before.snapshot["epoch"], before.seq
    with hall.screen(token=token, epoch=epoch, seq=seq) as after:
        hall.take()
        after.reached(hall.seq)
        assert next(event["prev"] for event in after.bodies("event")) == seq


@pytest.mark.parametrize("known", ["another epoch", "too far behind", "ahead of us", "nonsense"])
def test_a_screen_whose_knowledge_is_of_no_use_gets_a_snapshot(hall: Hall, known: str) -> None:
    token = hall.token()
    hall.take(210)
    epoch = hall.app.store.read(hall.app.hall_id, lambda rx: rx.hall.epoch)
    said = {
        "another epoch": {"epoch": "gone", "seq": hall.seq},
        "too far behind": {"epoch": epoch, "seq": hall.seq - 201},
        "ahead of us": {"epoch": epoch, "seq": hall.seq + 1},
        "nonsense": {"epoch": 7, "seq": "x"},
    }[known]
    with hall.screen(token=token, **said) as screen:
        screen.until(lambda s: s.bodies("snapshot"))
        assert screen.messages[0][0] == "snapshot"
        assert screen.snapshot["seq"] == hall.seq


def test_two_hundred_behind_is_still_caught_up(hall: Hall) -> None:
    token = hall.token()
    hall.take(210)
    epoch = hall.app.store.read(hall.app.hall_id, lambda rx: rx.hall.epoch)
    with hall.screen(token=token, epoch=epoch, seq=hall.seq - 200) as screen:
        screen.reached(hall.seq)
        assert len(screen.applied()) == 200
        assert not screen.bodies("snapshot")


def test_a_restored_database_sends_every_screen_a_snapshot(hall: Hall) -> None:
    hall.take(5)
    with hall.screen(token=hall.token()) as screen:
        screen.until(lambda s: s.bodies("snapshot"))
        hall.do(_restore, "restored")
        hall.app.relay.wake()
        screen.until(lambda s: len(s.bodies("snapshot")) == 2)
        assert screen.snapshot["epoch"] == "restored"
        hall.take()
        screen.reached(hall.seq)
        screen.applied()


def test_a_new_day_starts_every_screen_afresh(hall: Hall) -> None:
    hall.take(3)
    token = hall.token()
    with hall.screen(token=token) as screen:
        screen.until(lambda s: s.bodies("snapshot"))
        yesterday = {"epoch": screen.snapshot["epoch"], "seq": screen.seq}
        hall.ahead = 24 * HOUR
        hall.app.relay.wake()
        screen.until(lambda s: len(s.bodies("snapshot")) >= 2)
        hall.take()
        screen.reached(hall.seq)
        screen.applied()
    with hall.screen(token=token, **yesterday) as late:
        late.until(lambda s: s.bodies("snapshot"))
        assert late.messages[0][0] == "snapshot"


def _restore(tx: object, epoch: str, now: int) -> None:
    tx.locked_hall.epoch = epoch  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("auth", "code"),
    [
        ({}, "not_signed_in"),
        ({"token": "ys_nobody"}, "session_ended"),
        ({"link": "zzzzzzzzzzzz"}, "link_unknown"),
        ({"link": "short"}, "link_unknown"),
    ],
)
def test_strangers_are_refused_in_words(hall: Hall, auth: dict[str, str], code: str) -> None:
    screen = hall.screen(**auth)
    with pytest.raises(socketio.exceptions.ConnectionError):
        screen.connect()
    assert screen.refused["message"] == code
    assert screen.refused["data"]["message_zh"]
    assert screen.refused["data"]["message_en"]


def test_another_sites_page_cannot_listen_with_our_cookies(hall: Hall) -> None:
    screen = hall.screen()
    with pytest.raises(socketio.exceptions.ConnectionError):
        screen.connect({"Origin": "http://evil.example", "Cookie": f"yichuang_session={hall.token()}"})


def test_a_cookie_of_this_site_opens_the_door(hall: Hall) -> None:
    screen = hall.screen().connect({"Cookie": f"yichuang_session={hall.token()}"})
    screen.until(lambda s: s.bodies("snapshot"))
    screen.close()


def test_who_signs_out_is_turned_out_at_once_and_nobody_else(hall: Hall) -> None:
    token, other = hall.token("clerk1"), hall.token("clerk2")
    leaving, staying = hall.screen(token=token).connect(), hall.screen(token=other).connect()
    leaving.until(lambda s: s.bodies("snapshot"))
    staying.until(lambda s: s.bodies("snapshot"))
    hall.sign_out(token)
    assert leaving.ended.wait(5), "without waiting for the look every twenty seconds"
    assert not staying.ended.is_set()
    staying.close()


def test_a_phone_sees_its_own_ticket_and_nothing_else(hall: Hall) -> None:
    mine, other = hall.take(2)
    with hall.screen(link=mine.link) as phone:
        phone.until(lambda s: s.bodies("ticket"))
        hall.take(3)
        time.sleep(0.5)
        assert not phone.bodies("event") and not phone.bodies("snapshot")
        assert phone.bodies("ticket")[-1]["number"] == mine.number
        assert other.number not in str(phone.messages)


def test_a_phone_is_told_of_its_call_but_never_more_than_once_in_three_seconds(hall: Hall) -> None:
    section = hall.app.hall.sections[0].id
    window = next(w.number for w in hall.app.hall.windows if section in w.sections)
    hall.do(open_window, WindowRequest(by=SYSTEM, window=window))
    people = hall.take(12)
    with hall.screen(link=people[-1].link) as phone:
        phone.until(lambda s: s.bodies("ticket"))
        for person in people[:10]:
            hall.do(cancel_ticket, TicketRequest(by=SYSTEM, ticket=person.id))
            time.sleep(0.1)
        phone.until(lambda s: s.bodies("ticket")[-1]["ahead"] == 1, 8)
        arrivals = [at for name, _, at in phone.messages if name == "ticket"]
        assert all(later - sooner > 2.8 for sooner, later in itertools.pairwise(arrivals))
        assert len(arrivals) <= 3
