"""A case's paper as PDF, A4. The font is PDF's standard Chinese one (STSong): every reader has it, so none is shipped."""

from __future__ import annotations

import io
import secrets
from collections.abc import Callable
from xml.sax.saxutils import escape

from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib import textsplit
from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, KeepTogether, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from server.journey.cases.receipts import Paper

FONT = "STSong-Light"
INK, LINE = HexColor("#1a1a1a"), HexColor("#9a9a9a")
QR = 26 * mm
WIDE, CLOSE = 1.7, 1.4  # from line to line, in heights of a letter
MOST_ROWS, HALF_ROW = 12, 9.95
# reportlab knows which marks may not begin a line, but not these.
textsplit.ALL_CANNOT_START += "，；：！？》％"


def _style(name: str, size: float, spacing: float = WIDE, **more: object) -> ParagraphStyle:
    leading = size * spacing
    return ParagraphStyle(name, fontName=FONT, fontSize=size, leading=leading, textColor=INK, wordWrap="CJK", **more)


def draw(paper: Paper) -> bytes:
    """The whole file; its lines closer together where that spares a second page."""
    if FONT not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    wide, pages = _draw(paper, WIDE)
    if pages == 2:
        close, fewer = _draw(paper, CLOSE)
        if fewer == 1:
            return close
    return wide


def _draw(paper: Paper, spacing: float) -> tuple[bytes, int]:
    """The file and its pages."""
    out = io.BytesIO()
    margin = 25 * mm
    page = SimpleDocTemplate(
        out,
        pagesize=A4,
        leftMargin=margin,
        rightMargin=margin,
        topMargin=22 * mm,
        bottomMargin=18 * mm,
        title=f"{paper.title} {paper.number}",
        author=paper.office,
        # Opened by everybody, printed, never changed: 固化材料. Nobody knows the owner's password.
        encrypt=StandardEncryption("", secrets.token_hex(16), canModify=0, canAnnotate=0) if paper.fixed else None,
    )
    foot = _foot_line(paper.fixed) if paper.fixed else _nothing
    page.build(_story(paper, spacing), onFirstPage=foot, onLaterPages=foot)
    return out.getvalue(), page.page


def _nothing(canvas: Canvas, page: SimpleDocTemplate) -> None:
    """Most papers have no line under their pages."""


def _story(paper: Paper, spacing: float) -> list[Flowable]:
    title = _style("title", 20, alignment=TA_CENTER, spaceAfter=4)
    small = _style("small", 10.5, alignment=TA_CENTER, spaceAfter=14)
    body = _style("body", 12, spacing, firstLineIndent=24, spaceAfter=4)
    head = _style("head", 12, spacing, spaceBefore=6)
    item = _style("item", 12, spacing, leftIndent=24)
    story: list[Flowable] = [
        Paragraph(escape(paper.title), title),
        Paragraph(f"统一申报编码：{escape(paper.number)}", small),
        Paragraph(f"{escape(paper.to)}：", head),
        *(Paragraph(escape(text), body) for text in paper.paragraphs),
    ]
    if paper.facts:
        story += [Spacer(1, 6), _facts(paper.facts, spacing), Spacer(1, 6)]
    for heading, lines in paper.lists:
        story.append(Paragraph(f"{escape(heading)}：", head))
        story += [Paragraph(f"{number}. {escape(line)}", item) for number, line in enumerate(lines, 1)]
    end: list[Flowable] = [Spacer(1, 6), *(Paragraph(escape(text), body) for text in paper.closing)]
    # Who signs stands with the last words, never alone on a page.
    return [*story, *end] if paper.fixed else [*story, KeepTogether([*end, Spacer(1, 18), _foot(paper)])]


def _facts(facts: tuple[tuple[str, str], ...], spacing: float) -> Table:
    """One a row; many of them two a row, but for the long ones."""
    cell = _style("cell", 11, spacing)
    grid = [("GRID", (0, 0), (-1, -1), 0.5, LINE), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
    if len(facts) <= MOST_ROWS:
        rows = [[Paragraph(escape(text), cell) for text in fact] for fact in facts]
        return Table(rows, colWidths=[45 * mm, 115 * mm], style=TableStyle(grid))
    lines: list[list[str]] = []
    for name, value in facts:
        if _short(value) and lines and len(lines[-1]) == 2 and _short(lines[-1][1]):
            lines[-1] += [name, value]
        else:
            lines.append([name, value])
    spans = [("SPAN", (1, at), (3, at)) for at, line in enumerate(lines) if len(line) == 2]
    rows = [[Paragraph(escape(text), cell) for text in line] + [""] * (4 - len(line)) for line in lines]
    return Table(rows, colWidths=[37 * mm, 43 * mm, 37 * mm, 43 * mm], style=TableStyle(grid + spans))


def _short(value: str) -> bool:
    """Whether it fits into half a row; letters and digits are half as wide."""
    return sum(1 if ord(letter) > 255 else 0.55 for letter in value) <= HALF_ROW


def _foot_line(text: str) -> Callable[[Canvas, SimpleDocTemplate], None]:
    """Under every page, so that a page of another paper is not put between."""

    def drawn(canvas: Canvas, page: SimpleDocTemplate) -> None:
        canvas.setFont(FONT, 9)
        canvas.setFillColor(INK)
        canvas.drawCentredString(A4[0] / 2, 11 * mm, f"{text}　第 {page.page} 页")

    return drawn


def _foot(paper: Paper) -> Table:
    """The way to the case's page, and who signs when."""
    right, small = _style("sign", 12, alignment=TA_RIGHT), _style("scan", 9)
    code = QrCodeWidget(paper.link)
    left, bottom, width, height = code.getBounds()
    picture = Drawing(QR, QR, transform=[QR / (width - left), 0, 0, QR / (height - bottom), 0, 0])
    picture.add(code)
    sign = [Paragraph(escape(paper.office), right), Paragraph(escape(paper.day), right)]
    table = Table([[[picture, Paragraph("扫码查询进度", small)], sign]], colWidths=[60 * mm, 100 * mm])
    table.setStyle(TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 0)]))
    return table
