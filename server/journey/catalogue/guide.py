"""What citizens and clerks are shown of the catalogue: the tree, search, questions, the exact list, a page to print."""

from __future__ import annotations

import functools
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from urllib.parse import quote

from server.domain.catalogue.frequency import FREQUENCY_WORDS, Frequency, frequencies
from server.domain.catalogue.model import (
    FORM_WORDS,
    KIND_WORDS,
    MEDIUM_WORDS,
    ItemVersion,
    Material,
    Question,
    Situation,
)
from server.domain.catalogue.situations import Answers, Walk, materials_of, walk
from server.domain.search import search_items
from server.domain.slip import things_to_bring
from server.domain.units import HOUR, iso
from server.store.catalogue_rows import ItemNotPublished, Node, VersionRow
from server.store.transaction import Tx

Json = dict[str, Any]
Find = Callable[[str], Node | None]
YEAR = 365 * 24 * HOUR
FOUND = 60
FILES = "/api/v1/catalogue/items"


def year_frequencies(rx: Tx) -> tuple[dict[str, int], dict[str, Frequency]]:
    """Cases of the last 365 days by item in force, and each item's class."""
    volumes = rx.catalogue.volumes(rx.now - YEAR)
    counted = {item: volumes.get(item, 0) for item in rx.rules.versions}
    return counted, frequencies(counted)


def often(rx: Tx) -> dict[str, Frequency]:
    """Each item's class, counted once a day."""
    kept: dict[str, Frequency] | None = rx.rules.once_a_day.get("frequencies")
    if kept is None:
        kept = rx.rules.once_a_day["frequencies"] = year_frequencies(rx)[1]
    return kept


def written(rx: Tx) -> set[str]:
    """Items whose department has written a list of materials, looked through once a day; the others are names alone."""
    kept: set[str] | None = rx.rules.once_a_day.get("written")
    if kept is None:
        versions = rx.rules.versions.items()
        kept = {item for item, version in versions if rx.catalogue.row(item, version).item.materials}
        rx.rules.once_a_day["written"] = kept
    return kept


def node_json(node: Node, frequency: Frequency | None = None) -> Json:
    return {
        "id": node.id,
        "parent": node.parent,
        "level": node.level,
        "name": node.name,
        "name_en": node.name_en,
        "code": node.code,
        "department": node.department,
        "is_item": node.is_item,
        "frequency": str(frequency) if frequency else None,
    }


def tree_view(rx: Tx) -> Json:
    """The items in force, and the folders above them."""
    nodes = {node.id: node for node in rx.catalogue.nodes()}
    classes = often(rx)
    shown: set[str] = set()
    for item in rx.rules.versions:
        at = item
        while at in nodes and at not in shown:
            shown.add(at)
            at = nodes[at].parent
    return {"nodes": [node_json(node, classes.get(node.id)) for node in nodes.values() if node.id in shown]}


def search_view(rx: Tx, text: str, section: str | None, department: str | None, applicant: str | None) -> Json:
    """Items in force by words or pinyin initials, the best first."""
    pool = [
        item
        for item in rx.rules.file.items
        if item.id in rx.rules.versions and section in (None, item.section) and department in (None, item.department)
    ]
    node = functools.cache(rx.catalogue.find_node)
    classes = often(rx)
    if not text.strip():  # looking around: what has a list comes first
        have = written(rx)
        pool.sort(key=lambda item: item.id not in have)
    found: list[Json] = []
    for item in search_items(pool, text, len(pool)):
        row = rx.catalogue.row(item.id, rx.rules.versions[item.id])
        if applicant is None or applicant in row.item.applicants:
            found.append(_brief(row, node, classes.get(item.id)))
        if len(found) == FOUND:
            break
    return {"items": found}


def _brief(row: VersionRow, find: Find, frequency: Frequency | None) -> Json:
    item, node = row.item, find(row.item_id)
    kind_zh, kind_en = KIND_WORDS[item.kind]
    return {
        "id": row.item_id,
        "name": item.name,
        "name_en": item.name_en,
        "code": node.code if node else "",
        "department": item.department,
        "section": item.section,
        "kind": str(item.kind),
        "kind_zh": kind_zh,
        "kind_en": kind_en,
        "legal_days": item.legal_days,
        "promised_days": item.promised_days,
        "fee": {"yuan": item.fee.yuan, "basis": item.fee.basis},
        "applicants": [str(one) for one in item.applicants],
        "version": row.version,
        "frequency": str(frequency) if frequency else None,
        "path": _path(node, find),
        "asks": len(item.questions),
        "things": len(item.materials),
    }


def _path(node: Node | None, find: Find) -> list[str]:
    names: list[str] = []
    while node is not None and node.parent:
        node = find(node.parent)
        if node is not None:
            names.insert(0, node.name)
    return names


def in_force(rx: Tx, item_id: str) -> VersionRow:
    """Raises ItemNotPublished."""
    row = rx.catalogue.find_in_force(item_id, rx.rules.day)
    if row is None:
        raise ItemNotPublished(item=item_id, day=rx.rules.day.isoformat())
    return row


def item_view(rx: Tx, item_id: str) -> Json:
    """Everything published of an item in force. Raises ItemNotPublished."""
    row = in_force(rx, item_id)
    item = row.item
    return {
        **_brief(row, rx.catalogue.find_node, often(rx).get(item_id)),
        **texts_json(item),
        "materials": [material_json(rx, item_id, one) for one in item.materials],
        "questions": [question_json(one) for one in item.questions],
        "situations": [situation_json(one) for one in item.situations],
        "effective_from": _day(row.effective_from),
        "effective_to": _day(row.effective_to),
    }


def texts_json(item: ItemVersion) -> Json:
    return {
        "minutes": item.minutes,
        "conditions": item.conditions,
        "guide": item.guide,
        "basis": item.basis,
        "result": item.result,
        "refusal_reasons": item.refusal_reasons,
        "joint_departments": item.joint_departments,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def item_name(rx: Tx, item_id: str) -> str:
    """As the hall or else the tree calls it; "" where nobody does."""
    known = rx.rules.items.get(item_id) or (rx.catalogue.find_node(item_id) if item_id else None)
    return known.name if known else ""


def material_json(rx: Tx, item_id: str, material: Material) -> Json:
    form, medium = FORM_WORDS[material.form], MEDIUM_WORDS[material.medium]
    return {
        **material.model_dump(mode="json"),
        "form_zh": form[0],
        "form_en": form[1],
        "medium_zh": medium[0],
        "medium_en": medium[1],
        "blank_url": file_url(item_id, material.blank),
        "sample_url": file_url(item_id, material.sample),
        "result_of_name": item_name(rx, material.result_of),
    }


def file_url(item_id: str, name: str) -> str | None:
    return f"{FILES}/{quote(item_id)}/files/{quote(name, safe='')}" if name else None


def question_json(question: Question) -> Json:
    options = [{"id": one.id, "text": one.text, "text_en": one.text_en} for one in question.options]
    own = {"id": question.id, "text": question.text, "text_en": question.text_en, "kind": question.kind}
    return {**own, "options": options}


def situation_json(situation: Situation) -> Json:
    return {"id": situation.id, "name": situation.name, "name_en": situation.name_en}


def walk_view(rx: Tx, item_id: str, answers: Answers) -> Json:
    """The next question, or the situation with its exact list. Raises ItemNotPublished, AnswerUnknown."""
    return walk_json(rx, in_force(rx, item_id), answers)


def walk_json(rx: Tx, row: VersionRow, answers: Answers) -> Json:
    item = row.item
    way = walk(item, answers)
    return {
        "item": row.item_id,
        "version": row.version,
        "name": item.name,
        "question": question_json(way.question) if way.question else None,
        "situation": situation_json(way.situation) if way.situation else None,
        "answered": answered_json(item, way, answers),
        "materials": [material_json(rx, row.item_id, one) for one in materials_of(item, way.materials)],
    }


def answered_json(item: ItemVersion, way: Walk, answers: Answers) -> list[Json]:
    questions = {one.id: one for one in item.questions}
    found: list[Json] = []
    for key in way.answered:
        chosen = [one for one in questions[key].options if one.id in answers[key]]
        found.append(
            {
                "question": key,
                "text": questions[key].text,
                "text_en": questions[key].text_en,
                "chosen": [one.id for one in chosen],
                "chosen_text": [one.text for one in chosen],
                "chosen_text_en": [one.text_en or one.text for one in chosen],
            }
        )
    return found


def guide_view(rx: Tx, item_id: str, answers: Answers) -> Json:
    """A page to print: the item, the way to its situation, the list, where and when. Raises as `walk_view`."""
    row, rules = in_force(rx, item_id), rx.rules
    return {
        **walk_json(rx, row, answers),
        "about": {**_brief(row, rx.catalogue.find_node, often(rx).get(item_id)), **texts_json(row.item)},
        "hall": rules.file.hall.name,
        "hall_en": rules.file.hall.name_en,
        "windows": sorted(rules.item_windows.get(item_id, ())),
        "today": open_today(rx),
        "promise": _promise(rx, row.item),
        "link": f"{rx.link_base}/g/{item_id}",
        "bring": list(things_to_bring(rx.rules.items[item_id].bring)) if item_id in rx.rules.items else [],
        "printed_at": iso(rx.now),
    }


def open_today(rx: Tx) -> list[str]:
    """The hall's hours today: "08:30-12:00"."""
    spans = rx.rules.file.hours.spans_on(rx.rules.day)
    return [f"{a // 60:02d}:{a % 60:02d}-{b // 60:02d}:{b % 60:02d}" for a, b in spans]


def _promise(rx: Tx, item: ItemVersion) -> Json | None:
    """When it would be decided if it were taken in today."""
    due = rx.working_days().due(rx.rules.day, item.promised_days)
    return {"day": due.day.isoformat(), "provisional": due.provisional} if due else None


def frequencies_view(rx: Tx) -> Json:
    """高频 / 中频 / 低频 of every item in force, by the cases of a year, the most first."""
    counted, classes = year_frequencies(rx)
    items = rx.rules.items
    return {
        "since": (rx.rules.day - timedelta(days=365)).isoformat(),
        "items": [
            {
                "item": item,
                "name": items[item].name,
                "department": items[item].department,
                "cases": cases,
                "frequency": str(classes[item]),
                "frequency_zh": FREQUENCY_WORDS[classes[item]][0],
                "frequency_en": FREQUENCY_WORDS[classes[item]][1],
            }
            for item, cases in sorted(counted.items(), key=lambda one: (-one[1], one[0]))
            if item in items
        ],
    }
