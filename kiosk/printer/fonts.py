"""The type of the slip: Noto Sans SC from node_modules, else Debian's Noto CJK."""

from __future__ import annotations

import functools
from pathlib import Path

from PIL import ImageFont

NODE_FONTS = Path(__file__).resolve().parents[2] / "node_modules/@embedpdf/fonts-sc/fonts"
DEBIAN_FONTS = Path("/usr/share/fonts/opentype/noto")
SIMPLIFIED = 2  # its place in Debian's collections
Font = ImageFont.FreeTypeFont


class NoFont(RuntimeError):
    """No font with Chinese characters is installed."""


@functools.lru_cache(maxsize=64)
def font(weight: str, size: int) -> Font:
    """`weight` is "Regular", "Medium" or "Bold"; `size` in dots. Raises NoFont.

    A face must not be used by two threads at once: `picture.draw` sees to that.
    """
    own = NODE_FONTS / f"NotoSansHans-{weight}.otf"
    if own.exists():
        return ImageFont.truetype(own, size)
    for name in (weight, "Bold" if weight == "Bold" else "Regular"):
        shared = DEBIAN_FONTS / f"NotoSansCJK-{name}.ttc"
        if shared.exists():
            return ImageFont.truetype(shared, size, index=SIMPLIFIED)
    raise NoFont("no Chinese font: npm ci, or apt-get install fonts-noto-cjk")


def of_height(weight: str, height: int) -> Font:
    """The font whose digits are `height` dots high."""
    box = font(weight, 200).getbbox("0")
    return font(weight, round(200 * height / (box[3] - box[1])))
