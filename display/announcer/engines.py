"""What can speak: each engine knows its languages, what one call is for the worker, and whether it works just now."""

from __future__ import annotations

import hashlib
import json
import logging
import time
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final, Literal

from display.announcer.worker_process import WorkerFailed, WorkerProcess
from display.announcer.zhuyin import FOLDER, missing
from server.domain.announcement import said_en, syllables

log = logging.getLogger(__name__)

Lang = Literal["zh", "en"]
Json = dict[str, Any]
REST_SECONDS: Final = 30.0  # an engine that failed is left alone, so that calls do not wait for it one by one
LOOK_SECONDS: Final = 10.0  # how often the recordings' folder is looked at: they may be installed while the hall runs
STYLE: Final = 1  # raise it when the same words come to sound another way


@dataclass(frozen=True, slots=True)
class Order:
    """One sentence for one engine. The key names its sound: engine, settings and words."""

    key: str
    job: Json


def _order(engine: str, lang: Lang, job: Json) -> Order:
    said = json.dumps([STYLE, engine, lang, job], ensure_ascii=False, sort_keys=True)
    return Order(hashlib.sha256(said.encode()).hexdigest()[:32], job)


class Engine:
    """One way to speak, in a worker process of its own."""

    name = ""
    zh = ""

    def __init__(self, worker: WorkerProcess) -> None:
        self._worker = worker
        self._rests_until = 0.0
        self.trouble = ""  # what went wrong last; "" since it went well

    def languages(self) -> tuple[Lang, ...]:
        """What it can speak as far as is known, without asking the worker."""
        raise NotImplementedError

    def order(self, lang: Lang, number: str, window: int, rate: int) -> Order:
        """The call as this engine is asked for it."""
        raise NotImplementedError

    def speaks(self, lang: Lang) -> bool:
        """Is it worth asking now?"""
        return lang in self.languages() and time.monotonic() >= self._rests_until

    def warm_up(self) -> None:
        """Start the worker and import what it needs, so that the first call does not wait."""
        raise NotImplementedError

    def render(self, order: Order, part: Path) -> None:
        """Write the sound to `part`. WorkerFailed, after which the engine rests a while."""
        self._ask({**order.job, "file": str(part)})

    def close(self) -> None:
        self._worker.close()

    def _ask(self, job: Json) -> Json:
        try:
            answer = self._worker.ask(job)
        except WorkerFailed as failed:
            if not self.trouble:
                log.error("voice: %s failed: %s", self.name, failed)
            self.trouble = str(failed)
            self._rests_until = time.monotonic() + REST_SECONDS
            raise
        self.trouble = ""
        self._rests_until = 0.0
        return answer


class Recordings(Engine):
    """Debian's gcin-voice: a person's syllables."""

    name = "recordings"
    zh = "真人录音"

    def __init__(self, worker: WorkerProcess, folder: Path = FOLDER) -> None:
        super().__init__(worker)
        self.folder = folder
        self._looked_at = -LOOK_SECONDS
        self._there = False

    def languages(self) -> tuple[Lang, ...]:
        if time.monotonic() - self._looked_at >= LOOK_SECONDS:
            self._looked_at = time.monotonic()
            self._there = not missing(self.folder) and all(map(find_spec, ("numpy", "soundfile")))
        return ("zh",) if self._there else ()

    def order(self, lang: Lang, number: str, window: int, rate: int) -> Order:
        job = {"do": "recordings", "phrases": syllables(number, window), "folder": str(self.folder)}
        return _order(self.name, lang, job)

    def warm_up(self) -> None:
        if self.languages():
            self._ask({"do": "import recordings"})


class Pyttsx3(Engine):
    """pyttsx3 with espeak-ng, the system's or PyPI's."""

    name = "pyttsx3"
    zh = "合成语音"

    def __init__(self, worker: WorkerProcess, *, bundled_only: bool = False) -> None:
        super().__init__(worker)
        self._bundled_only = bundled_only
        self._voices: tuple[Lang, ...] | None = None  # until it was asked

    @property
    def asked(self) -> bool:
        """Is it known what it can speak?"""
        return self._voices is not None

    def languages(self) -> tuple[Lang, ...]:
        if self._voices is None:
            return ("zh", "en") if find_spec("pyttsx3") else ()
        return self._voices

    def order(self, lang: Lang, number: str, window: int, rate: int) -> Order:
        text = said_en(number, window) if lang == "en" else ", ".join(map(" ".join, syllables(number, window))) + "."
        return _order(self.name, lang, self._job("speak", lang=lang, text=text, rate=rate))

    def render(self, order: Order, part: Path) -> None:
        super().render(order, part)
        if self._voices is None:
            self.warm_up()

    def warm_up(self) -> None:
        if not find_spec("pyttsx3"):
            self._voices = ()
            return
        voices = self._ask(self._job("voices"))["voices"]
        self._voices = tuple(lang for lang in ("zh", "en") if lang in voices)

    def _job(self, do: str, **more: Any) -> Json:
        return {"do": do, "bundled_only": self._bundled_only, **more}
