"""The catalogue's and the files' part of the hall file."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from config.hall_base import Part


class Catalogue(Part):
    """`vague_words`: words no published item may hold, each with what to write instead; added to the program's own.
    `change_days`: working days in which a department answers a request to change an item (动态调整)."""

    vague_words: dict[Annotated[str, Field(min_length=1, max_length=40)], Annotated[str, Field(max_length=120)]] = {}
    change_days: int = Field(15, ge=1, le=120)


class Files(Part):
    """What may be uploaded: at most `max_mb` each. `scan_command` reads a file on standard input and exits with 1 where
    it found a virus (`clamdscan --no-summary -`); empty: files are kept unscanned. It is given `scan_seconds`."""

    max_mb: int = Field(20, ge=1, le=100)
    scan_command: str = Field("", max_length=400)
    scan_seconds: int = Field(60, ge=1, le=600)
