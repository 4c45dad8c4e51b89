"""Who may use a route: every route says so with `audience` (API) or `page` (pages).

    @blueprint.get("/terminal")
    @page(Role.CLERK, Role.MANAGER)
    def terminal() -> ResponseReturnValue: ...

A route without one is refused to everybody, and `tests/web` fails on it. An admin may use whatever any
signed-in person may. Put the decorator directly above the function, below the route.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Flask

from server.domain.actor import Actor, Role

View = TypeVar("View", bound=Callable[..., Any])

LEADERS = (Role.MANAGER, Role.ADMIN)
STAFF = (Role.CLERK, Role.GUIDE, *LEADERS)
DEPARTMENT = (Role.EDITOR, Role.APPROVER, Role.HEAD)
EVERYBODY_AT_WORK = (*STAFF, *DEPARTMENT)
COUNTER = (Role.CLERK, *LEADERS)
TAKERS = (Role.KIOSK, *STAFF)
EVERY_ROLE = (Role.DISPLAY, Role.PAD, *TAKERS, *DEPARTMENT)
ANYONE = (Role.ANYONE,)

DEVICE_ROLES = (Role.KIOSK, Role.DISPLAY, Role.PAD)


@dataclass(frozen=True)
class Audience:
    """The roles that may use a route, and whether it is a page (which sends people to sign in)."""

    roles: frozenset[Role]
    page: bool = False
    limited: bool = True  # does an anonymous request count against the address's limit

    @property
    def public(self) -> bool:
        return Role.ANYONE in self.roles

    def admits(self, actor: Actor) -> bool:
        return Role.ANYONE in self.roles or Role.ADMIN in actor.roles or not self.roles.isdisjoint(actor.roles)

    @property
    def device_role(self) -> Role | None:
        """The device role a page is for, when it is a device's page and not a person's."""
        return next((role for role in DEVICE_ROLES if role in self.roles), None)


def audience(*roles: Role, limited: bool = True) -> Callable[[View], View]:
    """Declare who may use an API route; others get 401 or 403 as JSON."""
    return _declare(Audience(frozenset(roles), limited=limited))


def page(*roles: Role) -> Callable[[View], View]:
    """Declare who may open a page; others are sent to /sign-in, or to /pair for a device's page."""
    return _declare(Audience(frozenset(roles), page=True))


def _declare(declared: Audience) -> Callable[[View], View]:
    if not declared.roles:
        raise ValueError("name at least one role, or Role.ANYONE")

    def mark(view: View) -> View:
        view.__audience__ = declared  # type: ignore[attr-defined]
        return view

    return mark


def audience_of(view: Callable[..., Any] | None) -> Audience | None:
    return getattr(view, "__audience__", None)


def undeclared_routes(flask: Flask) -> list[str]:
    """Rules whose view never said who may use it; a test asserts this is empty for the whole app."""
    return sorted(
        f"{rule.rule} ({rule.endpoint})"
        for rule in flask.url_map.iter_rules()
        if audience_of(flask.view_functions.get(rule.endpoint)) is None
    )
