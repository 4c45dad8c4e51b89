"""The catalogue: answers lead to one situation and its exact list; what is vague or endless is never published."""

from __future__ import annotations

from typing import Any

import pytest

from server.domain.catalogue.checking import ItemHasFaults, faults, require_sound
from server.domain.catalogue.frequency import Frequency, frequencies
from server.domain.catalogue.model import ItemVersion
from server.domain.catalogue.review import (
    ASPECTS,
    Grade,
    MockIntake,
    Review,
    Reviewer,
    ReviewersTooFew,
    ReviewerWroteIt,
    ReviewWithoutDepartment,
    ReviewWithoutHall,
    Stage,
    check_panel,
    counted,
    mock_verdict,
    trial_windows,
    verdict,
)
from server.domain.catalogue.situations import AnswerUnknown, materials_of, paths, walk


def material(key: str, name: str, **more: Any) -> dict[str, Any]:
    point = {"id": "p1", "text": f"核对{name}上的姓名与申请表一致"}
    return {"id": key, "name": name, "source": "申请人自备", "checkpoints": [point], **more}


LEAVES = [{"id": "new-loan", "name": "新建商品房贷款"}, {"id": "used-loan", "name": "二手房贷款"}]


def loan(**changes: Any) -> ItemVersion:
    """公积金贷款, with two questions, one of each kind that branches."""
    return ItemVersion.model_validate(
        {
            "name": "住房公积金贷款",
            "department": "市住房公积金管理中心",
            "section": "fund",
            "kind": "commitment",
            "legal_days": 15,
            "promised_days": 3,
            "applicants": ["person"],
            "materials": [
                material("household", "户口本"),
                material("card", "身份证"),
                material("income", "收入证明"),
                material("contract", "商品房买卖合同"),
                material("deed", "中华人民共和国不动产权证书"),
                material("mandate", "授权委托书", deferrable=True),
                material("marriage", "结婚证"),
            ],
            "always": ["household", "card", "income"],
            "start": "house",
            "questions": [
                {
                    "id": "house",
                    "text": "买的是什么房？",
                    "options": [
                        {"id": "new", "text": "新建商品房", "adds": ["contract"], "next": "more"},
                        {"id": "used", "text": "二手房", "adds": ["deed"], "next": "married"},
                    ],
                },
                {
                    "id": "more",
                    "text": "有下列情况吗？",
                    "kind": "multiple",
                    "next": "new-loan",
                    "options": [
                        {"id": "agent", "text": "委托他人办理", "adds": ["mandate"]},
                        {"id": "couple", "text": "夫妻共同借款", "adds": ["marriage"]},
                    ],
                },
                {
                    "id": "married",
                    "text": "夫妻共同借款吗？",
                    "kind": "condition",
                    "options": [
                        {"id": "yes", "text": "是", "adds": ["marriage"], "next": "used-loan"},
                        {"id": "no", "text": "否", "next": "used-loan"},
                    ],
                },
            ],
            "situations": LEAVES,
            **changes,
        }
    )


def option(item: ItemVersion, question: str, key: str, **changes: Any) -> ItemVersion:
    body = item.model_dump(mode="json")
    found = next(one for one in body["questions"] if one["id"] == question)
    next(one for one in found["options"] if one["id"] == key).update(changes)
    return ItemVersion.model_validate(body)


def test_answers_lead_question_by_question_to_one_situation_and_its_exact_list() -> None:
    item = loan()
    assert faults(item) == []
    begun = walk(item, {})
    assert begun.question and begun.question.id == "house" and begun.materials == ("household", "card", "income")
    halfway = walk(item, {"house": ["new"]})
    assert halfway.question and halfway.question.id == "more"
    done = walk(item, {"house": ["new"], "more": ["couple", "agent"]})
    assert done.question is None and done.situation and done.situation.name == "新建商品房贷款"
    names = [one.name for one in materials_of(item, done.materials)]
    assert names == ["户口本", "身份证", "收入证明", "商品房买卖合同", "授权委托书", "结婚证"]
    assert done.answered == ("house", "more")


def test_answers_to_questions_no_longer_on_the_way_are_ignored() -> None:
    done = walk(loan(), {"house": ["used"], "more": ["agent"], "married": ["no"]})
    assert done.situation and done.situation.id == "used-loan" and "mandate" not in done.materials


@pytest.mark.parametrize(
    "answers",
    [{"house": ["castle"]}, {"house": []}, {"house": ["new", "used"]}, {"house": ["new"], "more": ["agent", "boat"]}],
)
def test_an_answer_the_question_does_not_have_is_refused(answers: dict[str, list[str]]) -> None:
    with pytest.raises(AnswerUnknown):
        walk(loan(), answers)


def test_every_path_ends_in_a_list_of_its_own() -> None:
    found = list(paths(loan()))
    assert len(found) == 6 and len({path.materials for path in found}) == 6


def test_two_situations_with_the_same_list_are_refused_with_both_named() -> None:
    twins = option(loan(), "married", "yes", adds=[])
    told = faults(twins)
    assert any("完全相同" in one.zh and "夫妻共同借款吗？：否" in one.place + one.zh for one in told)


@pytest.mark.parametrize(
    ("changed", "place", "says"),
    [
        (option(loan(), "house", "used", next=""), "→“二手房”", "没有下文"),
        (option(loan(), "house", "used", next="castle"), "→“二手房”", "不存在的 castle"),
        (option(loan(), "house", "used", next="house"), "买的是什么房？", "绕回"),
        (option(loan(), "house", "used", adds=["boat"]), "→“二手房”", "没有材料 boat"),
        (option(loan(), "more", "agent", adds=[]), "→“委托他人办理”", "不增加任何材料"),
        (option(loan(), "more", "agent", next="used-loan"), "→“委托他人办理”", "多选题的下文"),
        (option(loan(), "house", "used", next="more"), "夫妻共同借款吗？", "没有回答会走到"),
        (option(loan(), "house", "used", id="new"), "买的是什么房？", "选项编号 new 重复"),
        (loan(situations=[*LEAVES, {"id": "boat-loan", "name": "买船贷款"}]), "情形“买船贷款”", "没有回答会走到"),
        (loan(start="castle"), "开始", "castle"),
        (loan(promised_days=0), "承诺时限", "承诺件"),
        (loan(promised_days=16), "承诺时限", "长于法定"),
        (loan(kind="instant_single"), "承诺时限", "即办件"),
        (loan(fee={"yuan": 80}), "收费", "依据"),
    ],
)
def test_what_cannot_be_published_is_told_with_its_place(changed: ItemVersion, place: str, says: str) -> None:
    told = faults(changed)
    assert [one for one in told if place in one.place and says in one.zh], told


def test_a_material_without_checkpoints_or_source_or_use_is_told() -> None:
    body = loan().model_dump(mode="json")
    body["materials"].append({"id": "boat", "name": "船舶所有权证书"})
    told = [one.zh for one in faults(ItemVersion.model_validate(body)) if "船舶" in one.place]
    assert [word in "".join(told) for word in ("没有审查要点", "来源渠道", "没有一种情形需要它")] == [True] * 3


@pytest.mark.parametrize("kind", ["instant_handover", "instant_single", "online_full", "online_half"])
def test_nothing_may_follow_later_where_the_case_is_decided_the_same_day(kind: str) -> None:
    told = faults(loan(kind=kind, promised_days=0))
    assert [(one.place, one.zh) for one in told] == [("材料“授权委托书”", "当天办结的事项没有以后可补，请去掉“可容缺”")]
    assert faults(loan(kind="online_full", promised_days=3)) == []


@pytest.mark.parametrize(
    ("name", "instead"),
    [
        ("身份证等材料", "逐一写出每份材料的名称"),
        ("其他材料", "逐一写出，或删去"),
        ("规划部门同意文件", "建设工程规划许可证"),
        ("经营场所使用证明", "房屋租赁合同"),
        ("法律法规规定的其他材料", "删去"),
    ],
)
def test_vague_words_are_refused_with_the_words_to_use(name: str, instead: str) -> None:
    body = loan().model_dump(mode="json")
    body["materials"][0]["name"] = name
    told = [one for one in faults(ItemVersion.model_validate(body)) if one.place == f"材料“{name}”"]
    assert told and instead in told[0].zh


@pytest.mark.parametrize(
    ("changes", "place", "word"),
    [
        ({"guide": "请带身份证及其他材料"}, "办事指南", "其他材料"),
        ({"guide": "由有关部门视情况办理"}, "办事指南", "有关部门"),
        ({"guide": "由有关部门视情况办理"}, "办事指南", "视情况"),
        ({"result": "相关证明"}, "办理结果", "相关证明"),
        ({"basis": "《住房公积金管理条例》第二十四条，必要时另定"}, "设定依据", "必要时"),
        ({"fee": {"yuan": 80, "basis": "由相关部门规定"}}, "收费依据", "相关部门"),
    ],
)
def test_what_citizens_read_of_an_item_is_as_exact_as_its_list(changes: dict[str, Any], place: str, word: str) -> None:
    told = [one for one in faults(loan(**changes)) if one.place == place and f"“{word}”" in one.zh]
    assert len(told) == 1


def test_the_name_of_a_law_is_what_it_is() -> None:
    assert (
        faults(loan(basis="《国务院有关部门涉企收费规定》第三条", fee={"yuan": 80, "basis": "《相关证明收费办法》"}))
        == []
    )


def test_a_hall_may_have_its_own_vague_words() -> None:
    assert faults(loan(conditions="情况特殊的另议")) == []
    assert len(faults(loan(conditions="情况特殊的另议"), {"另议": "写明标准"})) == 1


def test_too_many_combinations_are_refused_before_anybody_waits_for_them() -> None:
    body = loan().model_dump(mode="json")
    body["materials"] += [material(f"m{n}", f"证书{n}") for n in range(16)]
    extra = [{"id": f"o{n}", "text": f"情况{n}", "adds": [f"m{n}"]} for n in range(16)]
    next(one for one in body["questions"] if one["id"] == "more")["options"] += extra
    assert any("请把事项拆开" in one.zh for one in faults(ItemVersion.model_validate(body)))


def test_sending_an_unsound_item_to_review_is_refused_with_every_fault() -> None:
    with pytest.raises(ItemHasFaults) as refused:
        require_sound(loan(promised_days=16, fee={"yuan": 80}))
    assert refused.value.detail["count"] == 2 and len(refused.value.detail["faults"]) == 2


def review(reviewer: str, **grades: Grade) -> Review:
    given = {aspect: grades.get(aspect, Grade.HIGH) for aspect in ASPECTS}
    return Review(reviewer, given, {aspect: "看不懂" for aspect, grade in given.items() if grade != Grade.HIGH})


def test_the_review_waits_for_everybody_and_goes_back_at_the_first_lower_grade() -> None:
    asked = ["a", "b"]
    assert verdict([review("a")], asked) is None
    assert verdict([review("a"), review("b")], asked) == Stage.MOCK
    assert verdict([review("b", materials=Grade.MIDDLE)], asked) == Stage.DRAFT
    assert verdict([review("a"), review("b", naming=Grade.LOW)], asked) == Stage.DRAFT
    assert verdict([], []) is None
    unexplained = Review("b", dict.fromkeys(ASPECTS, Grade.LOW), {})
    assert verdict([review("a"), unexplained], asked) is None


def test_a_panel_is_of_the_hall_and_of_departments_and_wrote_nothing_of_it() -> None:
    hall, expert = Reviewer("m", "王", True, ""), Reviewer("e", "李", False, "市税务局")
    check_panel([hall, expert], {"writer"})
    for panel, authors, refused in (
        ([hall], {"writer"}, ReviewersTooFew),
        ([hall, hall], set(), ReviewersTooFew),
        ([hall, expert], {"e"}, ReviewerWroteIt),
        ([expert, Reviewer("f", "赵", False, "市公安局")], set(), ReviewWithoutHall),
        ([hall, Reviewer("n", "钱", True, "")], set(), ReviewWithoutDepartment),
    ):
        with pytest.raises(refused):
            check_panel(panel, authors)


def test_a_trial_is_had_at_the_sections_windows_or_at_any_where_these_are_too_few() -> None:
    assert trial_windows(frozenset({1, 2, 3, 9}), frozenset(range(1, 7))) == {1, 2, 3}
    assert trial_windows(frozenset({1, 2}), frozenset(range(1, 7))) == frozenset(range(1, 7))


def test_one_clerk_at_three_windows_counts_once_and_so_do_three_clerks_at_one() -> None:
    alone = [MockIntake(window, "a") for window in (1, 2, 3)]
    assert counted(alone) == alone[:1] and mock_verdict(alone) is None
    assert len(counted([MockIntake(1, clerk) for clerk in "abc"])) == 1
    assert counted([MockIntake(0, "head", "不行"), *alone]) == alone[:1]


def test_mock_intake_needs_three_different_windows_without_objection() -> None:
    twice = [MockIntake(1, "a"), MockIntake(2, "b"), MockIntake(2, "c")]
    assert mock_verdict(twice) is None
    assert mock_verdict([*twice, MockIntake(3, "d")]) == Stage.PUBLISHED
    assert mock_verdict([*twice, MockIntake(3, "d", "第 3 份材料没有示例")]) == Stage.DRAFT


def test_items_are_frequent_by_their_place_in_the_years_volume() -> None:
    found = frequencies({f"i{n}": 1000 - n for n in range(450)} | {"never": 0})
    assert [found[f"i{n}"] for n in (0, 99, 100, 399, 400)] == [
        Frequency.HIGH, Frequency.HIGH, Frequency.MIDDLE, Frequency.MIDDLE, Frequency.LOW,
    ]  # fmt: skip
    assert found["never"] == Frequency.LOW
    assert frequencies({"a": 0, "b": 5})["a"] == Frequency.LOW
    tied = frequencies({f"i{n}": 7 for n in range(150)})
    assert set(tied.values()) == {Frequency.HIGH}
