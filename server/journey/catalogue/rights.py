"""Who may write, publish, review and answer for an item: its department, whoever leads the hall, who was asked.

`writes`, `publishes`, `reviews` and `arranges` are what a route that names an item or a folder declares.
"""

from __future__ import annotations

from server.domain.actor import Actor, Role
from server.domain.refusals import Refusal
from server.store.transaction import Tx


class NotYourDepartment(Refusal):
    status, code = 403, "not_your_department"
    zh = "这是{department}的事项，只有该部门的人员或值班经理可以操作。请联系{department}。"
    en = "This belongs to {department}: only its own people or a manager may do that. Please ask {department}."


class NeedsLeader(Refusal):
    status, code = 403, "needs_leader"
    zh = "没有部门的目录、评审人名单只有管理员或值班经理可以改，请联系他们。"
    en = "Only an administrator or a manager may change a folder of no department, or who reviews. Please ask them."


class NotAReviewer(Refusal):
    status, code = 403, "not_a_reviewer"
    zh = "“{item}”没有请您评审，请联系送审人。"
    en = "You were not asked to review “{item}”. Please ask whoever submitted it."


def may_write(by: Actor, department: str) -> bool:
    return by.leads or (by.has(Role.EDITOR) and bool(department) and by.department == department)


def may_publish(by: Actor, department: str) -> bool:
    return by.leads or (by.has(Role.HEAD) and bool(department) and by.department == department)


def require_author(by: Actor, department: str) -> None:
    """Raises NotYourDepartment, NeedsLeader."""
    if not may_write(by, department):
        raise NotYourDepartment(department=department) if department else NeedsLeader()


def require_publisher(by: Actor, department: str) -> None:
    """Raises NotYourDepartment, NeedsLeader."""
    if not may_publish(by, department):
        raise NotYourDepartment(department=department) if department else NeedsLeader()


def writes(rx: Tx, by: Actor, item: str) -> None:
    """Raises NodeUnknown, NotYourDepartment, NeedsLeader."""
    require_author(by, rx.catalogue.node(item).department)


def arranges(rx: Tx, by: Actor, node: str) -> None:
    """As `writes`, of a folder or an item."""
    require_author(by, rx.catalogue.node(node).department)


def publishes(rx: Tx, by: Actor, item: str) -> None:
    """Raises NodeUnknown, NotYourDepartment, NeedsLeader."""
    require_publisher(by, rx.catalogue.node(item).department)


def answers(rx: Tx, by: Actor, adjustment: int) -> None:
    """Whoever writes or publishes the item. Raises AdjustmentUnknown, NotYourDepartment, NeedsLeader."""
    node = rx.catalogue.node(rx.adjustments.get(adjustment).item_id)
    if not may_publish(by, node.department):
        require_author(by, node.department)


def reviews(rx: Tx, by: Actor, item: str, version: int) -> None:
    """Who was asked when it was submitted. Raises NodeUnknown, VersionUnknown, NotAReviewer."""
    row = rx.catalogue.row(item, version)
    if by.id.removeprefix("staff:") not in row.reviewers:
        raise NotAReviewer(item=row.item.name)
