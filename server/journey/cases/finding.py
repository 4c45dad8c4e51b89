"""The issue window finds a result: by the citizen's pickup code, the ID card, or the receipt's code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from server.domain.actor import Actor
from server.domain.cases.issue import PickupLocked, PickupProofMissing, PickupWrong
from server.domain.refusals import Refusal
from server.domain.units import MINUTE
from server.journey.cases.behind_views import result_json
from server.journey.cases.issuing import pickup_print
from server.store.cases import CaseUnknown
from server.store.results import Result
from server.store.transaction import Tx

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class FindRequest:
    """One of the three."""

    by: Actor
    pickup_code: str | None = None
    id_number: str | None = None
    code: str | None = None


def find_results(tx: Tx, request: FindRequest, now: int) -> list[Json] | Refusal:
    """What waits or was issued for them; an ID or a case's code that has none finds nothing.

    A pickup code nobody has is counted for the asker: PickupWrong, PickupLocked. Raises PickupProofMissing.
    """
    if request.pickup_code:
        return _by_pickup(tx, request, now)
    if request.id_number:
        cases = tx.cases.of_identity(tx.vault.fingerprint(request.id_number.strip().upper()))
        return _shown(tx, [tx.results.find(case.id) for case in cases])
    if request.code:
        try:
            return _shown(tx, [tx.results.find(tx.cases.by_code(request.code.strip().upper()).id)])
        except CaseUnknown:
            return []
    raise PickupProofMissing()


def _by_pickup(tx: Tx, request: FindRequest, now: int) -> list[Json] | Refusal:
    subject = f"pickup:{request.by.id}"
    tries = tx.lookups.of(subject)
    if tries.minutes_locked(now):
        return PickupLocked(minutes=tries.minutes_locked(now))
    found = tx.results.by_pickup(pickup_print(tx, (request.pickup_code or "").strip()))
    if not found:
        tries = tries.wrong(now, tx.rules.file.progress.lock_minutes * MINUTE)
        tx.lookups.put(subject, tries)
        return PickupLocked(minutes=tries.minutes_locked(now)) if tries.locked_until else PickupWrong()
    tx.lookups.forgive(subject)
    return _shown(tx, found)


def _shown(tx: Tx, found: list[Result | None] | list[Result]) -> list[Json]:
    return [result_json(tx, one) for one in found if one is not None]
