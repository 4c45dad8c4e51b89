"""Vague words and catch-alls (杜绝模糊表述和兜底条款, seed 003 三（一）4): found before an item is published."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from server.domain.catalogue.faults import Fault
from server.domain.catalogue.model import ItemVersion

VAGUE_WORDS: dict[str, str] = {
    "等材料": "逐一写出每份材料的名称",
    "等相关材料": "逐一写出每份材料的名称",
    "等证明": "写出证明的标准名称，如“无房证明”",
    "其他材料": "逐一写出，或删去",
    "其它材料": "逐一写出，或删去",
    "相关材料": "写出材料的标准名称",
    "有关材料": "写出材料的标准名称",
    "相关证明": "写出证明的标准名称",
    "有关证明": "写出证明的标准名称",
    "相关证件": "写出证件名称，如“居民身份证”",
    "有效证件": "写出证件名称，如“居民身份证”或“护照”",
    "有关部门": "写出部门名称",
    "相关部门": "写出部门名称",
    "主管部门同意文件": "写出文件的标准名称，如“建设工程规划许可证”",
    "同意文件": "写出文件的标准名称，如“建设工程规划许可证”",
    "经营场所使用证明": "写“不动产权证书”或“房屋租赁合同”",
    "法律法规规定的其他": "写出法律条文规定的具体材料，或删去",
    "需要提供的其他": "逐一写出，或删去",
    "必要时": "写明在什么情形下需要，拆成一种情形",
    "视情况": "写明在什么情形下需要，拆成一种情形",
    "酌情": "写明标准",
}
"""Word → what to write instead; a hall's own list goes before this one."""

_TITLE = re.compile("《[^《》]*》")
"""The name of a law or a document, which nobody here can write differently."""


def vague_faults(item: ItemVersion, words: Mapping[str, str] = VAGUE_WORDS) -> list[Fault]:
    """Every vague word in what citizens and clerks go by, each told once a text, the longest that fits."""
    return vague_in(_texts(item), words)


def vague_in(texts: Iterable[tuple[str, str]], words: Mapping[str, str] = VAGUE_WORDS) -> list[Fault]:
    """Every vague word of texts, each with its place in words."""
    return [fault for place, text in texts for fault in _in(place, text, words)]


def _texts(item: ItemVersion) -> Iterator[tuple[str, str]]:
    yield "事项名称", item.name
    yield "受理条件", item.conditions
    yield "办事指南", item.guide
    yield "办理结果", item.result
    yield "设定依据", _TITLE.sub("", item.basis)
    yield "收费依据", _TITLE.sub("", item.fee.basis)
    for question in item.questions:
        yield f"问题“{question.text}”", question.text
        for option in question.options:
            yield f"问题“{question.text}”→“{option.text}”", option.text
    for situation in item.situations:
        yield f"情形“{situation.name}”", situation.name
    for material in item.materials:
        yield f"材料“{material.name}”", material.name
        yield f"材料“{material.name}”的来源渠道", material.source
        yield f"材料“{material.name}”的说明", material.note
        for checkpoint in material.checkpoints:
            yield f"材料“{material.name}”的审查要点", checkpoint.text
    for reason in item.refusal_reasons:
        yield "不予受理的理由", reason


def _in(place: str, text: str, words: Mapping[str, str]) -> Iterator[Fault]:
    found = [word for word in words if word in text]
    for word in longest(found):
        yield Fault(
            place, f"“{word}”是模糊表述或兜底条款，请{words[word]}", f'"{word}" is vague; name what is meant exactly'
        )


def longest(found: Iterable[str]) -> list[str]:
    """Without those that are part of another one found."""
    every = list(found)
    return [word for word in every if not any(word != other and word in other for other in every)]
