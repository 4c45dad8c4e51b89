"""The SMS of a case, written with the move that causes them; nothing is sent where no phone was given."""

from __future__ import annotations

from datetime import date

from config.hall_sms import CaseKind
from server.domain.cases.record import Case
from server.journey.cases import deadlines
from server.store.transaction import Tx

LONGEST_ITEM = 14
"""Characters of an item's name in an SMS: providers cap a template's variables, and an SMS its length."""


def tell(tx: Tx, case: Case, kind: CaseKind, now: int, *, repeat: int = 0, not_before: int = 0, **params: str) -> bool:
    """Write the SMS of this kind; `repeat` numbers those that come again. False when nothing was written.

    `params`: what the kind needs beyond {code} {item} {link} {day}: `day` (ISO), `pickup`, `waybill`.
    """
    if case.phone_box is None:
        return False
    known = {"code": case.code or "", "item": _short(case.name), "link": case_link(tx, case), "day": case.due_day or ""}
    full = {**known, **params}
    unsure = deadlines.is_provisional(tx, params["day"] or None) if "day" in params else case.due_provisional
    full["day"] = _day_words(full["day"], unsure)
    box, mask = case.phone_box, case.phone_mask
    return tx.case_notices.add(case.id, kind, full, box, mask, repeat=repeat, not_before=not_before) is not None


def tell_step(tx: Tx, case: Case, kind: CaseKind, now: int, **params: str) -> bool:
    """Of a step that may be taken again and has the kind's name in the case's history: after its move, each time once."""
    times = sum(line.action == kind for line in tx.cases.history(case.id))
    return tell(tx, case, kind, now, repeat=max(times - 1, 0), not_before=0, **params)


def _short(name: str) -> str:
    """What stands before a bracket says enough; cut inside one it would be misread."""
    plain = name if len(name) <= LONGEST_ITEM else name.split("（")[0] or name
    return plain if len(plain) <= LONGEST_ITEM else plain[: LONGEST_ITEM - 1] + "…"


def case_link(tx: Tx, case: Case) -> str:
    """Where the citizen sees the case."""
    return f"{tx.link_base}/c/{case.link}"


def _day_words(text: str, provisional: bool) -> str:
    """2026-12-01 → 12月1日; what is said of a year nobody has published is （暂定）, as on the pages."""
    if not text:
        return ""
    day = date.fromisoformat(text)
    return f"{day.month}月{day.day}日{'（暂定）' if provisional else ''}"
