"""What a call sounds like, as far as a machine can hear: length, loudness, silence, pitch."""

from __future__ import annotations

import io
import string
import wave
from pathlib import Path

import numpy as np
import pytest

from display.announcer import zhuyin
from display.announcer.chime import DING, DONG, chime
from display.announcer.engines import Recordings
from display.announcer.synthesis import Synthesis
from server.domain.announcement import said_en, syllables

RATE = 22_050


def samples(data: bytes) -> np.ndarray:
    with wave.open(io.BytesIO(data)) as sound:
        assert (sound.getframerate(), sound.getnchannels(), sound.getsampwidth()) == (RATE, 1, 2)
        return np.frombuffer(sound.readframes(sound.getnframes()), "<i2") / 32_768


def longest_silence(sound: np.ndarray) -> float:
    """Seconds below a hundredth of full scale, ends not counted."""
    frame = RATE // 100
    loud = np.flatnonzero(np.sqrt(np.mean(sound[: len(sound) // frame * frame].reshape(-1, frame) ** 2, axis=1)) > 0.01)
    return float(np.diff(loud).max(initial=0)) / 100


@pytest.mark.parametrize(
    ("number", "window", "least", "most"),
    [("A012", 3, 3.0, 4.5), ("C999", 10, 3.0, 5.0), ("W1000", 128, 4.0, 6.5)],
)
def test_a_recorded_call_is_clear_loud_and_without_holes(
    recordings: Recordings, tmp_path: Path, number: str, window: int, least: float, most: float
) -> None:
    recordings.render(recordings.order("zh", number, window, 150), tmp_path / "call")
    sound = samples((tmp_path / "call").read_bytes())
    assert least < len(sound) / RATE < most
    assert 0.4 < np.abs(sound).max() < 0.95, "neither faint nor clipped"
    assert longest_silence(sound) < 0.4
    assert np.abs(np.diff(sound)).max() < 0.65, "a click where two syllables meet"


def test_every_letter_and_digit_can_be_said_from_the_recordings(recordings: Recordings, tmp_path: Path) -> None:
    assert zhuyin.missing(recordings.folder) == []
    for letter, window in zip(string.ascii_uppercase, range(100, 999, 34), strict=False):
        said = {syllable for phrase in syllables(f"{letter}0123", window) for syllable in phrase}
        assert said <= zhuyin.spoken_syllables()
    recordings.render(recordings.order("zh", "A4567", 890, 150), tmp_path / "call")


def test_the_letter_a_is_a_vowel_without_the_breath_it_was_recorded_with(recordings: Recordings) -> None:
    from display.announcer.recordings import syllable

    sound = syllable("ei1", recordings.folder)
    first = sound[: RATE // 20]
    crossings = np.count_nonzero(np.diff(np.signbit(first))) / len(first)
    assert crossings < 0.1, "it hisses"


def test_the_chime_is_two_falling_tones_that_end_in_silence() -> None:
    sound = samples(chime())
    assert 0.5 < np.abs(sound).max() < 0.65
    assert np.abs(sound[-20:]).max() < 0.001
    for tone, part in ((DING, sound[: int(0.4 * RATE)]), (DONG, sound[int(0.9 * RATE) :])):
        spectrum = np.abs(np.fft.rfft(part * np.hanning(len(part)), 4 * RATE))
        assert abs(spectrum.argmax() / 4 - tone) < 6


def test_a_synthetic_call_is_as_long_as_its_words(system_espeak: None, tmp_path: Path) -> None:
    synthesis = Synthesis()
    synthesis.write("en", said_en("A012", 3), 150, tmp_path / "en")
    synthesis.write("zh", ", ".join(map(" ".join, syllables("A012", 3))) + ".", 150, tmp_path / "zh")
    for name in ("en", "zh"):
        sound = samples((tmp_path / name).read_bytes())
        assert 3.0 < len(sound) / RATE < 6.0
        assert longest_silence(sound) < 0.6
