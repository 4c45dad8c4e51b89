"""Many at once, through real HTTP: nobody is called twice, no number is given twice."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from tests.races.conftest import Race, together
from tests.support.api import Api

NUMBERS = 200


def test_with_one_person_waiting_exactly_one_window_gets_them(race: Race) -> None:
    kiosk = race.kiosk()
    won: dict[int, int] = dict.fromkeys(race.windows, 0)
    with ThreadPoolExecutor(len(race.windows)) as pool:
        for _ in range(race.rounds):
            ticket = race.take(kiosk)
            pressed = list(pool.map(lambda n: (n, race.clerks[n].post(f"/windows/{n}/next")), race.windows))
            got = [(number, answer.json()) for number, answer in pressed if answer.status_code == 200]
            assert [body["id"] for _, body in got] == [ticket["id"]]
            assert sorted(a.status_code for _, a in pressed) == [200] + [204] * (len(race.windows) - 1)
            number = got[0][0]
            won[number] += 1
            race.clerks[number].do(f"/windows/{number}/finish")
    assert race.waiting == 0
    assert sum(won.values()) == race.rounds


def test_numbers_taken_in_parallel_are_all_different(race: Race) -> None:
    kiosks = [race.kiosk() for _ in range(16)]
    shares = [kiosks[i % len(kiosks)] for i in range(NUMBERS)]
    by_kiosk: dict[Api, int] = {kiosk: shares.count(kiosk) for kiosk in kiosks}
    jobs = [lambda kiosk=kiosk, n=n: [race.take(kiosk) for _ in range(n)] for kiosk, n in by_kiosk.items()]
    tickets: list[Any] = [ticket for taken in together(jobs) for ticket in taken]
    assert len(tickets) == NUMBERS
    assert len({ticket["number"] for ticket in tickets}) == NUMBERS
    assert len({ticket["id"] for ticket in tickets}) == NUMBERS
    assert len({ticket["link"] for ticket in tickets}) == NUMBERS
    assert sorted(int(ticket["number"][1:]) for ticket in tickets) == list(range(1, NUMBERS + 1))
    assert race.waiting == NUMBERS


def test_a_phone_gets_no_more_numbers_by_asking_many_times_at_once(race: Race) -> None:
    hall = race.server.api.read("/hall")
    items = [item["id"] for item in hall["items"] if item["offered"]][:12]
    jobs = [
        lambda item=item: race.kiosk().post("/tickets", {"item": item, "phone": "13800138000"}).status_code
        for item in items
    ]
    statuses = together(jobs)
    assert statuses.count(201) == 3, statuses
    same = [lambda: race.kiosk().post("/tickets", {"item": items[0], "phone": "13900139000"}).status_code] * 8
    assert together(same).count(201) == 1


def test_a_command_sent_twice_at_once_is_done_once(race: Race) -> None:
    race.take(race.kiosk())
    race.take(race.kiosk())
    number = race.windows[0]
    token = race.clerks[number].token
    jobs = [lambda: Api(race.server.url, token).post(f"/windows/{number}/next", key="the-same-press")] * 6
    answers = together(jobs)
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert race.waiting == 1
