"""Which recording is which syllable: gcin-voice names its folders in zhuyin (ㄌㄧㄥ2; the first tone has no digit)."""

from __future__ import annotations

from itertools import chain
from pathlib import Path
from typing import Final

from server.domain.announcement import DIGITS, HUNDRED, LETTERS, ONE, TEN

FOLDER: Final = Path("/usr/share/gcin-voice/ogg")
SPEAKER: Final = "5.ogg"  # a woman, clean; the other one, 3.ogg, has the noise of his room 12 dB below his voice

ZHUYIN: Final = {
    "a": "ㄚ", "ai": "ㄞ", "ba": "ㄅㄚ", "bai": "ㄅㄞ", "bi": "ㄅㄧ", "bu": "ㄅㄨ", "chi": "ㄔ", "chuang": "ㄔㄨㄤ",
    "da": "ㄉㄚ", "dao": "ㄉㄠ", "di": "ㄉㄧ", "en": "ㄣ", "er": "ㄦ", "fu": "ㄈㄨ", "hao": "ㄏㄠ", "ji": "ㄐㄧ",
    "jie": "ㄐㄧㄝ", "jiu": "ㄐㄧㄡ", "kai": "ㄎㄞ", "ke": "ㄎㄜ", "kou": "ㄎㄡ", "ling": "ㄌㄧㄥ", "liu": "ㄌㄧㄡ",
    "lou": "ㄌㄡ", "mu": "ㄇㄨ", "ou": "ㄡ", "pi": "ㄆㄧ", "qi": "ㄑㄧ", "qing": "ㄑㄧㄥ", "san": "ㄙㄢ", "shi": "ㄕ",
    "si": "ㄙ", "ti": "ㄊㄧ", "wai": "ㄨㄞ", "wei": "ㄨㄟ", "wu": "ㄨ", "xi": "ㄒㄧ", "yao": "ㄧㄠ", "yi": "ㄧ",
    "you": "ㄧㄡ", "zei": "ㄗㄟ",
    "ei": "ㄏㄟ",  # not recorded: it is ㄏㄟ without its breath
}  # fmt: skip
WITHOUT_BREATH: Final = frozenset(("ei1",))
CITED: Final = {"jiu2": "jiu3", "mu2": "mu3"}  # nothing is called so, but for a third tone that rises: not recorded


def recording(syllable: str) -> str:
    """The file of a syllable below the recordings' folder: ling2 → ㄌㄧㄥ2/5.ogg."""
    syllable = CITED.get(syllable, syllable)
    return f"{ZHUYIN[syllable[:-1]]}{syllable[-1].replace('1', '')}/{SPEAKER}"


def spoken_syllables() -> set[str]:
    """Every syllable that a call can hold."""
    signs = (sign.pinyin for sign in (*DIGITS, ONE, TEN, HUNDRED))
    changed = ("wu2", "jiu2", "mu2", "bai2", "yi4")  # in speech, before a third tone
    frame = ("qing3", "hao4", "dao4", "chuang1", "kou3")
    return {*chain.from_iterable(signs), *chain.from_iterable(LETTERS.values()), *changed, *frame}


def missing(folder: Path = FOLDER) -> list[str]:
    """Recordings that a call could need and that are not there."""
    return sorted(name for name in map(recording, spoken_syllables()) if not (folder / name).is_file())
