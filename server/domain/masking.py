"""Masks for every screen (seed 003: 对涉及个人隐私、商业秘密等信息进行模糊处理)."""

from __future__ import annotations


def mask_phone(phone: str) -> str:
    """13812341234 → 138****1234."""
    return f"{phone[:3]}****{phone[-4:]}"


def mask_id(number: str) -> str:
    """330102195001011234 → 3301**********1234."""
    return f"{number[:4]}{'*' * (len(number) - 8)}{number[-4:]}"
