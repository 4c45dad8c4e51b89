"""pyttsx3 over espeak-ng, as the worker process uses it: one sentence after the other into WAV files.

pyttsx3 finds the library by its name alone. Where the system has none, the one in PyPI's espeakng-loader is loaded
first: the system's loader then answers to the same name with it.
"""

from __future__ import annotations

import ctypes
import os
import threading
import wave
from pathlib import Path
from typing import Any, Final

LIBRARY: Final = "libespeak-ng.so.1"
# Voices by the end of their id, the best first. Hanzi would be read as English: Mandarin comes in numbered pinyin.
VOICES: Final = {"zh": ("cmn-latn-pinyin",), "en": ("/en-us", "/en-gb", "/en")}
SECONDS: Final = 5.0  # a sentence takes a fiftieth of one
TRIES: Final = 3  # pyttsx3 at times cuts one off


class CannotSpeak(Exception):
    """Why there is no synthetic voice, or why it did not say this."""


def load_library(*, bundled_only: bool = False) -> str:
    """Load espeak-ng, the system's or the bundled one; which: "system" or "bundled". CannotSpeak when neither is there."""
    if not bundled_only:
        try:
            ctypes.CDLL(LIBRARY)
            return "system"
        except OSError:
            pass  # then the bundled one
    try:
        import espeakng_loader

        ctypes.CDLL(espeakng_loader.get_library_path())
        os.environ["ESPEAK_DATA_PATH"] = espeakng_loader.get_data_path()
        return "bundled"
    except (ImportError, OSError, RuntimeError) as problem:
        raise CannotSpeak(f"no espeak-ng: {problem}") from problem


class Synthesis:
    """The one engine of this process. Not for two threads."""

    def __init__(self, *, bundled_only: bool = False) -> None:
        self.library = load_library(bundled_only=bundled_only)
        try:
            import pyttsx3
            from pyttsx3.drivers import _espeak

            self._espeak: Any = _espeak
            self._engine: Any = pyttsx3.init("espeak")
        except Exception as problem:  # the driver raises what it likes
            raise CannotSpeak(f"pyttsx3 does not start: {problem}") from problem
        self._ended = threading.Event()
        self._completed = False
        self._engine.connect("finished-utterance", self._finished)
        self._engine.runAndWait()  # nothing to say yet; without it the first sentence would not be waited for
        ids = sorted(voice.id for voice in self._engine.getProperty("voices"))
        self.voices = {
            lang: found
            for lang, ends in VOICES.items()
            if (found := next((one for end in ends for one in ids if one.endswith(end)), None))
        }
        if not self.voices:
            raise CannotSpeak("espeak-ng has neither a Mandarin nor an English voice")

    def write(self, lang: str, text: str, rate: int, file: Path) -> None:
        """Say `text` into a WAV file, `rate` words a minute. CannotSpeak when nothing came of it."""
        if lang not in self.voices:
            raise CannotSpeak(f"no voice for {lang}")
        if not any(self._wrote(lang, text, rate, file) for _ in range(TRIES)):
            raise CannotSpeak("espeak-ng said nothing")

    def _wrote(self, lang: str, text: str, rate: int, file: Path) -> bool:
        self._ended.clear()
        self._completed = False
        self._engine.setProperty("voice", self.voices[lang])
        self._engine.setProperty("rate", rate)
        self._engine.save_to_file(text, str(file))
        self._engine.runAndWait()  # may come back before espeak-ng's own thread has written
        if not self._ended.wait(SECONDS):
            raise CannotSpeak("espeak-ng did not finish")
        self._espeak.Synchronize()  # a sentence begun while it still counts as playing would be cut off
        if not self._completed or not file.exists():
            return False
        with wave.open(str(file), "rb") as sound:
            return sound.getnframes() > sound.getframerate() // 4

    def _finished(self, completed: bool = True, **_: Any) -> None:
        self._completed = self._completed or completed  # a late "stopped" follows some that are whole
        self._ended.set()
