"""Pinyin initials of everyday characters (餐馆 → cg), with no table of our own; for names nobody wrote initials for.

GB 2312 lists its 3755 everyday characters by pronunciation, so a character's code tells its first letter. A character of
several readings has the most common one; rarer characters have none. Items keep initials of their own (config.initials).
"""

from __future__ import annotations

from bisect import bisect_right

# The first character of each letter, in the standard's order; no syllable begins with i, u or v.
_FIRSTS = "啊芭擦搭蛾发噶哈击喀垃妈拿哦啪期然撒塌挖昔压匝"
_LETTERS = "abcdefghjklmnopqrstwxyz"
_STARTS = [one.encode("gb2312") for one in _FIRSTS]
_LAST = "座".encode("gb2312")


def _initial(character: str) -> str:
    if character.isascii():
        return character.lower() if character.isalnum() else ""
    try:
        code = character.encode("gb2312")
    except UnicodeEncodeError:
        return ""
    return _LETTERS[bisect_right(_STARTS, code) - 1] if _STARTS[0] <= code <= _LAST else ""


def common_initials(name: str) -> str:
    """The first letters of the name's everyday characters, in its order; letters and digits as they stand."""
    return "".join(map(_initial, name))
