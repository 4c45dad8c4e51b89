"""One part of a bundle (一件事) makes what another wants: who waits for whom, and what follows from it.

The parts are accepted together and looked at side by side. What a part makes is handed in by nobody: it is there when that
part is approved, and where the part never will be, whoever waits for it ends with it (as one refusal ends a joint
approval): without it the later department could only refuse, and the applicant may apply anew once they have it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from server.domain.cases.bundling import days_waiting
from server.domain.cases.record import Case
from server.domain.cases.special import ResultAwaited
from server.domain.cases.state import CASE_WORDS, CaseState
from server.domain.catalogue.model import Kind
from server.journey.cases.electronic import RESULT
from server.journey.cases.items import Awaited, Matter, matter, waiting_for
from server.store.files import StoredFile
from server.store.transaction import Tx

Json = dict[str, Any]
INSTANT = frozenset({Kind.INSTANT_HANDOVER, Kind.INSTANT_SINGLE})


def days_of(found: Sequence[Matter]) -> dict[int, int]:
    """case → its promised limit in working days: the item's own, later only where it must wait for another part."""
    days: dict[int, int] = {}
    for one in found:
        own = 0 if one.item.kind in INSTANT else one.item.promised_days
        days[one.case.id] = days_waiting(own, [days[each.made_by.id] for each in one.awaited])
    return days


def need_results(one: Matter, reason: str) -> Json:
    """What the history says of an approval that did not wait. Raises ResultAwaited unless there is a `reason` for it."""
    open_ones = [each for each in one.awaited if not each.here]
    if not open_ones:
        return {}
    if not reason.strip():
        raise ResultAwaited(item=open_ones[0].made_by.name, material=open_ones[0].material.name)
    return {"without": [each.material.name for each in open_ones], "reason": reason.strip()}


def waits_for(rx: Tx, case: Case) -> list[str]:
    """The other parts of its bundle whose results it still waits for."""
    if case.parent_id is None:
        return []
    return list(dict.fromkeys(each.made_by.name for each in matter(rx, case).awaited if not each.here))


def awaited_json(found: Sequence[Matter]) -> list[Json]:
    """Each material that comes from another part, with the parts that want it."""
    rows: dict[tuple[str, int], Json] = {}
    for one in found:
        for each in one.awaited:
            key = (each.material.name, each.made_by.id)
            rows.setdefault(key, _row(each))["of"].append(one.item.name)
    return list(rows.values())


def _row(each: Awaited) -> Json:
    zh, en = CASE_WORDS[each.made_by.at]
    return {
        "material": each.material.id,
        "name": each.material.name,
        "case": each.made_by.id,
        "code": each.made_by.code,
        "item": each.made_by.item_id,
        "item_name": each.made_by.name,
        "state_zh": zh,
        "state_en": en,
        "here": each.here,
        "of": [],
    }


def files_made(rx: Tx, one: Matter) -> list[StoredFile]:
    """The results that other parts have made as files, as this part's materials."""
    return [
        replace(file, purpose=f"material:{each.material.id}")
        for each in one.awaited
        if each.here
        for file in rx.files.of(f"case:{each.made_by.id}")
        if file.purpose == RESULT
    ]


def may_open_result(rx: Tx, department: str, case: Case, file: int) -> bool:
    """A department that waits for a result may open it once it is there; nothing else of that case."""
    if case.decision != CaseState.APPROVED:
        return False
    waiting = {task.department for one in waiting_for(rx, case) for task in rx.tasks.of_case(one.id)}
    return department in waiting and any(
        (one.id, one.purpose) == (file, RESULT) for one in rx.files.of(f"case:{case.id}")
    )
