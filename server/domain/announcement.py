"""The spoken call: whose turn it is to be spoken how often, and the words, in 中文, English and numbered pinyin.

A ticket's number is spelt digit by digit as on the telephone (012 → 零幺二); a window's is read as a number (12 → 十二).
"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from config.hall_devices import Voice
from config.hall_model import Area


class Turn(NamedTuple):
    """How often one call is said in Mandarin, then in English; 0 and 0: on the panel only."""

    zh: int
    en: int


class Spelt(NamedTuple):
    """One spoken sign: as written, and its syllables in numbered pinyin (5 or none: no tone)."""

    hanzi: str
    pinyin: tuple[str, ...]


DIGITS = (
    Spelt("零", ("ling2",)),
    Spelt("幺", ("yao1",)),
    Spelt("二", ("er4",)),
    Spelt("三", ("san1",)),
    Spelt("四", ("si4",)),
    Spelt("五", ("wu3",)),
    Spelt("六", ("liu4",)),
    Spelt("七", ("qi1",)),
    Spelt("八", ("ba1",)),
    Spelt("九", ("jiu3",)),
)
ONE = Spelt("一", ("yi1",))  # a window's one; only a spelt one is 幺
TEN = Spelt("十", ("shi2",))
HUNDRED = Spelt("百", ("bai3",))

# The names Chinese speakers give the letters, in syllables of Mandarin.
LETTERS: dict[str, tuple[str, ...]] = {
    "A": ("ei1",),
    "B": ("bi4",),
    "C": ("xi1",),
    "D": ("di4",),
    "E": ("yi4",),
    "F": ("ai4", "fu2"),
    "G": ("ji4",),
    "H": ("ai4", "chi1"),
    "I": ("ai4",),
    "J": ("jie4",),
    "K": ("kai1",),
    "L": ("ai4", "lou2"),
    "M": ("ai4", "mu3"),
    "N": ("en1",),
    "O": ("ou1",),
    "P": ("pi4",),
    "Q": ("kou4",),
    "R": ("a1", "er3"),
    "S": ("ai4", "si1"),
    "T": ("ti4",),
    "U": ("you1",),
    "V": ("wei1",),
    "W": ("da2", "bu4", "liu4"),
    "X": ("ai4", "ke4", "si1"),
    "Y": ("wai4",),
    "Z": ("zei2",),
}

ONES_EN = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
           "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")  # fmt: skip
TENS_EN = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


def turn(waiting: int, age_seconds: float, voice: Voice) -> Turn:
    """How often to say a call made `age_seconds` ago while `waiting` others wait for their turn in the area.

    With a backlog once and in Mandarin alone; older than `voice.fresh_seconds` not at all.
    """
    if age_seconds > voice.fresh_seconds:
        return Turn(0, 0)
    if waiting > 0:
        return Turn(1, 0)
    return Turn(voice.repeat, 1 if voice.english else 0)


def spoken_in(area: Area) -> bool:
    """Are calls spoken there, or only shown?"""
    return area.voice != "silent"


def words_zh(number: str, window: int) -> str:
    """A012, 3 → 请 A 零幺二 号到 三 号窗口."""
    spelt = "".join(DIGITS[int(digit)].hanzi for digit in number[1:])
    return f"请 {number[0]} {spelt} 号到 {counted_zh(window)} 号窗口"


def words_en(number: str, window: int) -> str:
    """A012, 3 → Number A zero one two, please go to window three."""
    return f"Number {number[0]} {_spelt_en(number)}, please go to window {counted_en(window)}"


def said_en(number: str, window: int) -> str:
    """The same as a synthetic voice must have it: without the comma it takes the letter A for the article."""
    return f"Number {number[0]}, {_spelt_en(number)}. Please go to window {counted_en(window)}."


def syllables(number: str, window: int) -> tuple[tuple[str, ...], ...]:
    """The Mandarin call in numbered pinyin as it is said, a phrase each: 请 / A零幺二号 / 到三号窗口. A pause goes between."""
    digits = [syllable for digit in number[1:] for syllable in DIGITS[int(digit)].pinyin]
    counted = [syllable for sign in _counted(window) for syllable in sign.pinyin]
    return (
        ("qing3",),
        _said([*LETTERS[number[0]], *digits, "hao4"]),
        _said(["dao4", *counted, "hao4", "chuang1", "kou3"]),
    )


def counted_zh(value: int) -> str:
    """1–999 as counted: 三, 十二, 二十, 一百零一."""
    return "".join(sign.hanzi for sign in _counted(value))


def counted_en(value: int) -> str:
    """1–999 as counted: three, twelve, twenty-one, one hundred and one."""
    hundreds, rest = divmod(value, 100)
    words = [f"{ONES_EN[hundreds]} hundred"] if hundreds else []
    if rest:
        tens, ones = divmod(rest, 10)
        below = ONES_EN[rest] if rest < 20 else TENS_EN[tens] + (f"-{ONES_EN[ones]}" if ones else "")
        words.append(below)
    return " and ".join(words)


def _spelt_en(number: str) -> str:
    return " ".join(ONES_EN[int(digit)] for digit in number[1:])


def _counted(value: int) -> list[Spelt]:
    """12 is 十二, but 112 is 一百一十二; 105 is 一百零五."""
    if not 1 <= value <= 999:
        raise ValueError(f"a window's number is 1 to 999, not {value}")
    hundreds, tens, ones = (ONE if digit == 1 else DIGITS[digit] for digit in map(int, f"{value:03d}"))
    signs = []
    if value >= 100:
        signs += [hundreds, HUNDRED]
    if value % 100 >= 10:
        signs += [TEN] if value < 20 else [tens, TEN]
    elif value > 100 and value % 10:
        signs.append(DIGITS[0])
    return [*signs, ones] if value % 10 else signs


def _said(phrase: list[str]) -> tuple[str, ...]:
    """Tones as they change in speech: a third before a third rises (九五: jiu2 wu3); 一百 is yi4 bai3."""
    said = []
    for this, following in pairwise([*phrase, ""]):
        if this == "yi1" and following == "bai3":
            this = "yi4"
        elif this[-1] == "3" and following[-1:] == "3":
            this = this[:-1] + "2"
        said.append(this)
    return tuple(said)
