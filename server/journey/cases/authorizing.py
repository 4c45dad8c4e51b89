"""授权委托: departments let clerks decide at the window (即办件，前台一人通办), item by item and day by day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from server.access.refusals import StaffUnknown
from server.domain.actor import Actor, Role
from server.domain.cases.authorization import (
    EVERY_ITEM,
    Authorization,
    AuthorizationEnded,
    AuthorizationForClerk,
    AuthorizationItemUnknown,
    NotAuthorized,
    OtherDepartment,
    authorized,
    check_days,
)
from server.domain.units import iso
from server.journey.cases.items import departments
from server.store.transaction import Tx

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class AuthorizeRequest:
    """`items`: ids, or "*" for all of the department's; `document`: the signed paper's number. Days included."""

    by: Actor
    department: str
    staff: str
    items: tuple[str, ...]
    document: str
    from_day: date
    to_day: date | None = None


@dataclass(frozen=True, slots=True)
class RevokeRequest:
    by: Actor
    authorization: int


def authorize(tx: Tx, request: AuthorizeRequest, now: int) -> Authorization:
    """Enter an authorization.

    Raises OtherDepartment, StaffUnknown, AuthorizationForClerk, AuthorizationDaysWrong, AuthorizationItemUnknown.
    """
    check_department(request.by, request.department)
    check_days(request.from_day, request.to_day)
    _check_items(tx, request.department, request.items)
    account = tx.staff.find(request.staff)
    if account is None or not account.active:
        raise StaffUnknown(username=request.staff)
    if Role.CLERK not in account.roles:
        raise AuthorizationForClerk(username=request.staff)
    made = tx.authorizations.add(
        request.department,
        request.staff,
        tuple(dict.fromkeys(request.items)),
        request.document,
        request.from_day.isoformat(),
        request.to_day.isoformat() if request.to_day else None,
        request.by.id,
    )
    _tell(tx, "authorization.made", made)
    return made


def _check_items(tx: Tx, department: str, items: tuple[str, ...]) -> None:
    """Each is published, and the department's to decide. Raises AuthorizationItemUnknown."""
    for item in items:
        version = tx.rules.versions.get(item)
        owners = departments(tx.catalogue.version(item, version)) if version is not None else ()
        if item != EVERY_ITEM and department not in owners:
            raise AuthorizationItemUnknown(department=department, item=_name(tx, item))


def revoke(tx: Tx, request: RevokeRequest, now: int) -> Authorization:
    """From now on it holds no more. Raises AuthorizationUnknown, OtherDepartment, AuthorizationEnded."""
    found = tx.authorizations.get(request.authorization)
    check_department(request.by, found.department)
    if not tx.authorizations.revoke(found.id, request.by.id):
        raise AuthorizationEnded()
    _tell(tx, "authorization.revoked", found)
    return tx.authorizations.get(found.id)


def is_authorized(tx: Tx, staff_id: str, departments: tuple[str, ...], item: str) -> bool:
    """May this person ("staff:<username>") decide the item at the window today, for all these departments?"""
    held = tx.authorizations.of_staff(staff_id.removeprefix("staff:"))
    return authorized(held, departments, item, tx.rules.day)


def require_authorized(tx: Tx, by: Actor, departments: tuple[str, ...], item: str, name: str) -> None:
    """Raises NotAuthorized; `name` is the item's."""
    if not is_authorized(tx, by.id, departments, item):
        raise NotAuthorized(item=name, department="、".join(departments))


def check_department(by: Actor, department: str) -> None:
    """Its own people, or a manager. Raises OtherDepartment."""
    if not by.leads and by.department != department:
        raise OtherDepartment(department=department)


def authorization_json(rx: Tx, one: Authorization) -> Json:
    account = rx.staff.find(one.staff)
    maker = rx.staff.find(one.made_by.removeprefix("staff:"))
    return {
        "id": one.id,
        "department": one.department,
        "staff": one.staff,
        "staff_name": account.name if account else one.staff,
        "items": [{"id": item, "name": _name(rx, item)} for item in one.items],
        "document": one.document,
        "from_day": one.from_day,
        "to_day": one.to_day,
        "made_at": iso(one.made_at),
        "made_by": maker.name if maker else one.made_by,
        "revoked_at": iso(one.revoked_at),
        "in_force": one.in_force(rx.rules.day),
    }


def register(rx: Tx, department: str | None, staff: str | None) -> list[Json]:
    """The register, newest first; of one department or one clerk where named."""
    found = rx.authorizations.of_department(department)
    return [authorization_json(rx, one) for one in found if staff in (None, one.staff)]


def _name(rx: Tx, item: str) -> str:
    known = rx.rules.items.get(item)
    return known.name if known else "全部事项" if item == EVERY_ITEM else item


def _tell(tx: Tx, kind: str, one: Authorization) -> None:
    tx.events.append(kind, {"id": one.id, "department": one.department})
