"""Breaking Chinese into lines: words and numbers stay whole, no line begins with a comma, lines are even."""

from __future__ import annotations

import functools
import re

from kiosk.printer.fonts import Font

_BRACKET = r"（[^（）]{1,8}）"  # a short aside stays on one line
_WORD = r"[A-Za-z0-9@#&%+./:*'’-]+"
_TOKEN = re.compile(rf"[（《“「]*(?:{_BRACKET}|{_WORD}|.)[，。、；：？！）》”」·,.;:?!)]*\s*")
_CLAUSE = re.compile(r"[^，；。·;]+(?:[，；。;]|$)?")


def pieces(text: str) -> list[str]:
    """What may not be torn: a character with its punctuation, a word, a number, a short bracket."""
    return _TOKEN.findall(" ".join(text.split()))


@functools.lru_cache(maxsize=4096)
def width_of(text: str, font: Font) -> int:
    return round(font.getlength(text))


def lines(text: str, font: Font, width: int) -> list[str]:
    """The text in as few lines as fit into `width` dots: a line a clause where that needs no more, else even lines."""
    parts = [half for piece in pieces(text) for half in _narrow(piece, font, width)]
    filled = _fill(parts, font, width)
    if len(filled) < 2:
        return filled
    clauses = _CLAUSE.findall(text)
    if len(clauses) == len(filled) and all(width_of(one.strip(), font) <= width for one in clauses):
        return [one.strip() for one in clauses]
    widest = max(width_of(part, font) for part in parts)
    low, high = max(width // 2, min(widest, width)), width
    while high - low > 8:
        middle = (low + high) // 2
        if len(_fill(parts, font, middle)) > len(filled):
            low = middle
        else:
            high = middle
    return _fill(parts, font, high)


def _narrow(piece: str, font: Font, width: int) -> list[str]:
    """A piece wider than a line is torn all the same."""
    return [piece] if width_of(piece.rstrip(), font) <= width else list(piece)


def _fill(parts: list[str], font: Font, width: int) -> list[str]:
    done: list[str] = []
    line, used = "", 0
    for part in parts:
        if line and used + width_of(part.rstrip(), font) > width:
            done.append(line.rstrip())
            line, used = "", 0
        line += part
        used += width_of(part, font)
    return [*done, line.rstrip()] if line.strip() else done
