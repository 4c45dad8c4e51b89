"""From answers to exactly one situation and its exact list of materials (最小颗粒度: one material more splits it).

A walk starts at the item's first question. In a single choice or a condition the chosen option says where to go on; in
a multiple choice every ticked option adds its materials and the question says where.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from server.domain.catalogue.model import ItemVersion, Material, Option, Question, Situation
from server.domain.refusals import Refusal

Answers = Mapping[str, Sequence[str]]

MOST_PATHS = 4_000


class AnswerUnknown(Refusal):
    status, code = 422, "answer_unknown"
    zh = "“{question}”没有这个选项，请重新选择。"
    en = "“{question}” has no such answer. Choose again."


@dataclass(frozen=True, slots=True)
class Walk:
    """How far answers lead: to the `question` still open, or to the `situation`; with the materials so far."""

    question: Question | None
    situation: Situation | None
    materials: tuple[str, ...]
    answered: tuple[str, ...]


def walk(item: ItemVersion, answers: Answers) -> Walk:
    """Follow the answers from the start. Answers to questions not on the way are ignored.

    Raises AnswerUnknown for an answer that the question does not have. The item must be sound (`faults`).
    """
    questions = {one.id: one for one in item.questions}
    situations = {one.id: one for one in item.situations}
    added, at = list(item.always), item.start
    answered: list[str] = []
    while at in questions:
        question = questions[at]
        if question.id not in answers:
            return Walk(question, None, _once(added), tuple(answered))
        chosen = _chosen(question, answers[question.id])
        answered.append(question.id)
        added += [key for option in chosen for key in option.adds]
        at = question.next if question.kind == "multiple" else chosen[0].next
    leaf = situations[at]
    return Walk(None, leaf, _once([*added, *leaf.adds]), tuple(answered))


def materials_of(item: ItemVersion, keys: Sequence[str]) -> list[Material]:
    """The materials in the item's own order."""
    wanted = set(keys)
    return [one for one in item.materials if one.id in wanted]


def _chosen(question: Question, ids: Sequence[str]) -> list[Option]:
    chosen = [option for option in question.options if option.id in ids]
    exact = question.kind == "multiple" or len(chosen) == 1
    if len(chosen) != len(set(ids)) or not exact:
        raise AnswerUnknown(question=question.text)
    return chosen


def _once(keys: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(keys))


@dataclass(frozen=True, slots=True)
class Path:
    """One full way through the questions: what was answered, where it ends, and its list."""

    answers: tuple[tuple[str, tuple[str, ...]], ...]
    situation: str
    materials: frozenset[str]

    def words(self, item: ItemVersion) -> str:
        """The path as a person reads it: 房屋类型：商品房；委托他人办理：是."""
        questions = {one.id: one for one in item.questions}
        parts = []
        for key, chosen in self.answers:
            texts = [option.text for option in questions[key].options if option.id in chosen]
            parts.append(f"{questions[key].text}：{'、'.join(texts) or '无'}")
        return "；".join(parts) or "（没有问题）"


def paths(item: ItemVersion) -> Iterator[Path]:
    """Every full way through; the caller stops at MOST_PATHS. The links must be whole and without a ring."""
    questions = {one.id: one for one in item.questions}
    situations = {one.id: one for one in item.situations}

    def onward(at: str, added: list[str], so_far: tuple[tuple[str, tuple[str, ...]], ...]) -> Iterator[Path]:
        if at in situations:
            yield Path(so_far, at, frozenset([*added, *situations[at].adds]))
            return
        question = questions[at]
        for chosen in _choices(question):
            here = [key for option in chosen for key in option.adds]
            to = question.next if question.kind == "multiple" else chosen[0].next
            yield from onward(to, added + here, (*so_far, (question.id, tuple(option.id for option in chosen))))

    yield from onward(item.start, list(item.always), ())


def _choices(question: Question) -> Iterator[tuple[Option, ...]]:
    if question.kind != "multiple":
        yield from ((option,) for option in question.options)
        return
    for size in range(len(question.options) + 1):
        yield from combinations(question.options, size)
