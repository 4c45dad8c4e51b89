"""One source (同源发布): what the catalogue publishes is the hall's item at once, for those who wait, too."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from server.domain.hall import ItemUnknown, SectionUnknown
from server.imports.collecting import collect
from server.journey import hall_views
from server.journey.cases.items import matter
from server.journey.catalogue import publishing, tree
from server.journey.catalogue.guide import tree_view
from server.journey.catalogue.views import nodes_view
from server.journey.supervising import ReloadWouldStrand
from server.store.catalogue_rows import ItemNotPublished
from tests.case_scene import LOAN, Cases
from tests.journey.catalogue_scene import ADMIN, HEAD, add_item, body, ready
from tests.scene import Scene, small_hall
from tests.store_fixtures import HALL, FakeClock, database, open_again


def today(hall: Scene) -> date:
    return hall.read(lambda rx: rx.rules.day)


def names(hall: Scene) -> dict[str, str]:
    return {one["id"]: one["name"] for one in hall.read(hall_views.items_view)["items"]}


def events(hall: Scene) -> list[str]:
    return [event.type for event in hall.read(lambda rx: rx.events.after(0))]


def retire(hall: Scene, item: str, last_day: date | None = None) -> None:
    hall.write(publishing.retire, publishing.Retire(HEAD, item, last_day))


def test_a_published_item_is_found_by_its_initials_and_a_number_is_taken_for_it(hall: Scene) -> None:
    ready(hall)
    (found,) = hall.read(hall_views.items_view, "jmsfzbl")["items"]
    assert (found["id"], found["name"], found["section"], found["expected_minutes"]) == (
        "id-lost", "居民身份证补领", "general", 8)  # fmt: skip
    hall.open(1)
    ticket = hall.take(item="id-lost")
    assert (ticket.section, ticket.window_number, ticket.seconds) == ("general", 1, 480)
    assert hall.read(lambda rx: rx.rules.items["id-lost"].bring) == "户口簿；另按您的情形，见材料清单"
    assert events(hall)[0] == "hall.reloaded"


def test_an_item_of_the_hall_file_is_overlaid_and_those_who_wait_for_it_follow(hall: Scene) -> None:
    hall.open(1, 4)
    first = hall.take(item="id-card")
    assert first.window_number == 1
    ready(hall, "id-card", name="居民身份证换领（新）", section="house", minutes=12)
    moved = hall.ticket(first)
    assert (moved.window_number, moved.seconds) == (4, 720), "the item's windows are now those of 不动产"
    assert names(hall)["id-card"] == "居民身份证换领（新）"
    hall.check_counters()


def test_the_hall_file_can_be_reloaded_under_the_catalogue_and_says_only_what_the_file_changed(hall: Scene) -> None:
    ready(hall, "id-card", name="居民身份证换领（新）")
    assert hall.reload(small_hall()).changes == ()
    done = hall.reload(small_hall(limits={"per_phone": 2}))
    assert [change.zh for change in done.changes] == ["取号限制 per_phone：3 → 2"]
    assert names(hall)["id-card"] == "居民身份证换领（新）"


def test_a_version_of_next_week_waits_for_its_day_and_the_old_one_ends_the_day_before(hall: Scene) -> None:
    ready(hall)
    later = today(hall) + timedelta(days=3)
    ready(hall, effective_from=later, name="居民身份证补领（新版）")
    assert names(hall)["id-lost"] == "居民身份证补领"
    old, new = hall.read(lambda rx: rx.catalogue.published("id-lost"))
    assert (old.effective_to, new.effective_from, new.effective_to) == (later - timedelta(days=1), later, None)
    hall.tick()
    before = events(hall).count("hall.reloaded")
    hall.wait(minutes=3 * 24 * 60)
    hall.tick()
    assert names(hall)["id-lost"] == "居民身份证补领（新版）"
    assert events(hall).count("hall.reloaded") == before + 1, "screens are told at the turn of the day"
    assert hall.read(lambda rx: rx.catalogue.in_force("id-lost", later))[0] == 2
    assert hall.read(lambda rx: rx.catalogue.in_force("id-lost", later - timedelta(days=1)))[0] == 1


def test_nothing_is_published_or_retired_for_a_day_that_is_past(hall: Scene) -> None:
    yesterday = today(hall) - timedelta(days=1)
    with pytest.raises(publishing.EffectiveDayPast, match=str(yesterday)):
        ready(hall, effective_from=yesterday)
    ready(hall)
    with pytest.raises(publishing.EffectiveDayPast):
        retire(hall, "id-lost", yesterday)
    assert names(hall)["id-lost"] == "居民身份证补领"


def in_trees(hall: Scene, item: str = "id-lost") -> list[Any]:
    """The citizens' name of it (None: not there), the staff's, and whether it is retired."""
    public = {one["id"]: one["name"] for one in hall.read(tree_view)["nodes"]}
    (staff,) = [one for one in hall.read(nodes_view, ADMIN)["nodes"] if one["id"] == item]
    return [public.get(item), staff["name"], staff["retired"]]


def test_a_new_name_is_in_the_trees_from_its_day_on_as_everywhere_else(hall: Scene) -> None:
    ready(hall)
    hall.tick()
    later = today(hall) + timedelta(days=3)
    ready(hall, effective_from=later, name="居民身份证补领（新版）", name_en="Lost ID card")
    assert in_trees(hall) == ["居民身份证补领", "居民身份证补领", False]
    hall.wait(minutes=5 * 24 * 60)  # nobody came in on the day itself
    hall.tick()
    assert in_trees(hall) == ["居民身份证补领（新版）", "居民身份证补领（新版）", False]
    assert hall.read(lambda rx: rx.catalogue.node("id-lost").name_en) == "Lost ID card"


def test_an_item_retired_for_friday_is_in_the_trees_and_in_its_folder_until_then(hall: Scene) -> None:
    hall.write(tree.add_node, tree.AddNode(ADMIN, "folder", "户籍"))
    add_item(hall, "id-lost", by=ADMIN, parent="folder")
    ready(hall)
    hall.tick()
    retire(hall, "id-lost", today(hall) + timedelta(days=1))
    assert in_trees(hall) == ["居民身份证补领", "居民身份证补领", False]
    assert [one.id for one in hall.read(collect).items] == ["id-lost"], "an export has what is in force"
    with pytest.raises(tree.FolderNotEmpty):
        hall.write(tree.remove_folder, tree.RemoveFolder(ADMIN, "folder"))
    hall.wait(minutes=2 * 24 * 60)
    hall.tick()
    assert in_trees(hall) == [None, "居民身份证补领", True]
    assert hall.read(collect).items == []
    ready(hall, effective_from=today(hall) + timedelta(days=1), name="居民身份证补领（恢复）")
    assert in_trees(hall) == [None, "居民身份证补领", False], "it comes back tomorrow, under its new name"
    hall.wait(minutes=24 * 60)
    hall.tick()
    assert in_trees(hall) == ["居民身份证补领（恢复）", "居民身份证补领（恢复）", False]


def test_the_last_publication_of_a_day_is_the_one_in_force(hall: Scene) -> None:
    ready(hall)
    ready(hall, name="居民身份证补领（改正）")
    assert names(hall)["id-lost"] == "居民身份证补领（改正）"
    version, item = hall.read(lambda rx: rx.catalogue.in_force("id-lost", rx.rules.day))
    assert (version, item.name) == (2, "居民身份证补领（改正）")
    assert hall.read(lambda rx: rx.catalogue.version("id-lost", 1)).name == "居民身份证补领", "versions stay for ever"


def test_the_same_import_again_publishes_nothing(hall: Scene) -> None:
    assert len(ready(hall)) == 1
    seq = hall.read(lambda rx: rx.events.last_seq())
    assert ready(hall) == []
    assert hall.read(lambda rx: rx.events.last_seq()) == seq


def test_a_retired_item_is_gone_also_where_the_hall_file_has_it(hall: Scene) -> None:
    ready(hall, "id-card")
    retire(hall, "id-card")
    assert "id-card" not in names(hall)
    with pytest.raises(ItemUnknown):
        hall.take(item="id-card")
    with pytest.raises(ItemNotPublished):
        hall.read(lambda rx: rx.catalogue.in_force("id-card", rx.rules.day))


def test_an_item_retired_for_friday_is_taken_in_until_then(hall: Scene) -> None:
    ready(hall)
    retire(hall, "id-lost", today(hall) + timedelta(days=1))
    hall.open(1)
    hall.take(item="id-lost")
    hall.wait(minutes=2 * 24 * 60)
    hall.tick()
    assert "id-lost" not in names(hall)


def test_an_item_retired_for_a_later_day_can_be_retired_sooner_and_no_version_of_it_comes_back(hall: Scene) -> None:
    ready(hall)
    first = today(hall)
    retire(hall, "id-lost", first + timedelta(days=5))
    with pytest.raises(publishing.RetiredSooner, match=str(first + timedelta(days=5))):
        retire(hall, "id-lost", first + timedelta(days=6))
    retire(hall, "id-lost", first + timedelta(days=3))
    (row,) = hall.read(lambda rx: rx.catalogue.versions("id-lost"))
    assert (row.stage, row.effective_to) == ("retired", first + timedelta(days=3))
    ready(hall, name="居民身份证补领（新版）")
    retire(hall, "id-lost")
    assert "id-lost" not in names(hall), "the first version does not come back for its last days"
    assert in_trees(hall) == [None, "居民身份证补领（新版）", True]
    with pytest.raises(publishing.NotPublished):
        retire(hall, "id-lost")


def test_what_would_leave_somebody_without_a_window_is_refused_and_changes_nothing(hall: Scene) -> None:
    parts = small_hall().model_dump()
    visas = {"id": "visa", "letter": "V", "name": "签证", "name_en": "Visas", "kind": "intake"}
    windows = [w | {"items": ["passport", "visa-new"]} if w["number"] == 6 else w for w in parts["windows"]]
    item = parts["items"][0] | {"id": "visa-new", "name": "签证签发", "section": "visa"}
    hall.reload(small_hall(sections=[*parts["sections"], visas], windows=windows, items=[*parts["items"], item]))
    ready(hall, "visa-new", section="visa")
    hall.open(6)
    ticket = hall.take(item="visa-new")
    with pytest.raises(ReloadWouldStrand):
        retire(hall, "visa-new")
    assert hall.ticket(ticket).window_number == 6
    assert "visa-new" in names(hall)
    hall.next(6)
    hall.start(6)
    hall.finish(6)
    retire(hall, "visa-new")
    assert "visa-new" not in names(hall)


def test_retiring_what_somebody_waits_for_leaves_them_in_their_sections_line(hall: Scene) -> None:
    ready(hall)
    hall.open(1, 2)
    ticket = hall.take(item="id-lost")
    retire(hall, "id-lost")
    assert hall.ticket(ticket).state == "waiting"
    hall.check_counters()
    assert hall.next(1).id == ticket.id


def test_a_section_the_hall_does_not_have_is_refused(hall: Scene) -> None:
    with pytest.raises(SectionUnknown):
        ready(hall, section="elsewhere")
    assert hall.read(lambda rx: rx.catalogue.versions("id-lost")) == []


def test_what_is_refused_leaves_the_rules_as_they_were_for_the_next_step_of_the_same_batch(hall: Scene) -> None:
    ready(hall)
    version = hall.read(lambda rx: rx.hall.catalogue_version)

    def fails(tx: object, request: object, now: int) -> None:
        publishing.publish_ready(tx, request, now)  # type: ignore[arg-type]
        assert tx.rules.items["id-lost"].name == "不会生效"  # type: ignore[attr-defined]
        raise ValueError("the step fails after all")

    one = publishing.ReadyItem("id-lost", body(name="不会生效"))
    with pytest.raises(ValueError, match="after all"):
        hall.write(fails, publishing.PublishReady(ADMIN, [one], "导入"))
    assert hall.read(lambda rx: rx.hall.catalogue_version) == version
    assert names(hall)["id-lost"] == "居民身份证补领"
    ready(hall, name="这次生效")
    assert names(hall)["id-lost"] == "这次生效", "a version number used in vain keeps no rules in the cache"


def test_a_running_case_keeps_the_version_it_was_opened_under(hall: Scene) -> None:
    desk = Cases(hall)
    case = desk.save(desk.open("loan"), answers={"house": ["new"]})
    lean = LOAN.model_copy(
        update={"always": ["id-card"], "materials": [m for m in LOAN.materials if m.id != "bank-card"]}
    )
    hall.write(publishing.publish_ready, publishing.PublishReady(ADMIN, [publishing.ReadyItem("loan", lean)], "新版"))
    assert [one.id for one in hall.read(lambda rx: matter(rx, rx.cases.get(case.id)).materials)] == [
        "id-card",
        "bank-card",
        "contract",
    ]
    later = desk.save(desk.open("loan"), answers={"house": ["new"]})
    assert (case.item_version, later.item_version) == (1, 2)
    assert [one.id for one in hall.read(lambda rx: matter(rx, rx.cases.get(later.id)).materials)] == [
        "id-card",
        "contract",
    ]


def test_another_instance_has_it_with_its_next_read(tmp_path: Path) -> None:
    clock = FakeClock()
    with database("postgres") as url, open_again(tmp_path / "a", url, clock) as here:
        here.ensure_hall(HALL)
        scene = Scene(here, clock)
        with open_again(tmp_path / "b", url, clock) as there:
            assert "id-lost" not in there.read(HALL, lambda rx: rx.rules.items)
            ready(scene)
            assert there.read(HALL, lambda rx: rx.rules.items["id-lost"].name) == "居民身份证补领"
            assert there.read(HALL, lambda rx: rx.rules.versions) == {"id-lost": 1}
