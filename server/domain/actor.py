"""Who is asking. Built by server.access, carried by every request into the journey."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What somebody may do. Staff have one or more; a device has one; a citizen's link has CITIZEN.

    EDITOR, APPROVER and HEAD are of one department: they write its items, decide its cases, answer for both.
    """

    ADMIN = "admin"
    MANAGER = "manager"
    GUIDE = "guide"
    CLERK = "clerk"
    EDITOR = "editor"
    APPROVER = "approver"
    HEAD = "head"
    KIOSK = "kiosk"
    DISPLAY = "display"
    PAD = "pad"
    CITIZEN = "citizen"
    ANYONE = "anyone"


@dataclass(frozen=True, slots=True)
class Actor:
    """`id` is "staff:<username>", "device:<id>", "citizen:<ticket id>" or "anyone"."""

    id: str
    name: str
    roles: frozenset[Role]
    windows: frozenset[int] = frozenset()  # numbers a clerk may take, or the one of a paired pad; empty = any
    department: str = ""  # whose items an editor writes and whose cases an approver decides

    def has(self, *roles: Role) -> bool:
        return bool(self.roles.intersection(roles))

    @property
    def is_staff(self) -> bool:
        return self.has(Role.ADMIN, Role.MANAGER, Role.GUIDE, Role.CLERK, Role.EDITOR, Role.APPROVER, Role.HEAD)

    @property
    def only_clerk(self) -> bool:
        """A clerk and nothing more: speaks for the own window alone."""
        return self.has(Role.CLERK) and not self.has(Role.ADMIN, Role.MANAGER, Role.GUIDE)

    @property
    def leads(self) -> bool:
        """A manager's authority: managers and admins."""
        return self.has(Role.ADMIN, Role.MANAGER)


SYSTEM = Actor("system", "系统", frozenset({Role.ADMIN}))
