"""信用核查 (seed row 35): whoever did not bring what they promised in writing is not let off papers again so soon.

By the hall's own cases, found by the applicant's number. A credit platform outside (信用平台) joins here: what it answers is
one more `Broken`.
"""

from __future__ import annotations

from datetime import date

from server.domain.actor import Actor, Role
from server.domain.cases.intake import Broken, check_credit
from server.domain.cases.record import Case
from server.domain.cases.state import CaseState
from server.domain.units import HOUR, local
from server.store.transaction import Tx


def broken_promises(rx: Tx, identity_hash: str | None) -> list[Broken]:
    """Cases of this applicant that ended in the last `credit_days`, as papers promised for a day had not come by then."""
    days = rx.rules.file.cases.credit_days
    if identity_hash is None or not days:
        return []
    since = rx.now - days * 24 * HOUR
    found = rx.cases.of_identity(identity_hash)
    return [
        Broken(one.name, one.deferral_due or "") for one in found if _broken(rx, one) and (one.ended_at or 0) > since
    ]


def _broken(rx: Tx, case: Case) -> bool:
    """What had come in time clears `deferral_due`."""
    if case.at != CaseState.TERMINATED or case.deferral_due is None or case.ended_at is None:
        return False
    return local(case.ended_at, rx.rules.zone).date() > date.fromisoformat(case.deferral_due)


def may_defer(rx: Tx, identity_hash: str | None, by: Actor, despite: str) -> dict[str, str]:
    """What the history says of it. Raises PromiseBroken."""
    broken = broken_promises(rx, identity_hash)
    check_credit(broken, by.leads or by.has(Role.HEAD), despite)
    return {"reason": despite.strip()} if broken else {}
