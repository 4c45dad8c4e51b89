"""The server's own loudspeaker: says the calls of its areas through a command, by the same rule of turns as the walls."""

from __future__ import annotations

import logging
import shlex
import subprocess
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from config.hall_devices import Voice
from config.hall_file import HallFile
from display.announcer.announcer import NEWS, Announcer, Sound, VoiceUnavailable
from server import concurrency
from server.domain.announcement import spoken_in, turn
from server.domain.areas import area_of
from server.domain.units import SECOND
from server.store.events import Event

log = logging.getLogger(__name__)

FILE: Final = "{file}"
PLAY_SECONDS: Final = 20.0  # a call takes four or five
MOST_WAITING: Final = 50
OPEN: Final = frozenset(("called", "serving"))  # who came at once is still worth a word
EXAMPLE: Final = "A012"


class CannotPlay(Exception):
    """Why the command did not play a file: a sentence in 中文 and in English."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh, self.en = zh, en


@dataclass(frozen=True, slots=True)
class Spoken:
    """A call to be said. `at` µs UTC."""

    ticket: int
    number: str
    window: int
    at: int


class Speaker:
    """One a process, with one task: one call after the other. `command` holds {file} and is run without a shell."""

    def __init__(
        self,
        command: str,
        announcer: Announcer,
        hall: Callable[[], HallFile],
        clock: Callable[[], int],
        file: Path,
        *,
        play_seconds: float = PLAY_SECONDS,
    ) -> None:
        """`file`: where the sound that is just being played is put."""
        self.command = command
        self.trouble: CannotPlay | None = None  # of the last file; None since one was played
        self._announcer = announcer
        self._hall = hall
        self._clock = clock
        self._file = file
        self._play_seconds = play_seconds
        self._queue: deque[Spoken] = deque(maxlen=MOST_WAITING)
        self._now: Spoken | None = None
        self._signal = concurrency.Signal()
        self._stopping = False
        self._process: subprocess.Popen[bytes] | None = None

    def on_events(self, events: Sequence[Event]) -> None:
        """Queue the calls of this speaker's areas; whoever is no longer called needs no word."""
        hall = self._hall() if any(event.type in NEWS for event in events) else None
        for event in events:
            if hall and event.type in NEWS and event.window and event.ticket:
                if self._is_mine(hall, event.window):
                    self._drop(event.ticket)
                    self._queue.append(Spoken(event.ticket, event.data["number"], event.window, event.at))
            elif event.ticket and event.type.startswith("ticket.") and event.data.get("to") not in OPEN:
                self._drop(event.ticket)
        if self._queue:
            self._signal.set()

    def say_example(self) -> None:
        """A call as it will sound, for whoever sets the speaker up. Not a real ticket."""
        window = self._hall().windows[0].number
        self._queue.append(Spoken(0, EXAMPLE, window, self._clock()))
        self._signal.set()

    def start(self) -> None:
        concurrency.spawn(self._run)

    def stop(self) -> None:
        self._stopping = True
        self._signal.set()
        if self._process:
            self._process.kill()

    def speaker_areas(self) -> list[str]:
        """The names of the areas it speaks for."""
        hall = self._hall()
        return [area.name for area in hall.areas if area.id in hall.voice.speaker_areas and spoken_in(area)]

    def wants_areas(self) -> bool:
        """Must the hall file say for which areas? Not where it has none: then for the whole hall."""
        return bool(self._hall().areas)

    def _is_mine(self, hall: HallFile, window: int) -> bool:
        area = area_of(hall, window)
        return spoken_in(area) and (area.id in hall.voice.speaker_areas or not hall.areas)

    def _drop(self, ticket: int) -> None:
        self._queue = deque((one for one in self._queue if one.ticket != ticket), MOST_WAITING)
        if self._now and self._now.ticket == ticket:
            self._now = None

    def _run(self) -> None:
        while not self._stopping:
            while self._queue and not self._stopping:
                self.say(self._queue.popleft())
            self._signal.wait(60)

    def say(self, call: Spoken) -> None:
        """One call, start to end; stopped short when its ticket is no longer called, or others begin to wait."""
        voice = self._hall().voice
        age = (self._clock() - call.at) / SECOND
        self._now = call
        said = {"zh": 0, "en": 0}
        try:
            if voice.chime and turn(len(self._queue), age, voice).zh:
                self._play(self._announcer.chime())
            while self._now is call and not self._stopping and (sound := self._next(call, age, voice, said)):
                self._play(sound)
        except VoiceUnavailable:
            if not voice.chime:
                self._try_chime()
        except CannotPlay as problem:
            self._note(problem)
        except Exception:
            log.exception("speaker: a call was not said")
        finally:
            self._now = None

    def _next(self, call: Spoken, age: float, voice: Voice, said: dict[str, int]) -> Sound | None:
        """What is to be heard after what was said; the rule is asked anew, for others may have begun to wait."""
        due = turn(len(self._queue), age, voice)
        if said["zh"] < due.zh:
            said["zh"] += 1
            return self._announcer.call("zh", call.number, call.window)
        if said["en"] < due.en:
            said["en"] += 1
            try:
                return self._announcer.call("en", call.number, call.window)
            except VoiceUnavailable:
                return None
        return None

    def _try_chime(self) -> None:
        try:
            self._play(self._announcer.chime())
        except CannotPlay as problem:
            self._note(problem)

    def _note(self, problem: CannotPlay) -> None:
        """Logged once; then the health page says it until a file is played again."""
        if self.trouble is None:
            log.error("speaker: %s", problem.en)
        self.trouble = problem

    def _play(self, sound: Sound) -> None:
        """Run the command on the sound and wait for its end, not on the loop. CannotPlay says why it did not."""
        arguments = _arguments(self.command, self._file)
        try:
            concurrency.run_blocking(_put, self._file, sound.data)
            self._process = subprocess.Popen(
                arguments, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
        except OSError as problem:
            why = problem.strerror or str(problem)
            raise CannotPlay(f"运行不了“{arguments[0]}”（{why}）", f"cannot run {arguments[0]!r} ({why})") from problem
        try:
            code = self._process.wait(timeout=self._play_seconds)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
            seconds = f"{self._play_seconds:g}"
            raise CannotPlay(f"播放命令 {seconds} 秒没有结束", f"the command did not end in {seconds} s") from None
        finally:
            self._process = None
        if code and not self._stopping:
            raise CannotPlay(f"播放命令出错（返回值 {code}）", f"the command failed (exit status {code})")
        self.trouble = None


def _arguments(command: str, file: Path) -> list[str]:
    try:
        parts = shlex.split(command)
    except ValueError:
        parts = []
    if not any(FILE in part for part in parts):
        raise CannotPlay("YICHUANG_SPEAKER 中没有 {file}", "YICHUANG_SPEAKER has no {file} in it")
    return [part.replace(FILE, str(file.resolve())) for part in parts]


def _put(file: Path, data: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
