"""Says what a call sounds like: chooses the engine, renders each sentence once, keeps it, and renders ahead."""

from __future__ import annotations

import logging
from collections import OrderedDict, deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

from config.hall_file import HallFile
from display.announcer.cache import MOST_BYTES, Cache
from display.announcer.chime import chime
from display.announcer.engines import Engine, Lang, Order, Pyttsx3, Recordings
from display.announcer.worker_process import WorkerFailed, WorkerProcess
from server import concurrency
from server.domain.announcement import spoken_in
from server.domain.areas import area_of
from server.domain.refusals import Refusal
from server.domain.units import SECOND
from server.store.events import Event

log = logging.getLogger(__name__)

NEWS: Final = frozenset(("ticket.called", "ticket.recalled"))
WARM_UP_AFTER: Final = 2.0  # seconds; the first page goes before
MOST_IN_MEMORY: Final = 24  # sounds, some 180 kB each: many screens ask for the same one
MOST_AHEAD: Final = 12  # calls to be rendered; of a flood the older ones would be stale before their turn
CHIME_KEY: Final = "chime-1"


class VoiceUnavailable(Refusal):
    status, code = 503, "voice_unavailable"
    zh = "目前没有可用的语音，只响提示音。请值班经理打开“运行状况”页查看。"
    en = "Nothing can speak this language now; only the chime sounds. A manager finds the reason on the Health page."


@dataclass(frozen=True, slots=True)
class Sound:
    """A whole WAV file; the key changes when the sound does."""

    key: str
    data: bytes


def installed_engines() -> list[Engine]:
    """The engines of a real hall, the better first."""
    return [Recordings(WorkerProcess()), Pyttsx3(WorkerProcess())]


class Announcer:
    """One a process. Any task may ask; nothing here blocks the loop.

    `hall` gives the hall file in force, `listened` whether anybody would hear a call rendered ahead, `clock` µs UTC.
    """

    def __init__(
        self,
        data_dir: Path,
        hall: Callable[[], HallFile],
        clock: Callable[[], int],
        *,
        listened: Callable[[], bool] = lambda: True,
        engines: Sequence[Engine] | None = None,
        cache_bytes: int = MOST_BYTES,
    ) -> None:
        self.engines = list(installed_engines() if engines is None else engines)
        self._hall = hall
        self._clock = clock
        self._listened = listened
        self._cache = Cache(data_dir / "voice", cache_bytes)
        self._kept: OrderedDict[str, Sound] = OrderedDict()
        self._under_way: dict[str, concurrency.Answer] = {}
        self._lock = concurrency.GreenLock()
        self._ahead: deque[Event] = deque(maxlen=MOST_AHEAD)
        self._signal = concurrency.Signal()
        self._stopping = False

    # -- what others ask

    def offer(self) -> dict[str, Any]:
        """What a display needs to know to speak by the rule of turns."""
        voice = self._hall().voice
        languages = [lang for lang in ("zh", "en") if any(lang in engine.languages() for engine in self.engines)]
        return {
            "repeat": voice.repeat,
            "english": voice.english,
            "chime": voice.chime,
            "fresh_seconds": voice.fresh_seconds,
            "languages": languages,
        }

    def in_use(self) -> str:
        """Who speaks Mandarin: "recordings", "pyttsx3", or nobody: "chime"."""
        return next(
            (engine.name for engine in self.engines if "zh" in engine.languages() and not engine.trouble), "chime"
        )

    def call(self, lang: Lang, number: str, window: int) -> Sound:
        """The spoken call, by the best engine that works. VoiceUnavailable when none does."""
        rate = self._hall().voice.rate
        for engine in self.engines:
            if not engine.speaks(lang):
                continue
            order = engine.order(lang, number, window, rate)
            try:
                return self._once(order.key, partial(self._rendered, engine, order))
            except (WorkerFailed, OSError):
                continue  # the engine logged it, or the disk is full; the next one may do
        raise VoiceUnavailable

    def chime(self) -> Sound:
        """The two tones."""
        return self._once(CHIME_KEY, self._rendered_chime)

    # -- ahead

    def on_events(self, events: Sequence[Event]) -> None:
        """Calls of voiced areas are rendered before the walls ask."""
        news = [event for event in events if event.type in NEWS and event.window]
        if not news or not self._listened():
            return
        hall = self._hall()
        self._ahead.extend(event for event in news if spoken_in(area_of(hall, event.window)))
        self._signal.set()

    def start(self) -> None:
        concurrency.spawn(self._run)

    def stop(self) -> None:
        self._stopping = True
        self._signal.set()
        for engine in self.engines:
            engine.close()

    def _run(self) -> None:
        self._signal.wait(WARM_UP_AFTER)
        self._warm_up()
        while not self._stopping:
            while self._ahead and not self._stopping:
                self._render_ahead(self._ahead.popleft())
            self._signal.wait(60)

    def _warm_up(self) -> None:
        self.chime()
        for engine in self.engines:
            try:
                if not self._stopping:
                    engine.warm_up()
            except WorkerFailed:
                pass  # the engine says so, and the health page shows it

    def _render_ahead(self, event: Event) -> None:
        voice = self._hall().voice
        if not event.window or self._clock() - event.at > voice.fresh_seconds * SECOND:
            return
        try:
            self.call("zh", event.data["number"], event.window)
            if voice.english and not self._ahead:  # with others waiting no English is spoken
                self.call("en", event.data["number"], event.window)
        except VoiceUnavailable:
            pass  # the walls will ring the chime
        except Exception:
            log.exception("voice: a call could not be rendered ahead")

    # -- once

    def _once(self, key: str, make: Callable[[], bytes]) -> Sound:
        """From memory; else made by the first who asks, while all others who ask wait for it."""
        with self._lock:
            if sound := self._kept.get(key):
                self._kept.move_to_end(key)
                return sound
            answer = self._under_way.get(key)
            mine = answer is None
            if answer is None:
                answer = self._under_way[key] = concurrency.Answer()
        if not mine:
            made: Sound = answer.wait()
            return made
        try:
            sound = Sound(key, concurrency.run_blocking(self._cache.read, key) or make())
        except BaseException as error:
            with self._lock:
                del self._under_way[key]
            answer.fail(error)
            raise
        with self._lock:
            del self._under_way[key]
            self._kept[key] = sound
            while len(self._kept) > MOST_IN_MEMORY:
                self._kept.popitem(last=False)
        answer.set(sound)
        return sound

    def _rendered(self, engine: Engine, order: Order) -> bytes:
        part = concurrency.run_blocking(self._cache.part, order.key)
        engine.render(order, part)
        return concurrency.run_blocking(self._cache.keep, order.key, part)

    def _rendered_chime(self) -> bytes:
        return concurrency.run_blocking(_write_chime, self._cache)


def _write_chime(cache: Cache) -> bytes:
    data = chime()
    with suppress(OSError):  # a full disk: then it is made again after the next start
        part = cache.part(CHIME_KEY)
        part.write_bytes(data)
        cache.keep(CHIME_KEY, part)
    return data
