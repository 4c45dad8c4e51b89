"""The server's own loudspeaker, with a real command that plays by writing down what it was given."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from display.announcer.announcer import Announcer
from display.announcer.checks import speaker_check
from display.announcer.engines import Engine, Pyttsx3, Recordings
from display.announcer.speaker import Speaker
from display.announcer.worker_process import WorkerProcess
from tests.display.conftest import SECOND, Clock, called, hall_file

PLAYER = """
import sys, wave
with wave.open(sys.argv[1]) as sound:
    print(round(sound.getnframes() / sound.getframerate(), 2), file=open(sys.argv[2], "a"))
"""
CHIME = 1.35


class Room:
    """A speaker and what it was heard to play: the seconds of each file."""

    def __init__(self, tmp_path: Path, engines: list[Engine], clock: Clock, command: str = "", **voice: Any) -> None:
        self.clock = clock
        self.heard_file = tmp_path / "heard"
        player = tmp_path / "player.py"
        player.write_text(PLAYER)
        file = hall_file(**{"speaker_areas": ["east", "quiet"], "english": False, **voice})
        self.announcer = Announcer(tmp_path, lambda: file, clock, engines=engines)
        command = command or f"'{sys.executable}' '{player}' {{file}} '{self.heard_file}'"
        self.speaker = Speaker(
            command, self.announcer, lambda: file, clock, tmp_path / "playing now.wav", play_seconds=5
        )

    def hear(self, *events: Any) -> list[float]:
        """What sounds after these events, to the end."""
        self.heard_file.unlink(missing_ok=True)
        self.speaker.on_events(events)
        while self.speaker._queue:
            self.speaker.say(self.speaker._queue.popleft())
        return [float(line) for line in self.heard_file.read_text().split()] if self.heard_file.exists() else []


@pytest.fixture
def room(tmp_path: Path, recordings: Recordings, clock: Clock) -> Callable[..., Room]:
    return lambda **voice: Room(tmp_path, [recordings], clock, **voice)


def test_a_call_sounds_the_chime_and_then_twice_and_only_in_its_areas(room: Callable[..., Room], clock: Clock) -> None:
    here = room()
    heard = here.hear(called("A012", 1, clock.now), called("A013", 3, clock.now), called("A014", 5, clock.now))
    assert heard[0] == CHIME and len(heard) == 3
    assert heard[1] == heard[2] and 3 < heard[1] < 5
    assert here.speaker.speaker_areas() == ["东区"], "the silent area stays silent"


def test_while_others_wait_each_is_said_once(room: Callable[..., Room], clock: Clock) -> None:
    heard = room(chime=False).hear(*(called(f"A01{n}", 1, clock.now, ticket=n) for n in range(1, 4)))
    assert len(heard) == 1 + 1 + 2, "the last one has nobody behind it"


def test_what_is_no_longer_news_is_not_said(room: Callable[..., Room], clock: Clock) -> None:
    assert room().hear(called("A012", 1, clock.now - 21 * SECOND)) == []


def test_whoever_came_or_left_before_the_turn_is_not_called(room: Callable[..., Room], clock: Clock) -> None:
    here = room(chime=False, repeat=1)
    both = [called("A012", 1, clock.now, ticket=1), called("A013", 1, clock.now, ticket=2)]
    assert len(here.hear(*both, called("A012", 1, clock.now, 1, "no_show"))) == 1
    assert len(here.hear(*both, called("A012", 1, clock.now, 1, "serving"))) == 2, "who came at once is still called"
    again = called("A012", 1, clock.now, 1, "recalled")
    assert len(here.hear(*both, again)) == 2, "called again while waiting is said once"


def test_english_follows_mandarin(tmp_path: Path, recordings: Recordings, clock: Clock, system_espeak: None) -> None:
    english = Pyttsx3(WorkerProcess())
    try:
        heard = Room(tmp_path, [recordings, english], clock, english=True, chime=False).hear(
            called("A012", 1, clock.now)
        )
        assert len(heard) == 3 and heard[2] not in heard[:2]
    finally:
        english.close()


def test_with_nothing_that_speaks_the_chime_sounds_once(tmp_path: Path, clock: Clock) -> None:
    for chime in (True, False):
        assert Room(tmp_path, [], clock, chime=chime).hear(called("A012", 1, clock.now)) == [CHIME]


@pytest.mark.parametrize(
    ("command", "says"),
    [
        ("/nowhere/aplay {file}", "运行不了"),
        ("false {file}", "返回值 1"),
        ("tail -f {file}", "没有结束"),
        ("aplay", "没有 {file}"),
        ("aplay 'un{file}", "没有 {file}"),
    ],
)
def test_a_command_that_does_not_play_is_reported_and_logged_once(
    tmp_path: Path, clock: Clock, caplog: pytest.LogCaptureFixture, command: str, says: str
) -> None:
    here = Room(tmp_path, [], clock, command=command)
    here.speaker._play_seconds = 0.2
    with caplog.at_level(logging.ERROR):
        for number in ("A012", "A013"):
            here.hear(called(number, 1, clock.now))
    assert len([record for record in caplog.records if record.name.endswith("speaker")]) == 1
    check = speaker_check(here.speaker)
    assert not check.ok and says in check.says_zh


def test_after_a_file_was_played_again_nothing_is_reported(tmp_path: Path, clock: Clock) -> None:
    here = Room(tmp_path, [], clock)
    right, here.speaker.command = here.speaker.command, "false {file}"
    here.hear(called("A012", 1, clock.now))
    here.speaker.command = right
    assert here.hear(called("A013", 1, clock.now)) == [CHIME]
    assert speaker_check(here.speaker).ok


def test_a_speaker_without_an_area_says_so(tmp_path: Path, clock: Clock) -> None:
    check = speaker_check(Room(tmp_path, [], clock, speaker_areas=[]).speaker)
    assert not check.ok and "speaker_areas" in check.says_zh
