"""The demo hall's worked-out items: sound to the last checkpoint, and every mark on its picture where something is."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest
from PIL import Image

from config.hall_file import load_hall
from server.domain.catalogue.checking import require_sound
from server.domain.catalogue.model import Checkpoint, ItemVersion, Kind, Material
from server.domain.catalogue.situations import paths, walk
from server.domain.codes import is_national, national_fault
from server.imports.assembling import Catalogue, Incoming, assemble
from server.imports.reading import read

DEMO = Path(__file__).parents[2] / "config/demo"
FOLDER = DEMO / "catalogue"
FILES = sorted(FOLDER.glob("*.json"))
NEW = {"invoice-collect", "birth-registration"}
"""Items that the hall file does not have: publishing brings them into the hall."""


def read_all() -> list[Catalogue]:
    return [assemble(read(path)) for path in FILES]


ITEMS: list[Incoming] = [item for one in read_all() for item in one.items]
BY_ID = {item.id: item.version for item in ITEMS}
MATERIALS: list[Material] = [material for item in ITEMS for material in item.version.materials]


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.id)
def test_each_item_can_be_published(item: Incoming) -> None:
    require_sound(item.version)
    assert item.version.basis and item.version.conditions and item.version.result and item.version.refusal_reasons
    assert is_national(item.code) and national_fault(item.code) is None


def test_there_are_a_dozen_and_more_of_every_kind_and_they_are_the_halls_items() -> None:
    assert len(ITEMS) >= 12 and [one.problems for one in read_all()] == [[] for _ in FILES]
    assert {item.version.kind for item in ITEMS} == set(Kind)
    hall = load_hall(DEMO)
    known = {one.id: one for one in hall.items}
    for item in ITEMS:
        assert item.version.section in {section.id for section in hall.sections}
        if item.id not in NEW:
            own = known[item.id]
            assert (own.name, own.department, own.section) == (
                item.version.name,
                item.version.department,
                item.version.section,
            )
    assert not NEW & known.keys()


def test_the_loan_asks_for_the_eight_materials_of_the_guide_of_2018_in_its_order() -> None:
    loan = BY_ID["fund-loan"]
    rows = [(loan.material(key), key) for key in loan.always]
    assert [one.name for one, _ in rows if one] == [
        "户口本", "身份证", "银行卡", "个人征信报告", "收入证明", "中华人民共和国不动产权证书", "浙江省增值税普通发票",
        "中华人民共和国税收缴款书(税务收现专用)",
    ]  # fmt: skip
    forms = ["verified_copy", "verified_copy", "copy", "original", "original", *["verified_copy"] * 3]
    assert [one.form for one, _ in rows if one] == forms
    assert all(one and one.copies == 1 and one.medium == "paper" and not one.deferrable for one, _ in rows)


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.id)
def test_whoever_reads_english_reads_every_question_answer_situation_and_material(item: Incoming) -> None:
    body = item.version
    texts = [body.name_en, *(one.name_en for one in (*body.situations, *body.materials))]
    for question in body.questions:
        texts += [question.text_en, *(one.text_en for one in question.options)]
    assert all(texts) and all(text.isascii() for text in texts)


def test_an_identity_card_has_its_four_checkpoints() -> None:
    card = BY_ID["fund-loan"].material("id-card")
    assert card and [point.text for point in card.checkpoints] == [
        "核对姓名是否跟申请表的一致",
        "核对身份证号码是否跟申请表的一致",
        "核对照片是否为本人",
        "检查身份证是否在有效期限内",
    ]
    assert all(point.mark for point in card.checkpoints)


def test_a_business_is_opened_by_the_questions_of_the_guides_screenshot() -> None:
    item = BY_ID["individual-new"]
    asked = {question.text for question in item.questions} | {
        option.text for question in item.questions for option in question.options
    }
    for text in (
        "买了房子还没有办房产证", "经营场所是否是住宅改为商用？", "要登记的地址已经被注册过了", "申请登记为家庭经营",
        "已经经过名称核准", "委托他人办理",
    ):  # fmt: skip
        assert text in asked
    assert {question.kind for question in item.questions} == {"single", "condition", "multiple"}
    done = walk(item, {"place": ["no-deed"], "housing": ["no"], "more": ["name"]})
    assert done.situation and set(done.materials) == {"form", "id-card", "new-home-contract", "name-notice"}


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.id)
def test_every_sample_is_there_and_every_mark_is_a_field_of_it_with_something_to_see(item: Incoming) -> None:
    index = json.loads((FOLDER / "samples/index.json").read_text("utf-8"))
    marked = 0
    for material in item.version.materials:
        assert material.sample, f"{material.name} has no sample"
        with Image.open(FOLDER / "samples" / material.sample) as picture:
            grey = picture.convert("L")
        for point in material.checkpoints:
            marked += bool(point.mark)
            assert point.mark is None or seen(grey, point), f"{material.name}: {point.text}"
            assert point.mark is None or list(point.mark.model_dump().values()) in index[material.sample].values()
    total = sum(len(material.checkpoints) for material in item.version.materials)
    assert marked >= total - 2, "nearly every checkpoint is shown on the sample"


def seen(picture: Image.Image, point: Checkpoint) -> bool:
    """Is there dark ink inside the mark?"""
    assert point.mark
    left, top = point.mark.x * picture.width, point.mark.y * picture.height
    box = (left, top, left + point.mark.width * picture.width, top + point.mark.height * picture.height)
    low, high = picture.crop(tuple(round(edge) for edge in box)).getextrema()
    return int(high) - int(low) > 60  # type: ignore[arg-type]


def test_every_blank_form_is_a_pdf_that_is_there_and_nothing_lies_about_unused() -> None:
    for kind, folder in (("blank", "blanks"), ("sample", "samples")):
        named = {getattr(material, kind) for material in MATERIALS} - {""}
        there = {path.name for path in (FOLDER / folder).iterdir() if path.suffix != ".json"}
        assert named == there, folder
    assert all(path.read_bytes()[:5] == b"%PDF-" for path in (FOLDER / "blanks").iterdir())


def test_nobody_in_the_samples_is_a_person() -> None:
    source = "".join(path.read_text("utf-8") for path in sorted((FOLDER / "drawing").glob("*.py")))
    digits = re.findall(r"\d{17}[\dX]", source)
    assert digits == [], "identity numbers are masked"
    assert re.findall(r"1[3-9]\d{9}", source) == [], "so are phones"
    (constants,) = re.findall(r'^NAME, NUMBER, ADDRESS = "(.*)", "(.*)", "(.*)"', source, re.M)
    written = re.findall(r'姓名", f?"([^"]+)"|(?:姓名|母亲|父亲|医师)：([^　"（]+)', source)
    people = [one or other for one, other in written]
    assert all("*" in one for one in constants)
    assert people and all("*" in one or "{NAME}" in one for one in people), "and names"
    assert "样例" in source


def test_opening_a_small_restaurant_is_three_items_at_once() -> None:
    [bundle] = [bundle for one in read_all() for bundle in one.bundles]
    assert bundle.name == "开一家小餐馆" and bundle.items == (
        "individual-new", "food-licence-new", "public-place-hygiene",
    )  # fmt: skip
    assert set(bundle.items) <= BY_ID.keys()


def test_each_way_through_each_item_ends_in_a_list() -> None:
    ways = {item.id: list(paths(item.version)) for item in ITEMS}
    assert all(found and all(way.materials for way in found) for found in ways.values())
    assert len(ways["freight-permit"]) >= 10, "by who applies, for what, and whether somebody else brings it"


def test_joint_departments_and_ids_are_of_the_demo() -> None:
    with (DEMO / "items.csv").open(encoding="utf-8") as file:
        departments = {row["department"] for row in csv.DictReader(file)}
    assert {
        name for item in ITEMS for name in [item.version.department, *item.version.joint_departments]
    } <= departments
    assert isinstance(BY_ID["eia-report"], ItemVersion) and BY_ID["eia-report"].joint_departments
