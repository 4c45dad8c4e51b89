"""The tree: folders and items, four levels at most; an item has nothing below it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from server.domain.actor import Actor
from server.domain.codes import is_national, national_fault
from server.domain.refusals import Refusal
from server.journey.catalogue.rights import require_author
from server.store.catalogue_rows import Node, NodeUnknown
from server.store.transaction import Tx

LEVELS = 4


class TreeTooDeep(Refusal):
    status, code = 409, "tree_too_deep"
    zh = "目录最多四级，请放到上一级。"
    en = "The catalogue has four levels at most. Put it one level higher."


class ItemHasNoChildren(Refusal):
    status, code = 409, "item_has_no_children"
    zh = "“{name}”是事项，下面不能再放目录或事项。请放到它所在的目录。"
    en = "“{name}” is an item and holds nothing below it. Put it into the item's folder instead."


class FolderNotEmpty(Refusal):
    status, code = 409, "folder_not_empty"
    zh = "“{name}”下面还有 {count} 项，请先移走或停用。"
    en = "There are still {count} entries below “{name}”. Move or retire them first."


class NodeIdTaken(Refusal):
    status, code = 409, "node_id_taken"
    zh = "编号 {node} 已经有了（{name}），请换一个编号。"
    en = "The id {node} is in use already ({name}). Choose another."


class NodeBelowItself(Refusal):
    status, code = 409, "node_below_itself"
    zh = "不能把“{name}”移到它自己的下面，请选择别的目录。"
    en = "“{name}” cannot be moved below itself. Choose another folder."


class ItemCodeInvalid(Refusal):
    status, code = 422, "item_code_invalid"
    zh = "31 位事项编码有误：{wrong_zh}。请核对后重新输入。"
    en = "The 31-character item code is wrong: {wrong_en}. Check it and enter it again."


class DepartmentMissing(Refusal):
    status, code = 422, "item_department_missing"
    zh = "事项应写明所属部门，请填写部门。"
    en = "An item belongs to a department. Please name it."


@dataclass(frozen=True, slots=True)
class AddNode:
    """`parent` "" is the top; `position` None puts it last."""

    by: Actor
    id: str
    name: str
    parent: str = ""
    name_en: str = ""
    code: str = ""
    department: str = ""
    is_item: bool = False
    position: int | None = None


@dataclass(frozen=True, slots=True)
class ChangeNode:
    """What is None stays."""

    by: Actor
    id: str
    name: str | None = None
    parent: str | None = None
    name_en: str | None = None
    code: str | None = None
    department: str | None = None
    position: int | None = None


@dataclass(frozen=True, slots=True)
class Arrange:
    """The children of `parent` ("" the top) in a new order; those left out keep theirs behind them."""

    by: Actor
    parent: str
    order: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RemoveFolder:
    by: Actor
    id: str


def add_node(tx: Tx, request: AddNode, now: int) -> Node:
    """Raises NodeUnknown (parent), NodeIdTaken, TreeTooDeep, ItemHasNoChildren, ItemCodeInvalid, DepartmentMissing and
    what `require_author` does."""
    require_author(request.by, request.department)
    taken = tx.catalogue.find_node(request.id)
    if taken is not None:
        raise NodeIdTaken(node=request.id, name=taken.name)
    if request.is_item and not request.department:
        raise DepartmentMissing()
    _check_code(request.code)
    level = _level_below(tx, request.parent)
    position = request.position if request.position is not None else _last(tx, request.parent)
    node = Node(
        request.id, request.parent, level, position, request.name, request.name_en, request.code, request.department,
        request.is_item, None,
    )  # fmt: skip
    tx.audit.add(request.by.id, "catalogue.added", f"item:{node.id}", {"name": node.name})
    return tx.catalogue.put_node(node)


def change_node(tx: Tx, request: ChangeNode, now: int) -> Node:
    """Rename, move, recode. Raises as `add_node`, and NodeBelowItself."""
    node = tx.catalogue.node(request.id)
    require_author(request.by, node.department)
    wanted = {
        name: value
        for name in ("name", "name_en", "code", "department", "position", "parent")
        if (value := getattr(request, name)) is not None
    }
    changed = replace(node, **wanted)
    if changed.department != node.department:
        require_author(request.by, changed.department)
    if node.is_item and not changed.department:
        raise DepartmentMissing()
    _check_code(changed.code)
    if changed.parent != node.parent:
        changed = _moved(tx, node, changed)
    tx.audit.add(request.by.id, "catalogue.changed", f"item:{node.id}", wanted)
    return tx.catalogue.put_node(changed)


def arrange(tx: Tx, request: Arrange, now: int) -> list[Node]:
    """Raises NodeUnknown for what is no child of it, and what `require_author` does for each that moves."""
    children = {one.id: one for one in tx.catalogue.children(request.parent)}
    for node_id in request.order:
        if node_id not in children:
            raise NodeUnknown(node=node_id)
    wanted = [*dict.fromkeys(request.order), *(one for one in children if one not in request.order)]
    for position, node_id in enumerate(wanted):
        node = children[node_id]
        if node.position != position:
            if node_id in request.order:
                require_author(request.by, node.department)
            tx.catalogue.put_node(replace(node, position=position))
    return tx.catalogue.children(request.parent)


def remove_folder(tx: Tx, request: RemoveFolder, now: int) -> Node:
    """An empty folder goes. Raises FolderNotEmpty; an item is retired instead (`publishing.retire`)."""
    node = tx.catalogue.node(request.id)
    require_author(request.by, node.department)
    left = [one for one in tx.catalogue.children(node.id) if one.retired_at is None]
    if left or node.is_item:
        raise FolderNotEmpty(name=node.name, count=len(left) or 1)
    tx.audit.add(request.by.id, "catalogue.removed", f"item:{node.id}", {"name": node.name})
    return tx.catalogue.put_node(replace(node, retired_at=now))


def _moved(tx: Tx, node: Node, changed: Node) -> Node:
    """The node under its new parent, and all below it at their new levels."""
    level = _level_below(tx, changed.parent)
    above = changed.parent
    while above:
        if above == node.id:
            raise NodeBelowItself(name=node.name)
        above = tx.catalogue.node(above).parent
    _relevel(tx, node.id, level)
    return replace(changed, level=level)


def _relevel(tx: Tx, node_id: str, level: int) -> None:
    for child in tx.catalogue.children(node_id):
        if level + 1 > LEVELS:
            raise TreeTooDeep()
        tx.catalogue.put_node(replace(child, level=level + 1))
        _relevel(tx, child.id, level + 1)


def _level_below(tx: Tx, parent: str) -> int:
    if not parent:
        return 1
    above = tx.catalogue.node(parent)
    if above.is_item:
        raise ItemHasNoChildren(name=above.name)
    if above.level >= LEVELS:
        raise TreeTooDeep()
    return above.level + 1


def _last(tx: Tx, parent: str) -> int:
    return max((one.position for one in tx.catalogue.children(parent)), default=-1) + 1


def _check_code(code: str) -> None:
    fault = national_fault(code) if is_national(code) else None
    if fault:
        raise ItemCodeInvalid(wrong_zh=fault[0], wrong_en=fault[1])
