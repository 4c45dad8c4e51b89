"""kill -9 in the middle of takes and calls: what was acknowledged is there once, and the hall goes on."""

from __future__ import annotations

import json
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
import requests

from tests.races.conftest import Race, make_race
from tests.support.api import Api
from tests.support.server import HallServer

TAKEN_BEFORE_A_CUT = (15, 50, 30)  # so a slow machine proves as much, and a quick one does no more
PATIENCE = 30  # seconds until a rush counts as hanging


@dataclass
class Said:
    """What the server acknowledged, and the commands whose answer never came."""

    taken: list[dict[str, Any]] = field(default_factory=list)
    called: list[dict[str, Any]] = field(default_factory=list)
    finished: set[int] = field(default_factory=set)
    checked: int = 0  # of those taken
    unanswered: list[tuple[Api, str, dict[str, Any], str]] = field(default_factory=list)


def _until_the_cut(
    api: Api, path: str, body: Callable[[], dict[str, Any]], said: Said, keep: Callable[[Any], None]
) -> None:
    """Send one command after the other until the server is gone."""
    while True:
        key, sent = uuid.uuid4().hex, body()
        try:
            answer = api.post(path, sent, key=key)
        except requests.RequestException:
            said.unanswered.append((api, path, sent, key))
            return
        if answer.status_code == 503:
            continue
        assert answer.status_code < 300, answer.text
        keep(answer)


def _phones() -> Callable[[], str]:
    lock, last = threading.Lock(), [0]

    def next_phone() -> str:
        with lock:
            last[0] += 1
            return f"138{last[0]:08d}"

    return next_phone


def _rush(race: Race, said: Said, phone: Callable[[], str], taken: int) -> None:
    """Four kiosks and all windows at work; the power goes when so many more have been taken and somebody was called."""

    def take(kiosk: Api) -> None:
        _until_the_cut(
            kiosk,
            "/tickets",
            lambda: {"section": race.section, "phone": phone()},
            said,
            lambda answer: said.taken.append(answer.json()),
        )

    def call(number: int) -> None:
        before: list[int] = []

        def keep(answer: requests.Response) -> None:
            said.finished.update(before)
            before.clear()
            if answer.status_code == 200:
                said.called.append(answer.json())
                before.append(answer.json()["id"])

        api = Api(race.server.url, race.clerks[number].token)
        _until_the_cut(api, f"/windows/{number}/next", lambda: {"finish": True}, said, keep)

    enough, called = len(said.taken) + taken, len(said.called)
    workers = [threading.Thread(target=take, args=(race.kiosk(),)) for _ in range(4)]
    workers += [threading.Thread(target=call, args=(number,)) for number in race.windows]
    for worker in workers:
        worker.start()
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and (len(said.taken) < enough or len(said.called) <= called):
        time.sleep(0.002)
    race.server.kill()
    for worker in workers:
        worker.join(30)
        assert not worker.is_alive()


def _ask_again(race: Race, said: Said) -> None:
    """What a client does whose answer never came: the same command with the same key."""
    for api, path, body, key in said.unanswered:
        again = Api(race.server.url, api.token)
        answer = again.post(path, body, key=key)
        assert answer.status_code < 300, answer.text
        twice = again.post(path, body, key=key)
        assert (twice.status_code, twice.content) == (answer.status_code, answer.content)
        if path == "/tickets":
            said.taken.append(answer.json())
        elif answer.status_code == 200:
            said.called.append(answer.json())
    said.unanswered.clear()


def _check(race: Race, said: Said) -> None:
    manager = race.server.signed_in("manager")
    for ticket in said.taken[said.checked :]:
        assert manager.read(f"/tickets/{ticket['id']}")["number"] == ticket["number"], "acknowledged, then lost"
    said.checked = len(said.taken)
    assert len({ticket["number"] for ticket in said.taken}) == len(said.taken), "one number twice"
    assert manager.read("/manage/overview")["totals"]["taken"] == len(said.taken), "a ticket nobody was told of"
    times = Counter(ticket["id"] for ticket in said.called)
    assert max(times.values()) == 1, "one person called to two windows"
    states = {ticket["id"]: manager.read(f"/tickets/{ticket['id']}")["state"] for ticket in said.called}
    assert set(states.values()) <= {"called", "serving", "done"}, "a called person waits again"
    assert all(states[ticket_id] == "done" for ticket_id in said.finished), "a finished person came back"
    at_windows = [w["ticket"] for w in race.server.board()["windows"] if w["ticket"]]
    assert len(set(at_windows)) == len(at_windows)


def _check_notices(race: Race, said: Said) -> None:
    """Each of the first notices exactly once; none in doubt, for this gateway can be asked."""
    manager = race.server.signed_in("manager")
    deadline = time.monotonic() + 60
    while manager.read("/manage/overview")["notices"]["pending"] and time.monotonic() < deadline:
        time.sleep(0.2)
    counts = manager.read("/manage/overview")["notices"]
    assert (counts["pending"], counts["failed"], counts["unknown"]) == (0, 0, 0)
    lines = (race.server.data_dir / "sms.jsonl").read_text().splitlines()
    sent = [json.loads(line) for line in lines if line.startswith("{") and line.endswith("}")]
    references = Counter(message["reference"] for message in sent)
    assert max(references.values()) == 1, "one message sent twice"
    first = Counter(message["params"]["number"] for message in sent if message["template_id"] == sent[0]["template_id"])
    merged = Counter(message["params"]["number"] for message in sent)
    for ticket in said.taken:
        assert merged[ticket["number"]] >= 1, f"{ticket['number']} was never told"
    assert max(first.values()) == 1


@pytest.mark.parametrize("mode", ["eventlet", "gevent", "threading"])
def test_nothing_acknowledged_is_lost_doubled_or_revived(
    start_server: Callable[..., HallServer], store_env: dict[str, str], mode: str
) -> None:
    server = start_server(env={**store_env, "YICHUANG_ASYNC_MODE": mode})
    race, said, phone = make_race(server), Said(), _phones()
    for taken in TAKEN_BEFORE_A_CUT if mode == "eventlet" else TAKEN_BEFORE_A_CUT[:2]:
        _rush(race, said, phone, taken)
        server.restart()
        _ask_again(race, said)
        _check(race, said)
    assert len(said.taken) > 10 and len(said.called) > 5, "the rush was too short to prove anything"
    last = max(int(ticket["number"][1:]) for ticket in said.taken)
    after = race.take(race.kiosk())
    assert int(after["number"][1:]) == last + 1, "the numbers go on"
    said.checked = 0
    said.taken.append(after)
    _check(race, said)
    said.taken.pop()
    _check_notices(race, said)
    assert server.stop() == 0
