"""The slip as a black-and-white picture: 8 dots a millimetre, 576 wide on 80 mm paper and 384 on 58 mm.

For old eyes: digits over 20 mm high, words of 3 mm and more, black on white. One column, most important first.
"""

from __future__ import annotations

from dataclasses import dataclass

from PIL import Image, ImageDraw

from kiosk.printer import setting
from kiosk.printer.fonts import Font, font, of_height
from server.domain.slip import Slip

DOTS = {80: 576, 58: 384}
NUMBER_DOTS = 168  # 21 mm
LONGEST = 3200  # dots
BLACK, WHITE = 0, 255
MASK = 3  # of the QR code: every reader reads all eight, and trying them all takes longer than the slip
THRESHOLD = 150  # above the middle: thin strokes of small characters stay whole on thermal paper


@dataclass(frozen=True, slots=True)
class Sizes:
    """Sizes in dots for one width of paper."""

    hall: int
    label: int
    window: int
    fact: int
    body: int
    small: int
    module: int  # of the QR code


SIZES = {576: Sizes(36, 26, 42, 60, 32, 24, 7), 384: Sizes(32, 24, 36, 46, 30, 24, 7)}


class Page:
    """A strip of paper, filled from the top."""

    def __init__(self, width: int) -> None:
        self.width = width
        self.size = SIZES[width]
        self.image = Image.new("L", (width, LONGEST), WHITE)
        self.pen = ImageDraw.Draw(self.image)
        self.y = 8

    def space(self, dots: int) -> None:
        self.y += dots

    def rule(self) -> None:
        """A dotted line across."""
        for x in range(0, self.width, 12):
            self.pen.rectangle((x, self.y, x + 6, self.y + 1), fill=BLACK)
        self.y += 2

    def centred(self, text: str, face: Font, fill: int = BLACK, leading: float = 1.3) -> None:
        for line in setting.lines(text, face, self.width):
            x = (self.width - setting.width_of(line, face)) // 2
            self.line(x, line, face, fill, leading)

    def line(self, x: int, text: str, face: Font, fill: int = BLACK, leading: float = 1.3) -> None:
        height = round(face.size * leading)
        self.pen.text((x, self.y + height // 2), text, font=face, fill=fill, anchor="lm")
        self.y += height

    def block(self, x: int, text: str, face: Font, leading: float = 1.3) -> None:
        """Lines from `x` to the right edge."""
        for line in setting.lines(text, face, self.width - x):
            self.line(x, line, face, leading=leading)

    def done(self) -> Image.Image:
        """The strip cut to what is on it, each dot black or white."""
        cut = self.image.crop((0, 0, self.width, min(self.y + 8, LONGEST)))
        return cut.point(lambda grey: WHITE if grey > THRESHOLD else BLACK).convert("1")


def draw(slip: Slip, width_mm: int) -> Image.Image:
    """The slip for paper of 80 or 58 mm. Takes some 40 ms of one processor: run it off the loop. Raises NoFont."""
    page = Page(DOTS[width_mm])
    _head(page, slip)
    _window(page, slip)
    _facts(page, slip)
    page.space(14)
    page.rule()
    _errand(page, slip)
    _foot(page, slip)
    return page.done()


def _head(page: Page, slip: Slip) -> None:
    size = page.size
    page.centred(slip.hall, font("Bold", size.hall))
    page.centred(slip.hall_en, font("Regular", size.small - 2), leading=1.2)
    page.space(10)
    page.rule()
    page.space(8)
    page.centred("您的号码  Your number", font("Medium", size.label))
    page.space(10)
    _number(page, slip.number)
    if slip.priority:
        page.space(14)
        page.centred(f"绿色通道 · {slip.priority}", font("Bold", size.body))
    page.space(18)


def _number(page: Page, number: str) -> None:
    """As high as promised on any paper: where it would be too wide it is made narrower, not smaller."""
    face = of_height("Bold", NUMBER_DOTS)
    left, top, right, bottom = face.getbbox(number)
    glyphs = Image.new("L", (round(right - left), round(bottom - top)), WHITE)
    ImageDraw.Draw(glyphs).text((-left, -top), number, font=face, fill=BLACK)
    if glyphs.width > page.width - 16:
        glyphs = glyphs.resize((page.width - 16, glyphs.height), Image.Resampling.LANCZOS)
    page.image.paste(glyphs, ((page.width - glyphs.width) // 2, page.y))
    page.space(glyphs.height)


def _window(page: Page, slip: Slip) -> None:
    """White on black: where to go."""
    size = page.size
    zh, en = font("Bold", size.window), font("Regular", size.small - 2)
    inside = page.width - 24
    rows = setting.lines(slip.window, zh, inside)
    words = setting.lines(slip.window_en, en, inside)
    height = round(len(rows) * zh.size * 1.3 + len(words) * en.size * 1.25) + 20
    page.pen.rounded_rectangle((0, page.y, page.width - 1, page.y + height), 12, fill=BLACK)
    page.space(10)
    for face, some, leading in ((zh, rows, 1.3), (en, words, 1.25)):
        for row in some:
            page.line((page.width - setting.width_of(row, face)) // 2, row, face, WHITE, leading)
    page.space(12)


def _facts(page: Page, slip: Slip) -> None:
    """People ahead and minutes, side by side; nothing once the number was called."""
    if slip.ahead is None:
        return
    page.space(16)
    half, top, bottom = page.width // 2, page.y, page.y
    for x, value, label in ((0, f"{slip.ahead} 人", "前面人数 ahead"), (half, slip.wait, "预计等候 expected")):
        page.y = top
        face = _fitting(value, page.size.fact, half - 14)
        page.space((page.size.fact - round(face.size)) // 2)
        page.line(x + (half - setting.width_of(value, face)) // 2, value, face, leading=1.25)
        page.y = top + round(page.size.fact * 1.25)
        small = _fitting(label, page.size.small, half - 8, "Medium")
        page.line(x + (half - setting.width_of(label, small)) // 2, label, small)
        bottom = max(bottom, page.y)
    page.pen.line((half, top + 6, half, bottom - 4), fill=BLACK, width=2)
    page.y = bottom


def _fitting(text: str, size: int, width: int, weight: str = "Bold") -> Font:
    while setting.width_of(text, font(weight, size)) > width and size > 18:
        size -= 2
    return font(weight, size)


def _errand(page: Page, slip: Slip) -> None:
    body, bold, second = font("Medium", page.size.body), font("Bold", page.size.body), font("Regular", page.size.small)
    page.space(12)
    indent = setting.width_of("事项　", body)
    for label, text, english in (("板块", slip.section, slip.section_en), ("事项", slip.item, slip.item_en)):
        if text:
            page.pen.text((0, page.y + round(body.size * 1.3) // 2), label, font=body, fill=BLACK, anchor="lm")
            page.block(indent, text, bold)
            if english:
                page.block(indent, english, second, leading=1.2)
            page.space(6)
    if slip.bring:
        page.space(8)
        page.line(0, "请带好  Please bring", bold)
        page.space(4)
        for thing in slip.bring:
            _tick_box(page, thing, body)
    page.space(10)
    page.rule()


def _tick_box(page: Page, text: str, face: Font) -> None:
    side = round(face.size * 0.72)
    middle = page.y + round(face.size * 1.3) // 2
    page.pen.rectangle((4, middle - side // 2, 4 + side, middle + side // 2), outline=BLACK, width=2)
    page.block(side + 20, text, face)
    page.space(3)


def _foot(page: Page, slip: Slip) -> None:
    page.space(20)
    rows = [("手机扫码看进度", "Bold", page.size.body), ("Scan to follow your turn", "Regular", page.size.small - 4)]
    if slip.phone:
        rows += [("短信通知 SMS to", "Regular", page.size.small), (slip.phone, "Bold", page.size.body)]
    beside = page.width >= 500
    qr = qr_picture(slip.link, page.size.module)
    if beside:
        _beside(page, qr, [*rows, *_times(page, slip)])
    else:
        page.image.paste(qr, ((page.width - qr.width) // 2, page.y))
        page.space(qr.height + 14)
        for text, weight, size in (*rows, *_times(page, slip)):
            page.centred(text, font(weight, size))
    if slip.note:
        page.space(14)
        page.centred(slip.note, font("Medium", page.size.small))
    page.space(4)


def _times(page: Page, slip: Slip) -> list[tuple[str, str, int]]:
    small = page.size.small
    rows = [(f"取号 {slip.taken}", "Regular", small)]
    return [*rows, (f"补打 {slip.reprinted}", "Medium", small)] if slip.reprinted else rows


def _beside(page: Page, qr: Image.Image, rows: list[tuple[str, str, int]]) -> None:
    """The code on the left, its words in the middle of what is left."""
    x = 4 + qr.width + 28
    faces = [(text, _fitting(text, size, page.width - x, weight)) for text, weight, size in rows]
    height = sum(round(face.size * 1.45) for _, face in faces)
    top = page.y
    page.image.paste(qr, (4, top))
    page.space(max(0, (qr.height - height) // 2))
    for text, face in faces:
        page.line(x, text, face, leading=1.45)
    page.y = max(page.y, top + qr.height)


def qr_picture(text: str, module: int) -> Image.Image:
    """The code without its margin: paper is white around it."""
    import qrcode
    from qrcode.constants import ERROR_CORRECT_M

    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, box_size=1, border=0, mask_pattern=MASK)
    code.add_data(text)
    code.make(fit=True)
    rows = code.get_matrix()
    small = Image.new("L", (len(rows), len(rows)), WHITE)
    small.putdata([BLACK if dark else WHITE for row in rows for dark in row])
    return small.resize((len(rows) * module, len(rows) * module), Image.Resampling.NEAREST)
