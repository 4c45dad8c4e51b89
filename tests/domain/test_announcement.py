"""The words of a call, and how often it is said."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from config.hall_devices import Voice
from config.hall_model import Area
from server.domain.announcement import (
    LETTERS,
    counted_en,
    counted_zh,
    said_en,
    spoken_in,
    syllables,
    turn,
    words_en,
    words_zh,
)

TURNS = json.loads((Path(__file__).parent.parent / "data" / "turns.json").read_text())


@pytest.mark.parametrize("case", TURNS, ids=str)
def test_a_call_is_said_by_the_table_that_the_display_reads_too(case: dict[str, float]) -> None:
    voice = Voice(repeat=int(case["repeat"]), english=bool(case["english"]), fresh_seconds=int(case["fresh"]))
    assert turn(int(case["waiting"]), case["age"], voice) == (case["zh"], case["en"])


def test_a_number_is_spelt_and_a_window_is_counted() -> None:
    assert words_zh("A012", 3) == "请 A 零幺二 号到 三 号窗口"
    assert words_en("A012", 3) == "Number A zero one two, please go to window three"
    assert said_en("A012", 3) == "Number A, zero one two. Please go to window three."
    assert said_en("N012", 3) == "Number N, zero one two. Please go to window three."
    assert words_zh("B1110", 12) == "请 B 幺幺幺零 号到 十二 号窗口"


@pytest.mark.parametrize(
    ("window", "zh", "en"),
    [
        (1, "一", "one"),
        (3, "三", "three"),
        (10, "十", "ten"),
        (12, "十二", "twelve"),
        (20, "二十", "twenty"),
        (62, "六十二", "sixty-two"),
        (100, "一百", "one hundred"),
        (101, "一百零一", "one hundred and one"),
        (110, "一百一十", "one hundred and ten"),
        (112, "一百一十二", "one hundred and twelve"),
        (200, "二百", "two hundred"),
        (999, "九百九十九", "nine hundred and ninety-nine"),
    ],
)
def test_a_window_is_said_as_people_count(window: int, zh: str, en: str) -> None:
    assert (counted_zh(window), counted_en(window)) == (zh, en)


@pytest.mark.parametrize("window", [0, -1, 1000])
def test_a_window_that_no_hall_has_is_not_put_into_words(window: int) -> None:
    with pytest.raises(ValueError, match="window"):
        counted_zh(window)


def test_the_call_in_pinyin_comes_in_three_phrases() -> None:
    assert syllables("A012", 3) == (
        ("qing3",),
        ("ei1", "ling2", "yao1", "er4", "hao4"),
        ("dao4", "san1", "hao4", "chuang1", "kou3"),
    )


def test_tones_change_as_in_speech() -> None:
    assert syllables("N995", 1)[1:] == (
        ("en1", "jiu2", "jiu2", "wu3", "hao4"),
        ("dao4", "yi1", "hao4", "chuang1", "kou3"),
    )
    assert syllables("N001", 500)[2][:3] == ("dao4", "wu2", "bai3")
    assert syllables("N001", 100)[2][:3] == ("dao4", "yi4", "bai3")
    assert syllables("M500", 2)[1][:4] == ("ai4", "mu2", "wu3", "ling2")


def test_no_two_letters_sound_the_same() -> None:
    assert len(LETTERS) == 26 == len(set(LETTERS.values()))


def test_only_a_silent_area_is_not_spoken_to() -> None:
    areas = [Area.model_validate({"id": "a", "name": "一楼", "voice": how}) for how in ("voice", "both", "silent")]
    assert [spoken_in(area) for area in areas] == [True, True, False]
