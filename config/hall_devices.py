"""The hall file's parts about what speaks, prints, shows and asks: voice, slips, LED strips, ratings."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from config.hall_base import Identifier, Name, Part


class Voice(Part):
    """How calls are spoken: `repeat` times in Mandarin, then in English; with a backlog once and in Mandarin alone.

    A call older than `fresh_seconds` is no longer spoken. `rate`: words a minute of a synthetic voice. `speaker_areas`:
    areas whose calls the server's own speaker says, too.
    """

    repeat: int = Field(2, ge=1, le=3)
    english: bool = True
    chime: bool = True
    rate: int = Field(150, ge=80, le=300)
    fresh_seconds: int = Field(20, ge=5, le=120)
    speaker_areas: list[Identifier] = []


class Printer(Part):
    """A slip printer that speaks ESC/POS: `address` is `host:port`, or `file` for pictures in the data folder.

    It serves the paired kiosks named in `kiosks` (none named: those without a printer of their own) and, with
    `guide`, the guide desk.
    """

    id: Identifier
    name: Name
    address: Annotated[str, Field(pattern=r"^(file|[A-Za-z0-9.\-]+:\d{1,5}|\[[0-9a-fA-F:]+\]:\d{1,5})$")]
    width_mm: Literal[58, 80] = 80
    kiosks: list[Name] = []
    guide: bool = False


class Slip(Part):
    """The paper slip. `browser`: kiosks without a printer print through their browser. `note`: a line at its foot."""

    browser: bool = False
    note: str = Field("", max_length=60)
    printers: list[Printer] = []


class EvaluationTag(Part):
    """A reason a citizen can tap under a low score."""

    id: Identifier
    name: Name
    name_en: Name


class Evaluation(Part):
    """The rating (好差评): the pad waits `pad_seconds` for a tap; the phone may rate for `phone_days` after the visit."""

    pad_seconds: int = Field(30, ge=10, le=120)
    phone_days: int = Field(7, ge=1, le=30)
    tags: list[EvaluationTag] = []


class LedStrip(Part):
    """A network LED strip above a window. `template` of its line: {window} {number} {state} {state_en}."""

    window: int = Field(ge=1, le=999)
    address: Annotated[str, Field(pattern=r"^([A-Za-z0-9.\-]+|\[[0-9a-fA-F:]+\]):\d{1,5}$")]
    encoding: Literal["gb18030", "utf-8"] = "gb18030"
    template: Annotated[str, Field(pattern=r"^[^{}]*(\{(window|number|state|state_en)\}[^{}]*)*$", max_length=80)] = (
        "{window}号窗口 {number} {state}"
    )


class Leds(Part):
    """The LED strips above the windows (display/led.py says what they are sent)."""

    strips: list[LedStrip] = []
