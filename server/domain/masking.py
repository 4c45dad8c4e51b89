"""Masks for every screen (seed 003: 对涉及个人隐私、商业秘密等信息进行模糊处理)."""

from __future__ import annotations

import re


def mask_phone(phone: str) -> str:
    """13812341234 → 138****1234."""
    return f"{phone[:3]}****{phone[-4:]}"


def mask_id(number: str) -> str:
    """330102195001011234 → 3301**********1234."""
    return f"{number[:4]}{'*' * (len(number) - 8)}{number[-4:]}"


_ID_WITHIN = re.compile(r"(?<![0-9])[1-9][0-9]{16}[0-9Xx](?![0-9])")
_PHONE_WITHIN = re.compile(r"(?<![0-9])1[3-9][0-9]{9}(?![0-9])")


def mask_within(text: str) -> str:
    """A sentence with every phone and ID number in it masked."""
    text = _ID_WITHIN.sub(lambda found: mask_id(found[0]), text)
    return _PHONE_WITHIN.sub(lambda found: mask_phone(found[0]), text)
