"""What stands against an item's questions: each fault names the place and what would be right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from server.domain.catalogue.model import ItemVersion, Question
from server.domain.catalogue.situations import MOST_PATHS, Path, paths


@dataclass(frozen=True, slots=True)
class Fault:
    """`place` as the editor shows it, such as `问题“委托他人办理”→“是”`; then what to do about it."""

    place: str
    zh: str
    en: str


def tree_faults(item: ItemVersion) -> list[Fault]:
    """Everything wrong with questions, answers and situations; empty when every path ends in one list of its own."""
    broken = [*_doubles(item), *_links(item), *_options(item)]
    if broken:
        return broken
    ring = _ring(item)
    if ring:
        return [ring]
    return [*_unreached(item), *_lists(item)]


def result_faults(item_id: str, item: ItemVersion, is_item: Callable[[str], bool]) -> list[tuple[int, Fault]]:
    """Materials said to be the result of what is no item, or of the item itself; each with its place in the list."""
    found = []
    for at, one in enumerate(item.materials):
        if one.result_of and (one.result_of == item_id or not is_item(one.result_of)):
            zh, en = f"没有编号为 {one.result_of} 的其他事项", f"there is no other item {one.result_of}"
            found.append((at, Fault(f"材料“{one.name}”", zh, en)))
    return found


def _doubles(item: ItemVersion) -> Iterator[Fault]:
    ids = [*(one.id for one in item.questions), *(one.id for one in item.situations)]
    for key, times in Counter(ids).items():
        if times > 1:
            yield Fault(f"编号 {key}", "问题和情形的编号不能重复", "questions and situations need ids of their own")
    for key, times in Counter(one.id for one in item.materials).items():
        if times > 1:
            yield Fault(f"材料 {key}", "材料编号重复", "two materials have the same id")
    for question in item.questions:
        for key, times in Counter(one.id for one in question.options).items():
            if times > 1:
                yield Fault(f"问题“{question.text}”", f"选项编号 {key} 重复", f"two options have the id {key}")


def _links(item: ItemVersion) -> Iterator[Fault]:
    targets = {*(one.id for one in item.questions), *(one.id for one in item.situations)}
    known = {one.id for one in item.materials}
    if item.start not in targets:
        yield Fault("开始", f"没有编号为 {item.start} 的问题或情形", f"there is no question or situation {item.start}")
    for place, to in _ends(item):
        if not to:
            yield Fault(place, "这个回答没有下文，请接到下一个问题或一个情形", "this answer leads nowhere")
        elif to not in targets:
            yield Fault(place, f"接到了不存在的 {to}", f"leads to {to}, which does not exist")
    for place, keys in _added(item):
        for key in keys:
            if key not in known:
                yield Fault(place, f"没有材料 {key}", f"there is no material {key}")


def _options(item: ItemVersion) -> Iterator[Fault]:
    for question in item.questions:
        place = f"问题“{question.text}”"
        if question.kind == "condition" and len(question.options) != 2:
            yield Fault(place, "条件应恰好有“是”“否”两个选项", "a condition has exactly two answers, yes and no")
        if question.kind == "single" and len(question.options) < 2:
            yield Fault(place, "单选题至少要有两个选项", "a single choice needs two answers at least")
        if question.kind == "multiple":
            for option in question.options:
                if option.next:
                    yield Fault(
                        _place(question, option.text),
                        "多选题的下文写在问题上",
                        "in a multiple choice the question says what comes next",
                    )
                if not option.adds:
                    yield Fault(
                        _place(question, option.text), "这个选项不增加任何材料，请删去", "adds no material; remove it"
                    )


def _ends(item: ItemVersion) -> Iterator[tuple[str, str]]:
    for question in item.questions:
        if question.kind == "multiple":
            yield f"问题“{question.text}”", question.next
        else:
            for option in question.options:
                yield _place(question, option.text), option.next


def _added(item: ItemVersion) -> Iterator[tuple[str, list[str]]]:
    yield "基本材料", item.always
    for question in item.questions:
        for option in question.options:
            yield _place(question, option.text), option.adds
    for situation in item.situations:
        yield f"情形“{situation.name}”", situation.adds


def _place(question: Question, option: str) -> str:
    return f"问题“{question.text}”→“{option}”"


def _next_of(question: Question) -> Iterable[str]:
    return [question.next] if question.kind == "multiple" else [option.next for option in question.options]


def _ring(item: ItemVersion) -> Fault | None:
    """A question that leads back to itself."""
    questions = {one.id: one for one in item.questions}
    done: set[str] = set()

    def back(key: str, above: tuple[str, ...]) -> str | None:
        if key in above:
            return key
        if key in done or key not in questions:
            return None
        found = next((hit for to in _next_of(questions[key]) if (hit := back(to, (*above, key)))), None)
        done.add(key)
        return found

    key = back(item.start, ())
    return (
        None
        if key is None
        else Fault(
            f"问题“{questions[key].text}”",
            "问题绕回了自己，永远到不了情形",
            "the questions run in a ring and never end",
        )
    )


def _unreached(item: ItemVersion) -> Iterator[Fault]:
    questions = {one.id: one for one in item.questions}
    seen, ahead = set(), [item.start]
    while ahead:
        key = ahead.pop()
        if key not in seen:
            seen.add(key)
            ahead += _next_of(questions[key]) if key in questions else []
    for question in item.questions:
        if question.id not in seen:
            yield Fault(f"问题“{question.text}”", "没有回答会走到这个问题", "no answer leads to this question")
    for situation in item.situations:
        if situation.id not in seen:
            yield Fault(f"情形“{situation.name}”", "没有回答会走到这个情形", "no answer leads to this situation")


def _lists(item: ItemVersion) -> Iterator[Fault]:
    """Every path has a list of its own; a material on no path is for nobody."""
    found = list(islice(paths(item), MOST_PATHS + 1))
    if len(found) > MOST_PATHS:
        yield Fault(
            "情形", f"组合超过 {MOST_PATHS} 种，请把事项拆开", f"more than {MOST_PATHS} combinations; split the item"
        )
        return
    first: dict[frozenset[str], Path] = {}
    for path in found:
        other = first.setdefault(path.materials, path)
        if other is not path:
            yield Fault(
                f"{path.words(item)}",
                f"材料与“{other.words(item)}”完全相同，请合并这两种情形",
                f"has exactly the materials of “{other.words(item)}”; make them one",
            )
    used = frozenset().union(*(path.materials for path in found))
    for material in item.materials:
        if material.id not in used:
            yield Fault(f"材料“{material.name}”", "没有一种情形需要它", "no situation asks for it")
