"""What a citizen's own page adds to the case: its parcel, its pick-up code, where its papers go; and all cases of one phone."""

from __future__ import annotations

from typing import Any

from server.domain.cases.courier import COURIER_WORDS, CourierState
from server.domain.cases.issue import ResultState
from server.domain.cases.record import Case
from server.domain.cases.state import CaseState
from server.domain.cases.words import reason_en
from server.domain.units import HOUR, iso, local
from server.journey.cases import deadlines
from server.journey.cases.items import name_en
from server.journey.cases.notices import case_link
from server.journey.cases.phones import phone_of
from server.journey.cases.standing import standing
from server.journey.catalogue.guide import open_today
from server.store.transaction import Tx

Json = dict[str, Any]
BY_HAND = ("已交寄", "given to the courier")


def own_page(rx: Tx, case: Case, *, clear: bool) -> Json:
    """`clear`: the phone was confirmed. The pick-up code is shown to nobody else: a receipt carries the link too."""
    result = rx.results.find(case.id)
    waiting = result is not None and result.state == ResultState.WAITING
    box = result.pickup_box if result is not None and waiting and clear else None
    return {
        "name_en": name_en(rx, case),
        "end_reason_en": reason_en(case.end_reason),
        "courier": _courier(rx, case),
        "pickup": rx.vault.open(box) if box else None,
        "bring": _bring(rx, case),
    }


def _bring(rx: Tx, case: Case) -> Json | None:
    """半流程: where, and until when, the signed form and the papers are to be brought."""
    if case.at != CaseState.AWAITING_VISIT:
        return None
    section = rx.rules.sections.get(case.section)
    until = case.state_since + deadlines.visit_days(rx, case) * 24 * HOUR
    return {
        "section": section.name if section else case.section,
        "section_en": section.name_en if section else case.section,
        "windows": sorted(rx.rules.item_windows.get(case.item_id, ())),
        "today": open_today(rx),
        "until": local(until, rx.rules.zone).date().isoformat(),
    }


def _courier(rx: Tx, case: Case) -> Json | None:
    order = rx.couriers.of_case(case.id)
    if order is None:
        return None
    zh, en = COURIER_WORDS[order.state]
    if order.state == CourierState.CANCELLED and case.at == CaseState.SENT:
        zh, en = BY_HAND  # no gateway was wanted: the parcel is on its way by a slip filled in by hand
    return {"waybill": order.waybill, "state": str(order.state), "zh": zh, "en": en, "track": list(order.track)}


def own_cases(rx: Tx, phone_token: str) -> list[Json]:
    """The cases of a confirmed phone with their links, newest first: a lost link is found again. Raises PhoneTokenOld."""
    found = rx.cases.of_phone(rx.vault.fingerprint(phone_of(rx, phone_token)))
    return [_line(rx, case) for case in found if case.parent_id is None and case.link]


def _line(rx: Tx, case: Case) -> Json:
    zh, en = standing(rx, case)
    return {
        "item": case.item_id,
        "name": case.name,
        "name_en": name_en(rx, case),
        "code": case.code,
        "state": case.state,
        "state_zh": zh,
        "state_en": en,
        "since": iso(case.state_since),
        "due_day": case.due_day,
        "link": case_link(rx, case),
    }
