"""Ding-dong: what comes before a call, and what is left when no engine can speak. Needs no library."""

from __future__ import annotations

import io
import math
import wave
from array import array
from functools import cache
from typing import Final

RATE: Final = 22_050  # Hz
DING, DONG = 659.26, 523.25  # E5, C5: a falling third
APART: Final = 0.42  # seconds between the two strokes
LONG: Final = 1.35  # seconds in all
# Of a struck bar: (times the tone, how loud, seconds until it has sunk to a third).
PARTIALS: Final = ((1.0, 1.0, 0.36), (2.0, 0.28, 0.2), (3.01, 0.12, 0.11), (4.2, 0.05, 0.05))
HEARD: Final = 6.0  # times that long a partial is heard
PEAK: Final = 0.6  # of full scale


@cache
def chime() -> bytes:
    """A 16-bit mono WAV file."""
    sound = array("d", bytes(8 * int(LONG * RATE)))
    for tone, begins in ((DING, 0.0), (DONG, APART)):
        _strike(sound, tone, int(begins * RATE))
    tail = int(0.15 * RATE)
    for back in range(1, tail + 1):  # it ends in silence, not in a click
        sound[-back] *= back / tail
    scale = PEAK * 32_767 / max(map(abs, sound))
    return _wav(array("h", (round(sample * scale) for sample in sound)))


def _strike(sound: array[float], tone: float, start: int) -> None:
    attack = int(0.006 * RATE)
    for partial, loud, sinks in PARTIALS:
        step = 2 * math.pi * tone * partial / RATE
        decay = math.exp(-1 / (sinks * RATE))
        level = loud
        for n in range(min(len(sound) - start, int(HEARD * sinks * RATE))):
            sound[start + n] += level * min(1.0, n / attack) * math.sin(step * n)
            level *= decay


def _wav(samples: array[int]) -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples.tobytes())
    return out.getvalue()
