"""一件事 and 高频: what several items ask together, and how often each is applied for."""

from __future__ import annotations

import pytest

from server.domain.cases.bundling import joined
from server.domain.catalogue.model import Material
from server.domain.catalogue.situations import AnswerUnknown
from server.journey.catalogue import publishing
from server.journey.catalogue.bundles import (
    BundleItemsTooFew,
    BundleWordingVague,
    PutBundle,
    bundle_sheet,
    bundle_walk,
    bundles_view,
    put_bundle,
)
from server.journey.catalogue.guide import frequencies_view, search_view, walk_view
from server.journey.catalogue.rights import NeedsLeader
from server.journey.catalogue.sheet import sheet_of
from server.store.bundles import BundleUnknown
from server.store.catalogue_rows import NodeUnknown
from tests.case_scene import ADMIN, HEAD, LOAN, Cases
from tests.scene import MANAGER, Scene


@pytest.fixture
def desk(hall: Scene) -> Cases:
    return Cases(hall)


def put(desk: Cases, *items: str, by: object = MANAGER) -> None:
    desk.write(put_bundle, PutBundle(by, "home", "买房一件事", items))  # type: ignore[arg-type]


def test_a_bundle_asks_each_items_questions_and_ends_in_one_list_without_doubles(desk: Cases) -> None:
    put(desk, "loan", "permit")
    begun = desk.hall.read(bundle_walk, "home", {})
    assert [(one["item"], one["question"]["id"]) for one in begun["open"]] == [("loan", "house")]
    assert not begun["complete"]
    ended = desk.hall.read(bundle_walk, "home", {"loan": {"house": ["new"]}})
    assert ended["complete"]
    assert [one["situation"]["name"] for one in ended["items"]] == ["购买新房", "户口证明"]
    listed = {one["name"]: one["of"] for one in ended["materials"]}
    assert listed == {"身份证": ["公积金贷款", "户口证明"], "银行卡": ["公积金贷款"], "购房合同": ["公积金贷款"]}
    with pytest.raises(AnswerUnknown):
        desk.hall.read(bundle_walk, "home", {"loan": {"house": ["castle"]}})


def test_a_bundle_holds_two_items_of_the_catalogue_and_is_a_leaders_to_make(desk: Cases) -> None:
    with pytest.raises(BundleItemsTooFew):
        put(desk, "loan", "loan")
    with pytest.raises(NodeUnknown):
        put(desk, "loan", "no-such-item")
    with pytest.raises(NeedsLeader):
        put(desk, "loan", "permit", by=HEAD)
    with pytest.raises(BundleUnknown):
        desk.hall.read(bundle_walk, "home", {})
    shown = desk.hall.read(bundles_view)["bundles"]
    assert [(one["name"], one["offered"]) for one in shown] == [("开一家小餐馆", True)]


@pytest.mark.parametrize(
    ("said", "place"),
    [({"name": "测试一件事等相关材料"}, "名称"), ({"name": "买房一件事", "guide": "请带其他材料"}, "办事说明")],
)
def test_a_bundle_with_vague_words_is_not_offered_and_one_that_is_can_be_taken_off(
    desk: Cases, said: dict[str, str], place: str
) -> None:
    with pytest.raises(BundleWordingVague) as refused:
        desk.write(put_bundle, PutBundle(MANAGER, "home", items=("loan", "permit"), **said))
    assert f"{place}：“" in refused.value.message_zh and "逐一写出" in refused.value.message_zh
    assert refused.value.detail["faults"][0]["place"] == place
    assert "home" not in [one["id"] for one in desk.hall.read(bundles_view)["bundles"]]
    desk.write(put_bundle, PutBundle(MANAGER, "home", items=("loan", "permit"), active=False, **said))
    assert "home" not in [one["id"] for one in desk.hall.read(bundles_view)["bundles"]]


def test_a_bundle_is_found_by_a_word_its_english_or_its_pinyin_initials(desk: Cases) -> None:
    put(desk, "loan", "permit")

    def found(text: str) -> list[str]:
        return [one["name"] for one in desk.hall.read(lambda rx: bundles_view(rx, text=text))["bundles"]]

    assert found("mf") == found("买房") == found(" MFYJS ") == ["买房一件事"]
    assert found("small restaurant") == found("xcg") == ["开一家小餐馆"]
    assert len(found("")) == 2 and found("mfx") == []
    desk.write(put_bundle, PutBundle(MANAGER, "home", "买房一件事", ("loan", "permit"), active=False))  # type: ignore[arg-type]
    assert found("mf") == []


def test_a_bundles_answers_read_back_in_order_and_its_sheet_says_what_each_paper_is_for(desk: Cases) -> None:
    put(desk, "loan", "permit")
    answers = {"loan": {"house": ["new"]}}
    ended = desk.hall.read(bundle_walk, "home", answers)
    assert [(one["item"], one["question"], one["chosen"]) for one in ended["answered"]] == [("loan", "house", ["new"])]
    assert ended["link"].endswith("/g/b/home")
    sheet = desk.hall.read(bundle_sheet, "home", answers)
    assert (sheet.item, sheet.facts) == ("买房一件事", (("一件事", "公积金贷款、户口证明"),))
    assert {one.name: one.note for one in sheet.bring}["身份证"].endswith("用于：公积金贷款、户口证明")
    assert sheet.answered[0][1] == ended["answered"][0]["chosen_text"][0]


def test_a_checkpoint_is_marked_only_where_its_own_sample_is_shown() -> None:
    def card(sample: str, text: str) -> Material:
        mark = {"x": 0.1, "y": 0.1, "width": 0.2, "height": 0.1}
        points = [{"id": "p1", "text": text, "mark": mark}]
        return Material.model_validate({"id": "card", "name": "身份证", "sample": sample, "checkpoints": points})

    (one,) = joined([("a", [card("a.png", "在有效期内")]), ("b", [card("b.png", "照片清晰")])])
    assert one.material.sample == "a.png"
    assert [point.mark is not None for point in one.material.checkpoints] == [True, False]


def test_what_is_applied_for_most_is_frequent_and_what_nobody_wanted_in_a_year_is_rare(desk: Cases) -> None:
    desk.accepted("permit")
    first = desk.hall.read(frequencies_view)["items"][0]
    assert (first["item"], first["cases"], first["frequency_zh"]) == ("permit", 1, "高频")
    assert {one["frequency_zh"] for one in desk.hall.read(frequencies_view)["items"][1:]} == {"低频"}
    desk.hall.wait(minutes=366 * 24 * 60)
    assert {one["cases"] for one in desk.hall.read(frequencies_view)["items"]} == {0}
    assert {one["frequency"] for one in desk.hall.read(search_view, "", None, None, None)["items"]} == {"low"}


def test_paper_in_english_mode_says_the_english_beside_the_chinese_where_it_is_written(desk: Cases) -> None:
    item = LOAN.model_copy(
        update={
            "name_en": "A loan",
            "materials": [LOAN.materials[0].model_copy(update={"name_en": "Identity card"}), *LOAN.materials[1:]],
            "questions": [LOAN.questions[0].model_copy(update={"text_en": "What kind of home?"})],
            "situations": [LOAN.situations[0].model_copy(update={"name_en": "A new home"}), LOAN.situations[1]],
        }
    )
    ready = [publishing.ReadyItem("loan", item)]
    desk.write(publishing.publish_ready, publishing.PublishReady(ADMIN, ready, "英文"))
    put(desk, "loan", "permit")
    answers = {"house": ["new"]}
    sheet = desk.hall.read(sheet_of, "loan", answers, True)
    assert ("房屋类型 What kind of home?", "新房") in sheet.answered
    assert sheet.situation == "购买新房 A new home"
    assert (sheet.item_en, desk.hall.read(sheet_of, "loan", answers).item_en) == ("A loan", "")
    both = {"loan": answers}
    assert [desk.hall.read(bundle_sheet, "restaurant", both, english).item_en for english in (True, False)] == [
        "A small restaurant",
        "",
    ]
    assert desk.hall.read(sheet_of, "loan", {"house": ["second"]}, True).situation == "购买二手房"
    assert desk.hall.read(walk_view, "loan", answers)["situation"]["name_en"] == "A new home"
    assert [one.name for one in sheet.bring][:2] == ["身份证 Identity card", "银行卡"]
    assert "身份证 Identity card" in [
        one.name for one in desk.hall.read(bundle_sheet, "home", {"loan": answers}, True).bring
    ]
    assert "身份证" in [one.name for one in desk.hall.read(bundle_sheet, "home", {"loan": answers}).bring]
