"""The guide of one's situation as a sheet of paper; beside `guide`, which gives it to screens."""

from __future__ import annotations

from server.domain.catalogue.model import FORM_WORDS, KIND_WORDS, Form, ItemVersion, Material
from server.domain.catalogue.situations import Answers, materials_of, walk
from server.domain.guide_sheet import GuideSheet, ThingToBring
from server.domain.units import local
from server.journey.catalogue.guide import in_force
from server.store.transaction import Tx


def sheet_of(rx: Tx, item_id: str, answers: Answers, english: bool = False) -> GuideSheet:
    """`english`: with English names beside the Chinese, which clerks and offices read. Raises ItemNotPublished, AnswerUnknown. Before the last question it holds the list as far as it is known."""
    row, rules = in_force(rx, item_id), rx.rules
    item = row.item
    way = walk(item, answers)
    leaf = way.situation if len(item.situations) > 1 else None
    return sheet_made(
        rx,
        name=(item.name, item.name_en if english else ""),
        situation=beside(leaf.name, leaf.name_en, english) if leaf else "",
        facts=_facts(item, sorted(rules.item_windows.get(item_id, ()))),
        answered=answered_words(item, way.answered, answers, english=english),
        bring=tuple(thing(one, english=english) for one in materials_of(item, way.materials)),
        link=f"{rx.link_base}/g/{item_id}",
    )


def sheet_made(
    rx: Tx,
    *,
    name: tuple[str, str],
    facts: tuple[tuple[str, str], ...],
    answered: tuple[tuple[str, str], ...],
    bring: tuple[ThingToBring, ...],
    link: str,
    situation: str = "",
) -> GuideSheet:
    """A sheet with this hall's head and the time of now."""
    hall = rx.rules.file.hall
    printed = f"{local(rx.now, rx.rules.zone):%Y-%m-%d %H:%M}"
    return GuideSheet(hall.name, hall.name_en, *name, situation, facts, answered, bring, link, printed)


def _facts(item: ItemVersion, windows: list[int]) -> tuple[tuple[str, str], ...]:
    fee = f"{item.fee.yuan:g}元" if item.fee.yuan else "不收费"
    facts = [("类型", KIND_WORDS[item.kind][0]), ("办理期限", days_words(item.promised_days)), ("收费", fee)]
    if windows:
        facts.append(("窗口", "、".join(str(one) for one in windows[:8]) + ("等" if len(windows) > 8 else "")))
    return tuple(facts)


def days_words(days: int) -> str:
    """Working days as the hall says them."""
    return f"{days}个工作日" if days else "当场办结"


def beside(zh: str, en: str, english: bool) -> str:
    """The English after the Chinese, where it is wanted and there is any."""
    return f"{zh} {en}" if english and en else zh


def answered_words(
    item: ItemVersion, asked: tuple[str, ...], answers: Answers, *, english: bool = False
) -> tuple[tuple[str, str], ...]:
    questions = {one.id: one for one in item.questions}
    found = []
    for key in asked:
        one = questions[key]
        texts = [beside(each.text, each.text_en, english) for each in one.options if each.id in answers[key]]
        found.append((beside(one.text, one.text_en, english), "、".join(texts) or beside("都没有", "none", english)))
    return tuple(found)


def thing(material: Material, wanted_by: str = "", *, english: bool = False) -> ThingToBring:
    """`wanted_by`: a last line of its own words, of a bundle the items that ask for it."""
    shown = material.form == Form.VERIFIED_COPY
    what = f"带上原件，交复印件 {material.copies}份" if shown else f"{FORM_WORDS[material.form][0]} {material.copies}份"
    if material.deferrable:
        what += "（可后补）"
    name = beside(material.name, material.name_en, english)
    return ThingToBring(name, what, material.source, "；".join(filter(None, (material.note, wanted_by))))
