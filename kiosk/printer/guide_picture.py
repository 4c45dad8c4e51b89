"""What to bring, as a black-and-white picture for the slip printer: boxes to tick at home, most important first."""

from __future__ import annotations

from PIL import Image

from kiosk.printer import setting
from kiosk.printer.fonts import font
from kiosk.printer.picture import BLACK, DOTS, Page, qr_picture
from server.domain.guide_sheet import GuideSheet, ThingToBring


def draw(sheet: GuideSheet, width_mm: int) -> Image.Image:
    """The sheet for paper of 80 or 58 mm. Run it off the loop. Raises NoFont."""
    page = Page(DOTS[width_mm])
    size = page.size
    page.centred(sheet.hall, font("Bold", size.body))
    page.centred("办事清单  What to bring", font("Medium", size.label))
    page.space(8)
    page.rule()
    page.space(10)
    page.centred(sheet.item, font("Bold", size.hall))
    if sheet.item_en:
        page.centred(sheet.item_en, font("Medium", size.body))
    if sheet.situation:
        page.centred(sheet.situation, font("Medium", size.body))
    page.space(8)
    _rows(page, sheet)
    page.rule()
    page.space(10)
    page.line(0, f"请带好 {len(sheet.bring)} 样", font("Bold", size.hall))
    page.space(6)
    for thing in sheet.bring:
        _thing(page, thing)
    page.rule()
    _foot(page, sheet)
    return page.done()


def _rows(page: Page, sheet: GuideSheet) -> None:
    body, bold = font("Medium", page.size.small + 2), font("Bold", page.size.small + 2)
    for label, text in sheet.facts:
        indent = setting.width_of(f"{label}　", body)
        page.pen.text((0, page.y + round(body.size * 1.3) // 2), label, font=body, fill=BLACK, anchor="lm")
        page.block(indent, text, bold)
    for question, answer in sheet.answered:
        page.block(0, f"{question} {answer}", body)
    page.space(8)


def _thing(page: Page, thing: ThingToBring) -> None:
    name, small = font("Bold", page.size.body), font("Regular", page.size.small)
    side = round(name.size * 0.8)
    middle = page.y + round(name.size * 1.3) // 2
    page.pen.rectangle((4, middle - side // 2, 4 + side, middle + side // 2), outline=BLACK, width=3)
    left = side + 22
    page.block(left, thing.name, name)
    page.block(left, thing.what, font("Medium", page.size.small + 2))
    for text in (f"来源：{thing.source}" if thing.source else "", thing.note):
        if text:
            page.block(left, text, small)
    page.space(10)


def _foot(page: Page, sheet: GuideSheet) -> None:
    page.space(16)
    qr = qr_picture(sheet.link, page.size.module)
    words = [
        ("手机扫码看样例、下空表", "Bold"),
        ("Scan for samples and forms", "Regular"),
        (f"打印 {sheet.printed}", "Regular"),
    ]
    top, x = page.y, 4 + qr.width + 24
    beside = page.width - x >= 240
    page.image.paste(qr, (4 if beside else (page.width - qr.width) // 2, top))
    if not beside:
        page.space(qr.height + 12)
    else:
        page.space(24)
    for text, weight in words:
        face = font(weight, page.size.small)
        if beside:
            page.block(x, text, face, leading=1.45)
        else:
            page.centred(text, face)
    page.y = max(page.y, top + qr.height) if beside else page.y
    page.space(4)
