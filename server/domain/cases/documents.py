"""Applicants without a resident ID card: the other documents that are named on a phone, and what their numbers look like.

A clerk writes why a number may pass without check digits; a citizen chooses the document, and its name is the reason.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

DOCUMENTS: dict[str, tuple[str, str]] = {
    "passport": ("护照", "passport"),
    "hk_macao": ("港澳居民来往内地通行证", "permit of a Hong Kong or Macao resident"),
    "taiwan": ("台湾居民来往大陆通行证", "permit of a Taiwan resident"),
    "foreigner": ("外国人永久居留身份证", "foreigner's permanent resident ID card"),
    "other": ("其他身份证件", "another document"),
}
NAMED_BY = {"passport": "护照", "hk_macao": "港澳", "taiwan": "台", "foreigner": "永久居留"}
OF_PERSONS = frozenset({"id_number", "contact_id"})
"""The fields in which a person's document may stand in the ID card's place."""

_NUMBER = re.compile(r"[0-9A-Z()./\-]{4,30}")


def reasons(documents: Mapping[str, str]) -> dict[str, str]:
    """field → why it may pass, as the clerk reads it. `documents`: field → one of DOCUMENTS."""
    return {field: f"申请人持{DOCUMENTS[key][0]}" for field, key in documents.items() if field in OF_PERSONS}


def anew(before: Mapping[str, str], documents: Mapping[str, str]) -> dict[str, str]:
    """The reasons after a phone has said which documents there are: what a clerk let pass of an organisation stays."""
    return {**{key: why for key, why in before.items() if key not in OF_PERSONS}, **reasons(documents)}


def named(overrides: Mapping[str, str]) -> dict[str, str]:
    """The way back, for the phone. A clerk's own words count by the document they name."""
    found = {}
    for field in sorted(OF_PERSONS & overrides.keys()):
        words = overrides[field]
        found[field] = next((key for key, part in NAMED_BY.items() if part in words), "other")
    return found


def plain(text: str) -> str:
    """Capitals without spaces, full-width signs as plain ones: how any number is looked for."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).upper()


def number(text: str) -> str:
    """In its plain shape. Raises ValueError for what no document has as its number."""
    compact = plain(text)
    if not _NUMBER.fullmatch(compact):
        raise ValueError(text)
    return compact
