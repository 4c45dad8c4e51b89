"""公示号: what a case is known by on the progress board, where everybody looks."""

from __future__ import annotations

_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"
"""Without I, O and Q, which are read as digits."""
_MANY = len(_LETTERS) ** 2 * 10_000


def board_number(fingerprint: str) -> str:
    """Two letters and four digits, always the same for a case, of a keyed fingerprint (hex).

    Not the code's end: the serials of national codes begin anew every day for every item, so that half a wall says
    000001; and item, day and serial together make the whole code, with which one's own case is looked up.
    """
    rest, digits = divmod(int(fingerprint, 16) % _MANY, 10_000)
    first, second = divmod(rest, len(_LETTERS))
    return f"{_LETTERS[first]}{_LETTERS[second]}{digits:04d}"
