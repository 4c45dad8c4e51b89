"""Whole processes on one store, in each way of waiting: bursts, many clients, two at once, kill -9."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from server.store.chain import verify_chain
from tests.store.scenarios import count
from tests.store_fixtures import HALL, database, open_again

ROOT = Path(__file__).parents[2]
MODES = ("eventlet", "gevent", "threading")
TWO_MODES = ("eventlet", "threading")
SECONDS = 120  # until a scenario counts as hanging


@pytest.fixture
def url(kind: str) -> Iterator[str]:
    with database(kind) as url:
        yield url


def start(name: str, mode: str, tmp_path: Path, url: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-W", "ignore", "-m", "tests.store.scenarios", name, mode, str(tmp_path), url]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def finish(process: subprocess.Popen[str]) -> dict[str, Any]:
    try:
        out, err = process.communicate(timeout=SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        pytest.fail(f"hangs: {process.communicate()[1][-2000:]}")
    assert process.returncode == 0, err[-3000:]
    assert err == ""
    outcome: dict[str, Any] = json.loads(out)
    return outcome


def assert_gapless(results: list[list[int]]) -> None:
    """Every step got an id and a seq of its own, with none left out."""
    assert sorted(ticket for ticket, _ in results) == list(range(1, len(results) + 1))
    assert sorted(seq for _, seq in results) == list(range(1, len(results) + 1))


@pytest.mark.parametrize("mode", MODES)
def test_500_writes_queued_at_once_and_no_read_waits_longer_than_one_batch(
    kind: str, mode: str, tmp_path: Path, url: str
) -> None:
    outcome = finish(start("burst", mode, tmp_path, url))
    assert outcome["mode"] == mode
    assert_gapless(outcome["results"])
    assert len(outcome["results"]) == 500
    assert outcome["intact"]
    assert outcome["meanwhile"] == [[0, 0]] * 20  # read while the batch was open: no read waits for the writer
    assert outcome["answered"] == 0
    assert outcome["torn"] == 0
    if kind == "sqlite" and mode != "threading":  # where the read itself gives the loop no time to go on
        assert max(outcome["waited"], default=0) <= 1


@pytest.mark.parametrize("mode", MODES)
def test_64_writers_with_reads_and_refusals_between_them(mode: str, tmp_path: Path, url: str) -> None:
    outcome = finish(start("many", mode, tmp_path, url))
    assert_gapless(outcome["results"])
    assert (len(outcome["results"]), outcome["events"], outcome["refused"]) == (640, 640, 20)
    assert outcome["intact"]
    assert outcome["torn"] == 0
    assert 1 <= outcome["told"] <= outcome["batches"]


@pytest.mark.parametrize("mode", TWO_MODES)
def test_closing_answers_everybody_who_waits(mode: str, tmp_path: Path, url: str) -> None:
    answers = finish(start("drain", mode, tmp_path, url))["answers"]
    assert len(answers) == 200
    done = [answer for answer in answers if isinstance(answer, list)]
    assert all(answer == "StoreClosed" for answer in answers if answer not in done)
    assert_gapless(done)
    with open_again(tmp_path, url) as store:
        assert store.read(HALL, count) == (len(done), len(done))


def test_two_processes_on_one_database_never_share_a_seq(tmp_path: Path, url: str) -> None:
    both = [start("many", mode, tmp_path, url) for mode in ("eventlet", "threading")]
    outcomes = [finish(process) for process in both]
    assert_gapless(outcomes[0]["results"] + outcomes[1]["results"])
    with open_again(tmp_path, url) as store:
        report = store.read(HALL, verify_chain)
    assert report.intact
    assert report.events == 1280


@pytest.mark.parametrize("mode", TWO_MODES)
def test_a_process_killed_in_the_middle_of_writing_loses_nothing_it_acknowledged(
    mode: str, tmp_path: Path, url: str
) -> None:
    process = start("acknowledge", mode, tmp_path, url)
    assert process.stdout is not None
    lines = [process.stdout.readline() for _ in range(150)]
    os.kill(process.pid, signal.SIGKILL)
    lines += process.stdout.read().splitlines()
    process.wait()
    process.stdout.close()
    assert process.stderr is not None
    with process.stderr as stderr:
        assert stderr.read() == ""  # no client ended before its time
    acknowledged = [json.loads(line) for line in lines if line.rstrip().endswith("]")]
    assert len(acknowledged) >= 150
    with open_again(tmp_path, url) as store:
        report = store.read(HALL, verify_chain)
        tickets, last_id = store.read(HALL, count)
        events = {event.seq: event.ticket for event in store.read(HALL, lambda rx: rx.events.after(0, 100_000))}
        assert report.intact
        assert tickets == last_id == report.events == len(events)
        assert all(events[seq] == ticket for ticket, seq in acknowledged)
        next_id = store.write(HALL, lambda tx, _, now: tx.new_id())
        assert next_id == last_id + 1
