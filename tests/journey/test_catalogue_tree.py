"""The tree has four levels; each department writes its own items and nobody else's."""

from __future__ import annotations

from typing import Any

import pytest

from server.journey.catalogue import tree
from server.journey.catalogue.guide import search_view, tree_view
from server.journey.catalogue.rights import NeedsLeader, NotYourDepartment
from server.store.catalogue_rows import Node, NodeUnknown
from tests.journey.catalogue_scene import ADMIN, EDITOR, OTHER, POLICE, add_item, ready
from tests.scene import Scene


def folder(hall: Scene, node: str, parent: str = "", **more: Any) -> Node:
    return hall.write(tree.add_node, tree.AddNode(ADMIN, node, f"目录{node}", parent, **more))


def change(hall: Scene, node: str, by: Any = ADMIN, **more: Any) -> Node:
    return hall.write(tree.change_node, tree.ChangeNode(by, node, **more))


def four(hall: Scene) -> None:
    for node, parent in (("a", ""), ("b", "a"), ("c", "b")):
        folder(hall, node, parent)


def test_items_hang_on_the_fourth_level_at_most(hall: Scene) -> None:
    four(hall)
    assert add_item(hall, "id-lost", parent="c").level == 4
    folder(hall, "d", "c")
    with pytest.raises(tree.TreeTooDeep):
        add_item(hall, "too-deep", parent="d")
    with pytest.raises(tree.ItemHasNoChildren):
        folder(hall, "below", "id-lost")


def test_a_folder_moves_with_all_below_it_unless_that_gets_too_deep(hall: Scene) -> None:
    four(hall)
    folder(hall, "x")
    folder(hall, "y", "x")
    change(hall, "c", parent="y")
    add_item(hall, "id-lost", parent="c")
    assert hall.read(lambda rx: rx.catalogue.node("id-lost")).level == 4
    with pytest.raises(tree.TreeTooDeep):
        change(hall, "x", parent="a")
    with pytest.raises(tree.NodeBelowItself):
        change(hall, "x", parent="c")
    change(hall, "c", parent="")
    assert [hall.read(lambda rx, n=n: rx.catalogue.node(n)).level for n in ("c", "id-lost")] == [1, 2]


def test_a_department_adds_items_of_its_own_and_changes_no_others(hall: Scene) -> None:
    add_item(hall)
    with pytest.raises(NotYourDepartment, match=POLICE):
        change(hall, "id-lost", OTHER, name="偷改")
    with pytest.raises(NotYourDepartment):
        change(hall, "id-lost", EDITOR, department="市税务局")
    with pytest.raises(NotYourDepartment):
        add_item(hall, "elsewhere", by=OTHER)
    with pytest.raises(NeedsLeader):
        hall.write(tree.add_node, tree.AddNode(EDITOR, "top", "新板块"))
    with pytest.raises(tree.DepartmentMissing):
        add_item(hall, "whose", by=ADMIN, department="")
    assert change(hall, "id-lost", EDITOR, name="居民身份证遗失补领").name == "居民身份证遗失补领"


def test_an_id_is_used_once_and_a_national_code_is_checked(hall: Scene) -> None:
    add_item(hall)
    with pytest.raises(tree.NodeIdTaken):
        add_item(hall, name="另一个")
    with pytest.raises(tree.ItemCodeInvalid, match="信用代码"):
        add_item(hall, "coded", code="1" * 18 + "4" + "0" * 12)
    assert add_item(hall, "opaque", code="川-公-0017").code == "川-公-0017"
    with pytest.raises(NodeUnknown):
        add_item(hall, "lost", parent="nowhere")


def test_only_an_empty_folder_goes(hall: Scene) -> None:
    folder(hall, "a")
    add_item(hall, parent="a")
    with pytest.raises(tree.FolderNotEmpty):
        hall.write(tree.remove_folder, tree.RemoveFolder(ADMIN, "a"))
    change(hall, "id-lost", parent="")
    assert hall.write(tree.remove_folder, tree.RemoveFolder(ADMIN, "a")).retired_at


def test_a_folder_is_put_in_order_and_the_rest_stays_behind(hall: Scene) -> None:
    for node in ("a", "b", "c", "d"):
        folder(hall, node)
    done = hall.write(tree.arrange, tree.Arrange(ADMIN, "", ("c", "a")))
    assert [one.id for one in done] == ["c", "a", "b", "d"]
    with pytest.raises(NodeUnknown):
        hall.write(tree.arrange, tree.Arrange(ADMIN, "", ("c", "nowhere")))
    with pytest.raises(NeedsLeader):
        hall.write(tree.arrange, tree.Arrange(EDITOR, "", ("d", "c")))


def test_citizens_see_what_is_in_force_with_the_folders_above_it(hall: Scene) -> None:
    four(hall)
    folder(hall, "empty")
    add_item(hall, "draft-only", parent="b")
    add_item(hall, "id-lost", parent="c", by=ADMIN)
    ready(hall)
    assert {node["id"] for node in hall.read(tree_view)["nodes"]} == {"a", "b", "c", "id-lost"}
    (found,) = hall.read(search_view, "sfz bl", None, None, None)["items"]
    assert (found["path"], found["asks"], found["kind_zh"]) == (["目录a", "目录b", "目录c"], 1, "承诺件")
    assert hall.read(search_view, "", None, None, "company")["items"] == []
    assert hall.read(search_view, "", "house", None, None)["items"] == []
