"""首办责任 of somebody who left: what a closed account has in hand is handed on, and until then everybody is shown it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from server.domain.actor import Actor, Role
from server.domain.cases.record import Case
from server.domain.cases.state import CaseState
from server.domain.refusals import Refusal
from server.journey.alarms import clear_alarm, raise_alarm, raised
from server.journey.cases.board_numbers import number_of
from server.journey.cases.moves import ENDS
from server.journey.cases.owning import HandOnRequest, hand_on
from server.store.staff import Account
from server.store.transaction import Tx

LEFT_ALARM = "owner_left"
NOT_ENDED = frozenset(CaseState) - ENDS


class NothingLeftBehind(Refusal):
    status, code = 409, "nothing_left_behind"
    zh = "{owner} 没有需要移交的办件：账号没有停用，或已经全部移交。请刷新页面。"
    en = "{owner} has left nothing behind: the account is not closed, or all was handed on. Reload the page."


@dataclass(frozen=True, slots=True)
class HandOnAllRequest:
    """What the closed account `owner` left goes to the clerk `to` (user names); `cases`: these only, empty: all of it."""

    by: Actor
    owner: str
    to: str
    reason: str
    cases: tuple[int, ...] = ()


def hand_on_all(tx: Tx, request: HandOnAllRequest, now: int) -> list[Case]:
    """Each case as if handed on by itself, its own line in its own history.

    Raises NothingLeftBehind, StaffUnknown, HandOnNotClerk, HandOnReasonMissing.
    """
    left = left_behind(tx).get(f"staff:{request.owner}", [])
    wanted = [case for case in left if not request.cases or case.id in request.cases]
    if not wanted:
        raise NothingLeftBehind(owner=request.owner)
    done = [hand_on(tx, HandOnRequest(request.by, case.id, request.to, request.reason), now) for case in wanted]
    mind_left(tx, now)
    return done


def left_behind(rx: Tx) -> dict[str, list[Case]]:
    """Closed account → all its cases that have not ended, oldest first; a bundle is one."""
    held = {owner: rx.cases.owned(owner, sorted(NOT_ENDED)) for owner in sorted(rx.staff.closed())}
    whole = {owner: [case for case in cases if case.parent_id is None] for owner, cases in held.items()}
    return {owner: sorted(cases, key=lambda case: case.id) for owner, cases in whole.items() if cases}


def left_view(rx: Tx) -> dict[str, Any]:
    """What the manager is asked: whose cases, which, and who may take them."""
    accounts = rx.staff.all()
    names = {f"staff:{one.username}": one.name for one in accounts}
    return {
        "owners": [
            {
                "username": owner.removeprefix("staff:"),
                "name": names[owner],
                "cases": [_row(rx, case) for case in cases],
            }
            for owner, cases in sorted(left_behind(rx).items())
        ],
        "clerks": clerks(rx),
    }


def clerks(rx: Tx) -> list[dict[str, str]]:
    """Who may take cases over, or be authorized: the open accounts of clerks."""
    return [{"username": one.username, "name": one.name} for one in rx.staff.all() if _is_clerk(one)]


def left_change(rx: Tx) -> bool:
    """Do the alarms differ from what was left? Asked every few seconds, so without reading the cases."""
    states = sorted(NOT_ENDED)
    return {owner for owner in rx.staff.closed() if rx.cases.owns_any(owner, states)} != raised(rx, LEFT_ALARM)


def mind_left(tx: Tx, now: int) -> None:
    """One alarm a closed account with cases in hand, until they are handed on or the account is opened again."""
    left, told = left_behind(tx), raised(tx, LEFT_ALARM)
    for owner in told - left.keys():
        clear_alarm(tx, LEFT_ALARM, owner)
    for owner in left.keys() - told:
        raise_alarm(tx, LEFT_ALARM, owner, {"name": left[owner][0].owner_name})


def _is_clerk(account: Account) -> bool:
    return account.active and Role.CLERK in account.roles


def _row(rx: Tx, case: Case) -> dict[str, Any]:
    return {"case": case.id, "code": case.code, "board_number": number_of(rx, case),
            "item_name": case.name, "applicant": case.applicant_mask, "state": case.state, "due_day": case.due_day,
            "due_provisional": case.due_provisional}  # fmt: skip
