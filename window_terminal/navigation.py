"""The bar of the desks' pages: which pages somebody at work finds there, by role."""

from __future__ import annotations

from dataclasses import dataclass

from server.domain.actor import Actor, Role
from server.web.access import DEPARTMENT, LEADERS, STAFF


@dataclass(frozen=True)
class Tab:
    """A page of the bar; `first`: in the bar itself, else under 更多."""

    name: str
    href: str
    zh: str
    en: str
    roles: tuple[Role, ...]
    first: bool = True
    demo_only: bool = False


TABS = (
    Tab("terminal", "/terminal", "窗口", "Window", (Role.CLERK,)),
    Tab("manage", "/manage", "值班总台", "Manager", LEADERS),
    Tab("guide", "/guide", "导服台", "Guide", (Role.GUIDE, *LEADERS)),
    Tab("approvals", "/approvals", "审批", "Approvals", (Role.APPROVER, Role.HEAD, *LEADERS)),
    Tab("cases", "/cases", "办件", "Cases", (*STAFF, Role.APPROVER, Role.HEAD)),
    Tab("handovers", "/handovers", "交接", "Handovers", (Role.CLERK, Role.APPROVER, Role.HEAD, *LEADERS)),
    Tab("issue", "/issue", "出件", "Issue", (Role.CLERK, *LEADERS)),
    Tab("supervision", "/supervision", "督办", "Supervision", (Role.HEAD, *LEADERS)),
    Tab("catalogue", "/catalogue", "事项", "Items", (*STAFF, *DEPARTMENT)),
    Tab("evaluations", "/manage/evaluations", "好差评", "Ratings", LEADERS, first=False),
    Tab("authorizations", "/authorizations", "授权委托", "Authorizations", (Role.HEAD, *LEADERS), first=False),
    Tab("calendar", "/calendar", "工作日历", "Calendar", LEADERS, first=False),
    Tab("devices", "/manage/devices", "设备", "Devices", LEADERS, first=False),
    Tab("health", "/health", "运行状况", "Health", LEADERS, first=False),
    Tab("inbox", "/inbox", "短信箱", "Inbox", (*STAFF, *DEPARTMENT), first=False, demo_only=True),
)


def tabs_for(actor: Actor, demo: bool) -> list[Tab]:
    """What `actor` may open, in the bar's order. An admin may open everything."""
    return [tab for tab in TABS if actor.has(Role.ADMIN, *tab.roles) and (demo or not tab.demo_only)]
