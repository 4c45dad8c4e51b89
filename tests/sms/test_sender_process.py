"""The sender in a real process: killed in the middle, and beside a gateway that does not answer."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.sms.conftest import Hall, load_demo
from tests.sms.twilio_stand_in import Fault, TwilioStandIn
from tests.store_fixtures import HALL, make_store

ROOT = Path(__file__).parents[2]
NOTICES = 80


def start(mode: str, data: Path, where: str, seconds: float, probes: int = 0) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.sms.sender_process", mode, str(data), where, str(seconds), str(probes)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def now() -> int:
    return time.time_ns() // 1000


def fill(data: Path, count: int) -> list[int]:
    """Tickets with one notice each, in a store that is then closed."""
    with make_store("sqlite", data, now) as store:
        store.write(HALL, load_demo)
        hall = Hall(store, now)  # type: ignore[arg-type]
        return [hall.write_one(phone=f"138{number:08d}") for number in range(count)]


def states(data: Path, notices: list[int]) -> dict[int, str]:
    with make_store("sqlite", data, now) as store:
        hall = Hall(store, now)  # type: ignore[arg-type]
        return {notice: hall.state(notice) for notice in notices}


def wait_until(true: Callable[[], bool], seconds: float = 20) -> None:
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, "it never came true"
        time.sleep(0.02)


@pytest.mark.parametrize("mode", ["eventlet", "gevent", "threading"])
def test_a_gateway_that_never_answers_slows_neither_steps_nor_the_loop(
    tmp_path: Path, twilio: TwilioStandIn, mode: str
) -> None:
    fill(tmp_path, 12)
    twilio.faults.append(Fault("hang", times=100, only=""))
    process = start(mode, tmp_path, twilio.url, 4, probes=60)
    out, _ = process.communicate(timeout=30)
    worst = json.loads(out)
    assert len(twilio.requests) >= 4, "it was trying all the time"
    assert worst["write"] < 0.5
    assert worst["loop"] < 0.5


def messages(inbox: Path) -> list[str]:
    """The lines that hold one: two senders that append at the same moment may leave an empty line between them."""
    return [line for line in inbox.read_text("utf-8").splitlines() if line]


def test_killed_in_the_middle_every_message_is_written_to_the_file_exactly_once(tmp_path: Path) -> None:
    notices = fill(tmp_path, NOTICES)
    inbox = tmp_path / "sms.jsonl"
    for written in (10, 40):
        process = start("eventlet", tmp_path, "file", 30)
        wait_until(lambda: inbox.exists() and len(messages(inbox)) >= written)  # noqa: B023
        process.kill()
        process.wait()
    process = start("eventlet", tmp_path, "file", 30)
    wait_until(lambda: len(messages(inbox)) >= NOTICES)
    time.sleep(0.5)
    process.kill()
    process.wait()
    references = Counter(json.loads(line)["reference"] for line in messages(inbox))
    assert references == Counter({f"{HALL}-{notice}": 1 for notice in notices})
    assert set(states(tmp_path, notices).values()) == {"sent"}


def test_killed_in_the_middle_no_message_reaches_twilio_twice_and_none_that_waited_is_lost(
    tmp_path: Path, twilio: TwilioStandIn
) -> None:
    notices = fill(tmp_path, NOTICES)
    process = start("eventlet", tmp_path, twilio.url, 30)
    wait_until(lambda: len(twilio.messages) >= 15)
    process.kill()
    process.wait()
    before = states(tmp_path, notices)
    waiting = {notice for notice, state in before.items() if state == "pending"}
    assert len(waiting) >= NOTICES // 4
    process = start("eventlet", tmp_path, twilio.url, 30)
    wait_until(lambda: len(twilio.messages) >= NOTICES - 4)
    time.sleep(1)
    process.kill()
    process.wait()
    after = states(tmp_path, notices)
    assert max(Counter(message.to for message in twilio.messages).values()) == 1
    assert {after[notice] for notice in waiting} == {"sent"}
    in_doubt = [notice for notice, state in after.items() if state != "sent"]
    assert len(in_doubt) == NOTICES - len(twilio.messages) <= 4
    assert all(before[notice] == "sending" for notice in in_doubt)
