"""Papers that look like each other: forms filled in, contracts, certificates of an office, reports; a floor plan."""

from __future__ import annotations

from collections.abc import Sequence

from cards import NAME, NUMBER
from paper import A4, BLUE, CARD, GREY, INK, LANDSCAPE, Cell, Paper

DAY = "2026年11月20日"


def form(title: str, rows: Sequence[Sequence[Cell]], promise: str) -> Paper:
    """A form as somebody should fill it in: rows, the promise, signature and date."""
    page = Paper(A4)
    page.title(title, 56, 30)
    below = page.table(130, rows)
    below = page.lines(60, below + 40, [promise], 19, key="promise")
    page.signature("signature", "申请人（签名）：", NAME, 340, below + 50)
    page.field("date", "日期：", DAY, 440, below + 115)
    return page


def proof(title: str, text: Sequence[tuple[str, str]], office: str, number: str = "") -> Paper:
    """What an office certifies: (field, sentence) one under another, its seal and the date."""
    page = Paper(A4)
    page.title(title, 80, 34)
    if number:
        page.text(700, 150, number, 18, GREY, key="paper-number", anchor="ra")
    below = 210.0
    for key, sentence in text:
        below = page.lines(80, below, [sentence], 21, key=key) + 14
    page.seal("seal", office, 570, below + 150, 88)
    page.field("date", "日期：", DAY, 430, below + 260)
    return page


def contract(title: str, rows: Sequence[Sequence[Cell]], sides: tuple[str, str], first: str = "李*") -> Paper:
    """The pages that matter of a contract, with both sides' signatures."""
    page = Paper(A4)
    page.title(title, 60, 32)
    below = page.table(140, rows)
    page.signature("signature-first", f"{sides[0]}（签章）：", first, 70, below + 90)
    page.signature("signature-second", f"{sides[1]}（签章）：", NAME, 400, below + 90)
    page.mark("signatures", 70, below + 80, 720, below + 130)
    page.field("date", "签订日期：", "2026年9月10日", 70, below + 180)
    return page


Room = tuple[str, int, int, int, int]
KITCHEN: list[Room] = [("粗加工间", 90, 120, 330, 330), ("切配间", 330, 120, 560, 330), ("烹饪间", 560, 120, 800, 330),
                       ("备餐间", 800, 120, 985, 330), ("餐具清洗消毒间", 90, 330, 330, 560), ("就餐区", 330, 330, 985, 560)]  # fmt: skip
SHOP: list[Room] = [("预包装食品区", 90, 120, 540, 340), ("散装熟食区（带防尘罩）", 540, 120, 985, 340),
                    ("冷藏柜", 90, 340, 330, 560), ("贮存间", 330, 340, 660, 560), ("收银台", 660, 340, 985, 560)]  # fmt: skip


def floor_plan(title: str, rooms: Sequence[Room], flow: bool) -> Paper:
    page = Paper(LANDSCAPE)
    page.title(title, 30, 30, key="title")
    for name, left, top, right, bottom in rooms:
        page.pen.rectangle((left, top, right, bottom), outline=INK, width=4)
        page.text((left + right) / 2, (top + bottom) / 2, name, 24, anchor="mm")
    page.mark("rooms", 90, 120, 985, 560)
    if flow:
        for left, right in ((230, 420), (470, 650), (710, 870)):
            page.pen.line((left, 285, right, 285), fill=BLUE, width=5)
            page.pen.polygon([(right, 275), (right + 18, 285), (right, 295)], fill=BLUE)
        page.mark("flow", 225, 270, 895, 300)
        page.mark("washing", 90, 330, 330, 560)
        page.text(110, 585, "蓝色箭头：食品加工流向（由生到熟，不交叉）", 20, BLUE)
    page.field("scale", "比例：", "1 : 100　总面积：86 ㎡", 110, 630, 20)
    page.signature("signature", "负责人：", NAME, 720, 625)
    return page


def photographs() -> Paper:
    page = Paper(CARD)
    page.title("1寸（22 mm × 32 mm）白底免冠彩色照片", 40, 28)
    for at in range(2):
        page.photo("photo", 260 + at * 220, 140, 160, (255, 255, 255))
    page.mark("ground", 262, 142, 418, 200, 0)
    page.text(450, 420, "近6个月拍摄，露双耳双眉，不戴饰物；背面写姓名", 22, GREY, anchor="ma", key="note")
    return page


def photo_receipt() -> Paper:
    page = Paper(CARD)
    page.title("出入境证件数码照片采集检测回执", 36, 30)
    page.photo("photo", 70, 120, 190, (255, 255, 255))
    for at, (key, label, value) in enumerate(
        [("name", "姓名", NAME), ("number", "身份证号", NUMBER), ("receipt-number", "回执编号", "3308002026*******"),
         ("taken", "拍摄日期", "2026-11-12（六个月内有效）"), ("result", "检测结果", "合格")]
    ):  # fmt: skip
        page.field(key, label, value, 320, 130 + at * 62, 24)
    page.text(320, 460, "||| || |||| | ||| || | |||| ||", 44, INK, key="barcode")
    return page


def marriage() -> Paper:
    page = Paper(CARD, (250, 238, 236))
    page.pen.rounded_rectangle((16, 16, 884, 554), 24, outline=(180, 60, 60), width=5)
    page.title("中华人民共和国结婚证", 40, 32, (170, 40, 44))
    for at, (key, label, value) in enumerate(
        [("holder", "持证人", NAME), ("registered", "登记日期", "2018年5月20日"), ("certificate-number", "结婚证字号", "J330802-2018-00****"),
         ("spouses", "姓名", f"{NAME}（{NUMBER}）"), ("spouses", "姓名", "王*（330802********5678）")]
    ):  # fmt: skip
        page.field(key, label, value, 60, 120 + at * 66, 24)
    page.photo("photo", 660, 110, 170)
    page.seal("seal", "衢州市柯城区民政局婚姻登记", 740, 440, 76)
    return page


def report(title: str, cover: Sequence[Cell], findings: Sequence[Cell], office: str, heading: str = "结　论") -> Paper:
    """A report's cover and its conclusion."""
    page = Paper(A4)
    page.title(title, 90, 32, key="title")
    below = page.table(200, [[cell] for cell in cover], height=62)
    page.title(heading, below + 40, 26)
    below = page.table(below + 95, [[cell] for cell in findings], height=62)
    page.seal("seal", office, 570, min(below + 110, 930), 84)
    page.field("date", "日期：", "2026年10月15日", 80, min(below + 110, 930))
    return page
