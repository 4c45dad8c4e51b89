"""Items from a file in the catalogue: drafts for the departments, or in force at once; again it changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from server.domain.actor import SYSTEM
from server.domain.catalogue.model import Kind
from server.domain.catalogue.review import Stage
from server.imports.assembling import Catalogue, assemble
from server.imports.collecting import collect
from server.imports.loading import Load, Outcome, called, load, look
from server.imports.reading import read
from server.imports.writing import Export, Outgoing, write
from server.journey.catalogue.drafting import SaveDraft, save_draft
from tests.imports.sample import everything, plain, worked_out
from tests.journey.catalogue_scene import ADMIN
from tests.scene import Scene
from tests.store_fixtures import HALL, STORE_KINDS, FakeClock, make_store


@pytest.fixture(params=STORE_KINDS)
def hall(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Scene]:
    clock = FakeClock()
    with make_store(request.param, tmp_path, clock) as store:
        yield Scene(store, clock)


def here(**changes: Any) -> Export:
    """The sample's items in a section this hall has."""
    export = everything()
    items = [Outgoing(one.id, one.parent, one.code, one.version.model_copy(update={"section": "general"} | changes)) for one in export.items]  # fmt: skip
    return Export(export.groups, items, export.bundles)


def of(folder: Path, export: Export) -> Catalogue:
    write(export, folder / "in.json")
    return assemble(read(folder / "in.json"))


def loaded(hall: Scene, catalogue: Catalogue, publish: bool = False) -> Outcome:
    return load(hall.store, HALL, Load(SYSTEM, catalogue, publish, "导入 in.json"))


def count(hall: Scene, table: str) -> int:
    return int(hall.read(lambda rx: rx.db.value(f"SELECT COUNT(*) FROM {table} WHERE hall_id = ?", (HALL,))))


def test_items_come_in_as_drafts_in_their_folders_for_the_departments_to_go_on(hall: Scene, tmp_path: Path) -> None:
    done = loaded(hall, of(tmp_path, here()))
    assert (done.drafted, done.published, done.problems) == (["freight-permit", "pesticide"], [], [])
    nodes = {node.id: node for node in hall.read(lambda rx: rx.catalogue.nodes())}
    permit = nodes["freight-permit"]
    assert (permit.parent, permit.level, permit.code, permit.department) == ("freight", 3, "2026-001", "市交通运输局")
    assert nodes["freight"].parent == "traffic" and nodes["traffic"].name_en == "Road transport"
    row = hall.read(lambda rx: rx.catalogue.versions("freight-permit"))[0]
    assert (row.stage, row.note) == (Stage.DRAFT, "导入 in.json")
    assert "freight-permit" not in hall.read(lambda rx: rx.rules.items), "a draft is no item of the hall yet"
    assert done.bundles == 1


def test_published_they_are_the_halls_items_at_once(hall: Scene, tmp_path: Path) -> None:
    done = loaded(hall, of(tmp_path, here()), publish=True)
    assert done.published == ["freight-permit", "pesticide"]
    items = hall.read(lambda rx: rx.rules.items)
    assert items["freight-permit"].section == "general" and "居民身份证" in items["freight-permit"].bring
    assert hall.read(lambda rx: rx.catalogue.find_in_force("pesticide", rx.rules.day)) is not None


@pytest.mark.parametrize("publish", [False, True])
def test_the_same_file_again_changes_nothing(hall: Scene, tmp_path: Path, publish: bool) -> None:
    loaded(hall, of(tmp_path, here()), publish)
    before = [count(hall, table) for table in ("catalogue_nodes", "item_versions", "events", "audit", "bundles")]
    done = loaded(hall, of(tmp_path, here()), publish)
    assert done.unchanged == ["freight-permit", "pesticide"] and done.bundles == 0
    assert [
        count(hall, table) for table in ("catalogue_nodes", "item_versions", "events", "audit", "bundles")
    ] == before


def test_what_the_hall_has_goes_out_and_changes_nothing_when_it_comes_back(hall: Scene, tmp_path: Path) -> None:
    loaded(hall, of(tmp_path, here()), publish=True)
    for ending in (".xlsx", ".csv", ".json"):
        file = tmp_path / f"out{ending}"
        write(hall.read(collect), file)
        back = loaded(hall, assemble(read(file)), publish=True)
        assert sorted(back.unchanged) == ["freight-permit", "pesticide"] and back.problems == [], ending
        assert back.bundles == 0


def test_a_changed_item_is_a_new_version_and_the_old_one_ends(hall: Scene, tmp_path: Path) -> None:
    loaded(hall, of(tmp_path, here()), publish=True)
    done = loaded(hall, of(tmp_path, here(promised_days=2, kind=Kind.COMMITMENT)), publish=True)
    assert done.published == ["freight-permit", "pesticide"]
    versions = hall.read(lambda rx: rx.catalogue.versions("pesticide"))
    assert [(one.version, one.stage) for one in versions] == [(2, Stage.PUBLISHED), (1, Stage.PUBLISHED)]
    assert versions[1].effective_to is not None and versions[0].effective_to is None


def test_a_draft_of_the_import_is_brought_up_to_date_and_published_when_asked(hall: Scene, tmp_path: Path) -> None:
    loaded(hall, of(tmp_path, here()))
    again = loaded(hall, of(tmp_path, here(minutes=20)))
    assert again.drafted == ["freight-permit", "pesticide"]
    assert count(hall, "item_versions") == 2, "the draft was saved, not doubled"
    assert loaded(hall, of(tmp_path, here(minutes=20)), publish=True).published == ["freight-permit", "pesticide"]
    assert hall.read(lambda rx: rx.catalogue.under_way("pesticide")) is None


def test_what_an_editor_is_writing_is_not_overwritten(hall: Scene, tmp_path: Path) -> None:
    loaded(hall, of(tmp_path, here()))
    row = hall.read(lambda rx: rx.catalogue.under_way("pesticide"))
    assert row is not None
    mine = row.item.model_copy(update={"guide": "编辑写的"})
    hall.write(save_draft, SaveDraft(ADMIN, "pesticide", row.version, row.revision, mine))
    for publish in (False, True):
        done = loaded(hall, of(tmp_path, here(minutes=20)), publish)
        assert done.refused == ["pesticide"] and "有人正在办" in done.problems[0].wrong
        kept = hall.read(lambda rx: rx.catalogue.under_way("pesticide"))
        assert kept is not None and kept.item.guide == "编辑写的"


def test_what_is_not_sound_stays_a_draft_with_its_faults_told(hall: Scene, tmp_path: Path) -> None:
    export = here()
    vague = Outgoing("vague", "", "", plain("出具相关证明", section="general"))
    done = loaded(hall, of(tmp_path, Export(export.groups, [*export.items, vague])), publish=True)
    assert done.drafted == ["vague"] and len(done.published) == 2
    assert ["相关证明" in one.wrong for one in done.hints] == [True]


def test_a_vague_guide_stays_a_draft_and_a_vague_bundle_is_not_offered_each_named_at_its_row(
    hall: Scene, tmp_path: Path
) -> None:
    export = here()
    vague = Outgoing("vague", "", "", plain("出具证明", section="general", guide="其他材料视情况", result="相关证明"))
    bundle = replace(export.bundles[0], name="开货运公司等相关材料")
    catalogue = of(tmp_path, Export(export.groups, [*export.items, vague], [bundle]))
    done = loaded(hall, catalogue, publish=True)
    assert (done.drafted, done.bundles, len(done.published)) == (["vague"], 0, 2)
    assert {one.wrong.split("：")[0] for one in done.hints} == {"办事指南", "办理结果"}
    (problem,) = done.problems
    assert "等相关材料" in problem.wrong and "name" in problem.where
    assert hall.read(lambda rx: rx.bundles.all()) == []


def test_a_section_the_hall_does_not_have_is_refused_and_the_others_go_in(hall: Scene, tmp_path: Path) -> None:
    export = here()
    lost = Outgoing("lost", "", "", plain(section="hose"))
    done = loaded(hall, of(tmp_path, Export(export.groups, [lost, *export.items])), publish=True)
    assert done.refused == ["lost"] and len(done.published) == 2
    assert "没有板块“hose”" in done.problems[0].wrong and "house" in done.problems[0].right
    assert done.problems[0].where.startswith("第1行")
    assert hall.read(lambda rx: rx.catalogue.find_node("lost")) is None


def test_a_department_writes_the_section_as_the_hall_calls_it(hall: Scene, tmp_path: Path) -> None:
    names = hall.read(called)
    (house,) = [name for name, key in names.items() if key == "house" and not name.isascii()]
    titles = "编号,事项名称,部门,板块,件类型,法定时限（工作日）,承诺时限（工作日）,申请主体\n"
    rows = "".join(
        f"{key},{key},市自规局,{section},承诺件,20,5,个人\n" for key, section in (("one", house), ("two", "没有的板块"))
    )
    (tmp_path / "in.csv").write_text(titles + rows, "utf-8")
    made = assemble(read(tmp_path / "in.csv"), names)
    assert [one.version.section for one in made.items] == ["house"] and made.refused == 1
    (problem,) = made.problems
    assert "没有板块“没有的板块”" in problem.wrong and house in problem.right and "板块" in problem.where
    assert loaded(hall, made).drafted == ["one"]


def test_looking_first_tells_the_same_and_does_nothing(hall: Scene, tmp_path: Path) -> None:
    catalogue = of(tmp_path, here())
    wanted = Load(SYSTEM, catalogue, True, "")
    seen = look(hall.store, HALL, wanted)
    assert seen.published == ["freight-permit", "pesticide"] and count(hall, "catalogue_nodes") == 0
    assert load(hall.store, HALL, wanted).published == seen.published


def test_a_bundle_of_an_item_that_is_not_there_is_told(hall: Scene, tmp_path: Path) -> None:
    export = here()
    done = loaded(hall, of(tmp_path, Export(export.groups, export.items[:1], export.bundles)))
    assert done.bundles == 0 and "pesticide" in done.problems[0].wrong


def test_two_hundred_items_come_in_by_the_hundred(hall: Scene, tmp_path: Path) -> None:
    items = [Outgoing(f"i{n}", "", "", plain(f"事项{n}", section="general")) for n in range(201)]
    done = loaded(hall, of(tmp_path, Export([], items)), publish=True)
    assert len(done.published) == 201 and len(hall.read(lambda rx: rx.rules.versions)) == 201
    assert worked_out().section == "company"


def test_a_result_of_no_item_is_refused_at_its_own_row_and_one_of_the_file_or_the_hall_goes_in(
    hall: Scene, tmp_path: Path
) -> None:
    export = here()
    law = [one.model_copy(update={"result_of": "nothing"}) for one in export.items[0].version.materials]
    wrong = export.items[0].version.model_copy(
        update={"materials": law[:1] + list(export.items[0].version.materials[1:])}
    )
    write(Export(export.groups, [replace(export.items[0], version=wrong), export.items[1]]), tmp_path / "in.xlsx")
    done = loaded(hall, assemble(read(tmp_path / "in.xlsx")))
    (problem,) = done.problems
    assert done.refused == ["freight-permit"] and done.drafted == ["pesticide"]
    assert "nothing" in problem.wrong and "由哪个事项产生" in problem.where and "2" in problem.where


def test_a_bundle_whose_item_comes_before_what_it_asks_for_is_refused_with_the_right_order(
    hall: Scene, tmp_path: Path
) -> None:
    export = here()
    loaded(hall, of(tmp_path, export), publish=True)
    turned = replace(export.bundles[0], items=tuple(reversed(export.bundles[0].items)))
    done = loaded(hall, of(tmp_path, Export(export.groups, export.items, [turned])), publish=True)
    assert "请把它排在“普通货物运输经营许可”前面" in done.problems[0].wrong and done.bundles == 0
