"""The words of the SMS: fills the hall file's texts, and measures the longest they can become.

Fields: {number} {window} {ahead} {minutes} {section} {link} {hall}. `{window}` stands for the whole of "3号窗口";
with no window planned it reads "待定窗口".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from config.hall_model import HallFile, SmsKind, SmsTexts

FIELDS = ("number", "window", "ahead", "minutes", "section", "link", "hall")
KINDS: tuple[SmsKind, ...] = ("taken", "taken_soon", "soon", "called")
NEEDED: dict[SmsKind, tuple[str, ...]] = {
    "taken": ("number",),
    "taken_soon": ("number",),
    "soon": ("number",),
    "called": ("number", "window"),
}
LONGEST = 70
LINK_PATH, LINK_SECRET = "/t/", 12
_FIELD = re.compile(r"\{([^{}]*)\}")


def fields_in(text: str) -> list[str]:
    """The names between braces, in order."""
    return _FIELD.findall(text)


def length(text: str) -> int:
    """Characters as the mobile network counts them (UTF-16 units; most emoji count as two)."""
    return len(text.encode("utf-16-le")) // 2


def window_words(window: str | int | None) -> str:
    """`3` → "3号窗口"; no window planned → "待定窗口"; words that are no number stay."""
    shown = "" if window is None else str(window).strip()
    return f"{shown}号窗口" if shown.isdigit() else shown or "待定窗口"


def full_params(hall: HallFile, params: Mapping[str, str]) -> dict[str, str]:
    """The named parameters as they stand in the text: `window` in words, `hall` added. Providers get these."""
    return {"hall": hall.hall.name, **params, "window": window_words(params.get("window"))}


def render(hall: HallFile, kind: SmsKind, params: Mapping[str, str]) -> str:
    """The SMS with its signature. KeyError if the text needs a parameter that is not given."""
    text = getattr(hall.sms, kind).text
    return _fill(hall.sms.signature, text, full_params(hall, params))


def longest(
    sms: SmsTexts, kind: SmsKind, *, hall_name: str, section_names: Iterable[str], windows: Iterable[int]
) -> str:
    """The text at its worst: four-digit number, three-digit waits, the longest section and link."""
    worst = {
        "number": "W8888",
        "ahead": "888",
        "minutes": "888",
        "hall": hall_name,
        "link": "x" * sms.link_length,
        "section": max(section_names, key=length, default=""),
        "window": window_words(max([10, *windows])),
    }
    return _fill(sms.signature, getattr(sms, kind).text, worst)


def link_note(hall: HallFile, public_url: str) -> str | None:
    """A sentence if links under `public_url` are longer than the hall file allows for; None if they fit."""
    real = len(public_url.rstrip("/")) + len(LINK_PATH) + LINK_SECRET
    if real <= hall.sms.link_length or not any("link" in fields_in(getattr(hall.sms, kind).text) for kind in KINDS):
        return None
    return (
        f"短信链接有 {real} 个字，大厅文件的 sms.link_length 是 {hall.sms.link_length}：短信可能超过 {LONGEST} 字。"
        f"Links in SMS have {real} characters, sms.link_length says {hall.sms.link_length}."
    )


def _fill(signature: str, text: str, params: Mapping[str, str]) -> str:
    return f"【{signature}】" + _FIELD.sub(lambda match: params[match[1]], text)
