"""A citizen's link: 12 characters that nobody can guess and everybody can type."""

from __future__ import annotations

import re
import secrets

from server.access.refusals import LinkUnknown

# No 0/o, 1/l/i: what is printed on a slip is read and typed by people. 31 letters: 12 of them are 59 bits.
ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
LENGTH = 12
_FAIR = 256 - 256 % len(ALPHABET)
_LINK = re.compile(f"[{ALPHABET}]{{{LENGTH}}}")


def new_link() -> str:
    """The token of a new ticket's page; `open_store(tokens=new_link)`."""
    link = ""
    while len(link) < LENGTH:
        # Bytes past the last whole alphabet are thrown away: every letter stays equally likely.
        link += "".join(ALPHABET[byte % len(ALPHABET)] for byte in secrets.token_bytes(LENGTH + 4) if byte < _FAIR)
    return link[:LENGTH]


def link_token(text: str) -> str:
    """The token as stored, forgiving capitals. Raises LinkUnknown for what can be no link at all."""
    token = text.strip().lower()
    if not _LINK.fullmatch(token):
        raise LinkUnknown
    return token
