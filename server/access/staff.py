"""Staff sign in and out; accounts are made, changed and closed."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from server.access.gate import SESSION_PREFIX, Access
from server.access.identity import Identity, token_hash
from server.access.limits import MICRO
from server.access.passwords import hash_password, password_matches, waste_a_check
from server.access.refusals import AccountLocked, DepartmentMissing, StaffExists, StaffUnknown, WrongPassword
from server.domain.actor import Actor, Role
from server.store.staff import Account

if TYPE_CHECKING:
    from server.store.transaction import Tx

WRONG_BEFORE_LOCK = 5
LOCK_MINUTES = 5
OF_A_DEPARTMENT = frozenset({Role.EDITOR, Role.APPROVER, Role.HEAD})


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The only time the token is seen: the store has its hash."""

    token: str
    csrf: str
    actor: Actor


@dataclass(frozen=True, slots=True)
class _Attempt:
    username: str
    right: bool
    token_hash: str = ""
    csrf: str = ""


@dataclass(frozen=True, slots=True)
class NewAccount:
    username: str
    name: str
    roles: tuple[Role, ...]
    windows: tuple[int, ...]
    password: str
    department: str = ""


def sign_in(access: Access, username: str, password: str, address: str) -> SignedIn:
    """A new session. WrongPassword, AccountLocked after five wrong in a row, TooManyRequests after many guesses."""
    access.limits.wrong_passwords.check(address)
    account = access.store.read(access.hall_id, _find, username)
    if account is None or not account.active:
        waste_a_check(password)
        return _refuse(access, username, address)
    _raise_if_locked(account, access.clock())
    right = password_matches(account.password_hash, password)
    token = SESSION_PREFIX + secrets.token_urlsafe(32)
    attempt = _Attempt(username, right, token_hash(token), secrets.token_urlsafe(24))
    # The step looks at the lock again: a hundred guesses at once are still only five.
    if not access.store.write(access.hall_id, _record, attempt):
        return _refuse(access, username, address)
    roles, windows = frozenset(map(Role, account.roles)), frozenset(account.windows)
    actor = Actor(f"staff:{username}", account.name, roles, windows, account.department)
    access.store.audit(access.hall_id, actor.id, "session.open", actor.id, {"address": address})
    return SignedIn(token, attempt.csrf, actor)


def sign_out(access: Access, identity: Identity) -> None:
    access.store.write(access.hall_id, _end, identity.token_hash)
    access.forget(identity.subject)
    access.store.audit(access.hall_id, identity.actor.id, "session.close", identity.actor.id, {})


def list_staff(rx: Tx) -> list[Account]:
    return rx.staff.all()


def add_staff(access: Access, by: Actor, new: NewAccount) -> None:
    """Raises StaffExists, DepartmentMissing."""
    if not new.department and OF_A_DEPARTMENT.intersection(new.roles):
        raise DepartmentMissing()
    password_hash = hash_password(new.password)

    def step(tx: Tx, request: NewAccount, now: int) -> None:
        roles = [str(role) for role in request.roles]
        if not tx.staff.add(request.username, request.name, roles, request.windows, password_hash, request.department):
            raise StaffExists(username=request.username)

    access.store.write(access.hall_id, step, new)
    access.store.audit(access.hall_id, by.id, "staff.add", f"staff:{new.username}", {"roles": list(new.roles)})


def set_password(access: Access, by: Actor, username: str, password: str) -> None:
    """Opens a locked account and ends its sessions. Raises StaffUnknown."""
    password_hash = hash_password(password)

    def step(tx: Tx, _: None, now: int) -> None:
        known(tx, username)
        tx.staff.set_password(username, password_hash)
        tx.sessions.end_all_of(username, now)

    access.store.write(access.hall_id, step, None)
    access.forget(username)
    access.store.audit(access.hall_id, by.id, "staff.password", f"staff:{username}", {})


def set_active(access: Access, by: Actor, username: str, active: bool) -> None:
    """Close or reopen an account; closing ends its sessions. Raises StaffUnknown."""

    def step(tx: Tx, _: None, now: int) -> None:
        known(tx, username)
        tx.staff.set_active(username, active)
        if not active:
            tx.sessions.end_all_of(username, now)

    access.store.write(access.hall_id, step, None)
    access.forget(username)
    action = "staff.reopen" if active else "staff.close"
    access.store.audit(access.hall_id, by.id, action, f"staff:{username}", {})


def _find(rx: Tx, username: str) -> Account | None:
    return rx.staff.find(username)


def known(tx: Tx, username: str) -> Account:
    """Raises StaffUnknown."""
    account = tx.staff.find(username)
    if account is None:
        raise StaffUnknown(username=username)
    return account


def _end(tx: Tx, hashed: str, now: int) -> None:
    tx.sessions.end(hashed, now)


def _record(tx: Tx, attempt: _Attempt, now: int) -> bool:
    """Count the try; True with the session made when it was right. Returns False rather than raise: a
    refusal would roll the count back."""
    account = known(tx, attempt.username)
    _raise_if_locked(account, now)
    if not attempt.right:
        if account.locked_until:  # the lock ran out: five new tries
            tx.staff.forgive(attempt.username)
        tx.staff.failed(attempt.username, WRONG_BEFORE_LOCK, now + LOCK_MINUTES * 60 * MICRO)
        return False
    tx.staff.forgive(attempt.username)
    tx.sessions.add(attempt.token_hash, attempt.username, attempt.csrf)
    return True


def _raise_if_locked(account: Account, now: int) -> None:
    left = account.locked_until - now
    if left > 0:
        raise AccountLocked(minutes=-(-left // (60 * MICRO)))


def _refuse(access: Access, username: str, address: str) -> SignedIn:
    access.limits.wrong_passwords.count(address)
    access.store.audit(access.hall_id, "anyone", "session.refused", f"staff:{username[:64]}", {"address": address})
    raise WrongPassword
