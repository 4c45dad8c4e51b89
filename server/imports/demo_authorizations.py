"""The demo's 授权委托: clerks of the windows that serve an item may decide it there, so that 前台一人通办 can be tried."""

from __future__ import annotations

from collections import defaultdict

from server.domain.actor import SYSTEM, Role
from server.domain.catalogue.model import Kind
from server.journey.cases.authorizing import AuthorizeRequest, authorize
from server.store.transaction import Tx

DOCUMENT = "演示委托书〔2026〕{number}号"


def authorize_demo_clerks(tx: Tx, _: None, now: int) -> int:
    """One entry a clerk and department, where that department has none yet; how many. What was revoked stays so."""
    may: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))  # department → window → items
    for item, version in sorted(tx.rules.versions.items()):
        body = tx.catalogue.version(item, version)
        if body.kind == Kind.INSTANT_SINGLE and not body.joint_departments:
            for window in tx.rules.item_windows[item]:
                may[body.department][window].append(item)
    clerks = {account.username for account in tx.staff.all() if Role.CLERK in account.roles and account.active}
    made = 0
    for department, windows in sorted(may.items()):
        if tx.authorizations.of_department(department):
            continue
        for number, items in sorted(windows.items()):
            if (clerk := f"clerk{number}") in clerks:
                made += 1
                paper = DOCUMENT.format(number=made)
                authorize(tx, AuthorizeRequest(SYSTEM, department, clerk, tuple(items), paper, tx.rules.day), now)
    return made
