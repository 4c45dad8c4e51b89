"""A sheet of paper to draw a sample on: fields, tables, seals and photographs, each with its place for the marks."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

INK, GREY, LINE, RED, BLUE = (34, 34, 40), (120, 124, 134), (170, 174, 184), (200, 44, 40), (38, 70, 140)
A4, CARD, LANDSCAPE = (760, 1075), (900, 570), (1075, 700)
_FONTS = Path("/usr/share/fonts/opentype/noto")
_SIMPLIFIED = 2  # the face within the collection

Box = tuple[float, float, float, float]
Cell = tuple[str, str, str]
"""(field, label, value)."""


def font(size: int, bold: bool = False) -> ImageFont.FreeTypeFont:
    name = "NotoSansCJK-Bold.ttc" if bold else "NotoSansCJK-Regular.ttc"
    return ImageFont.truetype(str(_FONTS / name), size, index=_SIMPLIFIED)


class Paper:
    """One picture; `places` holds where each field is, in shares of the picture."""

    def __init__(self, size: tuple[int, int] = A4, ground: tuple[int, int, int] = (253, 253, 250)) -> None:
        self.width, self.height = size
        self.image = Image.new("RGB", size, ground)
        self.pen = ImageDraw.Draw(self.image)
        self.places: dict[str, list[float]] = {}

    def mark(self, key: str, left: float, top: float, right: float, bottom: float, margin: float = 5) -> None:
        """Remember where `key` is; a key met again grows to hold both."""
        box = (left - margin, top - margin, right + margin, bottom + margin)
        if key in self.places:
            x, y, w, h = self.places[key]
            old = (x * self.width, y * self.height, (x + w) * self.width, (y + h) * self.height)
            box = (min(box[0], old[0]), min(box[1], old[1]), max(box[2], old[2]), max(box[3], old[3]))
        x0, y0 = max(0.0, box[0]) / self.width, max(0.0, box[1]) / self.height
        x1, y1 = min(self.width, box[2]) / self.width, min(self.height, box[3]) / self.height
        self.places[key] = [round(x0, 4), round(y0, 4), round(x1 - x0, 4), round(y1 - y0, 4)]

    def text(self, x: float, y: float, words: str, size: int = 20, colour: tuple[int, int, int] = INK,
             bold: bool = False, key: str = "", anchor: str = "la") -> Box:  # fmt: skip
        face = font(size, bold)
        self.pen.text((x, y), words, font=face, fill=colour, anchor=anchor)
        box = self.pen.textbbox((x, y), words, font=face, anchor=anchor)
        if key:
            self.mark(key, *box)
        return box

    def title(
        self, words: str, y: float = 54, size: int = 32, colour: tuple[int, int, int] = INK, key: str = ""
    ) -> None:
        self.text(self.width / 2, y, words, size, colour, bold=True, key=key, anchor="ma")

    def field(self, key: str, label: str, value: str, x: float, y: float, size: int = 20, gap: float = 12) -> None:
        right = self.text(x, y, label, size, GREY)[2]
        self.text(right + gap, y, value, size, key=key)

    def lines(self, x: float, y: float, paragraphs: Sequence[str], size: int = 19, width: float = 0, step: float = 1.75,
              key: str = "") -> float:  # fmt: skip
        """Wrapped text; the y below it."""
        most = width or self.width - 2 * x
        for paragraph in paragraphs:
            for row in _wrapped(paragraph, font(size), most):
                self.text(x, y, row, size, key=key)
                y += size * step
        return y

    def table(self, top: float, rows: Sequence[Sequence[Cell]], left: float = 60, height: float = 58, size: int = 18) -> float:  # fmt: skip
        """Rows of (field, label, value); the y below the table."""
        right = self.width - left
        for cells in rows:
            each = (right - left) / len(cells)
            label = 158 if len(cells) == 1 else 112 if len(cells) == 2 else 84
            wrapped = [_wrapped(value, font(size), each - label - 20) or [""] for _, _, value in cells]
            tall = max(height, max(len(parts) for parts in wrapped) * size * 1.5 + 22)
            for at, ((key, name, _), parts) in enumerate(zip(cells, wrapped, strict=True)):
                x = left + at * each
                self.pen.rectangle((x, top, x + each, top + tall), outline=LINE, width=2)
                self.pen.line((x + label, top, x + label, top + tall), fill=LINE, width=2)
                for number, part in enumerate(_wrapped(name, font(size - 2), label - 14)):
                    self.text(x + 8, top + 14 + number * size * 1.25, part, size - 2, GREY)
                for number, part in enumerate(parts):
                    self.text(x + label + 10, top + 16 + number * size * 1.5, part, size, key=key)
            top += tall
        return top

    def seal(self, key: str, office: str, x: float, y: float, radius: float = 74) -> None:
        """A round red seal: the office around a star."""
        self.pen.ellipse((x - radius, y - radius, x + radius, y + radius), outline=RED, width=5)
        star = [
            (x + length * math.sin(turn), y - length * math.cos(turn))
            for step in range(10)
            for length, turn in [(radius * (0.3 if step % 2 == 0 else 0.125), step * math.pi / 5)]
        ]
        self.pen.polygon(star, fill=RED)
        size = int(min(22, radius * 3.6 / max(6, len(office))))
        spread = min(math.pi * 1.5, len(office) * size * 1.25 / (radius * 0.74))
        for at, letter in enumerate(office):
            turn = (at + 0.5) / len(office) * spread - spread / 2
            self._turned(letter, size, x + radius * 0.75 * math.sin(turn), y - radius * 0.75 * math.cos(turn), turn)
        self.mark(key, x - radius, y - radius, x + radius, y + radius, 3)

    def _turned(self, letter: str, size: int, x: float, y: float, turn: float) -> None:
        tile = Image.new("L", (size * 2, size * 2), 0)
        ImageDraw.Draw(tile).text((size, size), letter, font=font(size, True), fill=255, anchor="mm")
        tile = tile.rotate(-math.degrees(turn), resample=Image.Resampling.BICUBIC)
        self.image.paste(Image.new("RGB", tile.size, RED), (round(x - size), round(y - size)), tile)

    def photo(self, key: str, x: float, y: float, width: float = 150, ground: tuple[int, int, int] = (226, 234, 246)) -> None:  # fmt: skip
        """Nobody's face: a head and shoulders."""
        height = width * 1.3
        self.pen.rectangle((x, y, x + width, y + height), fill=ground, outline=LINE, width=2)
        middle, skin = x + width / 2, (176, 184, 198)
        self.pen.ellipse((middle - width * 0.2, y + height * 0.18, middle + width * 0.2, y + height * 0.54), fill=skin)
        self.pen.pieslice((middle - width * 0.38, y + height * 0.6, middle + width * 0.38, y + height * 1.38), 180, 360, fill=skin)  # fmt: skip
        self.mark(key, x, y, x + width, y + height, 3)

    def signature(self, key: str, label: str, name: str, x: float, y: float) -> None:
        """A handwritten-looking masked name on a line."""
        right = self.text(x, y, label, 19, GREY)[2]
        self.pen.line((right + 6, y + 30, right + 150, y + 30), fill=LINE, width=2)
        self.text(right + 26, y - 4, name, 24, BLUE, bold=True)
        self.mark(key, right + 6, y - 6, right + 150, y + 34)

    def trim(self, margin: float = 70) -> None:
        """Cut off the empty end of the sheet."""
        lowest = max(y + h for _, y, _, h in self.places.values()) * self.height
        height = round(min(self.height, lowest + margin))
        grown = self.height / height
        self.image, self.height = self.image.crop((0, 0, self.width, height)), height
        self.places = {
            key: [x, round(y * grown, 4), w, round(h * grown, 4)] for key, (x, y, w, h) in self.places.items()
        }

    def watermark(self, words: str = "样例") -> None:
        layer = Image.new("L", self.image.size, 0)
        pen = ImageDraw.Draw(layer)
        face = font(64, True)
        for y in range(40, self.height + 200, 210):
            for x in range(-60, self.width + 200, 300):
                pen.text((x + (y // 210 % 2) * 150, y), words, font=face, fill=30)
        layer = layer.rotate(24, resample=Image.Resampling.BICUBIC)
        self.image.paste(Image.new("RGB", self.image.size, (90, 100, 130)), (0, 0), layer)

    def save(self, folder: Path, name: str) -> None:
        self.watermark()
        small = self.image.quantize(48, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        small.save(folder / f"{name}.png", optimize=True)


def _wrapped(words: str, face: ImageFont.FreeTypeFont, most: float) -> list[str]:
    return list(_rows(words, face, most))


def _rows(words: str, face: ImageFont.FreeTypeFont, most: float) -> Iterator[str]:
    for piece in words.split("\n"):
        row = ""
        for letter in piece:
            if row and letter not in "。，、；：）”" and face.getlength(row + letter) > most:
                yield row
                row = ""
            row += letter
        yield row
