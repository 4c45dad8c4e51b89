"""A slip as it comes out of the printer: decoded from the bytes it was sent, looked at like paper."""

from __future__ import annotations

import dataclasses

import pytest
import zxingcpp
from PIL import Image

from kiosk.printer import picture, setting
from kiosk.printer.device import look, print_job
from kiosk.printer.fonts import Font, font, of_height
from kiosk.printer.guide_picture import draw as draw_guide
from kiosk.printer.job import job
from server.domain.guide_sheet import GuideSheet
from server.domain.slip import Slip, things_to_bring
from tests.kiosk.conftest import MakePrinter

LINK = "http://127.0.0.1:8000/t/abcdefghjkmn"
SLIP = Slip(
    hall="衢州市行政服务中心（演示）",
    hall_en="Quzhou Government Service Center",
    number="C012",
    priority="老年人（70周岁以上）",
    window="预计11号窗口，以叫号为准",
    window_en="Probably window 11; the call decides",
    ahead=3,
    wait="约12分钟",
    section="不动产交易登记",
    section_en="Real estate registration",
    item="国有建设用地使用权及房屋所有权转移登记（二手房）",
    item_en="Transfer of state-owned land use and house ownership (second-hand home)",
    bring=("身份证", "不动产权证书", "房屋买卖合同（网签，一式三份）"),
    link=LINK,
    phone="138****5678",
    taken="2026-11-22 10:32",
    reprinted="",
    note="请留意屏幕和短信通知",
)
WIDTHS = [80, 58]
DARK = bytes(ord(" ") if grey else ord("#") for grey in range(256))


def printed(printer: MakePrinter, width: int, slip: Slip = SLIP) -> Image.Image:
    """The slip as the printer put it on paper."""
    one = printer()
    print_job(one.address, job(picture.draw(slip, width)))
    (paper,) = one.papers
    return paper.picture


def stamped(image: Image.Image, x: int, text: str, face: Font) -> bool:
    """Do exactly these glyphs stand on the paper, written from `x` on? Looked for dot by dot."""
    left, top, right, bottom = (round(edge) for edge in face.getbbox(text, anchor="lm"))
    page = picture.Page(image.width)
    page.pen.text((x, 60), text, font=face, fill=picture.BLACK, anchor="lm")
    glyphs = page.image.point(lambda grey: 255 if grey > picture.THRESHOLD else 0).convert("1")
    size = (right - left, bottom - top)
    wanted = glyphs.crop((x + left, 60 + top, x + right, 60 + bottom)).tobytes()
    found = (image.crop((x + left, y, x + left + size[0], y + size[1])) for y in range(image.height - size[1]))
    return any(one.tobytes() == wanted for one in found)


@pytest.mark.parametrize("width", WIDTHS)
def test_the_paper_shows_what_was_drawn_dot_by_dot_and_is_cut_off(printer: MakePrinter, width: int) -> None:
    one = printer()
    drawn = picture.draw(SLIP, width)
    print_job(one.address, job(drawn))
    (paper,) = one.papers
    assert paper.picture.size == (picture.DOTS[width], drawn.height)
    assert paper.picture.tobytes() == drawn.tobytes()
    assert paper.cut and paper.fed >= 4
    assert len(paper.strips) > 3 and all(strip.height <= 256 for strip in paper.strips)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_phone_reads_the_citizens_page_from_the_paper(printer: MakePrinter, width: int) -> None:
    (found,) = zxingcpp.read_barcodes(printed(printer, width).convert("L"))
    assert found.text == LINK


@pytest.mark.parametrize("width", WIDTHS)
def test_the_number_is_over_twenty_millimetres_high(printer: MakePrinter, width: int) -> None:
    """The rows where the number stands are the longest run of rows without a white one."""
    image = printed(printer, width)
    rows = image.convert("L")
    dark = b"".join(b"#" if 0 in rows.crop((0, y, image.width // 2, y + 1)).tobytes() else b" " for y in range(700))
    longest = max(dark.split()[:6], key=len)
    top, height = dark.index(longest), len(longest)
    assert 160 <= height <= 190
    face = of_height("Bold", picture.NUMBER_DOTS)
    box = face.getbbox(SLIP.number)
    alone = Image.new("L", (round(box[2] - box[0]), round(box[3] - box[1])), 255)
    picture.ImageDraw.Draw(alone).text((-box[0], -box[1]), SLIP.number, font=face, fill=0)
    here = image.convert("L").crop((0, top, image.width, top + height)).resize((64, 24))
    margin = max(0, (image.width - alone.width) // 2)
    strip = Image.new("L", (image.width, alone.height), 255)
    strip.paste(alone.resize((image.width - 2 * max(margin, 8), alone.height)), (max(margin, 8), 0))
    same = sum(abs(a - b) < 96 for a, b in zip(here.tobytes(), strip.resize((64, 24)).tobytes(), strict=True))
    assert same > 0.97 * 64 * 24


def test_chinese_stands_on_the_paper_in_real_characters(printer: MakePrinter) -> None:
    image = printed(printer, 58)
    face = font("Medium", picture.SIZES[384].body)
    beside_its_box = round(face.size * 0.72) + 20
    assert stamped(image, beside_its_box, "不动产权证书", face)
    assert not stamped(image, beside_its_box, "不动户权证书", face)
    shapes = {bytes(face.getmask(character)) for character in "衢州市行政服务中心办窗口号码"}
    assert (
        len(shapes) == 14 and bytes(face.getmask("\U000e0fff")) not in shapes
    )  # none is the box for "no such character"


@pytest.mark.parametrize("width", WIDTHS)
def test_everything_a_slip_says_stands_on_the_paper(width: int) -> None:
    again = dataclasses.replace(SLIP, reprinted="10:59")
    other = {one.name: "二" for one in dataclasses.fields(Slip)} | {"ahead": 4, "bring": ("户口簿",)}
    slips = [again, *(dataclasses.replace(again, **{name: value}) for name, value in other.items())]  # type: ignore[arg-type]
    whole, *changed = ((paper.size, paper.tobytes()) for paper in (picture.draw(one, width) for one in slips))
    assert [name for name, paper in zip(other, changed, strict=True) if paper == whole] == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(
    "changed",
    [
        {"item": "农村宅基地使用权及房屋所有权首次登记暨不动产统一登记历史遗留问题处理专窗受理事项"},
        {"item": "", "bring": (), "phone": "", "priority": "", "note": ""},
        {"ahead": None, "wait": "", "window": "请到3号窗口", "reprinted": "10:59"},
        {"hall": "中国（浙江）自由贸易试验区某某片区综合行政服务中心政务服务大厅", "note": "W" * 60},
        {"wait": "约1.5小时", "ahead": 128, "bring": things_to_bring("甲" * 119)},
    ],
)
def test_nothing_is_cut_off_however_long_the_words(changed: dict[str, object], width: int) -> None:
    image = picture.draw(dataclasses.replace(SLIP, **changed), width)  # type: ignore[arg-type]
    edge = image.crop((image.width - 1, 0, image.width, image.height)).convert("L").tobytes()
    touching = [run for run in edge.translate(DARK).split() if len(run) > 2]
    assert len(touching) == 1  # the black band alone reaches the edge
    assert image.height < picture.LONGEST
    assert zxingcpp.read_barcodes(image.convert("L"))[0].text == LINK


def test_lines_break_where_chinese_may_break() -> None:
    face = font("Bold", 30)
    for text in ("请携带居民身份证（原件），以及户口簿、结婚证。", "办理 2026-11-22 的房屋买卖合同（网签）备案"):
        broken = setting.lines(text, face, 210)
        assert len(broken) > 1
        assert all(line[0] not in "，。、；：）" and line[-1] not in "（《" for line in broken)
        assert "".join(broken).replace(" ", "") == text.replace(" ", "")
        assert max(setting.width_of(line, face) for line in broken) <= 210
    assert "2026-11-22" in " ".join(setting.lines("取号 2026-11-22", face, 210))
    assert setting.lines("预计11号窗口，以叫号为准", face, 260) == ["预计11号窗口，", "以叫号为准"]


def test_what_to_bring_is_a_list_and_commas_in_brackets_stay() -> None:
    assert things_to_bring("身份证、户口簿（首页、本人页）；照片1张。") == (
        "身份证",
        "户口簿（首页、本人页）",
        "照片1张",
    )
    assert things_to_bring("") == ()


def test_a_printer_tells_how_it_stands_without_printing(printer: MakePrinter) -> None:
    one = printer("little_paper")
    now = look(one.address)
    assert (now.answers, now.little_paper, now.trouble) == (True, True, None)
    assert one.papers == []


def test_a_list_of_what_to_bring_in_english_says_the_items_english_name_too() -> None:
    lists = [
        GuideSheet("大厅", "Hall", "普通货物运输经营许可", english, "", (), (), (), "http://a/g/x", "2026-11-22 10:00")
        for english in ("", "Freight permit")
    ]
    chinese, both = (draw_guide(sheet, 80).height for sheet in lists)
    assert both > chinese
