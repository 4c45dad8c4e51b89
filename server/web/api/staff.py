"""Staff accounts, kept by administrators."""

from __future__ import annotations

from typing import Any

from server.access import staff
from server.access.refusals import DepartmentMissing, StaffExists, StaffUnknown
from server.domain.actor import Role
from server.store.staff import Account
from server.web.api.office_schemas import NewStaff, SetPassword, StaffList, StaffOut
from server.web.api.routing import Reply, Routes
from server.web.api.schemas import Nothing
from server.web.context import actor, services

routes = Routes("staff")
ADMINS = (Role.ADMIN,)


def shown(account: Account) -> dict[str, Any]:
    return {
        "username": account.username,
        "name": account.name,
        "roles": list(account.roles),
        "windows": list(account.windows),
        "department": account.department,
        "active": account.active,
        "locked": account.locked_until > services().clock(),
    }


def _one(username: str) -> dict[str, Any]:
    return shown(services().store.read(services().hall_id, staff.known, username))


@routes.get("/staff", ADMINS, summary="人员 Staff accounts", answers={200: StaffList})
def list_staff() -> Reply:
    """Everybody, with closed accounts."""
    found = services().store.read(services().hall_id, staff.list_staff)
    return 200, {"staff": [shown(account) for account in found]}


@routes.post(
    "/staff",
    ADMINS,
    summary="新建人员 Add an account",
    body=NewStaff,
    answers={201: StaffOut},
    refusals=(StaffExists, DepartmentMissing),
    replayed=False,
)
def add(body: NewStaff) -> Reply:
    """`windows` empty: may sit at any window. Editors, approvers and heads are of one `department`."""
    roles, windows = tuple(map(Role, body.roles)), tuple(body.windows)
    new = staff.NewAccount(body.username, body.name, roles, windows, body.password, body.department)
    staff.add_staff(services().access, actor(), new)
    return 201, _one(body.username)


@routes.post(
    "/staff/{username}/password",
    ADMINS,
    summary="重设密码 Set a password",
    body=SetPassword,
    answers={200: StaffOut},
    refusals=(StaffUnknown,),
    replayed=False,
)
def set_password(username: str, body: SetPassword) -> Reply:
    """Opens a locked account and ends its sessions."""
    staff.set_password(services().access, actor(), username, body.password)
    return 200, _one(username)


@routes.post(
    "/staff/{username}/close",
    ADMINS,
    summary="停用 Close an account",
    body=Nothing,
    answers={200: StaffOut},
    refusals=(StaffUnknown,),
    replayed=False,
)
def close(username: str, body: Nothing) -> Reply:
    """Ends its sessions; what it did stays on record."""
    staff.set_active(services().access, actor(), username, False)
    return 200, _one(username)


@routes.post(
    "/staff/{username}/reopen",
    ADMINS,
    summary="启用 Reopen an account",
    body=Nothing,
    answers={200: StaffOut},
    refusals=(StaffUnknown,),
    replayed=False,
)
def reopen(username: str, body: Nothing) -> Reply:
    """With the password it had."""
    staff.set_active(services().access, actor(), username, True)
    return 200, _one(username)
