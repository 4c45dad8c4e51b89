"""Human recordings of syllables joined to a call. Only the worker process imports this: numpy is not for the server."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np
import soundfile
from numpy.typing import NDArray

from display.announcer.zhuyin import WITHOUT_BREATH, recording

Sound = NDArray[np.float32]

RATE: Final = 22_050  # Hz, of what is written
SLOWER: Final = 1.15  # she speaks fast and high; a hall listens better to a little less of both
FRAME: Final = 0.005  # seconds over which loudness is measured
QUIET_DB: Final = -32.0  # below the syllable's loudest: before and after it
BREATH_DB: Final = -12.0  # the same for where a vowel begins behind its breath
FADE_IN: Final = 0.01  # seconds
FADE_OUT: Final = 0.035  # longer: the recordings end while the vowel is still loud
OVERLAP: Final = 0.025  # seconds that a syllable runs into the next of its phrase
PAUSE: Final = 0.16  # seconds between phrases
LEVEL: Final = 0.3  # loudness (RMS of the loud part) every syllable is brought to
MOST_GAIN: Final = 6.0
PEAK: Final = 0.89  # of full scale: −1 dB


def call(phrases: Sequence[Sequence[str]], folder: Path) -> Sound:
    """The syllables of each phrase run together, a pause between phrases; −1 to 1 at RATE. OSError if one is missing."""
    pause = np.zeros(int(PAUSE * RATE), np.float32)
    parts = [pause]
    for phrase in phrases:
        parts += [_joined([syllable(name, folder) for name in phrase]), pause]
    whole = np.concatenate(parts)
    loudest = float(np.abs(whole).max())
    return whole * np.float32(PEAK / loudest) if loudest > PEAK else whole


def write(sound: Sound, file: Path) -> None:
    """16-bit mono WAV."""
    soundfile.write(file, sound, RATE, subtype="PCM_16", format="WAV")


@lru_cache(maxsize=128)
def syllable(name: str, folder: Path) -> Sound:
    """One recording as it is joined: at RATE, without silence around it, as loud as the others."""
    sound, rate = soundfile.read(folder / recording(name), dtype="float32", always_2d=True)
    sound = _resampled(sound.mean(axis=1), rate / SLOWER)
    loudness = _loudness(sound)
    loud = np.flatnonzero(loudness > loudness.max() + (BREATH_DB if name in WITHOUT_BREATH else QUIET_DB))
    last = np.flatnonzero(loudness > loudness.max() + QUIET_DB)[-1]
    frame = int(FRAME * RATE)
    sound = sound[loud[0] * frame : (last + 1) * frame].copy()
    _fade(sound)
    strong = sound[np.abs(sound) > 0.25 * np.abs(sound).max()]
    return sound * np.float32(min(LEVEL / np.sqrt(np.mean(strong**2)), MOST_GAIN))


def _loudness(sound: Sound) -> Sound:
    """Decibels of each FRAME."""
    frame = int(FRAME * RATE)
    whole = sound[: len(sound) // frame * frame].reshape(-1, frame)
    return np.asarray(20 * np.log10(np.sqrt(np.mean(whole**2, axis=1)) + 1e-6), np.float32)


def _resampled(sound: Sound, rate: float) -> Sound:
    """From `rate` to RATE by the spectrum, which cuts off what RATE cannot hold."""
    wanted = round(len(sound) * RATE / rate)
    spectrum = np.fft.rfft(sound)[: wanted // 2 + 1]
    return np.asarray(np.fft.irfft(spectrum, wanted) * (wanted / len(sound)), np.float32)


def _fade(sound: Sound) -> None:
    """No click at either end."""
    begin, end = int(FADE_IN * RATE), int(FADE_OUT * RATE)
    sound[:begin] *= _ramp(begin)
    sound[-end:] *= _ramp(end)[::-1]


def _ramp(steps: int) -> Sound:
    return np.asarray(np.sin(np.linspace(0, np.pi / 2, steps)) ** 2, np.float32)


def _joined(sounds: Sequence[Sound]) -> Sound:
    """One after the other, each running a little into the next."""
    overlap = int(OVERLAP * RATE)
    whole = np.zeros(sum(map(len, sounds)) - overlap * (len(sounds) - 1), np.float32)
    at = 0
    for sound in sounds:
        whole[at : at + len(sound)] += sound
        at += len(sound) - overlap
    return whole
